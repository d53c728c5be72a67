"""A cue, or a list of cues, as a timeline: a track for each part, a clip for each stem, markers for what happens when.

Positions are frames of the edit's rate; a chord or section that begins between two frames has its marker on the nearer
one, and its exact second in the marker's metadata.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import opentimelineio as otio

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.documents.cue_list_file import FILE_NAME, read_list
from hitpoint.core.cue.film.cue_list import CueEntry, CueState
from hitpoint.core.cue.heard import heard_range, heard_tail
from hitpoint.core.errors import CueFileError
from hitpoint.core.files.output import mix_beside
from hitpoint.core.timebase import FrameRate

_OURS = "hitpoint"
_CHORD, _SECTION, _HIT, _CUE = "GREEN", "CYAN", "RED", "PURPLE"
_MIX = "Mix"


@dataclass(frozen=True)
class _Opened:
    """A cue of the list with what was composed of it; ``file`` and ``cue`` are None as long as it is proposed."""

    entry: CueEntry
    file: Path | None = None
    cue: Cue | None = None


def timeline_of(path: Path) -> Any:
    """The timeline of a ``cue.json`` or a ``cues.json``.

    Raises:
        CueFileError: if the file is neither, or is damaged; or no cue of a list is composed.
    """
    opened = _list(path) if path.name == FILE_NAME else [_alone(path)]
    edit = next((one.cue.edit for one in opened if one.cue is not None), None)
    if edit is None:
        raise CueFileError(f"{path}: no cue of the list is composed: 'hitpoint score EDIT --cues FILE' composes them")
    rate = edit.rate
    name = edit.name if len(opened) > 1 else f"{edit.name} {opened[0].entry.name}".strip()
    timeline = otio.schema.Timeline(name=name, global_start_time=_time(rate, edit.start_timecode_frame))
    for track in _tracks(opened, rate):
        timeline.tracks.append(track)
    timeline.tracks.markers.extend(_markers(opened, rate))
    cues = [_described(one) for one in opened]
    timeline.metadata[_OURS] = {"cues": cues, "rate": str(rate), "edit": edit.name}
    return timeline


def _alone(path: Path) -> _Opened:
    cue = read_cue(path)
    entry = CueEntry(cue.name or "cue", *heard_range(cue), cue.style, key=str(cue.key), state=CueState.COMPOSED)
    return _Opened(entry, path.absolute(), cue)


def _list(path: Path) -> list[_Opened]:
    folder = path.absolute().parent
    opened = []
    for entry in read_list(path).entries:
        file = folder / entry.cue if entry.cue else None
        opened.append(_Opened(entry, file, read_cue(file)) if file is not None and file.is_file() else _Opened(entry))
    return opened


def _tracks(opened: Iterable[_Opened], rate: FrameRate) -> Iterator[Any]:
    """A track for each part, in the order in which they are first heard; a cue without stems plays its mix."""
    sounds: dict[str, list[tuple[_Opened, Path]]] = {}
    for one in opened:
        if one.file is not None and one.cue is not None:
            for part, sound in _sounds(one.file):
                sounds.setdefault(part, []).append((one, sound))
    for part, clips in sounds.items():
        track = otio.schema.Track(name=part, kind=otio.schema.TrackKind.Audio)
        at = 0
        for one, sound in clips:
            assert one.cue is not None, "only what is composed has sound"
            start = heard_range(one.cue)[0]
            if start > at:
                track.append(otio.schema.Gap(duration=_time(rate, start - at)))
            clip = _clip(one.entry.name, one.cue, sound, rate, at)
            track.append(clip)
            at = max(at, start) + int(clip.source_range.duration.value)
        yield track


def _clip(name: str, cue: Cue, sound: Path, rate: FrameRate, at: int) -> Any:
    """A stem on its track, which is free from frame ``at``: what rang on there before loses nothing to it."""
    start, end = heard_range(cue)
    late, frames = max(at - start, 0), end + heard_tail(cue) - start
    reference = otio.schema.ExternalReference(
        target_url=sound.as_uri(), available_range=otio.opentime.TimeRange(_time(rate, 0), _time(rate, frames))
    )
    shown = otio.opentime.TimeRange(_time(rate, late), _time(rate, max(frames - late, 1)))
    return otio.schema.Clip(name=f"{name} {sound.stem}".strip(), media_reference=reference, source_range=shown)


def _sounds(cue_file: Path) -> list[tuple[str, Path]]:
    """The stems beside a cue by the name of their part, else its mix; nothing if neither is there."""
    folder = cue_file.parent
    stems = sorted((folder / "stems").glob("*.wav"))
    found = [(path.stem.removeprefix(f"{folder.stem}_").replace("-", " ").title(), path) for path in stems]
    mix = mix_beside(cue_file)
    return found or ([(_MIX, mix)] if mix.is_file() else [])


def _markers(opened: Iterable[_Opened], rate: FrameRate) -> Iterator[Any]:
    for one in opened:
        entry, cue = one.entry, one.cue
        yield _marker(rate, entry.start_frame, entry.end_frame - entry.start_frame, entry.name, _CUE, "cue")
        if cue is None:
            continue
        for span in cue.chord_spans:
            yield _timed(rate, span.start, span.end, span.chord.symbol(), _CHORD, "chord", locked=span.locked)
        if cue.plan is not None:
            for section in cue.plan.sections:
                steps = cue.plan.steps_of(section)
                start, end = cue.step_start(steps.start), cue.step_start(steps.stop)
                yield _timed(rate, start, end, section.name, _SECTION, "section", theme=section.theme)
        for hit in cue.hit_points:
            if hit.wanted:
                yield _marker(rate, hit.frame, 0, hit.event, _HIT, "hit", priority=hit.priority)


def _timed(rate: FrameRate, start: Fraction, end: Fraction, name: str, color: str, kind: str, **more: object) -> Any:
    first, last = rate.nearest_frame(start), rate.nearest_frame(end)
    return _marker(rate, first, max(last - first, 0), name, color, kind, seconds=float(start), **more)


def _marker(rate: FrameRate, frame: int, frames: int, name: str, color: str, kind: str, **more: object) -> Any:
    return otio.schema.Marker(
        name=name,
        marked_range=otio.opentime.TimeRange(_time(rate, frame), _time(rate, frames)),
        color=color,
        metadata={_OURS: {"kind": kind, **more}},
    )


def _described(one: _Opened) -> Any:
    """The cue as our own schema, from the plugin that OpenTimelineIO has loaded."""
    described = otio.schema.schemadef.module_from_name("hitpoint_cue").HitpointCue
    entry, cue = one.entry, one.cue
    return described(
        name=entry.name,
        state=entry.state.value,
        style=entry.style,
        key=entry.key,
        seed=None if cue is None else cue.seed,
        cue="" if one.file is None or cue is None else one.file.as_uri(),
        prompts=(entry.prompt,) if cue is None and entry.prompt else () if cue is None else cue.prompts,
        reason=entry.reason,
    )


def _time(rate: FrameRate, frames: int) -> Any:
    return otio.opentime.RationalTime(frames, float(rate.frames_per_second))
