"""Imports what is large without holding up other threads.

Python keeps its lock while it loads a library for an import: a window stands still for half a second. A call through
``ctypes`` gives the lock away meanwhile, and the import then finds torch's libraries loaded. Where this cannot be done the
import does it alone. Python also keeps its lock while it looks for circles of objects that nobody holds, which it does
again and again over all that an import makes: a tenth of a second at the end of torch's.
"""

from __future__ import annotations

import ctypes
import gc
import importlib.util
import os
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def unswept() -> Iterator[None]:
    """Import modules here: nothing of them is looked at by the collector, neither meanwhile nor later."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.enable()
