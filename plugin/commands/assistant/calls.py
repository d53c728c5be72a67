"""The tools: the same functions as the command line's, on paths that are allowed, with plain values out.

Wishes go through the command line's own parser, so that they mean what they mean there. Nothing is deleted and nothing
is
overwritten: each call that writes makes a new version.
"""

from __future__ import annotations

import argparse
import io
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.errors import OptionError
from hitpoint.core.progress import Progress
from hitpoint.plugin.commands import conform as conform_command
from hitpoint.plugin.commands import inspect as inspect_command
from hitpoint.plugin.commands import reroll as reroll_command
from hitpoint.plugin.commands import score as score_command
from hitpoint.plugin.commands import spot as spot_command
from hitpoint.plugin.commands.assistant.folders import Folders
from hitpoint.plugin.commands.assistant.reach import files_of_edit
from hitpoint.plugin.jobs.conform import conform_edit
from hitpoint.plugin.jobs.handover.export import ExportJob, export_cues
from hitpoint.plugin.jobs.job import Scored
from hitpoint.plugin.jobs.reroll import reroll_edit
from hitpoint.plugin.jobs.score import score_edit
from hitpoint.plugin.jobs.spot import SpotJob, spot_edit
from hitpoint.plugin.report import report_document

_LONG = ("density", "loudness", "steps", "bars")  # of a report: numbers by the hundred, which are in the cue's file
Wishes = Mapping[str, Any]


class Calls:
    """The tools, for some folders.

    Every call raises :class:`~hitpoint.core.errors.HitpointError` for what its caller can mend, and
    :class:`~hitpoint.core.progress.Cancelled` if stopped; nothing has been written then.
    """

    def __init__(self, folders: Folders) -> None:
        self._folders = folders

    def inspect(self, edit: str, progress: Progress) -> dict[str, Any]:
        """Facts that were read from an edit."""
        path = self._folders.inside(edit)
        found = inspect_command.inspection(read_edit(path, (), progress))
        self._folders.check(path, files_of_edit(path))
        return found

    def spot(self, edit: str, share: float, progress: Progress) -> dict[str, Any]:
        """Places for music, with reasons."""
        options = self._parsed("spot", edit, {"share": share})
        return spot_command.document(spot_edit(SpotJob(options.edit, share=options.share), progress))

    def score(self, edit: str, wishes: Wishes, progress: Progress) -> dict[str, Any]:
        """A new version of the edit with music."""
        options = self._parsed("score", edit, wishes)
        job = score_command.job_of(options)
        return _told(score_edit(replace(job, engine=replace(job.engine, writes_scripts=False)), progress))

    def reroll(self, scored: str, wishes: Wishes, progress: Progress) -> dict[str, Any]:
        """A new version with a stretch composed again."""
        return self._changed(scored, wishes, progress)

    def lock(self, scored: str, wishes: Wishes, progress: Progress) -> dict[str, Any]:
        """A new version with chords locked, set or unlocked; nothing is composed."""
        if not (wishes.get("lock") or wishes.get("unlock")):
            raise OptionError("nothing to lock or unlock: give A-B=CHORD, or A-B for the chords that are there")
        return self._changed(scored, {**wishes, "take": 1}, progress)

    def conform(self, scored: str, new_edit: str, wishes: Wishes, progress: Progress) -> dict[str, Any]:
        """The music taken over to a new cut."""
        options = self._parsed("conform", scored, wishes, self._named(new_edit))
        job = conform_command.job_of(options)
        done = conform_edit(replace(job, engine=replace(job.engine, writes_scripts=False)), progress)
        return {**_told(done.scored), "changes": list(done.lines), "losses": list(done.losses)}

    def export(self, scored: str, kind: str, wishes: Wishes) -> dict[str, Any]:
        """Cues as files for other programs."""
        options = self._parsed("export", scored, {**wishes, "format": kind})
        exported = export_cues(ExportJob(options.edit, options.format, options.output, options.cue))
        return {"files": [str(path) for path in exported.files], "losses": list(exported.losses)}

    def _changed(self, scored: str, wishes: Wishes, progress: Progress) -> dict[str, Any]:
        job = reroll_command.job_of(self._parsed("reroll", scored, wishes))
        return _told(reroll_edit(replace(job, engine=replace(job.engine, writes_scripts=False)), progress))

    def _named(self, written: str) -> Path:
        """An edit that a call names, with all that it would have us open inside the folders."""
        path = self._folders.inside(written)
        self._folders.check(path, files_of_edit(path))
        return path

    def _parsed(self, command: str, edit: str, wishes: Wishes, *further: Path) -> argparse.Namespace:
        """The options of a command, as its command line understands them."""
        words = [command]
        for name, value in wishes.items():
            if name == "output" and value:
                value = self._folders.inside(value)
            words += _words(f"--{name.replace('_', '-')}", value)
        return parsed([*words, "--", str(self._named(edit)), *map(str, further)])


def parsed(words: Sequence[str]) -> argparse.Namespace:
    """The options of a command line.

    Raises:
        OptionError: if it makes no sense.
    """
    told = io.StringIO()
    parser: argparse.ArgumentParser = import_module("hitpoint.plugin.cli").build_parser()  # which imports commands
    try:
        with redirect_stderr(told):
            return parser.parse_args(words)
    except SystemExit:
        lines = told.getvalue().strip().splitlines() or [""]
        raise OptionError(lines[-1].partition("error: ")[2] or "these wishes make no sense") from None


def _words(option: str, value: Any) -> list[str]:
    """An option with its value; a list is said once for each, nothing for what is empty."""
    if value is None or value is False or value == "" or value == []:
        return []
    if value is True:
        return [option]
    if option == "--range":
        return [option, *(str(one) for one in value)]
    return [f"{option}={one}" for one in (value if isinstance(value, list | tuple) else [value])]


def _told(scored: Scored) -> dict[str, Any]:
    """The report of a run without what an assistant has no use for."""
    report = report_document(scored)
    cue = {name: value for name, value in report["cue"].items() if name not in _LONG}
    kept = ("schema", "edit", "cues", "outputs", "sound", "warnings")
    return {"cue": cue, **{name: report[name] for name in kept}}
