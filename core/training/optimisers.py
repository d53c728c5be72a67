"""Which weights are moved by which rule, and how fast at which update."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from hitpoint.core.training.muon import Muon
from hitpoint.core.training.options import TrainingOptions

_LAST_OF_COSINE = 0.05  # of the learning rate, at the end
_LAST_OF_LINE = 0.02
_READING = ("encoder.", "wishes.")  # the parts of the memory model that read conditions


class Optimisers:
    """Several optimisers of one model, used as one."""

    def __init__(self, parts: Sequence[torch.optim.Optimizer]) -> None:
        self._parts = parts
        self._rates = [[group["lr"] for group in part.param_groups] for part in parts]

    def set_rate(self, share: float) -> None:
        """Let each learn at that share of its highest rate."""
        for part, rates in zip(self._parts, self._rates, strict=True):
            for group, rate in zip(part.param_groups, rates, strict=True):
                group["lr"] = rate * share

    def zero_grad(self) -> None:
        """Forget the gradients."""
        for part in self._parts:
            part.zero_grad(set_to_none=True)

    def step(self) -> None:
        """One update of all weights."""
        for part in self._parts:
            part.step()

    def state_dict(self) -> list[dict[str, Any]]:
        """Everything needed to go on."""
        return [part.state_dict() for part in self._parts]

    def load_state_dict(self, states: Sequence[dict[str, Any]]) -> None:
        """Go on from what :meth:`state_dict` gave."""
        for part, state in zip(self._parts, states, strict=True):
            part.load_state_dict(state)


def optimisers_for(model: nn.Module, options: TrainingOptions) -> Optimisers:
    """AdamW, weight decay on matrices only; with ``muon_rate``, Muon for the matrices inside layers.

    The memory model's encoder has a learning rate of its own.
    """
    turned: list[nn.Parameter] = []
    matrices: list[nn.Parameter] = []
    others: list[nn.Parameter] = []
    reading: list[nn.Parameter] = []
    for name, weight in model.named_parameters():
        if options.muon_rate and ".layers." in f".{name}" and weight.ndim == 2:
            turned.append(weight)
        elif options.kind == "memory_amt" and name.startswith(_READING):
            reading.append(weight)
        else:
            (matrices if weight.ndim > 1 else others).append(weight)
    decay = options.weight_decay
    groups: list[dict[str, Any]] = [
        {"params": matrices, "weight_decay": decay},
        {"params": others, "weight_decay": 0.0},
    ]
    if reading:
        groups.append({"params": reading, "weight_decay": decay, "lr": options.encoder_rate})
    parts: list[torch.optim.Optimizer] = [torch.optim.AdamW(groups, lr=options.learning_rate, betas=(0.9, 0.98))]
    if turned:
        parts.append(Muon(turned, lr=options.muon_rate, weight_decay=decay))
    return Optimisers(parts)


def rate_share_at(update: int, options: TrainingOptions) -> float:
    """Share of the highest learning rate.

    A straight rise over ``warmup`` updates; then half a cosine down to a twentieth at the last, or, with ``decay``,
    a level and a straight fall over that share of all updates.
    """
    rise = min(1.0, (update + 1) / options.warmup) if options.warmup else 1.0
    if options.decay:
        fall = min(1.0, (options.updates - update) / max(1.0, options.decay * options.updates))
        return rise * (_LAST_OF_LINE + (1.0 - _LAST_OF_LINE) * max(0.0, fall))
    if update < options.warmup:
        return rise
    done = min(1.0, (update - options.warmup) / max(1, options.updates - options.warmup))
    return _LAST_OF_COSINE + (1.0 - _LAST_OF_COSINE) * (1.0 + math.cos(math.pi * done)) / 2.0


def learning_rate_at(update: int, options: TrainingOptions) -> float:
    """AdamW's learning rate; see :func:`rate_share_at`."""
    return options.learning_rate * rate_share_at(update, options)
