"""The transport: play, stop, loop, the timecode and the device.

It decides nothing; :mod:`hitpoint.ui.transport.shuttle` does.
"""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QSize, Qt, pyqtSignal
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from hitpoint.core.timebase import FrameRate
from hitpoint.ui.players.player import DeviceState
from hitpoint.ui.theme import current_theme
from hitpoint.ui.transport.timecode_field import TimecodeField
from hitpoint.ui.transport.transport_icons import transport_icon

_ICON = QSize(18, 18)


class Transport(QWidget):
    """A row of buttons with the timecode in the middle.

    *Signals*: ``play_toggled()``, ``backward_pressed()``, ``forward_pressed()``, ``home_requested()``,
    ``end_requested()``, ``step_requested(frames)``, ``loop_toggled(is_on)``, ``production_toggled(is_on)``,
    ``frame_requested(frame)`` from a timecode that was typed, ``device_wanted()`` to look for a sound device again.
    """

    play_toggled = pyqtSignal()
    backward_pressed = pyqtSignal()
    forward_pressed = pyqtSignal()
    home_requested = pyqtSignal()
    end_requested = pyqtSignal()
    step_requested = pyqtSignal(int)
    loop_toggled = pyqtSignal(bool)
    production_toggled = pyqtSignal(bool)
    frame_requested = pyqtSignal(int)
    device_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._timecode = TimecodeField()
        self._timecode.frame_requested.connect(self.frame_requested)
        self._length = QLabel()
        self._speed = QLabel()
        self._device = QToolButton()
        self._device.setAutoRaise(True)
        self._device.setIconSize(_ICON)
        self._device.clicked.connect(self.device_wanted)
        self._make_buttons()
        self._lay_out()
        self.show_speed(0.0)
        self.show_device(DeviceState(self.tr("no device"), False, self.tr("No sound device has been looked for yet")))

    def show_edit(
        self, rate: FrameRate, frames: int, start_timecode_frame: int = 0, *, drop_frame: bool = False
    ) -> None:
        """Count in an edit's own rate."""
        self._timecode.show_edit(rate, frames, start_timecode_frame, drop_frame=drop_frame)
        self._length.setText("/ " + self._timecode.text_of(frames - start_timecode_frame))
        self._length.setToolTip(
            self.tr("Length of the edit, at {0} frames a second").format(f"{float(rate.frames_per_second):.6g}")
        )
        self.show_frame(0)

    def show_frame(self, frame: int) -> None:
        """Show the playhead's frame."""
        self._timecode.show_frame(frame)

    def show_speed(self, speed: float) -> None:
        """Playing, or not, and how fast."""
        is_plain = speed in (0.0, 1.0)
        self._play.setIcon(transport_icon("stop" if speed else "play", current_theme()))
        self._play.setAccessibleName(self.tr("Stop") if speed else self.tr("Play"))
        self._speed.setText("" if is_plain else f"{speed:g}\N{MULTIPLICATION SIGN}".replace("-", "\N{MINUS SIGN}"))

    def show_loop(self, *, is_on: bool) -> None:
        """Whether the selection is repeated."""
        _set_quietly(self._loop, is_on=is_on)

    def show_production(self, *, is_on: bool, is_there: bool = True) -> None:
        """Whether the production sound is heard, and whether the edit has any."""
        _set_quietly(self._production, is_on=is_on)
        self._production.setEnabled(is_there)

    def show_device(self, state: DeviceState) -> None:
        """Show what plays; without a device the button says so and looks again when pressed."""
        theme = current_theme()
        self._state = state
        self._length.setStyleSheet(f"color: {theme.faint};")
        self._device.setIcon(transport_icon("sound" if state.is_heard else "silent", theme))
        self._device.setText("" if state.is_heard else self.tr("No device"))
        style = Qt.ToolButtonStyle.ToolButtonIconOnly if state.is_heard else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        self._device.setToolButtonStyle(style)
        self._device.setStyleSheet("" if state.is_heard else f"QToolButton {{ color: {theme.warning}; }}")
        latency = self.tr("{0} ms until it is heard").format(round(state.latency * 1000)) if state.is_heard else ""
        press = self.tr("Press to look for a sound device again")
        self._device.setToolTip("\n".join(line for line in (state.explanation, latency, press) if line))
        self._device.setAccessibleName(self.tr("Sound device: {0}").format(state.name))

    def edit_timecode(self) -> None:
        """Let the editor type where to go."""
        self._timecode.begin()

    def type_timecode(self, typed: str, back: QWidget | None = None) -> None:
        """Let the editor type on, after a first digit or sign; ``back`` gets the keys then, else who had them."""
        self._timecode.begin(typed, back)

    def changeEvent(self, event: QEvent | None) -> None:
        """Follow the system from light to dark."""
        if event is not None and event.type() == QEvent.Type.PaletteChange and hasattr(self, "_state"):
            self._paint_icons()
            self.show_device(self._state)
        super().changeEvent(event)

    def _make_buttons(self) -> None:
        tr = self.tr
        self._home = self._button("home", tr("First frame"), "Home", self.home_requested.emit)
        self._back = self._button(
            "back", tr("One frame back"), "\N{LEFTWARDS ARROW}", lambda: self.step_requested.emit(-1)
        )
        self._reverse = self._button("reverse", tr("Play backwards, again for faster"), "J", self.backward_pressed.emit)
        self._play = self._button("play", tr("Play or stop"), tr("Space"), self.play_toggled.emit)
        self._forward = self._button("forward", tr("Play forward, again for faster"), "L", self.forward_pressed.emit)
        self._on = self._button("on", tr("One frame on"), "\N{RIGHTWARDS ARROW}", lambda: self.step_requested.emit(1))
        self._end = self._button("end", tr("Last frame"), "End", self.end_requested.emit)
        self._play.setIconSize(_ICON * 1.5)
        self._loop = self._button("loop", tr("Repeat the selection"), "Ctrl+L")
        self._loop.setCheckable(True)
        self._loop.toggled.connect(self.loop_toggled)
        self._production = self._button("production", tr("Hear the edit's own sound with the music"), "P")
        self._production.setCheckable(True)
        self._production.toggled.connect(self.production_toggled)

    def _button(self, icon: str, name: str, keys: str, pressed: object = None) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("icon_name", icon)
        button.setIcon(transport_icon(icon, current_theme()))
        button.setIconSize(_ICON)
        button.setAutoRaise(True)
        button.setAccessibleName(name)
        button.setToolTip(f"{name} ({keys})")
        if callable(pressed):
            button.clicked.connect(lambda _checked: pressed())
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 8, 4)
        row.setSpacing(2)
        self._length.setAccessibleName(self.tr("Length"))
        self._speed.setAccessibleName(self.tr("Speed"))
        self._speed.setMinimumWidth(self.fontMetrics().horizontalAdvance("\N{MINUS SIGN}0.25\N{MULTIPLICATION SIGN}"))
        row.addWidget(self._timecode)
        row.addSpacing(4)
        row.addWidget(self._length)
        row.addStretch(1)
        for button in (self._home, self._back, self._reverse, self._play, self._forward, self._on, self._end):
            row.addWidget(button)
        row.addWidget(self._speed)
        row.addStretch(1)
        for button in (self._loop, self._production):
            row.addWidget(button)
        row.addWidget(self._device)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _paint_icons(self) -> None:
        for button in self.findChildren(QToolButton):
            name = button.property("icon_name")
            if name:
                button.setIcon(transport_icon(name, current_theme()))


def _set_quietly(button: QToolButton, *, is_on: bool) -> None:
    """Show a state without asking for it."""
    before = button.blockSignals(True)
    button.setChecked(is_on)
    button.blockSignals(before)
