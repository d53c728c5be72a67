"""Whatever the road to the music, the same things hold.

Its font, its media, its speech, and what a change leaves alone.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.changes import chord_set
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.sound import Speech
from hitpoint.core.features import speech as speech_module
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.ports import WriteChoice
from hitpoint.core.progress import SILENT
from hitpoint.core.render.choice import default_soundfont
from hitpoint.plugin import cli
from hitpoint.plugin.panel.ports import panel_ports
from hitpoint.plugin.panel.ways_back import ways_back

SPOKEN = (Speech(1.0, 2.0),)


@dataclass(frozen=True)
class Version:
    """A mix, and what was told of what stayed in it: stretches in samples, and the reasons for the rest."""

    mix: Path
    same: list[tuple[int, int]]
    whole: list[tuple[int, int]]
    reasons: list[str]


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory, small_document: dict[str, Any]) -> Path:
    """A scored edit, played with a font of its own, with a second take that differs in one stretch."""
    folder = tmp_path_factory.mktemp("roads")
    shutil.copy(default_soundfont(), folder / "own.sf3")
    (folder / "small.otio").write_text(json.dumps(small_document))
    run = ["score", "small.otio", "--soundfont", "own.sf3", "--no-cache", "--quiet", "-o", "first.otio"]
    assert in_folder(folder, run) == 0
    return folder


def in_folder(folder: Path, arguments: list[str]) -> int:
    paths = {"small.otio", "own.sf3", "first.otio", "longer.otio", "report.json", "ranged.otio", "new.otio"}
    return cli.main([str(folder / word) if word in paths else word for word in arguments])


@pytest.fixture
def folder(first: Path, tmp_path: Path, small_document: dict[str, Any]) -> Path:
    """A copy of the scored edit to change, with a cut beside it whose last shot is a second longer."""
    shutil.copytree(first, tmp_path / "work")
    longer = json.loads(json.dumps(small_document))
    longer["tracks"]["children"][0]["children"][2]["source_range"]["duration"]["value"] += 24
    (tmp_path / "work" / "longer.otio").write_text(json.dumps(longer))
    return tmp_path / "work"


def told(folder: Path) -> Version:
    report = json.loads((folder / "report.json").read_text())
    kept = report["sound"]["kept"]
    start = report["cue"]["start"]

    def samples(span: dict[str, float]) -> tuple[int, int]:
        return round((span["start"] - start) * 48000), round((span["end"] - start) * 48000)

    same = [samples(span) for one in kept for span in one["same"]]
    whole = [samples(one) for one in kept]
    reasons = [one["why"] or "" for one in kept if one["same"] != [{"start": one["start"], "end": one["end"]}]]
    return Version(Path(report["outputs"]["mix"]), same, whole, reasons)


def rerolled(folder: Path) -> Version:
    run = ["reroll", "first.otio", "--range", "5", "7.9", "--seed", "5", "--report", "report.json", "--quiet"]
    assert in_folder(folder, run) == 0
    return told(folder)


def taken(folder: Path) -> Version:
    run = ["reroll", "first.otio", "--range", "5", "7.9", "--takes", "2", "-o", "ranged.otio", "--quiet"]
    assert in_folder(folder, run) == 0
    assert in_folder(folder, ["reroll", "ranged.otio", "--take", "2", "--report", "report.json", "--quiet"]) == 0
    return told(folder)


def conformed(folder: Path) -> Version:
    run = ["conform", "first.otio", "longer.otio", "-o", "new.otio", "--report", "report.json", "--quiet"]
    assert in_folder(folder, run) == 0
    return told(folder)


def watched(folder: Path) -> Version:
    shutil.copy(folder / "longer.otio", folder / "small.otio")
    run = ["watch", "small.otio", "--once", "-o", "first.otio", "--report", "report.json", "--quiet"]
    assert in_folder(folder, run) == 0
    return told(folder)


def written_by_the_panel(folder: Path) -> Version:
    ports = panel_ports()
    opened = ports.source.open(folder / "first.otio", SILENT)
    assert opened.cue is not None
    last = len(opened.cue.steps) - 2
    cue = chord_set(opened.cue, range(last, last + 1), parse_chord("F#:dim7"))
    way = ways_back(opened.path, cue)[0]
    done = ports.sink.write(opened.path, cue, WriteChoice(way), SILENT)
    whole = int(float(cue.step_start(last) - cue.start) * 48000)
    return Version(done.mix, [(0, whole - 96000)], [(0, whole)], list(done.kept))


ROADS = [rerolled, taken, conformed, watched, written_by_the_panel]


@pytest.mark.parametrize("road", ROADS, ids=lambda road: road.__name__)
def test_what_lies_outside_a_change_keeps_its_samples_or_the_reason_is_told(
    road: Callable[[Path], Version], folder: Path
) -> None:
    version = road(folder)
    old_mix = folder / ("ranged.music/ranged_mix.wav" if road is taken else "first.music/first_mix.wav")
    old, _ = soundfile.read(old_mix, dtype="int32", always_2d=True)
    new, _ = soundfile.read(version.mix, dtype="int32", always_2d=True)
    assert version.whole
    assert version.same or version.reasons
    assert all(np.array_equal(old[a:b], new[a:b]) for a, b in version.same)
    assert all(version.reasons)


@pytest.mark.parametrize("road", [rerolled, taken, conformed, watched], ids=lambda road: road.__name__)
def test_the_font_that_was_chosen_plays_on(road: Callable[[Path], Version], folder: Path) -> None:
    road(folder)
    report = json.loads((folder / "report.json").read_text())
    cue = read_cue(Path(report["outputs"]["cue"]))
    assert report["engine"]["soundfont"] == "own.sf3"
    assert cue.sound.soundfont is not None and cue.sound.soundfont.name == "own.sf3"


@pytest.fixture
def spoken(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with the edit's own sound, elsewhere than the edit says, in which somebody speaks from 1 to 2 s."""
    media = folder / "media"
    media.mkdir()
    soundfile.write(media / "a.wav", np.zeros((48000 * 9, 1)), 48000)
    monkeypatch.setattr(speech_module, "speech_in", lambda clips, progress: SPOKEN if clips else ())
    yield media


def test_the_window_listens_to_media_that_moved(folder: Path, spoken: Path) -> None:
    ports = panel_ports((spoken,))
    opened = ports.source.open(folder / "small.otio", SILENT)
    assert ports.composer.compose(opened.edit, Wishes(), 1, SILENT).takes[0].cue.speech == SPOKEN


def test_the_window_listens_again_after_a_new_cut(folder: Path, spoken: Path) -> None:
    ports = panel_ports((spoken,))
    opened = ports.source.open(folder / "first.otio", SILENT)
    assert opened.cue is not None and opened.cue.speech == ()
    assert ports.source.conform(opened.cue, folder / "longer.otio", SILENT).cue.speech == SPOKEN
