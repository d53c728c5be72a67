"""The one entrance for reading: a file of any kind in, an :class:`Edit` out.

Example::

    edit = read_edit(Path("cut.otio"), [Path("/media")])
    print(edit.rate, edit.frames, [shot.name for shot in edit.shots])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from pathlib import Path

from hitpoint.bridge.formats import FORMATS, Way, format_of
from hitpoint.bridge.kdenlive.document import project_document
from hitpoint.bridge.lookup.known_music import with_known_music
from hitpoint.bridge.lookup.media import MediaFinder
from hitpoint.bridge.lookup.media_rate import rate_of_media
from hitpoint.bridge.otio.flatten import Layer, MediaReference, Piece, Rank
from hitpoint.bridge.otio.host_warnings import host_of, host_warnings
from hitpoint.bridge.otio.markers import timeline_markers
from hitpoint.bridge.otio.otio_json import (
    Node,
    count_timelines,
    find_timeline,
    load_timeline_document,
    number_in,
    object_in,
    read_bounded,
    text_in,
)
from hitpoint.bridge.otio.overlays import overlays_of
from hitpoint.bridge.otio.picture_rate import names_any_rate, picture_rate
from hitpoint.bridge.otio.times import seconds_of
from hitpoint.bridge.otio.visible import (
    Reading,
    check_size,
    has_marked_sounds,
    picture_layers,
    seen_through_stack,
    sound_layers,
    unknown_sounds,
)
from hitpoint.bridge.sources.exchange import exchange_document, is_exchange
from hitpoint.core.edit import Edit, Shot, ShotKind
from hitpoint.core.errors import EditReadError
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.timebase import FrameRate

LONGEST_SECONDS = 24 * 3600
_ASSUMED_RATE = FrameRate(Fraction(25))


@dataclass(frozen=True)
class _Source:
    """A document, where its relative paths start, and what was said while loading it."""

    document: Node
    base: Path
    warnings: list[str] = field(default_factory=list)
    finder: MediaFinder | None = None  # if media were looked for already


def read_edit(
    path: Path | str,
    media_folders: Sequence[Path | str] = (),
    progress: Progress = SILENT,
    rate: FrameRate | None = None,
) -> Edit:
    """Read an edit: .otio, a project, an exchange format, anything an OpenTimelineIO adapter reads, or a movie.

    Args:
        path: the file (for .otiod the folder).
        media_folders: where to look, with all sub-folders, for media that moved.
        progress: stepped while folders are listed, media unpacked and cuts detected.
        rate: frames a second, for an edit that does not tell them, such as an EDL.

    Raises:
        EditReadError: if it cannot be read or makes no sense; one line that says what to do.
        OptionError: if a media folder is not there.
        Cancelled: if the caller has asked for an end.
    """
    path = Path(path)
    row = format_of(path)
    if row is not None and row.way is Way.MOVIE and not path.is_dir():
        from hitpoint.bridge.sources.movie_reader import read_movie  # decoding is loaded for movies only

        return read_movie(path, progress)
    folders = [Path(folder) for folder in media_folders]
    if is_exchange(path):
        source = _exchanged(path, folders, rate, progress.part(0.0, 0.8))
    else:
        source = _loaded(path, progress.part(0.0, 0.5))
    timeline = find_timeline(with_known_music(source.document, source.base), path.name)
    finder = source.finder or MediaFinder(source.base, folders, progress.part(0.5, 0.8))
    damage = [each for each in source.warnings if each.startswith(f"{path.name}: ")]
    edit = _edit_of(timeline, path, finder, progress.part(0.8, 1.0), rate, damage)
    told = list(source.warnings)
    if rate is not None and rate != edit.rate:
        told.append(f"{path.name} tells its frame rate, {edit.rate}; the one given, {rate}, was not used")
    if count_timelines(source.document) > 1:
        told.append(f"{path.name} holds several timelines; the first, {edit.name!r}, was taken")
    return replace(edit, warnings=(*told, *edit.warnings))


def _loaded(path: Path, progress: Progress) -> _Source:
    """Load a document by what the file's name says it is, else by its first byte."""
    row = format_of(path)
    beside = path.absolute().parent
    if path.is_dir():
        return _Source(*_folder_bundle(path))
    if row is not None and row.way is Way.NATIVE:
        return _Source(load_timeline_document(path), beside)
    if row is not None and row.way is Way.BUNDLE:
        return _Source(*_zip_bundle(path, progress))
    if row is not None and row.way is Way.PROJECT:
        document, told = project_document(read_bounded(path), path)
        return _Source(document, beside, told)
    if not path.exists():
        raise EditReadError(f"nothing found at {path}: check the path to the edit")
    if _adapter_reads(path):
        from hitpoint.bridge.sources.adapters import load_through_adapter  # loads OpenTimelineIO

        document, told = load_through_adapter(path, is_lean=True)
        return _Source(document, beside, told)
    if row is not None:
        note = f" ({row.note})" if row.note else ""
        raise EditReadError(f"{path.name}: {row.name} needs an adapter; pip install 'hitpoint[formats]'{note}")
    if _first_byte(path) == b"{":
        return _Source(load_timeline_document(path), beside)
    known = ", ".join(suffix for each in FORMATS if each.way is not Way.MOVIE for suffix in each.suffixes)
    raise EditReadError(f"{path.name} is no edit that can be read: give {known} or a movie")


