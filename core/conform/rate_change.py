"""A cut that was taken to another frame rate, frame for frame: all that the cue knows goes faster or slower with it."""

from __future__ import annotations

from dataclasses import replace

from hitpoint.core.conform.pieces import TimeMap
from hitpoint.core.conform.shot_matching import matched
from hitpoint.core.cue.cue import Cue
from hitpoint.core.edit import Edit
from hitpoint.core.music.tempo import TempoMap, TempoPoint
from hitpoint.core.timebase import FrameRate


def at_rate_of(cue: Cue, new_edit: Edit) -> tuple[Cue, TimeMap]:
    """The cue at the rate that its edit has now, and how its times lead to those of the new edit.

    Where the rates differ, sources are compared by seconds and by frames, and what matches better is taken.
    """
    by_seconds = matched(cue.edit, new_edit)
    if cue.edit.rate == new_edit.rate:
        return cue, by_seconds
    other = at_rate(cue, new_edit.rate)
    by_frames = matched(other.edit, new_edit)
    return (other, by_frames) if _extent(by_frames) > _extent(by_seconds) else (cue, by_seconds)


def at_rate(cue: Cue, rate: FrameRate) -> Cue:
    """The cue as it would be had its edit the same frames at another rate: each beat on the frame where it was."""
    ratio = cue.edit.rate.frames_per_second / rate.frames_per_second
    shots = tuple(replace(shot, source_start=shot.source_start * ratio) for shot in cue.edit.shots)
    points = (TempoPoint(point.beat, point.seconds_per_beat * ratio) for point in cue.tempo.points)
    factor = float(ratio)
    return replace(
        cue,
        edit=replace(cue.edit, rate=rate, shots=shots),
        tempo=TempoMap(tuple(points), cue.tempo.beats_per_bar),
        moods=tuple(replace(span, start=span.start * factor, end=span.end * factor) for span in cue.moods),
        speech=tuple(replace(span, start=span.start * factor, end=span.end * factor) for span in cue.speech),
    )


def _extent(times: TimeMap) -> int:
    """Frames of both edits that belong together."""
    return sum(piece.new_end - piece.new_start + piece.old_end - piece.old_start for piece in times.pieces)
