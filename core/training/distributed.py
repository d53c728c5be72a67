"""Several processes that train one model: each takes its share of every batch, and all make the same update.

::

    torchrun --nproc-per-node 4 -m hitpoint.plugin train MUVI_SYNC -o run

torchrun tells a process its rank in the environment. Nothing here asks for more than one: a lone process is rank 0 of
1, and all the functions below then give back what they were given. The loss is a mean over what all processes hold, so
a run on several is the run on one with the same batch, up to rounding (and to dropout, which each draws for itself).
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import torch
import torch.distributed as dist
from torch import Tensor, nn

Item = TypeVar("Item")


@dataclass(frozen=True)
class Place:
    """Which process this is: ``rank`` of ``count``."""

    rank: int = 0
    count: int = 1

    @property
    def is_first(self) -> bool:
        """Whether it is the one that writes files and speaks."""
        return self.rank == 0

    def share(self, items: Sequence[Item]) -> list[Item]:
        """The part of a whole batch that is this process's: every ``count``-th item."""
        return list(items[self.rank :: self.count])


def place() -> Place:
    """Where this process stands; known from the environment even before the processes have met."""
    if dist.is_available() and dist.is_initialized():
        return Place(dist.get_rank(), dist.get_world_size())
    return Place(int(os.environ.get("RANK", "0")), int(os.environ.get("WORLD_SIZE", "1")))


def local_rank() -> int:
    """The number of this process on its machine, and of the GPU it takes."""
    return int(os.environ.get("LOCAL_RANK", "0"))


@contextmanager
def processes_met(device: torch.device) -> Iterator[None]:
    """Meet the other processes that torchrun has started, by NCCL on a GPU and Gloo on a CPU, and part at the end."""
    if place().count == 1 or dist.is_initialized():
        yield
        return
    if device.type == "cuda":
        torch.cuda.set_device(device)
    dist.init_process_group("nccl" if device.type == "cuda" else "gloo")
    try:
        yield
    finally:
        dist.destroy_process_group()


def mean_over_processes(total: Tensor, count: Tensor) -> Tensor:
    """A sum over what this process holds as its part of the mean over what all hold.

    The mean of the results over the processes is that mean, and so is the mean of their gradients. 0 for nothing.
    """
    everywhere = count.detach().double()
    if place().count > 1:
        dist.all_reduce(everywhere)
    return total * (place().count / everywhere.clamp(min=1.0)).to(total.dtype)


def average_gradients(weights: Iterable[nn.Parameter]) -> None:
    """Give every process the mean of all processes' gradients."""
    if place().count == 1:
        return
    trained = [weight for weight in weights if weight.requires_grad]
    flat = torch.cat([_gradient(weight).flatten() for weight in trained])
    dist.all_reduce(flat)
    flat /= place().count
    parts = torch.split(flat, [weight.numel() for weight in trained])
    for weight, part in zip(trained, parts, strict=True):
        weight.grad = part.view_as(weight)


def share_weights(model: nn.Module) -> None:
    """Give every process the first one's weights and buffers."""
    if place().count > 1:
        for tensor in model.state_dict().values():
            dist.broadcast(tensor, 0)


def mean_value(value: float, device: torch.device) -> float:
    """The mean of a number over all processes."""
    if place().count == 1:
        return value
    held = torch.tensor(value, dtype=torch.float64, device=device)
    dist.all_reduce(held)
    return float(held) / place().count


def is_true_anywhere(flag: bool, device: torch.device) -> bool:
    """Whether it is so for any process, so that all do the same."""
    return flag if place().count == 1 else mean_value(float(flag), device) > 0.0


def said_by_first(value: dict[str, float] | None) -> dict[str, float]:
    """What the first process knows, told to all; the others give None."""
    told = [value]
    if place().count > 1:
        dist.broadcast_object_list(told, 0)
    assert told[0] is not None
    return told[0]


def _gradient(weight: nn.Parameter) -> Tensor:
    return torch.zeros_like(weight) if weight.grad is None else weight.grad
