"""The playhead's place in the editor's own timecode, and a line to type where it is to go."""

from __future__ import annotations

from PyQt6 import sip
from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtGui import QFontDatabase, QKeyEvent
from PyQt6.QtWidgets import QApplication, QLineEdit, QToolTip, QWidget

from hitpoint.core.errors import OptionError
from hitpoint.core.timebase import FrameRate, format_timecode
from hitpoint.ui.theme import current_theme
from hitpoint.ui.transport.typed_timecode import typed_frame


class TimecodeField(QLineEdit):
    """Shows a frame, and asks for another when one is typed.

    What is typed is read by :func:`~hitpoint.ui.transport.typed_timecode.typed_frame`. Enter asks, Escape forgets, and
    what cannot be read stays, with the reason.

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
        self._font = font
        self.setFont(font)
        self.setFrame(False)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFixedWidth(self.fontMetrics().horizontalAdvance("-00:00:00:000") + 12)
        self.setAccessibleName(self.tr("Timecode"))
        self.setToolTip(
            self.tr(
                "Where the playhead is (Ctrl+T, or just a digit). 1412 is 14 seconds and 12 frames; a point stands for "
                "two zeros; +100 and -2. go on and back; 12.5s are seconds"
            )
        )
        self.refusal = ""
        self._back: QWidget | None = None  # had the keys before
        self.returnPressed.connect(self._ask)
        self.textEdited.connect(lambda _: self._refuse(""))
        self.setEnabled(False)
        self.show_frame(0)

    def show_edit(self, rate: FrameRate, frames: int, start_timecode_frame: int, *, drop_frame: bool) -> None:
        """Count in an edit's own rate, from its start timecode."""
        self._rate, self._frames, self._start, self._drop_frame = rate, frames, start_timecode_frame, drop_frame
        self.setEnabled(frames > 0)

    def begin(self, typed: str = "", back: QWidget | None = None) -> None:
        """Take the keys, and give them back when it is left.

        Args:
            typed: stands here then; without it all that stands here is selected.
            back: gets the keys afterwards; None for who has them now.
        """
        if not self.isEnabled():
            return
        if not self.hasFocus():
            self._back = back or QApplication.focusWidget()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if typed:
            self.setText(typed)
            self.setModified(True)
        else:
            self.selectAll()

    def show_frame(self, frame: int) -> None:
        """Show the playhead's frame; what is just being typed stays."""
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
        try:
            frame = typed_frame(
                self.text(), self._frame, self._frames, self._rate, self._start, drop_frame=self._drop_frame
            )
        except OptionError as error:
            self._refuse(str(error))
            self.selectAll()  # it stays, to be mended
            return
        self._leave()
        self.frame_requested.emit(frame)

    def _refuse(self, reason: str) -> None:
        """Say why what was typed is no place; an empty reason takes that back."""
        if reason == self.refusal:
            return
        self.refusal = reason
        self.setAccessibleDescription(reason)
        self._mark()
        QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), reason, self)

    def _mark(self) -> None:
        """A red edge while something is refused; the type stays."""
        face = f"font-family: '{self._font.family()}'; font-size: {self._font.pointSizeF():.1f}pt;"
        edge = f"QLineEdit {{ border: 2px solid {current_theme().danger}; {face} }}"
        self.setStyleSheet(edge if self.refusal else "")

    def _leave(self) -> None:
        self._refuse("")
        self.setModified(False)
        back, self._back = self._back, None
        if back is not None and not sip.isdeleted(back) and back.isVisible():
            if back.window() is not self.window():
                back.activateWindow()
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()
        self.show_frame(self._frame)
