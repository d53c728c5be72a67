"""A movie as an edit: one shot between each two of its cuts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.video.reformatter import Interpolation
from av.video.stream import VideoStream
from numpy.typing import NDArray

from hitpoint.bridge.lookup.media_probe import MediaFacts, facts_of
from hitpoint.bridge.sources.cut_detector import find_cuts
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.errors import EditReadError, MediaReadError
from hitpoint.core.media.media_file import opened
from hitpoint.core.progress import SILENT, Progress

LONGEST_SECONDS = 24 * 3600
_WIDTH, _HEIGHT = 160, 90  # of the pictures compared
_FRAMES_PER_STEP = 10


@dataclass(frozen=True)
class _Film:
    """Where a film is cut: number of each shot's first frame, and the time of every frame from the first one."""

    cuts: list[int]
    times: list[Fraction]


def read_movie(path: Path, progress: Progress = SILENT) -> Edit:
    """The edit of a movie whose cuts are detected, exact to the frame.

    Raises:
        EditReadError: if the file cannot be decoded or has no picture.
        Cancelled: if the caller has asked for an end.
    """
    if not path.exists():
        raise EditReadError(f"nothing found at {path}: check the path to the movie")
    try:
        with opened(path) as (container, stream):
            facts = facts_of(container, stream)
            film = _watched(container, stream, facts, progress)
    except MediaReadError as error:
        raise EditReadError(str(error)) from None
    except (av.FFmpegError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise EditReadError(f"{path.name} cannot be decoded ({reason}): export or copy it again") from None
    if not film.times:
        raise EditReadError(f"{path.name} shows no frame: export or copy it again")
    return _edit_of(path, facts, film)


def _watched(container: InputContainer, stream: VideoStream, facts: MediaFacts, progress: Progress) -> _Film:
    times: list[Fraction] = []
    cuts = list(find_cuts(_pictures(container, stream, facts, times, progress)))
    return _Film(cuts, times)


def _pictures(
    container: InputContainer, stream: VideoStream, facts: MediaFacts, times: list[Fraction], progress: Progress
) -> Iterator[NDArray[np.uint8]]:
    """Small pictures of all frames in order; their times are added to ``times`` on the way."""
    first: int | None = None
    for number, frame in enumerate(container.decode(stream)):
        if first is None:
            first = frame.pts or 0
        tick = None if frame.pts is None or frame.time_base is None else (frame.pts - first) * frame.time_base
        times.append(facts.rate.seconds(number) if tick is None else tick)
        if times[-1] > LONGEST_SECONDS:
            raise EditReadError(f"the movie is longer than {LONGEST_SECONDS // 3600} hours: cut it shorter")
        if number % _FRAMES_PER_STEP == 0:
            progress.step(float(times[-1] / facts.seconds) if facts.seconds else 0.5, "finding cuts")
        small = frame.reformat(width=_WIDTH, height=_HEIGHT, format="rgb24", interpolation=Interpolation.AREA)
        yield np.asarray(small.to_ndarray(), dtype=np.uint8)


def _edit_of(path: Path, facts: MediaFacts, film: _Film) -> Edit:
    rate = facts.rate
    frames = rate.nearest_frame(max(film.times)) + 1
    firsts = {rate.nearest_frame(film.times[number]): film.times[number] for number in (0, *film.cuts)}
    starts = sorted(start for start in firsts if 0 <= start < frames)
    shots = tuple(
        Shot(path.name, start, end, media=path.absolute(), media_name=path.name, source_start=firsts[start])
        for start, end in zip(starts, [*starts[1:], frames], strict=True)
    )
    return Edit(
        name=path.stem,
        path=path,
        rate=rate,
        frames=frames,
        shots=shots,
        start_timecode_frame=facts.start_timecode_frame,
        drop_frame=facts.drop_frame,
        host="movie",
    )
