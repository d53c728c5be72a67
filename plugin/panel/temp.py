"""The temp music of an edit for the window: found, drawn, listened to and followed, as ``score --like`` does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from hitpoint.bridge.reading.production_sound import read_sound_tracks
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.edit import Edit
from hitpoint.core.errors import HitpointError
from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.ports import HeardTemp, LikeWish
from hitpoint.core.progress import Progress
from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.job import Job, Recordings
from hitpoint.plugin.jobs.loading import lasting

if TYPE_CHECKING:
    from hitpoint.core.listening.listening import Listening
    from hitpoint.core.media.sound_clip import SoundClip

_BLOCK = 10 * SAMPLE_RATE
LONGEST = 900  # seconds of a temp that are listened to by themselves; a longer one is drawn


def heard_temp(path: Path, media_folders: tuple[Path, ...], progress: Progress) -> Iterator[HeardTemp]:
    """The temp of an edit, first as it looks, then with its beats and chords; nothing if no track looks like one.

    Raises:
        Cancelled: if stopped.
    """
    from hitpoint.core.listening.temp_tracks import temp_in
    from hitpoint.core.media.production_mix import production_peaks

    try:
        source = temp_in(read_sound_tracks(path, media_folders))
    except HitpointError:
        return
    if source is None:
        return
    start, end = float(source.start), float(source.end)
    option = f"track:{source.name.split(' ')[0]}"
    peaks = production_peaks(source.clips, progress.part(0.0, 0.2))
    yield HeardTemp(source.name, option, source.clips, start, end, peaks)
    length = source.end - source.start
    if length > LONGEST:
        return
    with lasting():
        from hitpoint.core.listening.listening_cache import heard_before_or_now  # loads librosa and networks
    heard = heard_before_or_now(
        source.clips, source.start, Fraction(length), 1.0, user_cache_folder(), progress.part(0.2, 0.9)
    )
    loudness = _loudness(source.clips, start, end, progress.part(0.9, 1.0))
    chords = tuple(_chords(heard, start))
    beats, downbeats = (tuple(start + time for time in times) for times in (heard.beats, heard.downbeats))
    yield HeardTemp(source.name, option, source.clips, start, end, peaks, True, beats, downbeats, chords, loudness)


def followed(
    edit: Edit, wishes: Wishes, like: LikeWish, media_folders: tuple[Path, ...], engine: Engine, progress: Progress
) -> tuple[Wishes, tuple[str, ...]]:
    """The wishes with what was heard of a recording, and sentences about it, as ``score --like`` has them.

    Raises:
        HitpointError: if the recording is not there.
        Cancelled: if stopped.
    """
    from hitpoint.plugin.jobs.hearing import with_recordings

    recordings = Recordings(like=like.source, follow=like.follow)
    job = Job(edit.path, media_folders=media_folders, engine=engine, recordings=recordings)
    return with_recordings(job, edit, wishes, progress)


def _loudness(clips: Sequence[SoundClip], start: float, end: float, progress: Progress) -> float:
    """LUFS integrated of what lies between two seconds of the timeline."""
    from hitpoint.core.media.production_mix import ProductionMix
    from hitpoint.core.render.mix.loudness import LoudnessMeter

    mix, meter = ProductionMix(clips), LoudnessMeter()
    first, last = round(start * SAMPLE_RATE), round(end * SAMPLE_RATE)
    try:
        for place in range(first, last, _BLOCK):
            progress.step((place - first) / (last - first), "measuring the sound")
            meter.add(mix.read(place, min(place + _BLOCK, last)))
    finally:
        mix.close()
    return meter.integrated()


def _chords(heard: Listening, start: float) -> Iterator[tuple[float, float, str]]:
    """Chords as they are drawn: neighbours that are the same joined, silences left out."""
    from hitpoint.core.model.vocabulary import SILENCE, symbol_of

    before: tuple[float, float, str] | None = None
    for chord in heard.chords:
        symbol = "" if chord.token == SILENCE else symbol_of(chord.token)
        if before is not None and before[2] == symbol:
            before = (before[0], start + chord.end, symbol)
            continue
        if before is not None and before[2]:
            yield before
        before = (start + chord.start, start + chord.end, symbol)
    if before is not None and before[2]:
        yield before
