"""How one player plays a plan: strokes of patterns, held notes, the last chord."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.arrange.dynamics import bowed, curve_at, expression, struck_velocity
from hitpoint.core.arrange.form import Form
from hitpoint.core.arrange.styles import Player
from hitpoint.core.arrange.textures import (
    BEATS_PER_SLOT,
    ROLES,
    SLOTS_PER_STEP,
    TEXTURES,
    Cell,
    Stroke,
    Texture,
    pitch_of,
)
from hitpoint.core.cue.cue import BEATS_PER_STEP
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key
from hitpoint.core.music.progression import passing_tone
from hitpoint.core.music.score import Control, Note
from hitpoint.core.music.voicing import Voicing

EXPRESSION, PEDAL = 11, 64  # MIDI controllers
_PEDAL_BEATS = 0.125  # the pedal goes down this long after a step starts
_RING_OUT_STEPS = 2  # held notes sound this far into a rest
_RING_OUT_BEATS = float(_RING_OUT_STEPS * BEATS_PER_STEP)
_BREATH_BEATS = 0.25  # a held note ends this much before a new bow
_PASSING_SLOT = 6  # where a held bass walks on


@dataclass(frozen=True, eq=False)
class Plan:
    """What all players share.

    Attributes:
        form: phrases, accents, ending.
        key: for passing tones.
        chords: one a step.
        voicings: one a step; None for a rest.
        levels: of activity, one a step.
        velocities: the curve that loudness asks for, one value a step.
        wander: (steps, 8) whole numbers, how each sixteenth's velocity wanders.
        choice: (steps,) whole numbers from which variants are chosen.
    """

    form: Form
    key: Key
    chords: tuple[Chord, ...]
    voicings: tuple[Voicing | None, ...]
    levels: tuple[int, ...]
    velocities: tuple[float, ...]
    wander: NDArray[np.int64]
    choice: NDArray[np.int64]

    def is_rest(self, step: int) -> bool:
        """Whether nothing is struck in a step: it has no chord, or lies after the last one."""
        return step > self.form.final or self.voicings[step] is None


def played(player: Player, plan: Plan) -> tuple[Note, ...]:
    """All notes of a player, in order of start, then pitch; no pitch twice at once."""
    notes = [*_struck_notes(player, plan), *_last_chord(player, plan)]
    for role in sorted({role for name in player.textures for role in TEXTURES[name].held}, key=ROLES.index):
        notes.extend(_held_notes(player, plan, role))
    return _without_overlaps(notes)


def controlled(player: Player, plan: Plan) -> tuple[Control, ...]:
    """The swell of a sustained part, the pedal of a piano; none for players with neither."""
    return tuple(sorted((*_swell(player, plan), *_pedal(player, plan)), key=attrgetter("beat")))


def _swell(player: Player, plan: Plan) -> Iterator[Control]:
    """Expression, one value a beat where it changes."""
    ending = plan.form.steps[plan.form.final].beat
    last: int | None = None
    for beat in np.arange(0.0, plan.form.release, 1.0) if player.is_sustained else ():
        value = expression(curve_at(plan.velocities, float(beat)), float(beat), ending, plan.form.release)
        if value != last:
            yield Control(float(beat), EXPRESSION, value)
        last = value


def _pedal(player: Player, plan: Plan) -> Iterator[Control]:
    """Changed as soon as a step's first notes are struck; kept down where none are, lifted in a rest and at the release."""
    is_down = False
    for step in range(plan.form.final + 1 if player.is_pedalled else 0):
        beat = plan.form.steps[step].beat
        if beat >= plan.form.release:
            break
        if is_down and _is_bound(player, plan, step):
            continue
        if is_down:
            yield Control(beat, PEDAL, 0)
        is_down = not plan.is_rest(step) and beat + _PEDAL_BEATS < plan.form.release
        if is_down:
            yield Control(beat + _PEDAL_BEATS, PEDAL, 127)
    if is_down:
        yield Control(plan.form.release, PEDAL, 0)


def _is_bound(player: Player, plan: Plan, step: int) -> bool:
    """Whether nothing is struck in a step and the chord stays, so that the step before rings on."""
    is_same = not plan.is_rest(step) and plan.chords[step] == plan.chords[step - 1]
    return is_same and step < plan.form.final and not _cell(player, plan, step)


def _texture(player: Player, plan: Plan, step: int) -> Texture:
    return TEXTURES[player.textures[plan.levels[step]]]


def _cell(player: Player, plan: Plan, step: int) -> Cell:
    """The pattern of a step: one variant for a phrase, another in its third bar (A A B A)."""
    found = _texture(player, plan, step)
    form = plan.form.steps[step]
    first = step - form.bar * 2 - step % 2
    variant = int(plan.choice[first]) + (1 if form.bar % 4 == 2 else 0)
    return found.variants[variant % len(found.variants)][step % 2]


def _struck_notes(player: Player, plan: Plan) -> Iterator[Note]:
    for step in range(plan.form.final):
        if plan.is_rest(step):
            continue
        for stroke in _cell(player, plan, step):
            start = plan.form.steps[step].beat + stroke.slot * BEATS_PER_SLOT
            rings = stroke.slot + stroke.length == SLOTS_PER_STEP and plan.is_rest(step + 1)
            end = start + stroke.length * BEATS_PER_SLOT + (BEATS_PER_STEP if rings else 0)
            if start < plan.form.release:
                yield _note(player, plan, step, stroke, start, min(end, plan.form.release))


