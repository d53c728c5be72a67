"""Many edits: what is to be done, done where it is asked for, told as it goes, and summed up."""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hitpoint.core.errors import HitpointError, PlaceError
from hitpoint.core.files.places import check_place, make_folder
from hitpoint.core.progress import SILENT, Progress
from hitpoint.plugin.scale.task import Task, planned, result_of
from hitpoint.plugin.scale.workers import workers_for

SCHEMA = "hitpoint.batch.1"

_TITLE = "<title>Hitpoint batch</title>"
COLUMNS = ("edit", "state", "cues", "music", "seconds", "missing", "told")


@dataclass(frozen=True)
class BatchJob:
    """A batch to do.

    Attributes:
        edits: files; one that is named twice counts once.
        folder: where each gets a folder of its own.
        options: further words for ``hitpoint score``.
        spots: whether there is a cue for each place where music should be.
        where: "auto", "ray" or "ray://HOST:PORT".
        report: .json or .html for the summary; the other is written beside it. None for none.
    """

    edits: tuple[Path, ...]
    folder: Path
    options: tuple[str, ...] = ()
    spots: bool = False
    where: str = "auto"
    report: Path | None = None


@dataclass
class Batch:
    """The results, in the order the edits were given.

    Each as :func:`hitpoint.plugin.scale.task.run_task` answers.
    """

    results: list[dict[str, Any]] = field(default_factory=list)
    reports: tuple[Path, ...] = ()

    @property
    def failed(self) -> int:
        """The number of edits that could not be done."""
        return sum(result["state"] != "done" for result in self.results)


def run_batch(
    job: BatchJob, progress: Progress = SILENT, ended: Callable[[dict[str, Any]], None] = lambda result: None
) -> Batch:
    """Score all edits; what was done before with the same edit, media and options is taken as it is.

    Args:
        job: what is done.
        progress: stepped while workers work.
        ended: called with each result as it comes.

    Raises:
        HitpointError: if the folder or the report cannot be written, or there is no such cluster.
        Cancelled: if stopped; what is done by then stays, and the next run goes on.
    """
    run = workers_for(job.where)
    make_folder(job.folder)  # the summary may lie in it
    check_summary(job.report)
    results: dict[int, dict[str, Any]] = {}
    tasks: dict[int, Task] = {}
    edits = list(dict.fromkeys(edit.absolute() for edit in job.edits))
    for number, edit in enumerate(edits):
        progress.step(0.0, f"Reading {edit.name}")
        try:
            task = planned(edit, job.folder, job.options, spots=job.spots)
        except HitpointError as error:
            results[number] = {"edit": str(edit), "state": "failed", "message": str(error), "node": "", "seconds": 0.0}
            continue
        known = result_of(task)
        if known is not None and known["state"] == "done":
            results[number] = {**known, "known": True}
        else:
            tasks[number] = task
    for result in results.values():
        ended(result)

    def tick() -> None:
        """Report how many edits are done."""
        progress.step(len(results) / len(edits), f"{len(results)} of {len(edits)} edits")

    places = sorted(tasks, key=lambda number: -tasks[number].seconds)  # a long one begun last would leave cores idle
    for number, result in run([tasks[place] for place in places], tick):
        results[places[number]] = result
        ended(result)
    batch = Batch([results[number] for number in range(len(edits))])
    if job.report is not None:
        batch.reports = write_summary(batch.results, job.report)
    return batch


def check_summary(report: Path | None) -> None:
    """See that a summary can be written.

    Raises:
        PlaceError: if not.
    """
    if report is None:
        return
    if report.suffix.lower() not in (".json", ".html"):
        raise PlaceError(f"cannot write {report.name}: the summary is a .json or .html")
    check_place(report.absolute())


def summary(results: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The results as one JSON document."""
    done = [result for result in results if result["state"] == "done"]
    return {
        "schema": SCHEMA,
        "edits": len(results),
        "done": len(done),
        "failed": len(results) - len(done),
        "music_seconds": round(sum(result["music_seconds"] for result in done), 3),
        "results": list(results),
    }


def summary_page(results: Sequence[dict[str, Any]]) -> str:
    """The results as a page: a line for each edit."""
    head = "".join(f"<th>{name}</th>" for name in COLUMNS)
    lines = "\n".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row(one))}</tr>" for one in results)
    return (
        f'<!doctype html>\n<html lang="en"><meta charset="utf-8">{_TITLE}\n'
        "<style>body{font:15px sans-serif;margin:2em}td,th{padding:.3em .8em;text-align:left;border-bottom:1px solid "
        "#ccc}</style>\n"
        f"<table><tr>{head}</tr>\n{lines}\n</table></html>\n"
    )


def row(result: dict[str, Any]) -> tuple[str, ...]:
    """One edit's line: name, state, cues, seconds of music, seconds it took, media missing, what is told."""
    if result["state"] != "done":
        return (Path(result["edit"]).name, result["state"], "", "", "", "", result["message"])
    known = "as before" if result.get("known") else ""
    return (
        Path(result["edit"]).name,
        result["state"],
        str(result["cues"]),
        f"{result['music_seconds']:.1f}",
        f"{result['seconds']:.1f}",
        ", ".join(result["missing"]),
        known,
    )


def write_summary(results: Sequence[dict[str, Any]], report: Path) -> tuple[Path, ...]:
    """Write the summary as JSON and as a page; answers the files.

    An earlier summary of ours is replaced, as ``--report`` of all commands does; any other file stays, and the next
    free name is taken.
    """
    from hitpoint.core.files.replaced import replace_ours

    texts = {".json": json.dumps(summary(results), indent=1) + "\n", ".html": summary_page(results)}
    marks = {".json": f'"schema": "{SCHEMA}"', ".html": _TITLE}
    return tuple(replace_ours(report.with_suffix(suffix), text, marks[suffix]) for suffix, text in texts.items())
