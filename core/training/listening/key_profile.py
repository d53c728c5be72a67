"""How likely each chord is in a major and in a minor key, counted in POP909 by the time that chords are held."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.vocabulary import CHORDS, SILENCE, chord_of, token_of
from hitpoint.core.training.listening.pieces import Piece

_EVERYWHERE = 4.0  # beats that each chord is counted before anything is read
_LEAST = 1e-3  # of a chord's chance that any key grants it


def counted_profile(pieces: Iterable[Piece]) -> NDArray[np.float32]:
    """(2, 157) logarithms, with the tonic moved to C; songs without one key are left out."""
    beats = np.full((2, CHORDS), _EVERYWHERE)
    for piece in pieces:
        if piece.key is not None:
            for chord in piece.chords:
                if chord.token != SILENCE:
                    moved = token_of(chord_of(chord.token).transposed(-piece.key.tonic))
                    beats[int(piece.key.is_minor), moved] += chord.end - chord.start
    chances = beats / beats.sum(axis=1, keepdims=True)
    return np.asarray(np.log(np.maximum(chances, _LEAST)), dtype=np.float32)
