"""What a piece is composed to, a row a second.

The picture, fixed chords, wished attributes, and where in the piece it is.

:func:`conditions_of` builds them for a whole piece; :meth:`Conditions.window` is what a model of limited length sees.
Groups of columns may be absent, and single rows unknown (NaN in the video): those are read as the piece's mean.

Attributes are properties of the music in about eight seconds, in eight levels: :data:`ATTRIBUTE_EDGES` bounds them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from hitpoint.core.model.config import MODALITIES
from hitpoint.core.model.vocabulary import PAD
from hitpoint.core.mood import MOODS, VALENCE_AROUSAL

Reals = NDArray[np.float32]

GROUPS = {"semantic": 768, "scene": 3, "motion": 1, "emotion": 8, "clock": 4}  # columns of each, in the model's order

_CLOCK = "clock"  # the one group that is no picture

ATTRIBUTE_EDGES = {  # inner bounds of the levels 0..7
    "minor_share": (0.02, 0.15, 0.3, 0.45, 0.6, 0.75, 0.95),  # of the seconds with a chord; diminished ones count
    "change_rate": (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75),  # chord changes a second
    "loudness": (-1.2, -0.7, -0.3, 0.0, 0.3, 0.7, 1.2),  # standard deviations from the song's mean
    "density": (3.0, 6.0, 8.0, 10.0, 12.0, 14.0, 18.0),  # notes sounding in a second
}
ATTRIBUTES = tuple(ATTRIBUTE_EDGES)
LEVELS = 8
NO_WISH = -1
FREE = PAD  # in a row of locks: any chord

_LONGEST_CLOCK = 40  # seconds from the start, and to the end, that are told apart
_LONGEST_SINCE_CUT, _LONGEST_TO_CUT = 60.0, 30.0
_EMOTION_SMOOTHING = 5  # rows
_MOTION_FLOOR = 0.1  # added to the standard deviation of log motion, for pictures that hardly move

_VALENCE, _AROUSAL = np.array([VALENCE_AROUSAL[mood] for mood in MOODS]).T


@dataclass(frozen=True, eq=False)
class Conditions:
    """Rows of a piece or of a window of it, and one more if the piece ends with them: that one is about the end.

    Attributes:
        locks: (rows,) the token of a fixed chord, :data:`FREE` for none.
        levels: (rows, 4) wished level of each of :data:`ATTRIBUTES`, :data:`NO_WISH` for none.
        groups: name -> (rows, columns) of :data:`GROUPS`; those absent are unknown.
        has_end: whether the last row is about the end.
        places: (rows, columns) of :data:`~hitpoint.core.model.places.PLACES`; None where none is known.
        minor: (rows,) whether each row is in minor, for a piece that changes its mode; None for the mode of all.
        style: (dim,) a learnt style (:mod:`~hitpoint.core.model.inversion`), the same for all rows; None for none.
    """

    locks: NDArray[np.int64]
    levels: NDArray[np.int64]
    groups: Mapping[str, Reals]
    has_end: bool
    places: NDArray[np.int64] | None = None
    minor: NDArray[np.bool_] | None = None
    style: Reals | None = None

    def __len__(self) -> int:
        """Rows of music, the end's not counted."""
        return len(self.locks) - self.has_end

    @property
    def has_locks(self) -> bool:
        """Whether any chord is fixed."""
        return bool((self.locks != FREE).any())

    @property
    def has_wishes(self) -> bool:
        """Whether any attribute is wished anywhere."""
        return bool((self.levels != NO_WISH).any())

    def window(self, start: int, end: int) -> Conditions:
        """The rows ``start .. end`` (exclusive), with that about the end if the piece ends there."""
        has_end = self.has_end and end == len(self)
        rows = slice(start, end + has_end)
        return self._taken(rows, has_end=has_end)

    def in_order(self, rows: NDArray[np.int64]) -> Conditions:
        """The rows of those numbers, in that order; none of them is about the end."""
        return self._taken(rows, has_end=False)

    def without_wishes(self) -> Conditions:
        """The same picture, locks and clock, with no attribute wished."""
        return replace(self, levels=np.full_like(self.levels, NO_WISH))

    def without_locks(self) -> Conditions:
        """The same picture, wishes and clock, with no chord fixed."""
        return replace(self, locks=np.full_like(self.locks, FREE))

    def without_picture(self) -> Conditions:
        """The same locks, wishes, style and clock, with nothing seen."""
        return self.without(*(name for name in self.groups if name != _CLOCK))

    def _taken(self, rows: slice | NDArray[np.int64], *, has_end: bool) -> Conditions:
        groups = {name: columns[rows] for name, columns in self.groups.items()}
        places = None if self.places is None else self.places[rows]
        minor = None if self.minor is None else self.minor[rows]
        return Conditions(self.locks[rows], self.levels[rows], groups, has_end, places, minor, self.style)

    def without(self, *names: str) -> Conditions:
        """The same with some groups unknown."""
        return replace(self, groups={name: rows for name, rows in self.groups.items() if name not in names})


