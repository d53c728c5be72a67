"""What music is like, stretch by stretch, in eight levels: the wishes that the chord model is trained to follow.

Four attributes: the share of chords with a minor third, the rate of chord changes, loudness, and note density, each a
centred mean over some eight seconds. Mood speaks to the model through these alone (valence through the first, arousal
through the rest), for in real music videos the picture's mood says nothing about the chords.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.vocabulary import CHORDS, SILENCE, chord_of
from hitpoint.core.training.datasets import Floats, Song, Tokens

ATTRIBUTES = ("minor_share", "change_rate", "loudness", "density")
UNKNOWN = -1

# Level k lies between edges k - 1 and k; chosen so that each level holds a fair share of MuVi-Sync's seconds.
MINOR_SHARE_EDGES = np.array([0.02, 0.15, 0.3, 0.45, 0.6, 0.75, 0.95])  # of the seconds with a chord
CHANGE_RATE_EDGES = np.array([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75])  # changes a second
LOUDNESS_EDGES = np.array([-1.2, -0.7, -0.3, 0.0, 0.3, 0.7, 1.2])  # standard deviations within the song
DENSITY_EDGES = np.array([3.0, 6.0, 8.0, 10.0, 12.0, 14.0, 18.0])  # notes

_LEAST_VOICED = 0.2  # share of seconds with a chord below which a minor share means nothing
_MINOR_TYPE = np.array([token != SILENCE and chord_of(token).is_minor_type for token in range(CHORDS)])


def attribute_levels(chords: Tokens, width: int, song: Song | None, rows: NDArray[np.intp]) -> NDArray[np.int64]:
    """(T, 4) levels 0..7 in the order of :data:`ATTRIBUTES`, or UNKNOWN.

    Args:
        chords: (T,) tokens of a stretch.
        width: seconds of the mean.
        song: whose loudness and density these are; None for a corpus without sound.
        rows: (T,) the second of the song in which each chord was sampled.
    """
    levels = np.full((len(chords), len(ATTRIBUTES)), UNKNOWN, dtype=np.int64)
    voiced = moving_mean((chords != SILENCE).astype(np.float32), width)
    minor = moving_mean(_MINOR_TYPE[chords].astype(np.float32), width) / np.maximum(voiced, 1e-3)
    levels[:, 0] = np.where(voiced > _LEAST_VOICED, np.digitize(minor, MINOR_SHARE_EDGES), UNKNOWN)
    changes = np.append(chords[1:] != chords[:-1], False).astype(np.float32)
    levels[:, 1] = np.digitize(moving_mean(changes, width), CHANGE_RATE_EDGES)
    if song is not None:
        seconds = np.minimum(rows, len(song.loudness) - 1)
        loudness = (song.loudness - song.loudness.mean()) / (song.loudness.std() + 1e-3)
        levels[:, 2] = np.digitize(moving_mean(loudness[seconds], width), LOUDNESS_EDGES)
        levels[:, 3] = np.digitize(moving_mean(song.density[seconds], width), DENSITY_EDGES)
    return levels


def moving_mean(values: Floats, width: int) -> Floats:
    """Centred mean over ``width`` rows to either side's half, shorter at the ends; (T,) -> (T,)."""
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    index = np.arange(len(values))
    low = np.maximum(index - width // 2, 0)
    high = np.minimum(index + width // 2 + 1, len(values))
    return np.asarray((total[high] - total[low]) / (high - low), dtype=np.float32)
