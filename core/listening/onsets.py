"""Onsets and drum strokes from the mel spectrum.

What lasts and what strikes are told apart by median filters along time and along frequency (Fitzgerald, DAFx 2010, as
``librosa.decompose.hpss`` has it); strokes are peaks of the striking part in three bands.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.listening.compiled import compiled_librosa
from hitpoint.core.listening.listening import BANDS, DrumOnset
from hitpoint.core.listening.spectra import FRAMES_PER_SECOND, MEL_BANDS

_KERNEL = (17, 9)  # frames and bands of the medians
_MARGIN = 2.0  # by which the striking part must outweigh the lasting one to be drums
_LOW, _MID, _HIGH = slice(0, 4), slice(8, 34), slice(46, MEL_BANDS)  # up to 190 Hz; 350 Hz to 2.3 kHz; from 4.5 kHz
_RANGES = {"low": _LOW, "mid": _MID, "high": _HIGH}
_BEFORE, _AFTER, _APART = 3, 2, 4  # frames around a peak, and between two
_ABOVE = {"low": 0.16, "mid": 0.2, "high": 0.16}  # of the largest strokes, above the mean around
_LOUDEST = 95  # percentile that counts as strength 1
_GAIN = 1000.0
_DRUM_SHARE = 0.18  # of the energy that must strike before there are drums at all

Floats = NDArray[np.float32]


def onset_strength(mel: Floats) -> Floats:
    """(frames,) how much grows louder at each, over all bands."""
    compressed = np.log1p(mel * np.float32(_GAIN / max(float(mel.mean()), 1e-12)))
    growth = np.maximum(np.diff(compressed, axis=0, prepend=compressed[:1]), 0.0)
    return np.asarray(growth.mean(axis=1), dtype=np.float32)


def onset_times(mel: Floats) -> NDArray[np.float64]:
    """Seconds of all onsets."""
    strength = onset_strength(mel)
    return _peaks(strength / max(float(np.percentile(strength, 99)), 1e-6), 0.07) / FRAMES_PER_SECOND


def drum_onsets(mel: Floats) -> tuple[DrumOnset, ...]:
    """Strokes of a kit, in order of time; none where nothing strikes."""
    librosa = compiled_librosa()
    if len(mel) < _KERNEL[0] or float(mel.max()) <= 0:
        return ()
    _, striking = librosa.decompose.hpss(mel.T, kernel_size=_KERNEL, margin=(1.0, _MARGIN))
    share = np.sqrt(striking).sum() / max(float(np.sqrt(mel).sum()), 1e-9)
    if share < _DRUM_SHARE:
        return ()
    found = []
    for band in BANDS:
        envelope = np.log1p(striking[_RANGES[band]].sum(axis=0) * (_GAIN / max(float(mel.mean()), 1e-12)))
        growth = np.maximum(np.diff(envelope, prepend=envelope[:1]), 0.0)
        scaled = growth / max(float(np.percentile(growth[growth > 0], _LOUDEST)) if (growth > 0).any() else 1.0, 1e-6)
        for frame in _peaks(scaled, _ABOVE[band]).astype(np.intp):
            found.append(DrumOnset(frame / FRAMES_PER_SECOND, band, float(min(scaled[frame], 1.0))))
    return tuple(sorted(found, key=lambda stroke: (stroke.time, BANDS.index(stroke.band))))


def _peaks(strength: Floats, above: float) -> NDArray[np.float64]:
    """Frames of the peaks that stand above the mean around them."""
    librosa = compiled_librosa()
    peaks = librosa.util.peak_pick(
        np.asarray(strength, dtype=np.float64), pre_max=_BEFORE, post_max=_AFTER, pre_avg=20, post_avg=20, delta=above,
        wait=_APART,
    )  # fmt: skip
    return np.asarray(peaks, dtype=np.float64)
