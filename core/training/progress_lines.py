"""Lines about a long training on stderr, for a log file as much as for a terminal."""

from __future__ import annotations

import sys
import time

from hitpoint.core.progress import Progress


def progress_lines() -> Progress:
    """A progress that says on stderr, every ten seconds, how far it is."""
    last = [0.0]

    def report(fraction: float, message: str) -> None:
        """Print the fraction (0..1), every ten seconds at the most."""
        if time.monotonic() - last[0] > 10:
            last[0] = time.monotonic()
            print(f"{fraction:6.1%} {message}", file=sys.stderr, flush=True)

    return Progress(report)
