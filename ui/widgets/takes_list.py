"""All takes of the edit, the newest composing first, to choose from, to compare, to pin, name and delete."""

from __future__ import annotations

from PyQt6.QtCore import QPoint, Qt, QTimer, pyqtBoundSignal, pyqtSignal
from PyQt6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QPushButton,
    QSlider,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hitpoint.ui.presenter.taking.takes import MOST_TAKES
from hitpoint.ui.presenter.view_models import Menus, TakeRow
from hitpoint.ui.transport.transport_keys import KEPT_KEYS
from hitpoint.ui.widgets.calm_wheel import CalmWheel

_STRENGTHS = 20  # steps of the slider
_ROW, _LEAST_ROW = 26, 22  # pixels
_ROWS_TO_COMPARE = 4
_WORDS, _PAD, _SHARE = 1, 12, 0.66  # the column of words, its margin in pixels, and its share of the room at the most


class _Table(QTableWidget):
    """A table in which digits and letters choose no row: they are timecode, or keys of the window."""

    def keyboardSearch(self, search: str | None) -> None:
        """Do nothing."""

    def share_room(self) -> None:
        """Let long words leave some of the room to the chords; a tooltip has them whole."""
        view = self.viewport()
        room = (0 if view is None else view.width()) - self.columnWidth(0)
        if self.columnCount() > _WORDS:
            self.setColumnWidth(_WORDS, min(self.sizeHintForColumn(_WORDS) + _PAD, round(_SHARE * room)))

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Where few rows have room, they get that of the header too: four are to be compared."""
        super().resizeEvent(event)
        head, side = self.horizontalHeader(), self.verticalHeader()
        assert head is not None and side is not None
        self.share_room()
        is_low = self.height() < head.sizeHint().height() + _ROWS_TO_COMPARE * _ROW
        head.setHidden(is_low)
        height = min(_ROW, max((self.height() - 2 * self.frameWidth()) // _ROWS_TO_COMPARE, _LEAST_ROW))
        side.setDefaultSectionSize(height if is_low else _ROW)
        self.scrollTo(self.currentIndex())


class TakesList(QWidget):
    """A row a take: number and letter, what it is in words, chords; figures in the tooltip.

    F2 names a take, S pins it, Delete removes it. Below it stand the ways to more of them: composing again, and varying
    by a strength.

    *Signals*: ``take_chosen(index)``, ``compare_requested()``, ``regenerate_requested()``,
    ``regenerate_all_requested()``, ``count_changed(count)``, ``take_pinned(index)``, ``take_named(index, name)``,
    ``take_deleted(index)``, ``others_deleted()``; ``vary_requested()``, ``strength_changed(0..1)``,
    ``vary_style_changed(name)``, an empty one for the players there are.
    """

    take_chosen = pyqtSignal(int)
    take_pinned = pyqtSignal(int)
    take_named = pyqtSignal(int, str)
    take_deleted = pyqtSignal(int)
    others_deleted = pyqtSignal()
    compare_requested = pyqtSignal()
    regenerate_requested = pyqtSignal()
    regenerate_all_requested = pyqtSignal()
    count_changed = pyqtSignal(int)
    vary_requested = pyqtSignal()
    strength_changed = pyqtSignal(float)
    vary_style_changed = pyqtSignal(str)

    def __init__(self, styles: tuple[str, ...] = (), parent: QWidget | None = None) -> None:
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
        self._make_vary(styles)
        CalmWheel(self).calm(self._count, self._strength, self._style)
        self._selection = _button(
            self.tr("Regenerate"),
            self.tr("Compose the selected chords again, else those of the marked range (R)"),
            self.regenerate_requested,
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
            self._table.share_room()
        if 0 <= chosen < len(rows):
            self._table.selectRow(chosen)
        else:
            self._table.setCurrentCell(-1, -1)
            self._table.clearSelection()
        self._table.blockSignals(before)
        self._table.setVisible(bool(rows))
        self._empty.setVisible(not rows)

    def show_menus(self, menus: Menus) -> None:
        """Let only those be pressed that can do something."""
        self._selection.setEnabled(menus.has_meant)
        for widget in (self._all, self._vary, self._strength, self._style):
            widget.setEnabled(menus.has_cue)
        self._compare.setEnabled(menus.has_takes)

    @property
    def chosen(self) -> int:
        """The row that is marked; -1 for none."""
        return self._table.currentRow()

    def _made_table(self) -> _Table:
        table = _Table(0, 3)
        table.setHorizontalHeaderLabels([self.tr("Take"), self.tr("Compared"), self.tr("Chords")])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._open_menu)
        table.itemChanged.connect(self._take_name)
        delegate = table.itemDelegate()
        assert delegate is not None
        delegate.closeEditor.connect(lambda *_: self._end_name())
        for keys, call in (
            ("F2", self._edit_name),
            ("Del", self._delete),
            ("Backspace", self._delete),
            ("S", self._pin),
        ):
            shortcut = QShortcut(QKeySequence(keys), table, call)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setAccessibleName(self.tr("Takes"))
        table.setToolTip(
            self.tr(
                "Up and down choose a take; it is heard at the same place. F2 names it, S pins it, Delete forgets it."
            )
        )
        table.setProperty(KEPT_KEYS, "Up Down")
        head, side = table.horizontalHeader(), table.verticalHeader()
        assert head is not None
        assert side is not None
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(_WORDS, QHeaderView.ResizeMode.Interactive)
        head.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        side.hide()
        side.setDefaultSectionSize(_ROW)
        table.currentCellChanged.connect(lambda row, *_: self.take_chosen.emit(row) if row >= 0 else None)
        return table

    def _fill(self, index: int, row: TakeRow) -> None:
        tip = self.tr(
            "score {4:.2f}: likelihood {0:.2f} nats a step, changes on cuts {1:.0%}, wishes met {2:.0%}, seed {3}"
        ).format(row.likelihood, row.cut_agreement, row.wish_agreement, row.seed, row.score)
        lines = [line for line in (row.name, row.words, row.chords, tip if row.has_figures else "") if line]
        for column, text in enumerate((self._label(row), row.name or row.words, row.chords)):
            item = QTableWidgetItem(text)
            item.setToolTip("\n".join(lines))
            self._table.setItem(index, column, item)

    def _label(self, row: TakeRow) -> str:
        """The label of a take: the composing and its letter, a star for one that is pinned."""
        star = "\N{BLACK STAR} " if row.is_pinned else ""
        return star + (self.tr("before {0}").format(row.round) if row.is_before else f"{row.round}{row.letter}")

    def _open_menu(self, place: QPoint) -> None:
        """Open the menu of the take under the mouse."""
        index = self._table.indexAt(place).row()
        if index < 0:
            return
        menu = QMenu(self)
        pin = self.tr("Take the Pin Out") if self._rows[index].is_pinned else self.tr("Pin")
        for text, call in (
            (pin, lambda: self.take_pinned.emit(index)),
            (self.tr("Name…"), lambda: self._edit_name(index)),
            (self.tr("Delete"), lambda: self.take_deleted.emit(index)),
            (self.tr("Delete All Without Pin or Name"), lambda: self.others_deleted.emit()),
        ):
            menu.addAction(text, call)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        viewport = self._table.viewport()
        assert viewport is not None
        menu.popup(viewport.mapToGlobal(place))

    def _edit_name(self, index: int = -1) -> None:
        """Type a name, in the row itself; Escape leaves it as it was."""
        index = index if index >= 0 else self.chosen
        item = self._table.item(index, 1)
        if item is not None:
            self._show_text(item, self._rows[index].name)
            self._table.editItem(item)

    def _end_name(self) -> None:
        """The line to type into is gone: show the row as it is."""
        for index, row in enumerate(self._rows):
            item = self._table.item(index, 1)
            if item is not None:
                self._show_text(item, row.name or row.words)

    def _take_name(self, item: QTableWidgetItem) -> None:
        """A name was typed; the row is made anew only when the line to type into is done with it."""
        index, name = item.row(), item.text()
        if item.column() == 1 and name != self._rows[index].name:
            QTimer.singleShot(0, lambda: self.take_named.emit(index, name))

    def _show_text(self, item: QTableWidgetItem, text: str) -> None:
        before = self._table.blockSignals(True)
        item.setText(text)
        self._table.blockSignals(before)

    def _pin(self) -> None:
        if self.chosen >= 0:
            self.take_pinned.emit(self.chosen)

    def _delete(self) -> None:
        if self.chosen >= 0:
            self.take_deleted.emit(self.chosen)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addWidget(self._table, 1)
        column.addWidget(self._empty, 1)
        row = QHBoxLayout()
        row.addWidget(self._selection, 1)
        row.addWidget(self._all)
        row.addWidget(self._compare)
        row.addWidget(self._count)
        vary = QHBoxLayout()
        vary.addWidget(self._vary)
        vary.addWidget(self._strength, 1)
        vary.addWidget(self._figure)
        vary.addWidget(self._style)
        column.addLayout(row)
        column.addLayout(vary)

    def _make_vary(self, styles: tuple[str, ...]) -> None:
        tip = self.tr(
            "The selection otherwise, else the marked range, else the whole cue, as far as the strength says; locks stay (Shift+R)"
        )
        self._vary = _button(self.tr("Vary"), tip, self.vary_requested)
        self._strength, self._figure, self._style = QSlider(Qt.Orientation.Horizontal), QLabel(), QComboBox()
        self._strength.setRange(0, _STRENGTHS)
        self._strength.setPageStep(5)
        self._strength.setAccessibleName(self.tr("Strength"))
        self._strength.setToolTip(self.tr("How much changes: 0 nothing, 1 every bar that may"))
        self._figure.setAccessibleName(self.tr("Strength"))
        self._figure.setMinimumWidth(self.fontMetrics().horizontalAdvance("0.00"))
        self._style.addItem(self.tr("same players"), "")
        for style in styles:
            self._style.addItem(style, style)
        self._style.setAccessibleName(self.tr("Players that come in"))
        self._style.setToolTip(self.tr("Other players come in as far as the strength says"))
        self._strength.valueChanged.connect(self._show_strength)
        self._style.activated.connect(lambda index: self.vary_style_changed.emit(self._style.itemData(index)))
        self._strength.setValue(round(0.3 * _STRENGTHS))

    def _show_strength(self, value: int) -> None:
        self._figure.setText(f"{value / _STRENGTHS:.2f}")
        self.strength_changed.emit(value / _STRENGTHS)


def _button(text: str, tip: str, pressed: pyqtBoundSignal) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    button.setAccessibleName(tip)
    button.clicked.connect(lambda: pressed.emit())
    return button
