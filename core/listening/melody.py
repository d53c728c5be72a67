"""The notes of a line that stands alone, by ``librosa.pyin`` (Mauch & Dixon, ICASSP 2014).

In a full mix every method we tried names less than half of the notes; there nothing is said rather than something
wrong.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.listening.compiled import compiled_librosa
from hitpoint.core.listening.listening import HeardNote
from hitpoint.core.listening.spectra import SAMPLE_RATE, SEMITONES

_LOWEST, _HIGHEST = 65.4, 1568.0  # C2 to G6 in hertz
_HOP = 1024
_STEP = (
    0.25  # of a semitone between pitches that are told apart: a tenth costs nine times as much and finds no more notes
)
_SHORTEST = 0.09  # seconds of a note
_SOLO_SHARE = 0.8  # of sounding frames that may hold one tone and its overtones only
_OVERTONES = (12, 19, 24, 28, 31, 34, 36, 38, 40, 42, 43)  # semitones above the tone
_STRONG = 0.08  # of the strongest, from which a semitone counts as sounding

Floats = NDArray[np.float32]


def is_single_line(semitones: Floats) -> bool:
    """Whether hardly ever more than one tone sounds at once.

    Strong semitones are overtones of the lowest, or beside it.
    """
    total = semitones.sum(axis=1)
    if not len(total) or float(total.max()) <= 0:
        return False
    sounding = semitones[total > 0.02 * float(np.percentile(total, 95))][::4]
    if len(sounding) < 8:
        return False
    return float(np.mean([_is_one_tone(row) for row in sounding])) >= _SOLO_SHARE


def _is_one_tone(row: Floats) -> bool:
    strong = [int(at) for at in np.flatnonzero(row > _STRONG * row.max())]
    peaks = [at for at in strong if row[at] >= row[max(at - 1, 0)] and row[at] >= row[min(at + 1, SEMITONES - 1)]]
    above = [at - peaks[0] for at in peaks[1:]]
    return all(min(abs(distance - overtone) for overtone in (0, *_OVERTONES)) <= 1 for distance in above)


def line_notes(mono: Floats) -> tuple[HeardNote, ...]:
    """The notes of a single line at 22.05 kHz."""
    librosa = compiled_librosa()
    pitch, voiced, chance = librosa.pyin(
        mono, fmin=_LOWEST, fmax=_HIGHEST, sr=SAMPLE_RATE, hop_length=_HOP, resolution=_STEP
    )
    midi = np.where(voiced, np.round(69 + 12 * np.log2(np.maximum(np.nan_to_num(pitch), 1.0) / 440.0)), 0).astype(int)
    borders = np.flatnonzero(np.append(True, midi[1:] != midi[:-1]))
    notes = []
    for a, b in zip(borders, np.append(borders[1:], len(midi)), strict=True):
        start, end = a * _HOP / SAMPLE_RATE, b * _HOP / SAMPLE_RATE
        if midi[a] > 0 and end - start >= _SHORTEST:
            notes.append(HeardNote(float(start), float(end), int(midi[a]), float(np.clip(chance[a:b].mean(), 0, 1))))
    return tuple(notes)