def conditions_of(
    video: NDArray[np.float32],
    *,
    locks: Mapping[int, int] | None = None,
    levels: NDArray[np.int64] | None = None,
    places: NDArray[np.int64] | None = None,
    minor: Sequence[bool] | NDArray[np.bool_] | None = None,
) -> Conditions:
    """The conditions of a whole piece.

    Args:
        video: (rows, 776) from :func:`~hitpoint.core.model.generate.video_matrix`; NaN where unknown.
        locks: row -> token; rows outside the piece do not matter.
        levels: (rows, 4) levels of :data:`ATTRIBUTES`, :data:`NO_WISH` for none.
        places: (rows, columns) where each row stands (:mod:`~hitpoint.core.model.places`).
        minor: (rows,) the mode of each row, if it changes.
    """
    rows = len(video)
    fixed = np.full(rows + 1, FREE, np.int64)
    for row, token in (locks or {}).items():
        if 0 <= row < rows:
            fixed[row] = token
    wished = np.full((rows + 1, len(ATTRIBUTES)), NO_WISH, np.int64)
    if levels is not None:
        wished[:rows] = levels
    picture = {name: np.concatenate((part, part[-1:])) for name, part in _picture(video).items() if rows}
    return Conditions(
        locks=fixed,
        levels=wished,
        groups={**picture, "clock": _clock(rows)},
        has_end=True,
        places=None if places is None else np.concatenate((places, np.zeros_like(places[:1]))),
        minor=None if minor is None else np.append(minor, minor[-1:]).astype(np.bool_),
    )


def levels_of(attribute: str, values: ArrayLike) -> NDArray[np.int64]:
    """The levels 0..7 that values of one of :data:`ATTRIBUTES` lie in.

    >>> levels_of("change_rate", [0.05, 0.45, 0.9]).tolist()
    [0, 4, 7]
    """
    return np.digitize(np.asarray(values, np.float64), ATTRIBUTE_EDGES[attribute]).astype(np.int64)


def smoothed(values: ArrayLike, width: int) -> Reals:
    """Centred moving mean over about ``width`` rows, shorter at the ends."""
    array = np.asarray(values, np.float64)
    total = np.concatenate(([0.0], np.cumsum(array)))
    row = np.arange(len(array))
    low, high = np.maximum(row - width // 2, 0), np.minimum(row + width // 2 + 1, len(array))
    return np.asarray((total[high] - total[low]) / (high - low), np.float32)


def _picture(video: NDArray[np.float32]) -> dict[str, Reals]:
    """The groups of the picture of which anything is known, (rows, columns) each."""
    known = {name: video[:, columns] for name, columns in MODALITIES.items()}
    known = {name: _filled(rows) for name, rows in known.items() if not np.isnan(rows).all()}
    groups = {}
    if "semantic" in known:
        groups["semantic"] = known["semantic"]
    if "scene_offset" in known:
        groups["scene"] = _scene(known["scene_offset"][:, 0] - 1.0)
    if "motion" in known:
        motion = np.log1p(np.maximum(known["motion"], 0.0))
        groups["motion"] = (motion - motion.mean()) / (motion.std() + _MOTION_FLOOR)
    if "emotion" in known:
        groups["emotion"] = _emotion(known["emotion"])
    return groups


def _filled(rows: Reals) -> Reals:
    """Rows with the mean of those known wherever one is unknown."""
    return np.where(np.isnan(rows), np.nanmean(rows, axis=0, keepdims=True), rows).astype(np.float32)


def _scene(offset: Reals) -> Reals:
    """(rows, 3): whether there is a cut, log(1 + seconds since the last), log(1 + rows to the next, less one)."""
    cuts = offset == 0
    since = np.log1p(np.clip(offset, 0.0, _LONGEST_SINCE_CUT))
    return np.stack((cuts, since, np.log1p(_rows_to_cut(cuts))), axis=1).astype(np.float32)


def _rows_to_cut(cuts: Sequence[bool] | NDArray[np.bool_]) -> Reals:
    """(rows,) rows between this and the next with a cut: 0 if that is the very next, at most 30."""
    rows, ahead = np.zeros(len(cuts), np.float32), _LONGEST_TO_CUT
    for row in range(len(cuts) - 1, -1, -1):
        is_next = row + 1 < len(cuts) and bool(cuts[row + 1])
        rows[row] = ahead = 0.0 if is_next else min(_LONGEST_TO_CUT, ahead + 1.0)
    return rows


def _emotion(probabilities: Reals) -> Reals:
    """(rows, 8): twice the smoothed probabilities, then valence and arousal."""
    calm = np.stack([smoothed(column, _EMOTION_SMOOTHING) for column in probabilities.T], axis=1)
    plane = np.stack((calm @ _VALENCE, calm @ _AROUSAL), axis=1)
    return np.concatenate((calm * 2.0, plane), axis=1).astype(np.float32)


def _clock(rows: int) -> Reals:
    """(rows + 1, 4): log(1 + seconds) from the start and to the end, at most 40 each; is it the start, the end."""
    row = np.arange(rows + 1)
    since, left = np.minimum(row, _LONGEST_CLOCK), np.minimum(rows - row, _LONGEST_CLOCK)
    return np.stack((np.log1p(since), np.log1p(left), row == 0, left == 0), axis=1).astype(np.float32)
