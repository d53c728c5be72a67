"""All keys on one sheet, from the same tables that menus and transport are made of."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication
from PyQt6.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from hitpoint.ui.actions import ACTIONS, MENUS, shown_keys, translated
from hitpoint.ui.theme import current_theme
from hitpoint.ui.transport.transport_keys import KEYS as TRANSPORT_KEYS

LANE_KEYS = (
    ("Click, Shift+Click", "Select chords"),
    ("F2, Return, A to G", "Type another chord"),
    ("Ctrl+Left, Ctrl+Right", "Go to the next chord, note, hit, mood or section"),
    ("Ctrl+Shift+Left, Right", "Select more or fewer chords"),
    ("Alt+Left, Alt+Right", "Select one step; move a note, an own hit or a section's border"),
    ("Alt+Up, Alt+Down", "Denser, louder or higher, or less so"),
    ("Ctrl+1 to Ctrl+6", "Mood of the marked stretch"),
    ("A to D, S, X", "Theme, summit and lock of a section of the form"),
    ("Delete", "Leave a mood, or drawn dynamics, to the picture"),
    ("Insert", "Add a hit"),
    ("Double-click", "Want a hit, or let it pass; change a chord"),
    ("Ctrl+Wheel, Ctrl++, Ctrl+-", "Zoom"),
    ("Tab", "The next lane"),
    ("Escape", "Select nothing"),
)
"""(keys, what they do) while a lane of the timeline has the focus, untranslated."""


class ShortcutSheet(QDialog):
    """A sheet to read, in columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keyboard Shortcuts"))
        self.resize(1180, 640)
        self._text = QTextBrowser()
        self._text.setHtml(shortcuts_html())
        self._text.setAccessibleName(self.tr("Keyboard shortcuts"))
        self._text.setToolTip(self.tr("Keyboard shortcuts"))
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        box.rejected.connect(self.reject)
        for button in box.buttons():
            button.setAccessibleName(button.text().replace("&", ""))
            button.setToolTip(button.accessibleName())
        column = QVBoxLayout(self)
        column.addWidget(self._text)
        column.addWidget(box)


def shortcuts_html() -> str:
    """The sheet as simple markup."""
    tr, theme = QCoreApplication.translate, current_theme()
    groups = {
        translated(title).replace("&", ""): [
            (shown_keys(row), translated(row.text).replace("&", "").rstrip("…"))
            for row in ACTIONS
            if row.menu.lstrip("-") == menu and row.keys
        ]
        for menu, title in MENUS.items()
    }
    groups[tr("Shortcuts", "Playing")] = [(keys, tr("TransportKeys", does)) for keys, does in TRANSPORT_KEYS]
    groups[tr("Shortcuts", "In the timeline")] = [(keys, tr("Shortcuts", does)) for keys, does in LANE_KEYS]
    tables = [_table(title, rows, theme.faint) for title, rows in groups.items() if rows]
    columns = ([*tables[:2], *tables[4:-2]], tables[2:4], tables[-2:])
    cells = "".join(f"<td width='33%'>{''.join(column)}</td>" for column in columns)
    return f"<table width='100%' cellspacing='10'><tr>{cells}</tr></table>"


def _table(title: str, rows: list[tuple[str, str]], faint: str) -> str:
    lines = "".join(
        f"<tr><td style='padding-right:14px'><b>{keys}</b></td><td style='color:{faint}'>{does}</td></tr>"
        for keys, does in rows
    )
    return f"<h3>{title}</h3><table cellpadding='2'>{lines}</table>"
