"""A copy of a Kdenlive project with music, from the same values as every other scored timeline."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from hitpoint.bridge.kdenlive.marks import Mark
from hitpoint.bridge.kdenlive.patcher import MusicTrack, with_music_track
from hitpoint.bridge.writing.music_clip import TRACK_NAME, MusicClip


def scored_project(content: bytes, path: Path, music: Sequence[MusicClip], kept: Collection[str] = ()) -> bytes:
    """The project with the music on a track of its own; earlier music of ours is gone, unless it is kept.

    Args:
        content: of the project file.
        path: of the project file.
        music: what to add, one clip a cue; each lies on a track of ours wherever that is free.
        kept: ids of the music that stays.

    Raises:
        EditReadError: if it is no project, or damaged.
        EditWriteError: if it is of a format that was never tried.
    """
    for clip in music:
        guides = clip.section_markers
        mark = Mark(clip.id, clip.cue, clip.state, tuple((guide.frame, guide.text) for guide in guides))
        track = MusicTrack(clip.wav, TRACK_NAME, clip.start_frame, clip.end_frame, mark, guides)
        content = with_music_track(content, path, track, clip.folder, kept)
        kept = {*kept, clip.id}
    return content
