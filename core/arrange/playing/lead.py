"""How the player who leads plays the tune.

In its register, at the moments of the picture, by what each note matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.playing.singing import BOTH, SECOND, doubling, passages, shift_into
from hitpoint.core.arrange.playing.touch import velocity_at
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.arrange.styles.registers import folded
from hitpoint.core.cue.tune import PlacedNote
from hitpoint.core.music.score import Note

_LEAST_BEATS = 0.2  # no note is shorter for an accent that comes early
_WEIGHT, _MEAN_WEIGHT = 26.0, 0.5  # of a velocity, from the lightest to the heaviest note
_HIGHEST_VELOCITY = 124


def lead_notes(player: Player, plan: Plan) -> Iterator[Note]:
    """The tune as a player sings it in its turns.

    Nothing where the style wants it silent, in rests, and, unless locked, under speech.
    """
    heard = [(one, shift) for one, shift in _in_turn(player, plan) if _is_heard(player, plan, one)]
    starts = [plan.form.drawn(float(one.start)) for one, _ in heard]
    ends = [*starts[1:], plan.form.release]
    for (one, shift), start, following in zip(heard, starts, ends, strict=False):
        end = min(float(one.end), following, plan.form.release)
        if start < min(following, plan.form.release):
            pitch = folded(one.note.pitch + shift + player.moved, player)
            yield Note(
                start, max(end, min(start + _LEAST_BEATS, following)), pitch, _velocity(player, plan, one, start)
            )


def _in_turn(player: Player, plan: Plan) -> Iterator[tuple[PlacedNote, int]]:
    """The notes that a player sings, and the semitones, whole octaves, by which they are moved for it."""
    leads = plan.style.leads
    first = octave_shift([one.note.pitch for one in plan.tune], *_own_range(leads[0]))
    by_bar: dict[int, list[PlacedNote]] = {}
    for one in plan.tune:
        by_bar.setdefault(plan.bar(plan.step_at(float(one.start))).number, []).append(one)
    for bars in passages(plan.singing, plan.bars):
        turn = plan.singing[bars.start]
        notes = [one for bar in bars for one in by_bar.get(bar, ())]
        pitches = [one.note.pitch for one in notes]
        if player == leads[0] and turn != SECOND:
            yield from ((one, first) for one in notes)
        elif player != leads[0] and turn == SECOND:
            shift = shift_into(pitches, *_own_range(player))
            yield from ((one, shift) for one in notes)
        elif player != leads[0] and turn == BOTH:
            shift = first + doubling([pitch + first for pitch in pitches], *_own_range(player))
            yield from ((one, shift) for one in notes)


def _own_range(player: Player) -> tuple[int, int]:
    """Where a player plays if the editor moves it nowhere."""
    return player.low - player.moved, player.high - player.moved


def ends_with_tune(plan: Plan) -> bool:
    """Whether the tune has a note of its own in the last chord."""
    return any(one.start >= plan.form.steps[plan.form.final].beat for one in plan.tune)


def octave_shift(pitches: Sequence[int], low: int, high: int) -> int:
    """Semitones, whole octaves, by which a tune fits an instrument best; none if it fits as it is."""
    if not pitches:
        return 0
    return min(
        (12 * octaves for octaves in range(-5, 6)),
        key=lambda shift: (sum(not low <= pitch + shift <= high for pitch in pitches), abs(shift), shift),
    )


def _is_heard(player: Player, plan: Plan, one: PlacedNote) -> bool:
    """Where the tune goes the lead plays, whoever else plays there.

    It is silent in rests and in what the style leaves to others.
    """
    step = plan.step_at(float(one.start))
    bar = plan.bar(step)
    is_out = bar.section in player.rests_in if bar.force is None else bar.force == 0
    is_rest = plan.is_rest(step) or plan.is_rest(plan.form.sounding(plan.form.drawn(float(one.start))))
    return not is_rest and not is_out and (one.note.locked or not plan.spoken[step])


def _velocity(player: Player, plan: Plan, one: PlacedNote, start: float) -> int:
    """What loudness asks for, and more for what matters; a note on a moment of the picture is accented."""
    velocity = velocity_at(player, plan, float(one.start), "s", accented=start in plan.form.accents)
    return min(max(velocity + round(_WEIGHT * (one.note.weight - _MEAN_WEIGHT)), 1), _HIGHEST_VELOCITY)
