"""What a shot shows, so that shots of two edits can be compared: which media, and from where to where.

Media are known by their file name, because folders move between hosts; names that stand for several files of an edit
(cameras count from C0001 each day) are known by their folders too. Pictures are compared by seconds of source; gaps and
freeze frames show the same all through and are compared by how long they last.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from hitpoint.core.edit import Edit, Shot, ShotKind

Identity = tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """What one shot shows.

    Attributes:
        identity: of what is seen: media, direction, and the moment of a freeze frame.
        start: seconds of source, the lower end.
        end: the higher one.
        speed: seconds of source a second of timeline, above 0; 1 for what does not move.
        is_backwards: whether the shot begins at ``end``.
    """

    identity: Identity
    start: Fraction
    end: Fraction
    speed: Fraction
    is_backwards: bool = False

    def offset_of(self, source: Fraction) -> Fraction:
        """Timeline seconds from the shot's beginning at which a moment of the source is seen."""
        return (self.end - source if self.is_backwards else source - self.start) / self.speed


def sources_of(edit: Edit, other: Edit) -> tuple[Source, ...]:
    """What the shots of an edit show.

    Args:
        edit: whose shots.
        other: the edit it is compared with, which must tell apart the same names.
    """
    depths = _depths((edit, other))
    return tuple(_source(shot, edit, depths) for shot in edit.shots)


def _source(shot: Shot, edit: Edit, depths: dict[str, int]) -> Source:
    length = edit.rate.seconds(shot.end - shot.start)
    if shot.kind is ShotKind.GAP:
        return Source(("gap",), Fraction(0), length, Fraction(1))
    identity = (shot.kind.value, _media(shot, depths))
    start = shot.source_start
    if shot.speed == 0:
        return Source((*identity, "freeze", str(float(start))), Fraction(0), length, Fraction(1))
    span = length * abs(shot.speed)
    if shot.speed < 0:
        return Source((*identity, "backwards"), start - span, start, -shot.speed, is_backwards=True)
    return Source(identity, start, start + span, shot.speed)


def _media(shot: Shot, depths: dict[str, int]) -> str:
    """A file name, with as many folders before it as tell it from others of that name."""
    name = _name(shot)
    return name if shot.media is None or name not in depths else _tail(shot.media, depths[name])


def _name(shot: Shot) -> str:
    return (shot.media_name or (shot.media.name if shot.media is not None else shot.name)).casefold()


def _tail(path: Path, depth: int) -> str:
    return "/".join(path.parts[-depth:]).casefold()


def _depths(edits: tuple[Edit, Edit]) -> dict[str, int]:
    """Names of more than one file inside one of the edits, and how many parts of the path tell these apart."""
    found: dict[str, int] = {}
    for edit in edits:
        paths: dict[str, set[Path]] = defaultdict(set)
        for shot in edit.shots:
            if shot.media is not None:
                paths[_name(shot)].add(shot.media)
        for name, files in paths.items():
            if len(files) > 1:
                found[name] = max(found.get(name, 0), _depth(files))
    return found


def _depth(files: set[Path]) -> int:
    deepest = max(len(file.parts) for file in files)
    return next((n for n in range(2, deepest) if len({_tail(file, n) for file in files}) == len(files)), deepest)
