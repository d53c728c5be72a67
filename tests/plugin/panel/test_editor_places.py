"""Where an editor is sent: a timecode to drop the sound at, and a demo that lies where files are looked for."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import platformdirs
import pytest

from hitpoint.core.compose.takes import Take
from hitpoint.core.cue.changes import span_locked
from hitpoint.core.cue.cue import Cue, Step
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.errors import PlaceError
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import Key
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.ports import Composed
from hitpoint.core.progress import SILENT
from hitpoint.core.timebase import FrameRate
from hitpoint.plugin.panel.ports import panel_ports
from hitpoint.plugin.panel.source import PanelSource
from hitpoint.plugin.panel.ways_back import ways_back


def _cue(folder: Path, start: int) -> Cue:
    (folder / "cut.otio").write_text("{}")
    shots = (Shot("sea", 0, 500),)
    edit = Edit("cut", folder / "cut.otio", FrameRate(Fraction(25)), 500, shots, (), 90_000, host="kdenlive")
    steps = (Step(parse_chord("C")),) * 20
    return Cue(edit, start, 500, Key(0), steady_tempo(Fraction(1, 2)), steps, (), "piano", 7)


@pytest.mark.parametrize(("start", "place"), [(0, "01:00:00:00 (the start of the timeline)"), (62, "01:00:02:12 and")])
def test_the_sound_is_dropped_at_a_timecode(tmp_path: Path, start: int, place: str) -> None:
    cue = _cue(tmp_path, start)
    way = ways_back(cue.edit.path, cue)[0]
    assert way.key == "drop"
    assert f"Put the playhead on {place}" in way.told("cut_mix.wav")
    assert "drag cut_mix.wav there" in way.told("cut_mix.wav")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """The folders in which a demo was asked for; documents and state lie in the test's folder."""
    asked: list[Path] = []

    def make(folder: Path, progress: Any = None) -> Path:
        asked.append(folder)
        if (tmp_path / "full").exists() and "Documents" in str(folder):
            raise PlaceError("the disk is full")
        return folder / "demo.otio"

    monkeypatch.delenv("HITPOINT_STATE", raising=False)
    monkeypatch.setattr(platformdirs, "user_documents_path", lambda: tmp_path / "Documents")
    monkeypatch.setattr(platformdirs, "user_state_dir", lambda *_, **__: str(tmp_path / ".state"))
    monkeypatch.setattr("hitpoint.bridge.demo.make_demo_edit", make)
    return asked


def test_the_demo_lies_among_the_documents(made: list[Path], tmp_path: Path) -> None:
    assert PanelSource(lambda *_: ("", ())).demo(SILENT) == tmp_path / "Documents" / "Hitpoint Demo" / "demo.otio"  # type: ignore[arg-type, return-value]


def test_documents_that_refuse_leave_the_demo_where_it_was(made: list[Path], tmp_path: Path) -> None:
    (tmp_path / "full").touch()
    assert PanelSource(lambda *_: ("", ())).demo(SILENT) == tmp_path / ".state" / "demo" / "demo.otio"  # type: ignore[arg-type, return-value]


def test_suggestions_are_the_models_own_the_likeliest_first_and_each_once(tmp_path: Path) -> None:
    cue, asked = _cue(tmp_path, 0), []

    class Composing:
        def alternatives(self, cue: Cue, span: range, count: int, progress: Any, sight: Any = None) -> Composed:
            asked.append((span, cue.steps[3].locked))
            takes = [
                Take(replace(cue, steps=(*cue.steps[:3], Step(parse_chord(symbol)), *cue.steps[4:])), 1, likelihood)
                for symbol, likelihood in (("F", -2.0), ("C", -0.5), ("A:min", -1.0), ("F", -3.0))
            ]
            return Composed(tuple(takes), ())

    work = panel_ports().composer
    vars(work)["_composer"] = Composing()
    found = work.suggested(span_locked(cue, range(3, 5)), range(3, 5), SILENT)
    assert [chord.symbol() for chord in found] == ["A:min", "F"]
    assert asked == [(range(3, 4), False)]
