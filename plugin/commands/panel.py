"""``hitpoint panel [EDIT]``: the window for all of this."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping

from hitpoint.core.errors import EditReadError, OptionError
from hitpoint.plugin.jobs.loading import lasting


def run(options: argparse.Namespace) -> None:
    """Show the window until it is closed.

    Raises:
        EditReadError: if there is no such edit.
        OptionError: if there is no screen, or Qt cannot be loaded here; the message says what to install.
    """
    if options.edit is not None and not options.edit.exists():
        raise EditReadError(f"nothing found at {options.edit}: check the path to the edit")
    if not has_screen(sys.platform, os.environ):
        raise OptionError("the panel needs a screen, and there is none here; 'hitpoint score' works without")
    try:
        with lasting():
            from hitpoint.plugin.panel.ports import panel_ports
            from hitpoint.ui.app import run_panel  # Qt links to libraries that a server may lack
    except ImportError as error:
        if not is_about_qt(str(error)):
            raise
        raise OptionError(qt_advice(str(error))) from None
    code = run_panel(panel_ports(tuple(options.media), options.rate), options.edit)
    if code:
        sys.exit(code)


def has_screen(platform: str, environment: Mapping[str, str]) -> bool:
    """Whether a window can be shown; Qt would end the process where it cannot."""
    if not platform.startswith("linux"):
        return True
    return any(environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def is_about_qt(told: str) -> bool:
    """Whether a failed import is one of Qt or of a library that it links to, rather than one of ours."""
    return "PyQt6" in told or any(ending in told for ending in (".so", ".dylib", "DLL"))


def qt_advice(told: str) -> str:
    """One line on what to install so that Qt loads, from what the loader said."""
    if "PyQt6" in told and "No module" in told:
        return "the panel needs PyQt6: python -m pip install pyqt6; everything else works without"
    library = told.split(":")[0].strip()
    packages = "libegl1 libgl1 libxkbcommon0 libdbus-1-3 libfontconfig1"
    return (
        f"the panel's window cannot be opened, because {library} is missing: on Debian and Ubuntu "
        f"'sudo apt install {packages} libxcb-cursor0'; everything else works without"
    )
