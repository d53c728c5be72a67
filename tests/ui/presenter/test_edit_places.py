from __future__ import annotations

from pathlib import Path

import pytest

from hitpoint.ui.presenter.edit_places import MOST, EditPlaces


def test_what_was_said_of_an_edit_is_known_to_the_next_window(tmp_path: Path) -> None:
    EditPlaces(tmp_path / "state").put_music(tmp_path / "a.otio", tmp_path)
    EditPlaces(tmp_path / "state").put_media(tmp_path / "a.otio", tmp_path)
    places = EditPlaces(tmp_path / "state")
    assert (places.music(tmp_path / "a.otio"), places.media(tmp_path / "a.otio")) == (tmp_path, (tmp_path,))
    assert (places.music(tmp_path / "b.otio"), places.media(tmp_path / "b.otio")) == (None, ())


def test_a_folder_that_has_gone_is_not_named(tmp_path: Path) -> None:
    places = EditPlaces(tmp_path)
    places.put_music(tmp_path / "a.otio", tmp_path / "unplugged")
    assert places.music(tmp_path / "a.otio") is None


@pytest.mark.parametrize("damage", ["{", "[1]", '{"a": 1}', '{"a": {"music": 3}}'])
def test_a_damaged_list_stops_nobody(tmp_path: Path, damage: str) -> None:
    (tmp_path / "edit_places.json").write_text(damage)
    places = EditPlaces(tmp_path)
    places.put_music(tmp_path / "a.otio", tmp_path)
    assert places.music(tmp_path / "a.otio") == tmp_path


def test_the_list_stays_short(tmp_path: Path) -> None:
    places = EditPlaces(tmp_path)
    for number in range(MOST + 1):
        places.put_music(tmp_path / f"{number}.otio", tmp_path)
    assert (places.music(tmp_path / "0.otio"), places.music(tmp_path / "1.otio")) == (None, tmp_path)
