"""A thread that decodes what the screen wants now, and then what it will want next. No Qt."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Condition, Thread

from hitpoint.core.media.picture_at import Picture, PictureSource

_AHEAD_SECONDS = 1.0
_PATIENCE = 0.2  # seconds without a picture after which the present one is finished, whatever is wanted by now
_LAST_PATIENCE = 5.0  # seconds that the end waits for a frame that is being decoded
_FEWEST_AHEAD = 12
_FORWARD_BATCH = 4
_BACKWARD_BATCH = 48  # backwards a batch is decoded from its first frame on, so the way there must be shared


class PictureWorker:
    """Decodes for one view.

    Args:
        deliver: called on the worker's thread with each picture that was wanted (not with those decoded ahead) and its
        source.
    """

    def __init__(self, deliver: Callable[[PictureSource, Picture], None]) -> None:
        self._deliver = deliver
        self._changed = Condition()
        self._source: PictureSource | None = None
        self._used: PictureSource | None = None
        self._wish: tuple[int, int] | None = None  # frame, stride
        self._number = 0
        self._shown = -1  # the frame that was wanted last
        self._delivered_at = 0.0
        self._is_closed = False
        self._thread = Thread(target=self._work, name="picture worker", daemon=True)
        self._thread.start()

    def use(self, source: PictureSource | None) -> None:
        """Decode for another edit or size from now on."""
        with self._changed:
            self._source, self._wish = source, None
            self._number += 1
            self._changed.notify()

    def want(self, frame: int, stride: int = 0) -> None:
        """Show this frame; the next ones will be ``stride`` frames apart (negative backwards, 0: nobody knows)."""
        with self._changed:
            self._wish = (frame, stride)
            self._number += 1
            self._changed.notify()

    def close(self) -> None:
        """End, within a frame's decoding."""
        with self._changed:
            self._is_closed = True
            self._number += 1
            self._changed.notify()
        self._thread.join(_LAST_PATIENCE)

    def _work(self) -> None:
        done = -1
        while True:
            with self._changed:
                while self._number == done and not self._is_closed:
                    self._changed.wait()
                source, wish, number = self._source, self._wish, self._number
                closed = self._is_closed
            if source is not self._used or closed:
                if self._used is not None:
                    self._used.close()
                self._used = source
            if closed:
                return
            done = number
            if source is not None and wish is not None:
                self._show(source, *wish, number)

    def _show(self, source: PictureSource, frame: int, stride: int, number: int) -> None:
        """The wanted frame, and then those after it until something else is wanted."""
        is_back = stride < 0 or 0 < self._shown - frame <= _BACKWARD_BATCH
        self._shown = frame
        first = max(frame - _BACKWARD_BATCH + 1, 0) if is_back and source.cached(frame) is None else frame
        for picture in source.load(range(first, frame + 1), lambda: self._is_worth(source, frame, number)):
            if picture.shown.frame == frame:
                self._delivered_at = time.monotonic()
                self._deliver(source, picture)
        ahead = _frames_ahead(source, frame, stride)
        batch = _BACKWARD_BATCH if stride < 0 else _FORWARD_BATCH
        missing = [each for each in ahead if source.cached(each) is None]
        for first in range(0, len(missing), batch):
            for _ in source.load(missing[first : first + batch], lambda: self._is_coming(source, stride, number)):
                pass
            if self._number != number:
                return

    def _is_worth(self, source: PictureSource, frame: int, number: int) -> bool:
        """Whether a frame is still to be decoded: nothing newer is wanted, or what is newer lies behind it on the way.

        Who drags faster than pictures can be decoded sees one now and then all the same.
        """
        with self._changed:
            if self._number == number:
                return True
            newer = self._wish
            if self._is_closed or self._source is not source or newer is None:
                return False
            is_on_the_way = 0 <= newer[0] - frame <= source.edit.rate.nominal
            return is_on_the_way or time.monotonic() - self._delivered_at > _PATIENCE

    def _is_coming(self, source: PictureSource, stride: int, number: int) -> bool:
        """Whether decoding ahead may go on: the newest wish is in the cache, and the direction is the same."""
        with self._changed:
            if self._number == number:
                return True
            if self._is_closed or self._source is not source or self._wish is None or self._wish[1] != stride:
                return False
            return stride < 0 and source.cached(self._wish[0]) is not None


def _frames_ahead(source: PictureSource, frame: int, stride: int) -> range:
    """The frames a player will show in the next second."""
    if not stride:
        return range(0)
    count = max(int(_AHEAD_SECONDS * source.edit.rate.frames_per_second / abs(stride)), _FEWEST_AHEAD)
    last = frame + stride * (count + 1)
    return range(frame + stride, min(last, source.edit.frames) if stride > 0 else max(last, -1), stride)
