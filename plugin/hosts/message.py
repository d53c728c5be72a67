"""One message in a window of its own: what a host's script prints is seen only by those who have its console open.

``python -m hitpoint.plugin.hosts.message TEXT``; where Qt or a screen is missing nothing is shown.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(words: Sequence[str]) -> int:
    """Show it until it is closed."""
    try:
        from PyQt6.QtWidgets import QApplication, QMessageBox  # Qt links to libraries that a machine may lack
    except ImportError:
        return 1
    application = QApplication.instance() or QApplication(["hitpoint"])
    QMessageBox.information(None, "Hitpoint", words[0])
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
