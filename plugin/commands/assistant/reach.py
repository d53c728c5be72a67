"""The files that an edit, or the music in it, would have us open: media, cue files, fonts, instruments."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hitpoint.bridge.reading.production_sound import read_sound_tracks
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.cue.cue import Cue
from hitpoint.core.timebase import FrameRate
from hitpoint.plugin.jobs.standing import CUE_SUFFIX, standing_cues


def files_of_edit(path: Path, rate: FrameRate | None = None) -> Iterator[Path]:
    """The media of an edit, pictures and sound, and all that belongs to the music in it.

    Raises:
        EditReadError: if it cannot be read.
    """
    if path.suffix.lower() != CUE_SUFFIX:
        yield from read_edit(path, rate=rate).media_files
        for track in read_sound_tracks(path):
            yield from (clip.media for clip in track.clips)
    for one in standing_cues(path):
        if one.file is not None:
            yield one.file
        if one.cue is not None:
            yield from files_of_cue(one.cue)


def files_of_cue(cue: Cue) -> Iterator[Path]:
    """The media, fonts and instruments that a cue names, as far as they are there."""
    sound = cue.sound
    own = (sound.soundfont, sound.instruments, *(font for _, font in sound.part_fonts))
    yield from (path for path in own if path is not None and path.exists())
    yield from (path for path in cue.edit.media_files if path.exists())
