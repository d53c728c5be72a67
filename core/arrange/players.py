"""How one player plays a plan: strokes of patterns, held notes, accents on hits, the last chord."""

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
_ACCENT_BEATS = 1.0  # an accent sounds this long, or to the end of its step
_LEAST_BEATS = 0.2  # no note is shorter for a chord that comes early


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

    def starts(self, step: int) -> float:
        """The beat at which the chord of a step starts."""
        return self.form.steps[step].chord_beat

    def changes_after(self, step: int) -> float:
        """The beat at which another chord follows the one of a step, or the next step starts with the same."""
        return self.starts(step + 1) if step + 1 < len(self.form.steps) else self.form.release


def played(player: Player, plan: Plan) -> tuple[Note, ...]:
    """All notes of a player, in order of start, then pitch; no pitch twice at once."""
    notes = [*_struck_notes(player, plan), *_last_chord(player, plan), *_accent_notes(player, plan)]
    for role in sorted({role for name in player.textures for role in TEXTURES[name].held}, key=ROLES.index):
        notes.extend(_held_notes(player, plan, role))
    return _without_overlaps(notes)


def controlled(player: Player, plan: Plan) -> tuple[Control, ...]:
    """The swell of a sustained part, the pedal of a piano; none for players with neither."""
    return tuple(sorted((*_swell(player, plan), *_pedal(player, plan)), key=attrgetter("beat")))


def _swell(player: Player, plan: Plan) -> Iterator[Control]:
    """Expression, one value a beat where it changes."""
    ending = plan.starts(plan.form.final)
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
        beat = plan.starts(step)
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
    last = min(plan.starts(plan.form.final), plan.form.release)
    for step in range(plan.form.final + 1):
        if plan.is_rest(step):
            continue
        for stroke in _cell(player, plan, step):
            metric = plan.form.steps[step].beat + stroke.slot * BEATS_PER_SLOT
            start = plan.form.drawn(metric)
            sounding = plan.form.sounding(start)
            if start >= last or plan.is_rest(sounding):
                continue
            rings = stroke.slot + stroke.length == SLOTS_PER_STEP and plan.is_rest(step + 1)
            end = metric + stroke.length * BEATS_PER_SLOT + (BEATS_PER_STEP if rings else 0)
            yield _note(player, plan, sounding, stroke, start, min(end, plan.form.release), metric)


def _note(player: Player, plan: Plan, sounding: int, stroke: Stroke, start: float, end: float, metric: float) -> Note:
    """One stroke, in the chord of the step ``sounding``; it ends where another chord comes earlier than by the metre."""
    is_own = plan.form.steps[sounding].beat <= metric
    passing = _passing_pitch(plan, sounding, stroke.role) if stroke.passing and is_own else None
    pitch = _pitch(plan, sounding, stroke.role) if passing is None else passing
    velocity = _velocity(player, plan, metric, stroke.role, passing=passing is not None)
    if not plan.is_rest(sounding + 1):
        end = min(end, plan.changes_after(sounding))
    return Note(start, max(end, start + _LEAST_BEATS), pitch + player.shift, velocity)


def _accent_notes(player: Player, plan: Plan) -> Iterator[Note]:
    """What is struck on hits between the steps; in the last chord too, which they strike again."""
    for beat in plan.form.accents if player.accent else ():
        sounding = plan.form.sounding(beat)
        step = min(sounding, plan.form.final)
        if plan.is_rest(step) or plan.chords[sounding] != plan.chords[step]:
            continue
        end = plan.form.release if step == plan.form.final else min(beat + _ACCENT_BEATS, plan.changes_after(step))
        for role in player.accent:
            velocity = _velocity(player, plan, beat, role, accented=True)
            yield Note(beat, max(end, beat + _LEAST_BEATS), _pitch(plan, step, role) + player.shift, velocity)


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


def _velocity(
    player: Player, plan: Plan, beat: float, role: str, *, passing: bool = False, accented: bool = False
) -> int:
    """The velocity of what is struck at a beat; on the start of a step that is a hit it is accented too."""
    step = min(int(beat / BEATS_PER_STEP), len(plan.form.steps) - 1)
    slot = min(int((beat - plan.form.steps[step].beat) / BEATS_PER_SLOT), SLOTS_PER_STEP - 1)
    form = plan.form.steps[step]
    on_hit = accented or (form.accented and beat == form.beat)
    wished = curve_at(plan.velocities, beat)
    base = (bowed(wished) if player.is_sustained else wished) + player.touch
    wander = int(plan.wander[step, slot])
    return struck_velocity(base, beat, role, wander, accented=on_hit, passing=passing)


def _last_chord(player: Player, plan: Plan) -> Iterator[Note]:
    """The final chord, struck at once and held until the release."""
    final = plan.form.final
    start = plan.starts(final)
    if plan.is_rest(final) or start >= plan.form.release:
        return
    for role in player.final:
        velocity = _velocity(player, plan, start, role, accented=plan.form.steps[final].accented)
        yield Note(start, plan.form.release, _pitch(plan, final, role) + player.shift, velocity)


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
    start, end = plan.starts(first), plan.starts(end_step)
    velocity = _velocity(player, plan, start, role, accented=plan.form.steps[first].accented)
    pitch = _pitch(plan, first, role) + player.shift
    walk = plan.form.steps[last].beat + _PASSING_SLOT * BEATS_PER_SLOT
    walks = _texture(player, plan, last).walks and _passing_pitch(plan, last, role) is not None
    if walks and plan.starts(last) + _LEAST_BEATS <= walk <= end - _LEAST_BEATS:
        stroke = Stroke(_PASSING_SLOT, SLOTS_PER_STEP - _PASSING_SLOT, role, passing=True)
        yield _note(player, plan, last, stroke, walk, end, walk)
        end = walk
    elif plan.is_rest(end_step):
        end = _ring_out_end(plan, end_step)
    elif plan.form.steps[end_step].begins_phrase:
        end = max(end - _BREATH_BEATS, start + _LEAST_BEATS)
    yield Note(start, min(end, plan.form.release), pitch, velocity)


def _ring_out_end(plan: Plan, rest: int) -> float:
    """How long held notes sound into a rest: a bar, but not into the next chord."""
    end = plan.form.steps[rest].beat + _RING_OUT_BEATS
    following = plan.form.steps[rest + 1 : rest + 1 + _RING_OUT_STEPS]
    chords = (form.chord_beat for step, form in enumerate(following, start=rest + 1) if not plan.is_rest(step))
    return min(end, next(chords, end))


def _without_overlaps(notes: list[Note]) -> tuple[Note, ...]:
    """The notes in order; one that is struck again while it sounds ends there, of two struck together one stays."""
    kept: dict[tuple[float, int], Note] = {}
    for note in notes:
        place = (note.start, note.pitch)
        same = kept.get(place, note)
        kept[place] = Note(note.start, max(same.end, note.end), note.pitch, max(same.velocity, note.velocity))
    ordered = [kept[place] for place in sorted(kept)]
    following: dict[int, float] = {}
    cut: list[Note] = []
    for note in reversed(ordered):
        end = min(note.end, following.get(note.pitch, note.end))
        following[note.pitch] = note.start
        cut.append(Note(note.start, end, note.pitch, note.velocity))
    return tuple(reversed(cut))
