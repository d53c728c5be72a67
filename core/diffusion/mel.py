"""Sound as pictures and back: mel spectrograms as Riffusion draws them, phases by Griffin and Lim.

Forsgren and Martiros 2022 ("Riffusion"): steps of 10 ms, windows of 100 ms padded to 400, 512 mel bands (HTK) to 10
kHz, amplitudes to the power of 1/4, as bright as they are soft. Back, magnitudes are found by Lee and Seung's
multiplicative updates (2001) from those of the original, so that a picture nobody changed gives the original's, and
phases by Griffin and Lim's algorithm (1984) from the original's. What lies above 10 kHz stays the original's.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

STEP = 480  # samples at 48 kHz: 10 ms
_WINDOW, _PADDED = 4800, 19_200
_TOP_HERTZ = 10_000.0
_POWER = 0.25
_UPDATES = 24
_TINY = 1e-7

Sound = NDArray[np.float32]
Tensor = torch.Tensor


def spectrum(sound: Sound, rate: int) -> Tensor:
    """The complex spectrum of (channels, samples), (channels, bins, frames)."""
    scale = rate / 48_000
    return torch.stft(
        torch.from_numpy(np.ascontiguousarray(sound)),
        round(_PADDED * scale), round(STEP * scale), round(_WINDOW * scale),
        window=torch.hann_window(round(_WINDOW * scale)), center=True, pad_mode="constant", return_complex=True,
    )  # fmt: skip


def sounded(complex_spectrum: Tensor, samples: int, rate: int) -> Tensor:
    """The sound (channels, samples) whose spectrum is nearest."""
    scale = rate / 48_000
    return torch.istft(
        complex_spectrum, round(_PADDED * scale), round(STEP * scale), round(_WINDOW * scale),
        window=torch.hann_window(round(_WINDOW * scale)), center=True, length=samples,
    )  # fmt: skip


def to_pictures(magnitudes: Tensor, bands: int, rate: int) -> tuple[Tensor, float]:
    """Magnitudes (channels, bins, frames) as pictures (channels, bands, frames) 0..1, and the scale.

    Low bands lie below.
    """
    mel = _filters(bands, magnitudes.shape[1], rate) @ magnitudes
    largest = max(float(mel.max()), _TINY)
    return (1.0 - (mel / largest) ** _POWER).flip(1), largest


def from_pictures(pictures: Tensor, largest: float, magnitudes: Tensor, rate: int) -> Tensor:
    """Magnitudes that have such pictures, as near to the original's as updates from there come."""
    mel = (1.0 - pictures.flip(1).clamp(0.0, 1.0)) ** (1.0 / _POWER) * largest
    filters = _filters(pictures.shape[1], magnitudes.shape[1], rate)
    heard = filters.sum(0) > 0
    inside = filters[:, heard]
    found = magnitudes[:, heard] + _TINY
    wanted = inside.T @ mel
    for _ in range(_UPDATES):
        found = found * (wanted + _TINY) / (inside.T @ (inside @ found) + _TINY)
    whole = magnitudes.clone()
    whole[:, heard] = found
    return whole


def with_phase(magnitudes: Tensor, phases: Tensor, samples: int, rate: int, rounds: int) -> Tensor:
    """The sound of some magnitudes, phases found from some to begin with, (channels, samples)."""
    sound = sounded(torch.polar(magnitudes, phases), samples, rate)
    for _ in range(rounds):
        angles = torch.angle(spectrum(sound.numpy(), rate))
        sound = sounded(torch.polar(magnitudes, angles), samples, rate)
    return sound


@lru_cache(maxsize=4)
def _filters(bands: int, bins: int, rate: int) -> Tensor:
    """Triangles on HTK's mel scale, (bands, bins)."""
    hertz = np.arange(bins) * rate / (2.0 * (bins - 1))
    top = 2595.0 * np.log10(1.0 + min(_TOP_HERTZ, rate / 2) / 700.0)
    edges: Any = 700.0 * (10.0 ** (np.linspace(0.0, top, bands + 2) / 2595.0) - 1.0)
    rising = (hertz[None] - edges[:-2, None]) / (edges[1:-1] - edges[:-2])[:, None]
    falling = (edges[2:, None] - hertz[None]) / (edges[2:] - edges[1:-1])[:, None]
    return torch.from_numpy(np.maximum(0.0, np.minimum(rising, falling)).astype(np.float32))
