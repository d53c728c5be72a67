"""Stretches of music that are older than a wish, as far as this window has seen them grow old; the steps of a stretch.

No Qt.
"""

from __future__ import annotations

from fractions import Fraction

from hitpoint.core.cue.cue import Cue, steps_touching

Span = tuple[float, float]  # seconds of the timeline
_MOST = 200  # states of cues that are remembered, the newest


class Stale:
    """Remembers for each state of a cue which of its stretches are old, so that an undo brings that back too."""

    def __init__(self) -> None:
        self._known: list[tuple[Cue, tuple[Span, ...]]] = []

    def of(self, cue: Cue | None) -> tuple[Span, ...]:
        """The stretches of a cue that are old, in order of time."""
        return next((spans for known, spans in self._known if known is cue), ())

    def put(self, cue: Cue, spans: tuple[Span, ...]) -> None:
        """These stretches of a cue are old, and no others."""
        others = [one for one in self._known if one[0] is not cue]
        self._known = [*others, *([(cue, spans)] if spans else [])][-_MOST:]

    def inherit(self, cue: Cue, before: Cue | None) -> None:
        """What was old before a change is old after it, as far as the cue reaches, unless it lies in another cut."""
        spans = self.of(before)
        if spans and before is not None and not self.of(cue) and cue.edit.has_cut_of(before.edit):
            start, end = float(cue.start), float(cue.start + cue.seconds)
            inside = ((max(a, start), min(b, end)) for a, b in spans)
            self.put(cue, tuple((a, b) for a, b in inside if b > a))

    def forget(self) -> None:
        """Another edit is open."""
        self._known.clear()


def with_span(spans: tuple[Span, ...], start: float, end: float) -> tuple[Span, ...]:
    """Stretches and one more; those that meet are one."""
    meeting = [one for one in spans if one[0] <= end and start <= one[1]]
    whole = min([start, *(one[0] for one in meeting)]), max([end, *(one[1] for one in meeting)])
    return tuple(sorted([*(one for one in spans if one not in meeting), whole]))


def without_span(spans: tuple[Span, ...], start: float, end: float, least: float) -> tuple[Span, ...]:
    """Stretches without what lies inside another; what is left of one counts if it is longer than ``least`` seconds."""
    left = [piece for a, b in spans for piece in ((a, min(b, start)), (max(a, end), b))]
    return tuple((a, b) for a, b in left if b - a > least)


def steps_in(cue: Cue | None, span: Span | None) -> range:
    """The steps of which at least half lies in a range (seconds); of a range that holds no half, those it touches."""
    if cue is None or span is None:
        return range(0)
    start, end = map(Fraction, span)
    touching = steps_touching(cue, start, end)
    middles = {index: (cue.step_start(index) + cue.step_start(index + 1)) / 2 for index in touching}
    inside = [index for index, middle in middles.items() if start <= middle <= end]
    return range(inside[0], inside[-1] + 1) if inside else touching
