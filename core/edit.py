"""What we know of a cut, as plain values: the same whatever host it came from.

An :class:`Edit` is flat. Its shots say what the eye sees at each frame from 0 to its end, gaps included, so that
neighbouring shots meet at the cuts and nowhere else.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from pathlib import Path

from hitpoint.core.errors import OptionError
from hitpoint.core.timebase import FrameRate, parse_time


class ShotKind(Enum):
    """What is seen: a media file, nothing at all, or something the host draws itself."""

    PICTURE = "picture"
    GAP = "gap"
    GENERATED = "generated"


@dataclass(frozen=True)
class Shot:
    """What is seen between two cuts.

    Attributes:
        name: the clip's name in the host; empty for a gap.
        start: first timeline frame, counted from 0.
        end: first timeline frame after it; always greater than ``start``.
        kind: what is seen.
        media: the media file on this machine; None if missing, or if the shot has none.
        media_name: the file name the edit asks for, found or not; None if the shot has none.
        source_start: seconds into the media (from its first frame) that are shown at ``start``.
        speed: seconds of media per second of timeline; 0 is a freeze frame, negative plays backwards.
    """

    name: str
    start: int
    end: int
    kind: ShotKind = ShotKind.PICTURE
    media: Path | None = None
    media_name: str | None = None
    source_start: Fraction = Fraction(0)
    speed: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"shot {self.name!r} ends at {self.end}, before it starts at {self.start}")


@dataclass(frozen=True)
class Marker:
    """A mark the editor set: timeline frame, length in frames (at least 1), its text and colour name."""

    frame: int
    frames: int
    text: str
    color: str = ""


class OverlayKind(Enum):
    """What lies over cuts and shots without being one; the value is its name for the editor."""

    DISSOLVE = "dissolve"
    TITLE = "title"


@dataclass(frozen=True)
class Overlay:
    """A dissolve from one shot to the next, or a title over shots: timeline frames, end exclusive, and its name."""

    start: int
    end: int
    kind: OverlayKind
    name: str = ""


@dataclass(frozen=True)
class Edit:
    """One cut of one film, flattened to what is seen.

    Attributes:
        name: of the timeline, else of its file.
        path: the file it was read from.
        rate: exact frames a second.
        frames: length of the picture; the shots cover exactly ``0 .. frames``.
        shots: in order, without overlap or hole.
        markers: in order of time.
        start_timecode_frame: what the first frame is called, as a frame count; only for showing.
        drop_frame: whether timecode is shown drop-frame.
        host: "kdenlive", "resolve", "premiere", "movie" or "" when the file does not tell.
        missing: names of media that could not be found, each once, in order of use.
        warnings: sentences an editor should read, such as a speed that the host did not export.
        overlays: dissolves and titles, in order of time; only for showing, so that two edits that differ in them are
            equal.
    """

    name: str
    path: Path
    rate: FrameRate
    frames: int
    shots: tuple[Shot, ...]
    markers: tuple[Marker, ...] = ()
    start_timecode_frame: int = 0
    drop_frame: bool = False
    host: str = ""
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    overlays: tuple[Overlay, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        edges = [0, *(shot.end for shot in self.shots)]
        starts = [*(shot.start for shot in self.shots), self.frames]
        if edges != starts:
            raise ValueError("the shots of an edit cover it without overlap or hole")

    @property
    def seconds(self) -> Fraction:
        """Length of the picture."""
        return self.rate.seconds(self.frames)

    @property
    def cut_frames(self) -> tuple[int, ...]:
        """Frames at which one shot gives way to the next; the start and the end are no cuts."""
        return tuple(shot.start for shot in self.shots[1:])

    @property
    def cuts(self) -> tuple[Fraction, ...]:
        """The cuts in seconds from the start of the timeline."""
        return tuple(self.rate.seconds(frame) for frame in self.cut_frames)

    def has_cut_of(self, other: Edit) -> bool:
        """Whether music for the other edit fits this one: the same rate, length and cuts."""
        return (self.rate, self.frames, self.cut_frames) == (other.rate, other.frames, other.cut_frames)

    @property
    def media_files(self) -> tuple[Path, ...]:
        """Media found on this machine, each once, in order of use."""
        return tuple(dict.fromkeys(shot.media for shot in self.shots if shot.media is not None))


def written_stretch(edit: Edit, first: str, last: str, asked: str) -> tuple[int, int]:
    """First frame and first frame after the stretch between two times as an editor wrote them.

    Every option and file that names a stretch comes here, so that all take and refuse the same. A last second that is
    not whole may be written as a whole one.

    Args:
        edit: gives the times.
        first: seconds or timecode.
        last: likewise.
        asked: the option with its words, for messages.

    Raises:
        OptionError: if a time is none, the stretch ends before it begins, or it reaches past the end of the edit.
    """
    try:
        start, end = (parse_time(time, edit.rate, edit.start_timecode_frame) for time in (first, last))
    except OptionError as error:
        raise OptionError(f"{asked}: {error}") from None
    if edit.frames < end <= edit.rate.nearest_frame(Fraction(math.ceil(edit.seconds))):
        end = edit.frames
    if end > edit.frames:
        raise OptionError(
            f"{asked}: it reaches past the end of the edit, at {float(edit.seconds):.3f} s: take an earlier end"
        )
    if not 0 <= start < end:
        raise OptionError(f"{asked}: it is empty, or ends before it begins: write the earlier time first")
    return start, end
