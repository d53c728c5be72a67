"""How one player plays a plan: strokes of patterns, held notes, accents on hits, the last chord."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

import numpy as np

from hitpoint.core.arrange.dynamics import bowed, curve_at, expression, struck_velocity, swell
from hitpoint.core.arrange.hands import silenced, within_reach, without_overlaps
from hitpoint.core.arrange.motif import MOTIF_STEPS, MotifNote, fitted, motif_of
from hitpoint.core.arrange.patterns import TEXTURES
from hitpoint.core.arrange.plan import Plan
from hitpoint.core.arrange.sections import SectionKind
from hitpoint.core.arrange.styles import Player
from hitpoint.core.arrange.textures import BEATS_PER_SLOT, ROLES, SLOTS_PER_STEP, Cell, Stroke, Texture
from hitpoint.core.cue.cue import BEATS_PER_STEP
from hitpoint.core.music.score import Control, Note

EXPRESSION, PEDAL = 11, 64  # MIDI controllers
_PEDAL_BEATS = 0.125  # the pedal goes down this long after a step starts
_RING_OUT_STEPS = 2  # held notes sound this far into a rest
_RING_OUT_BEATS = float(_RING_OUT_STEPS * BEATS_PER_STEP)
_BREATH_BEATS = 0.25  # a held note ends this much before a new bow
_PASSING_SLOT = 6  # where a held bass walks on
_ACCENT_BEATS = 1.0  # an accent sounds this long, or to the end of its step
_LEAST_BEATS = 0.2  # no note is shorter for a chord that comes early


def played(player: Player, plan: Plan) -> tuple[Note, ...]:
    """All notes of a player, in order of start, then pitch; no pitch twice at once, no more than hands can hold."""
    notes = [*_struck_notes(player, plan), *_last_chord(player, plan), *_accent_notes(player, plan)]
    notes.extend(_motif_notes(player, plan) if player.has_motif else _openings(player, plan))
    for role in sorted({role for name in player.textures for role in TEXTURES[name].held}, key=ROLES.index):
        notes.extend(_held_notes(player, plan, role))
    reached = within_reach(without_overlaps(notes), player.voices, player.reach)
    return silenced(reached, plan.form.silences)


def controlled(player: Player, plan: Plan) -> tuple[Control, ...]:
    """The swell of a sustained part, the pedal of a piano; none for players with neither."""
    return tuple(sorted((*_swell(player, plan), *_pedal(player, plan)), key=attrgetter("beat")))


def _swell(player: Player, plan: Plan) -> Iterator[Control]:
    """Expression, one value a beat where it changes."""
    ending = plan.starts(plan.form.final)
    last: int | None = None
    for beat in np.arange(0.0, plan.form.release, 1.0) if player.is_sustained else ():
        value = expression(_wished(plan, float(beat)), float(beat), ending, plan.form.release)
        if value != last:
            yield Control(float(beat), EXPRESSION, value)
        last = value


def _pedal(player: Player, plan: Plan) -> Iterator[Control]:
    """Changed as soon as a step's first notes are struck; kept down where none are, lifted in a rest and at the release."""
    is_down = False
    lifts = {end: start for start, end in plan.form.silences}
    for step in range(plan.form.final + 1 if player.is_pedalled else 0):
        beat = plan.starts(step)
        if beat >= plan.form.release:
            break
        if is_down and _is_bound(player, plan, step):
            continue
        if is_down:
            yield Control(lifts.get(beat, beat), PEDAL, 0)
        is_down = not plan.is_rest(step) and beat + _PEDAL_BEATS < plan.form.release
        if is_down:
            yield Control(beat + _PEDAL_BEATS, PEDAL, 127)
    if is_down:
        yield Control(plan.form.release, PEDAL, 0)


def _is_bound(player: Player, plan: Plan, step: int) -> bool:
    """Whether nothing is struck in a step and the chord stays, so that the step before rings on."""
    is_same = not plan.is_rest(step) and plan.chords[step] == plan.chords[step - 1]
    is_struck = bool(_cell(player, plan, step)) or (player.has_motif and _has_motif(plan, step))
    after_silence = plan.starts(step) in plan.form.ends_of_silences
    return is_same and step < plan.form.final and not is_struck and not after_silence


