"""A part ready to be played from anywhere, as a cue needs that is worked on.

Our sampler can (:mod:`hitpoint.core.render.sampler.sampled_part`). FluidSynth only plays from the start on; it is asked
for the sound in order, and begins again when something earlier is wanted.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.score import Part
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.render.parts.events import timed_bends, timed_controls, timed_notes
from hitpoint.core.render.parts.synth import BLOCK, Synthesizer

Spans = tuple[tuple[int, int], ...]  # first sample, first after; in order, none touching the next
Rows = NDArray[np.float32]  # left above right: (2, n)


class Performance(Protocol):
    """One part of a score, as a synthesiser plays it."""

    def sound(self, first: int, last: int) -> Rows:
        """Samples ``first`` to ``last`` of the cue; the same ones however it is divided."""

    def differences(self, before: Performance) -> Spans:
        """The spans in which it does not sound as another performance of a part does."""


@runtime_checkable
class Performer(Protocol):
    """A synthesiser that can begin anywhere."""

    def perform(self, part: Part, tempo: TempoMap, samples: int) -> Performance:
        """The part in a cue of so many samples."""


def performance(synth: Synthesizer, part: Part, tempo: TempoMap, samples: int) -> Performance:
    """The performance of a part by a synthesiser."""
    return synth.perform(part, tempo, samples) if isinstance(synth, Performer) else _FromTheStart(
        synth, part, tempo, samples
    )  # fmt: skip


def merged(spans: list[tuple[int, int]]) -> Spans:
    """Spans in order, those that touch or overlap made one, empty ones left out."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(span for span in spans if span[0] < span[1]):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return tuple(found)


class _FromTheStart:
    """A part played by a synthesiser that knows no other way; what differs from another differs everywhere."""

    def __init__(self, synth: Synthesizer, part: Part, tempo: TempoMap, samples: int) -> None:
        self._asked = synth, part, tempo, samples
        self._blocks: Iterator[NDArray[np.float32]] = iter(())
        self._kept, self._begin, self._end = np.zeros((0, 2), np.float32), 0, 0

    @property
    def events(self) -> tuple[object, ...]:
        """All that decides how it sounds."""
        synth, part, tempo, samples = self._asked
        notes, bends = timed_notes(part, tempo, samples), timed_bends(part, tempo)
        return synth, part.bank, part.program, part.channel, notes, timed_controls(part, tempo), bends

    def differences(self, before: Performance) -> Spans:
        """Everything, in samples, unless the events are the same."""
        is_same = isinstance(before, _FromTheStart) and before.events == self.events
        return () if is_same else ((0, self._asked[3]),)

    def sound(self, first: int, last: int) -> Rows:
        """(last - first, 2) samples; plays from the start again for what lies behind."""
        if first < self._begin or not self._end:
            synth, part, tempo, samples = self._asked
            self._blocks = synth.blocks(part, tempo, samples)
            self._kept, self._begin, self._end = np.zeros((0, 2), np.float32), 0, 0
        while self._end < last:
            block = next(self._blocks, None)
            if block is None:
                block = np.zeros((last - self._end, 2), np.float32)
            gone = min(max(first - BLOCK - self._begin, 0), len(self._kept))
            self._kept = np.concatenate([self._kept[gone:], block])
            self._begin, self._end = self._begin + gone, self._end + len(block)
        return np.ascontiguousarray(self._kept[first - self._begin : last - self._begin].T)
