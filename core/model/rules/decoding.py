"""From logits to a chord: the options of sampling, the order of the rules, and the draw.

Everything is float64 on the CPU and each draw uses one number of the generator, so a seed gives the same chords
wherever the logits are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import OptionError
from hitpoint.core.model.vocabulary import CHORDS

FORBIDDEN = -np.inf  # the logit of what may not be

Logits = NDArray[np.float64]


@dataclass(frozen=True)
class DecodingOptions:
    """The freedom with which a chord is drawn.

    Attributes:
        temperature: 0..4; 1 is the model's own, less is safer, 0 always takes the likeliest.
        top_p: 0..1 (0 excluded); only the likeliest chords that together have this share are drawn from.
        top_k: at most so many chords are drawn from; 0 sets no bound.
    """

    temperature: float = 1.0
    top_p: float = 0.95
    top_k: int = 0

    def __post_init__(self) -> None:
        if not 0.0 <= self.temperature <= 4.0:
            raise OptionError(f"temperature lies between 0 and 4, not {self.temperature}")
        if not 0.0 < self.top_p <= 1.0:
            raise OptionError(f"top_p lies above 0 and up to 1, not {self.top_p}")
        if self.top_k < 0:
            raise OptionError(f"top_k is 0 or more, not {self.top_k}")


class Rule(Protocol):
    """A musical wish about the next chord."""

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """New logits (157,), given those of the model and the chords so far: ``len(tokens)`` is the row composed."""


def apply_rules(logits: Logits, tokens: Sequence[int], rules: Sequence[Rule]) -> Logits:
    """The logits of the 157 chords after all rules; END and PAD are gone.

    An earlier rule outranks a later one: a rule that would leave no chord at all is not heard at this row.
    """
    heard = np.asarray(logits, np.float64)[:CHORDS]
    for rule in rules:
        wished = rule.apply(heard, tokens)
        if np.isfinite(wished).any():
            heard = wished
    return heard


def draw(logits: Logits, options: DecodingOptions, chance: float) -> int:
    """The token that ``chance`` (0..1, 1 excluded) falls on.

    Tokens are lined up from likely to unlikely (equal ones by number), cut by ``top_k`` and ``top_p``, and the
    chance is a point along their probabilities.
    """
    order = np.argsort(-logits, kind="stable")
    order = order[np.isfinite(logits[order])]
    if options.temperature == 0.0 or len(order) == 1:
        return int(order[0])
    if options.top_k:
        order = order[: options.top_k]
    shares = _softmax(logits[order] / options.temperature)
    reached = np.cumsum(shares)
    kept = min(int(np.searchsorted(reached, options.top_p)) + 1, len(order))
    index = int(np.searchsorted(reached[:kept], chance * reached[kept - 1], side="right"))
    return int(order[min(index, kept - 1)])


def _softmax(logits: Logits) -> Logits:
    raised: Logits = np.exp(logits - logits.max())
    shares: Logits = raised / raised.sum()
    return shares
