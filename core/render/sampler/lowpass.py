"""The resonant low-pass of a voice, still or moving.

Second order (R. Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter coefficients"), with the resonance and
the loss of half its height that SoundFont 2.04 8.1.2 (numbers 8 and 9) asks for. A moving cutoff changes every 64
samples, as in FluidSynth.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from hitpoint.core.render.sampler.envelope import hertz_of
from hitpoint.core.timebase import SAMPLE_RATE

STEP = 64  # samples between two cutoffs
OPEN = 13500.0  # absolute cents from which the filter does nothing


def filtered(
    frames: NDArray[np.float32],
    cutoffs: NDArray[np.float64],
    resonance: float,
    state: NDArray[np.float64] | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Frames through the low-pass, and its state after them.

    Args:
        frames: mono.
        cutoffs: absolute cents, one for each 64 samples begun.
        resonance: centibels above what is flat.
        state: of an earlier call on the frames just before.
    """
    memory = np.zeros(2) if state is None else state
    output = np.empty(len(frames), np.float32)
    bounds = [*(np.flatnonzero(np.diff(cutoffs)) + 1).tolist(), len(cutoffs)]
    begin = 0
    for bound in bounds:
        end = min(bound * STEP, len(frames))
        numerator, denominator = _coefficients(float(cutoffs[bound - 1]), resonance)
        piece, memory = lfilter(numerator, denominator, frames[begin:end].astype(np.float64), zi=memory)
        output[begin:end] = piece
        begin = end
    return output, memory


def _coefficients(cutoff: float, resonance: float) -> tuple[list[float], list[float]]:
    hertz = min(max(hertz_of(cutoff), 5.0), 0.45 * SAMPLE_RATE)
    quality = 10.0 ** ((min(max(resonance / 10.0, 0.0), 96.0) - 3.01) / 20.0)
    gain = math.sqrt(10.0 ** (-3.01 / 20.0) / quality)
    omega = 2.0 * math.pi * hertz / SAMPLE_RATE
    cosine, alpha = math.cos(omega), math.sin(omega) / (2.0 * quality)
    middle = gain * (1.0 - cosine) / (1.0 + alpha)
    return [middle / 2, middle, middle / 2], [1.0, -2.0 * cosine / (1.0 + alpha), (1.0 - alpha) / (1.0 + alpha)]
