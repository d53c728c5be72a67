"""The sound of the cue: style, key, tempo, moods' strength, loudness, ducking and fades."""

from __future__ import annotations

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.sound import DEEPEST_DUCK, LONGEST_FADE, LOUDEST, QUIETEST, Sound
from hitpoint.core.music.key import Key
from hitpoint.core.ports import StyleCard
from hitpoint.ui.widgets.calm_wheel import CalmWheel

_SLOWEST, _FASTEST = 30.0, 300.0


class SoundSettings(QScrollArea):
    """A form. It shows a cue and says what the editor wants to be otherwise.

    *Signals*: ``style_changed(name)``, ``key_changed(text)`` ("auto", or a key), ``tempo_changed(bpm or None)``,
    ``transposed(semitones)``, ``mood_strength_changed(0..2)``, ``loudness_changed(lufs)``,
    ``programme_toggled(is_on)``, ``duck_changed(decibels)``, ``fade_in_changed(seconds)``,
    ``fade_out_changed(seconds)``, ``broadcast_changed(is_on)``.
    """

    style_changed = pyqtSignal(str)
    key_changed = pyqtSignal(str)
    tempo_changed = pyqtSignal(object)
    transposed = pyqtSignal(int)
    mood_strength_changed = pyqtSignal(float)
    loudness_changed = pyqtSignal(float)
    programme_toggled = pyqtSignal(bool)
    duck_changed = pyqtSignal(float)
    fade_in_changed = pyqtSignal(float)
    fade_out_changed = pyqtSignal(float)
    broadcast_changed = pyqtSignal(bool)

    def __init__(self, styles: tuple[StyleCard, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setAccessibleName(self.tr("Music settings"))
        self._programme: float | None = None
        self._own = Sound().loudness  # LUFS of the cue at hand
        self._make(styles)
        self._connect()
        self._lay_out()
        CalmWheel(self).calm(*self.findChildren(QComboBox), *self.findChildren(QDoubleSpinBox))

    def show_cue(self, cue: Cue | None) -> None:
        """Show what a cue says; without one what is set stays, as a wish."""
        if cue is None:
            return
        self._own = cue.sound.loudness
        mean = float(60 * len(cue.steps) * 2 / cue.seconds) if cue.seconds else 0.0
        shown = {
            self._loudness: self._own if self._programme is None else self._programme,
            self._duck: cue.sound.duck, self._fade_in: cue.sound.fade_in, self._fade_out: cue.sound.fade_out,
            self._strength: cue.mood_strength, self._bpm: cue.bpm if cue.bpm is not None else round(mean, 1),
        }  # fmt: skip
        for field, value in shown.items():
            _quietly(field, lambda field=field, value=value: field.setValue(value))
        _quietly(self._style, lambda: self._style.setCurrentText(cue.style))
        _quietly(self._key, lambda: self._key.setCurrentIndex(self._key.findText(str(cue.key))))
        _quietly(self._fit, lambda: self._fit.setChecked(cue.bpm is None))
        _quietly(self._broadcast, lambda: self._broadcast.setChecked(cue.sound.is_broadcast))
        self._bpm.setEnabled(cue.bpm is not None)

    def show_programme(self, programme: float | None) -> None:
        """Show the loudness that all cues have together, in LUFS; None where each has its own."""
        self._programme = programme
        _quietly(self._by, lambda: self._by.setCurrentIndex(int(programme is not None)))
        _quietly(self._loudness, lambda: self._loudness.setValue(self._own if programme is None else programme))

    def _make(self, styles: tuple[StyleCard, ...]) -> None:
        tr = self.tr
        self._style, self._key = QComboBox(), QComboBox()
        for card in styles:
            self._style.addItem(card.name)
            self._style.setItemData(self._style.count() - 1, ", ".join(card.parts), 3)
        self._key.addItem(tr("auto"), "auto")
        for is_minor in (False, True):
            for tonic in range(12):
                self._key.addItem(str(Key(tonic, is_minor)), str(Key(tonic, is_minor)))
        self._down, self._up = QPushButton("−"), QPushButton("+")  # noqa: RUF001 - as wide as the plus
        self._fit = QCheckBox(tr("Fit to the hits"))
        self._fit.setChecked(True)
        self._bpm = _number(_SLOWEST, _FASTEST, 1.0, 1, tr(" bpm"), 120.0)
        self._bpm.setEnabled(False)
        self._strength = _number(0.0, 2.0, 0.25, 2, "", 1.0)
        self._loudness = _number(QUIETEST, LOUDEST, 1.0, 1, tr(" LUFS"), -16.0)
        self._by = QComboBox()
        self._by.addItems([tr("by cue"), tr("by programme")])
        self._duck = _number(0.0, DEEPEST_DUCK, 1.0, 1, tr(" dB"), 0.0)
        self._duck.setSpecialValueText(tr("off"))
        self._fade_in = _number(0.0, LONGEST_FADE, 0.1, 3, tr(" s"), 0.003)
        self._fade_out = _number(0.0, LONGEST_FADE, 0.1, 3, tr(" s"), 0.04)
        self._broadcast = QCheckBox(tr("Broadcast Wave"))
        self._name_fields()

    def _name_fields(self) -> None:
        """Names for screen readers, and what the pointer is told."""
        tr = self.tr
        for widget, name, tip in (
            (self._style, tr("Style"), tr("Who plays, and how")),
            (
                self._key,
                tr("Key"),
                tr("Another key of the same mode is heard at once; auto and the other mode when you start over"),
            ),
            (self._down, tr("A semitone lower"), tr("Everything a semitone lower (Ctrl+Down)")),
            (self._up, tr("A semitone higher"), tr("Everything a semitone higher (Ctrl+Up)")),
            (
                self._fit,
                tr("Fit the tempo to the hits"),
                tr("The tempo bends a little so that beats fall on cuts and markers"),
            ),
            (self._bpm, tr("Tempo"), tr("Quarter notes a minute, steady")),
            (
                self._strength,
                tr("Mood strength"),
                tr("How strictly wished moods are obeyed: 0 not at all, 2 above all else"),
            ),
            (
                self._loudness,
                tr("Loudness"),
                tr("Integrated loudness of the mix, BS.1770; -23 for broadcast, -14 for the web"),
            ),
            (
                self._by,
                tr("Loudness by cue or by programme"),
                tr("By programme all cues have the loudness together and keep their distance; worked out when written"),
            ),
            (self._duck, tr("Ducking"), tr("How far the music gives way where somebody speaks, in a second mix")),
            (self._fade_in, tr("Fade-in"), tr("Length of the fade at the start")),
            (self._fade_out, tr("Fade-out"), tr("Length of the fade at the end")),
            (self._broadcast, tr("Broadcast Wave"), tr("Files that tell their place in timecode")),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(tip)

    def _connect(self) -> None:
        self._style.currentTextChanged.connect(self.style_changed)
        self._key.activated.connect(lambda index: self.key_changed.emit(self._key.itemData(index)))
        self._down.clicked.connect(lambda: self.transposed.emit(-1))
        self._up.clicked.connect(lambda: self.transposed.emit(1))
        self._fit.toggled.connect(self._fit_tempo)
        self._bpm.valueChanged.connect(lambda value: self.tempo_changed.emit(value))
        for field, signal in (
            (self._strength, self.mood_strength_changed), (self._loudness, self.loudness_changed),
            (self._duck, self.duck_changed), (self._fade_in, self.fade_in_changed),
            (self._fade_out, self.fade_out_changed),
        ):  # fmt: skip
            field.valueChanged.connect(signal)
        self._broadcast.toggled.connect(self.broadcast_changed)
        self._by.activated.connect(lambda index: self.programme_toggled.emit(index == 1))

    def _fit_tempo(self, is_fitted: bool) -> None:
        self._bpm.setEnabled(not is_fitted)
        self.tempo_changed.emit(None if is_fitted else self._bpm.value())

    def _lay_out(self) -> None:
        tr = self.tr
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 10, 12, 10)
        key_row = QHBoxLayout()
        key_row.addWidget(self._key, 1)
        for button in (self._down, self._up):
            button.setFixedWidth(30)
            button.setStyleSheet("padding: 3px;")
            key_row.addWidget(button)
        tempo_row = QHBoxLayout()
        tempo_row.addWidget(self._bpm, 1)
        tempo_row.addWidget(self._fit)
        loudness_row = QHBoxLayout()
        loudness_row.addWidget(self._loudness, 1)
        loudness_row.addWidget(self._by)
        music, files = QFormLayout(), QFormLayout()
        for label, field in ((tr("Style"), self._style), (tr("Key"), key_row), (tr("Tempo"), tempo_row),
                             (tr("Mood strength"), self._strength)):  # fmt: skip
            music.addRow(label, field)
        files.addRow(tr("Loudness"), loudness_row)
        for label, widget in ((tr("Ducking"), self._duck), (tr("Fade-in"), self._fade_in),
                              (tr("Fade-out"), self._fade_out), ("", self._broadcast)):  # fmt: skip
            files.addRow(label, widget)
        for title, form in ((tr("Music"), music), (tr("Delivery"), files)):
            heading = QLabel(title)
            heading.setProperty("heading", True)
            column.addWidget(heading)
            column.addLayout(form)
            column.addSpacing(6)
        column.addStretch(1)
        self.setWidget(inside)


def _number(least: float, most: float, step: float, decimals: int, suffix: str, value: float) -> QDoubleSpinBox:
    field = QDoubleSpinBox()
    field.setDecimals(decimals)
    field.setRange(least, most)
    field.setSingleStep(step)
    field.setSuffix(suffix)
    field.setValue(value)
    field.setKeyboardTracking(False)
    return field


def _quietly(widget: QWidget, show: object) -> None:
    """Show a value without asking for it."""
    before = widget.blockSignals(True)
    assert callable(show)
    show()
    widget.blockSignals(before)