def _exchanged(path: Path, folders: Sequence[Path], rate: FrameRate | None, progress: Progress) -> _Source:
    """Load an exchange format; the media may be asked for the rate."""
    base = path.absolute() if path.is_dir() else path.absolute().parent
    finder = MediaFinder(base, folders, progress)
    document, told = exchange_document(path, rate, partial(rate_of_media, finder))
    return _Source(document, base, told, finder)


def _edit_of(
    timeline: Node,
    path: Path,
    finder: MediaFinder,
    progress: Progress,
    given: FrameRate | None = None,
    damage: Sequence[str] = (),
) -> Edit:
    check_size(timeline)
    host = host_of(timeline)
    told: list[str] = []
    rate = _rate(timeline, path, told, given)
    reading = Reading(rate, host, warnings=told)
    layers = picture_layers(timeline, reading)
    seen = seen_through_stack(layers, timeline, reading)
    told += unknown_sounds(timeline)
    sounds = sound_layers(timeline, reading) if host or not seen.pieces or has_marked_sounds(timeline) else []
    frames = _frames(seen, sounds, rate, path, [*damage, *told])
    shots, missing = _shots(seen.pieces, frames, rate, finder, progress)
    start = _start_timecode(timeline, rate)
    marks = [*seen.marks, *(mark for layer in sounds for mark in layer.marks)]
    return Edit(
        name=text_in(timeline, "name") or path.stem,
        path=path,
        rate=rate,
        frames=frames,
        shots=shots,
        markers=timeline_markers(marks, rate, frames),
        start_timecode_frame=start,
        drop_frame=_is_drop_frame(timeline, start, rate),
        host=host,
        missing=missing,
        overlays=overlays_of(layers, timeline, shots, rate),
        warnings=tuple(dict.fromkeys((*host_warnings(timeline, host, layers, sounds), *told))),
    )


def _rate(timeline: Node, path: Path, told: list[str], given: FrameRate | None) -> FrameRate:
    rate = picture_rate(timeline) or given
    if rate is not None:
        return rate
    if not names_any_rate(timeline):
        raise EditReadError(f"{path.name} tells no frame rate (0 frames a second, or no clip): export it again")
    told.append(f"no picture rate is in the file; {_ASSUMED_RATE} frames a second were assumed: give it with --rate")
    return _ASSUMED_RATE


def _frames(seen: Layer, sounds: Sequence[Layer], rate: FrameRate, path: Path, told: Sequence[str]) -> int:
    """Length of the picture; of the longest sound if there is no picture at all. ``told`` may say why there is none."""
    ends = [layer.pieces[-1].end for layer in ([seen] if seen.pieces else sounds) if layer.pieces]
    seconds = max(ends, default=Fraction(0))
    if seconds > LONGEST_SECONDS:
        raise EditReadError(f"{path.name} is longer than {LONGEST_SECONDS // 3600} hours: export a shorter part")
    frames = rate.nearest_frame(seconds)
    if frames < 1 and told:
        raise EditReadError(f"{path.name} shows nothing that lasts: {told[0].removeprefix(f'{path.name}: ')}")
    if frames < 1:
        raise EditReadError(f"{path.name} is empty: its timeline shows no clip; put one on it and export again")
    return frames


