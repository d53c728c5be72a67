import json
import zipfile
from pathlib import Path

import pytest

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.sources.bundles import load_zip_bundle
from hitpoint.core.errors import EditReadError


@pytest.fixture
def content(otio_build):
    """The text of a timeline that names media in its bundle."""
    return json.dumps(otio_build.timeline(otio_build.track(otio_build.clip(url="media/a.mov"))))


def zipped(path: Path, members: dict[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in members.items():
            bundle.writestr(name, data)
    return path


def test_the_media_of_a_zip_are_unpacked_once(tmp_path, content):
    path = zipped(tmp_path / "cut.otioz", {"content.otio": content, "media/a.mov": b"moving"})
    _, folder = load_zip_bundle(path, cache=tmp_path / "cache")
    file = folder / "media" / "a.mov"
    assert file.read_bytes() == b"moving"
    before = file.stat().st_mtime_ns
    assert load_zip_bundle(path, cache=tmp_path / "cache")[1] == folder
    assert file.stat().st_mtime_ns == before
    assert [each.name for each in file.parent.iterdir()] == ["a.mov"]


def test_other_content_goes_to_another_folder(tmp_path, content):
    folders = []
    for data in (b"one", b"two"):
        path = zipped(tmp_path / "cut.otioz", {"content.otio": content, "media/a.mov": data})
        folders.append(load_zip_bundle(path, cache=tmp_path / "cache")[1])
    assert folders[0] != folders[1]


@pytest.mark.parametrize("name", ["../evil", "/evil", "media/../../evil", "C:/evil", "a\\..\\evil"])
def test_a_zip_cannot_write_elsewhere(tmp_path, content, name):
    path = zipped(tmp_path / "cut.otioz", {"content.otio": content, name: b"x"})
    with pytest.raises(EditReadError, match="elsewhere"):
        load_zip_bundle(path, cache=tmp_path / "cache")
    assert not (tmp_path / "cache").exists()


def test_a_zip_bomb_is_refused(tmp_path, content):
    path = zipped(tmp_path / "cut.otioz", {"content.otio": content, "media/a.mov": bytes(80 << 20)})
    with pytest.raises(EditReadError, match="swell"):
        load_zip_bundle(path, cache=tmp_path / "cache")


def test_a_damaged_zip_gives_one_line(tmp_path, content):
    path = zipped(tmp_path / "cut.otioz", {"content.otio": content, "media/a.mov": bytes(range(256)) * 50})
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(EditReadError, match="cannot be unpacked"):
        load_zip_bundle(path, cache=tmp_path / "cache")


def test_a_zip_without_a_timeline_is_refused(tmp_path):
    with pytest.raises(EditReadError, match=r"no content\.otio"):
        load_zip_bundle(zipped(tmp_path / "cut.otioz", {"a": b"b"}), cache=tmp_path / "cache")


def test_a_folder_bundle_is_read_with_its_media(tmp_path, content):
    bundle = tmp_path / "cut.otiod"
    (bundle / "media").mkdir(parents=True)
    (bundle / "content.otio").write_text(content)
    (bundle / "media" / "a.mov").touch()
    assert read_edit(bundle).media_files == (bundle / "media" / "a.mov",)


def test_a_folder_without_a_timeline_is_refused(tmp_path):
    with pytest.raises(EditReadError, match="folder without"):
        read_edit(tmp_path)


def test_what_is_no_zip_says_so(tmp_path):
    (tmp_path / "cut.otioz").write_bytes(b"\x80rubbish")
    with pytest.raises(EditReadError, match="it is no zip file, or is damaged"):
        load_zip_bundle(tmp_path / "cut.otioz", cache=tmp_path / "cache")
