from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import mido
import pytest
from dawproject_format import faults_of_file

from hitpoint.core.cue.documents.cue_file import read_cue, write_cue
from hitpoint.core.cue.heard import cropped as heard_in
from hitpoint.core.cue.heard import heard_seconds
from hitpoint.core.music.pitch import pitch_class_named
from hitpoint.core.render.formats import dawproject
from hitpoint.plugin import cli
from hitpoint.plugin.jobs import standing
from hitpoint.plugin.jobs.handover import export
from hitpoint.plugin.jobs.standing import StandingCue

Run = Any  # tests/plugin/conftest.py
TICKS = 960


@pytest.fixture(scope="module", autouse=True)
def as_published() -> Iterator[list[Path]]:
    """Every DAWproject that a test here exports is held to the published format."""
    checked: list[Path] = []

    def write(*args: Any, **named: Any) -> None:
        written(*args, **named)
        checked.append(args[2])
        assert faults_of_file(args[2]) == []

    written = dawproject.write_dawproject
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dawproject, "write_dawproject", write)
        yield checked


def exported(scored: Run, kind: str, folder: Path) -> Path:
    out = folder / f"out.{kind}"
    assert cli.main(["export", scored.report["outputs"]["timeline"], "--format", kind, "-o", str(out)]) == 0
    return out


def test_a_project_is_as_the_format_was_published(project: zipfile.ZipFile, as_published: list[Path]) -> None:
    assert project.namelist()[:2] == ["project.xml", "metadata.xml"]
    assert as_published


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


