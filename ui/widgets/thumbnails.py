"""Small pictures of timeline frames, decoded by a thread of their own.

What was asked for last comes first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Condition, Thread

from PyQt6.QtCore import QObject, pyqtSignal

from hitpoint.core.edit import Edit
from hitpoint.core.media.picture_at import PictureSource, shown_at
from hitpoint.core.media.picture_cache import PictureCache
from hitpoint.ui.widgets.pixels import image_of

HEIGHT = 90  # pixels, enough for a lane of 45 on a dense screen
_TURN = 0.1  # seconds between two questions whether others go first
_PATIENCE = 5.0  # seconds that the end waits for a picture that is being decoded
_CACHE_BYTES = 4 * 1024 * 1024  # thumbnails are kept by who shows them


class Thumbnails(QObject):
    """Decodes the pictures of the frames that are wanted.

    They step back while ``has_to_wait`` says so, such as while music is awaited that nobody has heard yet.

    *Signals*: ``ready(frame, image)``: the frame of the timeline and its QImage. Frames without a picture give none.
    """

    ready = pyqtSignal(int, object)
    _decoded = pyqtSignal(object, int, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changed = Condition()
        self._edit: Edit | None = None
        self._wanted: list[int] = []
        self._is_closed = False
        self.has_to_wait: Callable[[], bool] = lambda: False
        self._decoded.connect(self._take)  # queued, since it comes from another thread
        self._thread = Thread(target=self._work, name="thumbnails", daemon=True)
        self._thread.start()

    def show_edit(self, edit: Edit | None) -> None:
        """Decode frames of this edit from now on, and none of the one before."""
        with self._changed:
            self._edit, self._wanted = edit, []
            self._changed.notify()

    def want(self, frames: Iterable[int]) -> None:
        """The frames whose pictures are wanted now, most wanted first; earlier wishes are dropped."""
        with self._changed:
            self._wanted = list(frames)
            self._changed.notify()

    def close(self) -> None:
        """End the thread; to be called when the window goes."""
        with self._changed:
            self._is_closed = True
            self._changed.notify()
        self._thread.join(_PATIENCE)

    def _take(self, edit: Edit, frame: int, image: object) -> None:
        if edit is self._edit:
            self.ready.emit(frame, image)

    def _work(self) -> None:
        source: PictureSource | None = None
        while True:
            with self._changed:
                while not self._is_closed and not (self._edit is not None and self._wanted):
                    self._changed.wait()
                if not self._is_closed and self.has_to_wait():
                    self._changed.wait(_TURN)
                    continue
                edit = self._edit
                if self._is_closed or edit is None:
                    break
                frame = self._wanted.pop(0)
            if source is None or source.edit is not edit:
                if source is not None:
                    source.close()
                source = PictureSource(edit, HEIGHT, PictureCache(_CACHE_BYTES))
            self._decode(source, frame)
        if source is not None:
            source.close()

    def _decode(self, source: PictureSource, frame: int) -> None:
        if shown_at(source.edit, frame).media is None:
            return
        for picture in source.load([frame], lambda: source.edit is self._edit and not self._is_closed):
            if picture.pixels is not None:
                self._decoded.emit(source.edit, frame, image_of(picture.pixels))
