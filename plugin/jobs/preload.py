"""Loads torch's libraries before Python imports it, without holding up other threads.

Python keeps its lock while it loads a library for an import: a window stands still for half a second. A call through
``ctypes`` gives the lock away meanwhile, and the import then finds the libraries loaded. Where this cannot be done the
import does it alone. What else held the lock, a tenth of a second, was the collector: see
:mod:`hitpoint.plugin.jobs.loading`.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
from pathlib import Path

_LIBRARIES = ("libc10", "libtorch_cpu", "libtorch", "libtorch_python")  # each after those it needs
_SUFFIXES = (".so", ".dylib")


def preload_torch() -> int:
    """Load what there is, on a thread that has nothing else to do; answers how many libraries."""
    found = importlib.util.find_spec("torch")
    if os.name != "posix" or found is None or found.origin is None:
        return 0
    loader = ctypes.CDLL(None).dlopen
    loader.restype, loader.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_int]
    folder = Path(found.origin).parent / "lib"
    paths = [folder / f"{name}{suffix}" for name in _LIBRARIES for suffix in _SUFFIXES]
    return sum(bool(loader(os.fsencode(path), os.RTLD_NOW)) for path in paths if path.is_file())
