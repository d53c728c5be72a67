"""The list of cues: name, in, out, length, style, state, notes; to choose from, to type into, to compose from."""

from __future__ import annotations

from itertools import pairwise

from PyQt6.QtCore import QEvent, QModelIndex, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QFontInfo, QKeyEvent, QResizeEvent
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hitpoint.core.cue.film.cue_list import CueEntry
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError
from hitpoint.core.timebase import format_timecode
from hitpoint.ui.cues.flow_layout import FlowLayout
from hitpoint.ui.lanes.drawing.cue_states import state_color, state_word
from hitpoint.ui.theme import current_theme
from hitpoint.ui.transport.transport_keys import KEPT_KEYS
from hitpoint.ui.transport.typed_timecode import typed_frame

NAME, STATE, IN, OUT, LENGTH, STYLE, NOTES = range(7)
_TYPED = (NAME, IN, OUT, STYLE, NOTES)
_DROPPED = (LENGTH, STYLE)  # columns that go where notes have no room, the first one first; the tooltip has them
_LEAST_NOTES = 84  # pixels
_NAME_ROLE = Qt.ItemDataRole.UserRole


class CueTable(QWidget):
    """A row a cue, in order of time.

    *Signals*: ``chosen(tuple of names)``, ``opened(name)`` by a double click, ``renamed(old, new)``, ``resized(name,
    start frame, end frame)``, ``style_set(name, style)``, ``noted(name, text)``, ``refused(sentence)`` for what was
    typed and makes no sense; ``new_requested()``, ``compose_requested()``, ``compose_all_requested()``,
    ``approve_requested()``, ``spot_requested()``, ``delete_requested()`` for what is chosen.
    """

    chosen = pyqtSignal(object)
    opened = pyqtSignal(str)
    renamed = pyqtSignal(str, str)
    resized = pyqtSignal(str, int, int)
    style_set = pyqtSignal(str, str)
    noted = pyqtSignal(str, str)
    refused = pyqtSignal(str)
    new_requested = pyqtSignal()
    compose_requested = pyqtSignal()
    compose_all_requested = pyqtSignal()
    approve_requested = pyqtSignal()
    spot_requested = pyqtSignal()
    delete_requested = pyqtSignal()

    def __init__(self, styles: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edit: Edit | None = None
        self._film, self._current = FilmCues(), ""
        self._rows: list[tuple[str, ...]] = []
        self.table = _Table(0, 7)
        self._prepare(styles)
        self._sum = QLabel()
        self._sum.setProperty("faint", True)
        self._sum.setAccessibleName(self.tr("How much of the film has music"))
        self._lay_out()
        self.show_cues(FilmCues(), "")

    def show_edit(self, edit: Edit) -> None:
        """Show times in the timecode of an edit."""
        self._edit, self._rows = edit, []

    def show_cues(self, film: FilmCues, current: str) -> None:
        """List cues; the current one stands in bold."""
        is_moved, self._film, self._current = current != self._current, film, current
        before = self.table.blockSignals(True)
        rows = [self._row(entry) for entry in film.cues.entries] if self._edit is not None else []
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            if number >= len(self._rows) or self._rows[number] != row:
                self._fill(number, film.cues.entries[number], row)
        self._rows = rows
        self.table.blockSignals(before)
        self.table.share_room()
        self._sum.setText(self._summary())
        at = film.cues.names.index(current) if current in film.cues.names else -1
        if is_moved and 0 <= at < len(rows):
            item = self.table.item(at, NAME)
            self.table.scrollToItem(item)

    def show_chosen(self, names: tuple[str, ...]) -> None:
        """Mark the cues that are meant."""
        if names == self.chosen_names:
            return
        before = self.table.blockSignals(True)
        self.table.clearSelection()
        for number, entry in enumerate(self._film.cues.entries):
            if entry.name in names:
                for column in range(self.table.columnCount()):
                    item = self.table.item(number, column)
                    if item is not None:
                        item.setSelected(True)
        self.table.blockSignals(before)

    @property
    def chosen_names(self) -> tuple[str, ...]:
        """The cues that are marked."""
        rows = sorted({index.row() for index in self.table.selectedIndexes()})
        names = self._film.cues.names
        return tuple(names[row] for row in rows if row < len(names))

    def changeEvent(self, event: QEvent | None) -> None:
        """Another room, other colours."""
        super().changeEvent(event)
        if event is not None and event.type() == QEvent.Type.PaletteChange and self._rows:
            self._rows = []
            self.show_cues(self._film, self._current)

    def _row(self, entry: CueEntry) -> tuple[str, ...]:
        edit = self._edit
        assert edit is not None
        times = (_timecode(edit, frame) for frame in (entry.start_frame, entry.end_frame))
        tenths = round(edit.rate.seconds(entry.end_frame - entry.start_frame) * 10)
        length = f"{tenths // 600}:{tenths % 600 / 10:04.1f}"
        weight = "bold" if entry.name == self._current else ""
        return (
            entry.name,
            state_word(self._film, entry),
            *times,
            length,
            entry.style,
            entry.notes,
            entry.reason,
            weight,
        )

    def _fill(self, number: int, entry: CueEntry, row: tuple[str, ...]) -> None:
        theme = current_theme()
        for column in range(7):
            item = QTableWidgetItem(row[column])
            item.setData(_NAME_ROLE, entry.name)
            flags = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled
            item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if column in _TYPED else flags)
            head = ", ".join(part for part in (row[NAME], row[STATE], row[LENGTH], row[STYLE]) if part)
            lines = (head, self._crossfade(entry), entry.reason, entry.notes)
            item.setToolTip("\n".join(line for line in lines if line))
            if row[-1]:
                font = item.font()
                font.setBold(True)
                item.setFont(font)
            if column == STATE:
                item.setForeground(QColor(state_color(theme, entry.state)))
            if column in (IN, OUT, LENGTH):
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self.table.setItem(number, column, item)

    def _crossfade(self, entry: CueEntry) -> str:
        """How long the cue goes over to the next one; empty where it does not."""
        if not entry.crossfade:
            return ""
        return self.tr("crossfade of {seconds} s to the next cue").format(seconds=entry.crossfade)

    def _summary(self) -> str:
        edit, entries = self._edit, self._film.cues.entries
        if edit is None or not entries:
            return ""
        covered = {frame for entry in entries for frame in (entry.start_frame, entry.end_frame)}
        edges = sorted(covered)
        frames = sum(b - a for a, b in pairwise(edges) if self._film.cues.at(a) is not None)
        text = (
            self.tr("{count} cues, {share} % of the edit")
            if len(entries) > 1
            else self.tr("1 cue, {share} % of the edit")
        )
        return text.format(count=len(entries), share=round(100 * frames / edit.frames))

    def _changed(self, item: QTableWidgetItem) -> None:
        """Somebody has typed: ask for it, and show what is so until that is done."""
        name, text, column = str(item.data(_NAME_ROLE)), item.text().strip(), item.column()
        if name not in self._film.cues.names:
            return
        entry = self._film.cues.named(name)
        self._rows = []  # whatever was typed, the list is filled again by what comes of it
        if column == NAME:
            self.renamed.emit(name, text)
        elif column == STYLE:
            self.style_set.emit(name, text)
        elif column == NOTES:
            self.noted.emit(name, text)
        elif column in (IN, OUT):
            self._resize(entry, column, text)
        self.show_cues(self._film, self._current)

    def _resize(self, entry: CueEntry, column: int, text: str) -> None:
        edit = self._edit
        assert edit is not None
        was = entry.start_frame if column == IN else entry.end_frame
        try:
            frame = typed_frame(
                text, was, edit.frames + 1, edit.rate, edit.start_timecode_frame, drop_frame=edit.drop_frame
            )
        except OptionError as error:
            self.refused.emit(str(error))
            return
        start, end = (frame, entry.end_frame) if column == IN else (entry.start_frame, frame)
        if not start < end:
            self.refused.emit(self.tr("{name} would be empty: {text} was not taken").format(name=entry.name, text=text))
            return
        self.resized.emit(entry.name, start, end)

    def _prepare(self, styles: tuple[str, ...]) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(
            [
                self.tr("Cue"), self.tr("State"), self.tr("In"), self.tr("Out"), self.tr("Length"), self.tr("Style"),
                self.tr("Notes"),
            ]
        )  # fmt: skip
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        triggers = QAbstractItemView.EditTrigger
        table.setEditTriggers(triggers.EditKeyPressed | triggers.SelectedClicked)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setAccessibleName(self.tr("Cues"))
        table.setToolTip(
            self.tr("Double-click goes there; F2, or a click on a chosen row, changes a name, a time, a style, a note")
        )
        table.setProperty(KEPT_KEYS, "Up Down")
        table.setItemDelegateForColumn(STYLE, _Styles(styles, self))
        head, side = table.horizontalHeader(), table.verticalHeader()
        assert head is not None
        assert side is not None
        head.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        head.setSectionResizeMode(NOTES, QHeaderView.ResizeMode.Interactive)
        head.resizeSection(NOTES, 60)
        head.setStretchLastSection(True)
        head.setMinimumSectionSize(44)
        head.setHighlightSections(False)
        side.hide()
        side.setDefaultSectionSize(22)
        for widget in (table, head):
            widget.setFont(_sized(widget.font(), 0.9))
        table.setStyleSheet("QTableView::item { padding-left: 3px; padding-right: 3px; }")
        table.itemChanged.connect(self._changed)
        table.itemSelectionChanged.connect(lambda: self.chosen.emit(self.chosen_names))
        table.itemDoubleClicked.connect(lambda item: self.opened.emit(str(item.data(_NAME_ROLE))))
        table.delete_pressed.connect(self.delete_requested)

    def _lay_out(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)  # no page makes the window taller
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 6, 8, 6)
        column.setSpacing(4)
        column.addWidget(self.table, 1)
        column.addWidget(self._sum)
        line = FlowLayout()  # on a small screen they need two lines
        rows = (
            (self.tr("Compose"), self.tr("Compose the chosen cues, locks stay (Ctrl+Shift+C)"), self.compose_requested),
            (
                self.tr("Compose All"),
                self.tr("Compose every cue that has no music for its range and words; the others are kept"),
                self.compose_all_requested,
            ),
            (self.tr("Approve"), self.tr("Approve the chosen cues, or take it back"), self.approve_requested),
            (
                self.tr("New"),
                self.tr("A cue for the marked range, else for the silence at the playhead (N)"),
                self.new_requested,
            ),
            (
                self.tr("Propose"),
                self.tr("Take up where music could be: markers, temp music, picture and speech"),
                self.spot_requested,
            ),
        )
        for number, (text, tip, pressed) in enumerate(rows):
            button = QPushButton(text)
            button.setToolTip(tip)
            button.setAccessibleName(tip)
            button.setProperty("primary", number == 0)
            button.clicked.connect(lambda _=False, pressed=pressed: pressed.emit())
            button.setStyleSheet("padding: 4px 6px")
            line.addWidget(button)
        column.addLayout(line)


