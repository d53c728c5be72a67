"""From a word of the command line to sound: a file, a track of an edit, or the track that looks like a temp."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hitpoint.bridge.formats import AUDIO_SUFFIXES, Way, format_of

if TYPE_CHECKING:  # loads what decodes sound, for which words alone need not wait
    from hitpoint.core.listening.temp_tracks import Source


def source_of(recording: Path, track: str | None, media_folders: Sequence[Path] = ()) -> Source:
    """What to listen to: the named track of an edit, its only or likeliest one, or a whole file.

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


def _is_recording(path: Path) -> bool:
    """Whether a file is to be heard as it is rather than read as an edit."""
    row = format_of(path)
    is_movie = row is not None and row.way is Way.MOVIE
    return not path.is_dir() and (is_movie or path.suffix.casefold() in AUDIO_SUFFIXES)
