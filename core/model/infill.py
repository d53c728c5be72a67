"""In what order a stretch is heard that is written among chords which stay: what follows it, what precedes it, then it.

A causal model remembers only what it has heard. Told the piece from its beginning it would fill a gap as if nothing
came after; told first what follows the gap, it fills it with that in its memory too, and copies a chorus from the next
one (filling in the middle, Bavarian et al. 2022, arXiv 2207.14255, in its order suffix, prefix, middle). The rows of
the picture, of locks and wishes are put in the same order, each with its own chord. The first rows after the gap are
shown once more behind it, as locks, so that the way out of it is seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ONWARD = 8  # rows after a stretch that are shown again behind it


@dataclass(frozen=True, eq=False)
class HearingOrder:
    """Rows of a piece in the order in which a model hears them.

    Attributes:
        rows: (n,) of the piece; those just after the stretch may stand there twice.
        start: place in ``rows`` where the stretch begins.
        stop: place after its end; ``rows[stop:]`` are those that follow, shown again.
    """

    rows: NDArray[np.int64]
    start: int
    stop: int


def hearing_order(total: int, span: range, longest: int, free: range | None = None) -> HearingOrder:
    """The order for a stretch of a piece of ``total`` rows, for a model that hears ``longest`` at most.

    If not all of the piece fits, what is near the stretch is heard, as much of it on either side if there is enough.

    Args:
        total: rows of the piece.
        span: shorter than ``longest`` by more than twice :data:`ONWARD`, unless nothing follows it.
        longest: rows.
        free: the whole of what is being written, of which ``span`` is the next part; None if it is all. The rest of it
            is not heard, for nothing stands there yet, but its first rows are shown.

    >>> hearing_order(10, range(4, 6), 300).rows.tolist()
    [6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    """
    known = span.stop if free is None else free.stop
    onward = min(ONWARD, total - span.stop)
    room = max(longest - len(span) - onward, 0)
    heard_before = min(span.start, max(room // 2, room - (total - known)))
    heard_after = min(total - known, room - heard_before)
    start = heard_after + heard_before
    parts = (
        np.arange(known, known + heard_after),
        np.arange(span.start - heard_before, span.stop),
        np.arange(span.stop, span.stop + onward),
    )
    return HearingOrder(np.concatenate(parts), start, start + len(span))
