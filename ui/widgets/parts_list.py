"""The mixer: each part's instrument, octave, place and level, which are delivered, and what is listened to now."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QSignalBlocker, Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.parts import MOST_OCTAVES, PartSetting
from hitpoint.core.music.instruments import INSTRUMENTS
from hitpoint.core.ports import StyleCard
from hitpoint.ui.players.sound import Monitor
from hitpoint.ui.widgets.calm_wheel import CalmWheel

_LEAST, _MOST = -24, 12  # decibels of a fader; what lies below stays as it was typed elsewhere
_HUNDRED = 100  # steps of a place to either side


@dataclass(frozen=True)
class _Row:
    """The widgets of a part."""

    on: QCheckBox
    solo: QToolButton
    mute: QToolButton
    level: QSlider
    shown: QLabel
    instrument: QComboBox
    octave: QSpinBox
    pan: QSlider


class PartsList(QScrollArea):
    """Two lines a part: on or off, solo, mute, level; instrument, octave, place.

    Solo and mute change only what is heard.

    *Signals*: ``part_left_out(name, is_left_out)``, ``level_changed(name, decibels)``,
    ``pan_changed(name, -1..1 or None)``, ``octave_changed(name, octaves)``, ``instrument_changed(name, instrument)``
    ("" for the style's own), ``monitor_changed(Monitor)``.
    """

    part_left_out = pyqtSignal(str, bool)
    level_changed = pyqtSignal(str, float)
    pan_changed = pyqtSignal(str, object)
    octave_changed = pyqtSignal(str, int)
    instrument_changed = pyqtSignal(str, str)
    monitor_changed = pyqtSignal(object)

    def __init__(self, styles: tuple[StyleCard, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cards = {card.name: card for card in styles}
        self._card: StyleCard | None = None
        self._rows: dict[str, _Row] = {}
        self._known: dict[str, PartSetting] = {}
        self._dragged: dict[str, float] = {}  # decibels that a fader is held away from the cue's
        self._wheel = CalmWheel(self)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Parts"))

    @property
    def monitor(self) -> Monitor:
        """What the buttons say of the music's parts; a fader that is held is heard before it is let go."""
        return Monitor(
            muted=frozenset(name for name, row in self._rows.items() if row.mute.isChecked()),
            soloed=frozenset(name for name, row in self._rows.items() if row.solo.isChecked()),
            part_decibels=tuple((name, by) for name, by in self._dragged.items() if by),
        )

    def show_cue(self, cue: Cue | None) -> None:
        """Show the parts of a cue as they are set."""
        card = None if cue is None else self._cards.get(cue.style)
        if card != self._card:
            self._card = card
            self._make_rows(card)
            self.monitor_changed.emit(self.monitor)
        if cue is None:
            return
        held = bool(self._dragged)
        self._dragged.clear()
        self._known = {one.name: one for one in cue.sound.parts}
        for name, row in self._rows.items():
            self._show_row(name, row, cue)
        if held:
            self.monitor_changed.emit(self.monitor)

    def _show_row(self, name: str, row: _Row, cue: Cue) -> None:
        setting = self._known.get(name, PartSetting(name))
        blocked = [QSignalBlocker(each) for each in (row.on, row.level, row.instrument, row.octave, row.pan)]
        row.on.setChecked(name not in cue.sound.left_out)
        row.level.setValue(round(setting.level))
        row.instrument.setCurrentIndex(max(row.instrument.findData(setting.instrument), 0))
        row.octave.setValue(setting.octave)
        row.pan.setValue(0 if setting.pan is None else round(setting.pan * _HUNDRED))
        del blocked
        self._show_values(row, setting.level, setting.pan)

    def _make_rows(self, card: StyleCard | None) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(3, 1)
        self._rows = {}
        self._dragged.clear()
        for number, name in enumerate(card.parts if card is not None else ()):
            self._make_row(grid, number, name, is_kit=card is not None and name in card.kits)
        column.addLayout(grid)
        hint = QLabel(self.tr("All of this is written into the files; solo and mute change only what you hear."))
        hint.setProperty("faint", True)
        hint.setWordWrap(True)
        column.addWidget(hint)
        column.addStretch(1)
        self.setWidget(inside)

    def _make_row(self, grid: QGridLayout, number: int, name: str, *, is_kit: bool) -> None:
        box = QCheckBox(name)
        box.setToolTip(self.tr("Whether {0} plays").format(name))
        box.setAccessibleName(self.tr("{0} plays").format(name))
        row = _Row(
            box,
            self._toggle("S", self.tr("Hear {0} alone").format(name)),
            self._toggle("M", self.tr("Do not hear {0}").format(name)),
            self._slider(self.tr("Level of {0}, decibels").format(name), _LEAST, _MOST),
            QLabel(),
            self._instruments(name, is_kit=is_kit),
            self._octave(name),
            self._slider(self.tr("Place of {0} from left to right").format(name), -_HUNDRED, _HUNDRED),
        )
        row.shown.setMinimumWidth(self.fontMetrics().horizontalAdvance("\N{MINUS SIGN}24 dB"))
        row.shown.setProperty("faint", True)
        row.pan.setMaximumWidth(90)
        self._rows[name] = row
        self._connect(name, row)
        self._wheel.calm(row.level, row.pan, row.octave, row.instrument)
        top = 3 * number
        for place, widget in enumerate((row.on, row.solo, row.mute, row.level, row.shown)):
            grid.addWidget(widget, top, place)
        grid.addWidget(row.instrument, top + 1, 0, 1, 3)
        sides = QHBoxLayout()
        sides.addStretch(1)
        for side in (_faint("L"), row.pan, _faint("R")):
            sides.addWidget(side)
        grid.addLayout(sides, top + 1, 3)
        grid.addWidget(row.octave, top + 1, 4)
        grid.setRowMinimumHeight(top + 2, 6)

    def _connect(self, name: str, row: _Row) -> None:
        row.on.toggled.connect(lambda is_on: self.part_left_out.emit(name, not is_on))
        row.level.valueChanged.connect(lambda value: self._move_level(name, value))
        row.level.sliderReleased.connect(lambda: self._let_go(name))
        row.pan.valueChanged.connect(lambda value: self.pan_changed.emit(name, value / _HUNDRED))
        row.octave.valueChanged.connect(lambda value: self.octave_changed.emit(name, value))
        row.instrument.activated.connect(
            lambda index: self.instrument_changed.emit(name, str(row.instrument.itemData(index)))
        )

    def _move_level(self, name: str, value: int) -> None:
        """Hear a fader while it is held; write where it stands once it is let go."""
        row, known = self._rows[name], self._known.get(name, PartSetting(name))
        self._show_values(row, float(value), known.pan)
        if row.level.isSliderDown():
            self._dragged[name] = value - known.level
            self.monitor_changed.emit(self.monitor)
        else:
            self.level_changed.emit(name, float(value))

    def _let_go(self, name: str) -> None:
        if name in self._dragged:
            self.level_changed.emit(name, float(self._rows[name].level.value()))

    def _show_values(self, row: _Row, level: float, pan: float | None) -> None:
        words = f"{level:+.0f} dB".replace("-", "\N{MINUS SIGN}")
        row.shown.setText(words)
        row.level.setToolTip(self.tr("Level in the mix: {0}").format(words))
        place = self.tr("as in the style") if pan is None else f"{abs(round(pan * _HUNDRED))} {'LR'[pan > 0]}"
        row.pan.setToolTip(self.tr("Place from left to right: {0}").format(place))

    def _slider(self, name: str, least: int, most: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(least, most)
        slider.setValue(0)
        slider.setAccessibleName(name)
        slider.setToolTip(name)
        return slider

    def _octave(self, name: str) -> QSpinBox:
        field = QSpinBox()
        field.setRange(-MOST_OCTAVES, MOST_OCTAVES)
        field.setSuffix(self.tr(" oct"))
        field.setAccessibleName(self.tr("Octave of {0}").format(name))
        field.setToolTip(self.tr("Octaves higher or lower than the style has {0}").format(name))
        return field

    def _instruments(self, name: str, *, is_kit: bool) -> QComboBox:
        box = QComboBox()
        box.addItem(self.tr("as in the style"), "")
        for instrument in INSTRUMENTS.values():
            if instrument.is_kit is is_kit:
                box.addItem(instrument.name, instrument.name)
        box.setAccessibleName(self.tr("Instrument of {0}").format(name))
        box.setToolTip(self.tr("What plays {0}").format(name))
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        return box

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


def _faint(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("faint", True)
    return label
