"""The parts: which of them play in the file, and which are listened to now."""

from __future__ import annotations

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtWidgets import QCheckBox, QGridLayout, QLabel, QScrollArea, QSlider, QToolButton, QVBoxLayout, QWidget

from hitpoint.core.cue.cue import Cue
from hitpoint.core.ports import StyleCard
from hitpoint.ui.players.sound import Monitor
from hitpoint.ui.widgets.calm_wheel import CalmWheel

_LEAST, _MOST = -24, 6  # decibels of a part while listening


class PartsList(QScrollArea):
    """A row a part: on or off (changes the cue), solo, mute and level (only what is heard now).

    *Signals*: ``part_left_out(name, is_left_out)``, ``monitor_changed(Monitor)``.
    """

    part_left_out = pyqtSignal(str, bool)
    monitor_changed = pyqtSignal(object)

    def __init__(self, styles: tuple[StyleCard, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = {card.name: card.parts for card in styles}
        self._names: tuple[str, ...] = ()
        self._on: dict[str, QCheckBox] = {}
        self._mute: dict[str, QToolButton] = {}
        self._solo: dict[str, QToolButton] = {}
        self._level: dict[str, QSlider] = {}
        self._wheel = CalmWheel(self)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Parts"))

    @property
    def monitor(self) -> Monitor:
        """What the buttons say of the music's parts."""
        return Monitor(
            muted=frozenset(name for name, button in self._mute.items() if button.isChecked()),
            soloed=frozenset(name for name, button in self._solo.items() if button.isChecked()),
            part_decibels=tuple((name, float(s.value())) for name, s in self._level.items() if s.value()),
        )

    def show_cue(self, cue: Cue | None) -> None:
        """Show the parts of a cue's style."""
        names = () if cue is None else self._parts.get(cue.style, ())
        if names != self._names:
            self._names = names
            self._make_rows()
            self.monitor_changed.emit(self.monitor)
        if cue is not None:
            for name, box in self._on.items():
                with QSignalBlocker(box):
                    box.setChecked(name not in cue.sound.left_out)

    def _make_rows(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setColumnStretch(3, 1)
        self._on, self._mute, self._solo, self._level = {}, {}, {}, {}
        for row, name in enumerate(self._names):
            self._make_row(grid, row, name)
        column.addLayout(grid)
        hint = QLabel(self.tr("On and off change the music. Solo, mute and level change only what you hear."))
        hint.setProperty("faint", True)
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addStretch(1)
        self.setWidget(inside)

    def _make_row(self, grid: QGridLayout, row: int, name: str) -> None:
        box = QCheckBox(name)
        box.setToolTip(self.tr("Whether {0} plays").format(name))
        box.setAccessibleName(self.tr("{0} plays").format(name))
        box.toggled.connect(lambda is_on: self.part_left_out.emit(name, not is_on))
        solo = self._toggle("S", self.tr("Hear {0} alone").format(name))
        mute = self._toggle("M", self.tr("Do not hear {0}").format(name))
        level = QSlider(Qt.Orientation.Horizontal)
        level.setRange(_LEAST, _MOST)
        level.setValue(0)
        level.setAccessibleName(self.tr("Level of {0} while listening, decibels").format(name))
        level.valueChanged.connect(lambda value: self._show_level(level, value))
        self._show_level(level, 0)
        self._wheel.calm(level)
        self._on[name], self._solo[name], self._mute[name], self._level[name] = box, solo, mute, level
        for column, widget in enumerate((box, solo, mute, level)):
            grid.addWidget(widget, row, column)

    def _show_level(self, level: QSlider, value: int) -> None:
        level.setToolTip(self.tr("Level while listening: {0:+d} dB").format(value))
        self.monitor_changed.emit(self.monitor)

    def _toggle(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setCheckable(True)
        button.setProperty("toggle", True)
        button.setFixedSize(24, 22)
        button.setToolTip(tip)
        button.setAccessibleName(tip)
        button.toggled.connect(lambda _: self.monitor_changed.emit(self.monitor))
        return button
