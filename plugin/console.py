"""Progress on stderr while a command works: one line that moves, or nothing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from hitpoint.core.errors import printable
from hitpoint.core.progress import SILENT, Progress


@contextmanager
def progress_bar(*, quiet: bool) -> Iterator[Progress]:
    """A progress whose reports move a bar on stderr; silent when asked, or when stderr is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield SILENT
        return
    from tqdm import tqdm  # a terminal is there to show it, and somebody who will wait

    with tqdm(total=100, file=sys.stderr, leave=False, bar_format="{desc:<32} {bar} {n:3.0f} %") as bar:

        def report(fraction: float, message: str) -> None:
            """Show the fraction (0..1), and what is being done where that is said."""
            if message:
                bar.set_description_str(message, refresh=False)
            bar.update(100 * fraction - bar.n)

        yield Progress(report)


def counted(number: int, what: str) -> str:
    """``1 shot``, ``2 shots``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def warn(message: str) -> None:
    """One warning, one line."""
    print("hitpoint: warning: " + printable(message), file=sys.stderr)
