"""The tool bar of the panel."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QSizePolicy, QToolBar, QToolButton, QWidget

_TOOLS = ("open", "|", "undo", "redo", "|", "lock", "regenerate", "regenerate_all", "compare", "-", "write_back")


def tool_bar(parent: QWidget, actions: Mapping[str, QAction], title: str) -> QToolBar:
    """A bar with the actions that are wanted most; what writes back is marked."""
    bar = QToolBar(title, parent)
    bar.setMovable(False)
    bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
    bar.setAccessibleName(title)
    for name in _TOOLS:
        if name == "|":
            bar.addSeparator()
        elif name == "-":
            space = QWidget()
            space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            bar.addWidget(space)
        else:
            _add_tool(bar, name, actions[name])
    return bar


def _add_tool(bar: QToolBar, name: str, action: QAction) -> None:
    bar.addAction(action)
    button = bar.widgetForAction(action)
    assert isinstance(button, QToolButton)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(action.iconText())
    if name == "write_back":
        button.setProperty("primary", True)
