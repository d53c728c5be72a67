"""Which songs of a data set are trained on and which are held out: by song, never by video."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from hitpoint.core.errors import DatasetError

_HELD_OUT = 10  # one song in ten for val, one for test, as in MuVi-Sync


def split_songs(contents: Sequence[str], groups: Sequence[int]) -> dict[str, tuple[int, ...]]:
    """The places of the songs in train, val and test.

    Songs of one group stay together, in train: what is held out has no twin. The others are drawn by a hash of what
    their files hold, so that a data set made again has the same splits, in any order of files.

    Args:
        contents: what tells each video's file, such as a SHA-256.
        groups: of each video, the first video of the same song.

    Raises:
        DatasetError: if there are fewer than three songs.
    """
    alone = [place for place, group in enumerate(groups) if groups.count(group) == 1]
    if len(set(groups)) < 3 or len(alone) < 2:
        raise DatasetError(
            f"too few different songs, {len(set(groups))}: train, val and test need one each that no other video has; "
            "give at least three"
        )
    drawn = sorted(alone, key=lambda place: hashlib.sha256(f"split {contents[place]}".encode()).hexdigest())
    held_out = max(round(len(set(groups)) / _HELD_OUT), 1)
    if 2 * held_out >= len(drawn) and len(drawn) == len(groups):
        held_out = (len(drawn) - 1) // 2
    held_out = min(held_out, len(drawn) // 2)
    val, test = drawn[:held_out], drawn[held_out : 2 * held_out]
    train = [place for place in range(len(groups)) if place not in {*val, *test}]
    return {"train": tuple(train), "val": tuple(sorted(val)), "test": tuple(sorted(test))}
