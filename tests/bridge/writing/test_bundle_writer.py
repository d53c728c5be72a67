from __future__ import annotations

import zipfile
from pathlib import Path

import opentimelineio as otio
import pytest

from hitpoint.bridge.writing.bundle_writer import bundled_names, name_in_bundle, write_bundle
from hitpoint.core.errors import EditReadError

CONTENT = b'{"OTIO_SCHEMA": "Timeline.1", "name": "cut", "tracks": {"OTIO_SCHEMA": "Stack.1", "children": []}}'


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "now.wav"
    path.write_bytes(b"sound" * 1000)
    return path


def other_bundle(tmp_path: Path, suffix: str, sound: Path) -> Path:
    path = tmp_path / f"source{suffix}"
    write_bundle(path, CONTENT, {"media/day/old.wav": sound}, tmp_path / "edit.otio")
    return path


@pytest.mark.parametrize("suffix", [".otioz", ".otiod"])
def test_the_library_opens_a_bundle(tmp_path: Path, sound: Path, suffix: str) -> None:
    out = tmp_path / f"out{suffix}"
    write_bundle(out, CONTENT, {"media/new.wav": sound}, tmp_path / "edit.otio")
    assert otio.adapters.read_from_file(str(out)).name == "cut"
    assert bundled_names(out) == ["media/new.wav"]


@pytest.mark.parametrize("source", [".otioz", ".otiod"])
@pytest.mark.parametrize("suffix", [".otioz", ".otiod"])
def test_media_of_the_source_come_along(tmp_path: Path, sound: Path, source: str, suffix: str) -> None:
    out = tmp_path / f"out{suffix}"
    write_bundle(out, CONTENT, {"media/new.wav": sound}, other_bundle(tmp_path, source, sound))
    assert sorted(bundled_names(out)) == ["media/day/old.wav", "media/new.wav"]
    unpacked = out if suffix == ".otiod" else tmp_path / "unpacked"
    if suffix == ".otioz":
        zipfile.ZipFile(out).extractall(unpacked)
    assert (unpacked / "media/day/old.wav").read_bytes() == (unpacked / "media/new.wav").read_bytes() == b"sound" * 1000


def test_the_same_bundle_has_the_same_bytes(tmp_path: Path, sound: Path) -> None:
    for name in ("a.otioz", "b.otioz"):
        write_bundle(tmp_path / name, CONTENT, {"media/new.wav": sound}, tmp_path / "edit.otio")
    assert (tmp_path / "a.otioz").read_bytes() == (tmp_path / "b.otioz").read_bytes()


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ([], "media/a.wav"),
        (["media/A.mov"], "media/a_2.wav"),
        (["media/a.mov", "media/day/a_2.jpg"], "media/a_3.wav"),
    ],
)
def test_no_two_media_in_a_bundle_share_a_stem(taken: list[str], expected: str) -> None:
    assert name_in_bundle("a.wav", taken) == expected


def test_names_that_climb_out_of_a_bundle_are_left_behind(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.otioz", "w") as bundle:
        bundle.writestr("media/../../evil.wav", b"")
        bundle.writestr("media/good.wav", b"")
    assert bundled_names(tmp_path / "a.otioz") == ["media/good.wav"]


def test_a_damaged_bundle_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "a.otioz").write_bytes(b"PK\3\4 no zip")
    with pytest.raises(EditReadError, match="damaged"):
        bundled_names(tmp_path / "a.otioz")
