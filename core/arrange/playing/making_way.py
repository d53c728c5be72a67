"""How accompaniment makes way for the tune.

Held notes in its register in a bar are left out, strokes of pads lie elsewhere.

Others make way for the tune as it was when it was first written, which the cue remembers step by step, so that a note
that the editor moves, or another melody, changes no other part.
"""

from __future__ import annotations

from collections.abc import Sequence

from hitpoint.core.arrange.form.bars import Bar
from hitpoint.core.arrange.form.form import Form
from hitpoint.core.arrange.playing.lead import octave_shift
from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.playing.singing import (
    BOTH,
    FIRST,
    SECOND,
    doubling,
    most_after,
    passages,
    shift_into,
    singing_of,
)
from hitpoint.core.arrange.styles.ensemble import Player, Style
from hitpoint.core.arrange.styles.registers import folded
from hitpoint.core.cue.cue import Played
from hitpoint.core.cue.tune import PlacedNote

_NEAR = 3  # semitones above and below the tune of a bar
_OCTAVE = 12
_AT_HOME, _TUNE_BELOW, _TUNE_ABOVE = 0.4, 5, 9  # of a lead's range, where tunes are; semitones around that
_FIGURE_SPAN, _MOVED = 10, 3.0  # semitones that a figure has below its home; what a move must save of what they share
_MAKE_WAY = frozenset({"pad", "harmony"})


def tune_ranges(form: Form, tune: Sequence[PlacedNote], known: Sequence[Played]) -> tuple[tuple[int, ...], ...]:
    """The lowest and the highest pitch of the tune in each step of a form.

    As remembered, else of these notes; empty for none.
    """
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


def sung_ranges(
    ranges: Sequence[tuple[int, ...]], bars: Sequence[Bar], leads: Sequence[Player]
) -> tuple[tuple[int, ...], ...]:
    """The ranges where those who sing have them: whole octaves away if need be.

    Args:
        ranges: of each step.
        bars: that the steps make.
        leads: of the style.
    """
    first = leads[0]
    found = [tuple(pitch + octave_shift(one, first.low, first.high) for pitch in one) for one in ranges]
    singing = singing_of(bars, len(leads))
    for passage in passages(singing, bars):
        turn = singing[passage.start]
        if turn == FIRST:
            continue
        steps = range(bars[passage.start].first, bars[passage.stop - 1].first + bars[passage.stop - 1].steps)
        own = [pitch for step in steps for pitch in (ranges if turn == SECOND else found)[step]]
        low, high = leads[1].low, leads[1].high
        most = most_after(bars, passage, first.low, first.high)
        shift = shift_into(own, low, high, most) if turn == SECOND else doubling(own, low, high)
        for step in steps:  # of two who sing together the higher one counts
            found[step] = (
                tuple(pitch + shift for pitch in ranges[step]) if turn == SECOND else _above(found[step], shift)
            )
    return tuple(found)


def _above(span: tuple[int, ...], shift: int) -> tuple[int, ...]:
    return tuple(pitch + max(shift, 0) for pitch in span)


def stepped_aside(pitch: int, player: Player, plan: Plan, step: int) -> int:
    """The pitch of a stroke of a pad.

    An octave away where it would lie in the register of the bar's tune and the player has it.
    """
    span = plan.tune_range_of_bar(step)
    if player.role != "pad" or span is None or not _is_near(pitch, span):
        return pitch
    others = (pitch + _OCTAVE, pitch - _OCTAVE)
    return next((one for one in others if player.low <= one <= player.high and not _is_near(one, span)), pitch)


def below_tune(pitch: int, lowest: int, player: Player, plan: Plan, step: int) -> int:
    """The pitch of a figure's stroke, an octave lower where the tune of its step is and the player has it there."""
    span = plan.tune_ranges[step] if plan.tune_ranges else ()
    is_amid = player.role == "harmony" and len(span) > 1 and span[0] <= pitch <= span[1]
    return pitch - _OCTAVE if is_amid and pitch - _OCTAVE >= max(lowest, player.low) else pitch


def octave_aside(player: Player, plan: Plan, step: int) -> int:
    """Semitones by which a figure lies an octave away from who sings the tune in a bar.

    It does where it would run in the tune's register.

    It hangs on the instruments alone, not on their notes, so that a figure keeps its octave for a whole passage.
    """
    bar = plan.bar(step)
    leads = plan.style.leads
    if player.role != "harmony" or player.figures or not leads or bar.force is None:
        return 0
    turn = plan.singing[bar.number]
    lead = leads[1] if turn == SECOND else leads[0]
    return _octave_from(player, plan.style, lead, _OCTAVE if turn == BOTH else 0)


def _octave_from(player: Player, style: Style, lead: Player, above: int) -> int:
    """Semitones, an octave at most, from where a figure is at home.

    The tune lies ``above`` where its lead is at home.
    """
    home = lead.low + _AT_HOME * (lead.high - lead.low) + above
    tune = (home - _TUNE_BELOW, home + _TUNE_ABOVE)
    top = style.home + player.shift
    own = (top - _FIGURE_SPAN, top)
    fair = [shift for shift in (0, _OCTAVE, -_OCTAVE) if player.low <= own[0] + shift and own[1] + shift <= player.high]

    def shared(shift: int) -> float:
        """Semitones of the tune's register that a part covers, moved by ``shift`` semitones; 0 for none."""
        return max(min(own[1] + shift, tune[1]) - max(own[0] + shift, tune[0]), 0.0)

    return min(fair, key=lambda shift: round(shared(shift) + _MOVED * bool(shift), 6), default=0)


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
