"""Change the keys: a row an action, presets of the editing programs, and no key that does two things."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QKeySequence
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from hitpoint.ui.actions import ACTIONS, translated
from hitpoint.ui.keymap import PRESETS, Keys, conflicts, preset_keys
from hitpoint.ui.theme import current_theme


class ShortcutEditor(QDialog):
    """Asks for keys; :attr:`keys` is what was set when it is accepted."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.keys = dict(keys)
        self._names = [row.name for row in ACTIONS]
        self.setWindowTitle(self.tr("Change Shortcuts"))
        self.resize(620, 560)
        self._preset, self._field = QComboBox(), QKeySequenceEdit()
        self._set, self._clear = QPushButton(self.tr("Set")), QPushButton(self.tr("None"))
        self._table = self._made_table()
        self._trouble = QLabel()
        self._trouble.setWordWrap(True)
        self._digits = QLabel(self.tr("Digits, + and - type a timecode, unless an action has them."))
        self._digits.setProperty("faint", True)
        self._box = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        self._make()
        self._lay_out()
        self._show()
        self._table.selectRow(0)

    def use_preset(self, name: str) -> None:
        """Take over the keys of an editing program."""
        self.keys = preset_keys(name)
        self._show()

    def set_keys(self, sequence: str) -> None:
        """Give the chosen action these keys; none if empty."""
        row = self._table.currentRow()
        if row >= 0:
            self.keys[self._names[row]] = (sequence,) if sequence else ()
            self._show()

    def _made_table(self) -> QTableWidget:
        table = QTableWidget(len(ACTIONS), 2)
        table.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Keys")])
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setAccessibleName(self.tr("Actions and their keys"))
        head, side = table.horizontalHeader(), table.verticalHeader()
        assert head is not None
        assert side is not None
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        side.hide()
        table.currentCellChanged.connect(lambda row, *_: self._show_field(row))
        return table

    def _make(self) -> None:
        self._preset.addItems(list(PRESETS))
        self._preset.setAccessibleName(self.tr("Keys as in"))
        self._preset.setToolTip(self.tr("The habits of an editing program; what it has not stays as it is here"))
        self._preset.activated.connect(lambda index: self.use_preset(self._preset.itemText(index)))
        self._field.setAccessibleName(self.tr("Keys of the chosen action"))
        self._field.setToolTip(self.tr("Press the keys that the chosen action is to have"))
        self._field.setMaximumSequenceLength(1)
        self._set.clicked.connect(lambda: self.set_keys(self._field.keySequence().toString()))
        self._clear.clicked.connect(lambda: self.set_keys(""))
        self._set.setToolTip(self.tr("Give the chosen action these keys"))
        self._clear.setToolTip(self.tr("The chosen action has no keys"))
        self._trouble.setAccessibleName(self.tr("Keys that do two things"))
        self._box.accepted.connect(self.accept)
        self._box.rejected.connect(self.reject)
        for button in self._box.buttons():
            button.setAccessibleName(button.text().replace("&", ""))
            button.setToolTip(button.accessibleName())

    def _lay_out(self) -> None:
        column, top, row = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        top.addWidget(QLabel(self.tr("Keys as in")))
        top.addWidget(self._preset, 1)
        row.addWidget(self._field, 1)
        row.addWidget(self._set)
        row.addWidget(self._clear)
        column.addLayout(top)
        column.addWidget(self._table, 1)
        column.addLayout(row)
        column.addWidget(self._digits)
        column.addWidget(self._trouble)
        column.addWidget(self._box)

    def _show(self) -> None:
        texts = {row.name: translated(row.text).replace("&", "").rstrip("…") for row in ACTIONS}
        for place, name in enumerate(self._names):
            keys = f"  {self.tr('or')}  ".join(
                QKeySequence(one).toString(QKeySequence.SequenceFormat.NativeText) for one in self.keys.get(name, ())
            )
            for column, text in enumerate((texts[name], keys)):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self._table.setItem(place, column, item)
        found = conflicts(self.keys)
        lines = [
            self.tr("{0} would do two things: {1}, and {2}").format(keys, texts[a], texts[b]) for keys, a, b in found
        ]
        self._trouble.setText("\n".join(lines[:3]))
        self._trouble.setStyleSheet(f"color: {current_theme().danger};")
        accept = self._box.button(QDialogButtonBox.StandardButton.Ok)
        assert accept is not None
        accept.setEnabled(not found)
        self._show_field(self._table.currentRow())

    def _show_field(self, row: int) -> None:
        keys = self.keys.get(self._names[row], ()) if row >= 0 else ()
        self._field.setKeySequence(QKeySequence(keys[0] if keys else ""))
