"""Stretches of other styles go with their shots to a new cut."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hitpoint.core.conform.pieces import TimeMap
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.styling import StyleSpan, laid


def carried_styling(old: Cue, new: Cue, times: TimeMap) -> tuple[tuple[StyleSpan, ...], tuple[str, ...]]:
    """The stretches under the new cue, and a line for each that was lost.

    A stretch reaches from the first to the last of what is left of its picture, new material between included; one that
    began or ended with the music still does, and stretches that followed each other without a gap still do.

    Args:
        old: as it was.
        new: the new edit's cue, its range known.
        times: how the edits belong together.
    """
    found: list[StyleSpan] = []
    lost: list[str] = []
    for place, span in enumerate(old.styling):
        edges = _edges(span, old, new, times)
        if edges is None:
            start, end = (float(old.edit.rate.seconds(frame)) for frame in (span.start_frame, span.end_frame))
            lost.append(f"style {'>'.join(span.names)} {start:.3f}-{end:.3f} s is lost: its picture is gone")
            continue
        follows = place > 0 and old.styling[place - 1].end_frame == span.start_frame
        if follows and found and found[-1].start_frame < edges[0]:
            found[-1] = replace(found[-1], end_frame=edges[0])
        found.append(replace(span, start_frame=edges[0], end_frame=edges[1]))
    return laid((), found), tuple(lost)


def _edges(span: StyleSpan, old: Cue, new: Cue, times: TimeMap) -> tuple[int, int] | None:
    """First frame of a stretch in the new edit and first frame after it; None if nothing of it is left."""
    rate = old.edit.rate
    start, end = Fraction(rate.seconds(span.start_frame)), Fraction(rate.seconds(span.end_frame))
    links = list(times.pieces_of_old(start, end))
    if not links:
        return None
    first = new.edit.rate.nearest_frame(min(link.new_start for link in links))
    last = new.edit.rate.nearest_frame(max(link.new_end for link in links))
    first = new.start_frame if span.start_frame <= old.start_frame else max(first, new.start_frame)
    last = new.end_frame if span.end_frame >= old.end_frame else min(last, new.end_frame)
    return (first, last) if first < last else None
