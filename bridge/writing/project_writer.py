"""A copy of a Kdenlive project with music, from the same values as every other scored timeline."""

from __future__ import annotations

from pathlib import Path

from hitpoint.bridge.kdenlive.marks import Mark
from hitpoint.bridge.kdenlive.patcher import MusicTrack, with_music_track
from hitpoint.bridge.writing.music_clip import TRACK_NAME, MusicClip


def scored_project(content: bytes, path: Path, music: MusicClip) -> bytes:
    """The project with the music on a track of its own; earlier music of ours is gone.

    Args:
        content: of the project file.
        path: of the project file.
        music: what to add.

    Raises:
        EditReadError: if it is no project, or damaged.
        EditWriteError: if it is of a format that was never tried.
    """
    guides = music.section_markers
    mark = Mark(music.id, music.cue, music.state, tuple((guide.frame, guide.text) for guide in guides))
    track = MusicTrack(music.wav, TRACK_NAME, music.start_frame, music.end_frame, mark, guides)
    return with_music_track(content, path, track, music.folder)
