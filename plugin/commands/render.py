"""``hitpoint render CUE``: play a stored cue again."""

from __future__ import annotations

import argparse

from hitpoint.plugin.console import progress_bar
from hitpoint.plugin.jobs.handover.render import rendered_again


def run(options: argparse.Namespace) -> None:
    """Render a cue and say where the files lie."""
    with progress_bar(quiet=options.quiet) as progress:
        files = rendered_again(options.cue, options.output, progress, feel=options.feel, name=options.cue_name)
    if not options.quiet:
        for path in files:
            print(path)
