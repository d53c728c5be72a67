"""Batches to learn from: crops of examples, roughened so that other instruments, rooms and voices are no surprise.

What is varied: pace (.8 to 1.25), transposition, tone (a tilt and a slow curve over frequency), bandwidth, speech 8 dB
above the music to 15 dB below, and steady noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.listening.spectra import (
    CHORD_POOL,
    FRAMES_PER_SECOND,
    MEL_BANDS,
    SEMITONES,
    Spectra,
    beat_features,
    chord_features,
)
from hitpoint.core.model.vocabulary import QUALITIES, SILENCE
from hitpoint.core.training.listening.corpus import Example, load_example, load_spectra

_WITH_SPEECH, _WITH_NOISE, _NARROW = 0.5, 0.25, 0.15
_SPEECH_DB = (-15.0, 8.0)
_NOISE_DB = (-30.0, -5.0)
_BESIDE = 0.5  # the target one frame away from a beat

# Semitones above C1 of the centres of the mel bands and of the semitones, over seven octaves: 0..1 and a little above.
_MEL_PLACE = np.linspace(0.0, 1.1, MEL_BANDS)
_SEMITONE_PLACE = np.linspace(0.0, 0.86, SEMITONES)

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Heard:
    """All examples and speech, in memory."""

    examples: tuple[Example, ...]
    speech: tuple[Spectra, ...]

    @classmethod
    def read(cls, examples: Path, speech: Path) -> Heard:
        """Everything in two folders."""
        return cls(
            tuple(load_example(path) for path in sorted(examples.glob("*.npz"))),
            tuple(load_spectra(path) for path in sorted(speech.glob("*.npz"))),
        )


def beat_batch(heard: Heard, size: int, frames: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """(size, frames, 148) features and (size, frames, 2) targets."""
    features = np.zeros((size, frames, MEL_BANDS + SEMITONES), np.float32)
    targets = np.zeros((size, frames, 2), np.float32)
    for row in range(size):
        example = heard.examples[int(rng.integers(len(heard.examples)))]
        pace = float(rng.uniform(0.8, 1.25)) if rng.random() < 0.6 else 1.0
        crop, start = _crop(example, frames, pace, rng)
        features[row] = beat_features(_roughened(crop, heard, rng))
        for column, times in enumerate((example.beats, example.downbeats)):
            targets[row, :, column] = _pulses((times * FRAMES_PER_SECOND - start) / pace, frames)
    return features, targets


def chord_batch(heard: Heard, size: int, frames: int, rng: np.random.Generator) -> tuple[Floats, NDArray[np.int64]]:
    """(size, frames, 84) features, four beat frames each, and (size, frames) chord tokens."""
    features = np.zeros((size, frames, SEMITONES), np.float32)
    tokens = np.zeros((size, frames), np.int64)
    for row in range(size):
        example = heard.examples[int(rng.integers(len(heard.examples)))]
        crop, start = _crop(example, frames * CHORD_POOL, 1.0, rng)
        semitones = int(rng.integers(-6, 6))
        moved = replace(crop, semitones=_rolled(crop.semitones, semitones))
        features[row] = chord_features(_roughened(moved, heard, rng))
        times = (start + CHORD_POOL * (np.arange(frames) + 0.5)) / FRAMES_PER_SECOND
        place = np.minimum(np.searchsorted(example.chord_ends, times), len(example.chord_ends) - 1)
        tokens[row] = _transposed(example.chord_tokens[place], semitones)
    return features, tokens


def _crop(example: Example, frames: int, pace: float, rng: np.random.Generator) -> tuple[Spectra, float]:
    """So many frames of an example played at a pace, and the frame they start at; short examples end in silence."""
    length = len(example.spectra.mel)
    start = float(rng.uniform(0, max(length - frames * pace, 1)))
    place = start + pace * np.arange(frames, dtype=np.float64)
    return Spectra(_resampled(example.spectra.mel, place), _resampled(example.spectra.semitones, place)), start


def _resampled(power: Floats, place: NDArray[np.float64]) -> Floats:
    """The rows at fractional places; beyond the end there is nothing."""
    low = np.minimum(place.astype(np.intp), len(power) - 1)
    share = (place - low).astype(np.float32)[:, None]
    between = power[low] * (1 - share) + power[np.minimum(low + 1, len(power) - 1)] * share
    return np.where(place[:, None] < len(power), between, np.float32(0.0))


def _roughened(crop: Spectra, heard: Heard, rng: np.random.Generator) -> Spectra:
    """Coloured, band-limited, spoken over, or under noise."""
    crop = _coloured(crop, rng)
    if rng.random() < _WITH_SPEECH and heard.speech:
        speech = heard.speech[int(rng.integers(len(heard.speech)))]
        first = int(rng.integers(0, max(len(speech.mel) - len(crop.mel), 1)))
        later = Spectra(speech.mel[first:], speech.semitones[first:])
        short = len(crop.mel) - len(later.mel)
        if short <= 0:
            crop = crop.mixed_with(later, 10 ** (float(rng.uniform(*_SPEECH_DB)) / 10))
    if rng.random() < _WITH_NOISE:
        crop = _under_noise(crop, 10 ** (float(rng.uniform(*_NOISE_DB)) / 10), rng)
    return crop


def _coloured(crop: Spectra, rng: np.random.Generator) -> Spectra:
    """Another tone: up to 9 dB of tilt, 4 dB of slow curve; sometimes nothing above some frequency, or below."""
    tilt, curve, phase = rng.normal(0, 4), rng.normal(0, 3), rng.uniform(0, 2 * np.pi)
    cut = rng.uniform(0.55, 1.0) if rng.random() < _NARROW else 2.0

    def gains(place: NDArray[np.float64]) -> Floats:
        """(bands,) factors of power for places in the spectrum, 0 (lowest) to 1."""
        decibels = tilt * (place - 0.5) * 2 + curve * np.sin(2 * np.pi * place + phase) - 60.0 * (place > cut)
        return np.asarray(10 ** (decibels / 10), dtype=np.float32)

    return Spectra(crop.mel * gains(_MEL_PLACE), crop.semitones * gains(_SEMITONE_PLACE))


def _under_noise(crop: Spectra, gain: float, rng: np.random.Generator) -> Spectra:
    """With steady noise of a random colour, fluctuating as noise does."""
    colour = rng.uniform(-1.5, 0.5)

    def noisy(power: Floats, place: NDArray[np.float64]) -> Floats:
        """(frames, bands) of power with coloured noise laid under it."""
        shape = 10 ** (colour * place)
        level = gain * float(power.mean()) / float(shape.mean())
        return np.asarray(power + level * shape * rng.gamma(2.0, 0.5, power.shape), dtype=np.float32)

    return Spectra(noisy(crop.mel, _MEL_PLACE), noisy(crop.semitones, _SEMITONE_PLACE))


def _rolled(power: Floats, semitones: int) -> Floats:
    """Transposed by whole semitones; what is rolled in is empty."""
    rolled = np.roll(power, semitones, axis=1)
    if semitones > 0:
        rolled[:, :semitones] = 0
    elif semitones < 0:
        rolled[:, semitones:] = 0
    return rolled


def _transposed(tokens: NDArray[np.int64], semitones: int) -> NDArray[np.int64]:
    count = len(QUALITIES)
    root, quality = np.divmod(tokens - 1, count)
    return np.where(tokens == SILENCE, SILENCE, 1 + (root + semitones) % 12 * count + quality)


def _pulses(places: NDArray[np.float64], frames: int) -> Floats:
    """1 at each place, a half beside it."""
    pulses = np.zeros(frames, np.float32)
    at = np.round(places).astype(np.intp)
    for offset, value in ((-1, _BESIDE), (1, _BESIDE), (0, 1.0)):
        inside = at + offset
        pulses[inside[(inside >= 0) & (inside < frames)]] = value
    return pulses


def chord_names_of(examples: Sequence[Example]) -> NDArray[np.int64]:
    """All chord tokens of the examples in one row, for counting."""
    return np.concatenate([example.chord_tokens for example in examples])
