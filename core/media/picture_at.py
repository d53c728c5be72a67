"""The picture at a frame of the timeline: through cuts, speed, reverse, freezes and gaps, small and quickly.

:func:`shown_at` is arithmetic; :class:`PictureSource` has the pixels. A source belongs to one worker thread, but
``cached`` may be asked from any, so that a window never waits::

    source = PictureSource(edit)
    for picture in source.load([100, 101, 102]):
        print(picture.shown.seen, picture.pixels)
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.edit import Edit, Shot, ShotKind
from hitpoint.core.errors import MediaReadError
from hitpoint.core.media.image_sequence import is_sequence
from hitpoint.core.media.picture_cache import PictureCache

if TYPE_CHECKING:  # loads decoders, which a window that opens does without
    from hitpoint.core.media.movie_pictures import MoviePictures, SequencePictures

HEIGHT = 360  # pixels of a preview, unless told otherwise
CACHE_BYTES = 256 * 1024 * 1024  # about 370 pictures of 640 by 360
_OPEN_FILES = 4


class Seen(Enum):
    """The picture on the screen."""

    PICTURE = "picture"
    GAP = "gap"
    GENERATED = "generated"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Shown:
    """The picture of one timeline frame: its shot, file and time in it.

    Attributes:
        frame: of the timeline.
        seen: what kind of thing.
        shot: the shot it belongs to; None outside the edit.
        media: the file to decode; None where there is none.
        source: seconds into that file.
        problem: of a file that cannot be read, a sentence.
    """

    frame: int
    seen: Seen
    shot: Shot | None = None
    media: Path | None = None
    source: Fraction = Fraction(0)
    problem: str = ""


@dataclass(frozen=True, eq=False)
class Picture:
    """A frame as it is seen; ``pixels`` is (height, width, 3) uint8 RGB, None where nothing is to be decoded."""

    shown: Shown
    pixels: NDArray[np.uint8] | None = None


def shown_at(edit: Edit, frame: int) -> Shown:
    """The shot and the media time of a timeline frame, without looking at any file."""
    if not 0 <= frame < edit.frames:
        return Shown(frame, Seen.OUTSIDE)
    shot = edit.shots[bisect_right(edit.shots, frame, key=lambda each: each.start) - 1]
    if shot.kind is not ShotKind.PICTURE:
        return Shown(frame, Seen.GAP if shot.kind is ShotKind.GAP else Seen.GENERATED, shot)
    if shot.media is None:
        return Shown(frame, Seen.MISSING, shot)
    source = shot.source_start + shot.speed * edit.rate.seconds(frame - shot.start)
    return Shown(frame, Seen.PICTURE, shot, shot.media, max(source, Fraction(0)))


class PictureSource:
    """The pictures of one edit.

    Args:
        edit: the cut.
        height: pixels that pictures are high, at the most.
        cache: where pictures are kept; several sources may share one.
    """

    def __init__(self, edit: Edit, height: int = HEIGHT, cache: PictureCache | None = None) -> None:
        self._edit = edit
        self._height = height
        self._cache = cache or PictureCache(CACHE_BYTES)
        self._files: OrderedDict[Path, MoviePictures | SequencePictures] = OrderedDict()
        self._broken: dict[Path, str] = {}

    @property
    def edit(self) -> Edit:
        """The cut whose pictures these are."""
        return self._edit

    def cached(self, frame: int) -> Picture | None:
        """A picture that needs no decoding: seen lately, or nothing to see. Any thread may ask."""
        shown = shown_at(self._edit, frame)
        if shown.media is None:
            return Picture(shown)
        if shown.media in self._broken:
            return self._unreadable(shown)
        pixels = self._cache.get((shown.media, shown.source, self._height))
        return None if pixels is None else Picture(shown, pixels)

    def load(self, frames: Sequence[int], is_wanted: Callable[[], bool] = lambda: True) -> Iterator[Picture]:
        """The pictures of some frames, each once, and keep them; file after file, in the order of the file's time.

        Ends early when ``is_wanted``, asked at every decoded frame, answers False. A file that cannot be read is no
        error but a picture that says so.
        """
        shown = []
        for frame in dict.fromkeys(frames):
            known = self.cached(frame)
            if known is not None:
                yield known
            else:
                shown.append(shown_at(self._edit, frame))
        for media, group in groupby(shown, key=lambda each: each.media):
            if media is not None and is_wanted():
                yield from self._from_file(media, sorted(group, key=lambda each: each.source), is_wanted)

    def close(self) -> None:
        """Close all files; they are opened again when needed."""
        while self._files:
            self._files.popitem()[1].close()

    def _from_file(self, media: Path, shown: Sequence[Shown], is_wanted: Callable[[], bool]) -> Iterator[Picture]:
        import av  # decoders: when the first picture is wanted

        done, asked = 0, _Asked(is_wanted)
        try:
            times = [each.source for each in shown]
            for place, pixels in self._opened(media).pictures(times, self._height, asked):
                self._cache.put((media, shown[place].source, self._height), pixels)
                done = place + 1
                yield Picture(shown[place], pixels)
        except (MediaReadError, OSError, av.FFmpegError) as error:
            self._broken[media] = str(error)
        if media not in self._broken and done == 0 and not asked.is_refused:
            self._broken[media] = f"no frame of {media.name} could be decoded: export or copy it again"
        if media in self._broken:
            self._forget(media)
            yield from (self._unreadable(each) for each in shown[done:])

    def _opened(self, media: Path) -> MoviePictures | SequencePictures:
        from hitpoint.core.media.movie_pictures import MoviePictures, SequencePictures

        if media not in self._files:
            while len(self._files) >= _OPEN_FILES:
                self._files.popitem(last=False)[1].close()
            rate = self._edit.rate.frames_per_second
            self._files[media] = SequencePictures(media, rate) if is_sequence(media) else MoviePictures(media)
        self._files.move_to_end(media)
        return self._files[media]

    def _forget(self, media: Path) -> None:
        opened = self._files.pop(media, None)
        if opened is not None:
            opened.close()

    def _unreadable(self, shown: Shown) -> Picture:
        assert shown.media is not None
        problem = self._broken[shown.media]
        return Picture(Shown(shown.frame, Seen.UNREADABLE, shown.shot, shown.media, shown.source, problem))


class _Asked:
    """Asks whether to go on, and remembers a no: then nothing can be said of what did not come."""

    def __init__(self, is_wanted: Callable[[], bool]) -> None:
        self._is_wanted = is_wanted
        self.is_refused = False

    def __call__(self) -> bool:
        self.is_refused = self.is_refused or not self._is_wanted()
        return not self.is_refused
