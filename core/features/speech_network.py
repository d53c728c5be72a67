"""The probability of speech, by Silero's network (MIT, https://github.com/snakers4/silero-vad, release 6.2.3).

Its weights for sound at 16 kHz lie in ``resources/speech``. The network is small: a spectrum, four convolutions over
the windows of 32 ms, an LSTM that remembers, one output. It is written down here in torch, which is there anyway, so
that all windows of a stretch are looked at together; its numbers are those of the published ONNX file to five
millionths.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

RATE = 16_000  # Hz
WINDOW = 512  # samples that each answer is for

_BEFORE = 64  # samples before a window that are looked at with it
_TRANSFORM, _HOP = 256, 128  # samples of the spectrum
_LINES = _TRANSFORM // 2 + 1
_AT_ONCE = 2000  # windows, 64 seconds
_DIGITS = 4  # that are the same on every machine

_State = tuple[Tensor, Tensor]


class SpeechNetwork(nn.Module):
    """The network; its weights are loaded by :func:`speech_network`."""

    def __init__(self) -> None:
        super().__init__()
        self.spectrum = nn.Conv1d(1, 2 * _LINES, _TRANSFORM, _HOP, bias=False)
        self.encoder = nn.Sequential(
            nn.Conv1d(_LINES, 128, 3, padding=1), nn.ReLU(),
            nn.Conv1d(128, 64, 3, stride=2, padding=1), nn.ReLU(),
            nn.Conv1d(64, 64, 3, stride=2, padding=1), nn.ReLU(),
            nn.Conv1d(64, 128, 3, padding=1), nn.ReLU(),
        )  # fmt: skip
        self.memory = nn.LSTM(128, 128)
        self.output = nn.Linear(128, 1)

    def forward(self, windows: Tensor, state: _State | None = None) -> tuple[Tensor, _State]:
        """(windows, 576) of sound in succession to (windows,) probabilities, and what is remembered after them."""
        padded = functional.pad(windows, (0, _BEFORE), "reflect")[:, None]
        spectrum = self.spectrum(padded)
        real, imaginary = spectrum[:, :_LINES], spectrum[:, _LINES:]
        seen = self.encoder(torch.sqrt(real**2 + imaginary**2))[:, :, 0]
        remembered, state = self.memory(seen, state)
        return torch.sigmoid(self.output(remembered.relu()))[:, 0], state


@cache
def speech_network() -> SpeechNetwork:
    """The network with Silero's weights, ready to listen."""
    path = resources.files("hitpoint.resources") / "speech" / "silero_vad.safetensors"
    network = SpeechNetwork()
    network.load_state_dict(load_file(str(path)))
    return network.double().eval()


@torch.inference_mode()
def speech_probabilities(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """Probability of speech in each 32 ms of mono sound at 16 kHz: (n,) to (ceil(n / 512),), in steps of 1/10 000."""
    count = -(-len(sound) // WINDOW)
    found, state = np.zeros(count), None
    if not sound.any():
        return found
    padded = np.zeros(_BEFORE + count * WINDOW, np.float32)
    padded[_BEFORE : _BEFORE + len(sound)] = sound
    windows = torch.from_numpy(padded).unfold(0, _BEFORE + WINDOW, WINDOW)
    for first in range(0, count, _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        probabilities, state = speech_network()(windows[some].double(), state)
        found[some] = probabilities.numpy()
    return np.asarray(np.round(found, _DIGITS), np.float64)
