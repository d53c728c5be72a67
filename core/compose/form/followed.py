"""A plan that follows a recording: its beats as the grid, its sections, arc and climaxes as the form.

Where the recording is not followed, everything is as the picture has it; at weight 0 nothing changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

import numpy as np

from hitpoint.core.compose.form.division import Division, bars_between
from hitpoint.core.compose.form.last_bars import final_seconds
from hitpoint.core.compose.form.tempo_plan import TempoPlan
from hitpoint.core.compose.like.grid import Grid
from hitpoint.core.compose.like.shape import Shape, themes_from
from hitpoint.core.cue.form.form_plan import STEPS_PER_BAR, FullHit, Preparation
from hitpoint.core.timebase import FrameRate

_BELOW = 0.93  # the most that any bar but the summit has
_LEAST_BARS = 2  # of a section
_STRONG = 0.5  # weight from which sections and summit are the recording's, and not the picture's
_SAME = 0.35  # seconds between a climax and a moment of the picture that are one
_CLIMAX = 0.8  # weight of a climax among the moments met in full
_DIGITS = 3


@dataclass(frozen=True)
class Followed:
    """What of a recording a plan follows.

    Attributes:
        grid: its beats; None to leave the tempo to the picture.
        shape: its form; None to leave that to the picture.
        weight: 0..1, of the form.
    """

    grid: Grid | None = None
    shape: Shape | None = None
    weight: float = 0.0

    @property
    def first_bar_steps(self) -> int:
        """Steps of the first bar that are missing: 1 where the music begins on half a bar."""
        if self.grid is None:
            return 0
        return int(self.grid.lead_in * self.grid.beat / (self.grid.metre.beats_per_bar / STEPS_PER_BAR)) % STEPS_PER_BAR

    def is_strong(self) -> bool:
        """Whether sections and summit are the recording's."""
        return self.shape is not None and self.weight >= _STRONG


def laid_on(followed: Followed, borders: Sequence[float], seconds: Fraction) -> TempoPlan:
    """The tempo of a cue on a recording's beats.

    Args:
        followed: with a grid.
        borders: seconds from the start of the music at which stretches of mood begin, the first 0.
        seconds: of the music.
    """
    grid = followed.grid
    assert grid is not None
    tempo, half_bar = grid.tempo, grid.metre.beats_per_bar / STEPS_PER_BAR
    steps = int(tempo.beat_at(seconds) / half_bar) + 1
    lines = [step for step in range(followed.first_bar_steps, steps, STEPS_PER_BAR)] or [0]
    times = {step: float(tempo.seconds_at(half_bar * step)) for step in lines}
    least, best, most = final_seconds(seconds)
    fair = [step for step in lines if least <= float(seconds) - times[step] <= most]
    final = min(fair or lines, key=lambda step: (round(abs(float(seconds) - times[step] - best), 6), step))
    starts = [0]
    for border in borders[1:]:
        nearest = min(lines, key=lambda step: (round(abs(times[step] - border), 6), step))
        starts.append(max(nearest, starts[-1] + STEPS_PER_BAR))
    return TempoPlan(tempo, tuple(starts), final)


def division_like(followed: Followed, laid: TempoPlan, steps: int, own: Division, half_bar: Fraction) -> Division:
    """Bars on the recording's bar lines, and its sections if they are followed; else the sections of ``own``."""
    short = followed.first_bar_steps
    first = (short,) if short and steps > short else ()
    final = max(laid.final_step, sum(first))
    bars = (*first, *bars_between(sum(first), final), *bars_between(final, steps))
    if not followed.is_strong() or followed.shape is None:
        return own if not first else Division((own.sections[0] + 1, *own.sections[1:]), (*first, *own.bar_steps))
    starts = [0, *accumulate(bars)]
    times = [float(laid.tempo.seconds_at(half_bar * step)) for step in starts[:-1]]
    return Division(_section_bars(followed.shape, times), bars)


def _section_bars(shape: Shape, times: Sequence[float]) -> tuple[int, ...]:
    """Bars of each section: borders on the nearest bar line, at least two bars apart."""
    firsts = [0]
    for border, _ in shape.borders[1:]:
        bar = min(range(len(times)), key=lambda index: (round(abs(times[index] - border), 6), index))
        if bar - firsts[-1] >= _LEAST_BARS and len(times) - bar >= _LEAST_BARS:
            firsts.append(bar)
    return tuple(end - first for first, end in pairwise([*firsts, len(times)]))


def tension_like(
    followed: Followed, own: Sequence[float], times: Sequence[float], summit: int, final_bar: int
) -> tuple[tuple[float, ...], int]:
    """The curve of tension with the recording's arc laid over it, and its summit.

    Args:
        followed: what is followed.
        own: tension of each bar.
        times: at which each bar starts, and the end, in seconds from the start of the music.
        summit: the bar that has the most.
        final_bar: after which there is no summit.
    """
    if followed.shape is None or followed.weight <= 0:
        return tuple(own), summit
    arc = np.array(followed.shape.arc)
    heard = [
        float(arc[min(int(a), len(arc) - 1) : max(int(np.ceil(b)), int(a) + 1)].mean()) for a, b in pairwise(times)
    ]
    mixed = [(1 - followed.weight) * mine + followed.weight * his for mine, his in zip(own, heard, strict=True)]
    if followed.is_strong():
        summit = max(range(final_bar + 1), key=lambda bar: (round(heard[bar], 6), -bar))
    curve = [round(min(value, _BELOW), _DIGITS) for value in mixed]
    curve[summit] = 1.0
    return tuple(curve), summit


def themes_like(followed: Followed, times: Sequence[float]) -> tuple[str, ...] | None:
    """The recording's letters, with primes, for sections that start at these seconds; None to leave them."""
    if not followed.is_strong() or followed.shape is None:
        return None
    borders = followed.shape.borders
    nearest = [min(borders, key=lambda border, at=time: abs(border[0] - at))[1] for time in times]  # type: ignore[misc]
    return themes_from(nearest)


def hits_like(followed: Followed, hits: Sequence[FullHit], start_frame: int, rate: FrameRate) -> tuple[FullHit, ...]:
    """The moments met in full, and the recording's climaxes beside them."""
    if not followed.is_strong() or followed.shape is None:
        return tuple(hits)
    found = {hit.frame: hit for hit in hits}
    for climax in followed.shape.climaxes:
        frame = start_frame + rate.nearest_frame(Fraction(climax))
        if all(abs(float(rate.seconds(frame - other))) > _SAME for other in found):
            found[frame] = FullHit(frame, _CLIMAX, Preparation.SWELL)
    return tuple(found[frame] for frame in sorted(found))
