"""The takes of the last composing, best first, to choose from and to compare."""

from __future__ import annotations

from PyQt6.QtCore import Qt, pyqtBoundSignal, pyqtSignal
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hitpoint.ui.presenter.takes import MOST_TAKES
from hitpoint.ui.presenter.view_models import Menus, TakeRow
from hitpoint.ui.transport.transport_keys import KEPT_KEYS
from hitpoint.ui.widgets.calm_wheel import CalmWheel


class TakesList(QWidget):
    """A row a take: letter, what it is in words, chords; figures in the tooltip.

    *Signals*: ``take_chosen(index)``, ``compare_requested()``, ``regenerate_requested()``, ``regenerate_all_requested()``,
    ``count_changed(count)``.
    """

    take_chosen = pyqtSignal(int)
    compare_requested = pyqtSignal()
    regenerate_requested = pyqtSignal()
    regenerate_all_requested = pyqtSignal()
    count_changed = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[TakeRow, ...] = ()
        self._table = self._made_table()
        self._empty = QLabel(self.tr("Takes appear here when something is composed.\nSelect chords and press R."))
        self._empty.setProperty("faint", True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count = QSpinBox()
        self._count.setRange(1, MOST_TAKES)
        self._count.setValue(4)
        self._count.setAccessibleName(self.tr("Takes at once"))
        self._count.setToolTip(self.tr("How many takes are composed at once"))
        self._count.valueChanged.connect(self.count_changed)
        CalmWheel(self).calm(self._count)
        self._selection = _button(
            self.tr("Regenerate Selection"), self.tr("Compose the selected chords again (R)"), self.regenerate_requested
        )
        self._selection.setProperty("primary", True)
        self._all = _button(
            self.tr("All"),
            self.tr("Compose every chord again that is not locked (Ctrl+R)"),
            self.regenerate_all_requested,
        )
        self._compare = _button(
            self.tr("Compare"),
            self.tr("Go to the take before, at the same place, and back (T)"),
            self.compare_requested,
        )
        self._lay_out()
        self.show_takes((), 0)

    def show_takes(self, rows: tuple[TakeRow, ...], chosen: int) -> None:
        """List takes, and mark the one that is heard."""
        before = self._table.blockSignals(True)
        if rows != self._rows:
            self._rows = rows
            self._table.setRowCount(len(rows))
            for index, row in enumerate(rows):
                self._fill(index, row)
        if rows:
            self._table.selectRow(chosen)
        self._table.blockSignals(before)
        self._table.setVisible(bool(rows))
        self._empty.setVisible(not rows)

    def show_menus(self, menus: Menus) -> None:
        """Let only those be pressed that can do something."""
        self._selection.setEnabled(menus.has_selection)
        self._all.setEnabled(menus.has_cue)
        self._compare.setEnabled(menus.has_takes)

    @property
    def chosen(self) -> int:
        """The row that is marked; -1 for none."""
        return self._table.currentRow()

    def _made_table(self) -> QTableWidget:
        table = QTableWidget(0, 3)
        table.setHorizontalHeaderLabels([self.tr("Take"), self.tr("Compared"), self.tr("Chords")])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setAccessibleName(self.tr("Takes"))
        table.setToolTip(self.tr("Up and down choose a take; it is heard at the same place"))
        table.setProperty(KEPT_KEYS, "Up Down")
        head, side = table.horizontalHeader(), table.verticalHeader()
        assert head is not None
        assert side is not None
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        side.hide()
        side.setDefaultSectionSize(26)
        table.currentCellChanged.connect(lambda row, *_: self.take_chosen.emit(row) if row >= 0 else None)
        return table

    def _fill(self, index: int, row: TakeRow) -> None:
        tip = self.tr(
            "score {4:.2f}: likelihood {0:.2f} nats a step, changes on cuts {1:.0%}, wishes met {2:.0%}, seed {3}"
        ).format(row.likelihood, row.cut_agreement, row.wish_agreement, row.seed, row.score)
        for column, text in enumerate((row.letter, row.words, row.chords)):
            item = QTableWidgetItem(text)
            item.setToolTip(f"{row.words}\n{row.chords}\n{tip}")
            self._table.setItem(index, column, item)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 10, 10, 10)
        column.addWidget(self._table, 1)
        column.addWidget(self._empty, 1)
        row = QHBoxLayout()
        row.addWidget(self._selection, 1)
        row.addWidget(self._all)
        row.addWidget(self._compare)
        row.addWidget(self._count)
        column.addLayout(row)


def _button(text: str, tip: str, pressed: pyqtBoundSignal) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.clicked.connect(lambda: pressed.emit())
    return button
