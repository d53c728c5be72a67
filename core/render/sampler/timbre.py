"""The signal of a zone at a key, before its volume envelope: a recording at its pitch, through its filter.

A signal is computed from the start of its note in strides, each going on where the one before ended, or from anywhere
with the filter warmed up for a while.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.machine.exact import exp2
from hitpoint.core.render.parts.events import TimedBend
from hitpoint.core.render.sampler.lowpass import OPEN, STEP, filtered
from hitpoint.core.render.sampler.modulation import Wobble
from hitpoint.core.render.sampler.resampling import Source, pitch_ratio, resampled, resampled_along

_LOWEST = 1500.0  # absolute cents of a cutoff
_WARM_UP = 75 * STEP  # samples a filter runs before it is heard in the middle of a note


@dataclass(frozen=True, eq=False)
class Place:
    """The length to which the signal of a held note has been computed.

    Attributes:
        at: samples from the note's start, a multiple of 64.
        position: of the source that is read there; only for a pitch that moves.
        memory: of the filter; None at the start.
    """

    at: int = 0
    position: float = 0.0
    memory: NDArray[np.float64] | None = None


@dataclass(frozen=True)
class Timbre:
    """The signal of a zone at a key, before its volume envelope; equal timbres sound equal."""

    source: Source
    until_release: bool
    ratio: Fraction
    cutoff: float
    resonance: float
    wobble: Wobble
    bends: tuple[TimedBend, ...] = ()  # counted from the note's start, the first at 0

    def __hash__(self) -> int:
        """Worked out once: timbres are looked up for every piece of every note."""
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((id(self.source), self.ratio, self.cutoff, self.resonance, self.wobble, self.bends))

    @property
    def moves_pitch(self) -> bool:
        """Whether the recording is read at a speed that changes."""
        return bool(self.bends) or self.wobble.moves_pitch

    @cached_property
    def closed(self) -> Timbre | None:
        """The sound of a note long after it has been let go; None if that depends on when it was."""
        if self.until_release or self.wobble.envelope_to_pitch:
            return None
        return replace(self, wobble=self.wobble.closed) if self.wobble.envelope_to_cutoff else self

    def bent(self, bends: tuple[TimedBend, ...]) -> Timbre:
        """The timbre under bends that begin at its start; one that stays is only another pitch, as quick to play."""
        if len(bends) == 1:
            return replace(self, ratio=pitch_ratio(float(self.ratio) * 2.0 ** (bends[0].semitones / 12.0)))
        return replace(self, bends=bends)

    @property
    def length(self) -> int | None:
        """Samples until the recording is over; None if it loops."""
        slowest = float(self.ratio) * (0.5 if self.moves_pitch else 1.0)
        return None if self.source.loop else math.ceil(len(self.source.frames) / slowest)

    def continued(self, place: Place, stop: int) -> tuple[NDArray[np.float32], Place]:
        """The signal of a held note from a place to sample ``stop``, a multiple of 64, and the place there."""
        frames, position = self._pitched(place.at, stop, None, place.position)
        frames, memory = self._filtered(frames, place.at, stop, None, place.memory)
        return self.wobble.louder(frames, place.at), Place(stop, position, memory)

    def signal(self, start: int, stop: int, released: int | None = None) -> NDArray[np.float32]:
        """Samples ``start`` to ``stop`` of a note let go at sample ``released``, or held."""
        first = max(0, start // STEP * STEP - _WARM_UP)
        frames, _ = self._pitched(first, stop, released, None)
        frames, _ = self._filtered(frames, first, stop, released, None)
        return self.wobble.louder(frames, first)[start - first :]

    def _filtered(
        self,
        frames: NDArray[np.float32],
        start: int,
        stop: int,
        released: int | None,
        memory: NDArray[np.float64] | None,
    ) -> tuple[NDArray[np.float32], NDArray[np.float64] | None]:
        if self.resonance <= 0.0 and self.cutoff + self.wobble.deepest_cutoff >= OPEN:
            return frames, None
        cutoffs = self.cutoff + self.wobble.cutoff(start, stop, released)
        return filtered(frames, np.clip(cutoffs, _LOWEST, OPEN), self.resonance, memory)

    def _pitched(
        self, start: int, stop: int, released: int | None, position: float | None
    ) -> tuple[NDArray[np.float32], float]:
        """The recording at its pitch, and where in it sample ``stop`` would be read.

        ``position`` is where sample ``start`` is read; None finds it by going there from the note's start.
        """
        if not self.moves_pitch:
            if position is not None:
                return _pitched_alike(self.source, self.ratio, start, stop), 0.0
            left = None if released is None else float(released * self.ratio)
            return resampled(self._let_go(left), self.ratio, start, stop), 0.0
        begin = 0 if position is None else start
        cents = self.wobble.pitch(begin, stop, released) + self._bent_cents(begin, stop)
        speed = np.repeat(float(self.ratio) * exp2(cents / 1200.0), STEP)[: stop - begin]
        speed[0] += position or 0.0
        reached = np.cumsum(speed)
        positions = np.concatenate([[position or 0.0], reached[:-1]])
        turned = None if released is None else float(positions[min(released, stop - 1) - begin])
        return resampled_along(self._let_go(turned), positions[start - begin :]), float(reached[-1])

    def _bent_cents(self, start: int, stop: int) -> NDArray[np.float64] | float:
        """Cents of the bends at every 64th sample."""
        if not self.bends:
            return 0.0
        cents = np.array([100.0 * bend.semitones for bend in self.bends])
        times = [bend.at for bend in self.bends]
        return np.asarray(cents[np.searchsorted(times, np.arange(start, stop, STEP), side="right") - 1])

    def _let_go(self, left: float | None) -> Source:
        """The source, its loop ended after the turn in which the note was let go, if it is of that kind.

        ``left`` is where in the source that was; None for a held note.
        """
        if not self.until_release or left is None or self.source.loop is None:
            return self.source
        first, after = self.source.loop
        turns = max(0, int((left - first) // (after - first)))
        until = after + turns * (after - first)
        return Source(np.concatenate([self.source.unrolled(0, until), self.source.frames[after:]]))


@lru_cache(maxsize=256)
def _pitched_alike(source: Source, ratio: Fraction, start: int, stop: int) -> NDArray[np.float32]:
    """A stretch of a held note before its filter: velocities have filters of their own, and this in common."""
    return resampled(source, ratio, start, stop)
