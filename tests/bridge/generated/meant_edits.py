"""Small edits as an editor means them, and what must be seen of them, worked out without any reader.

A format's test writes a :class:`Meant` in its own words and compares what is read with :func:`seen`.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from hypothesis import strategies as st

RATES = tuple(Fraction(rate) for rate in (24, 25, 30, 50, 60)) + tuple(
    Fraction(rate * 1000, 1001) for rate in (24, 30, 60)
)
SPEEDS = (Fraction(1), Fraction(1), Fraction(2), Fraction(1, 2), Fraction(-1), Fraction(-2), Fraction(0))
MEDIA_FRAMES = 20_000


@dataclass(frozen=True)
class Piece:
    """One item of the main track, in frames of the edit.

    ``source`` is the frame of the media seen first. ``mix`` frames of dissolve lead to the next piece and begin
    ``lead`` frames before the edit point. A nested piece holds clips of its own, seen from its frame ``source`` on.
    """

    name: str
    length: int
    source: int = 0
    speed: Fraction = Fraction(1)
    kind: str = "clip"
    mix: int = 0
    lead: int = 0
    fade_in: int = 0
    fade_out: int = 0
    inside: tuple[Piece, ...] = ()

    @property
    def is_picture(self) -> bool:
        return self.kind in ("clip", "nested")


@dataclass(frozen=True)
class Meant:
    """An edit: rate, timecode of its first frame, and its pieces one after another."""

    rate: Fraction
    start: int
    pieces: tuple[Piece, ...]

    @property
    def edges(self) -> list[int]:
        found = [0]
        for piece in self.pieces:
            found.append(found[-1] + piece.length)
        return found


Seen = tuple[int, int, str, "Fraction | None", "Fraction | None"]  # start, end, name, source in seconds, speed


def seen(meant: Meant) -> list[Seen]:
    """The shots: gaps have no name, and one at the end is not seen."""
    found: list[Seen] = []
    for number, piece in enumerate(meant.pieces):
        start, end = _cut(meant, number), _cut(meant, number + 1)
        if not piece.is_picture:
            if found and found[-1][2] == "":
                found[-1] = (found[-1][0], end, "", None, None)
            else:
                found.append((start, end, "", None, None))
        elif piece.kind == "nested":
            found += _nested(meant, piece, start, end, meant.edges[number])
        else:
            source = piece.source + (start - meant.edges[number]) * piece.speed
            found.append((start, end, piece.name, source / meant.rate, piece.speed))
    while found and not found[-1][2]:
        found.pop()
    return found


def _cut(meant: Meant, boundary: int) -> int:
    at = meant.edges[boundary]
    if not 0 < boundary < len(meant.pieces):
        return at
    before = meant.pieces[boundary - 1]
    return at - before.lead + before.mix // 2 if before.mix else at


def _nested(meant: Meant, piece: Piece, start: int, end: int, at: int) -> list[Seen]:
    found: list[Seen] = []
    inner = at - piece.source
    for each in piece.inside:
        first, last = max(start, inner), min(end, inner + each.length)
        if first < last:
            found.append((first, last, each.name, (each.source + first - inner) / meant.rate, Fraction(1)))
        inner += each.length
    return found


def read(edit) -> list[Seen]:
    """The shots of what was read, in the same words."""
    return [
        (shot.start, shot.end, shot.name, shot.source_start if shot.name else None, shot.speed if shot.name else None)
        for shot in edit.shots
    ]


@st.composite
def meant_edits(draw, *, nested: bool = True, speeds=SPEEDS, mixes: str = "any", rates=RATES) -> Meant:
    """Edits of one to eight pieces, at least one of them a picture.

    Args:
        draw: of hypothesis.
        nested: whether sequences may lie in the sequence.
        speeds: of clips.
        mixes: "any" for dissolves that begin anywhere around the edit point, "after" for those that begin at it.
        rates: to choose from.
    """
    kinds = ["clip", "clip", "clip", "gap", "off"] + ["nested"] * nested
    pieces = [_piece(draw, number, draw(st.sampled_from(kinds)), speeds) for number in range(draw(st.integers(1, 8)))]
    pieces.append(_piece(draw, len(pieces), "clip", speeds))
    pieces = [_joined(draw, pieces, number, mixes) for number in range(len(pieces))]
    start = draw(st.sampled_from([0, 1000, 86_400, 90_000]))
    return Meant(draw(st.sampled_from(rates)), start, tuple(pieces))


def _piece(draw, number: int, kind: str, speeds) -> Piece:
    length = draw(st.integers(40, 200))
    name = f"clip{number}.mov"
    if kind == "nested":
        inside = tuple(Piece(f"in{number}_{place}.mov", draw(st.integers(30, 120)), 500) for place in range(6))
        return Piece(f"nest{number}", min(length, 80), draw(st.integers(30, 60)), kind=kind, inside=inside)
    source = 2 * draw(st.integers(1000, 4000))
    return Piece(name, length, source, draw(st.sampled_from(speeds)) if kind == "clip" else Fraction(1), kind)


def _joined(draw, pieces: list[Piece], number: int, mixes: str) -> Piece:
    """A piece with a dissolve to the next, where both are pictures, or with fades where they are not."""
    piece = pieces[number]
    after = pieces[number + 1] if number + 1 < len(pieces) else None
    before = pieces[number - 1] if number else None
    values = dict(piece.__dict__)
    if after is not None and piece.is_picture and after.is_picture:
        values["mix"] = draw(st.sampled_from([0, 0, 2, 10, 18]))
        values["lead"] = 0 if mixes == "after" else draw(st.integers(0, values["mix"]))
    elif piece.is_picture and (after is None or not after.is_picture):
        values["fade_out"] = draw(st.sampled_from([0, 8]))
    if piece.is_picture and (before is None or not before.is_picture):
        values["fade_in"] = draw(st.sampled_from([0, 8]))
    return Piece(**values)
