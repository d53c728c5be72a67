from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path

import pytest

from hitpoint.core.cue.film.cue_list import CueEntry, CueState, listed
from hitpoint.core.cue.film.cue_sheet import COLUMNS, SheetFacts, read_facts, sheet_as_csv, sheet_as_html, sheet_rows
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.errors import OptionError
from hitpoint.core.timebase import FrameRate

EDIT = Edit(
    "My <Film>", Path("f.otio"), FrameRate(Fraction(25)), 5000, (Shot("a", 0, 5000),), start_timecode_frame=90000
)
CUES = listed(
    [
        CueEntry("1M1", 0, 250, state=CueState.COMPOSED),
        CueEntry("1M2", 1000, 2537, state=CueState.APPROVED, theme="Anna"),
        CueEntry("1M3", 3000, 3100),
    ]
)


def test_composed_cues_have_a_row_each_in_the_edits_timecode() -> None:
    rows = [dict(zip(COLUMNS, row, strict=True)) for row in sheet_rows(CUES, EDIT, SheetFacts())]
    assert [(row["cue"], row["in"], row["out"], row["duration"]) for row in rows] == [
        ("1M1", "01:00:00:00", "01:00:10:00", "0:10"),
        ("1M2", "01:00:40:00", "01:01:41:12", "1:01"),
    ]


def test_nothing_is_invented() -> None:
    assert all(row[2:5] == ("", "", "") for row in sheet_rows(CUES, EDIT, SheetFacts()))


def test_what_was_told_stands_there(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_text(
        '[production]\nepisode = "3"\n[every]\ncomposer = "A. B."\nsociety = "GEMA 12"\n[cue.1M2]\ntitle = "The, '
        'door"\n'
    )
    facts = read_facts(tmp_path / "facts.toml")
    read = list(csv.reader(io.StringIO(sheet_as_csv(CUES, EDIT, facts))))
    assert ["episode", "3"] in read
    assert read[-1][:4] == ["1M2", "The, door", "A. B.", "GEMA 12"]
    assert list(csv.reader(io.StringIO(sheet_as_csv(CUES, EDIT, facts, separator="\t")), delimiter="\t")) == read


def test_the_page_shows_names_as_they_are() -> None:
    assert "My &lt;Film&gt;" in sheet_as_html(CUES, EDIT, SheetFacts())


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[who]\n", "is not known"),
        ("[every]\nage = '3'", "'age'"),
        ("[every]\ncomposer = 3", "texts"),
        ("[", "not TOML"),
    ],
)
def test_facts_that_make_no_sense_are_told(tmp_path: Path, written: str, told: str) -> None:
    (tmp_path / "facts.toml").write_text(written)
    with pytest.raises(OptionError, match=told):
        read_facts(tmp_path / "facts.toml")


def test_facts_that_are_no_text_say_so(tmp_path: Path) -> None:
    (tmp_path / "facts.toml").write_bytes(b"\xff\xfe\x80")
    with pytest.raises(OptionError, match="is not a text in UTF-8"):
        read_facts(tmp_path / "facts.toml")
