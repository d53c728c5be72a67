"""Which ensemble plays where in a cue: stretches in another style, and stretches that pass from one style to another.

A cue has one style; over stretches of it another ensemble plays, or two of which one gives way to the other. How far
that has gone is a share: 0 is all of the first, 1 all of the second. What a share sounds like, part by part, the
arranger knows (:mod:`hitpoint.core.arrange.crossing`).

>>> [round(share_of("ease", at / 4), 3) for at in range(5)]
[0.0, 0.156, 0.5, 0.844, 1.0]
>>> [round(share_of("late", at / 4), 3) for at in range(5)]
[0.0, 0.016, 0.125, 0.422, 1.0]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

CURVES = ("linear", "ease", "late")
_HALF = 0.5  # share from which the second ensemble is the one that leads


@dataclass(frozen=True)
class StyleSpan:
    """A stretch of the timeline that is played by an ensemble of its own, or passes from one to another.

    Attributes:
        start_frame: first timeline frame of it.
        end_frame: first frame after it.
        style: the ensemble; the first of two.
        other: the second; empty where there is one only.
        first: share of the second at the start, 0..1.
        last: share of the second at the end, 0..1.
        curve: by which it goes from the one share to the other, one of :data:`CURVES`.
    """

    start_frame: int
    end_frame: int
    style: str
    other: str = ""
    first: float = 0.0
    last: float = 1.0
    curve: str = "linear"

    def __post_init__(self) -> None:
        if not (self.start_frame < self.end_frame and self.style and self.curve in CURVES):
            raise ValueError(f"{self} is no stretch of a style")
        if not (0.0 <= self.first <= 1.0 and 0.0 <= self.last <= 1.0):
            raise ValueError("shares lie between 0 and 1")

    @property
    def is_crossing(self) -> bool:
        """Whether two ensembles play in it."""
        return bool(self.other) and self.other != self.style

    @property
    def names(self) -> tuple[str, ...]:
        """The ensembles that play in it."""
        return (self.style, self.other) if self.is_crossing else (self.style,)

    def share_at(self, frame: float) -> float:
        """The second ensemble's share at a frame of the timeline, 0..1."""
        if not self.is_crossing:
            return 0.0
        at = (frame - self.start_frame) / (self.end_frame - self.start_frame)
        return self.first + (self.last - self.first) * share_of(self.curve, min(max(at, 0.0), 1.0))


def share_of(curve: str, at: float) -> float:
    """How far a curve has gone, 0..1, when ``at`` of its time, 0..1, has passed."""
    if curve == "ease":
        return at * at * (3.0 - 2.0 * at)
    return at**3 if curve == "late" else at


def laid(spans: Iterable[StyleSpan], wishes: Iterable[StyleSpan]) -> tuple[StyleSpan, ...]:
    """The stretches with wishes laid over them, in order of time; a later wish wins over an earlier one."""
    found = list(spans)
    for wish in wishes:
        before = [_cut(span, span.start_frame, min(span.end_frame, wish.start_frame)) for span in found]
        after = [_cut(span, max(span.start_frame, wish.end_frame), span.end_frame) for span in found]
        found = [one for one in (*before, wish, *after) if one is not None]
    return tuple(sorted(found, key=lambda span: span.start_frame))


def span_at(spans: Sequence[StyleSpan], frame: float) -> StyleSpan | None:
    """The stretch that a frame of the timeline lies in; None where the cue's own style plays."""
    return next((span for span in spans if span.start_frame <= frame < span.end_frame), None)


def leading_style(spans: Sequence[StyleSpan], frame: float, own: str) -> str:
    """The ensemble that leads at a frame: the one with more than half of the share."""
    span = span_at(spans, frame)
    if span is None:
        return own
    return span.other if span.is_crossing and span.share_at(frame) >= _HALF else span.style


def shares_at(spans: Sequence[StyleSpan], frame: float, own: str) -> dict[str, float]:
    """The share of each ensemble that plays at a frame, 0..1, rounded to a thousandth."""
    span = span_at(spans, frame)
    if span is None or not span.is_crossing:
        return {own if span is None else span.style: 1.0}
    other = round(span.share_at(frame), 3)
    return {span.style: round(1.0 - other, 3), span.other: other}


def style_names_of(spans: Sequence[StyleSpan], own: str) -> tuple[str, ...]:
    """The cue's own style, and the others that play in it, each once, in order."""
    return tuple(dict.fromkeys((own, *(name for span in spans for name in span.names))))


def with_style_changed(spans: Sequence[StyleSpan], old: str, new: str) -> tuple[StyleSpan, ...]:
    """The stretches with one ensemble instead of another."""
    return tuple(
        replace(span, style=new if span.style == old else span.style, other=new if span.other == old else span.other)
        for span in spans
    )


def _cut(span: StyleSpan, start: int, end: int) -> StyleSpan | None:
    """What is left of a stretch between two frames; None if nothing is."""
    if start >= end:
        return None
    if (start, end) == (span.start_frame, span.end_frame) or not span.is_crossing:
        return replace(span, start_frame=start, end_frame=end)
    return replace(span, start_frame=start, end_frame=end, first=span.share_at(start), last=span.share_at(end))