def _note(player: Player, plan: Plan, step: int, stroke: Stroke, start: float, end: float) -> Note:
    passing = _passing_pitch(plan, step, stroke.role) if stroke.passing else None
    pitch = _pitch(plan, step, stroke.role) if passing is None else passing
    velocity = _velocity(player, plan, step, stroke.slot, stroke.role, passing=passing is not None)
    return Note(start, end, pitch + player.shift, velocity)


def _pitch(plan: Plan, step: int, role: str) -> int:
    voicing = plan.voicings[step]
    assert voicing is not None, "a rest has no pitch"
    return pitch_of(role, voicing, plan.chords[step])


def _passing_pitch(plan: Plan, step: int, role: str) -> int | None:
    """The tone that leads a role to its next pitch, unless a voice of the chord has it already."""
    if step + 1 > plan.form.final or plan.is_rest(step + 1):
        return None
    tone = passing_tone(_pitch(plan, step, role), _pitch(plan, step + 1, role), plan.key)
    voicing = plan.voicings[step]
    return None if voicing is None or tone in voicing.pitches else tone


def _velocity(player: Player, plan: Plan, step: int, slot: int, role: str, *, passing: bool = False) -> int:
    form = plan.form.steps[step]
    beat = form.beat + slot * BEATS_PER_SLOT
    wished = curve_at(plan.velocities, beat)
    base = (bowed(wished) if player.is_sustained else wished) + player.touch
    wander = int(plan.wander[step, slot])
    return struck_velocity(base, beat, role, wander, accented=form.accented and slot == 0, passing=passing)


def _last_chord(player: Player, plan: Plan) -> Iterator[Note]:
    """The final chord, struck at once and held until the release."""
    final = plan.form.final
    start = plan.form.steps[final].beat
    if plan.is_rest(final) or start >= plan.form.release:
        return
    for role in player.final:
        yield _note(player, plan, final, Stroke(0, SLOTS_PER_STEP, role), start, plan.form.release)


def _held_notes(player: Player, plan: Plan, role: str) -> Iterator[Note]:
    """One role's long notes: each from its stroke until its pitch changes, a new bow, or the ring-out of a rest."""
    start: int | None = None
    for step in range(plan.form.final + 1):
        sounds = step < plan.form.final and not plan.is_rest(step) and role in _texture(player, plan, step).held
        if start is not None and (not sounds or _is_struck_again(player, plan, step, role)):
            yield from _held_note(player, plan, role, start, step)
            start = None
        if sounds and start is None:
            start = step


def _is_struck_again(player: Player, plan: Plan, step: int, role: str) -> bool:
    form = plan.form.steps[step]
    is_new_bow = form.begins_phrase or (step % 2 == 0 and form.bar % player.bars_a_bow == 0)
    is_accent = role == "b" and form.accented
    return is_new_bow or is_accent or _pitch(plan, step, role) != _pitch(plan, step - 1, role)


def _held_note(player: Player, plan: Plan, role: str, first: int, end_step: int) -> Iterator[Note]:
    """The note over steps ``first .. end_step``, its passing tone to the next, and its ring-out before a rest."""
    last = end_step - 1
    start, end = plan.form.steps[first].beat, plan.form.steps[end_step].beat
    velocity = _velocity(player, plan, first, 0, role)
    pitch = _pitch(plan, first, role) + player.shift
    walks = _texture(player, plan, last).walks and _passing_pitch(plan, last, role) is not None
    if walks:
        walk = plan.form.steps[last].beat + _PASSING_SLOT * BEATS_PER_SLOT
        stroke = Stroke(_PASSING_SLOT, SLOTS_PER_STEP - _PASSING_SLOT, role, passing=True)
        yield _note(player, plan, last, stroke, walk, end)
        end = walk
    elif plan.is_rest(end_step):
        end = _ring_out_end(plan, end_step)
    elif plan.form.steps[end_step].begins_phrase:
        end -= _BREATH_BEATS
    yield Note(start, min(end, plan.form.release), pitch, velocity)


def _ring_out_end(plan: Plan, rest: int) -> float:
    """How long held notes sound into a rest: a bar, but not into the next chord."""
    end = plan.form.steps[rest].beat + _RING_OUT_BEATS
    following = plan.form.steps[rest + 1 : rest + 1 + _RING_OUT_STEPS]
    chords = (form.beat for step, form in enumerate(following, start=rest + 1) if not plan.is_rest(step))
    return min(end, next(chords, end))


def _without_overlaps(notes: list[Note]) -> tuple[Note, ...]:
    """The notes in order; one that is struck again while it sounds ends there, of two struck together the longer stays."""
    kept: dict[tuple[float, int], Note] = {}
    for note in notes:
        place = (note.start, note.pitch)
        if place not in kept or kept[place].end < note.end:
            kept[place] = note
    ordered = [kept[place] for place in sorted(kept)]
    following: dict[int, float] = {}
    cut: list[Note] = []
    for note in reversed(ordered):
        end = min(note.end, following.get(note.pitch, note.end))
        following[note.pitch] = note.start
        cut.append(Note(note.start, end, note.pitch, note.velocity))
    return tuple(reversed(cut))
