"""The encoder of the AMT with a memory: it reads picture and wishes of the whole piece, forwards and backwards.

As in the paper it is a bidirectional Transformer over rows of a second; what it adds are fixed chords, wished
attributes, and a learned "unknown" for each group of columns, so that one set of weights serves with and without them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from hitpoint.core.model.conditions import ATTRIBUTES, FREE, GROUPS, LEVELS, NO_WISH, Conditions
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.rotary_attention import HIDDEN, RotaryLayer
from hitpoint.core.model.places import EMBEDDED, PLACE_FEATURES, PLACES, place_features, unknown_places

_FARTHEST = 16  # rows to the next lock that are told apart


@dataclass(frozen=True, eq=False)
class ConditionBatch:
    """Conditions of several pieces side by side, filled up to the longest.

    Attributes:
        locks: (batch, rows) tokens, FREE for none.
        levels: (batch, rows, 4), NO_WISH for none.
        groups: name -> (batch, rows, columns); zeros where one of the batch has it not.
        present: name -> (batch,) which of the batch have it.
        inside: (batch, rows) False where a piece is over.
        places: (batch, rows, columns), 0 where unknown; None where nothing is known of any.
        alike: (batch, features, rows, rows) what two rows have in common; None likewise.
        style: (batch, dim) a learnt style, zeros for none; None where none has any.
    """

    locks: Tensor
    levels: Tensor
    groups: Mapping[str, Tensor]
    present: Mapping[str, Tensor]
    inside: Tensor
    places: Tensor | None = None
    alike: Tensor | None = None
    style: Tensor | None = None


class ConditionEncoder(nn.Module):
    """Rows of conditions to (batch, rows, dim), which the decoder adds to its input at the same row."""

    def __init__(self, config: MemoryConfig) -> None:
        super().__init__()
        width = config.d_model
        self.projections = nn.ModuleDict({name: nn.Linear(columns, width) for name, columns in GROUPS.items()})
        self.unknown = nn.ParameterDict({name: nn.Parameter(torch.zeros(width)) for name in GROUPS})
        self.semantic_norm = nn.LayerNorm(GROUPS["semantic"])
        self.lock = nn.Embedding(FREE + 1, width)
        self.levels = nn.ModuleList(nn.Embedding(LEVELS + 1, width) for _ in ATTRIBUTES)
        self.layers = nn.ModuleList(RotaryLayer(config) for _ in range(config.encoder_layers))
        self.norm, self.dropout = nn.LayerNorm(width), nn.Dropout(config.dropout)
        self.out = nn.Linear(2 * width, width)  # of a row, and of the mean of all rows

    def forward(self, batch: ConditionBatch, turns: Tensor) -> Tensor:
        """(batch, rows, dim)."""
        x = self._rows(batch)
        hidden = torch.where(batch.inside, 0.0, HIDDEN).to(x.dtype)[:, None, None]
        for layer in self.layers:
            x = layer(x, turns[:, : x.shape[1]], hidden)
        x = self.norm(x)
        weight = batch.inside.to(x.dtype)[..., None]
        mean = (x * weight).sum(1, keepdim=True) / weight.sum(1, keepdim=True).clamp(min=1.0)
        result: Tensor = self.out(torch.cat((x, mean.expand_as(x)), -1))
        return result

    def _rows(self, batch: ConditionBatch) -> Tensor:
        """(batch, rows, dim): the sum of what is known of each row."""
        x: Tensor = self.lock(batch.locks)
        for number, table in enumerate(self.levels):
            x = x + table(batch.levels[..., number] - NO_WISH)
        for name in GROUPS:
            unknown = self.unknown[name].expand_as(x)
            if name not in batch.groups:
                x = x + unknown
                continue
            columns = batch.groups[name].to(x.dtype)
            if name == "semantic":
                columns = self.dropout(self.semantic_norm(columns))
            x = x + torch.where(batch.present[name][:, None, None], self.projections[name](columns), unknown)
        return x


class WishInput(nn.Module):
    """The short way past the encoder: this second's lock, the next lock and how far it is, the wished levels."""

    def __init__(self, config: MemoryConfig) -> None:
        super().__init__()
        width = config.d_model
        self.here, self.ahead = nn.Embedding(FREE + 1, width), nn.Embedding(FREE + 1, width)
        self.distance = nn.Embedding(_FARTHEST + 2, width)
        self.levels = nn.ModuleList(nn.Embedding(LEVELS + 1, width) for _ in ATTRIBUTES)

    def forward(self, locks: Tensor, levels: Tensor) -> Tensor:
        """(batch, rows, dim) of locks (batch, rows) and levels (batch, rows, 4)."""
        rows = locks.shape[1]
        row = torch.arange(rows, device=locks.device).expand_as(locks)
        lock_row = torch.where(locks != FREE, row, rows).flip(1).cummin(1).values.flip(1)
        after = functional.pad(lock_row[:, 1:], (0, 1), value=rows)
        ahead = torch.where(after < rows, locks.gather(1, after.clamp(max=rows - 1)), FREE)
        distance = torch.where(after < rows, (after - row).clamp(max=_FARTHEST), _FARTHEST + 1)
        x: Tensor = self.here(locks) + self.ahead(ahead) + self.distance(distance)
        for number, table in enumerate(self.levels):
            x = x + table(levels[..., number] - NO_WISH)
        return x


