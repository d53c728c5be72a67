"""The two spectra that the networks hear: mel bands for beats, semitones for harmony.

Frames are 512 samples apart at 22.05 kHz (23.2 ms). Powers are kept rather than their logarithms, because sounds that
are heard together add in power: that is how speech is mixed under the training music.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.listening.compiled import compiled_librosa

SAMPLE_RATE = 22050
HOP = 512
FRAMES_PER_SECOND = SAMPLE_RATE / HOP
MEL_BANDS = 64
SEMITONES = 84  # from C1 (32.7 Hz), seven octaves
CHORD_POOL = 4  # beat frames to a chord frame: 92.9 ms

_WINDOW = 2048
_LOWEST, _HIGHEST = 30.0, 10000.0
_GAIN = 1000.0  # where the logarithm begins to bend: 30 dB below the mean

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Spectra:
    """Powers of a recording.

    Attributes:
        mel: (frames, 64) power in mel bands, 30 Hz to 10 kHz.
        semitones: (frames, 84) power of a constant-Q transform from C1 up.
    """

    mel: Floats
    semitones: Floats

    def mixed_with(self, other: Spectra, gain: float) -> Spectra:
        """Both heard together, the other one's power times ``gain``; as long as the shorter."""
        count = min(len(self.mel), len(other.mel))
        return Spectra(
            self.mel[:count] + np.float32(gain) * other.mel[:count],
            self.semitones[:count] + np.float32(gain) * other.semitones[:count],
        )


def spectra_of(samples: Floats, tuning: float = 0.0) -> Spectra:
    """The spectra of mono samples at 22.05 kHz; ``tuning`` in semitones away from A 440."""
    librosa = compiled_librosa()
    power = np.abs(librosa.stft(samples, n_fft=_WINDOW, hop_length=HOP)) ** 2
    filters = librosa.filters.mel(
        sr=SAMPLE_RATE, n_fft=_WINDOW, n_mels=MEL_BANDS, fmin=_LOWEST, fmax=_HIGHEST, norm=None
    )
    mel = (filters @ power).T
    transform = librosa.cqt(samples, sr=SAMPLE_RATE, hop_length=HOP, n_bins=SEMITONES, tuning=tuning)
    semitones = (np.abs(transform) ** 2).T
    count = min(len(mel), len(semitones))
    return Spectra(mel[:count].astype(np.float32), semitones[:count].astype(np.float32))


def beat_features(spectra: Spectra) -> Floats:
    """(frames, 148) compressed powers, the same however loud the recording is."""
    return np.concatenate([_compressed(spectra.mel), _compressed(spectra.semitones)], axis=1)


def chord_features(spectra: Spectra) -> Floats:
    """(frames / 4, 84) compressed powers, four frames in one."""
    count = len(spectra.semitones) // CHORD_POOL
    pooled = spectra.semitones[: count * CHORD_POOL].reshape(count, CHORD_POOL, SEMITONES).mean(axis=1)
    return _compressed(pooled)


def _compressed(power: Floats) -> Floats:
    """log(1 + 1000 p / mean p), about 0..4 after scaling; silence stays 0."""
    mean = float(power.mean())
    scaled = power * np.float32(_GAIN / mean if mean > 1e-12 else 0.0)
    return np.asarray(np.log1p(scaled) * np.float32(0.25), dtype=np.float32)
