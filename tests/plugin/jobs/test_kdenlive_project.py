from __future__ import annotations

import json
from pathlib import Path

import pytest

from hitpoint.bridge.kdenlive.removal import without_music_track
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.plugin import cli
from hitpoint.plugin.report import write_report
from tests.plugin.kdenlive_project import PROJECT


@pytest.fixture(scope="module")
def scored(tmp_path_factory):
    """A project and its scored copy."""
    path = tmp_path_factory.mktemp("project") / "film.kdenlive"
    path.write_text(PROJECT)
    assert cli.main(["score", str(path), "--quiet", "--markers"]) == 0
    return path, path.with_name("film_hitpoint.kdenlive")


def test_a_project_becomes_a_copy_with_the_music(scored):
    path, copy = scored
    assert path.read_text() == PROJECT
    assert b"hitpoint" not in without_music_track(copy.read_bytes(), copy)
    assert read_edit(copy).cut_frames == read_edit(path).cut_frames == (75,)
    assert str(copy.with_name("film_hitpoint.music") / "film_hitpoint_mix.wav") in copy.read_text()


def test_the_cue_goes_on_in_the_next_version_of_the_copy(scored):
    _, copy = scored
    assert cli.main(["reroll", str(copy), "--range", "2", "6", "--quiet"]) == 0
    again = copy.with_name("film_hitpoint_v2.kdenlive").read_text()
    assert again.count('<property name="kdenlive:hitpoint">') == 1 and "film_hitpoint_v2_mix.wav" in again


def test_a_project_can_also_become_a_timeline(scored, tmp_path, capsys):
    path, _ = scored
    assert cli.main(["score", str(path), "--quiet", "-o", str(tmp_path / "film.otio")]) == 0
    assert read_edit(tmp_path / "film.otio").cut_frames == (75,)
    assert "resets in-points" in capsys.readouterr().err


def test_a_project_is_no_copy_of_another_edit(tmp_path, capsys):
    (tmp_path / "cut.otio").write_text("{}")
    assert cli.main(["score", str(tmp_path / "cut.otio"), "-o", str(tmp_path / "out.kdenlive")]) == 1
    assert "-o names" in capsys.readouterr().err


def test_a_project_of_another_format_is_refused_before_anything_is_composed(tmp_path, capsys):
    path = tmp_path / "old.kdenlive"
    path.write_text(PROJECT.replace(">1.1<", ">1.04<"))
    assert cli.main(["score", str(path)]) == 1
    assert "1.04" in capsys.readouterr().err and list(tmp_path.iterdir()) == [path]


def test_a_report_replaces_reports_and_no_other_file(tmp_path, capsys):
    path = tmp_path / "notes.json"
    path.write_text('{"mine": 1}')
    assert write_report({"schema": "hitpoint.report.1", "n": 1}, path) == Path(tmp_path / "notes_v2.json")
    assert "notes_v2.json" in capsys.readouterr().err and path.read_text() == '{"mine": 1}'
    assert write_report({"schema": "hitpoint.report.1", "n": 2}, tmp_path / "notes_v2.json").name == "notes_v2.json"
    assert json.loads((tmp_path / "notes_v2.json").read_text())["n"] == 2