def _texture(player: Player, plan: Plan, step: int) -> Texture:
    """What a player does in a step by its level; nothing where its section, the motif or somebody who speaks wants so."""
    if _is_tacet(player, plan, step) or (player.has_motif and _has_motif(plan, step)):
        return TEXTURES["tacet"]
    return TEXTURES[player.textures[plan.levels[step]]]


def _is_tacet(player: Player, plan: Plan, step: int) -> bool:
    is_out = plan.form.steps[step].section in player.rests_in
    return is_out or (player.has_motif and plan.spoken[step])


def _has_motif(plan: Plan, step: int) -> bool:
    """Whether the motif is heard in a step: in the first, whole bar of a phrase; later than the intro where more plays."""
    first = step - step % 2
    form = plan.form.steps[first]
    bar = range(first, first + MOTIF_STEPS)
    is_whole = bar.stop <= plan.form.final and not any(plan.is_rest(at) or plan.spoken[at] for at in bar)
    return form.bar == 0 and is_whole and (plan.levels[step] > 0 or form.section is SectionKind.INTRO)


def _cell(player: Player, plan: Plan, step: int) -> Cell:
    """The pattern of a step: one variant for a phrase, another in its third bar (A A B A), a fill before a section."""
    found = _texture(player, plan, step)
    form = plan.form.steps[step]
    if player.fill and form.ends_section and found.notes_in(step % 2):
        return TEXTURES[player.fill].variants[0][step % 2]
    variant = int(plan.choice[form.opening]) + (1 if form.bar % 4 == 2 else 0)
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
    passing = plan.passing_pitch(sounding, stroke.role) if stroke.passing and is_own else None
    pitch = plan.pitch(sounding, stroke.role) if passing is None else passing
    velocity = _velocity(player, plan, metric, stroke.role, passing=passing is not None)
    if not plan.is_rest(sounding + 1):
        end = min(end, plan.changes_after(sounding))
    return Note(start, max(end, start + _LEAST_BEATS), pitch + player.shift, velocity)


def _motif_notes(player: Player, plan: Plan) -> Iterator[Note]:
    """The motif at the start of each phrase, from the soprano of its first chord."""
    for first in range(0, plan.form.final, MOTIF_STEPS):
        bar = range(first, first + MOTIF_STEPS)
        if any(_has_motif(plan, step) and not _is_tacet(player, plan, step) for step in bar):
            yield from _motif_at(player, plan, first)


