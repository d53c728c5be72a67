"""Runs of steps whose picture did not change: the same length, the same hit points, only perhaps at another time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from hitpoint.core.conform.pieces import TimeMap
from hitpoint.core.cue.cue import Cue

LEAST_STEPS = 4  # a shorter run is carried over chord by chord; one at the beginning may be as short as it likes


@dataclass(frozen=True)
class Run:
    """Steps ``first .. end`` (exclusive) of the old cue, all of whose picture is there unchanged.

    Attributes:
        first: number of the first step in the old cue.
        end: number of the first one after them.
        start: seconds from the start of the new cue at which the first one belongs.
        is_head: whether both cues begin with it.
        is_tail: whether both cues end with it.
    """

    first: int
    end: int
    start: Fraction
    is_head: bool = False
    is_tail: bool = False


@dataclass(frozen=True)
class _Block:
    """Seconds from the start of the old cue and what is to be added to them in the new one."""

    start: Fraction
    end: Fraction
    shift: Fraction


def kept_runs(old: Cue, new: Cue, times: TimeMap) -> tuple[Run, ...]:
    """The runs, in the order of the new cue.

    Args:
        old: the cue as it was.
        new: a cue on the new edit, of which range and hits are looked at.
        times: how the edits belong together.
    """
    grid = [old.tempo.seconds_at(old.beats_per_step * index) for index in range(len(old.steps) + 1)]
    before, after = _Moments.of(old), _Moments.of(new)
    runs: list[Run] = []
    for block in _blocks(old, new, times):
        if _run(block, grid, old, new) is not None:
            parts = (_run(part, grid, old, new) for part in _with_same_hits(block, before, after))
            runs += [run for run in parts if run is not None]
    return tuple(runs)


@dataclass(frozen=True)
class _Moments:
    """The moments that a cue is to meet, in order: seconds from its start."""

    times: tuple[Fraction, ...]
    weights: Mapping[Fraction, float]

    @classmethod
    def of(cls, cue: Cue) -> _Moments:
        """The wanted moments of a cue, in seconds from its start."""
        return cls(tuple(sorted(cue.wanted_times)), cue.wanted_times)

    def between(self, start: Fraction, end: Fraction, shift: Fraction) -> dict[Fraction, float]:
        """Those from one time to another, both included, earlier by ``shift``."""
        first, last = bisect_left(self.times, start + shift), bisect_right(self.times, end + shift)
        return {time - shift: self.weights[time] for time in self.times[first:last]}


def _blocks(old: Cue, new: Cue, times: TimeMap) -> list[_Block]:
    """Stretches of the old cue that were moved as a whole, cut to both cues, in the order of the new one."""
    blocks: list[_Block] = []
    for link in times.links:
        if link.pace != 1:
            continue
        shift = (link.new_start - new.start) - (link.old_start - old.start)
        start = max(link.old_start - old.start, Fraction(0), -shift)
        end = min(link.old_end - old.start, old.seconds, new.seconds - shift)
        if start >= end:
            continue
        last = blocks[-1] if blocks else None
        if last is not None and (last.shift, last.end) == (shift, start):
            blocks[-1] = _Block(last.start, end, shift)
        else:
            blocks.append(_Block(start, end, shift))
    return blocks


def _with_same_hits(block: _Block, old: _Moments, new: _Moments) -> Iterator[_Block]:
    """A block cut where a moment is wanted in one of the cues only, or matters more in one."""
    before = old.between(block.start, block.end, Fraction(0))
    after = new.between(block.start, block.end, block.shift)
    differing = sorted(time for time in before.keys() | after.keys() if before.get(time) != after.get(time))
    edges = [block.start, *(time for time in differing if block.start < time < block.end), block.end]
    for start, end in pairwise(edges):
        yield _Block(start, end, block.shift)


def _run(block: _Block, grid: list[Fraction], old: Cue, new: Cue) -> Run | None:
    """The steps that lie in a block as a whole; None if there are too few."""
    is_head = block.start == 0 and block.shift == 0
    is_tail = block.end == old.seconds and block.end + block.shift == new.seconds
    first = bisect_left(grid, block.start)
    end = len(old.steps) if is_tail else min(bisect_right(grid, block.end) - 1, len(old.steps))
    if end - first < (1 if is_head else LEAST_STEPS):
        return None
    return Run(first, end, grid[first] + block.shift, is_head, is_tail)
