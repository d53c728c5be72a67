from __future__ import annotations

import json
import zipfile
from pathlib import Path

import opentimelineio as otio
import pytest

from hitpoint.bridge.otio.otio_json import children_of, object_in
from hitpoint.bridge.sources.source_document import load_source
from hitpoint.core.errors import EditReadError


def timeline(url: str) -> bytes:
    made = otio.schema.Timeline("cut")
    track = otio.schema.Track("V1")
    length = otio.opentime.TimeRange(otio.opentime.RationalTime(0, 25), otio.opentime.RationalTime(50, 25))
    track.append(otio.schema.Clip("a", otio.schema.ExternalReference(url), length))
    made.tracks.append(track)
    return str(made.to_json_string()).encode()


def address_in(document: dict[str, object]) -> str:
    track = children_of(object_in(document, "tracks"))[0]
    return str(object_in(children_of(track)[0], "media_references", "DEFAULT_MEDIA")["target_url"])


@pytest.fixture(params=[".otioz", ".otiod"])
def bundle(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / f"cut{request.param}"
    if request.param == ".otiod":
        (path / "media").mkdir(parents=True)
        (path / "content.otio").write_bytes(timeline("media/a%20b.mov"))
        (path / "media" / "a b.mov").write_bytes(b"film")
    else:
        with zipfile.ZipFile(path, "w") as packed:
            packed.writestr("content.otio", timeline("media/a%20b.mov"))
            packed.writestr("media/a b.mov", b"film")
    return path


def test_references_into_a_bundle_lead_to_its_media(bundle: Path) -> None:
    document, _ = load_source(bundle)
    assert Path(address_in(document)).is_absolute()
    assert Path(address_in(document)).read_bytes() == b"film"


def test_references_stay_as_they_are_for_a_new_bundle(bundle: Path) -> None:
    assert address_in(load_source(bundle, keeps_bundled=True)[0]) == "media/a%20b.mov"


@pytest.mark.parametrize(
    "address", ["/etc/hostname", "../cut.otiod/content.otio", "https://x.org/a.mov", "media/no.mov"]
)
def test_references_elsewhere_stay_as_they_are(tmp_path: Path, address: str) -> None:
    (tmp_path / "cut.otiod").mkdir()
    (tmp_path / "cut.otiod" / "content.otio").write_bytes(timeline(address))
    assert address_in(load_source(tmp_path / "cut.otiod")[0]) == address


def test_an_otio_is_given_with_its_own_spelling(tmp_path: Path) -> None:
    (tmp_path / "cut.otio").write_bytes(timeline("a.mov"))
    document, spelling = load_source(tmp_path / "cut.otio")
    assert spelling == timeline("a.mov")
    assert document == json.loads(spelling)


def test_an_edl_comes_through_its_adapter(tmp_path: Path) -> None:
    pytest.importorskip("otio_cmx3600_adapter")
    event = "001  AX V C 00:00:00:00 00:00:02:00 00:00:00:00 00:00:02:00\n"
    (tmp_path / "cut.edl").write_text(f"TITLE: cut\n\n{event}* FROM CLIP NAME: a.mov\n")
    document, _ = load_source(tmp_path / "cut.edl")
    assert document["OTIO_SCHEMA"] == "Timeline.1"
    assert len(children_of(children_of(object_in(document, "tracks"))[0])) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"\0\1\2"])
def test_what_is_no_edit_is_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "cut.otio").write_bytes(content)
    with pytest.raises(EditReadError):
        load_source(tmp_path / "cut.otio")
