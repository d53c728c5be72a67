"""Loudness, brightness, register and width by the second, and how many notes begin."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.listening.compiled import compiled_librosa
from hitpoint.core.listening.listening import Curves
from hitpoint.core.listening.spectra import FRAMES_PER_SECOND, MEL_BANDS, SEMITONES

_SILENCE = -80.0  # decibels
_LOWEST, _HIGHEST = 30.0, 10000.0  # of the mel bands
_FIRST_PITCH = 24  # C1
_AUDIBLE = 1e-7  # mean square below which brightness and register mean nothing

Floats = NDArray[np.float32]


def energies(stereo: Floats, rate: int) -> NDArray[np.float64]:
    """(seconds, 2): mean square of the middle and of the side of each second; the last may be short.

    Args:
        stereo: (2, n) samples.
        rate: samples a second.
    """
    count = max(int(np.ceil(stereo.shape[1] / rate)), 1)
    rows = np.zeros((count, 2))
    for second in range(count):
        left, right = stereo[:, second * rate : (second + 1) * rate].astype(np.float64)
        if len(left):
            rows[second] = np.mean((0.5 * (left + right)) ** 2), np.mean((0.5 * (left - right)) ** 2)
    return rows


def curves_of(mel: Floats, semitones: Floats, energy: NDArray[np.float64], onsets: NDArray[np.float64]) -> Curves:
    """All curves, as many seconds long as ``energy`` has rows."""
    seconds = len(energy)
    total = energy.sum(axis=1)
    loudness = np.maximum(10 * np.log10(np.maximum(total, 1e-12)), _SILENCE)
    density, _ = np.histogram(onsets, bins=np.arange(seconds + 1))
    audible = total > _AUDIBLE
    brightness = np.where(audible, _centres(mel, mel_frequencies(), seconds), 0.0)
    pitches = _FIRST_PITCH + np.arange(SEMITONES, dtype=np.float64)
    register = np.where(audible, _centres(np.sqrt(semitones), pitches, seconds), 0.0)
    width = np.where(audible, np.minimum(2 * energy[:, 1] / np.maximum(total, 1e-12), 1.0), 0.0)
    return Curves(
        tuple(float(count) for count in density), _rounded(loudness, 2), _rounded(brightness, 1), _rounded(register, 2),
        _rounded(width, 4),
    )  # fmt: skip


def mel_frequencies() -> NDArray[np.float64]:
    """(64,) centres of the mel bands in hertz, on Slaney's scale as librosa has it."""
    librosa = compiled_librosa()
    return np.asarray(librosa.mel_frequencies(MEL_BANDS + 2, fmin=_LOWEST, fmax=_HIGHEST)[1:-1], dtype=np.float64)


def _centres(power: Floats, places: NDArray[np.float64], seconds: int) -> NDArray[np.float64]:
    """(seconds,) mean place, weighted by power."""
    found = np.zeros(seconds)
    for second in range(seconds):
        rows = power[round(second * FRAMES_PER_SECOND) : round((second + 1) * FRAMES_PER_SECOND)]
        weights = rows.sum(axis=0, dtype=np.float64) if len(rows) else np.zeros(len(places))
        found[second] = (weights @ places) / weights.sum() if weights.sum() > 0 else 0.0
    return found


def _rounded(values: NDArray[np.float64], digits: int) -> tuple[float, ...]:
    return tuple(round(float(value), digits) for value in values)
