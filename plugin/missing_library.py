"""What to say of a library that is not installed or does not load: one line instead of a traceback."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import TracebackType

_OURS = "hitpoint"
_PACKAGES = {"PyQt6": "pyqt6", "sklearn": "scikit-learn"}  # where pip knows another name
_NOT_LOADED = (126, 127, 193)  # Windows: a library, an entry or a format that is not found


def missing_library(error: ImportError | OSError) -> str | None:
    """The line; None if no library is to blame: a fault of ours, or of a file.

    >>> missing_library(ImportError("No module named 'scipy'", name="scipy"))
    "the library scipy is missing or does not load (No module named 'scipy'): pip install --force-reinstall scipy"
    """
    name = next(_libraries(error.__traceback__), "")
    if isinstance(error, ImportError):
        if (error.name or "").partition(".")[0] == _OURS:
            told = f"{error.name} is missing or of another version"
            return f"the installation is incomplete ({told}): install hitpoint again"
        name = name or (error.name or "").partition(".")[0]
    elif error.errno is not None and getattr(error, "winerror", None) not in _NOT_LOADED:
        return None
    if not name:
        return None
    said = " ".join(str(error).split())[:200]
    package = _PACKAGES.get(name, name)
    return f"the library {name} is missing or does not load ({said}): pip install --force-reinstall {package}"


def _libraries(traceback: TracebackType | None) -> Iterator[str]:
    """The libraries that were being loaded when an error came about, the outermost first."""
    while traceback is not None:
        name = str(traceback.tb_frame.f_globals.get("__name__", "")).partition(".")[0]
        is_loading = traceback.tb_frame.f_code.co_name == "<module>"
        if is_loading and name not in (_OURS, "__main__", "") and name not in sys.stdlib_module_names:
            yield name
        traceback = traceback.tb_next
