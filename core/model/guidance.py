"""Wishes with a strength: classifier-free guidance.

A model that was trained with and without wishes says how much a wish matters: ``log p(chord | wishes) - log p(chord)``.
Guidance takes that difference ``strength`` times (Ho & Salimans 2022, arXiv 2207.12598; for language models Sanchez et
al. 2023, arXiv 2306.17806)::

    log p = log p0 + strength * (log p_wishes - log p0)

Picture, locks and clock are known to both; so a strength above 1 obeys the wishes more, and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from hitpoint.core.errors import OptionError
from hitpoint.core.model.conditions import Conditions
from hitpoint.core.model.networks.memory_amt import EncodedPiece, MemoryAMT, MemoryState, logits_of

STRONGEST = 8.0


@dataclass(frozen=True, eq=False)
class GuidedAMT:
    """A :class:`~hitpoint.core.model.chord_model.ChordModel` that obeys wishes more, or less, than it was trained to.

    Attributes:
        model: the model asked.
        strength: 0..8; 0 does not hear the wishes, 1 is the model itself.
    """

    model: MemoryAMT
    strength: float = 1.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.strength <= STRONGEST:
            raise OptionError(f"guidance lies between 0 and {STRONGEST:g}, not {self.strength}")

    @property
    def max_steps(self) -> int:
        """Longest video and longest sequence of chords, in rows."""
        return self.model.max_steps

    @property
    def has_start(self) -> bool:
        """It can write the first chord."""
        return self.model.has_start

    def encode(
        self, video: NDArray[np.float32], *, is_minor: bool, conditions: Conditions | None = None
    ) -> EncodedPiece:
        """As :meth:`MemoryAMT.encode`, with and without the wishes, if there are any and the strength is not 1."""
        if conditions is None or not conditions.has_wishes or self.strength == 1.0:
            return self.model.encode(video, is_minor=is_minor, conditions=conditions)
        return self.model.encode_variants((conditions, conditions.without_wishes()), is_minor=is_minor)

    def start(self, memory: EncodedPiece, batch: int = 1) -> MemoryState:
        """Stand before the first chord, with ``batch`` takes side by side."""
        return self.model.start(memory, batch)

    def step(self, state: MemoryState, tokens: NDArray[np.int64]) -> tuple[NDArray[np.float64], MemoryState]:
        """Take in one token a take, (batch,), and say what may follow: logits (batch, 159)."""
        return logits_of(self._guided(self.model.advance(state, tokens))), state

    def encode_judged(self, conditions: Conditions, *, is_minor: bool) -> EncodedPiece:
        """As :meth:`encode`, and once more without the locks, for :meth:`step_judged`."""
        variants = [conditions]
        if conditions.has_wishes and self.strength != 1.0:
            variants.append(conditions.without_wishes())
        return self.model.encode_variants((*variants, conditions.without_locks()), is_minor=is_minor)

    def step_judged(
        self, state: MemoryState, tokens: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What may follow, and how likely it is to one who is not told what will: logits (batch, 159), twice.

        A model that sees a lock gives the locked chord all probability, whatever came before; one that does not see it
        says how well it follows.
        """
        log_p = self.model.advance(state, tokens)
        return logits_of(self._guided(log_p[:-1])), logits_of(log_p[-1])

    def _guided(self, log_p: Tensor) -> Tensor:
        """(batch, 158) of one variant, or of two: with wishes and without."""
        if len(log_p) == 1:
            return log_p[0]
        wished, bare = log_p.unbind()
        return bare + self.strength * (wished - bare)
