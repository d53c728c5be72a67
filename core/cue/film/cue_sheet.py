"""The cue sheet that broadcasters and collecting societies ask for, from a cue list and what an editor tells.

Names, society numbers and publishers are never invented: what nobody told stays empty. The columns are those that cue
sheet services ask for: number, title, composer, publisher, usage, in, out, duration.
"""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hitpoint.core.cue.film.cue_list import CueEntry, CueList, CueState
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError
from hitpoint.core.files.toml_text import read_toml
from hitpoint.core.timebase import format_timecode

COLUMNS = ("cue", "title", "composer", "society", "publisher", "usage", "in", "out", "duration")
PRODUCTION = ("title", "episode", "network", "air_date", "company")

_OF_CUE = ("title", "composer", "society", "publisher", "usage")
_USAGE = "background instrumental"
_LARGEST = 2**20


@dataclass(frozen=True)
class SheetFacts:
    """What an editor tells for a cue sheet.

    Attributes:
        production: title, episode, network, air date, company; what is not told is missing.
        common: composer, society, publisher, usage of every cue.
        cues: the same, and titles, by cue name.
    """

    production: Mapping[str, str] = field(default_factory=dict)
    common: Mapping[str, str] = field(default_factory=dict)
    cues: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def read_facts(path: Path) -> SheetFacts:
    """What stands in a TOML file: ``[production]``, ``[every]`` and ``[cue.NAME]`` tables of texts.

    Raises:
        OptionError: if it cannot be read or makes no sense.
    """
    document = read_toml(path, "--facts", _LARGEST)
    strange = next((name for name in document if name not in ("production", "every", "cue")), None)
    if strange is not None:
        raise OptionError(f"{path}: [{strange}] is not known: write [production], [every] and [cue.NAME]")
    cues = document.get("cue", {})
    if not isinstance(cues, dict):
        raise OptionError(f"{path}: write one table [cue.NAME] for each cue")
    return SheetFacts(
        _texts(document.get("production", {}), "production", PRODUCTION, path),
        _texts(document.get("every", {}), "every", _OF_CUE, path),
        {name: _texts(values, f"cue.{name}", _OF_CUE, path) for name, values in cues.items()},
    )


def sheet_rows(cues: CueList, edit: Edit, facts: SheetFacts) -> list[tuple[str, ...]]:
    """One row of :data:`COLUMNS` for each cue that is composed, in order of time."""
    composed = [entry for entry in cues.entries if entry.state is not CueState.PROPOSED]
    return [_row(entry, edit, {**facts.common, **facts.cues.get(entry.name, {})}) for entry in composed]


def sheet_as_csv(cues: CueList, edit: Edit, facts: SheetFacts, *, separator: str = ",") -> str:
    """The sheet as comma or tab separated text, the production's facts in its first lines."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator, lineterminator="\n")
    for name in PRODUCTION:
        writer.writerow((name, _production(edit, facts).get(name, "")))
    writer.writerow(())
    writer.writerow(COLUMNS)
    writer.writerows(sheet_rows(cues, edit, facts))
    return text.getvalue()


def sheet_as_html(cues: CueList, edit: Edit, facts: SheetFacts) -> str:
    """The sheet as a page that prints on A4 or Letter."""
    production = _production(edit, facts)
    head = "".join(
        f"<dt>{html.escape(name.replace('_', ' '))}</dt><dd>{html.escape(production.get(name, ''))}</dd>"
        for name in PRODUCTION
    )
    titles = "".join(f"<th>{html.escape(name)}</th>" for name in COLUMNS)
    rows = "".join(
        f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>\n"
        for row in sheet_rows(cues, edit, facts)
    )
    return _PAGE.format(title=html.escape(production["title"]), head=head, titles=titles, rows=rows)


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Cue sheet: {title}</title><style>
body {{ font: 10pt/1.4 sans-serif; margin: 2em; color: #000; background: #fff }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: .2em 1.5em }} dt {{ font-weight: bold }} dd {{ margin: 0 }}
table {{ border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }}
th, td {{ border-bottom: 1px solid #999; padding: .3em .5em; text-align: left }}
tr {{ break-inside: avoid }} thead {{ display: table-header-group }}
@page {{ size: landscape; margin: 15mm }} @media print {{ body {{ margin: 0 }} }}
</style></head><body><h1>Cue sheet</h1><dl>{head}</dl>
<table><thead><tr>{titles}</tr></thead><tbody>
{rows}</tbody></table></body></html>
"""


def _row(entry: CueEntry, edit: Edit, facts: Mapping[str, str]) -> tuple[str, ...]:
    edges = (entry.start_frame, entry.end_frame)
    start, end = (
        format_timecode(edit.start_timecode_frame + frame, edit.rate, drop_frame=edit.drop_frame) for frame in edges
    )
    seconds = round(edit.rate.seconds(entry.end_frame - entry.start_frame))
    return (
        entry.name,
        facts.get("title", "") or entry.theme,
        facts.get("composer", ""),
        facts.get("society", ""),
        facts.get("publisher", ""),
        facts.get("usage", _USAGE),
        start,
        end,
        f"{seconds // 60}:{seconds % 60:02}",
    )


def _production(edit: Edit, facts: SheetFacts) -> dict[str, str]:
    return {"title": edit.name, **facts.production}


def _texts(values: object, where: str, known: tuple[str, ...], path: Path) -> dict[str, str]:
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise OptionError(f"{path}: [{where}] takes texts in quotation marks")
    strange = next((name for name in values if name not in known), None)
    if strange is not None:
        raise OptionError(f"{path}: {strange!r} in [{where}] is not known: write {', '.join(known)}")
    return dict(values)
