"""Chords with their exact boundaries: the songs of every corpus in one form, sampled at any phase and pace.

The published labels of MuVi-Sync stand once a second; what lies behind them has boundaries in between. Sampled from
there at phase 0 and step 1, the published labels come out again, to the last one; at another phase and another step
comes a song that nobody has seen, and the recogniser's ten-second clock is gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.vocabulary import SILENCE
from hitpoint.core.training.data.datasets import Segments, Song, Tokens

Source = Literal["muvi", "billboard", "pop909"]
SOURCES: tuple[Source, ...] = ("muvi", "billboard", "pop909")  # in the order of the model's source embedding

_NEARLY = 1e-6  # seconds by which a boundary may lie late and still count: times are written in decimals


@dataclass(frozen=True, eq=False)
class TimedChords:
    """A song of any corpus, in C major or A minor.

    Attributes:
        name: in its corpus, such as "023".
        source: the corpus.
        is_minor: whether the chords are in A minor rather than C major.
        segments: its chords; neighbours differ in the corpora, and may be alike in MuVi-Sync.
        seconds: how long it lasts; in MuVi-Sync the number of published labels.
        song: picture and sound, for MuVi-Sync.
        places: (steps, columns) where each step stands, for a song whose "seconds" are steps of bars; None elsewhere.
    """

    name: str
    source: Source
    is_minor: bool
    segments: Segments
    seconds: float
    song: Song | None = None
    places: Tokens | None = None


def timed_chords(song: Song) -> TimedChords:
    """A song of MuVi-Sync; where the data set has no boundaries, those between the seconds must do."""
    segments = song.segments
    if segments is None:
        segments = Segments(np.arange(1.0, len(song) + 1.0), song.chords)
    return TimedChords(song.name, "muvi", song.is_minor, segments, float(len(song)), song)


def sample_times(seconds: float, phase: float, step: float) -> NDArray[np.float64]:
    """Times from ``phase`` on, ``step`` apart, before the end."""
    return np.arange(phase, seconds - _NEARLY, step, dtype=np.float64)


def sampled(chords: TimedChords, times: NDArray[np.float64], shortest: float = 0.0) -> Tokens:
    """The chord token at each time; with ``shortest``, chords held for less give way to the one before."""
    segments = chords.segments if shortest == 0.0 else without_flicker(chords.segments, shortest)
    return segments.sampled(times + _NEARLY)


def without_flicker(segments: Segments, shortest: float) -> Segments:
    """The segments less those that last below ``shortest`` seconds; the one before each is held instead.

    The first stays, however short it is.
    """
    kept = np.diff(segments.ends, prepend=0.0) >= shortest
    kept[0] = True
    index = np.flatnonzero(kept)
    ends = np.append(segments.ends[index[1:] - 1], segments.ends[-1])
    return Segments(ends, segments.tokens[index])


def joined(starts: Sequence[float], tokens: Sequence[int], end: float) -> Segments:
    """Segments from rising starts, the first moved to 0; neighbours with the same chord become one."""
    chords = np.array(tokens, dtype=np.int64)
    new = np.append(True, chords[1:] != chords[:-1])
    begins = np.array(starts, dtype=np.float64)[new]
    return Segments(np.append(begins[1:], end) - begins[0], chords[new])


def has_harmony(song: Song, most_silence: float = 0.9) -> bool:
    """Whether enough of a song has chords to be worth learning from; "N" is what the recogniser could not name."""
    return float((song.chords == SILENCE).mean()) < most_silence
