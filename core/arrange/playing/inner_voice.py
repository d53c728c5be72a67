"""An inner voice where the middle would be empty: between a bass and a tune far above it the celli divide.

It is a tone of the chord about C3 to A3, held by who holds the bass, in bars in which the tune lies more than an
octave and a fifth above and no pad sounds between. Each bar is told from its own chords and tune, so that a change is
heard where it is made; and from pads as the style has them, so that what the editor sets for one moves no other part.
"""

from __future__ import annotations

from collections.abc import Iterator

from hitpoint.core.arrange.form.bars import Bar
from hitpoint.core.arrange.playing.counter_line import held_pitch
from hitpoint.core.arrange.playing.making_way import makes_way
from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.playing.strokes import LEAST_BEATS, texture_in
from hitpoint.core.arrange.playing.touch import velocity_at
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.arrange.styles.registers import folded
from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.music.score import Note

_FAR = 19  # semitones from bass to tune, and from one voice to the next, that are not heard as empty
_ABOVE_BASS, _BELOW_TUNE = 7, 4  # semitones that the inner voice keeps from both
_CENTRE = 54  # F sharp 3, about which it lies
_DOUBLED = 3  # semitones farther from that which a tone is liked as well that the bass has not
_BREATH_BEATS = 0.25  # before a phrase


def inner_notes(player: Player, plan: Plan) -> Iterator[Note]:
    """The notes of the inner voice; none but for a bass that is bowed or blown and can sound twice at once."""
    if player.role != "bass" or not player.is_sustained or player.voices < 2:
        return
    pitches: list[int | None] = []
    for bar in plan.bars:
        steps = range(bar.first, bar.first + bar.steps)
        is_empty = any(step < plan.form.final and _is_empty(player, plan, step) for step in steps)
        pitches += [_pitch(player, plan, bar, step) if is_empty and step < plan.form.final else None for step in steps]
    first = 0
    for step in range(1, len(pitches) + 1):
        if step < len(pitches) and pitches[step] == pitches[first] and not plan.form.steps[step].begins_phrase:
            continue
        pitch = pitches[first]
        if pitch is not None:
            yield _note(player, plan, range(first, step), pitch)
        first = step


def _is_empty(player: Player, plan: Plan, step: int) -> bool:
    """Whether a bass plays in a step, somebody sings far above it, and no pad holds a tone between them."""
    span = plan.tune_range_of_bar(step)
    if span is None or plan.is_rest(step) or not plan.plays(player, step):
        return False
    bass = _bass(player, plan, step)
    return span[0] - bass > _FAR and not any(bass + _ABOVE_BASS <= one < span[0] for one in _held(plan, step))


def _bass(player: Player, plan: Plan, step: int) -> int:
    return folded(plan.pitch(step, "b") + player.shift, player)


def _held(plan: Plan, step: int) -> Iterator[int]:
    """What pads hold in a step, as the style has them."""
    for pad in style_named(plan.style.name).players:
        held = texture_in(pad, plan, step).held if pad.role == "pad" else ""
        yield from (held_pitch(pad, plan, step, r, held) for r in held if not makes_way(pad, plan, step, r, held))


def _pitch(player: Player, plan: Plan, bar: Bar, step: int) -> int | None:
    """The tone of a step's chord in the middle; None where there is no room for one."""
    span = plan.tune_range_of_bar(bar.first)
    if span is None or plan.is_rest(step):
        return None
    bass = _bass(player, plan, step)
    lowest, highest = bass + _ABOVE_BASS, min(span[0] - _BELOW_TUNE, player.high)
    tones = {tone % 12 for tone in plan.chords[step].pitch_classes}
    free = [pitch for pitch in range(max(lowest, span[0] - _FAR), highest + 1) if pitch % 12 in tones]
    return min(free, key=lambda one: abs(one - _CENTRE) + _DOUBLED * ((one - bass) % 12 == 0), default=None)


def _note(player: Player, plan: Plan, steps: range, pitch: int) -> Note:
    start, end = plan.starts(steps.start), plan.changes_after(steps.stop - 1)
    if steps.stop < len(plan.form.steps) and plan.form.steps[steps.stop].begins_phrase:
        end = max(end - _BREATH_BEATS, start + LEAST_BEATS)
    accented = plan.form.steps[steps.start].accented
    return Note(start, min(end, plan.form.release), pitch, velocity_at(player, plan, start, "t", accented=accented))
