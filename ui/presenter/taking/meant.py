"""Which steps are meant by a range of the timeline."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from hitpoint.core.cue.cue import Cue, steps_touching
from hitpoint.ui.presenter.stale import Span

if TYPE_CHECKING:
    from hitpoint.ui.presenter.desk import Desk


def steps_in(cue: Cue | None, span: Span | None) -> range:
    """The steps of which at least half lies in a range (seconds); of a range that holds no half, those it touches."""
    if cue is None or span is None:
        return range(0)
    start, end = map(Fraction, span)
    touching = steps_touching(cue, start, end)
    middles = {index: (cue.step_start(index) + cue.step_start(index + 1)) / 2 for index in touching}
    inside = [index for index, middle in middles.items() if start <= middle <= end]
    return range(inside[0], inside[-1] + 1) if inside else touching


def mark(desk: Desk, start: float, end: float) -> None:
    """Another range is marked, in seconds of the timeline; an empty one is none."""
    desk.marked = (start, end) if end > start else None
    desk.refresh()
