"""The formats, what each keeps and how it is read: the tables behind ``hitpoint inspect`` and the README.

Measured or read as noted in the ``source`` column: "measured" with the host or adapter itself, "read" in genuine files,
"reported" by others.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class Way(Enum):
    """The way in which a file becomes an edit."""

    NATIVE = "read by Hitpoint itself"
    EXCHANGE = "read by Hitpoint itself, from an exchange format"
    PROJECT = "read by Hitpoint itself, from the host's own project"
    BUNDLE = "unpacked, then read by Hitpoint itself"
    ADAPTER = "read through an OpenTimelineIO adapter: pip install 'hitpoint[formats]'"
    MOVIE = "its cuts are detected"


@dataclass(frozen=True)
class Format:
    """One row: what survives when an edit travels in this format.

    Attributes:
        name: as editors call it.
        suffixes: file name endings, lower case.
        way: how it is read.
        audio_tracks, markers, transitions, start_timecode: whether each survives.
        writes_music: whether Hitpoint can put its track into a copy of it.
        note: what else an editor should know.
        source: "measured", "read" or "reported".
    """

    name: str
    suffixes: tuple[str, ...]
    way: Way
    audio_tracks: bool
    markers: bool
    transitions: bool
    start_timecode: bool
    writes_music: bool
    note: str
    source: str


MOVIE_SUFFIXES = (
    ".mp4", ".mov", ".m4v", ".mkv", ".webm", ".avi", ".mxf", ".mpg", ".mpeg", ".m2v", ".ts", ".mts", ".m2ts", ".wmv",
    ".flv", ".ogv", ".3gp", ".vob", ".dv", ".y4m", ".gif",
)  # fmt: skip
STILL_SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".exr", ".dpx", ".bmp", ".webp", ".tga", ".psd", ".heic")
PICTURE_SUFFIXES = MOVIE_SUFFIXES + STILL_SUFFIXES
AUDIO_SUFFIXES = (".wav", ".aif", ".aiff", ".mp3", ".flac", ".ogg", ".m4a", ".aac", ".opus", ".wma", ".w64", ".caf")

# name, suffixes, way, audio tracks, markers, transitions, start timecode, writes music, note, source
FORMATS = (
    Format("OpenTimelineIO", (".otio",), Way.NATIVE, True, True, True, True, True, "", "measured"),
    Format("OpenTimelineIO, zipped with its media", (".otioz",), Way.BUNDLE, True, True, True, True, True,
           "media are unpacked to the cache", "measured"),
    Format("OpenTimelineIO, folder with its "
    "media", (".otiod",), Way.BUNDLE, True, True, True, True, True, "", "measured"),
    Format("Kdenlive project", (".kdenlive",), Way.PROJECT, True, True, True, False, True,
           "speeds, disabled clips and hidden tracks too; a copy of the project gets the track", "measured"),
    Format("EDL (CMX 3600)", (".edl",), Way.EXCHANGE, True, True, True, True, False,
           "does not tell its frame rate: that of the media, `--rate`, or what fits its timecodes", "read"),
    Format("Final Cut Pro 7 XML", (".xml",), Way.EXCHANGE, True, True, True, True, True,
           "nested sequences, speeds, multicam; into a copy (-o OUT.xml) go two linked mono tracks, no "
           "markers", "read"),
    Format("FCPXML", (".fcpxml", ".fcpxmld"), Way.EXCHANGE, True, True, True, True, False,
           "compound, synchronized and multicam clips, roles, speeds; versions 1.0 to 1.13", "read"),
    Format("AAF", (".aaf",), Way.ADAPTER, True, True, True, True, False,
           "sessions of sound have the rate of their timecode", "measured"),
    Format("Movie", MOVIE_SUFFIXES, Way.MOVIE, False, False, False, True, False,
           "hard cuts only; recordings of no steady rate get one that editors know", "measured"),
)  # fmt: skip


@dataclass(frozen=True)
class HostHabits:
    """One host's habits: what it writes into its .otio and what it loses; the editor's guide to what can be trusted.

    Attributes:
        name: of the host.
        key: as in :attr:`hitpoint.core.edit.Edit.host`.
        exports_speed, exports_disabled, exports_markers, exports_transitions: whether each is in its export.
        safe_to_reimport: whether the scored .otio can go back into the same project.
        note: what to do instead, or what to know.
        source: "measured", "read" or "reported".
    """

    name: str
    key: str
    exports_speed: bool
    exports_disabled: bool
    exports_markers: bool
    exports_transitions: bool
    safe_to_reimport: bool
    note: str
    source: str


# name, key, speed, disabled, markers, transitions, safe to re-import, note, source
HOSTS = (
    HostHabits("Kdenlive 25.04 and later", "kdenlive", False, False, True, True, False,
               "score the project itself, or drop the WAV on a new audio track: re-importing resets "
               "in-points", "measured"),
    HostHabits("DaVinci Resolve 18.5 and later", "resolve", True, True, True, True, False,
               "re-importing makes a new timeline and loses colour and mixer settings", "read"),
    HostHabits("Premiere Pro 25.6 and later", "premiere", True, True, True, True, False,
               "a retimed clip's length is counted in source frames", "reported"),
)  # fmt: skip


def format_of(path: Path) -> Format | None:
    """The row for a file by its ending; None for one that no row knows (an installed adapter still may)."""
    suffix = path.suffix.casefold()
    return next((row for row in FORMATS if suffix in row.suffixes), None)


def tells_rate(path: Path) -> bool:
    """Whether a file of this ending tells its own frame rate; an edit decision list does not."""
    return path.suffix.casefold() != ".edl"


def host_habits(key: str) -> HostHabits | None:
    """The row of a host named as in an edit; None for an unknown one."""
    return next((row for row in HOSTS if row.key == key), None)
