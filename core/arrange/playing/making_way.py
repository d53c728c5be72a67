"""How accompaniment makes way for the tune: held notes in its register in a bar are left out, strokes of pads lie elsewhere.

Others make way for the tune as it was when it was first written, which the cue remembers step by step, so that a note that the
editor moves, or another melody, changes no other part.
"""

from __future__ import annotations

from collections.abc import Sequence

from hitpoint.core.arrange.form.form import Form
from hitpoint.core.arrange.playing.lead import octave_shift
from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.arrange.styles.registers import folded
from hitpoint.core.cue.cue import Played
from hitpoint.core.cue.tune import PlacedNote

_NEAR = 3  # semitones above and below the tune of a bar
_OCTAVE = 12
_MAKE_WAY = frozenset({"pad", "harmony"})


def tune_ranges(form: Form, tune: Sequence[PlacedNote], known: Sequence[Played]) -> tuple[tuple[int, ...], ...]:
    """The lowest and the highest pitch of the tune in each step of a form: as remembered, else of these notes; empty for none."""
    found: list[tuple[int, ...]] = []
    first = 0
    for step, one in zip(form.steps, known, strict=True):
        end = step.beat + form.step_beats
        while first < len(tune) and tune[first].end <= step.beat:
            first += 1
        if one.tune_range is not None:
            found.append(one.tune_range)
            continue
        last = first
        while last < len(tune) and tune[last].start < end:
            last += 1
        pitches = [note.note.pitch for note in tune[first:last]]
        found.append((min(pitches), max(pitches)) if pitches else ())
    return tuple(found)


def ranges_on(ranges: Sequence[tuple[int, ...]], low: int, high: int) -> tuple[tuple[int, ...], ...]:
    """The ranges where an instrument from ``low`` to ``high`` plays them: whole octaves away if need be."""
    return tuple(tuple(pitch + octave_shift(one, low, high) for pitch in one) for one in ranges)


def stepped_aside(pitch: int, player: Player, plan: Plan, step: int) -> int:
    """The pitch of a stroke of a pad: an octave away where it would lie in the register of the bar's tune and the player has it."""
    span = plan.tune_range_of_bar(step)
    if player.role != "pad" or span is None or not _is_near(pitch, span):
        return pitch
    others = (pitch + _OCTAVE, pitch - _OCTAVE)
    return next((one for one in others if player.low <= one <= player.high and not _is_near(one, span)), pitch)


def makes_way(player: Player, plan: Plan, step: int, role: str, held: str) -> bool:
    """Whether one of the held roles is left out of a step for the tune; one always stays, the farthest from it."""
    if player.role not in _MAKE_WAY:
        return False
    span = plan.tune_range_of_bar(step)
    if span is None:
        return False
    pitches = {one: folded(plan.pitch(step, one) + player.shift, player) for one in held}
    masked = {one for one, pitch in pitches.items() if _is_near(pitch, span)}
    if len(masked) < len(pitches):
        return role in masked
    middle = sum(span) / 2
    return role != max(held, key=lambda one: (abs(pitches[one] - middle), -pitches[one]))


def _is_near(pitch: int, span: tuple[int, int]) -> bool:
    return span[0] - _NEAR <= pitch <= span[1] + _NEAR
