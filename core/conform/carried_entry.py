"""Where a cue that is only proposed goes when the cut changes: with its shots, as composed ones do."""

from __future__ import annotations

from dataclasses import replace

from hitpoint.core.conform.pieces import TimeMap
from hitpoint.core.cue.film.cue_list import CueEntry
from hitpoint.core.edit import Edit


def carried_entry(entry: CueEntry, old: Edit, new: Edit, times: TimeMap) -> CueEntry | None:
    """The entry on another cut; None if none of its shots is left.

    Args:
        entry: a range of the old cut.
        old: the cut it was for.
        new: the cut it goes to.
        times: from one to the other, by :func:`~hitpoint.core.conform.shot_matching.matched`.
    """
    links = times.pieces_of_old(old.rate.seconds(entry.start_frame), old.rate.seconds(entry.end_frame))
    if not links:
        return None
    first = 0 if entry.start_frame == 0 else new.rate.nearest_frame(min(link.new_start for link in links))
    last = new.frames if entry.end_frame >= old.frames else new.rate.nearest_frame(max(link.new_end for link in links))
    first = min(max(first, 0), new.frames - 1)
    return replace(entry, start_frame=first, end_frame=min(max(last, first + 1), new.frames))
