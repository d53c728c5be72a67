"""Forty cues of one feature film are opened for little more than one: they hold the same edit."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents import edit_file
from hitpoint.core.cue.documents.cue_file import read_cue, write_cue
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.timebase import FrameRate

SHOTS = 300


@pytest.fixture(scope="module")
def files(make_chord_cue, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("film")
    shots = tuple(Shot(f"shot {n}", 600 * n, 600 * (n + 1), media_name=f"{n}.mov") for n in range(SHOTS))
    edit = Edit("film", Path("film.otio"), FrameRate(Fraction(25)), 600 * SHOTS, shots)
    cue: Cue = make_chord_cue("C A:min F G")
    places = [4000 * number for number in range(40)]
    cues = [replace(cue, edit=edit, start_frame=at, end_frame=at + 100, name=f"1M{at}") for at in places]
    return [write_cue(one, folder / f"{one.name}.json") for one in cues]


def test_the_cues_of_a_film_share_one_edit(files: list[Path]) -> None:
    cues = [read_cue(file) for file in files]
    assert len({id(cue.edit) for cue in cues}) == 1
    assert [cue.start_frame for cue in cues] == [4000 * number for number in range(40)]


def test_forty_cues_cost_less_than_three_times_one(files: list[Path], calls_in) -> None:
    def cost(some: list[Path]) -> int:
        edit_file._REMEMBERED.clear()
        counted: int = calls_in(lambda: [read_cue(file) for file in some])
        return counted

    assert cost(files) < 3 * cost(files[:1])
