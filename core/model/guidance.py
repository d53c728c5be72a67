"""Wishes with a strength: classifier-free guidance.

A model that was trained with and without wishes says how much a wish matters: ``log p(chord | wishes) - log p(chord)``.
Guidance takes that difference ``strength`` times (Ho & Salimans 2022, arXiv 2207.12598; for language models Sanchez et
al. 2023, arXiv 2306.17806)::

    log p = log p0 + strength * (log p_wishes - log p0)

Picture, locks and clock are known to both; so a strength above 1 obeys the wishes more, and nothing else.

Two more differences can be weighed, of a learnt style and of the picture: double guidance (arXiv 2407.12563, section
4.4), which there reads ``l = l_none + a [l_style + b (l_text,style - l_style) - l_none]``. Here the picture stands for
the words, and with ``a`` the strength of the style and ``a b`` one more than that of the picture it is::

    l = l_none + a (l_style - l_none) + (1 + picture) (l_picture,style - l_style)

to which the wishes are added as above. Where a strength asks for nothing beyond what the model was trained to do, its
passes are not made, and the result is the same to the bit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from hitpoint.core.errors import OptionError
from hitpoint.core.model.conditions import Conditions, conditions_of
from hitpoint.core.model.networks.memory_amt import EncodedPiece, MemoryAMT, MemoryState, logits_of

STRONGEST = 8.0  # of the wishes
STRONGEST_STYLE = 3.0
STRONGEST_PICTURE = 8.0
_MOST = 4.0  # nats by which the style's and the picture's share beyond the model's own moves a chord at most


@dataclass(frozen=True)
class Asked:
    """How much a learnt style and the picture count, and the style.

    Attributes:
        style: numbers that a model adds to each of its rows; none for no style.
        style_strength: 0..3: 0 leaves it out, 1 hears it as it was learnt.
        picture_strength: 0..8: how much more the picture counts than the model was trained to let it; 0 no more.
    """

    style: tuple[float, ...] = ()
    style_strength: float = 1.0
    picture_strength: float = 0.0

    def __post_init__(self) -> None:
        if not 0.0 <= self.style_strength <= STRONGEST_STYLE:
            raise OptionError(
                f"the strength of a style lies between 0 and {STRONGEST_STYLE:g}, not {self.style_strength}"
            )
        if not 0.0 <= self.picture_strength <= STRONGEST_PICTURE:
            raise OptionError(
                f"the strength of the picture lies between 0 and {STRONGEST_PICTURE:g}, not {self.picture_strength}"
            )

    @property
    def is_nothing(self) -> bool:
        """Whether it changes nothing."""
        return (not self.style or self.style_strength == 0.0) and self.picture_strength == 0.0


ASKED_NOTHING = Asked()


@dataclass(frozen=True, eq=False)
class GuidedAMT:
    """A :class:`~hitpoint.core.model.chord_model.ChordModel` that obeys wishes more, or less, than it was trained to.

    Attributes:
        model: the model asked.
        strength: 0..8; 0 does not hear the wishes, 1 is the model itself.
        asked: a learnt style, and how much it and the picture count.
    """

    model: MemoryAMT
    strength: float = 1.0
    asked: Asked = ASKED_NOTHING

    def __post_init__(self) -> None:
        if not 0.0 <= self.strength <= STRONGEST:
            raise OptionError(f"guidance lies between 0 and {STRONGEST:g}, not {self.strength}")
        width = self.model.config.d_model
        if self.asked.style and len(self.asked.style) != width:
            raise OptionError(
                f"the style has {len(self.asked.style)} numbers and the chord model {width}: learn it again with this "
                f"model"
            )

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
        """As :meth:`MemoryAMT.encode`, under all the conditions that are to be weighed."""
        known = conditions_of(video) if conditions is None and not self.asked.is_nothing else conditions
        if known is None:
            return self.model.encode(video, is_minor=is_minor)
        return self.model.encode_variants(self._variants(known), is_minor=is_minor)

    def start(self, memory: EncodedPiece, batch: int = 1) -> MemoryState:
        """Stand before the first chord, with ``batch`` takes side by side."""
        return self.model.start(memory, batch)

    def step(self, state: MemoryState, tokens: NDArray[np.int64]) -> tuple[NDArray[np.float64], MemoryState]:
        """Take in one token a take, (batch,), and say what may follow: logits (batch, 159)."""
        return logits_of(self._guided(self.model.advance(state, tokens))), state

    def encode_judged(self, conditions: Conditions, *, is_minor: bool) -> EncodedPiece:
        """As :meth:`encode`, and once more without the locks, for :meth:`step_judged`."""
        variants = self._variants(conditions)
        return self.model.encode_variants((*variants, variants[0].without_locks()), is_minor=is_minor)

    def step_judged(
        self, state: MemoryState, tokens: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """What may follow, and how likely it is to one who is not told what will: logits (batch, 159), twice.

        A model that sees a lock gives the locked chord all probability, whatever came before; one that does not see it
        says how well it follows.
        """
        log_p = self.model.advance(state, tokens)
        return logits_of(self._guided(log_p[:-1])), logits_of(log_p[-1])

    def _variants(self, conditions: Conditions) -> tuple[Conditions, ...]:
        """The conditions as they are to be heard, then without wishes, picture and style, as far as needed.

        Each lacks what those before it lack. :meth:`_guided` tells which are there from the strengths and their number.
        """
        full = self._styled(conditions)
        bare = full.without_wishes()
        unseen = bare.without_picture()
        found = [full]
        if conditions.has_wishes and (self.strength != 1.0 or self._weighs):
            found.append(bare)
        if self._weighs:
            found.append(unseen)
        if self._weighs_style:
            found.append(replace(unseen, style=None))
        return tuple(found)

    def _styled(self, conditions: Conditions) -> Conditions:
        if not self.asked.style or self.asked.style_strength == 0.0:
            return conditions
        return replace(conditions, style=np.array(self.asked.style, np.float32))

    @property
    def _weighs(self) -> bool:
        """Whether more than wishes is weighed."""
        return self.asked.picture_strength != 0.0 or self._weighs_style

    @property
    def _weighs_style(self) -> bool:
        return bool(self.asked.style) and self.asked.style_strength not in (0.0, 1.0)

    def _guided(self, log_p: Tensor) -> Tensor:
        """(batch, 158) of the variants that :meth:`_variants` made."""
        rows = list(log_p.unbind())
        extra = (1 if self._weighs else 0) + (1 if self._weighs_style else 0)
        others = rows[len(rows) - extra :]
        wished, *rest = rows[: len(rows) - extra]
        bare = rest[0] if rest else wished
        own = bare + self.strength * (wished - bare) if rest else wished
        if not extra:
            return own
        added = self.asked.picture_strength * (bare - others[0])
        if self._weighs_style:
            added = added + (self.asked.style_strength - 1.0) * (others[0] - others[1])
        return own + added.clamp(-_MOST, _MOST)
