"""Which shots of a new edit were in the old one, and which part of them.

Three sweeps. First the heaviest common subsequence of shots that show the same source, weighed by how much of it: that
is the edit as it still stands in line. Then what is left over is matched inside the gaps of that line: the other part
of a shot that was split, the second of two that became one. Last, what is left over anywhere: shots that were moved. No
frame of either edit belongs to two pieces, so that of a shot that now stands twice one is new.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.conform.alignment import heaviest_common, heaviest_rising
from hitpoint.core.conform.left_over import Overlap, Pool, bounds_of, remains, shared
from hitpoint.core.conform.pieces import Piece, TimeMap
from hitpoint.core.conform.sources import Identity, Source, sources_of
from hitpoint.core.edit import Edit, Shot

_EXACT = 1.05  # what a shot that is whole is worth more
_STILL = 0.5  # what a gap is worth of a picture as long
_LEAST_SLIPPED = Fraction(1, 2)  # of a shot, that must still be seen for it to count as slipped


def matched(old: Edit, new: Edit) -> TimeMap:
    """How the times of an old edit lead to those of a new one; sources are compared by seconds."""
    before, after = sources_of(old, new), sources_of(new, old)
    line = _in_line(old, new, before, after)
    overlaps = [_overlap(before, after, *pair) for pair in line]
    overlaps += _left_over(old, new, before, after, overlaps)
    pieces = [_piece(old, new, before, after, overlap) for overlap in overlaps]
    whole = _without_crossings([piece for piece in pieces if piece is not None])
    return TimeMap(_with_order(whole), old.rate, new.rate)


def _in_line(old: Edit, new: Edit, before: tuple[Source, ...], after: tuple[Source, ...]) -> list[tuple[int, int]]:
    """Pairs of shots in the order of both edits, the same beginning and end first."""
    head = _common(old, new, before, after)
    rest = min(len(before), len(after)) - head
    tail = _common(old, new, before[::-1], after[::-1], rest)
    middle_old, middle_new = before[head : len(before) - tail], after[head : len(after) - tail]
    weigh = _Weights.of(middle_old, middle_new, float(max(old.rate.seconds(1), new.rate.seconds(1))) / 2)
    pairs = heaviest_common(len(middle_old), len(middle_new), weigh.row)
    return [
        *((index, index) for index in range(head)),
        *((row + head, column + head) for row, column in pairs),
        *((len(before) - index, len(after) - index) for index in range(tail, 0, -1)),
    ]


def _common(
    old: Edit, new: Edit, before: tuple[Source, ...], after: tuple[Source, ...], most: int | None = None
) -> int:
    """How many shots are the same from the beginning on."""
    limit = min(len(before), len(after)) if most is None else most
    count = 0
    while count < limit and before[count] == after[count]:
        count += 1
    return count


@dataclass(frozen=True, eq=False)
class _Weights:
    """What each pair of shots is worth: seconds that both show."""

    rows: tuple[Source, ...]
    numbers: dict[Identity, int]
    identities: NDArray[np.int64]
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    speeds: NDArray[np.float64]
    least: float

    @classmethod
    def of(cls, rows: tuple[Source, ...], columns: tuple[Source, ...], least: float) -> _Weights:
        """For old shots (rows) against new ones (columns); ``least`` seconds must be shared."""
        numbers: dict[Identity, int] = {}
        for source in (*rows, *columns):
            numbers.setdefault(source.identity, len(numbers))
        return cls(
            rows,
            numbers,
            np.array([numbers[source.identity] for source in columns], np.int64),
            np.array([float(source.start) for source in columns]),
            np.array([float(source.end) for source in columns]),
            np.array([float(source.speed) for source in columns]),
            least,
        )

    def row(self, row: int) -> NDArray[np.float64]:
        """(columns,) what pairs with one old shot are worth; 0 where nothing is shared."""
        source = self.rows[row]
        start, end = float(source.start), float(source.end)
        shared = (np.minimum(self.ends, end) - np.maximum(self.starts, start)) / self.speeds
        shared[(self.identities != self.numbers[source.identity]) | (shared <= self.least)] = 0.0
        shared[(self.starts == start) & (self.ends == end)] *= _EXACT
        return shared * _STILL if source.identity == ("gap",) else shared


def _overlap(before: tuple[Source, ...], after: tuple[Source, ...], old_shot: int, new_shot: int) -> Overlap:
    start = max(before[old_shot].start, after[new_shot].start)
    return Overlap(old_shot, new_shot, start, min(before[old_shot].end, after[new_shot].end))


def _left_over(
    old: Edit, new: Edit, before: tuple[Source, ...], after: tuple[Source, ...], found: list[Overlap]
) -> list[Overlap]:
    """What else is shared when some pairs are settled: first what stands in line with them, then what was moved."""
    frame = max(old.rate.seconds(1), new.rate.seconds(1))
    bounds = bounds_of([(one.old_shot, one.new_shot) for one in found], len(before))
    olds = remains(before, [(one.old_shot, one.start, one.end) for one in found], frame)
    news = remains(after, [(one.new_shot, one.start, one.end) for one in found], frame)
    extra: list[Overlap] = []
    for identity, rests in news.items():
        if identity != ("gap",) and identity in olds:
            extra += shared(rests, Pool(olds[identity], before, bounds), after, frame)
    return extra


def _piece(
    old: Edit, new: Edit, before: tuple[Source, ...], after: tuple[Source, ...], overlap: Overlap
) -> Piece | None:
    """An overlap on frames; None where no frame of it is left."""
    a, b = old.shots[overlap.old_shot], new.shots[overlap.new_shot]
    mine, theirs = before[overlap.old_shot], after[overlap.new_shot]
    if _is_slipped(old, new, a, b, mine, theirs, overlap):
        slip = old.rate.nearest_frame(mine.offset_of(overlap.start) - theirs.offset_of(overlap.start))
        return Piece(overlap.old_shot, overlap.new_shot, a.start, a.end, b.start, b.end, slip=-slip)
    old_edges = sorted(_frame(old, a, mine, moment) for moment in (overlap.start, overlap.end))
    new_edges = sorted(_frame(new, b, theirs, moment) for moment in (overlap.start, overlap.end))
    if old.rate == new.rate and mine.speed == theirs.speed:
        length = min(old_edges[1] - old_edges[0], new_edges[1] - new_edges[0])
        old_edges[1], new_edges[1] = old_edges[0] + length, new_edges[0] + length
    if old_edges[0] >= old_edges[1] or new_edges[0] >= new_edges[1]:
        return None
    return Piece(overlap.old_shot, overlap.new_shot, old_edges[0], old_edges[1], new_edges[0], new_edges[1])


def _is_slipped(old: Edit, new: Edit, a: Shot, b: Shot, mine: Source, theirs: Source, overlap: Overlap) -> bool:
    """Whether the shot is as long as before and shows another part of the same: cuts and music stay as they are."""
    is_as_long = old.rate == new.rate and a.end - a.start == b.end - b.start and mine.speed == theirs.speed
    is_other = mine.start != theirs.start
    return is_as_long and is_other and overlap.end - overlap.start >= _LEAST_SLIPPED * (mine.end - mine.start)


def _frame(edit: Edit, shot: Shot, source: Source, moment: Fraction) -> int:
    return min(max(shot.start + edit.rate.nearest_frame(source.offset_of(moment)), shot.start), shot.end)


def _without_crossings(pieces: list[Piece]) -> list[Piece]:
    """The pieces in order of the new timeline.

    Where rounding makes two of them share a frame, the first has it.
    """
    for of_old in (True, False):
        ordered = sorted(pieces, key=lambda p: (p.old_start, p.old_end) if of_old else (p.new_start, p.new_end))
        pieces, last = [], 0
        for piece in ordered:
            start, end = (piece.old_start, piece.old_end) if of_old else (piece.new_start, piece.new_end)
            shift = max(last - start, 0)
            if shift >= min(piece.old_end - piece.old_start, piece.new_end - piece.new_start):
                continue
            if shift:
                piece = replace(piece, old_start=piece.old_start + shift, new_start=piece.new_start + shift)
            pieces.append(piece)
            last = end
    return pieces


def _with_order(pieces: list[Piece]) -> tuple[Piece, ...]:
    """The pieces, each with whether it stands in line: in the heaviest chain that rises on both timelines."""
    lengths = [float(piece.new_end - piece.new_start) for piece in pieces]
    chain = heaviest_rising([piece.old_start for piece in pieces], lengths)
    return tuple(replace(piece, in_order=place in chain) for place, piece in enumerate(pieces))
