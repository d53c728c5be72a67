"""The size of the window, and of its lanes, as they were when it was closed."""

from __future__ import annotations

from PyQt6.QtCore import QSettings

from hitpoint.core.files.state_folder import user_state_folder
from hitpoint.ui.panel import Panel


def restore_size(panel: Panel) -> None:
    """As large as last time, if there was one."""
    settings = _settings()
    panel.lane_heights.remember_in(settings)
    geometry = settings.value("geometry")
    if geometry is not None:
        panel.restoreGeometry(geometry)


def keep_size(panel: Panel) -> None:
    """Remember it for the next time."""
    _settings().setValue("geometry", panel.saveGeometry())


def _settings() -> QSettings:
    return QSettings(str(user_state_folder() / "window.ini"), QSettings.Format.IniFormat)
