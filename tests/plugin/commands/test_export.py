from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import mido
import pytest

from hitpoint.plugin import cli

Run = Any  # tests/plugin/conftest.py
TICKS = 960


def exported(scored: Run, kind: str, folder: Path) -> Path:
    out = folder / f"out.{kind}"
    assert cli.main(["export", scored.report["outputs"]["timeline"], "--format", kind, "-o", str(out)]) == 0
    return out


def midi_notes(path: Path) -> dict[str, list[tuple[int, int, int]]]:
    """Tick, key and velocity of each note by track."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for track in mido.MidiFile(str(path)).tracks:
        at = 0
        for message in track:
            at += message.time
            if message.type == "note_on" and message.velocity:
                found.setdefault(track.name, []).append((at, message.note, message.velocity))
    return {name: sorted(notes) for name, notes in found.items()}


@pytest.fixture(scope="module")
def project(scored: Run, tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    return zipfile.ZipFile(exported(scored, "dawproject", tmp_path_factory.mktemp("daw")))


def test_the_notes_of_a_project_are_those_of_the_midi_file_to_the_tick(scored: Run, project: zipfile.ZipFile) -> None:
    root = ET.fromstring(project.read("project.xml"))
    names = {track.get("id"): track.get("name") for track in root.iter("Track")}
    found = {}
    for lane in root.iter("Lanes"):
        notes = [
            (round(float(n.get("time")) * TICKS), int(n.get("key")), round(float(n.get("vel")) * 127))  # type: ignore[arg-type]
            for n in lane.findall("Clips/Clip/Notes/Note")
        ]
        if notes:
            found[names[lane.get("track")]] = sorted(notes)
    assert found == midi_notes(scored.output("midi"))


def test_the_tempi_of_a_project_are_those_of_the_midi_file(scored: Run, project: zipfile.ZipFile) -> None:
    root = ET.fromstring(project.read("project.xml"))
    points = [
        (round(float(p.get("time")) * TICKS), round(float(p.get("value")), 3))  # type: ignore[arg-type]
        for p in root.iter("RealPoint")
    ]
    at, wanted = 0, []
    for message in mido.MidiFile(str(scored.output("midi"))).tracks[0]:
        at += message.time
        if message.type == "set_tempo":
            wanted.append((at, round(60_000_000 / message.tempo, 3)))
    assert points == wanted


def test_a_project_holds_its_stems_as_they_are(scored: Run, project: zipfile.ZipFile) -> None:
    root = ET.fromstring(project.read("project.xml"))
    files = [file.get("path", "") for file in root.iter("File")]
    stems = {Path(stem).read_bytes() for stem in scored.report["outputs"]["stems"]}
    assert files and {project.read(file) for file in files} == stems


def test_every_id_of_a_project_is_one_and_every_reference_is_there(project: zipfile.ZipFile) -> None:
    root = ET.fromstring(project.read("project.xml"))
    ids = [element.get("id") for element in root.iter() if element.get("id")]
    referred = {
        each.get("track") or each.get("parameter") for each in root.iter() if each.get("track") or each.get("parameter")
    }
    assert len(ids) == len(set(ids)) and referred <= set(ids)


def test_midi_is_that_of_the_cue(scored: Run, tmp_path: Path) -> None:
    assert exported(scored, "midi", tmp_path).read_bytes() == scored.output("midi").read_bytes()


def test_stems_are_copies(scored: Run, tmp_path: Path) -> None:
    folder = exported(scored, "stems", tmp_path)
    wanted = {Path(stem).name: Path(stem).read_bytes() for stem in scored.report["outputs"]["stems"]}
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == wanted


def test_music21_reads_the_page_with_the_same_pitches(scored: Run, tmp_path: Path) -> None:
    music21 = pytest.importorskip("music21")
    page = music21.converter.parse(str(exported(scored, "musicxml", tmp_path)))
    wanted = midi_notes(scored.output("midi"))
    assert {part.partName for part in page.parts} >= set(wanted)  # a part that waits for its turn has no notes
    for part in page.parts:
        pitches = {pitch.midi for pitch in part.pitches} if "Drum" not in part.partName else set()
        assert pitches <= {key for _, key, _ in wanted.get(part.partName, ())}


def test_an_edit_without_music_is_told(small_edit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["export", str(small_edit), "--format", "midi"]) == 1
    assert "has no music of ours" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("kind", "name"), [("dawproject", "x.otio"), ("midi", "x.musicxml"), ("musicxml", "x.mxl"), ("midi", "v1.2")]
)
def test_an_ending_of_another_format_is_refused(
    scored: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str, name: str
) -> None:
    timeline = scored.report["outputs"]["timeline"]
    assert cli.main(["export", timeline, "--format", kind, "-o", str(tmp_path / name)]) == 1
    assert f"cannot write {name}" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_name_without_an_ending_is_given_that_of_the_format(scored: Run, tmp_path: Path) -> None:
    timeline = scored.report["outputs"]["timeline"]
    assert cli.main(["export", timeline, "--format", "midi", "-o", str(tmp_path / "x")]) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["x.mid"]
