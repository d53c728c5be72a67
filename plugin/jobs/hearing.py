"""From a word of the command line to sound: a file, a track of an edit, or the track that looks like a temp."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from hitpoint.bridge.formats import AUDIO_SUFFIXES, Way, format_of
from hitpoint.core.compose.like.follow import NOTHING
from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError
from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.progress import SILENT, Progress
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.job import Job, Recordings
from hitpoint.plugin.jobs.research.learning import is_style, kept_music, style_for, with_style

if TYPE_CHECKING:  # loads what decodes sound, for which words alone need not wait
    from hitpoint.core.compose.following import Following
    from hitpoint.core.compose.like.temp import Temp
    from hitpoint.core.cue.cue import Cue
    from hitpoint.core.listening.listening import Listening
    from hitpoint.core.listening.temp_tracks import Source
    from hitpoint.core.model.guidance import Asked

_TRACK = "track:"
_DOUBTFUL = 0.5
_LAST_BEATS = 16  # from which the tempo of music that stays is taken
_SLOWEST, _FASTEST = 40.0, 240.0
_LONGEST_AFTER = 600  # seconds of music that stays that are heard


def source_of(recording: Path, track: str | None, media_folders: Sequence[Path] = ()) -> Source:
    """Something to listen to: the named track of an edit, its only or likeliest one, or a whole file.

    Raises:
        EditReadError: if an edit cannot be read.
        MediaReadError: if a file holds no sound.
        OptionError: if no track is called so, or none was named and there are several.
    """
    if track is None and _is_recording(recording):
        from hitpoint.core.listening.recording import clip_of_file
        from hitpoint.core.listening.temp_tracks import Source

        return Source(recording.name, (clip_of_file(recording),))
    from hitpoint.bridge.reading.production_sound import read_sound_tracks
    from hitpoint.core.listening.temp_tracks import find_track, only_track

    tracks = read_sound_tracks(recording, media_folders)
    return only_track(tracks) if track is None else find_track(tracks, track)


def named_source(edit: Path, name: str, media_folders: Sequence[Path] = ()) -> Source:
    """The music that ``--like`` and ``--after`` name: ``track:NAME`` of the edit, or a file.

    Raises:
        OptionError: if there is neither.
        MediaReadError: if a file holds no sound.
    """
    if name.startswith(_TRACK):
        return source_of(edit, name.removeprefix(_TRACK), media_folders)
    if not Path(name).is_file():
        raise OptionError(
            f"{name!r} is no file and no learnt style; for a track of the edit write track:NAME, such as track:A3"
        )
    from hitpoint.core.listening.recording import clip_of_file
    from hitpoint.core.listening.temp_tracks import Source

    return Source(Path(name).name, (clip_of_file(Path(name)),))


def check_tracks(job: Job) -> None:
    """See that the tracks of the edit that a job names can be heard, before its cues are laid over those that stay.

    Raises:
        OptionError: if one cannot.
    """
    for name in (job.recordings.like, job.recordings.after):
        if name is not None and name.startswith(_TRACK):
            named_source(job.edit, name, job.media_folders)


def with_recordings(
    job: Job, edit: Edit, wishes: Wishes, progress: Progress = SILENT
) -> tuple[Wishes, tuple[str, ...]]:
    """The wishes with what was heard of the recordings that a job names, and sentences about them.

    Raises:
        HitpointError: if a recording is not there.
        Cancelled: if stopped.
    """
    asked, told = job.recordings, list[str]()
    if asked.after is not None:
        source = named_source(edit.path, asked.after, job.media_folders)
        length = min(source.end - source.start, Fraction(_LONGEST_AFTER))
        part = progress.part(0.0, 0.4)
        heard = _heard(job.engine, asked.tempo_factor, source, source.end - length, length, part)
        wishes = _after(heard, wishes)
        told += _doubts(source.name, heard)
    if asked.like is not None and is_style(asked.like):
        wishes = with_style(asked, wishes, style_for(job.engine, asked.like))
    elif asked.like is not None:
        frames = stretch(edit, wishes)
        temp, doubts = _temp(asked, edit, frames, job.media_folders, job.engine, progress.part(0.4, 1.0))
        wishes = replace(
            wishes, like=temp, follow=asked.follow, closeness=asked.closeness, like_strength=asked.strength
        )
        told += doubts
    return wishes, tuple(told)


def followed_again(
    asked: Recordings, cue: Cue, media_folders: Sequence[Path], engine: Engine, progress: Progress = SILENT
) -> tuple[Following | None, Asked, list[str]]:
    """The recording that a stretch composed again follows, the weight of style and picture, and sentences about it.

    Raises:
        HitpointError: if the recording or the style is not there.
        Cancelled: if stopped.
    """
    from hitpoint.core.compose.following import Following
    from hitpoint.core.model.guidance import Asked

    if asked.like is None:
        return None, Asked(picture_strength=asked.picture_strength), []
    if is_style(asked.like):
        style = style_for(engine, asked.like)
        strength = asked.strength if asked.opens_style else 0.0
        like = Following(kept_music(style), NOTHING, asked.closeness, strength) if strength else None
        return like, Asked(style.vector, asked.style_strength, asked.picture_strength), []
    temp, told = _temp(asked, cue.edit, (cue.start_frame, cue.end_frame), media_folders, engine, progress)
    if asked.follow.melody and temp.heard.melody:
        told.append(f"the melody of {temp.source} is followed by 'score' only: here the cue's own theme stays")
    return (
        Following(temp, asked.follow, asked.closeness, asked.strength),
        Asked(picture_strength=asked.picture_strength),
        told,
    )


def _temp(
    asked: Recordings,
    edit: Edit,
    frames: tuple[int, int],
    media_folders: Sequence[Path],
    engine: Engine,
    progress: Progress,
) -> tuple[Temp, list[str]]:
    """The recording in the cue's time.

    A track counts as far as it lies under the cue, a file from the cue's start.
    """
    from hitpoint.core.compose.like.temp import Temp

    assert asked.like is not None, "somebody asked for it"
    source = named_source(edit.path, asked.like, media_folders)
    first, last = (edit.rate.seconds(frame) for frame in frames)
    begin, end = max(source.start, first), min(source.end, last)
    if not asked.like.startswith(_TRACK) or begin >= end:
        begin, end = source.start, source.start + min(source.end - source.start, last - first)
        offset = 0.0
    else:
        offset = float(begin - first)
    heard = _heard(engine, asked.tempo_factor, source, begin, end - begin, progress)
    told = _doubts(source.name, heard)
    if asked.follow.melody and heard.chords and not heard.melody:
        told.append(f"no line stands alone in {source.name}: its melody is not followed")
    return Temp(source.name, heard, offset), told


def _heard(
    engine: Engine, tempo_factor: float, source: Source, start: Fraction, seconds: Fraction, progress: Progress
) -> Listening:
    from hitpoint.core.listening.listening_cache import heard_before_or_now

    cache = user_cache_folder() if engine.use_cache else None
    return heard_before_or_now(source.clips, start, seconds, tempo_factor, cache, progress)


def _after(heard: Listening, wishes: Wishes) -> Wishes:
    """Key and tempo of the end of what was heard, where the editor did not choose others."""
    key = heard.keys[-1].key if heard.keys else None
    last = heard.beats[-_LAST_BEATS:]
    bpm = 60.0 * (len(last) - 1) / (last[-1] - last[0]) if len(last) > 1 else None
    if bpm is not None:
        bpm = round(min(max(bpm, _SLOWEST), _FASTEST), 2)
    return replace(wishes, key=wishes.key or key, bpm=wishes.bpm or bpm)


def _doubts(name: str, heard: Listening) -> list[str]:
    """Doubts that an editor should know of."""
    if not heard.chords:
        return [f"{name} is silent there: nothing of it is followed"]
    if heard.bpm is None:
        return [f"no beats are heard in {name}: its tempo is not followed"]
    if heard.tempo_doubt > _DOUBTFUL:
        other = f"{heard.bpm / 2:.0f} or {heard.bpm * 2:.0f} would fit as well: --half and --double choose"
        return [f"{name} is heard at {heard.bpm:.0f} beats a minute, but {other}"]
    return []


def _is_recording(path: Path) -> bool:
    """Whether a file is to be heard as it is rather than read as an edit."""
    row = format_of(path)
    is_movie = row is not None and row.way is Way.MOVIE
    return not path.is_dir() and (is_movie or path.suffix.casefold() in AUDIO_SUFFIXES)
