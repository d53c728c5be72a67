"""The ways music can go back to a host, the right one for the edit's own host first, and what each keeps.

What hosts keep and lose was measured or read as :mod:`hitpoint.bridge.formats` says. Every way writes the same files:
the mix, stems, MIDI and the cue, and a copy of the edit or of the host's project; ways differ in that copy and in what
the editor does next.
"""

from __future__ import annotations

from pathlib import Path

from hitpoint.bridge.formats import Format, format_of, host_habits
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.heard import heard_range
from hitpoint.core.files.output import plan_outputs
from hitpoint.core.ports import Way
from hitpoint.core.timebase import format_timecode

_FILES = "the mix, a stem for each part, MIDI and the cue, in a folder of their own"


def ways_back(source: Path, cue: Cue, folder: Path | None = None) -> tuple[Way, ...]:
    """The ways for an edit, the recommended one first, into a folder or, without one, beside the edit.

    Raises:
        PlaceError: if nothing can be written there.
    """
    host = cue.edit.host
    if source.suffix.lower() == ".kdenlive":
        return (_project(source, folder), _exchange(source, folder, host, is_recommended=False))
    if source.suffix.lower() == ".xml":
        return (_xml(source, folder), _exchange(source, folder, host, is_recommended=False))
    if host == "kdenlive":
        return (_drop(source, folder, "Kdenlive", cue), _exchange(source, folder, host, is_recommended=False))
    if host == "resolve":
        drop = _drop(source, folder, "DaVinci Resolve", cue, is_recommended=False)
        return (_resolve_menu(source, folder), drop, _exchange(source, folder, host, is_recommended=False))
    if host == "movie":
        return (
            _drop(source, folder, "your editing program", cue),
            _exchange(source, folder, host, is_recommended=False),
        )
    return (_exchange(source, folder, host, is_recommended=True), _bundle(source, folder))


def _project(source: Path, folder: Path | None) -> Way:
    return Way(
        key="project",
        title="A copy of the Kdenlive project with the music on a new audio track",
        steps="Open {timeline} in Kdenlive: the music lies on its own track. Your project is as it was.",
        keeps=("everything in the project: clips, speeds, mixes, guides, groups", _FILES),
        loses=(),
        output=plan_outputs(source, folder).timeline,
        is_recommended=True,
    )


def _xml(source: Path, folder: Path | None) -> Way:
    wanted = plan_outputs(source, folder).timeline.with_suffix(".xml")
    return Way(
        key="xml",
        title="A copy of the Final Cut Pro 7 XML with the music on a new track",
        steps="Import {timeline} as a new sequence.",
        keeps=("everything in the XML", _FILES),
        loses=(),
        output=plan_outputs(source, wanted).timeline,
        is_recommended=True,
    )


def _drop(source: Path, folder: Path | None, program: str, cue: Cue, *, is_recommended: bool = True) -> Way:
    edit, start = cue.edit, heard_range(cue)[0]
    at_start = " (the start of the timeline)" if start == 0 else ""
    first = format_timecode(edit.start_timecode_frame + start, edit.rate, drop_frame=edit.drop_frame)
    return Way(
        key="drop",
        title=f"Drop the sound into {program}",
        steps="Put the playhead on {at} and drag {wav} there, to a new stereo audio track: "
        "its first sample belongs to that frame.",
        keeps=("everything in your project: nothing is imported but the sound", _FILES),
        loses=("section markers: they travel in the timeline file only",),
        output=_otio(source, folder),
        is_recommended=is_recommended,
        at=f"{first}{at_start}",
    )


def _resolve_menu(source: Path, folder: Path | None) -> Way:
    return Way(
        key="resolve",
        title="Place it from DaVinci Resolve's menu",
        steps="In Resolve choose Workspace > Scripts > Hitpoint - place music (put there by 'hitpoint install "
        "resolve'): "
        "{wav} goes to a new stereo track of the open timeline. Without the script, drag the file there.",
        keeps=("everything in your timeline: colour, mixer, effects", _FILES),
        loses=(),
        output=_otio(source, folder),
        is_recommended=True,
    )


def _exchange(source: Path, folder: Path | None, host: str, *, is_recommended: bool) -> Way:
    row, habits = format_of(source), host_habits(host)
    harm = () if habits is None or habits.safe_to_reimport else (f"{habits.name}: {habits.note}",)
    return Way(
        key="otio",
        title="A copy of the edit as OpenTimelineIO, with the music on a new track",
        steps="Import {timeline} as a new timeline.",
        keeps=(*_kept(row), _FILES),
        loses=(*_lost(row), *harm),
        output=_otio(source, folder),
        is_recommended=is_recommended,
    )


def _bundle(source: Path, folder: Path | None) -> Way:
    wanted = plan_outputs(source, folder).timeline.with_suffix(".otioz")
    return Way(
        key="bundle",
        title="A bundle (.otioz) with the edit and the music inside",
        steps="Send {timeline}: whoever opens it has the music with it.",
        keeps=("the edit as it is", "the music inside the file", _FILES),
        loses=("media of the edit stay where they are, unless the edit was a bundle",),
        output=plan_outputs(source, wanted).timeline,
        is_recommended=False,
    )


def _otio(source: Path, folder: Path | None) -> Path:
    """A free name beside the edit for a timeline of the kind that every source can be written as."""
    planned = plan_outputs(source, folder).timeline
    if planned.suffix != ".kdenlive":
        return planned
    return plan_outputs(source, planned.with_suffix(".otio")).timeline


def _kept(row: Format | None) -> tuple[str, ...]:
    names = [name for name, is_kept in _features(row) if is_kept]
    return (f"clips and cuts{': ' if names else ''}{', '.join(names)}{' as they were' if names else ''}",)


def _lost(row: Format | None) -> tuple[str, ...]:
    gone = [name for name, is_kept in _features(row) if not is_kept]
    return (f"what {row.name} does not bring: {', '.join(gone)}",) if row is not None and gone else ()


def _features(row: Format | None) -> tuple[tuple[str, bool], ...]:
    if row is None:
        return ()
    return (
        ("audio tracks", row.audio_tracks),
        ("markers", row.markers),
        ("transitions", row.transitions),
        ("start timecode", row.start_timecode),
    )
