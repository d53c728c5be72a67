"""Looking ahead: a model that sees only the past is led towards the chords that are already fixed.

Let ``k`` be the next locked chord, ``n`` rows away, and ``B`` the chance that one chord follows another within a
second. A free chord ``c`` is then as good a way to ``k`` as ``beta(c) = (B^n)[c, k]`` says, and the model's
probabilities are multiplied by ``beta ** strength``. If ``B`` were the model itself, that would be exactly the model
given the lock (Pachet & Roy's Markov constraints; the tractable look-ahead of GeLaTo and of twisted sampling, Lew et
al. 2023).

``B`` comes from counts of MuVi-Sync's training split, holds included. A pair seldom met there leans on the same pair of
qualities and interval on any root, and that on how common the second chord is, so that no chord is out of reach.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import CheckpointError
from hitpoint.core.model.rules.decoding import Logits
from hitpoint.core.model.vocabulary import CHORDS, QUALITIES

HORIZON = 32  # rows; farther away, the chains have long forgotten where they began
WORST = -4.0  # no chord loses more: a rare lock, most often met after itself, must not pull its neighbours to itself

_OWN_STRENGTH = 20.0  # counts that the pair on any root is worth
_SHARED_STRENGTH = 50.0  # counts that the frequency of the second chord is worth
_RARE = 0.05  # added to the count of each chord

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class ApproachLocks:
    """Chords from which it is natural to reach the next locked one come easier; it forbids nothing.

    Attributes:
        locks: row -> token.
        strength: 0 has no effect, 1 is right for a model that does not see the locks itself.
    """

    locks: Mapping[int, int]
    strength: float = 1.0

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Weigh each chord by the ways that lead from it to the next lock."""
        message = self._messages.get(len(tokens))
        return logits if message is None else logits + self.strength * message

    @cached_property
    def _messages(self) -> dict[int, Reals]:
        return backward_messages(self.locks, transitions())


@dataclass(frozen=True)
class LeaveForHits:
    """Before a locked chord that stands on a hit comes another chord: otherwise the harmony could not change there.

    Attributes:
        locks: row -> token.
        hits: rows that start on a hit.
        strength: logits that the locked chord loses in the row before it, as ``ChangeOnHits`` takes them on a hit.
    """

    locks: Mapping[int, int]
    hits: Collection[int]
    strength: float = 6.0

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Make the next row's locked chord less likely if that row is a hit."""
        after = len(tokens) + 1
        if after not in self.hits or after not in self.locks:
            return logits
        changed = logits.copy()
        changed[self.locks[after]] -= self.strength
        return changed


def backward_messages(locks: Mapping[int, int], matrix: Reals) -> dict[int, Reals]:
    """For each free row at most :data:`HORIZON` before a lock: (157,) log chance to reach it from each chord.

    The best chord has 0, since only differences matter, and the worst no less than :data:`WORST`.
    """
    messages = {}
    for place, token in locks.items():
        beta: Reals = np.zeros(CHORDS)
        beta[token] = 1.0
        for row in range(place - 1, max(place - HORIZON, 0) - 1, -1):
            if row in locks:
                break
            beta = matrix @ beta
            beta /= beta.max()
            messages[row] = np.maximum(np.log(beta), WORST)
    return messages


@lru_cache(maxsize=1)
def transitions() -> Reals:
    """(157, 157) chance that the row's chord is followed by the column's a second later; rows sum to 1.

    Raises:
        CheckpointError: if this installation has no counts.
    """
    return smoothed(read_counts(Path(str(resources.files("hitpoint.resources") / "checkpoints" / "bigram.npz"))))


def read_counts(path: Path) -> Reals:
    """(157, 157) counts from a file.

    Raises:
        CheckpointError: if it is missing or damaged.
    """
    try:
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
            counts = np.asarray(file["counts"], np.float64)
    except (OSError, EOFError, ValueError, KeyError, BadZipFile) as error:
        raise CheckpointError(f"{path}: the counts of chords cannot be read ({error}); install again") from None
    if counts.shape != (CHORDS, CHORDS) or not np.isfinite(counts).all() or counts.min() < 0:
        raise CheckpointError(f"{path}: holds no counts of {CHORDS} chords; install again")
    return counts


def smoothed(counts: Reals) -> Reals:
    """Chances from counts, none of them 0 (see the module's docstring)."""
    common = counts.sum(axis=0) + _RARE
    common /= common.sum()
    shared = _on_any_root(counts) + _SHARED_STRENGTH * common
    shared /= shared.sum(axis=1, keepdims=True)
    own = counts + _OWN_STRENGTH * shared
    chances: Reals = own / own.sum(axis=1, keepdims=True)
    return chances


def _on_any_root(counts: Reals) -> Reals:
    """Counts in which each pair of chords has those of the same pair on all twelve roots, "N" included."""
    size = len(QUALITIES)
    pairs = counts[1:, 1:].reshape(12, size, 12, size)
    turned = np.stack([np.roll(pairs[root], -root, axis=1) for root in range(12)]).sum(axis=0)  # (from, interval, to)
    result = counts.copy()
    result[1:, 1:] = np.stack([np.roll(turned, root, axis=1) for root in range(12)]).reshape(12 * size, 12 * size)
    result[0, 1:] = np.tile(counts[0, 1:].reshape(12, size).sum(axis=0), 12)
    result[1:, 0] = np.tile(counts[1:, 0].reshape(12, size).sum(axis=0), 12)
    return result
