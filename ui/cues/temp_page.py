"""The temp music that a cue follows, and how much of it: a slider for each respect, and the key that compares both."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from hitpoint.ui.presenter.view_models import ShownFollowing
from hitpoint.ui.widgets.calm_wheel import CalmWheel

_STEPS = 20  # of a slider


class TempPage(QScrollArea):
    """A page beside the picture.

    *Signals*: ``follow_toggled(is_on)``, ``weight_changed(what, 0..1)``, ``compare_requested()``,
    ``compose_requested()``.
    """

    follow_toggled = pyqtSignal(bool)
    weight_changed = pyqtSignal(str, float)
    compare_requested = pyqtSignal()
    compose_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = {
            "beats": (self.tr("Beats"), self.tr("Its beats")),
            "form": (self.tr("Form"), self.tr("Its sections and climaxes")),
            "dynamics": (self.tr("Dynamics"), self.tr("As loud where it is loud")),
            "density": (self.tr("Density"), self.tr("As many notes as it plays")),
            "drums": (self.tr("Drums"), self.tr("How much its drums count in that")),
            "chords": (self.tr("Chords"), self.tr("Its very chords: close to the temp")),
        }
        tip = self.tr("Name a sound track Music, Temp, Score or MX in your edit, and save it: the window follows.")
        self.none = QLabel(self.tr("No temp track.") + "\n" + tip)
        self.none.setWordWrap(True)
        self.none.setProperty("faint", True)
        self.none.setAccessibleName(self.none.text())
        self.none.setToolTip(tip)
        self.check = QCheckBox()
        self.check.clicked.connect(self.follow_toggled)
        self.sliders: dict[str, QSlider] = {}
        self._figures: dict[str, QLabel] = {}
        self._inside = QWidget()
        self._compare = QPushButton(self.tr("Temp / Music"))
        self._compare.setAccessibleName(self.tr("Hear the temp, or the music, at the same place"))
        self._compare.setToolTip(self.tr("The temp in place of the music, at the same place, and back (V)"))
        self._compare.clicked.connect(lambda: self.compare_requested.emit())
        self._compose = QPushButton(self.tr("Compose"))
        self._compose.setProperty("primary", True)
        self._compose.setAccessibleName(self.tr("Compose the cue after the temp"))
        self._compose.setToolTip(self.tr("Compose the cue anew, following the temp as the sliders say"))
        self._compose.clicked.connect(lambda: self.compose_requested.emit())
        self._lay_out()
        CalmWheel(self).calm(*self.sliders.values())
        self.show_following(ShownFollowing())

    def show_following(self, shown: ShownFollowing) -> None:
        """Show what a cue follows."""
        self.none.setVisible(not shown.temp)
        self._inside.setVisible(bool(shown.temp))
        text = self.tr("{name} follows {temp}").format(name=shown.name, temp=shown.temp)
        self.check.setText(text)
        self.check.setAccessibleName(text)
        self.check.setToolTip(self.tr("When the cue is composed again; nothing of the temp's sound is copied"))
        self.check.setEnabled(bool(shown.name))
        self.check.setChecked(shown.is_on)
        self._compose.setEnabled(shown.is_waiting or shown.is_on)
        for what, weight in shown.weights:
            slider = self.sliders[what]
            slider.setEnabled(shown.is_on)
            slider.blockSignals(True)
            slider.setValue(round(weight * _STEPS))
            slider.blockSignals(False)
            self._figures[what].setText(f"{weight:.2f}")

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(2)
        for row, (what, (name, tip)) in enumerate(self._words.items()):
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(0, _STEPS)
            slider.setPageStep(5)
            slider.setAccessibleName(name)
            slider.setToolTip(tip)
            slider.valueChanged.connect(lambda value, what=what: self.weight_changed.emit(what, value / _STEPS))
            figure = QLabel("")
            figure.setProperty("faint", True)
            figure.setAccessibleName(name)
            self.sliders[what], self._figures[what] = slider, figure
            label = QLabel(name)
            label.setBuddy(slider)
            for place, widget in enumerate((label, slider, figure)):
                grid.addWidget(widget, row % 3, place + 3 * (row // 3))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(4, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._compare)
        buttons.addStretch(1)
        buttons.addWidget(self._compose)
        inside = QVBoxLayout(self._inside)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        inside.addWidget(self.check)
        inside.addLayout(grid)
        inside.addLayout(buttons)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self.none)
        column.addWidget(self._inside)
        column.addStretch(1)
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("What is followed of the temp"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # no page makes the window taller
