from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from hitpoint.bridge.otio.metadata import Place, ours_in
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.writing.advice import advice
from hitpoint.bridge.writing.film_track import FilmClip, with_film, write_with_film
from hitpoint.core.errors import EditWriteError
from hitpoint.core.timebase import FrameRate

RATE = FrameRate(Fraction(25))


def _time(value: float) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": 25}


def _track(name: str, kind: str, frames: int = 100) -> dict[str, Any]:
    clip = {
        "OTIO_SCHEMA": "Clip.1", "name": name,
        "source_range": {"OTIO_SCHEMA": "TimeRange.1", "start_time": _time(0), "duration": _time(frames)},
        "media_reference": {"OTIO_SCHEMA": "ExternalReference.1", "target_url": f"/lost/{name}.mov"},
    }  # fmt: skip
    return {"OTIO_SCHEMA": "Track.1", "name": name, "kind": kind, "children": [clip]}


def document(*tracks: dict[str, Any]) -> dict[str, Any]:
    stack = {"OTIO_SCHEMA": "Stack.1", "name": "tracks", "children": list(tracks)}
    return {"OTIO_SCHEMA": "Timeline.1", "name": "cut", "metadata": {"a": 1}, "tracks": stack}


@pytest.fixture
def film(tmp_path: Path) -> FilmClip:
    return FilmClip(tmp_path / "film.mp4", RATE, 25, 75)


def tracks_of(node: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = node["tracks"]["children"]
    return found


def test_it_lies_on_top_at_its_frames(film: FilmClip) -> None:
    tracks = tracks_of(with_film(document(_track("Main", "Video"), _track("A1", "Audio")), film))
    assert [track["name"] for track in tracks] == ["Main", "Pictures", "A1"]
    gap, clip = tracks[1]["children"]
    assert gap["source_range"]["duration"]["value"] == 25
    assert clip["source_range"]["duration"]["value"] == 50


def test_a_numbered_edit_gets_the_next_number(film: FilmClip) -> None:
    tracks = tracks_of(with_film(document(_track("V1", "Video"), _track("V2", "Video")), film))
    assert [track["name"] for track in tracks] == ["V1", "V2", "V3"]


def test_where_the_top_is_listed_first_it_comes_first(film: FilmClip) -> None:
    tracks = tracks_of(with_film(document(_track("V2", "Video"), _track("V1", "Video")), film))
    assert [track["name"] for track in tracks] == ["V3", "V2", "V1"]


def test_a_second_film_takes_the_place_of_the_first(film: FilmClip) -> None:
    once = with_film(document(_track("Main", "Video")), film)
    assert with_film(once, film) == once


def test_everything_else_stays(film: FilmClip) -> None:
    before = document(_track("Main", "Video"), _track("A1", "Audio"))
    after = with_film(before, film)
    rest = [track for track in tracks_of(after) if ours_in(track, Place.FILM) is None]
    assert {**after, "tracks": {**after["tracks"], "children": rest}} == before


def test_the_edit_is_read_as_before(film: FilmClip, tmp_path: Path) -> None:
    plain = tmp_path / "cut.otio"
    plain.write_text(json.dumps(document(_track("Main", "Video"))))
    write_with_film(plain, tmp_path / "with.otio", film)
    assert read_edit(tmp_path / "with.otio").has_cut_of(read_edit(plain))


def test_a_timeline_without_tracks_is_refused(film: FilmClip) -> None:
    with pytest.raises(EditWriteError, match="no tracks"):
        with_film({"OTIO_SCHEMA": "Timeline.1", "name": "cut", "tracks": None}, film)


def test_music_that_is_written_anew_under_a_film_says_so(film: FilmClip, tmp_path: Path) -> None:
    out = tmp_path / "cut.otio"
    out.write_text(json.dumps(document(_track("Main", "Video"))))
    assert advice(out, out) == ()
    out.write_text(json.dumps(with_film(document(_track("Main", "Video")), film)))
    (told,) = advice(out, out)
    assert "'Pictures'" in told and "hitpoint visualise" in told
