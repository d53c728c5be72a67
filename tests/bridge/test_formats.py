from pathlib import Path

import pytest

from hitpoint.bridge.format_table import markdown_table
from hitpoint.bridge.formats import FORMATS, HOSTS, Way, format_of, host_habits

WAYS = {"cut.OTIO": Way.NATIVE, "cut.otioz": Way.BUNDLE, "a.b.edl": Way.EXCHANGE, "film.MOV": Way.MOVIE}


@pytest.mark.parametrize(("name", "way"), WAYS.items())
def test_the_ending_says_how_a_file_is_read(name, way):
    assert format_of(Path(name)).way is way


def test_an_unknown_ending_has_no_row():
    assert format_of(Path("cut.foo")) is None


def test_no_ending_has_two_rows_and_no_host_either():
    suffixes = [suffix for row in FORMATS for suffix in row.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert [host_habits(row.key) for row in HOSTS] == list(HOSTS)


def test_the_docs_page_shows_the_table():
    page = Path(__file__).parents[2] / "resources" / "docs" / "formats.md"
    assert markdown_table() in page.read_text(encoding="utf-8"), "python -m hitpoint.bridge.format_table prints it"
