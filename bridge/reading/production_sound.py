"""The edit's own sound: which files its audio tracks play, and when.

What is switched off does not count, nor does the music that Hitpoint has added itself. Gains and effects are not read:
hosts hardly export them.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from hitpoint.bridge.formats import Way, format_of
from hitpoint.bridge.lookup.media import MediaFinder
from hitpoint.bridge.otio.flatten import Piece, Rank
from hitpoint.bridge.otio.host_warnings import host_of
from hitpoint.bridge.otio.otio_json import Node, find_timeline
from hitpoint.bridge.otio.picture_rate import picture_rate
from hitpoint.bridge.otio.visible import Reading, check_size, named_sound_layers, seen_through_stack, sound_layers
from hitpoint.bridge.reading.timeline_reader import start_in_file
from hitpoint.bridge.sources.source_document import load_source
from hitpoint.core.media.sound_clip import SoundClip, SoundTrack
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.timebase import FrameRate


def read_production_sound(
    path: Path, media_folders: Sequence[Path] = (), progress: Progress = SILENT, rate: FrameRate | None = None
) -> tuple[SoundClip, ...]:
    """The sound clips of an edit whose media is on this machine, track after track, each in order of time.

    Args:
        path: the edit, as for ``read_edit``.
        media_folders: where to look, with all sub-folders, for media that moved.
        progress: stepped while folders are listed.
        rate: of the edit as it was read, which an EDL does not tell.

    Raises:
        EditReadError: if the edit cannot be read or makes no sense.
        OptionError: if a media folder is not there.
        Cancelled: if the caller has asked for an end.
    """
    path = Path(path)
    row = format_of(path)
    if row is not None and row.way is Way.MOVIE and not path.is_dir():
        return _movie(path)
    timeline = find_timeline(load_source(path, rate=rate)[0], path.name)
    check_size(timeline)
    base = path.absolute() if path.is_dir() else path.absolute().parent
    finder = MediaFinder(base, [Path(folder) for folder in media_folders], progress)
    pieces = _pieces(timeline)
    found = [_clip(piece, finder) for piece in pieces]
    return tuple(dict.fromkeys(clip for clip in found if clip is not None))  # left and right are clips of one file


def read_sound_tracks(path: Path, media_folders: Sequence[Path] = ()) -> tuple[SoundTrack, ...]:
    """The audio tracks of an edit by name, those that are switched off too; a movie has one.

    Raises:
        EditReadError: if the edit cannot be read or makes no sense.
        OptionError: if a media folder is not there.
    """
    path = Path(path)
    row = format_of(path)
    if row is not None and row.way is Way.MOVIE and not path.is_dir():
        return (SoundTrack(1, path.stem, True, tuple((path.stem, clip) for clip in _movie(path))),)
    timeline = find_timeline(load_source(path)[0], path.name)
    check_size(timeline)
    finder = MediaFinder(path.absolute().parent, [Path(folder) for folder in media_folders], SILENT)
    reading = _reading(timeline)
    tracks = []
    for number, (name, is_on, has_ours, layer) in enumerate(named_sound_layers(timeline, reading), 1):
        pieces = seen_through_stack([layer], timeline, reading).pieces
        clips = [(piece.content.name, _clip(piece, finder)) for piece in pieces]
        named = tuple((called, clip) for called, clip in clips if clip is not None)
        places = tuple(sorted((piece.start, piece.end) for piece in pieces if piece.content.reference is not None))
        tracks.append(SoundTrack(number, name, is_on, named, places, has_ours))
    return tuple(tracks)


def _reading(timeline: Node) -> Reading:
    return Reading(picture_rate(timeline) or FrameRate(Fraction(25)), host_of(timeline))


def _pieces(timeline: Node) -> list[Piece]:
    reading = _reading(timeline)
    layers = sound_layers(timeline, reading)
    return [piece for layer in layers for piece in seen_through_stack([layer], timeline, reading).pieces]


def _clip(piece: Piece, finder: MediaFinder) -> SoundClip | None:
    reference = piece.content.reference
    if reference is None or reference.is_sequence or piece.content.rank is Rank.GENERATED or piece.speed == 0:
        return None
    media = finder.find(reference)
    if media is None:
        return None
    source_start = start_in_file(piece.source_start, reference, media)
    return SoundClip(piece.start, piece.end, media, source_start, piece.speed)


def _movie(path: Path) -> tuple[SoundClip, ...]:
    from hitpoint.bridge.lookup.media_probe import probed  # decoding is loaded for movies only

    facts = probed(path)
    if facts is None or not facts.seconds:
        return ()
    return (SoundClip(Fraction(0), facts.seconds, path.absolute()),)
