"""A change list in one line, for whoever works beside the host."""

from __future__ import annotations

from collections.abc import Iterator

from hitpoint.core.conform.change_list import Changes, Fate


def summary(changes: Changes) -> str:
    """What became of the shots, how much of the music is the old one and how much was composed."""
    return ", ".join([*_shots(changes), *_music(changes)])


def _shots(changes: Changes) -> Iterator[str]:
    for fate in Fate:
        count = sum(fate in shot.fates for shot in changes.shots_told)
        if count:
            yield f"{count} {'shot' if count == 1 else 'shots'} {fate.value}"


def _music(changes: Changes) -> Iterator[str]:
    length = changes.new_range.end - changes.new_range.start
    kept = sum((music.new.end - music.new.start for music in changes.kept), start=length - length)
    composed = sum((span.end - span.start for span in changes.composed), start=length - length)
    yield f"{float(kept):.1f} of {float(length):.1f} s of music kept"
    if composed:
        yield f"{float(composed):.1f} s composed"
    if changes.lost_locks:
        yield f"{len(changes.lost_locks)} locks lost"
