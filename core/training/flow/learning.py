"""Training the flow of curves: windows of songs, straight paths from noise, AdamW with a cosine, averaged weights."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import save_file
from torch import Tensor, nn

from hitpoint.core.model.curve_flow import (
    CHANNELS,
    INPUTS,
    MANNER_COLUMNS,
    SEEN_COLUMNS,
    SHIFTS,
    manner_of,
    time_waves,
)
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.flow.songs import FlowSong

_ROWS = 96
_BATCH = 32
_AVERAGE = 0.998
_LEAST = 1e-3  # deviation
_UNSEEN, _NO_MANNER = 0.15, 0.5  # shares of windows without picture, without a reference

Reals = NDArray[np.float32]


@dataclass(frozen=True)
class FlowSchedule:
    """How long and how fast: steps, the highest rate, the most seconds of processor time, the seed."""

    steps: int = 4000
    rate: float = 2e-3
    seconds: float = 300.0
    seed: int = 0


class FlowNet(nn.Module):
    """:class:`~hitpoint.core.model.curve_flow.CurveFlow` to train: (batch, rows, 35) to (batch, rows, 2)."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.last = nn.Linear(INPUTS, CHANNELS), nn.Linear(CHANNELS, 2)
        self.shifts = nn.ParameterList(
            nn.Parameter(torch.randn(3, CHANNELS, CHANNELS) / math.sqrt(3 * CHANNELS)) for _ in SHIFTS
        )
        self.biases = nn.ParameterList(nn.Parameter(torch.zeros(CHANNELS)) for _ in SHIFTS)
        self.mixes = nn.ParameterList(
            nn.Parameter(torch.randn(CHANNELS, CHANNELS) * 0.3 / math.sqrt(CHANNELS)) for _ in SHIFTS
        )

    def forward(self, inputs: Tensor) -> Tensor:
        """The speed."""
        x = torch.relu(self.first(inputs))
        for taps, bias, mix, shift in zip(self.shifts, self.biases, self.mixes, SHIFTS, strict=True):
            inner = x @ taps[1] + bias
            before = nn.functional.pad(x[:, :-shift] @ taps[0], (0, 0, shift, 0))
            after = nn.functional.pad(x[:, shift:] @ taps[2], (0, 0, 0, shift))
            x = x + torch.relu(inner + before + after) @ mix
        speed: Tensor = self.last(x)
        return speed


def scale_of(songs: Sequence[FlowSong]) -> Reals:
    """(6,) means and deviations of what is expected, and deviations of what was heard from it."""
    expected = np.concatenate([song.expected for song in songs])
    apart = np.concatenate([song.heard - song.expected for song in songs])
    deviations = np.maximum(np.concatenate((expected.std(0), apart.std(0))), _LEAST)
    return np.concatenate((expected.mean(0), deviations)).astype(np.float32)


def train_flow(songs: Sequence[FlowSong], schedule: FlowSchedule, progress: Progress = SILENT) -> tuple[FlowNet, Reals]:
    """The network with averaged weights, and the scale it works on."""
    torch.manual_seed(schedule.seed)
    rng = np.random.default_rng(schedule.seed)
    net, averaged, scale = FlowNet(), FlowNet(), scale_of(songs)
    averaged.load_state_dict(net.state_dict())
    optimiser = torch.optim.AdamW(net.parameters(), lr=schedule.rate, weight_decay=0.01)
    began, smooth = time.process_time(), math.nan
    for step in range(schedule.steps):
        done = max(step / schedule.steps, (time.process_time() - began) / schedule.seconds)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = schedule.rate * min(1.0, (step + 1) / 100) * 0.5 * (1 + math.cos(math.pi * done))
        inputs, wanted = (torch.from_numpy(part) for part in batch_of(songs, scale, rng))
        loss = (net(inputs) - wanted).square().mean()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        smooth = loss.item() if math.isnan(smooth) else 0.99 * smooth + 0.01 * loss.item()
        share = min(_AVERAGE, step / (step + 10))
        with torch.no_grad():
            for kept, new in zip(averaged.parameters(), net.parameters(), strict=True):
                kept.mul_(share).add_(new, alpha=1 - share)
        progress.step(done, f"step {step}, loss {smooth:.4f}")
    return averaged, scale


def batch_of(songs: Sequence[FlowSong], scale: Reals, rng: np.random.Generator) -> tuple[Reals, Reals]:
    """(32, 96, 35) inputs and (32, 96, 2) speeds."""
    inputs, wanted = np.zeros((_BATCH, _ROWS, INPUTS), np.float32), np.zeros((_BATCH, _ROWS, 2), np.float32)
    for row in range(_BATCH):
        song = songs[int(rng.integers(len(songs)))]
        first = int(rng.integers(max(len(song.seen) - _ROWS, 0) + 1))
        window = slice(first, first + _ROWS)
        rows = len(song.seen[window])
        shown, referred = rng.random() >= _UNSEEN, rng.random() >= _NO_MANNER
        end = (song.heard[window] - song.expected[window]) / scale[4:]
        start, time_of = rng.standard_normal((rows, 2)), float(rng.random())
        parts = [
            (1 - time_of) * start + time_of * end,
            (song.expected[window] - scale[:2]) / scale[2:4],
            song.seen[window] if shown else np.zeros((rows, SEEN_COLUMNS)),
            np.full((rows, 1), float(shown)),
            np.broadcast_to(
                _manner(song, window) if shown and referred else np.zeros(MANNER_COLUMNS), (rows, MANNER_COLUMNS)
            ),
            np.broadcast_to(time_waves(np.array(time_of)), (rows, 9)),
        ]
        inputs[row, :rows] = np.concatenate(parts, axis=1)
        wanted[row, :rows] = end - start
    return inputs, wanted


def _manner(song: FlowSong, window: slice) -> Reals:
    """How the rest of the song moves, as that of a reference would be known."""
    return manner_of(np.concatenate((song.heard[: window.start], song.heard[window.stop :])))


def save_flow(net: FlowNet, scale: Reals, path: Path) -> None:
    """As :func:`~hitpoint.core.model.curve_flow.read_curve_flow` reads it, in 16-bit floats."""
    tensors = {
        "first": net.first.weight.T,
        "first_bias": net.first.bias,
        "last": net.last.weight.T,
        "last_bias": net.last.bias,
    }
    for number in range(len(SHIFTS)):
        tensors |= {
            f"shift.{number}": net.shifts[number], f"shift_bias.{number}": net.biases[number],
            f"mix.{number}": net.mixes[number],
        }  # fmt: skip
    kept = {name: value.detach().half().contiguous() for name, value in tensors.items()}
    save_file({**kept, "scale": torch.from_numpy(scale)}, path)
