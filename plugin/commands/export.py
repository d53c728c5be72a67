"""``hitpoint export SCORED``: cues for a digital audio workstation, a notation program or a mixer."""

from __future__ import annotations

import argparse

from hitpoint.plugin.jobs.handover.export import ExportJob, export_cues


def run(options: argparse.Namespace) -> None:
    """Write the files and say where they lie."""
    for path in export_cues(ExportJob(options.edit, options.format, options.output, options.cue)):
        print(path)
