"""Where the manner changes: bars that sound alike are gathered into sections, sections that sound alike share a letter.

``librosa.segment.agglomerative`` joins neighbouring bars (McFee & Ellis, ICASSP 2014, without their learnt features);
the number of sections is the one whose borders stand out most.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.listening.compiled import compiled_librosa
from hitpoint.core.listening.listening import HeardSection
from hitpoint.core.listening.spectra import FRAMES_PER_SECOND, SEMITONES

_FEWEST_BARS = 4  # in a section
_BARS_EACH = 8  # that a section has when nothing else is known
_MOST = 24  # sections
_DEEPEST = 3.5  # factors of ten below the loudest band; what is softer is silence
_EACH_COSTS = 0.16  # of the variance, that a section must explain where sections have eight bars
_SLICE = 2.0  # seconds, where there are no bars
_TONES, _TIMBRE, _LEVEL = 1.0, 0.5, 1.2  # how much roots of shares, and factors of ten in power, count
_SAME = 0.03  # variance of bars that sound alike to the ear
_ALIKE = 0.55  # share of the middle distance between bars below which sections are alike

Floats = NDArray[np.float32]


def find_sections(
    mel: Floats, semitones: Floats, downbeats: Sequence[float], seconds: float
) -> tuple[HeardSection, ...]:
    """Sections that begin on bar lines, without gaps; one alone if there is little to divide."""
    borders = _grid(downbeats, seconds)
    rows = _described(mel, semitones, borders)
    starts = _divided(rows) if len(rows) >= 2 * _FEWEST_BARS else [0]
    starts, labels = _joined(starts, _labelled(rows, starts))
    ends = [*starts[1:], len(rows)]
    return tuple(
        HeardSection(float(borders[a]), float(borders[b]), label)
        for a, b, label in zip(starts, ends, labels, strict=True)
    )


def _grid(downbeats: Sequence[float], seconds: float) -> NDArray[np.float64]:
    """Bar lines and both ends; even slices where there are too few bars."""
    lines = np.array([time for time in downbeats if 0.5 < time < seconds - 0.5])
    if len(lines) < _FEWEST_BARS:
        lines = np.arange(_SLICE, seconds - _SLICE / 2, _SLICE)
    return np.concatenate([[0.0], lines, [seconds]])


def _described(mel: Floats, semitones: Floats, borders: NDArray[np.float64]) -> NDArray[np.float64]:
    """(bars, features): pitch classes, eight bands of timbre, and loudness."""
    frames = np.clip(np.round(borders * FRAMES_PER_SECOND).astype(np.intp), 0, len(mel))
    bars = [slice(a, max(b, a + 1)) for a, b in pairwise(frames)]
    tones = np.array([semitones[bar].mean(axis=0).reshape(SEMITONES // 12, 12).sum(axis=0) for bar in bars])
    tones = tones / np.maximum(tones.sum(axis=1, keepdims=True), 1e-9)
    bands = np.array([np.log10(mel[bar].mean(axis=0).reshape(8, -1).sum(axis=1) + 1e-9) for bar in bars])
    bands = np.maximum(bands, bands.max() - _DEEPEST)
    level = bands.mean(axis=1, keepdims=True)
    return np.concatenate([_TONES * np.sqrt(tones), _TIMBRE * (bands - level), _LEVEL * level], axis=1)


def _divided(rows: NDArray[np.float64]) -> list[int]:
    """First bars of the sections."""
    librosa = compiled_librosa()
    best, starts = -np.inf, [0]
    for count in range(1, min(len(rows) // _FEWEST_BARS, _MOST) + 1):
        found = [0] if count == 1 else [int(at) for at in librosa.segment.agglomerative(rows.T, count)]
        found = _long_enough(found, len(rows))
        worth = _explained(rows, found) - _EACH_COSTS * len(found) * _BARS_EACH / len(rows)
        if worth > best + 1e-9:
            best, starts = worth, found
    return starts


def _long_enough(starts: Sequence[int], bars: int) -> list[int]:
    """Without those that would leave a section shorter than the least."""
    kept = [0]
    for start in starts[1:]:
        if start - kept[-1] >= _FEWEST_BARS and bars - start >= _FEWEST_BARS:
            kept.append(start)
    return kept


def _explained(rows: NDArray[np.float64], starts: Sequence[int]) -> float:
    """Share of the bars' variance that lies between sections: 0..1."""
    total = float(((rows - rows.mean(axis=0)) ** 2).sum()) + _SAME * len(rows)
    pieces = np.split(rows, list(starts[1:]))
    inside = sum(float(((piece - piece.mean(axis=0)) ** 2).sum()) for piece in pieces)
    return 1.0 - inside / total


def _labelled(rows: NDArray[np.float64], starts: Sequence[int]) -> list[str]:
    """A letter each; the letter of the nearest earlier one if that is near enough."""
    pieces = [piece.mean(axis=0) for piece in np.split(rows, list(starts[1:]))]
    middle = float(np.median(np.linalg.norm(rows - rows.mean(axis=0), axis=1))) * np.sqrt(2) + np.sqrt(_SAME)
    labels: list[str] = []
    kinds: list[NDArray[np.float64]] = []
    for piece in pieces:
        distances = [float(np.linalg.norm(piece - kind)) for kind in kinds]
        if distances and min(distances) < _ALIKE * middle:
            labels.append(_letter(int(np.argmin(distances))))
        else:
            kinds.append(piece)
            labels.append(_letter(len(kinds) - 1))
    return labels


def _joined(starts: Sequence[int], labels: Sequence[str]) -> tuple[list[int], list[str]]:
    """Neighbours with the same letter as one section."""
    kept = [index for index, label in enumerate(labels) if index == 0 or label != labels[index - 1]]
    return [starts[index] for index in kept], [labels[index] for index in kept]


def _letter(number: int) -> str:
    return chr(ord("A") + number % 26)
