"""How loud a stretch of a cue is to be beside the rest of it: the loudness of its steps, from bar line to bar line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hitpoint.core.cue.cue import Cue, altered

_MOST_LOUDNESS = 0.6  # the extreme of MuVi-Sync
_FOR_A_DECIBEL = 3.0  # decibels of a step's loudness for one that is heard: velocities answer about a third of them


@dataclass(frozen=True)
class LevelWish:
    """A stretch that is to be louder or quieter than it would be.

    Attributes:
        start: seconds from the start of the timeline.
        end: likewise, exclusive.
        decibels: by which it differs from the music without the wish.
    """

    start: float
    end: float
    decibels: float


def levelled(cue: Cue, wishes: Iterable[LevelWish]) -> Cue:
    """The cue with the loudness of stretches as it is wished.

    Each begins and ends at the bar line nearest to what was said, and has a bar at least. Its steps count as drawn, so
    that composing them again keeps their loudness.
    """
    steps = list(cue.steps)
    for wish in wishes:
        factor = 10.0 ** (_FOR_A_DECIBEL * wish.decibels / 20.0)
        for index in _steps_of(cue, wish):
            loudness = min(steps[index].loudness * factor, _MOST_LOUDNESS)
            steps[index] = replace(steps[index], loudness=round(loudness, 6), loudness_drawn=True)
    return cue if tuple(steps) == cue.steps else altered(cue, steps=tuple(steps))


def _steps_of(cue: Cue, wish: LevelWish) -> range:
    """The steps of a stretch; none if it lies outside the cue."""
    count = len(cue.steps)
    if wish.end <= float(cue.start) or wish.start >= float(cue.step_start(count)):
        return range(0)
    bars = tuple(range(0, count, 2)) if cue.plan is None else cue.plan.bar_starts[:-1]
    lines = (*bars, count)
    times = [float(cue.step_start(line)) for line in lines]
    first, end = (min(range(len(lines)), key=lambda i: abs(times[i] - at)) for at in (wish.start, wish.end))
    first = min(first, len(lines) - 2)
    return range(lines[first], lines[max(end, first + 1)])
