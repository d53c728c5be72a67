"""What the music of a song is like, stretch by stretch, in levels: what wishes are trained with.

The attributes and their levels are :data:`hitpoint.core.model.conditions.ATTRIBUTE_EDGES`; here they are measured.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.conditions import ATTRIBUTES, NO_WISH, levels_of, smoothed
from hitpoint.core.model.vocabulary import CHORDS, SILENCE, chord_of
from hitpoint.core.training.data.datasets import Song, Tokens

_LEAST_VOICED = 0.2  # share of seconds with a chord below which a minor share means nothing
MINOR_TYPE = np.array([token != SILENCE and chord_of(token).is_minor_type for token in range(CHORDS)])  # by token


def attribute_levels(chords: Tokens, width: int, song: Song | None, rows: NDArray[np.intp]) -> NDArray[np.int64]:
    """(T, 4) levels 0..7 in the order of ATTRIBUTES, NO_WISH where unknown.

    Args:
        chords: (T,) tokens of a stretch.
        width: seconds over which is averaged.
        song: whose loudness and density these are; None for a corpus without sound.
        rows: (T,) the second of the song in which each chord was sampled.
    """
    levels = np.full((len(chords), len(ATTRIBUTES)), NO_WISH, dtype=np.int64)
    voiced = smoothed(chords != SILENCE, width)
    minor = smoothed(MINOR_TYPE[chords], width) / np.maximum(voiced, 1e-3)
    levels[:, 0] = np.where(voiced > _LEAST_VOICED, levels_of("minor_share", minor), NO_WISH)
    changes = np.append(chords[1:] != chords[:-1], False)
    levels[:, 1] = levels_of("change_rate", smoothed(changes, width))
    if song is not None:
        seconds = np.minimum(rows, len(song.loudness) - 1)
        loudness = (song.loudness - song.loudness.mean()) / (song.loudness.std() + 1e-3)
        levels[:, 2] = levels_of("loudness", smoothed(loudness[seconds], width))
        levels[:, 3] = levels_of("density", smoothed(song.density[seconds], width))
    return levels