class PlaceInput(nn.Module):
    """Where a row stands, in bar, phrase and section, to what is added to the decoder's input.

    Unknown places add nothing.
    """

    def __init__(self, config: MemoryConfig) -> None:
        super().__init__()
        self.columns = [PLACES.index(name) for name in EMBEDDED]
        self.tables = nn.ModuleList(nn.Embedding(size, config.d_model, padding_idx=0) for size in EMBEDDED.values())
        for table in self.tables:
            assert isinstance(table, nn.Embedding)
            nn.init.zeros_(table.weight)

    def forward(self, places: Tensor) -> Tensor:
        """(batch, rows, dim) of places (batch, rows, columns)."""
        parts = [table(places[..., column]) for table, column in zip(self.tables, self.columns, strict=True)]
        return torch.stack(parts).sum(0)


def stacked(conditions: Sequence[Conditions], like: Tensor) -> ConditionBatch:
    """Conditions side by side, on the device of ``like``, numbers in its format."""
    longest = max(len(one.locks) for one in conditions)
    locks = np.full((len(conditions), longest), FREE, np.int64)
    levels = np.full((*locks.shape, len(ATTRIBUTES)), NO_WISH, np.int64)
    inside = np.zeros(locks.shape, np.bool_)
    names = [name for name in GROUPS if any(name in one.groups for one in conditions)]
    groups = {name: np.zeros((*locks.shape, GROUPS[name]), np.float32) for name in names}
    for row, one in enumerate(conditions):
        rows = len(one.locks)
        locks[row, :rows], levels[row, :rows], inside[row, :rows] = one.locks, one.levels, True
        for name, columns in one.groups.items():
            groups[name][row, :rows] = columns
    places, alike = _places(conditions, longest)
    styles = [one.style for one in conditions if one.style is not None]
    blank = np.zeros_like(styles[0]) if styles else None
    style = None if blank is None else np.stack([blank if one.style is None else one.style for one in conditions])
    return ConditionBatch(
        places=None if places is None else torch.from_numpy(places).to(like.device),
        alike=None if alike is None else torch.from_numpy(alike).to(like.device, like.dtype),
        style=None if style is None else torch.from_numpy(style).to(like.device, like.dtype),
        locks=torch.from_numpy(locks).to(like.device),
        levels=torch.from_numpy(levels).to(like.device),
        groups={name: torch.from_numpy(part).to(like.device, like.dtype) for name, part in groups.items()},
        present={name: torch.tensor([name in one.groups for one in conditions], device=like.device) for name in names},
        inside=torch.from_numpy(inside).to(like.device),
    )


def _places(
    conditions: Sequence[Conditions], longest: int
) -> tuple[NDArray[np.int64] | None, NDArray[np.float32] | None]:
    """Places (batch, rows, columns) and what two rows have in common (batch, features, rows, rows), if any is known."""
    if all(one.places is None or not one.places.any() for one in conditions):
        return None, None
    places = np.stack([unknown_places(longest)] * len(conditions))
    alike = np.zeros((len(conditions), len(PLACE_FEATURES), longest, longest), np.float32)
    for row, one in enumerate(conditions):
        if one.places is not None:
            places[row, : len(one.places)] = one.places
            alike[row, :, : len(one.places), : len(one.places)] = place_features(one.places)
    return places, alike
