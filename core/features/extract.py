"""From an edit to its features: which frame each second shows, seen once, kept, and put in the order of the timeline.

Only frames that the edit shows are decoded, each once, whatever the number of shots a media file is used in; several
parts of media at a time, a core each. What was seen before comes from the cache. A shot without media, or whose file
cannot be read, is no error: its seconds are unseen, and have nothing but the cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.edit import Edit, Shot, ShotKind
from hitpoint.core.errors import MediaReadError, OptionError
from hitpoint.core.features.cache import FeatureCache, content_of
from hitpoint.core.features.emotion import PictureRows, emotion_of
from hitpoint.core.features.features import SEMANTIC_SIZE, PictureFeatures
from hitpoint.core.features.motion import motion_at_speed
from hitpoint.core.features.scene_offset import scene_offset, second_count
from hitpoint.core.features.seen import PICTURE_KIND, PICTURE_SIZE, see
from hitpoint.core.features.semantic import ImageEncoder, load_clip
from hitpoint.core.machine.core_count import core_count
from hitpoint.core.machine.freed_memory import keep_freed
from hitpoint.core.machine.parallel import side_by_side
from hitpoint.core.media.frame_plan import FramePlan, plan_frames
from hitpoint.core.mood import MOODS
from hitpoint.core.progress import SILENT, Progress

CLIP_VERSION = "1"

_PIECE = 90  # times that one thread looks at, and that are kept together
_PIECES_A_THREAD = 3  # so that all end at about the same time
_THREADS = 4  # more would only hold more pictures
_LISTING = 0.02  # share of the time
_LARGEST = 31 << 20  # bytes of a picture that comes and goes: one of 4096 x 2160 has 25

Row = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Extraction:
    """The features of an edit.

    Attributes:
        features: one row per second of the stretch.
        warnings: a sentence for each media file that could not be read.
        decoded_seconds: rows that were decoded now; the others came from the cache or were not to be seen.
        left_seconds: rows that have a picture which nobody has looked at, because only what is known was asked for.
    """

    features: PictureFeatures
    warnings: tuple[str, ...]
    decoded_seconds: int
    left_seconds: int = 0


@dataclass(frozen=True)
class _Second:
    """The picture of one second of timeline: a shot, and where in its media."""

    shot: int
    media: Path | None
    source: Fraction
    speed: Fraction


def extract_features(
    edit: Edit,
    kind: Literal["picture", "clip"] = "picture",
    *,
    start_frame: int = 0,
    end_frame: int | None = None,
    cache: FeatureCache | None = None,
    encoder: ImageEncoder | None = None,
    progress: Progress = SILENT,
) -> Extraction:
    """Look at a stretch of an edit, once per second of timeline.

    Args:
        edit: the cut.
        kind: "picture" needs nothing but the frames; "clip" adds CLIP embeddings and takes emotion from them.
        start_frame: first timeline frame of the stretch.
        end_frame: first timeline frame after it; None for the end of the edit.
        cache: where rows are looked up and kept; None to decode everything and keep nothing.
        encoder: what sees for "clip"; None loads the weights (:func:`load_clip`).
        progress: stepped between GOPs; what was decoded before a cancellation is kept in the cache.

    Raises:
        OptionError: if the stretch is empty or outside the edit.
        CheckpointError: if "clip" is wanted and cannot be had.
    """
    end = _end_of(edit, start_frame, end_frame)
    if kind == "clip" and encoder is None:
        encoder = load_clip()
    seconds = _seconds_of(edit, start_frame, end)
    sight = _Sight(cache, encoder if kind == "clip" else None)
    rows = sight.rows_of(seconds, edit.rate.frames_per_second, progress)
    features = _features(edit, seconds, rows, start_frame, end, sight.row_size)
    return Extraction(features, tuple(sight.warnings), sight.decoded)


def known_features(
    edit: Edit, *, start_frame: int = 0, end_frame: int | None = None, cache: FeatureCache | None = None
) -> Extraction:
    """What is known of a stretch of an edit without looking: its cuts, and the pictures that were seen before.

    Args:
        edit: the cut.
        start_frame: first timeline frame of the stretch.
        end_frame: first timeline frame after it; None for the end of the edit.
        cache: what was seen before; None for nothing.

    Raises:
        OptionError: if the stretch is empty or outside the edit.
    """
    end = _end_of(edit, start_frame, end_frame)
    seconds = _seconds_of(edit, start_frame, end)
    sight = _Sight(cache, None)
    rows, unknown = sight.known_of(seconds)
    features = _features(edit, seconds, rows, start_frame, end, sight.row_size)
    waiting = {(media, time) for media, _, times in unknown for time in times}
    return Extraction(features, (), 0, sum((one.media, one.source) in waiting for one in seconds))


def _end_of(edit: Edit, start_frame: int, end_frame: int | None) -> int:
    end = edit.frames if end_frame is None else end_frame
    if not 0 <= start_frame < end <= edit.frames:
        raise OptionError(f"there is no picture from frame {start_frame} to {end}: the edit has 0 to {edit.frames}")
    return end


def _seconds_of(edit: Edit, start_frame: int, end_frame: int) -> list[_Second]:
    """What each second of a stretch shows, at the begin of the timeline frame that is on the screen then."""
    starts = [shot.start for shot in edit.shots]
    begin = edit.rate.seconds(start_frame)
    found = []
    for second in range(second_count(edit, start_frame, end_frame)):
        frame = min(edit.rate.frame_at(begin + second), end_frame - 1)
        number = bisect_right(starts, frame) - 1
        shot = edit.shots[number]
        source = shot.source_start + shot.speed * edit.rate.seconds(frame - shot.start)
        found.append(_Second(number, _media_of(shot), max(source, Fraction(0)), shot.speed))
    return found


def _media_of(shot: Shot) -> Path | None:
    return shot.media if shot.kind is ShotKind.PICTURE else None


@dataclass(frozen=True, eq=False)
class _Piece:
    """A part of a file that one thread looks at, and what tells the file in the cache."""

    plan: FramePlan
    content: str


class _Sight:
    """One look at an edit: gets rows from the cache or from the frames, and remembers what went wrong.

    A row holds the picture measures of :mod:`hitpoint.core.features.seen`, and with an encoder the embedding after it.
    """

    def __init__(self, cache: FeatureCache | None, encoder: ImageEncoder | None) -> None:
        self._cache = cache
        self._encoder = encoder
        self.row_size = PICTURE_SIZE if encoder is None else PICTURE_SIZE + SEMANTIC_SIZE + len(MOODS)
        self._kind = PICTURE_KIND + (f" {encoder.name}.{CLIP_VERSION}" if encoder is not None else "")
        self.warnings: list[str] = []
        self._problems: set[str] = set()
        self._threads = min(core_count(), _THREADS) if encoder is None else 1
        self.decoded = 0

    def rows_of(
        self, seconds: Sequence[_Second], rate: Fraction, progress: Progress
    ) -> dict[tuple[Path, Fraction], Row]:
        """Rows by media and source time, for all seconds that could be seen."""
        found, unknown = self.known_of(seconds, progress)
        keep_freed(_LARGEST)
        pieces = self._pieces(unknown, rate, progress.part(0.0, _LISTING))
        share = sum(len(piece.plan.times) for piece in pieces) / self._threads
        work = [(len(piece.plan.times), partial(self._looked, piece, share)) for piece in pieces]
        looking = progress.part(_LISTING, 1.0)
        for piece, (rows, problem) in zip(pieces, side_by_side(work, self._threads, looking), strict=True):
            found.update(((piece.plan.path, time), row) for time, row in rows.items())
            self.decoded += len(rows)
            self._warn(problem)
        self._tell_unseen(dict.fromkeys(second.media for second in seconds if second.media is not None), found)
        progress.step(1.0)
        return found

    def known_of(
        self, seconds: Sequence[_Second], progress: Progress = SILENT
    ) -> tuple[dict[tuple[Path, Fraction], Row], list[tuple[Path, str, list[Fraction]]]]:
        """Rows that were seen before by media and source time, and what is left: media, content and times."""
        wanted: defaultdict[Path, set[Fraction]] = defaultdict(set)
        for second in seconds:
            if second.media is not None:
                wanted[second.media].add(second.source)
        found: dict[tuple[Path, Fraction], Row] = {}
        unknown: list[tuple[Path, str, list[Fraction]]] = []
        for media, times in wanted.items():
            progress.step(0.0)
            content = self._content(media)
            known: dict[Fraction, Row] = {}
            if self._cache is not None and content:
                known = dict(self._cache.rows(content, self._kind, sorted(times), self.row_size))
            found.update(((media, time), row) for time, row in known.items())
            if rest := [time for time in sorted(times) if time not in known]:
                unknown.append((media, content, rest))
        return found, unknown

    def _pieces(
        self, unknown: Sequence[tuple[Path, str, Sequence[Fraction]]], rate: Fraction, progress: Progress
    ) -> list[_Piece]:
        """Every file that is to be looked at, listed and in parts."""

        def plan(media: Path, times: Sequence[Fraction], progress: Progress) -> FramePlan | str:
            """How the pictures at some seconds of a file are reached, or why the file cannot be read."""
            try:
                return plan_frames(media, times, progress, sequence_rate=rate)
            except (MediaReadError, OSError) as error:
                return str(error)

        work = [(len(times), partial(plan, media, times)) for media, _, times in unknown]
        count = self._threads * _PIECES_A_THREAD if self._threads > 1 else 1
        total = sum(len(times) for _, _, times in unknown)
        pieces = []
        for (_, content, times), found in zip(unknown, side_by_side(work, self._threads, progress), strict=True):
            if isinstance(found, str):
                self._warn(found)
                continue
            parts = found.parts(-(-count * len(times) // total), _PIECE)
            pieces += [_Piece(part, content) for part in parts]
        return pieces

    def _content(self, media: Path) -> str:
        """What tells the file in the cache; nothing if it is not asked for, or cannot be told."""
        try:
            return content_of(media) if self._cache is not None else ""
        except (OSError, MediaReadError):
            return ""  # decoding will say what is wrong with it

    def _looked(self, piece: _Piece, share: float, progress: Progress) -> tuple[dict[Fraction, Row], str]:
        """Rows of a piece by source time, which are kept whatever happens, and what went wrong.

        A piece of no more times than a thread's share is decoded by one thread: those of a decoder wait for each other.
        """
        threads = 1 if len(piece.plan.times) <= share else 0
        progress.step(0.0, f"Looking at {piece.plan.path.name}")
        fresh: dict[Fraction, Row] = {}
        try:
            for time, row in see(piece.plan, self._encoder, progress, threads=threads):
                fresh[time] = row
        except (MediaReadError, OSError) as error:
            return fresh, str(error)
        finally:
            if self._cache is not None and piece.content:
                self._cache.keep(piece.content, self._kind, fresh)
        return fresh, ""

    def _tell_unseen(self, wanted: Iterable[Path], found: Mapping[tuple[Path, Fraction], Row]) -> None:
        seen = {media for media, _ in found}
        for media in wanted:
            if media not in seen and not any(media.name in warning for warning in self.warnings):
                self._warn(f"no frame of {media.name} could be decoded: export or copy it again")

    def _warn(self, problem: str) -> None:
        if problem and problem not in self._problems:
            self._problems.add(problem)
            self.warnings.append(f"{problem} (its shots are scored from the cut alone)")


def _features(
    edit: Edit,
    seconds: Sequence[_Second],
    rows: Mapping[tuple[Path, Fraction], Row],
    start_frame: int,
    end_frame: int,
    row_size: int,
) -> PictureFeatures:
    table = np.zeros((len(seconds), row_size), np.float32)
    seen = np.zeros(len(seconds), np.bool_)
    for place, second in enumerate(seconds):
        row = None if second.media is None else rows.get((second.media, second.source))
        if row is not None:
            table[place], seen[place] = row, True
            table[place, 0] = motion_at_speed(float(row[0]), second.speed)
    emotion = emotion_of(_picture_rows(edit, seconds, table, seen))
    semantic = None
    if row_size > PICTURE_SIZE:
        semantic = table[:, PICTURE_SIZE : PICTURE_SIZE + SEMANTIC_SIZE].copy()
        emotion = np.where(seen[:, None], table[:, PICTURE_SIZE + SEMANTIC_SIZE :], emotion)
    return PictureFeatures(scene_offset(edit, start_frame, end_frame), table[:, 0].copy(), emotion, semantic, seen)


def _picture_rows(
    edit: Edit, seconds: Sequence[_Second], table: NDArray[np.float32], seen: NDArray[np.bool_]
) -> PictureRows:
    shots = [edit.shots[second.shot] for second in seconds]
    lengths = np.array([float(edit.rate.seconds(shot.end - shot.start)) for shot in shots])
    motion, brightness, saturation, lighting_key, shadow, pleasantness = table[:, :PICTURE_SIZE].astype(np.float64).T
    shot = np.array([second.shot for second in seconds], np.int64)
    return PictureRows(motion, brightness, saturation, lighting_key, shadow, pleasantness, seen, shot, lengths)
