"""What became of each shot, read from the pieces that two edits share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from hitpoint.core.conform.change_list import Fate, ShotChange, Span
from hitpoint.core.conform.pieces import Piece, TimeMap
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.timebase import FrameRate


def shot_changes(old: Edit, new: Edit, times: TimeMap) -> tuple[ShotChange, ...]:
    """The shots of the new edit in order, each old one told once, where its first part is; then those that are gone."""
    by_old: dict[int, list[Piece]] = defaultdict(list)
    by_new: dict[int, list[Piece]] = defaultdict(list)
    for piece in times.pieces:
        by_old[piece.old_shot].append(piece)
        by_new[piece.new_shot].append(piece)
    told: set[int] = set()
    found: list[ShotChange] = []
    for number, shot in enumerate(new.shots):
        if number not in by_new:
            found.append(ShotChange(_name(shot), (Fate.NEW,), None, (_span(new.rate, shot.start, shot.end),)))
        for piece in by_new.get(number, []):
            if piece.old_shot not in told:
                told.add(piece.old_shot)
                found.append(_change(old, new, piece.old_shot, by_old[piece.old_shot], by_new))
    gone = (shot for number, shot in enumerate(old.shots) if number not in by_old)
    removed = (ShotChange(_name(s), (Fate.REMOVED,), _span(old.rate, s.start, s.end), ()) for s in gone)
    return (*found, *removed)


def _change(old: Edit, new: Edit, number: int, pieces: Sequence[Piece], by_new: dict[int, list[Piece]]) -> ShotChange:
    shot = old.shots[number]
    fates = tuple(sorted(set(_fates(old, new, shot, pieces, by_new)), key=list(Fate).index)) or (Fate.KEPT,)
    spans = tuple(_span(new.rate, piece.new_start, piece.new_end) for piece in pieces)
    if fates in ((Fate.EXTENDED,), (Fate.EXTENDED, Fate.SLIPPED)):
        now = new.shots[pieces[0].new_shot]
        spans = (_span(new.rate, now.start, now.end),)
    return ShotChange(_name(shot), fates, _span(old.rate, shot.start, shot.end), spans)


def _fates(old: Edit, new: Edit, shot: Shot, pieces: Sequence[Piece], by_new: dict[int, list[Piece]]) -> Iterator[Fate]:
    partners = {piece.new_shot for piece in pieces}
    if not all(piece.in_order for piece in pieces):
        yield Fate.MOVED
    if sum(piece.old_end - piece.old_start for piece in pieces) < shot.end - shot.start:
        yield Fate.TRIMMED
    if any(_shows_more(new.shots[partner], by_new[partner]) for partner in partners):
        yield Fate.EXTENDED
    if any(piece.slip for piece in pieces):
        yield Fate.SLIPPED
    if len(partners) > 1:
        yield Fate.SPLIT
    if any(len({piece.old_shot for piece in by_new[partner]}) > 1 for partner in partners):
        yield Fate.MERGED
    if any(_is_retimed(old, new, piece) for piece in pieces):
        yield Fate.RETIMED


def _shows_more(shot: Shot, pieces: Sequence[Piece]) -> bool:
    return sum(piece.new_end - piece.new_start for piece in pieces) < shot.end - shot.start


def _is_retimed(old: Edit, new: Edit, piece: Piece) -> bool:
    """Whether a piece lasts longer or shorter than before, by more than the frames of two rates differ."""
    before = old.rate.seconds(piece.old_end - piece.old_start)
    after = new.rate.seconds(piece.new_end - piece.new_start)
    return abs(after - before) > old.rate.seconds(1) / 2 + new.rate.seconds(1) / 2


def _name(shot: Shot) -> str:
    return shot.name or shot.media_name or shot.kind.value


def _span(rate: FrameRate, start: int, end: int) -> Span:
    return Span(rate.seconds(start), rate.seconds(end))
