"""The picture: the frame at the playhead, or a slate that says why there is none. Decoding happens elsewhere."""

from __future__ import annotations

import numpy as np
from PyQt6.QtCore import QRect, QRectF, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QImage, QPainter, QPaintEvent, QPen, QResizeEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from hitpoint.core.edit import Edit
from hitpoint.core.media.picture_at import CACHE_BYTES, Picture, PictureSource, Seen
from hitpoint.core.media.picture_cache import PictureCache
from hitpoint.core.timebase import format_timecode
from hitpoint.ui.core_words import spoken
from hitpoint.ui.theme import DARK
from hitpoint.ui.widgets.picture_worker import PictureWorker
from hitpoint.ui.widgets.pixels import image_of

_HEIGHTS = (180, 270, 360, 540)  # pixels that are decoded for, so that a resize seldom decodes anew
_RESIZED_MILLISECONDS = 250
_BLACK = "#000000"  # a screen without light is black in any room, so what is written on it has the dark room's colours


class Preview(QWidget):
    """Shows one frame of an edit at a time.

    ``show_frame`` never waits: a picture that is not in memory appears when it is decoded, unless a later one came
    first. Until then the one before it stays, so that playing never flickers.

    *Signals*: ``picture_shown(frame)`` when the pixels of a frame are on the screen.
    """

    picture_shown = pyqtSignal(int)
    _decoded = pyqtSignal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit: Edit | None = None
        self._source: PictureSource | None = None
        self._cache = PictureCache(CACHE_BYTES)
        self._picture: Picture | None = None
        self._image: QImage | None = None
        self._frame = 0
        self._stride = 0
        self._worker = PictureWorker(self._decoded.emit)
        self._decoded.connect(self._take)  # queued, since it comes from another thread
        self._resized = QTimer(self)
        self._resized.setSingleShot(True)
        self._resized.timeout.connect(self._fit)
        self.setAccessibleName(self.tr("Picture"))
        self.setToolTip(self.tr("The picture at the playhead"))
        self.setMinimumSize(192, 108)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Enough to see a face."""
        return QSize(640, 360)

    @property
    def picture(self) -> Picture | None:
        """What is on the screen."""
        return self._picture

    def show_edit(self, edit: Edit | None) -> None:
        """Show another edit, from its first frame; None for none."""
        self._edit = edit
        self._picture = self._image = None
        self._frame = 0
        self._cache = PictureCache(CACHE_BYTES)
        self._use_source()
        self.update()

    def show_frame(self, frame: int, speed: float = 0.0) -> None:
        """Show a frame; ``speed`` is that of playing, so that what comes next is decoded in time."""
        self._frame = frame
        self._stride = round(speed) if abs(speed) >= 1.0 else int(np.sign(speed))
        if self._source is None:
            return
        known = self._source.cached(frame)
        if known is not None:
            self._show(known)
        self._worker.want(frame, self._stride)
        self._describe()

    def close_files(self) -> None:
        """End the decoding thread; to be called when the window goes."""
        self._resized.stop()
        self._worker.close()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Decode for the new size when it has come to rest."""
        self._resized.start(_RESIZED_MILLISECONDS)
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """The picture in the middle, black around it; a slate where there is none."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(_BLACK))
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._screen(self._image.size()), self._image)
        else:
            self._paint_slate(painter)
        painter.end()

    def _use_source(self) -> None:
        self._source = None if self._edit is None else PictureSource(self._edit, self._height(), self._cache)
        self._worker.use(self._source)
        if self._source is not None:
            self.show_frame(self._frame)

    def _height(self) -> int:
        wanted = self.height() * self.devicePixelRatioF()
        return next((height for height in _HEIGHTS if height >= wanted * 0.75), _HEIGHTS[-1])

    def _fit(self) -> None:
        if self._edit is not None and self._image is not None and abs(self._image.height() - self._height()) > 1:
            self._use_source()

    def _take(self, source: PictureSource, picture: Picture) -> None:
        """A decoded picture has come; it is shown unless it is of another edit, or a better one was faster."""
        if source is self._source and self._is_nearer(picture.shown.frame):
            self._show(picture)

    def _is_nearer(self, frame: int) -> bool:
        """Whether a frame is at least as near to the wanted one as what is on the screen."""
        shown = self._picture.shown.frame if self._picture is not None else None
        return shown is None or abs(frame - self._frame) <= abs(shown - self._frame)

    def _show(self, picture: Picture) -> None:
        on = self._picture
        if on is not None and on.shown == picture.shown and on.pixels is picture.pixels:
            return  # the worker confirms what was in memory
        self._picture = picture
        self._image = None if picture.pixels is None else image_of(picture.pixels)
        self.update()
        self._describe()
        self.picture_shown.emit(picture.shown.frame)

    def _screen(self, size: QSize) -> QRect:
        """The largest rectangle of the picture's shape inside the widget."""
        fitted = size.scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (self.width() - fitted.width()) // 2, (self.height() - fitted.height()) // 2
        return QRect(left, top, fitted.width(), fitted.height())

    def _describe(self) -> None:
        """Say what is seen to who cannot see it."""
        title, _ = self._words()
        self.setAccessibleDescription(f"{self._timecode()} {title}".strip())

    def _timecode(self) -> str:
        if self._edit is None:
            return ""
        frame = self._frame + self._edit.start_timecode_frame
        return format_timecode(frame, self._edit.rate, drop_frame=self._edit.drop_frame)

    def _words(self) -> tuple[str, str]:
        """What is on the screen, and more of it, in words."""
        if self._edit is None:
            return self.tr("No edit"), self.tr("Open an edit, or drop its file here")
        if self._picture is None:
            return "", ""
        shown = self._picture.shown
        name = shown.shot.name if shown.shot is not None else ""
        media = (shown.shot.media_name if shown.shot is not None else None) or name
        words = {
            Seen.PICTURE: (name, ""),
            Seen.GAP: (self.tr("Gap"), self.tr("Nothing lies here on the timeline")),
            Seen.GENERATED: (name or self.tr("Generator"), self.tr("Drawn by the editing program, not in a file")),
            Seen.MISSING: (self.tr("Media missing"), media),
            Seen.UNREADABLE: (self.tr("Media cannot be read"), spoken(shown.problem)),
            Seen.OUTSIDE: (self.tr("End"), self.tr("The picture is over here; the music may ring on")),
        }
        return words[shown.seen]

    def _paint_slate(self, painter: QPainter) -> None:
        """Two lines in a frame of the picture's shape; hatched where media is missing."""
        screen = QRectF(self._screen(QSize(1600, 900))).adjusted(0.5, 0.5, -0.5, -0.5)
        title, text = self._words()
        seen = self._picture.shown.seen if self._picture is not None else None
        if seen in (Seen.MISSING, Seen.UNREADABLE):
            _hatch(painter, screen)
        painter.setPen(QPen(QColor(DARK.line), 1))
        painter.drawRect(screen)
        unit = max(min(screen.height() / 14, 26.0), 9.0)
        self._write(painter, screen, title, unit * 1.25, -unit * 1.1, DARK.text)
        self._write(painter, screen, text, unit * 0.8, unit * 0.6, DARK.faint)
        if self._picture is not None:
            self._write(painter, screen, self._timecode(), unit * 0.8, screen.height() / 2 - unit * 1.2, DARK.faint)

    def _write(self, painter: QPainter, screen: QRectF, text: str, pixels: float, below: float, colour: str) -> None:
        """A line in the middle, ``below`` pixels from the centre, cut off where it does not fit."""
        font = QFont(self.font())
        font.setPixelSize(max(round(pixels), 9))
        painter.setFont(font)
        painter.setPen(QColor(colour))
        width = int(screen.width() * 0.9)
        line = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, width)
        place = QRectF(screen.left(), screen.center().y() + below - pixels, screen.width(), pixels * 2)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, line)


def _hatch(painter: QPainter, screen: QRectF) -> None:
    """Warn without shouting."""
    colour = QColor(DARK.warning)
    colour.setAlphaF(0.16)
    painter.fillRect(screen, QColor(DARK.field))
    painter.setPen(QPen(colour, 6))
    painter.save()
    painter.setClipRect(screen)
    step, height = 28, int(screen.height())
    for left in range(int(screen.left()) - height, int(screen.right()), step):
        painter.drawLine(left, int(screen.bottom()), left + height, int(screen.top()))
    painter.restore()
