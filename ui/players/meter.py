"""Loudness and true peak of what is played, as BS.1770 measures them. The device's thread only hands blocks over."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hitpoint.ui.players.sound import Samples

if TYPE_CHECKING:
    from hitpoint.core.render.mix.loudness import KWeighting

_HOP = 4800  # samples, 100 ms
_MOMENTARY, _SHORT = 4, 30  # hops
_MOST_WAITING = 4000  # blocks that wait for somebody to look; older ones are not measured


@dataclass(frozen=True)
class Reading:
    """What a meter shows; minus infinity where nothing was heard.

    Attributes:
        momentary: LUFS of the last 400 ms.
        short_term: LUFS of the last three seconds.
        integrated: LUFS since the meter was reset, gated.
        true_peak: dBTP since then.
    """

    momentary: float = -math.inf
    short_term: float = -math.inf
    integrated: float = -math.inf
    true_peak: float = -math.inf


class LiveMeter:
    """Measures what it is fed. ``feed`` may be called from any thread, all else from one."""

    def __init__(self) -> None:
        self._waiting: deque[Samples] = deque(maxlen=_MOST_WAITING)
        self._weighting: KWeighting | None = None
        self.reset()

    def feed(self, samples: Samples) -> None:
        """Samples that are played next, (n, 2); they are kept, so they must not be changed afterwards."""
        self._waiting.append(samples)

    def reset(self) -> None:
        """Begin anew, as when the music starts again."""
        from_before = len(self._waiting)
        for _ in range(from_before):
            self._waiting.popleft()
        self._rest = np.zeros(0)
        self._energies: list[float] = []
        self._peak = 0.0
        self._tail = np.zeros((0, 2), np.float32)
        self._reading = Reading()
        self._weighting = None

    def read(self) -> Reading:
        """Measure what was fed since, and answer where the meter stands."""
        blocks = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if blocks:
            self._measure(np.concatenate(blocks))
        return self._reading

    def _measure(self, samples: Samples) -> None:
        from hitpoint.core.render.mix.loudness import KWeighting, gated_loudness, loudest_momentary, loudest_short_term

        if self._weighting is None:
            self._weighting = KWeighting()
        joined = np.concatenate([self._rest, np.square(self._weighting.heard(samples)).sum(axis=1)])
        hops = len(joined) // _HOP
        self._energies += (joined[: hops * _HOP].reshape(hops, _HOP).sum(axis=1) / _HOP).tolist()
        self._rest = joined[hops * _HOP :]
        self._find_peak(samples)
        energy = np.array(self._energies)
        self._reading = Reading(
            loudest_momentary(energy[-_MOMENTARY:]),
            loudest_short_term(energy[-_SHORT:]),
            gated_loudness(energy),
            20.0 * math.log10(self._peak) if self._peak > 0 else -math.inf,
        )

    def _find_peak(self, samples: Samples) -> None:
        """The largest value so far, between the samples too."""
        from hitpoint.core.render.mix.loudness import HALF_KERNEL, TruePeakMeter

        joined = np.concatenate([self._tail, samples])
        if float(np.abs(joined).max(initial=0.0)) * 2.0 > self._peak:  # what lies between can hardly be twice as high
            meter = TruePeakMeter()
            meter.add(joined)
            self._peak = max(self._peak, meter.peak())
        self._tail = joined[-2 * HALF_KERNEL :]


def bar_share(lufs: float, lowest: float = -48.0, highest: float = 0.0) -> float:
    """How much of a bar is filled by a loudness: 0..1."""
    return 0.0 if math.isinf(lufs) else min(max((lufs - lowest) / (highest - lowest), 0.0), 1.0)


def click_sounds(rate: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The click on a bar and the one on a beat, 25 ms each: (n, 2)."""
    time = np.arange(round(0.025 * rate)) / rate
    shapes = [0.35 * np.sin(2 * np.pi * pitch * time) * np.exp(-time * 160.0) for pitch in (1760.0, 1175.0)]
    first, other = (np.repeat(shape[:, None], 2, axis=1).astype(np.float32) for shape in shapes)
    return first, other
