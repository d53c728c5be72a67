"""The two training loops: AdamW with a cosine, averaged weights, a time limit, one thread."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from hitpoint.core.listening.networks import BeatNet, ChordNet
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.listening.hearing import Heard, beat_batch, chord_batch

_AVERAGE = 0.995  # share of the averaged weights that stays at each step
_BEAT_FRAMES, _BEAT_BATCH = 1280, 8  # 30 s
_CHORD_FRAMES, _CHORD_BATCH = 160, 16  # 15 s
_POSITIVE = torch.tensor((2.0, 4.0))  # weight of frames that are a beat, a bar line
_SMOOTHING = 0.05

Net = TypeVar("Net", bound=nn.Module)
Weights = dict[str, Tensor]


@dataclass(frozen=True)
class Schedule:
    """How long and how fast.

    Steps, the highest rate, and the most seconds of processor time, after which training ends early.
    """

    steps: int
    rate: float
    seconds: float
    seed: int = 0


def train_beats(heard: Heard, schedule: Schedule, start: Weights | None = None, progress: Progress = SILENT) -> BeatNet:
    """A beat network, its weights averaged over the last steps."""

    def loss(net: nn.Module, rng: np.random.Generator) -> Tensor:
        """Binary cross entropy of beats and bar lines in one random batch."""
        features, targets = (torch.from_numpy(part) for part in beat_batch(heard, _BEAT_BATCH, _BEAT_FRAMES, rng))
        return nn.functional.binary_cross_entropy_with_logits(net(features).float(), targets, pos_weight=_POSITIVE)

    torch.manual_seed(schedule.seed)
    return _trained(_begun(BeatNet(), start), loss, schedule, progress)


def train_chords(
    heard: Heard, schedule: Schedule, start: Weights | None = None, progress: Progress = SILENT
) -> ChordNet:
    """A chord network, its weights averaged over the last steps."""

    def loss(net: nn.Module, rng: np.random.Generator) -> Tensor:
        """Cross entropy of the chords in one random batch."""
        features, tokens = (torch.from_numpy(part) for part in chord_batch(heard, _CHORD_BATCH, _CHORD_FRAMES, rng))
        return nn.functional.cross_entropy(
            net(features).float().flatten(0, 1), tokens.flatten(), label_smoothing=_SMOOTHING
        )

    torch.manual_seed(schedule.seed)
    return _trained(_begun(ChordNet(), start), loss, schedule, progress)


def _begun(net: Net, start: Weights | None) -> Net:
    if start is not None:
        net.load_state_dict(start)
    return net


def _trained(
    net: Net, loss: Callable[[nn.Module, np.random.Generator], Tensor], schedule: Schedule, progress: Progress
) -> Net:
    """The common loop. The rate follows whichever of steps and seconds is further on."""
    averaged = copy.deepcopy(net)
    optimiser = torch.optim.AdamW(net.parameters(), lr=schedule.rate, weight_decay=0.01)
    rng = np.random.default_rng(schedule.seed)
    began, smooth = time.process_time(), math.nan
    for step in range(schedule.steps):
        done = max(step / schedule.steps, (time.process_time() - began) / schedule.seconds)
        if done >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = schedule.rate * min(1.0, (step + 1) / 50) * 0.5 * (1 + math.cos(math.pi * done))
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=has_bfloat16()):
            value = loss(net, rng)
        optimiser.zero_grad()
        value.backward()  # type: ignore[no-untyped-call]  # torch's own
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        smooth = value.item() if math.isnan(smooth) else 0.97 * smooth + 0.03 * value.item()
        _average(averaged, net, min(_AVERAGE, step / (step + 10)))
        progress.step(done, f"step {step}, loss {smooth:.4f}")
    return averaged.eval()


@cache
def has_bfloat16() -> bool:
    """Whether the processor has a unit for 16-bit products: with it training is half again as fast, else slower."""
    try:
        return "avx512_bf16" in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")
    except OSError:
        return False


def _average(averaged: nn.Module, net: nn.Module, share: float) -> None:
    with torch.no_grad():
        for kept, new in zip(averaged.parameters(), net.parameters(), strict=True):
            kept.mul_(share).add_(new, alpha=1 - share)


def save_weights(beats: BeatNet, chords: ChordNet, path: Path) -> None:
    """Both networks in one file, as 16-bit floats."""
    weights = {f"beats.{name}": value.half() for name, value in beats.state_dict().items()}
    weights |= {f"chords.{name}": value.half() for name, value in chords.state_dict().items()}
    save_file({name: value.contiguous() for name, value in weights.items()}, path)
