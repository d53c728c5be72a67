"""Where the playhead is, as the editor's own timecode, and a place to type where it is to go."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QFontDatabase, QKeyEvent
from PyQt6.QtWidgets import QLineEdit, QWidget

from hitpoint.core.errors import OptionError
from hitpoint.core.timebase import FrameRate, format_timecode, parse_time


class TimecodeField(QLineEdit):
    """Shows a frame, and asks for another when timecode, seconds, or +n and -n frames are typed.

    Enter asks, Escape forgets.

    *Signals*: ``frame_requested(frame)``.
    """

    frame_requested = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rate = FrameRate.from_float(25.0)
        self._frames = 0
        self._start = 0
        self._drop_frame = False
        self._frame = 0
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF() * 1.35)
        self.setFont(font)
        self.setFrame(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("-00:00:00:000") + 12)
        self.setAccessibleName(self.tr("Timecode"))
        self.setToolTip(
            self.tr("Where the playhead is. Type timecode, seconds, or +12 frames, and press Enter (Ctrl+T)")
        )
        self.returnPressed.connect(self._ask)
        self.setEnabled(False)
        self.show_frame(0)

    def show_edit(self, rate: FrameRate, frames: int, start_timecode_frame: int, *, drop_frame: bool) -> None:
        """Count in an edit's own rate, from its start timecode."""
        self._rate, self._frames, self._start, self._drop_frame = rate, frames, start_timecode_frame, drop_frame
        self.setEnabled(frames > 0)

    def show_frame(self, frame: int) -> None:
        """Where the playhead is; what is just being typed stays."""
        self._frame = frame
        if not (self.hasFocus() and self.isModified()):
            self.setText(self.text_of(frame))

    def text_of(self, frame: int) -> str:
        """The timecode of a timeline frame."""
        return format_timecode(frame + self._start, self._rate, drop_frame=self._drop_frame)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Escape shows the playhead again and leaves the field."""
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self._leave()
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        text = self.text().strip()
        try:
            frame = self._frame + int(text) if text[:1] in ("+", "-") else parse_time(text, self._rate, self._start)
        except (OptionError, ValueError):
            self.selectAll()  # it stays, to be mended
            return
        self._leave()
        self.frame_requested.emit(min(max(frame, 0), max(self._frames - 1, 0)))

    def _leave(self) -> None:
        self.setModified(False)
        self.clearFocus()
        self.show_frame(self._frame)
