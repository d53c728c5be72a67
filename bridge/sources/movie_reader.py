"""A movie as an edit: one shot between each two of its cuts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import repeat
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
SHORTEST_SHOT = Fraction(1, 4)  # seconds
_WHOLE = 0.95  # of the frames that the file's head counts must be there for its length to be believed


@dataclass
class _Film:
    """The findings on a film, in frames of its rate.

    Attributes:
        cuts: the first frame of each shot but the first.
        times: seconds from the first picture to each picture that is shown, by the frame where it appears.
        pictures: how many were decoded.
        last: time of the last picture.
        hold: frames for which the picture that stays longest but the last one stays.
    """

    cuts: list[int] = field(default_factory=list)
    times: dict[int, Fraction] = field(default_factory=dict)
    pictures: int = 0
    last: Fraction = Fraction(0)
    hold: int = 0


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
    if not film.pictures:
        raise EditReadError(f"{path.name} shows no frame: export or copy it again")
    return _edit_of(path, facts, film)


def _watched(container: InputContainer, stream: VideoStream, facts: MediaFacts, progress: Progress) -> _Film:
    film = _Film()
    shortest = max(1, round(SHORTEST_SHOT * facts.rate.frames_per_second))
    film.cuts = list(find_cuts(_each_frame(_pictures(container, stream, facts, film, progress)), shortest))
    return film


def _each_frame(pictures: Iterable[tuple[int, NDArray[np.uint8]]]) -> Iterator[NDArray[np.uint8]]:
    """A picture for each frame: one that stays is the same object again, of two in one frame the later is shown."""
    shown: tuple[int, NDArray[np.uint8]] | None = None
    for frame, picture in pictures:
        if shown is not None and frame > shown[0]:
            yield from repeat(shown[1], frame - shown[0])
        shown = max(frame, shown[0]) if shown is not None else frame, picture
    if shown is not None:
        yield shown[1]


def _pictures(
    container: InputContainer, stream: VideoStream, facts: MediaFacts, film: _Film, progress: Progress
) -> Iterator[tuple[int, NDArray[np.uint8]]]:
    """Small pictures in order, each with the frame where it appears; the film is filled on the way."""
    first: int | None = None
    for number, frame in enumerate(container.decode(stream)):
        if first is None:
            first = frame.pts or 0
        tick = None if frame.pts is None or frame.time_base is None else (frame.pts - first) * frame.time_base
        time = facts.rate.seconds(number) if tick is None else max(tick, Fraction(0))
        if time > LONGEST_SECONDS:
            raise EditReadError(f"the movie is longer than {LONGEST_SECONDS // 3600} hours: cut it shorter")
        at = facts.rate.nearest_frame(time)
        film.hold = max(film.hold, at - facts.rate.nearest_frame(film.last))
        film.times[at] = time
        film.pictures, film.last = number + 1, max(film.last, time)
        if number % _FRAMES_PER_STEP == 0:
            progress.step(float(time / facts.seconds) if facts.seconds else 0.5, "finding cuts")
        small = frame.reformat(width=_WIDTH, height=_HEIGHT, format="rgb24", interpolation=Interpolation.AREA)
        yield at, np.asarray(small.to_ndarray(), dtype=np.uint8)


def _frames(facts: MediaFacts, film: _Film) -> int:
    """Length of the film: to the end of its last picture, which may stay as others do, for as long as the file says."""
    shown = facts.rate.nearest_frame(film.last) + 1
    stays = film.hold > 2 or film.pictures == 1  # else it breaks off, and its head does not know
    is_whole = stays and film.pictures >= facts.frames * _WHOLE
    if facts.seconds is None or not is_whole or facts.seconds > LONGEST_SECONDS:
        return shown
    told = facts.rate.nearest_frame(facts.seconds)
    return told if told > shown + 1 else shown


def _edit_of(path: Path, facts: MediaFacts, film: _Film) -> Edit:
    rate = facts.rate
    frames = _frames(facts, film)
    starts = [0, *(cut for cut in film.cuts if 0 < cut < frames)]
    shots = tuple(
        Shot(
            path.name,
            start,
            end,
            media=path.absolute(),
            media_name=path.name,
            source_start=film.times.get(start, rate.seconds(start)),
        )
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