class _Table(QTableWidget):
    """A table that says when Delete is pressed."""

    delete_pressed = pyqtSignal()

    def __init__(self, rows: int, columns: int) -> None:
        self._widths: dict[int, int] = {}  # pixels that a column needs
        super().__init__(rows, columns)

    def share_room(self) -> None:
        """Leave columns out that a small window has no room for, so that no note is cut off."""
        head, view = self.horizontalHeader(), self.viewport()
        if head is None or view is None:
            return
        for column in range(NOTES):
            if not self.isColumnHidden(column):  # one that is has no width of its own
                hints = self.sizeHintForColumn(column), head.sectionSizeHint(column), head.minimumSectionSize()
                self._widths[column] = max(hints)
        room = view.width() - _LEAST_NOTES - sum(self._widths.values())
        for column in _DROPPED:
            if self.isColumnHidden(column) != (room < 0):
                self.setColumnHidden(column, room < 0)
            room += self._widths[column] if room < 0 else 0

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """Another room for the columns."""
        super().resizeEvent(event)
        self.share_room()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Delete is for the chosen cues."""
        if event is not None and event.key() == Qt.Key.Key_Delete:
            self.delete_pressed.emit()
        else:
            super().keyPressEvent(event)


class _Styles(QStyledItemDelegate):
    """Lets a style be chosen from those there are."""

    def __init__(self, styles: tuple[str, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self._styles = styles

    def createEditor(self, parent: QWidget | None, option: QStyleOptionViewItem, index: QModelIndex) -> QWidget | None:
        """A list of choices."""
        box = QComboBox(parent)
        box.addItems(self._styles)
        box.setAccessibleName(self.tr("Style"))
        box.activated.connect(lambda _: self.commitData.emit(box))
        return box

    def setEditorData(self, editor: QWidget | None, index: QModelIndex) -> None:
        """Begin with what it is."""
        if isinstance(editor, QComboBox):
            editor.setCurrentText(str(index.data() or ""))


def _sized(font: QFont, share: float) -> QFont:
    """A font by the size of another one."""
    made = QFont(font)
    made.setPointSizeF(max(6.5, QFontInfo(font).pointSizeF() * share))
    return made


def _timecode(edit: Edit, frame: int) -> str:
    return format_timecode(edit.start_timecode_frame + frame, edit.rate, drop_frame=edit.drop_frame)
