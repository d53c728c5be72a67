"""Looking ahead: a step also reads the next chords as they will probably be, and that is kept if they are so.

Reading the weights is most of a step, and costs the same for one place or for three. So a decoding of one take guesses
what will be drawn next - what followed the place most like the present - and has the network read that beside what was
drawn. If the guess was right, its answer is there already; if not, it is forgotten. Chords are drawn from the same
probabilities as without, with the same numbers (speculative decoding, Leviathan, Kalman & Matias 2023, arXiv
2211.17192; guesses from the text itself as in prompt lookup decoding). Two guesses in three are right, as chords hold
and songs repeat themselves: a piece takes half as many steps as it has chords.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

from hitpoint.core.model.networks.song_memory import RECENT_SHARE, SongMemory

GUESSES = 2  # beside each chord; more are seldom all right

Tokens = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Hearing:
    """The places that a decoding hears in one step: one after the other, all but the first of them guesses.

    Attributes:
        tokens: (places, takes) the chords.
        memories: after each of them.
        pairs: (features, takes * places, length) likeness of each place to all, 0 where it comes after the place.
    """

    tokens: Tokens
    memories: tuple[SongMemory, ...]
    pairs: Reals


@dataclass(frozen=True, eq=False)
class Answer:
    """What may follow if ``token`` was drawn: (variants, 1, outcomes) log-probabilities, and the memory after it."""

    token: int
    memory: SongMemory
    log_p: Tensor


def hearing(memory: SongMemory, tokens: Tokens, most: int) -> Hearing:
    """Have ``memory`` hear a chord of each take, (takes,), and copies of it up to ``most`` guessed ones of one take."""
    pairs = memory.hear(tokens)
    if len(tokens) > 1 or most < 1 or memory.length < 2:
        return Hearing(tokens[None], (memory,), pairs)
    heard, memories, found = [tokens], [memory], [pairs]
    for _ in range(most):
        heard.append(_likely_next(memories[-1], found[-1]))
        memories.append(memories[-1].chosen(np.zeros(1, np.int64)))
        found.append(memories[-1].hear(heard[-1]))
    together = np.zeros((len(pairs), len(found), memories[-1].length))
    for place, row in enumerate(found):
        together[:, place, : row.shape[2]] = row[:, 0]
    return Hearing(np.stack(heard), tuple(memories), together)


def _likely_next(memory: SongMemory, pairs: Reals) -> Tokens:
    """(1,) what followed the place whose last few seconds were most like the present ones; the latest of several."""
    earlier = pairs[RECENT_SHARE, 0, memory.length - 2 :: -1]
    place = memory.length - 2 - int(earlier.argmax())
    return memory.tokens[:, place + 1]
