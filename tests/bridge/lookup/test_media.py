import os
from pathlib import Path

import pytest

from hitpoint.bridge.lookup.media import MediaFinder, local_paths
from hitpoint.bridge.otio.flatten import MediaReference
from hitpoint.bridge.otio.references import media_name
from hitpoint.core.errors import OptionError

NAMES = {
    r"E:\SHOW REEL\more\1128797.mxf": "1128797.mxf",
    "G:/cut/50%.mp4": "50%.mp4",
    r"\\server\share\a#1.mov": "a#1.mov",
    "file:///Users/ed/My%20Edit/a%2025.mp4": "a 25.mp4",
    "file://localhost/a/b%23.mov": "b#.mov",
    "/a/100%20.mov": "100%20.mov",
    "media/a.mov": "a.mov",
    "https://example.org/a.mov?token=1#x": "a.mov",
}


@pytest.mark.parametrize(("url", "name"), NAMES.items())
def test_the_name_is_found_in_every_style(url, name):
    assert media_name(url) == name


WRITTEN = {
    "plain": lambda path: str(path),
    "relative": lambda path: f"media/{path.name}",
    "relative, the Windows way": lambda path: f"media\\{path.name}",
    "an address": lambda path: path.as_uri(),
    "an address of localhost": lambda path: path.as_uri().replace("file:///", "file://localhost/"),
    "an address not encoded": lambda path: f"file://{path}",
    "percent-encoded without a scheme": lambda path: path.as_uri().removeprefix("file://"),
}


@pytest.mark.parametrize("style", WRITTEN.values(), ids=WRITTEN)
@pytest.mark.parametrize("name", ["a.mov", "a b#1 50%.mov", "ünï.mov"])
def test_media_is_found_by_its_path_in_every_style(tmp_path, style, name):
    path = tmp_path / "media" / name
    path.parent.mkdir()
    path.touch()
    url = style(path)
    assert MediaFinder(tmp_path).find(MediaReference(url, media_name(url))) == path


def test_media_that_moved_is_found_by_name_with_any_case(tmp_path: Path):
    path = tmp_path / "rushes" / "day 1" / "A001.MOV"
    path.parent.mkdir(parents=True)
    path.touch()
    finder = MediaFinder(tmp_path, [tmp_path / "rushes"])
    assert finder.find(MediaReference(r"E:\old\a001.mov", "a001.mov")) == path
    assert MediaFinder(tmp_path).find(MediaReference(r"E:\old\a001.mov", "a001.mov")) is None


def test_a_media_folder_beside_the_edit_is_looked_at_by_itself(tmp_path: Path):
    path = tmp_path / "media" / "day 1" / "A001.MOV"
    path.parent.mkdir(parents=True)
    path.touch()
    assert MediaFinder(tmp_path).find(MediaReference(r"E:\old\a001.mov", "a001.mov")) == path


def test_of_two_files_of_a_name_the_one_in_the_right_folder_is_taken(tmp_path: Path):
    for day in ("day1", "day2", "day3"):
        (tmp_path / day).mkdir()
        (tmp_path / day / "a.mov").touch()
    found = MediaFinder(tmp_path / "day1", [tmp_path]).find(MediaReference("/Volumes/x/day2/a.mov", "a.mov"))
    assert found == tmp_path / "day2" / "a.mov"


@pytest.mark.parametrize("url", ["http://e.org/a.mov", "ftp://e.org/a.mov", "s3://bucket/a.mov"])
def test_nothing_is_fetched_and_an_address_is_missing(tmp_path, url):
    (tmp_path / "a.mov").touch()
    assert list(local_paths(url)) == []
    assert MediaFinder(tmp_path).find(MediaReference(url, "a.mov")) is None


@pytest.mark.parametrize("url", ["/dev/zero", "/", ".", "a\0b.mov", "x" * 5000, ""])
def test_what_is_no_file_is_missing(tmp_path, url):
    assert MediaFinder(tmp_path).find(MediaReference(url, "")) is None


def test_a_loop_of_links_ends(tmp_path: Path):
    folder = tmp_path / "media"
    folder.mkdir()
    (folder / "again").symlink_to(folder, target_is_directory=True)
    (folder / "a.mov").touch()
    assert MediaFinder(tmp_path, [folder]).find(MediaReference("", "a.mov")) == folder / "a.mov"


def test_an_image_sequence_is_found_where_it_was_and_where_it_moved(tmp_path: Path):
    folder = tmp_path / "shots" / "v02"
    folder.mkdir(parents=True)
    for number in (86400, 86401):
        (folder / f"shot.{number}.exr").touch()
    reference = MediaReference(f"{folder}/shot.%05d.exr", "shot.%05d.exr", is_sequence=True)
    moved = MediaReference("C:\\old\\shot.%05d.exr", "shot.%05d.exr", is_sequence=True)
    assert MediaFinder(tmp_path).find(reference) == folder / "shot.%05d.exr"
    assert MediaFinder(tmp_path, [tmp_path / "shots"]).find(moved) == folder / "shot.%05d.exr"
    assert MediaFinder(tmp_path).find(moved) is None


def test_folders_are_listed_once(tmp_path: Path, monkeypatch):
    listed = []
    scandir = os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: listed.append(path) or scandir(path))
    finder = MediaFinder(tmp_path, [tmp_path])
    for name in ("a.mov", "b.mov", "c.mov"):
        finder.find(MediaReference("", name))
    assert len(listed) == 2  # beside the edit, and the media folder


def test_a_media_folder_must_be_one(tmp_path: Path):
    with pytest.raises(OptionError, match="no folder"):
        MediaFinder(tmp_path, [tmp_path / "none"])


@pytest.mark.parametrize("address", ["smb://server/share/day%201/a%20b.mov", "afp://nas.local/media/a b.mov"])
def test_what_lies_on_a_server_is_looked_for_by_its_name(tmp_path, address):
    (tmp_path / "a b.mov").write_bytes(b"")
    assert MediaFinder(tmp_path).find(MediaReference(address, media_name(address))) == tmp_path / "a b.mov"


def test_a_drive_with_an_encoded_colon_is_a_drive():
    assert next(local_paths("file://localhost/C%3a/cut/a.mov")) == "C:/cut/a.mov"