def _motif_at(player: Player, plan: Plan, first: int) -> Iterator[Note]:
    motif = motif_of(plan.seed, plan.form.steps[first].phrase)
    metric = [plan.form.steps[first].beat + note.slot * BEATS_PER_SLOT for note in motif]
    starts = [plan.form.drawn(beat) for beat in metric]
    steps = [plan.form.sounding(start) for start in starts]
    chords = [plan.chords[first if plan.is_rest(step) else step] for step in steps]
    own = tuple(
        MotifNote(note.slot, note.length, note.degree, note.is_ornament and plan.form.steps[step].beat <= beat)
        for note, step, beat in zip(motif, steps, metric, strict=True)
    )
    anchor = min(max(plan.pitch(first, "s") + player.shift, player.low + 4), player.high - 4)
    pitches = fitted(own, chords, anchor, plan.key, player.low, player.high)
    for note, beat, start, step, pitch in zip(own, metric, starts, steps, pitches, strict=True):
        if plan.is_rest(step) or not _has_motif(plan, first + note.slot // SLOTS_PER_STEP):
            continue
        end = beat + note.length * BEATS_PER_SLOT
        end = min(end, plan.form.release if plan.is_rest(step + 1) else plan.changes_after(step))
        velocity = _velocity(player, plan, beat, "s", passing=note.is_ornament)
        yield Note(start, max(end, start + _LEAST_BEATS), pitch, velocity)


def _openings(player: Player, plan: Plan) -> Iterator[Note]:
    """What a kit strikes where the music culminates, if it plays there at all."""
    for index, step in enumerate(plan.form.steps[: plan.form.final] if player.opening else ()):
        is_big = step.section in (SectionKind.PEAK, SectionKind.FINALE) and step.begins_section
        if is_big and not plan.is_rest(index) and _texture(player, plan, index).notes_in(index % 2):
            beat = step.chord_beat
            for role in player.opening:
                velocity = _velocity(player, plan, beat, role, accented=step.accented)
                yield Note(beat, min(beat + _ACCENT_BEATS, plan.form.release), plan.pitch(index, role), velocity)


def _accent_notes(player: Player, plan: Plan) -> Iterator[Note]:
    """What is struck on hits between the steps; in the last chord too, which they strike again."""
    for beat in plan.form.accents if player.accent else ():
        sounding = plan.form.sounding(beat)
        step = min(sounding, plan.form.final)
        if plan.is_rest(step) or plan.chords[sounding] != plan.chords[step]:
            continue
        if player.is_kit and (step == plan.form.final or not _texture(player, plan, step).notes_in(step % 2)):
            continue
        end = plan.form.release if step == plan.form.final else min(beat + _ACCENT_BEATS, plan.changes_after(step))
        for role in player.accent:
            velocity = _velocity(player, plan, beat, role, accented=True)
            yield Note(beat, max(end, beat + _LEAST_BEATS), plan.pitch(step, role) + player.shift, velocity)


def _velocity(
    player: Player, plan: Plan, beat: float, role: str, *, passing: bool = False, accented: bool = False
) -> int:
    """The velocity of what is struck at a beat; on the start of a step that is a hit it is accented too."""
    step = min(int(beat / BEATS_PER_STEP), len(plan.form.steps) - 1)
    slot = min(int((beat - plan.form.steps[step].beat) / BEATS_PER_SLOT), SLOTS_PER_STEP - 1)
    form = plan.form.steps[step]
    on_hit = accented or (form.accented and beat == form.beat)
    wished = _wished(plan, beat)
    base = (bowed(wished) if player.is_sustained else wished) + player.touch
    wander = int(plan.wander[form.place, slot])
    return struck_velocity(base, beat, role, wander, accented=on_hit, passing=passing)


def _wished(plan: Plan, beat: float) -> float:
    """The velocity that loudness asks for, and a crescendo into a section that builds."""
    return curve_at(plan.velocities, beat) + swell(plan.form.beats_to_climb(beat))


def _last_chord(player: Player, plan: Plan) -> Iterator[Note]:
    """The final chord, struck at once and held until the release, and the button if there is one."""
    final = plan.form.final
    start = plan.starts(final)
    if plan.is_rest(final) or start >= plan.form.release:
        return
    for role in player.final:
        pitch = plan.pitch(final, role) + player.shift
        velocity = _velocity(player, plan, start, role, accented=plan.form.steps[final].accented)
        yield Note(start, plan.form.release, pitch, velocity)
        if plan.form.button is not None:
            begin, end = plan.form.button
            yield Note(begin, end, pitch, _velocity(player, plan, begin, role, accented=True))


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
    return is_new_bow or is_accent or plan.pitch(step, role) != plan.pitch(step - 1, role)


def _held_note(player: Player, plan: Plan, role: str, first: int, end_step: int) -> Iterator[Note]:
    """The note over steps ``first .. end_step``, its passing tone to the next, and its ring-out before a rest."""
    last = end_step - 1
    start, end = plan.starts(first), plan.starts(end_step)
    velocity = _velocity(player, plan, start, role, accented=plan.form.steps[first].accented)
    pitch = plan.pitch(first, role) + player.shift
    walk = plan.form.steps[last].beat + _PASSING_SLOT * BEATS_PER_SLOT
    walks = _texture(player, plan, last).walks and plan.passing_pitch(last, role) is not None
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
