"""The visible picture, worked out on plain values: trimming, retiming and stacking of pieces.

A *layer* is a list of pieces in order of time, without overlap; where there is no piece there is a gap. Times are exact
seconds from the layer's own start. Nothing here knows OpenTimelineIO.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from fractions import Fraction
from itertools import pairwise

from hitpoint.bridge.otio.times import Span


class Rank(IntEnum):
    """How much of what lies below a piece it hides: a piece hides those of its own rank and lower ones.

    A title lets the picture below it through. An offline reference without a path is more often a title than a picture
    when it lies over a picture that has one.
    """

    GENERATED = 1
    OFFLINE = 2
    PICTURE = 3


@dataclass(frozen=True)
class MediaReference:
    """A media file as an edit refers to it.

    Attributes:
        url: path or address as written, or the pattern of an image sequence; empty if there is none.
        name: file name to look for and to show.
        available: the media's own range as the edit tells it, in seconds of its timecode; None if untold.
        is_sequence: whether ``url`` is a pattern with a number, such as ``shot.%05d.exr``.
        first_number: number of the first image of a sequence.
        images_per_second: rate of a sequence.
    """

    url: str
    name: str
    available: Span | None = None
    is_sequence: bool = False
    first_number: int = 0
    images_per_second: Fraction = Fraction(25)


@dataclass(frozen=True, eq=False)
class Content:
    """One use of a clip; two uses of the same media are different contents."""

    name: str
    rank: Rank
    reference: MediaReference | None = None


@dataclass(frozen=True)
class Piece:
    """A stretch of one clip that is seen: ``start`` to ``end`` of its layer shows the media from ``source_start`` on.

    ``speed`` is seconds of media per second of layer; 0 is a freeze frame, negative plays backwards.
    """

    start: Fraction
    end: Fraction
    content: Content
    source_start: Fraction = Fraction(0)
    speed: Fraction = Fraction(1)

    def source_at(self, time: Fraction) -> Fraction:
        """Media time shown at a time of the layer."""
        return self.source_start + (time - self.start) * self.speed


@dataclass(frozen=True)
class Mark:
    """A marker in seconds of its layer."""

    start: Fraction
    length: Fraction
    text: str
    color: str


@dataclass(frozen=True)
class Dissolve:
    """A transition between two pieces, in seconds of its layer."""

    start: Fraction
    end: Fraction
    name: str


@dataclass(frozen=True)
class Layer:
    """Pieces and marks of one item, track or stack, and how long it is; ``dissolves`` are those of a track itself."""

    length: Fraction
    pieces: tuple[Piece, ...] = ()
    marks: tuple[Mark, ...] = ()
    dissolves: tuple[Dissolve, ...] = ()


def between(piece: Piece, start: Fraction, end: Fraction) -> Piece:
    """The piece made to begin at ``start`` and to end at ``end``, inside or outside its bounds (into its handles)."""
    if start == piece.start and end == piece.end:
        return piece
    return replace(piece, start=start, end=end, source_start=piece.source_at(start))


def retimed(layer: Layer, span: Span, speed: Fraction) -> Layer:
    """The layer seen through a source range and a speed, as long as the range (OpenTimelineIO's rule).

    Speed 0 holds what is seen at the start of the range; a negative speed plays the range from its end.
    """
    if speed == 1 and span.start == 0 and span.duration == layer.length:
        return layer
    if speed == 0:
        return Layer(span.duration, tuple(_frozen(layer.pieces, span)))
    reach = span.duration * abs(speed)
    inside = [_clipped(piece, span.start, span.start + reach) for piece in layer.pieces]
    origin = span.start if speed > 0 else span.start + reach
    pieces = [_mapped(piece, origin, speed) for piece in inside if piece.start < piece.end]
    marks = [
        replace(mark, start=(mark.start - origin) / speed, length=mark.length / abs(speed)) for mark in layer.marks
    ]
    return Layer(
        span.duration,
        tuple(sorted(pieces, key=lambda piece: piece.start)),
        tuple(mark for mark in marks if 0 <= mark.start < span.duration),
    )


def in_sequence(layers: Sequence[Layer], shifts: Sequence[Fraction]) -> Layer:
    """Layers one after another, as on a track.

    Args:
        layers: in order.
        shifts: for each inner boundary, seconds by which the cut lies later than the end of the layer before it, as
            with an unequal dissolve; length ``len(layers) - 1``.
    """
    starts = [Fraction(0)]
    for layer in layers:
        starts.append(starts[-1] + layer.length)
    edges = _moved_edges(starts, shifts)
    pieces: list[Piece] = []
    marks: list[Mark] = []
    for place, layer in enumerate(layers):
        pieces += _placed(layer, starts[place], edges[place], edges[place + 1])
        marks += [replace(mark, start=mark.start + starts[place]) for mark in layer.marks]
    return Layer(starts[-1], tuple(pieces), tuple(marks))


def stacked(layers: Iterable[Layer]) -> Layer:
    """Layers over each other, the lowest first, as in a stack; as long as the longest."""
    seen: Sequence[Piece] = ()
    marks: list[Mark] = []
    length = Fraction(0)
    for layer in layers:
        seen = _over(seen, layer.pieces)
        marks += layer.marks
        length = max(length, layer.length)
    return Layer(length, tuple(seen), tuple(marks))


def touches_end(layer: Layer) -> bool:
    """Whether something is seen at the very end of a layer."""
    return bool(layer.pieces) and layer.pieces[-1].end == layer.length


def touches_start(layer: Layer) -> bool:
    """Whether something is seen at the very start of a layer."""
    return bool(layer.pieces) and layer.pieces[0].start == 0


def _frozen(pieces: Sequence[Piece], span: Span) -> Iterable[Piece]:
    for piece in pieces:
        if piece.start <= span.start < piece.end and span.duration > 0:
            yield Piece(Fraction(0), span.duration, piece.content, piece.source_at(span.start), Fraction(0))


def _clipped(piece: Piece, start: Fraction, end: Fraction) -> Piece:
    return between(piece, max(piece.start, start), max(min(piece.end, end), max(piece.start, start)))


def _mapped(piece: Piece, origin: Fraction, speed: Fraction) -> Piece:
    first, last = (piece.start, piece.end) if speed > 0 else (piece.end, piece.start)
    return Piece(
        (first - origin) / speed,
        (last - origin) / speed,
        piece.content,
        piece.source_at(first),
        piece.speed * speed,
    )


def _moved_edges(starts: Sequence[Fraction], shifts: Sequence[Fraction]) -> list[Fraction]:
    edges = [starts[0]]
    for place, shift in enumerate(shifts, start=1):
        moved = min(max(starts[place] + shift, starts[place - 1]), starts[place + 1])
        edges.append(max(moved, edges[-1]))
    return [*edges, starts[-1]] if len(starts) > 1 else edges


def _placed(layer: Layer, offset: Fraction, start: Fraction, end: Fraction) -> list[Piece]:
    """Pieces of a layer on its track, the outer ones made to meet the edges if they met those of the layer."""
    placed = []
    for piece in layer.pieces:
        moved = replace(piece, start=piece.start + offset, end=piece.end + offset)
        first = start if piece.start == 0 else max(moved.start, start)
        last = end if piece.end == layer.length else min(moved.end, end)
        if first < last:
            placed.append(between(moved, first, last))
    return placed


def _over(below: Sequence[Piece], above: Sequence[Piece]) -> Sequence[Piece]:
    """Two layers seen through each other; ``above`` wins unless its rank is the lower one."""
    if not below or not above:
        return above or below
    times = sorted({time for piece in (*below, *above) for time in (piece.start, piece.end)})
    shown: list[Piece] = []
    last: Piece | None = None
    low = high = 0
    for start, end in pairwise(times):
        low = _past(below, low, start)
        high = _past(above, high, start)
        seen = _winner(_at(below, low, start), _at(above, high, start))
        if seen is not None and seen is last and shown[-1].end == start:
            shown[-1] = replace(shown[-1], end=end)
        elif seen is not None:
            shown.append(between(seen, start, end))
        last = seen
    return shown


def _past(pieces: Sequence[Piece], place: int, time: Fraction) -> int:
    while place < len(pieces) and pieces[place].end <= time:
        place += 1
    return place


def _at(pieces: Sequence[Piece], place: int, time: Fraction) -> Piece | None:
    return pieces[place] if place < len(pieces) and pieces[place].start <= time else None


def _winner(below: Piece | None, above: Piece | None) -> Piece | None:
    if below is None or above is None:
        return above or below
    return above if above.content.rank >= below.content.rank else below
