"""``hitpoint export SCORED``: cues for a digital audio workstation, a notation program or a mixer."""

from __future__ import annotations

import argparse
import sys

from hitpoint.plugin.console import warn
from hitpoint.plugin.jobs.handover.export import ExportJob, export_cues
from hitpoint.plugin.jobs.standing import tell_losses


def run(options: argparse.Namespace) -> None:
    """Write the files and say where they lie.

    Raises:
        CueFileError: if cues were left out because their files are lost, once the others are written.
    """
    exported = export_cues(ExportJob(options.edit, options.format, options.output, options.cue))
    for warning in exported.warnings:
        warn(warning)
    for path in exported.files:
        print(path)
    sys.stdout.flush()
    tell_losses(options.edit, exported.losses)
