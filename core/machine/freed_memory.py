"""Memory that was freed and stays with the process, for work that makes and drops large arrays all the time."""

from __future__ import annotations

import numpy as np


def keep_freed(largest: int) -> None:
    """Let the process keep what it frees for its next array: new pages for each take up to a seventh of the time.

    glibc gives large arrays pages of their own until one has been freed; from then on arrays up to its size, and twice
    that at the end of the heap, stay with the process (mallopt(3), M_MMAP_THRESHOLD). Elsewhere this does nothing.

    Args:
        largest: bytes of the largest array that comes and goes; glibc heeds less than 32 MB.
    """
    np.empty(largest, np.uint8)
