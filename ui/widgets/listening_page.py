"""How it is listened to: meters, monitor level, production fader, click, device. None of it changes a file."""

from __future__ import annotations

import math

from PyQt6.QtCore import QRectF, QSignalBlocker, QSize, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QShowEvent
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from hitpoint.ui.players.meter import Reading, bar_share
from hitpoint.ui.theme import current_theme
from hitpoint.ui.widgets.calm_wheel import CalmWheel

_QUIETEST, _LOUDEST = -40, 6  # decibels of a fader
_LOOK_MILLISECONDS = 100
_HIGHEST_PEAK = -1.0  # dBTP, above which deliveries are refused (EBU R 128)


class MeterBar(QWidget):
    """A bar from -48 LUFS to 0, with a line at the loudness that the cue is delivered at."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._share, self._target = 0.0, 0.0
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setMinimumHeight(12)

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(140, 14)

    def show_level(self, lufs: float, target: float) -> None:
        """Show a loudness beside the one that is wanted."""
        share, wanted = bar_share(lufs), bar_share(target)
        if (share, wanted) != (self._share, self._target):
            self._share, self._target = share, wanted
            self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """Ground, bar, line."""
        theme, box = current_theme(), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter = QPainter(self)
        painter.fillRect(box, QColor(theme.field))
        color = theme.warning if self._share > self._target + 0.08 else theme.good
        painter.fillRect(QRectF(box.left(), box.top(), box.width() * self._share, box.height()), QColor(color))
        painter.fillRect(
            QRectF(box.left() + box.width() * self._target, box.top(), 2, box.height()), QColor(theme.text)
        )
        painter.setPen(QColor(theme.line))
        painter.drawRect(box)
        painter.end()


class ListeningPage(QScrollArea):
    """Meters and faders.

    *Signals*: ``level_changed(decibels)``, ``production_level_changed(decibels)``, ``click_toggled(is_on)``,
    ``meter_wanted()`` ten times a second while it is shown, ``meter_reset()``, ``device_chosen(name)``,
    ``devices_wanted()`` when it is shown.
    """

    level_changed = pyqtSignal(float)
    production_level_changed = pyqtSignal(float)
    click_toggled = pyqtSignal(bool)
    meter_wanted = pyqtSignal()
    meter_reset = pyqtSignal()
    device_chosen = pyqtSignal(str)
    devices_wanted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Listening"))
        self._target = -16.0
        self._bars = {
            name: MeterBar(text)
            for name, text in (
                ("momentary", self.tr("Momentary loudness, 400 ms")),
                ("short_term", self.tr("Short-term loudness, three seconds")),
                ("integrated", self.tr("Integrated loudness since the reset")),
            )
        }
        self._numbers = {name: QLabel() for name in (*self._bars, "true_peak")}
        self._make()
        self._lay_out()
        self.show_reading(Reading())
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.meter_wanted)

    def showEvent(self, event: QShowEvent | None) -> None:
        """Look at the meters as long as somebody sees them; what can be chosen from is asked for anew."""
        self._timer.start()
        self.devices_wanted.emit()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent | None) -> None:
        """Look no more."""
        self._timer.stop()
        super().hideEvent(event)

    def show_reading(self, reading: Reading) -> None:
        """Show where the meters stand."""
        for name, bar in self._bars.items():
            bar.show_level(getattr(reading, name), self._target)
        for name, label in self._numbers.items():
            value, unit = getattr(reading, name), "dBTP" if name == "true_peak" else "LUFS"
            number = "\N{MINUS SIGN}∞" if math.isinf(value) else f"{value:+.1f}".replace("-", "\N{MINUS SIGN}")
            label.setText(f"{number} {unit}")
        is_over = reading.true_peak > _HIGHEST_PEAK
        self._numbers["true_peak"].setStyleSheet(f"color: {current_theme().danger};" if is_over else "")

    def show_target(self, lufs: float) -> None:
        """The loudness that the cue is delivered at."""
        self._target = lufs

    def show_devices(self, names: tuple[str, ...], chosen: str) -> None:
        """Offer outputs; "" is the system's own."""
        blocker = QSignalBlocker(self._device)
        self._device.clear()
        self._device.addItem(self.tr("System default"), "")
        for name in names:
            self._device.addItem(name, name)
        self._device.setCurrentIndex(max(self._device.findData(chosen), 0))
        del blocker

    def _make(self) -> None:
        tr = self.tr
        self._level = self._fader(tr("Monitor level, decibels; files do not change"))
        self._production = self._fader(tr("Level of the production sound while listening, decibels"))
        self._level.valueChanged.connect(lambda value: self.level_changed.emit(float(value)))
        self._production.valueChanged.connect(lambda value: self.production_level_changed.emit(float(value)))
        self._click = QCheckBox(tr("Click on the beats"))
        self._click.setToolTip(tr("Hear where the beats and bars of the music fall"))
        self._click.toggled.connect(self.click_toggled)
        self._device = QComboBox()
        self._device.setAccessibleName(tr("Sound device"))
        self._device.setToolTip(tr("What plays; it is remembered"))
        self._device.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._device.setMinimumContentsLength(12)
        self._device.activated.connect(lambda index: self.device_chosen.emit(str(self._device.itemData(index))))
        self._reset = QPushButton(tr("Reset"))
        self._reset.setToolTip(tr("Measure integrated loudness and true peak anew"))
        self._reset.setAccessibleName(tr("Reset the meters"))
        self._click.setAccessibleName(tr("Click on the beats"))
        self._reset.clicked.connect(self.meter_reset)
        CalmWheel(self).calm(self._level, self._production, self._device)

    def _fader(self, name: str) -> QSlider:
        fader = QSlider(Qt.Orientation.Horizontal)
        fader.setRange(_QUIETEST, _LOUDEST)
        fader.setAccessibleName(name)
        fader.setToolTip(name)
        fader.valueChanged.connect(
            lambda value: fader.setToolTip(f"{name}: {value:+d} dB".replace("-", "\N{MINUS SIGN}"))
        )
        return fader

    def _lay_out(self) -> None:
        tr = self.tr
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 10)
        meters, faders = QFormLayout(), QFormLayout()
        names = {"momentary": tr("Momentary"), "short_term": tr("Short-term"), "integrated": tr("Integrated")}
        wide = self.fontMetrics().horizontalAdvance("\N{MINUS SIGN}00.0 LUFS.")
        for name, text in names.items():
            row = QHBoxLayout()
            row.addWidget(self._bars[name], 1)
            self._numbers[name].setMinimumWidth(wide)
            self._numbers[name].setAccessibleName(text)
            row.addWidget(self._numbers[name])
            meters.addRow(text, row)
        peak = QHBoxLayout()
        self._numbers["true_peak"].setAccessibleName(tr("True peak"))
        peak.addWidget(self._numbers["true_peak"], 1)
        peak.addWidget(self._reset)
        meters.addRow(tr("True peak"), peak)
        for text, widget in ((tr("Monitor"), self._level), (tr("Production"), self._production), ("", self._click),
                             (tr("Device"), self._device)):  # fmt: skip
            faders.addRow(text, widget)
        for title, form in ((tr("Meters"), meters), (tr("Listening"), faders)):
            heading = QLabel(title)
            heading.setProperty("heading", True)
            column.addWidget(heading)
            column.addLayout(form)
            column.addSpacing(6)
        column.addStretch(1)
        self.setWidget(inside)
