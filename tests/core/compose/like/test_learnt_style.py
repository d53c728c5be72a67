"""The files of a learnt style: what is written is read, names are told apart, damage is one clear line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hitpoint.core.compose.like.learnt_style import (
    LearntStyle,
    checked_name,
    learnt_style_names,
    read_learnt_style,
    taken_by,
    write_learnt_style,
)
from hitpoint.core.errors import OptionError, StyleFileError

STYLE = LearntStyle(
    "Old Film", ("a.wav", "b.wav"), 61.5, "0123456789ab", True, 92.5, 0.7, 0.3, ((1, 14, 27), (40, 1)),
    (0.5, -0.25, 0.125), 2.5, 2.25, 32,
)  # fmt: skip


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HITPOINT_CONFIG", str(tmp_path))
    return tmp_path / "learnt-styles"


def test_what_is_kept_is_read_in_whatever_case() -> None:
    write_learnt_style(STYLE)
    assert read_learnt_style("old film") == STYLE
    assert taken_by("OLD FILM") == "Old Film"
    assert STYLE.gain == 0.25


def test_another_of_the_name_takes_its_place_and_leaves_no_rest(folder: Path) -> None:
    write_learnt_style(STYLE)
    write_learnt_style(replace(STYLE, vector=(1.0, 2.0)))
    assert read_learnt_style("Old Film").vector == (1.0, 2.0)
    assert len(list(folder.iterdir())) == 2 and learnt_style_names() == ("Old Film",)


def test_names_that_begin_alike_keep_their_own(folder: Path) -> None:
    write_learnt_style(STYLE)
    write_learnt_style(replace(STYLE, name="Old Film.2", vector=(3.0,)))
    write_learnt_style(replace(STYLE, vector=(4.0,)))
    assert read_learnt_style("Old Film.2").vector == (3.0,)


def test_a_style_that_is_not_there_is_told_with_those_that_are() -> None:
    write_learnt_style(STYLE)
    with pytest.raises(OptionError, match="Old Film"):
        read_learnt_style("new film")


@pytest.mark.parametrize("damage", ["text", "weights", "missing", "swapped"])
def test_damage_is_one_clear_line(folder: Path, damage: str) -> None:
    place = write_learnt_style(STYLE)
    weights = next(folder.glob("*.safetensors"))
    if damage == "text":
        place.write_text('{"schema": "hitpoint.style.1"')
    elif damage == "weights":
        weights.write_bytes(weights.read_bytes()[:-4])
    elif damage == "missing":
        weights.unlink()
    else:
        place.write_text(place.read_text().replace('"change_rate": 0.3', '"change_rate": 31'))
    with pytest.raises(StyleFileError, match="learn it again"):
        read_learnt_style("Old Film")


@pytest.mark.parametrize("name", ["", "../x", "a/b", "track:A3", ".hidden", "end.", "x" * 61, "a\nb"])
def test_names_that_are_none_are_refused(name: str) -> None:
    with pytest.raises(OptionError, match="no name"):
        checked_name(name)
