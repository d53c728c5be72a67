"""The beats of a recording as the grid of a cue: which beat begins a bar, and a tempo map that keeps them.

Music starts on a bar line or half a bar, so the first beat or two are drawn out or pressed together until the
recording's own beats begin; from there on every beat lies where it was heard. Before the recording and after it the
tempo goes on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.compose.like.temp import Temp
from hitpoint.core.music.metre import Metre
from hitpoint.core.music.tempo import TempoMap, TempoPoint

_FEWEST = 8  # beats that make a grid
_MICROSECONDS = 1_000_000  # to which times are rounded, so that fractions stay small
_EARLY = 0.4  # of a beat by which the first one may be pressed together before two share it
_BEYOND = 8  # beats after the end of the cue
_SHORTEST = 0.2  # seconds of a beat of ours

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Grid:
    """Beats in a cue's time.

    Attributes:
        times: seconds of each beat; the first is 0, the last lies after the end of the music.
        metre: of its bars.
        beat: quarter notes that a beat of the recording lasts: 1, or 3/2 in 6/8.
        lead_in: beats before the first bar line of the recording; a multiple of half a bar.
    """

    times: tuple[float, ...]
    metre: Metre
    beat: Fraction
    lead_in: int

    @property
    def tempo(self) -> TempoMap:
        """The map; a new point where the tempo changes."""
        exact = [Fraction(round(time * _MICROSECONDS), _MICROSECONDS) for time in self.times]
        points: list[TempoPoint] = []
        for index, (low, high) in enumerate(pairwise(exact)):
            length = (high - low) / self.beat
            if not points or points[-1].seconds_per_beat != length:
                points.append(TempoPoint(index * self.beat, length))
        return TempoMap(tuple(points), max(int(self.metre.beats_per_bar), 1))


def grid_of(temp: Temp, seconds: float, weight: float = 1.0) -> Grid | None:
    """The grid that a cue of this length follows; None if there is too little to follow.

    Args:
        temp: what was heard.
        seconds: of the cue.
        weight: 1 keeps every beat; less evens the tempo out.
    """
    metre, beat, per_bar = _metre_of(temp)
    beats = _without_dust(temp.beats)
    if weight <= 0 or len(beats) < _FEWEST or beats[-1] < 1.0 or beats[0] > seconds - 1.0:
        return None
    phase = _phase(beats, temp.downbeats, per_bar)
    beats = weight * beats + (1 - weight) * _even(beats)
    before = _continued_back(beats)
    phase, beats = phase + len(before), np.concatenate([before, beats])
    beats = np.concatenate([beats, _continued(beats, seconds)])
    half_bar = max(per_bar // 2, 1) if per_bar % 2 == 0 else per_bar
    first = _first_beat(beats, phase, half_bar)
    times = _begun(beats[first:])
    lead_in = (phase - first) % per_bar
    return Grid(tuple(round(float(time), 6) for time in times), metre, beat, lead_in)


def _metre_of(temp: Temp) -> tuple[Metre, Fraction, int]:
    """The metre, how many quarters a heard beat lasts, and heard beats to a bar; common time where it is another."""
    per_bar = temp.heard.beats_per_bar
    if temp.heard.compound and per_bar in (2, 4):
        return Metre(6, 8), Fraction(3, 2), 2
    if per_bar == 3:
        return Metre(3, 4), Fraction(1), 3
    return Metre(4, 4), Fraction(1), 4


def _phase(beats: Floats, downbeats: Floats, per_bar: int) -> int:
    """The first beat that begins a bar, in the phase that most of the recording's bar lines have."""
    if not len(downbeats):
        return 0
    places = np.abs(beats[:, None] - downbeats[None, :]).argmin(axis=0)
    return int(np.bincount(places % per_bar, minlength=per_bar).argmax())


def _without_dust(beats: Floats) -> Floats:
    """Without beats that follow one another faster than anybody plays."""
    kept: list[float] = []
    for beat in beats:
        if not kept or beat - kept[-1] >= _SHORTEST:
            kept.append(float(beat))
    return np.array(kept)


def _even(beats: Floats) -> Floats:
    """The same number of beats, evenly from the first to the last."""
    return np.linspace(beats[0], beats[-1], len(beats))


def _continued_back(beats: Floats) -> Floats:
    """Beats before the first, down to the start of the cue and a bar beyond."""
    length = max(float(np.median(np.diff(beats[: 2 * _FEWEST]))), _SHORTEST)
    count = max(int(np.ceil(beats[0] / length)), 0) + _BEYOND
    return np.asarray(beats[0] - length * np.arange(count, 0, -1))


def _continued(beats: Floats, seconds: float) -> Floats:
    """Beats after the last, beyond the end of the cue."""
    length = max(float(np.median(np.diff(beats[-2 * _FEWEST :]))), _SHORTEST)
    count = max(int(np.ceil((seconds - beats[-1]) / length)), 0) + _BEYOND
    return np.asarray(beats[-1] + length * np.arange(1, count + 1))


def _first_beat(beats: Floats, phase: int, half_bar: int) -> int:
    """The beat that falls on the start of the cue: on half a bar, and as near to 0 as one can be."""
    candidates = [index for index in range(phase % half_bar, len(beats) - _BEYOND, half_bar)]
    return min(candidates, key=lambda index: (round(abs(float(beats[index])), 6), index))


def _begun(beats: Sequence[float] | Floats) -> Floats:
    """The beats with the first at 0; if that leaves too little for it, two beats share what there is."""
    times = np.array(beats, dtype=np.float64)
    length = times[2] - times[1]
    early = times[1] < (1 - _EARLY) * length
    times[0] = 0.0
    if early:
        times[1] = times[2] / 2
    return times
