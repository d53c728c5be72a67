"""A style learnt from music.

Textual inversion (Gal et al. 2022, arXiv 2208.01618; for music arXiv 2407.12563, section 4.1).

The weights of the chord model stay as they are. What is found by gradient is one vector in the space of its conditions,
which the decoder adds to each of its rows as it adds picture, wishes and places, so that the music becomes likely. It
is as long as a row is wide (192 numbers), so it holds habits and no progressions.

The vector is pulled towards nothing and averaged over the last steps, because a reference has few chords.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from hitpoint.core.model.conditions import Conditions
from hitpoint.core.model.generate import one_thread
from hitpoint.core.model.networks.condition_encoder import ConditionBatch, stacked
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.networks.pointers import BEGIN
from hitpoint.core.progress import SILENT, Progress

STEPS = 40
_RATE = 0.02
_PULL = 1.0  # weight of the mean square of the vector, in nats a row, for a reference of as many rows as _ROWS
_ROWS = 100.0
_AVERAGED = 20  # last steps
_DIGITS = 4  # to which a vector is kept

Reals = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class StylePiece:
    """A stretch of music to learn from, or to judge.

    Attributes:
        tokens: (n,) chords in the model's key, a step each; at most as many as the model hears at once.
        is_minor: its mode.
        conditions: of the same rows: attributes, places, no locks.
        source: the corpus in whose manner it is read, as composing does.
    """

    tokens: NDArray[np.int64]
    is_minor: bool
    conditions: Conditions
    source: int = 0


def learnt_style(
    model: MemoryAMT, pieces: Sequence[StylePiece], steps: int = STEPS, progress: Progress = SILENT
) -> tuple[float, ...]:
    """The vector that makes the pieces likely, (dim,).

    Args:
        model: its weights are left alone, and take no gradients from here on; float32 is enough, and half the time.
        pieces: at least one of two chords or more.
        steps: of Adam.
        progress: a step each.

    Raises:
        Cancelled: if stopped.
    """
    for weight in model.parameters():
        weight.requires_grad_(False)
    vector = torch.zeros(model.config.d_model, dtype=model.turns.dtype, requires_grad=True)
    optimiser = torch.optim.Adam([vector], lr=_RATE)
    read = [_read(model, piece) for piece in pieces]
    rows = sum(len(piece.tokens) for piece in pieces)
    total = torch.zeros_like(vector, requires_grad=False)
    with one_thread():
        for step in range(steps):
            nats = sum((_nats(model, *one, vector) for one in read), start=torch.zeros(()).to(vector))
            loss = nats / rows + _PULL * _ROWS / rows * vector.square().mean()
            (vector.grad,) = torch.autograd.grad(loss, vector)
            optimiser.step()
            if step >= steps - _AVERAGED:
                total += vector.detach() / min(_AVERAGED, steps)
            progress.step((step + 1) / steps, "learning the style")
    return tuple(round(float(value), _DIGITS) for value in total)


def style_nats(model: MemoryAMT, piece: StylePiece, style: Sequence[float] = ()) -> float:
    """Nats that a chord of the piece takes the model, which hears the style; the less the better."""
    with one_thread(), torch.inference_mode():
        vector = torch.tensor(style, dtype=model.turns.dtype) if style else torch.zeros(model.config.d_model)
        return float(_nats(model, *_read(model, piece), vector.to(model.turns.dtype))) / len(piece.tokens)


_Read = tuple[StylePiece, ConditionBatch]


def _read(model: MemoryAMT, piece: StylePiece) -> _Read:
    return piece, stacked((piece.conditions.window(0, len(piece.tokens)),), model.turns)


def _nats(model: MemoryAMT, piece: StylePiece, batch: ConditionBatch, vector: Tensor) -> Tensor:
    """Of all chords of a piece."""
    tokens = torch.from_numpy(np.concatenate(([BEGIN], piece.tokens[:-1])))[None]
    mode, source = (torch.tensor([number]) for number in (int(piece.is_minor), piece.source))
    rows = len(piece.tokens)
    said = model(tokens, mode, replace(batch, style=vector[None]), source).log_p[0, :rows]
    nats: Tensor = -said[torch.arange(rows), torch.from_numpy(piece.tokens)].sum()
    return nats
