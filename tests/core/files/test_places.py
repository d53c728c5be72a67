from __future__ import annotations

import os
from pathlib import Path

import pytest

from hitpoint.core.errors import PlaceError
from hitpoint.core.files.places import check_place, make_folder


def test_a_folder_that_takes_files_is_fine(tmp_path: Path) -> None:
    check_place(tmp_path / "report.json")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("name", "told"), [("none/r.json", "no such folder"), ("file/r.json", "a file, not a folder")])
def test_a_folder_that_is_none_is_told(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PlaceError, match=told):
        check_place(tmp_path / name)


def test_a_folder_that_may_not_be_written_to_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PlaceError, match="the folder is read-only: write somewhere else"):
        check_place(tmp_path / "r.json")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder of the kernel's")
def test_a_folder_that_takes_no_files_is_not_called_missing() -> None:
    with pytest.raises(PlaceError, match="/proc takes no files"):
        check_place(Path("/proc/x.otio"))


def test_a_folder_is_made_with_those_above_it(tmp_path: Path) -> None:
    for _ in range(2):
        make_folder(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.parametrize("name", ["file", "file/inside"])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PlaceError, match="write somewhere else"):
        make_folder(tmp_path / name)
