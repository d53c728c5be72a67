"""Imports that bring thousands of modules, networks and signal processing, kept from Python's garbage collector.

A hundred thousand objects come and hardly one goes. The collector would look for garbage among them again and again, in
each later round of all objects, and at the end of the process: half a second of a short job. Nothing slow is imported
here.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """Modules that are imported inside are there to last: no collection meanwhile, and none looks at them later."""
    was_enabled, modules = gc.isenabled(), len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > modules:
            gc.freeze()
        if was_enabled:
            gc.enable()
