"""How Qt's own widgets look in the panel: one style sheet, made from the theme, for the whole application."""

from __future__ import annotations

from PyQt6.QtGui import QColor, QPalette
from PyQt6.QtWidgets import QApplication

from hitpoint.ui.theme import Theme

_SHEET = """
QMainWindow, QDialog, QStatusBar, QMenuBar, QToolBar, QTabWidget::pane, QSplitter {{ background: {raised}; color: {text}; }}
QWidget#notices {{ background: {field}; border: 1px solid {line}; border-radius: 4px; }}
QWidget#notices QToolButton {{ padding: 0px 7px; border: 1px solid {line}; border-radius: 3px; color: {text}; }}
QWidget#notices QToolButton[primary="true"] {{ background: {accent}; color: {on_accent}; }}
QWidget#notice_list {{ background: {field}; border: 1px solid {line}; }}
QWidget#welcome {{ background: {background}; }}
QLabel#title {{ font-size: 26px; font-weight: 600; color: {text}; }}
QLabel#subtitle, QLabel[faint="true"] {{ color: {faint}; }}
QLabel[heading="true"] {{ font-weight: 600; color: {text}; }}
QToolBar {{ border: 0; border-bottom: 1px solid {line}; padding: 3px; spacing: 3px; }}
QStatusBar {{ border-top: 1px solid {line}; }}
QStatusBar::item {{ border: 0; }}
QMenuBar::item:selected, QMenu::item:selected {{ background: {accent}; color: {on_accent}; }}
QMenu {{ background: {raised}; color: {text}; border: 1px solid {line}; padding: 4px; }}
QMenu::item {{ padding: 5px 24px 5px 22px; border-radius: 3px; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 4px 6px; }}
QPushButton {{ background: {ruler}; color: {text}; border: 1px solid {line}; border-radius: 4px; padding: 5px 12px; }}
QPushButton:hover {{ border-color: {accent}; }}
QPushButton:focus {{ border: 1px solid {accent}; }}
QPushButton:disabled {{ color: {faint}; background: {raised}; }}
QPushButton[primary="true"] {{ background: {accent}; color: {on_accent}; border-color: {accent}; font-weight: 600; }}
QPushButton[primary="true"]:disabled {{ background: {ruler}; color: {faint}; border-color: {line}; }}
QToolBar QToolButton {{ color: {text}; border: 1px solid transparent; border-radius: 4px; padding: 4px 9px; }}
QToolBar QToolButton:hover {{ background: {ruler}; }}
QToolBar QToolButton:focus {{ border-color: {accent}; }}
QToolBar QToolButton:disabled {{ color: {faint}; }}
QToolBar QToolButton[primary="true"] {{ background: {accent}; color: {on_accent}; font-weight: 600; }}
QToolBar QToolButton[primary="true"]:disabled {{ background: {ruler}; color: {faint}; }}
QToolButton[toggle="true"] {{ border: 1px solid {line}; border-radius: 3px; padding: 1px; color: {text}; background: {field}; }}
QToolButton[toggle="true"]:checked {{ background: {accent}; color: {on_accent}; border-color: {accent}; }}
QToolButton[toggle="true"]:focus {{ border-color: {accent}; }}
QTabBar::tab {{ background: {raised}; color: {faint}; padding: 6px 8px; border: 0; border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {text}; border-bottom: 2px solid {accent}; }}
QTabBar::tab:focus {{ color: {text}; background: {ruler}; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {line}; }}
QLineEdit, QPlainTextEdit, QTextBrowser {{
  background: {field}; color: {text}; border: 1px solid {line}; border-radius: 3px; padding: 3px 5px;
  selection-background-color: {accent}; selection-color: {on_accent}; }}
QLineEdit:focus {{ border-color: {accent}; }}
QComboBox QAbstractItemView {{ background: {field}; color: {text}; selection-background-color: {accent};
  selection-color: {on_accent}; }}
QAbstractItemView {{ background: {field}; color: {text}; border: 1px solid {line}; alternate-background-color: {background};
  selection-background-color: {accent}; selection-color: {on_accent}; outline: 0; }}
QTableView::item {{ padding-left: 6px; padding-right: 6px; }}
QHeaderView::section {{ background: {raised}; color: {faint}; border: 0; border-bottom: 1px solid {line}; padding: 4px 6px; }}
QProgressBar {{ background: {field}; border: 1px solid {line}; border-radius: 3px; text-align: center; color: {text}; }}
QProgressBar::chunk {{ background: {accent}; border-radius: 2px; }}
QCheckBox::indicator:unchecked, QRadioButton::indicator:unchecked, QAbstractItemView::indicator:unchecked {{
  background: {field}; border: 1px solid {faint}; border-radius: 2px; }}
QRadioButton::indicator:unchecked {{ border-radius: 6px; }}
QCheckBox::indicator:unchecked:focus, QCheckBox::indicator:unchecked:hover, QRadioButton::indicator:unchecked:focus,
QRadioButton::indicator:unchecked:hover {{ border-color: {accent}; }}
QCheckBox::indicator:unchecked:disabled, QRadioButton::indicator:unchecked:disabled {{ border-color: {line}; }}
QSplitter::handle {{ background: {line}; }}
QSplitter::handle:hover {{ background: {accent}; }}
QLabel {{ color: {text}; background: transparent; }}
QScrollArea {{ background: {raised}; border: 0; }}
QToolTip {{ background: {field}; color: {text}; border: 1px solid {line}; padding: 3px; }}
"""


def style_sheet(theme: Theme) -> str:
    """The sheet in the colours of a theme."""
    return _SHEET.format(**{name: value for name, value in vars(theme).items() if isinstance(value, str)})


def palette(theme: Theme) -> QPalette:
    """The same for what style sheets do not reach, such as the arrows that Fusion paints."""
    found = QPalette()
    roles = QPalette.ColorRole
    for role, name in (
        (roles.Window, theme.raised), (roles.WindowText, theme.text), (roles.Base, theme.field),
        (roles.AlternateBase, theme.background), (roles.Text, theme.text), (roles.Button, theme.ruler),
        (roles.ButtonText, theme.text), (roles.Highlight, theme.accent), (roles.HighlightedText, theme.on_accent),
        (roles.ToolTipBase, theme.field), (roles.ToolTipText, theme.text), (roles.PlaceholderText, theme.faint),
        (roles.Link, theme.accent),
    ):  # fmt: skip
        found.setColor(role, QColor(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        found.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.faint))
    return found


def dress(application: QApplication, theme: Theme) -> None:
    """Put a theme on; one that is on already costs nothing (Qt styles every widget anew, however little changed)."""
    sheet = style_sheet(theme)
    if application.styleSheet() != sheet:
        application.setPalette(palette(theme))
        application.setStyleSheet(sheet)