def test_one_of_several_cues_is_named_in_its_file(scored: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = scored.output("cue")
    both = tuple(StandingCue(name, name, file, read_cue(file)) for name in ("1M1", "1M2"))
    for module in (standing, export):
        monkeypatch.setattr(module, "standing_cues", lambda *_: both)
    assert cli.main(["export", str(tmp_path / "film.otio"), "--format", "midi", "--cue", "1M2"]) == 0
    assert [path.name for path in tmp_path.glob("*.mid")] == ["film_1M2.mid"]


def test_several_cues_go_to_a_folder_that_is_made(
    scored: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = scored.output("cue")
    both = tuple(StandingCue(name, name, file, read_cue(file)) for name in ("1M1", "1M2"))
    for module in (standing, export):
        monkeypatch.setattr(module, "standing_cues", lambda *_: both)
    command = ["export", str(tmp_path / "film.otio"), "--format", "midi", "-o"]
    assert cli.main([*command, str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["film_1M1.mid", "film_1M2.mid"]
    assert cli.main([*command, str(tmp_path / "one.mid")]) == 1
    assert "one.mid is one file: 2 cues need a folder" in capsys.readouterr().err


def test_stems_are_copies(scored: Run, tmp_path: Path) -> None:
    folder = exported(scored, "stems", tmp_path)
    wanted = {Path(stem).name: Path(stem).read_bytes() for stem in scored.report["outputs"]["stems"]}
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == wanted


def test_a_project_without_its_stems_is_told(scored: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lost.music").mkdir()
    cue = tmp_path / "lost.music" / "cue.json"
    cue.write_bytes(scored.output("cue").read_bytes())
    assert cli.main(["export", str(cue), "--format", "dawproject", "-o", str(tmp_path / "x.dawproject")]) == 0
    assert "the stems of lost.music are not there: the project holds its notes alone" in capsys.readouterr().err


def test_music21_reads_the_page_with_the_same_pitches(scored: Run, tmp_path: Path) -> None:
    music21 = pytest.importorskip("music21")
    page = music21.converter.parse(str(exported(scored, "musicxml", tmp_path)))
    wanted = midi_notes(scored.output("midi"))
    assert {part.partName for part in page.parts} >= set(wanted)  # a part that waits for its turn has no notes
    for part in page.parts:
        notes = [note for note in part.recurse().notes if not isinstance(note, music21.harmony.Harmony)]
        pitches = {p.midi for note in notes for p in note.pitches} if "Drum" not in part.partName else set()
        assert pitches <= {key for _, key, _ in wanted.get(part.partName, ())}


def test_the_page_names_the_chords_of_the_midi_file(scored: Run, tmp_path: Path) -> None:
    music21 = pytest.importorskip("music21")
    page = music21.converter.parse(str(exported(scored, "musicxml", tmp_path)))
    at, wanted = 0, []
    for message in mido.MidiFile(str(scored.output("midi"))).tracks[1]:
        at += message.time
        if message.type == "marker":
            wanted.append((pytest.approx(at / TICKS, abs=0.05), pitch_class_named(re.split("[:/]", message.text)[0])))
    found = [
        (float(symbol.getOffsetInHierarchy(page)), symbol.root().pitchClass)
        for symbol in page.recurse().getElementsByClass(music21.harmony.ChordSymbol)
    ]
    assert found == wanted


def test_the_chords_of_a_project_are_those_of_the_midi_file(scored: Run, project: zipfile.ZipFile) -> None:
    root = ET.fromstring(project.read("project.xml"))
    found = [(m.get("time"), m.get("name")) for m in root.iterfind(".//Lanes[@track='chords']/markers/Marker")]
    at, wanted = 0, []
    for message in mido.MidiFile(str(scored.output("midi"))).tracks[1]:
        at += message.time
        if message.type == "marker":
            wanted.append((at, message.text))
    assert [(round(float(time or 0) * TICKS), name) for time, name in found] == wanted


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


@pytest.fixture(scope="module")
def cropped(scored: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cue file of the middle of a scored cue, of which a second is left out at either end."""
    cue = read_cue(scored.output("cue"))
    place = tmp_path_factory.mktemp("cropped") / "cue.json"
    write_cue(heard_in(cue, cue.start_frame + 25, cue.end_frame - 25), place)
    return place


def test_of_a_cropped_cue_only_what_is_heard_is_in_the_file(scored: Run, cropped: Path, tmp_path: Path) -> None:
    assert cli.main(["export", str(cropped), "--format", "midi", "-o", str(tmp_path / "out.mid")]) == 0
    cue = read_cue(cropped)
    whole, part = mido.MidiFile(str(scored.output("midi"))), mido.MidiFile(str(tmp_path / "out.mid"))
    start, seconds = heard_seconds(cue)
    assert part.length == pytest.approx(float(seconds), abs=2e-3)
    inside = [time - float(start) for time in _onsets(whole) if start < time < start + seconds - Fraction(1, 500)]
    assert [time for time in _onsets(part) if time > 0] == pytest.approx(inside, abs=2e-3)


def test_a_project_of_a_cropped_cue_has_the_notes_of_its_midi_file(cropped: Path, tmp_path: Path) -> None:
    for kind in ("midi", "dawproject"):
        assert cli.main(["export", str(cropped), "--format", kind, "-o", str(tmp_path / "out")]) == 0
    root = ET.fromstring(zipfile.ZipFile(tmp_path / "out.dawproject").read("project.xml"))
    found = sorted((round(float(n.get("time", "")) * TICKS), int(n.get("key", ""))) for n in root.iter("Note"))
    notes = midi_notes(tmp_path / "out.mid")
    assert found == sorted((tick, key) for track in notes.values() for tick, key, _ in track)


def _onsets(file: mido.MidiFile) -> list[float]:
    now, found = 0.0, []
    for message in file:
        now += message.time
        if message.type == "note_on" and message.velocity:
            found.append(now)
    return found


@pytest.mark.parametrize("frames", [7, 25, 40])
def test_a_page_of_a_cropped_cue_has_the_chords_of_its_midi_file(scored: Run, tmp_path: Path, frames: int) -> None:
    music21 = pytest.importorskip("music21")
    cue = read_cue(scored.output("cue"))
    place = tmp_path / "cue.json"
    write_cue(heard_in(cue, cue.start_frame + frames, cue.end_frame - frames), place)
    for kind in ("midi", "musicxml"):
        assert cli.main(["export", str(place), "--format", kind, "-o", str(tmp_path / "out")]) == 0
    page = music21.converter.parse(str(tmp_path / "out.musicxml"))
    found = [one.root().pitchClass for one in page.recurse().getElementsByClass(music21.harmony.ChordSymbol)]
    chords = mido.MidiFile(str(tmp_path / "out.mid")).tracks[1]
    wanted = [pitch_class_named(re.split("[:/]", one.text)[0]) for one in chords if one.type == "marker"]
    assert found == wanted
