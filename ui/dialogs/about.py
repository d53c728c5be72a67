"""What this program is, and whose work is in it."""

from __future__ import annotations

from PyQt6.QtWidgets import QMessageBox, QWidget


def show_about(panel: QWidget) -> None:
    """Tell it over a window, until the editor closes the box."""
    QMessageBox.about(
        panel,
        panel.tr("About Hitpoint"),
        panel.tr(
            "Hitpoint: music that belongs to the cut.\nMIT licence. "
            "The sound font is cut from MuseScore General and FluidR3 GM (MIT)."
        ),
    )
