"""The first code that runs: it loads the command line, and says one line where Ctrl+C comes before that has begun."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

_INTERRUPTED = 130


def main() -> int:
    """Run the command line of this process and answer its exit code.

    One that was stopped ends at once: threads of decoders and networks that are still at work would otherwise be torn
    down under their own hands, which can crash.
    """
    try:
        from hitpoint.plugin import cli  # takes a moment, in which somebody may press Ctrl+C

        code = cli.main()
    except KeyboardInterrupt:
        print("hitpoint: stopped; nothing was changed", file=sys.stderr)
        code = _INTERRUPTED
    if code == _INTERRUPTED:
        with suppress(OSError):  # nobody reads any more
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)
    return code
