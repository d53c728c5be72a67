"""From how much each frame looks like a beat to the beats: a bar pointer model and the Viterbi path through it.

The state is the length of a beat in frames and the place inside it (Krebs, Böck & Widmer, ISMIR 2015); the length
changes only at beats, by a ratio ``r`` with probability proportional to ``exp(-LAMBDA |r - 1|)``. A frame at the start
of a beat is explained by the activation, any other by its absence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.listening.spectra import FRAMES_PER_SECOND

SLOWEST, FASTEST = 50.0, 215.0  # beats a minute that are looked for
_LAMBDA = 80.0
_PULSE = 16.0  # a beat's share of its own length that the activation explains is 1 in 16
_FLOOR = 1e-4
_FINER = 2  # steps to a frame: at 86 a second the fastest beats still have 24
_NEAR = 3  # frames around a beat in which its exact place is looked for
_DIGITS = 5  # activations are rounded, so that what is equal is equal everywhere

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class BeatPath:
    """Beats and how well they explain what was heard.

    Attributes:
        times: (n,) seconds.
        likelihood: logarithm a frame.
    """

    times: Floats
    likelihood: float


@dataclass(frozen=True, eq=False)
class _States:
    """All states in one row, those of one beat length beside each other.

    Attributes:
        lengths: (L,) steps, half frames, to a beat.
        first: (L,) index of the first state of each length.
        last: (L,) of the last.
        is_beat: (S,) whether the activation explains a state.
        change: (L, L) logarithm of going from one length to another.
    """

    lengths: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    is_beat: NDArray[np.bool_]
    change: Floats


def track_beats(activation: Floats, slowest: float = SLOWEST, fastest: float = FASTEST) -> BeatPath:
    """The most likely beats.

    Args:
        activation: (frames,) 0..1, 43 a second.
        slowest: fewest beats a minute.
        fastest: most.
    """
    states = _states(slowest, fastest)
    if len(activation) * _FINER < int(states.lengths[0]) * 2:
        return BeatPath(np.zeros(0), -np.inf)
    certain: Floats = np.clip(np.round(activation.astype(np.float64), _DIGITS), _FLOOR, 1 - _FLOOR)
    fine: Floats = np.interp(np.arange(len(certain) * _FINER) / _FINER, np.arange(len(certain)), certain)
    path, likelihood = _viterbi(np.log(fine), np.log((1 - fine) / (_PULSE - 1)), states)
    frames = np.flatnonzero(path) / _FINER
    return BeatPath(_exact(frames, certain) / FRAMES_PER_SECOND, likelihood / len(fine))


@lru_cache(maxsize=8)
def _states(slowest: float, fastest: float) -> _States:
    a_minute = 60 * FRAMES_PER_SECOND * _FINER
    shortest, longest = round(a_minute / fastest), round(a_minute / slowest)
    lengths = np.arange(shortest, longest + 1)
    last = np.cumsum(lengths) - 1
    first = last - lengths + 1
    place = np.arange(last[-1] + 1) - np.repeat(first, lengths)
    is_beat = place < np.repeat(np.maximum(lengths / _PULSE, 1.0), lengths)
    change = -_LAMBDA * np.abs(lengths[None, :] / lengths[:, None] - 1)
    change -= np.log(np.exp(change).sum(axis=1, keepdims=True))
    return _States(lengths, first, last, is_beat, change)


def _viterbi(beat: Floats, between: Floats, states: _States) -> tuple[NDArray[np.bool_], float]:
    """Whether a beat starts at each frame, and the logarithm of the path's likelihood."""
    frames, count = len(beat), len(states.lengths)
    worth = np.where(states.is_beat, beat[0], between[0]) - np.log(len(states.is_beat))
    origins = np.zeros((frames, count), np.int16)
    columns = np.arange(count)
    for frame in range(1, frames):
        arriving = worth[states.last][:, None] + states.change
        origin = arriving.argmax(axis=0)
        origins[frame] = origin
        moved = np.empty_like(worth)
        moved[1:] = worth[:-1]
        moved[states.first] = arriving[origin, columns]
        worth = moved + np.where(states.is_beat, beat[frame], between[frame])
    return _traced(int(worth.argmax()), origins, states), float(worth.max())


def _traced(state: int, origins: NDArray[np.int16], states: _States) -> NDArray[np.bool_]:
    """Backwards from the last state: whether each frame is the first of a beat."""
    starts = np.zeros(len(origins), bool)
    frame = len(origins) - 1
    length = int(np.searchsorted(states.last, state))
    place = state - int(states.first[length])
    while frame - place >= 0:
        frame -= place
        starts[frame] = True
        if frame == 0:
            break
        length = int(origins[frame, length])
        frame -= 1
        place = int(states.lengths[length]) - 1
    return starts


def _exact(frames: Floats, activation: Floats) -> Floats:
    """Each beat moved to the centre of the peak beside it, between the frames."""
    found = []
    for frame in frames:
        low, high = max(round(frame) - _NEAR, 0), min(round(frame) + _NEAR + 1, len(activation))
        peak = low + int(activation[low:high].argmax())
        near = np.arange(max(peak - 1, 0), min(peak + 2, len(activation)))
        weights = activation[near]
        found.append(float((near * weights).sum() / weights.sum()) if weights.max() > 0.05 else float(frame))
    return np.array(found)
