from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hitpoint.bridge.demo import make_demo_edit
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.changes import chord_locked, chord_set, sound_changed
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.sound import Level, Speech
from hitpoint.core.errors import EditReadError, EditWriteError, PlaceError
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.ports import Variation, WriteChoice
from hitpoint.core.progress import SILENT
from hitpoint.plugin.commands.panel import has_screen, is_about_qt, qt_advice
from hitpoint.plugin.jobs.composer import Composer
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.looking import Observer
from hitpoint.plugin.panel.ports import panel_ports, style_cards
from hitpoint.plugin.panel.source import PanelSource
from hitpoint.plugin.panel.ways_back import ways_back

Run = Any  # tests/plugin/conftest.py


def _no_conforming(*_: object) -> Any:
    raise AssertionError("nothing is to be conformed")


@pytest.fixture
def source() -> PanelSource:
    return PanelSource(_no_conforming)


def test_opening_an_edit_loads_no_networks(small_edit: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from hitpoint.plugin.panel.ports import panel_ports\n"
        "from hitpoint.core.progress import SILENT\n"
        f"opened = panel_ports().source.open(Path({str(small_edit)!r}), SILENT)\n"
        "print(len(opened.edit.shots), 'torch' in sys.modules, 'scipy.signal' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["3", "False", "False"]


@pytest.mark.slow
def test_music_from_the_cuts_is_followed_by_what_the_command_line_writes(tmp_path: Path) -> None:
    """A demo edit, because it has pictures; composing is cut short by a range."""
    composer, edit = panel_ports().composer, read_edit(make_demo_edit(tmp_path, SILENT))
    wishes = Wishes(end_frame=150)
    first = composer.compose_at_once(edit, wishes, SILENT)
    composer.look(edit, wishes, SILENT)
    second = composer.compose(edit, wishes, 1, SILENT)
    known = composer.compose_at_once(edit, wishes, SILENT)
    score = Composer(Observer(Engine(use_cache=False))).composed(edit, wishes, 1)
    assert (first.is_from_cuts, second.is_from_cuts, known.is_from_cuts) == (True, False, False)
    assert first.takes[0].cue != second.takes[0].cue
    assert second.takes[0].cue == known.takes[0].cue == score.takes[0].cue


def test_an_edit_without_music_has_no_cue(source: PanelSource, small_edit: Path) -> None:
    opened = source.open(small_edit, SILENT)
    assert opened.cue is None
    assert any("a.mov" in warning for warning in opened.warnings)


def test_a_scored_edit_comes_with_its_cue(source: PanelSource, scored: Run) -> None:
    opened = source.open(scored.output("timeline"), SILENT)
    assert opened.cue is not None
    assert opened.is_saved
    assert opened.cue.steps == read_cue(scored.output("cue")).steps


def test_a_cue_file_opens_the_edit_it_was_written_for(source: PanelSource, scored: Run) -> None:
    opened = source.open(scored.output("cue"), SILENT)
    assert opened.path.name == scored.edit.name
    assert opened.cue is not None


def test_a_damaged_cue_is_told_and_the_edit_opens(source: PanelSource, scored: Run, tmp_path: Path) -> None:
    timeline = tmp_path / scored.output("timeline").name
    timeline.write_bytes(scored.output("timeline").read_bytes())
    (tmp_path / f"{timeline.stem}.music").mkdir()
    (tmp_path / f"{timeline.stem}.music" / "cue.json").write_text("{")
    opened = source.open(timeline, SILENT)
    assert opened.cue is None
    assert any("cannot be taken up" in warning for warning in opened.warnings)


def test_music_outlives_its_edit(source: PanelSource, scored: Run, tmp_path: Path) -> None:
    cue = chord_locked(read_cue(scored.output("cue")), 1)
    opened = source.reopened(cue, tmp_path / "gone.otio", SILENT)
    assert opened.cue == cue
    assert "the edit has gone" in opened.warnings[0]


def test_what_is_no_edit_is_refused(source: PanelSource, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("hello")
    with pytest.raises(EditReadError):
        source.open(tmp_path / "note.txt", SILENT)


def test_a_cue_of_another_cut_is_carried_over(scored: Run, small_document: dict[str, Any], tmp_path: Path) -> None:
    longer = json.loads(json.dumps(small_document))
    longer["tracks"]["children"][0]["children"][2]["source_range"]["duration"]["value"] += 24
    edit = tmp_path / "longer.otio"
    edit.write_text(json.dumps(longer))
    conformed = panel_ports().source.conform(read_cue(scored.output("cue")), edit, SILENT)
    assert conformed.cue.edit.frames == conformed.opened.edit.frames
    assert conformed.changes


@pytest.mark.parametrize(
    ("host", "keys"),
    [("", ["otio", "bundle"]), ("resolve", ["resolve", "drop", "otio"]), ("kdenlive", ["drop", "otio"]),
     ("movie", ["drop", "otio"]), ("premiere", ["otio", "bundle"])],
)  # fmt: skip
def test_the_right_way_for_the_host_comes_first(scored: Run, host: str, keys: list[str]) -> None:
    cue = read_cue(scored.output("cue"))
    ways = ways_back(scored.edit, replace(cue, edit=replace(cue.edit, host=host)))
    assert [way.key for way in ways] == keys
    assert [way.is_recommended for way in ways] == [True] + [False] * (len(ways) - 1)
    assert all(not way.output.exists() for way in ways)


def test_a_project_of_kdenlive_is_patched(scored: Run, tmp_path: Path) -> None:
    project = tmp_path / "film.kdenlive"
    project.write_text("<mlt/>")
    ways = ways_back(project, read_cue(scored.output("cue")))
    assert [way.output.suffix for way in ways] == [".kdenlive", ".otio"]


def test_importing_it_into_kdenlive_is_warned_of(scored: Run) -> None:
    cue = read_cue(scored.output("cue"))
    otio = ways_back(scored.edit, replace(cue, edit=replace(cue.edit, host="kdenlive")))[1]
    assert any("in-points" in line for line in otio.loses)


def test_every_way_can_go_to_another_folder(scored: Run, tmp_path: Path) -> None:
    cue = read_cue(scored.output("cue"))
    for host in ("kdenlive", "resolve", "movie", ""):
        ways = ways_back(scored.edit, replace(cue, edit=replace(cue.edit, host=host)), tmp_path)
        assert {way.output.parent for way in ways} == {tmp_path}


def test_a_place_that_refuses_is_told_without_flags_of_a_command_line(scored: Run, tmp_path: Path) -> None:
    with pytest.raises(PlaceError) as caught:
        ways_back(scored.edit, read_cue(scored.output("cue")), tmp_path / "gone" / "deeper")
    assert " -" not in str(caught.value)


def test_media_are_found_in_a_folder_that_is_named(source: PanelSource, small_edit: Path, tmp_path: Path) -> None:
    opened = source.open(small_edit, SILENT)
    assert opened.edit.missing and any("Find Media" in warning for warning in opened.warnings)
    assert not any("--" in warning for warning in opened.warnings)
    for name in opened.edit.missing:
        (tmp_path / name).touch()
    assert panel_ports().source.open(small_edit, SILENT, (tmp_path,)).edit.missing == ()


def test_written_music_is_what_was_on_the_desk(scored: Run, tmp_path: Path) -> None:
    edit = tmp_path / "small.otio"
    edit.write_bytes(scored.edit.read_bytes())
    cue = chord_locked(read_cue(scored.output("cue")), 0)
    sink = panel_ports().sink
    delivered = sink.write(edit, cue, WriteChoice(ways_back(edit, cue)[0], section_markers=True), SILENT)
    assert read_cue(delivered.folder / "cue.json").steps == cue.steps
    assert delivered.timeline.name in delivered.steps
    assert panel_ports().source.open(delivered.timeline, SILENT).cue is not None


@pytest.mark.slow
def test_music_that_is_written_again_keeps_its_level(scored: Run, tmp_path: Path) -> None:
    edit = tmp_path / "small.otio"
    edit.write_bytes(scored.edit.read_bytes())
    known = read_cue(scored.output("cue"))
    sink, cue = panel_ports().sink, replace(known, sound=replace(known.sound, level=None))

    def written(cue: Cue) -> Level | None:
        done = sink.write(edit, cue, WriteChoice(ways_back(edit, cue)[0]), SILENT)
        return read_cue(done.folder / "cue.json").sound.level

    first, changed = written(cue), chord_set(cue, range(3, 4), parse_chord("F#:dim7"))
    assert first is not None
    assert written(changed) == first
    assert written(sound_changed(changed, replace(cue.sound, loudness=-18.0))) != first


def test_styles_tell_who_plays() -> None:
    cards = {card.name: card.parts for card in style_cards()}
    assert cards["piano"][:2] == ("Piano", "Pad")


@pytest.mark.parametrize(
    ("platform", "environment", "is_there"),
    [("linux", {}, False), ("linux", {"DISPLAY": ":0"}, True), ("linux", {"WAYLAND_DISPLAY": "w"}, True), ("darwin", {}, True)],
)  # fmt: skip
def test_a_missing_screen_is_told(platform: str, environment: Mapping[str, str], is_there: bool) -> None:
    assert has_screen(platform, environment) is is_there


def test_a_fault_of_our_own_is_not_blamed_on_qt() -> None:
    assert is_about_qt("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert not is_about_qt("cannot import name 'film_cues' from 'hitpoint.core.cue'")


def test_what_qt_lacks_is_told_in_one_line() -> None:
    line = qt_advice("libEGL.so.1: cannot open shared object file: No such file or directory")
    assert "libEGL.so.1 is missing" in line
    assert "apt install libegl1" in line
    assert "\n" not in line
    assert "pip install pyqt6" in qt_advice("No module named 'PyQt6'")


def test_opening_and_playing_scored_music_loads_no_networks(scored: Run) -> None:
    code = (
        "import sys; from pathlib import Path; from hitpoint.plugin.panel.ports import panel_ports\n"
        "from hitpoint.core.progress import SILENT\n"
        f"ports = panel_ports(); opened = ports.source.open(Path({str(scored.output('timeline'))!r}), SILENT)\n"
        "*_, sound = ports.performer.perform(opened.cue, 0.0, SILENT)\n"
        "wave, hits = ports.performer.waveform(sound, 0.0, SILENT), ports.performer.hits(opened.cue, SILENT)\n"
        "print(sound.is_settled, wave.high.max() > 0.01, len(hits) > 0, 'torch' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "True", "True", "False"]


def test_music_is_not_written_onto_another_cut(scored: Run, small_document: dict[str, Any], tmp_path: Path) -> None:
    edit = tmp_path / "small.otio"
    edit.write_bytes(scored.edit.read_bytes())
    cue = read_cue(scored.output("cue"))
    choice = WriteChoice(ways_back(edit, cue)[0])
    shorter = json.loads(json.dumps(small_document))
    shorter["tracks"]["children"][0]["children"].pop()
    edit.write_text(json.dumps(shorter))
    with pytest.raises(EditWriteError, match="has changed since this music was written"):
        panel_ports().sink.write(edit, cue, choice, SILENT)
    assert list(tmp_path.iterdir()) == [edit]


@pytest.mark.parametrize(("ducked", "name"), [(True, "_mix_ducked.wav"), (False, "_mix.wav")])
def test_the_mix_that_was_chosen_lies_on_the_track(scored: Run, tmp_path: Path, ducked: bool, name: str) -> None:
    edit = tmp_path / "small.otio"
    edit.write_bytes(scored.edit.read_bytes())
    cue = replace(read_cue(scored.output("cue")), speech=(Speech(2.0, 3.0),))
    cue = sound_changed(cue, replace(cue.sound, duck=9.0))
    delivered = panel_ports().sink.write(edit, cue, WriteChoice(ways_back(edit, cue)[0], ducked=ducked), SILENT)
    music = json.loads(delivered.timeline.read_text())["tracks"]["children"][-1]["children"][0]
    assert music["media_references"]["DEFAULT_MEDIA"]["target_url"].endswith(name)
    assert delivered.mix.name.endswith(name) and delivered.mix.is_file()


def test_a_cue_is_varied_as_restyle_does_and_locked_chords_stay(scored: Run) -> None:
    cue = chord_locked(read_cue(scored.output("cue")), 1)
    whole = range(len(cue.steps))
    varied = panel_ports().composer.varied(cue, Variation(0.5, whole), 2, SILENT)
    assert [take.seed for take in varied.takes] == [cue.next_seed, cue.next_seed + 1]
    assert all(take.cue != cue and take.cue.steps[1] == cue.steps[1] for take in varied.takes)
    assert panel_ports().composer.varied(cue, Variation(0.0, whole), 1, SILENT).takes[0].cue == cue
