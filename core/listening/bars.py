"""Bar lines over beats that are known: how many beats a bar has and which one begins it.

A hidden Markov model over (beats of the bar, place in it): the place moves on with each beat, the metre may change at a
bar line, rarely.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.listening.spectra import FRAMES_PER_SECOND

_Metres = dict[int, float]  # beats a bar: how often it is met beforehand
_SIMPLE: _Metres = {3: 0.3, 4: 0.7, 5: 1e-6, 7: 1e-6}
_COMPOUND: _Metres = {2: 0.8, 3: 0.1, 4: 0.1}
_CHANGE = 1e-3  # chance that a bar is followed by one of another metre
_FLOOR = 0.02
_AROUND = 2  # frames around a beat in which the activation is looked for
_DIGITS = 5

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Bars:
    """The bars of a recording.

    Attributes:
        places: (beats,) 0 for a beat that begins a bar, then 1, 2 …
        metres: (beats,) how many beats the bar has that each beat lies in.
        confidence: 0..1: how much likelier this is than the bars begun one beat later or earlier.
    """

    places: NDArray[np.int64]
    metres: NDArray[np.int64]
    confidence: float

    @property
    def beats_per_bar(self) -> int:
        """The most frequent metre; 4 if there are no beats."""
        return int(np.bincount(self.metres).argmax()) if len(self.metres) else 4


def find_bars(activation: Floats, beats: Floats, *, compound: bool = False) -> Bars:
    """The bars.

    Args:
        activation: (frames,) how much each frame looks like a bar line, 0..1.
        beats: (n,) seconds.
        compound: whether a beat falls into three; a bar then mostly has two.
    """
    if not len(beats):
        return Bars(np.zeros(0, np.int64), np.zeros(0, np.int64), 0.0)
    evidence = _at_beats(activation, beats)
    metres = _COMPOUND if compound else _SIMPLE
    states = [(metre, place) for metre in metres for place in range(metre)]
    is_first = np.array([place == 0 for _, place in states])
    seen = np.where(is_first, np.log(evidence)[:, None], np.log(1 - evidence)[:, None])
    start = np.array([np.log(metres[metre] / metre) for metre, _ in states])
    path = _best_path(seen, start, _moves(states, metres))
    places = np.array([states[state][1] for state in path])
    sizes = np.array([states[state][0] for state in path])
    return Bars(places, sizes, _confidence(evidence, places, sizes))


def _at_beats(activation: Floats, beats: Floats) -> Floats:
    """(beats,) the strongest activation around each."""
    frames = np.round(beats * FRAMES_PER_SECOND).astype(np.intp)
    around = frames[:, None] + np.arange(-_AROUND, _AROUND + 1)
    strongest = activation[np.clip(around, 0, len(activation) - 1)].max(axis=1)
    return np.asarray(np.clip(np.round(strongest.astype(np.float64), _DIGITS), _FLOOR, 1 - _FLOOR))


def _moves(states: list[tuple[int, int]], metres: _Metres) -> Floats:
    """(states, states) logarithms of going on."""
    moves = np.full((len(states), len(states)), -np.inf)
    for at, (metre, place) in enumerate(states):
        for to, (other, next_place) in enumerate(states):
            if metre == other and next_place == (place + 1) % metre:
                moves[at, to] = np.log(1 - _CHANGE) if next_place == 0 else 0.0
            elif metre != other and place == metre - 1 and next_place == 0:
                moves[at, to] = np.log(_CHANGE * metres[other])
    return moves


def _best_path(seen: Floats, start: Floats, moves: Floats) -> list[int]:
    """Viterbi."""
    worth, origins = start + seen[0], []
    for row in seen[1:]:
        arriving = worth[:, None] + moves
        origins.append(arriving.argmax(axis=0))
        worth = arriving.max(axis=0) + row
    path = [int(worth.argmax())]
    for origin in reversed(origins):
        path.append(int(origin[path[-1]]))
    return path[::-1]


def _confidence(evidence: Floats, places: NDArray[np.int64], metres: NDArray[np.int64]) -> float:
    """The chance of this phase among all phases of the same metre, were one bar in four independent evidence."""
    metre = int(np.bincount(metres).argmax())
    likely, unlikely = np.log(evidence), np.log(1 - evidence)
    scores = np.array([np.mean(np.where((places + shift) % metre == 0, likely, unlikely)) for shift in range(metre)])
    weights = np.exp((scores - scores.max()) * min(len(evidence), 16))
    return float(weights[0] / weights.sum())