def _shots(
    pieces: Sequence[Piece], frames: int, rate: FrameRate, finder: MediaFinder, progress: Progress
) -> tuple[tuple[Shot, ...], tuple[str, ...]]:
    """Pieces as shots on whole frames with the gaps between them, and the names of the media not found."""
    shots: list[Shot] = []
    missing: dict[str, None] = {}
    at = 0
    for number, piece in enumerate(pieces):
        progress.step(number / len(pieces), "finding media")
        start, end = rate.nearest_frame(piece.start), rate.nearest_frame(piece.end)
        if end <= max(start, at):
            continue
        if start > at:
            shots.append(Shot("", at, start, ShotKind.GAP))
        shots.append(_shot(piece, max(start, at), end, finder))
        at = end
        if shots[-1].kind is ShotKind.PICTURE and shots[-1].media is None and shots[-1].media_name:
            missing[shots[-1].media_name] = None
    if at < frames:
        shots.append(Shot("", at, frames, ShotKind.GAP))
    return tuple(shots), tuple(missing)


def _shot(piece: Piece, start: int, end: int, finder: MediaFinder) -> Shot:
    content = piece.content
    reference = content.reference
    if content.rank is Rank.GENERATED or reference is None:
        return Shot(content.name, start, end, ShotKind.GENERATED, speed=piece.speed)
    media = finder.find(reference)
    source_start = piece.source_start
    if media is not None and not reference.is_sequence:
        source_start = start_in_file(source_start, reference, media)
    elif reference.is_sequence and reference.available is None:
        source_start = _from_first_image(source_start, reference)
    return Shot(
        content.name or reference.name,
        start,
        end,
        media=media,
        media_name=reference.name,
        source_start=max(source_start, Fraction(0)),
        speed=piece.speed,
    )


def start_in_file(start: Fraction, reference: MediaReference, media: Path) -> Fraction:
    """A start in the file's own timecode counted from its first frame; told by lying beyond the file's end."""
    available = reference.available
    if available is not None and start <= available.duration:
        return start
    from hitpoint.bridge.lookup.media_probe import probed  # decoding is loaded only where a file must be asked

    facts = probed(media)
    if facts is None or facts.seconds is None or start < facts.seconds or start < facts.start_timecode:
        return start
    return start - facts.start_timecode


def _from_first_image(start: Fraction, reference: MediaReference) -> Fraction:
    """A start in numbers of images counted from the first one; without a range, only its size can tell."""
    origin = reference.first_number / reference.images_per_second
    return start - origin if reference.first_number > 1 and start >= origin else start


def _start_timecode(timeline: Node, rate: FrameRate) -> int:
    time = object_in(timeline, "global_start_time")
    try:
        return max(0, rate.nearest_frame(seconds_of(time, rate, "the start timecode")))
    except EditReadError:
        return 0


def _is_drop_frame(timeline: Node, start: int, rate: FrameRate) -> bool:
    """Whether timecode is counted drop-frame: as our own readers tell, else by a start at a whole drop-frame hour.

    No host says it outright in an .otio.
    """
    if not (rate.is_ntsc and rate.nominal % 30 == 0):
        return False
    told = object_in(timeline, "metadata", "timecode").get("drop_frame")
    if isinstance(told, bool) or start == 0:
        return told is True
    per_hour = rate.nominal * 3600 - rate.nominal // 15 * 54
    return start % per_hour == 0 and number_in(object_in(timeline, "global_start_time"), "value") is not None


def _folder_bundle(path: Path) -> tuple[Node, Path]:
    from hitpoint.bridge.sources.bundles import load_folder_bundle

    return load_folder_bundle(path)


def _zip_bundle(path: Path, progress: Progress) -> tuple[Node, Path]:
    from hitpoint.bridge.sources.bundles import load_zip_bundle

    return load_zip_bundle(path, progress)


def _adapter_reads(path: Path) -> bool:
    from hitpoint.bridge.sources.adapters import can_read  # loads OpenTimelineIO

    return can_read(path)


def _first_byte(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(1)
    except OSError:
        return b""
