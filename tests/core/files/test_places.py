from __future__ import annotations

import os
from pathlib import Path

import pytest

from hitpoint.core.errors import OptionError, PlaceError
from hitpoint.core.files.places import check_local, check_place, make_folder, without_hidden


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


def test_a_folder_is_made_but_none_above_it_that_may_be_mistyped(tmp_path: Path) -> None:
    with pytest.raises(PlaceError, match=r"there is no folder .*/a: make it, or write somewhere else"):
        make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "a")
    make_folder(tmp_path / "a" / "b")
    make_folder(tmp_path / "c" / "d", is_ours=True)
    assert (tmp_path / "a" / "b").is_dir() and (tmp_path / "c" / "d").is_dir()


@pytest.mark.parametrize("address", ["https://x.org/cut.otio", "smb://nas/cut.xml", "file:///home/cut.otio"])
def test_an_address_is_no_path(address: str) -> None:
    with pytest.raises(OptionError, match=f"{address} is an address.*fetches and sends nothing; save the file"):
        check_local([None, "x", [Path("cut.otio"), Path(address)]])


def test_a_path_of_windows_and_a_folder_with_a_colon_are_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "take:").mkdir()
    monkeypatch.chdir(tmp_path)
    check_local([Path("C:/cut.otio"), Path("take:/cut.otio"), Path("a:b.otio"), Path("/x/https:/y")])


@pytest.mark.parametrize("name", ["file", "file/inside"])
def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(PlaceError, match="write somewhere else"):
        make_folder(tmp_path / name)


def test_a_place_is_named_as_an_editor_knows_it() -> None:
    assert without_hidden(Path("out/.rendering-x/mix.wav")) == Path("out/mix.wav")
    assert without_hidden(Path("../a.b/.x")) == Path("../a.b")


def test_a_name_that_is_too_long_is_known_before_the_work_starts(tmp_path: Path) -> None:
    with pytest.raises(PlaceError, match="the name is too long: take a shorter one"):
        check_place(tmp_path / ("y" * 300 + ".png"))
