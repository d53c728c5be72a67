"""DaVinci Resolve's scripting interface as its documentation (20.3) and others' measurements tell it, and no more.

It implements the calls that are documented and used, checks what they are given, and raises :class:`Undocumented` on
anything else. The traps that others have measured are in it: an append counts in the clip's own frames with the end
exclusive, ``recordFrame`` is absolute, what overlaps is dropped, a track is mono unless told, the rate of a WAV is
frozen when it is imported, and so is that of a project without a timeline; a timeline of a name that exists is not
imported. Those that differ between versions are
switches (:class:`Traps`). It is no proof that Resolve does the same: Resolve itself was not at hand.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import soundfile


class Undocumented(Exception):
    """A call that the documentation does not have, or not with such values."""


@dataclass
class Traps:
    """What a version of Resolve does differently.

    Attributes:
        append_answers_none: ``AppendToTimeline`` answers ``[None]`` whatever it did.
        append_is_lost: it does nothing.
        append_goes_elsewhere: it puts the clip behind everything else, wherever it was told to.
        import_answers: what ``ImportMedia`` answers instead, if not None.
        export_is_refused: ``Export`` writes nothing.
        always_mono: ``AddTrack`` makes mono tracks whatever it was told.
        project_rate: that WAVs get when imported; the timeline's own if None.
        lacks: names that this version does not know; asking for one answers None.
    """

    append_answers_none: bool = False
    append_is_lost: bool = False
    append_goes_elsewhere: bool = False
    import_answers: list[Any] | None = None
    export_is_refused: bool = False
    always_mono: bool = False
    project_rate: float | None = None
    lacks: frozenset[str] = frozenset()


class _Strict:
    """Knows what it implements; anything else is not documented, or lacking in this version."""

    _traps: Traps

    def __getattribute__(self, name: str) -> Any:
        if not name.startswith("_") and name in object.__getattribute__(self, "_traps").lacks:
            return None
        return object.__getattribute__(self, name)

    def __getattr__(self, name: str) -> Any:
        raise Undocumented(f"{type(self).__name__}.{name}")


def _checked(*values: tuple[Any, type | tuple[type, ...]]) -> None:
    for value, kind in values:
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise Undocumented(f"{value!r} is no {kind}")


class MediaPoolItem(_Strict):
    """One file in the media pool. ``_rate`` was frozen when it was imported; ``_frames`` are at that rate."""

    def __init__(self, traps: Traps, path: str, rate: float) -> None:
        info = soundfile.info(path)
        self._traps, self._path, self._rate = traps, path, rate
        self._frames = info.frames / info.samplerate * rate

    def GetName(self) -> str:
        return Path(self._path).name

    def GetClipProperty(self, name: str) -> Any:
        known = {"FPS": self._rate, "File Path": self._path, "Clip Name": self.GetName(), "Type": "Audio"}
        if name not in known:
            raise Undocumented(f"property {name!r}")
        return known[name]


@dataclass
class _Placed:
    item: MediaPoolItem
    start: int
    frames: int


class TimelineItem(_Strict):
    """One clip on a track."""

    def __init__(self, traps: Traps, placed: _Placed) -> None:
        self._traps, self._placed = traps, placed

    def GetName(self) -> str:
        return self._placed.item.GetName()

    def GetStart(self) -> int:
        return self._placed.start

    def GetEnd(self) -> int:
        return self._placed.start + self._placed.frames

    def GetDuration(self) -> int:
        return self._placed.frames


@dataclass
class _Track:
    kind: str
    name: str
    enabled: bool = True
    placed: list[_Placed] = field(default_factory=list)


class Timeline(_Strict):
    """A timeline of 188 frames from one hour on, with a picture and two audio tracks."""

    def __init__(self, traps: Traps, name: str, document: dict[str, Any], rate: float, start: int) -> None:
        self._traps, self._name, self._document, self._rate, self._start = traps, name, document, rate, start
        self._tracks = {"video": [_Track("video", "Video 1")], "audio": [_Track("mono", "A1"), _Track("stereo", "A2")]}
        self._markers: dict[int, dict[str, Any]] = {}
        self._exports: list[str] = []

    def GetName(self) -> str:
        return self._name

    def GetStartFrame(self) -> int:
        return self._start

    def Export(self, path: str, kind: Any, subtype: Any) -> bool:
        _checked((path, str))
        if (kind, subtype) != (Resolve.EXPORT_OTIO, Resolve.EXPORT_NONE):
            raise Undocumented(f"export of {kind!r}, {subtype!r}")
        if self._traps.export_is_refused or not Path(path).parent.is_dir():
            return False
        Path(path).write_text(json.dumps(self._document), encoding="utf-8")
        self._exports.append(path)
        return True

    def AddTrack(self, kind: str, options: Any = None) -> bool:
        _checked((kind, str))
        if isinstance(options, dict):
            options = options.get("audioType")
        if kind not in self._tracks or options not in (None, "mono", "stereo"):
            raise Undocumented(f"AddTrack({kind!r}, {options!r})")
        shape = "mono" if options is None or self._traps.always_mono else options
        self._tracks[kind].append(_Track(shape, f"Audio {len(self._tracks[kind]) + 1}"))
        return True

    def DeleteTrack(self, kind: str, index: int) -> bool:
        if self._track(kind, index) is None:
            return False
        del self._tracks[kind][index - 1]
        return True

    def GetTrackCount(self, kind: str) -> int:
        return len(self._tracks[kind])

    def GetTrackSubType(self, kind: str, index: int) -> str:
        track = self._track(kind, index)
        return track.kind if track else ""

    def GetTrackName(self, kind: str, index: int) -> str:
        track = self._track(kind, index)
        return track.name if track else ""

    def SetTrackName(self, kind: str, index: int, name: str) -> bool:
        _checked((name, str))
        track = self._track(kind, index)
        if track is not None:
            track.name = name
        return track is not None

    def SetTrackEnable(self, kind: str, index: int, enabled: bool) -> bool:
        _checked((enabled, bool))
        track = self._track(kind, index)
        if track is not None:
            track.enabled = enabled
        return track is not None

    def GetItemListInTrack(self, kind: str, index: int) -> list[TimelineItem]:
        track = self._track(kind, index)
        return [TimelineItem(self._traps, placed) for placed in track.placed] if track else []

    def AddMarker(self, frame: int, colour: str, name: str, note: str, length: int, data: str) -> bool:
        _checked((frame, int), (colour, str), (name, str), (note, str), (length, int), (data, str))
        if frame in self._markers or frame < 0:
            return False
        self._markers[frame] = {"color": colour, "name": name, "note": note, "customData": data}
        return True

    def DeleteMarkerByCustomData(self, data: str) -> bool:
        """Only the first matching marker."""
        found = next((frame for frame, marker in self._markers.items() if marker["customData"] == data), None)
        if found is not None:
            del self._markers[found]
        return found is not None

    def _track(self, kind: str, index: int) -> _Track | None:
        _checked((kind, str), (index, int))
        return self._tracks[kind][index - 1] if 1 <= index <= len(self._tracks[kind]) else None

    def _append(self, clip: dict[str, Any]) -> TimelineItem | None:
        item = clip["mediaPoolItem"]
        track = self._track("audio", clip["trackIndex"])
        if track is None or clip["endFrame"] > item._frames + 1 or clip["startFrame"] < 0:
            return None
        frames = round((clip["endFrame"] - clip["startFrame"]) / item._rate * self._rate)
        placed = _Placed(item, clip["recordFrame"], frames)
        if any(old.start < placed.start + frames and placed.start < old.start + old.frames for old in track.placed):
            return None
        track.placed.append(placed)
        return TimelineItem(self._traps, placed)


class Folder(_Strict):
    """A bin."""

    def __init__(self, traps: Traps) -> None:
        self._traps = traps
        self._clips: list[MediaPoolItem] = []

    def GetClipList(self) -> list[MediaPoolItem]:
        return list(self._clips)


class MediaPool(_Strict):
    """The media of a project."""

    _CLIP = {"mediaPoolItem", "startFrame", "endFrame", "mediaType", "trackIndex", "recordFrame"}  # noqa: RUF012

    def __init__(self, traps: Traps, project: Project) -> None:
        self._traps, self._project, self._folder = traps, project, Folder(traps)

    def GetCurrentFolder(self) -> Folder:
        return self._folder

    def ImportMedia(self, paths: list[str]) -> list[Any]:
        _checked((paths, list), *((path, str) for path in paths))
        if self._traps.import_answers is not None:
            return self._traps.import_answers
        timeline = self._project._timeline
        if timeline is None:  # the first file decides the frame rate of an empty project, for good
            self._project._frozen_by = list(paths)
            return [MediaPoolItem(self._traps, path, 24.0) for path in paths if Path(path).is_file()]
        rate = self._traps.project_rate or timeline._rate
        items = [MediaPoolItem(self._traps, path, rate) for path in paths if Path(path).is_file()]
        self._folder._clips += items
        return items

    def ImportTimelineFromFile(self, path: str, options: dict[str, Any]) -> Timeline | None:
        _checked((path, str), (options, dict))
        timeline = self._project._timeline
        if options.get("timelineName") == timeline._name:
            return None
        return Timeline(self._traps, options["timelineName"], {}, timeline._rate, timeline._start)

    def AppendToTimeline(self, clips: list[dict[str, Any]]) -> list[Any]:
        _checked((clips, list), *((clip, dict) for clip in clips))
        if any(
            set(clip) - self._CLIP or not {"mediaPoolItem", "startFrame", "endFrame"} <= set(clip) for clip in clips
        ):
            raise Undocumented(f"AppendToTimeline({clips!r})")
        for clip in clips:
            _checked((clip["mediaPoolItem"], MediaPoolItem), *((clip[k], int) for k in self._CLIP - {"mediaPoolItem"}))
            if self._traps.append_goes_elsewhere:
                clip["recordFrame"] += 188
        timeline = self._project._timeline
        done = [None if self._traps.append_is_lost else timeline._append(clip) for clip in clips]
        return [None] * len(done) if self._traps.append_answers_none else done


class Project(_Strict):
    """A project with one timeline, which is open unless it is None."""

    def __init__(self, traps: Traps, name: str, timeline: Timeline | None) -> None:
        self._traps, self._name, self._timeline = traps, name, timeline
        self._frozen_by: list[str] = []
        self._pool = MediaPool(traps, self)

    def GetName(self) -> str:
        return self._name

    def GetCurrentTimeline(self) -> Timeline | None:
        return self._timeline

    def GetMediaPool(self) -> MediaPool:
        return self._pool


class ProjectManager(_Strict):
    """Knows which project is open."""

    def __init__(self, traps: Traps, project: Project | None) -> None:
        self._traps, self._project = traps, project

    def GetCurrentProject(self) -> Project | None:
        return self._project


class Resolve(_Strict):
    """What menu scripts find as ``resolve``."""

    EXPORT_OTIO = 14.0
    EXPORT_NONE = -1.0

    def __init__(self, traps: Traps, project: Project | None) -> None:
        self._traps, self._manager = traps, ProjectManager(traps, project)

    def GetProjectManager(self) -> ProjectManager:
        return self._manager
