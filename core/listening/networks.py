"""The two small networks that hear: one finds beats and bar lines, the other names chords.

:class:`BeatNet` is a temporal convolutional network (Davies & Böck, EUSIPCO 2019): residual blocks whose dilation
doubles from one to the next, so that each frame is judged from twelve seconds on either side.

:class:`ChordNet` folds the constant-Q spectrum to seven octaves by twelve pitch classes and convolves around the circle
of pitch classes, so that what it learns about C major it knows about F sharp major: one output a root and quality.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from hitpoint.core.listening.spectra import MEL_BANDS, SEMITONES
from hitpoint.core.model.vocabulary import QUALITIES

_CHANNELS = 48
_TAPS = 5
_DILATIONS = (1, 2, 4, 8, 16, 32, 64, 128)
_OCTAVES = SEMITONES // 12
_PLANES = 32

Net = TypeVar("Net", bound=nn.Module)


class BeatNet(nn.Module):
    """(batch, frames, 148) features to (batch, frames, 2) logits of beat and bar line."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.first = nn.Conv1d(MEL_BANDS + SEMITONES, _CHANNELS, 3, padding=1)
        self.blocks = nn.ModuleList(
            nn.Conv1d(_CHANNELS, _CHANNELS, _TAPS, dilation=dilation, padding=dilation * (_TAPS // 2))
            for dilation in _DILATIONS
        )
        self.last = nn.Conv1d(_CHANNELS, 2, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, features: Tensor) -> Tensor:
        """Logits."""
        x = nn.functional.elu(self.first(features.transpose(1, 2)))
        for block in self.blocks:
            x = x + self.dropout(nn.functional.elu(block(x)))
        logits: Tensor = self.last(x).transpose(1, 2)
        return logits


class _Circular(nn.Module):
    """A convolution over all twelve pitch classes, around the circle, and over time."""

    def __init__(self, inside: int, outside: int, dilation: int) -> None:
        super().__init__()
        self.convolution = nn.Conv2d(inside, outside, (12, 3), dilation=(1, dilation), padding=(0, dilation))

    def forward(self, x: Tensor) -> Tensor:
        """(batch, channels, 12) in; the circle of pitch classes is closed before the convolution; (batch, out, 12)."""
        out: Tensor = self.convolution(torch.cat([x, x[:, :, :11]], dim=2))
        return out


class ChordNet(nn.Module):
    """(batch, frames, 84) features to (batch, frames, 157) logits of the vocabulary's chords."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.layers = nn.ModuleList(
            [_Circular(_OCTAVES, _PLANES, 1), _Circular(_PLANES, _PLANES, 2), _Circular(_PLANES, _PLANES, 4)]
        )
        self.norms = nn.ModuleList(nn.GroupNorm(1, _PLANES) for _ in self.layers)
        self.qualities = nn.Conv2d(_PLANES, len(QUALITIES), 1)
        self.silence = nn.Conv1d(_PLANES, 1, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, features: Tensor) -> Tensor:
        """Logits in the order of the vocabulary: "N", then thirteen qualities for each root from C."""
        batch, frames, _ = features.shape
        x = features.transpose(1, 2).reshape(batch, _OCTAVES, 12, frames)
        x = nn.functional.gelu(self.norms[0](self.layers[0](x)))
        for layer, norm in zip(self.layers[1:], self.norms[1:], strict=True):
            x = x + self.dropout(nn.functional.gelu(norm(layer(x))))
        chords = self.qualities(x).permute(0, 3, 2, 1).reshape(batch, frames, 12 * len(QUALITIES))
        silence = self.silence(x.mean(dim=2)).transpose(1, 2)
        return torch.cat([silence, chords], dim=-1)


def load_beat_net(path: Path) -> BeatNet:
    """Weights from a safetensors file that has both networks."""
    return _loaded(BeatNet(), path, "beats.")


def load_chord_net(path: Path) -> ChordNet:
    """Weights from a safetensors file that has both networks."""
    return _loaded(ChordNet(), path, "chords.")


def _loaded(net: Net, path: Path, prefix: str) -> Net:
    weights = load_file(path)
    inside = {name[len(prefix) :]: value.float() for name, value in weights.items() if name.startswith(prefix)}
    net.load_state_dict(inside)
    return net.eval()
