"""Learnt styles on the way from the command line to the wishes of a cue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from hitpoint.core.compose.following import manner_like
from hitpoint.core.compose.like.follow import NOTHING
from hitpoint.core.compose.like.learnt_style import LearntStyle, read_learnt_style, write_learnt_style
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.errors import OptionError
from hitpoint.core.model.checkpoint import default_checkpoint, fingerprint
from hitpoint.plugin import cli
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.job import Recordings
from hitpoint.plugin.jobs.research.learning import StyleLesson, is_style, learn_style_from, style_for, with_style

ASKED = Recordings(like="mine")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HITPOINT_CONFIG", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def style() -> LearntStyle:
    made = LearntStyle(
        "Mine", ("a.wav",), 60.0, fingerprint(default_checkpoint("amt")), False, 92.0, 0.3, 0.4, ((1, 118, 66, 92),),
        (0.125,) * 192, 2.0, 1.9, 40,
    )  # fmt: skip
    write_learnt_style(made)
    return made


def test_a_name_is_a_style_unless_a_file_is_called_so(style: LearntStyle, folder: Path) -> None:
    assert is_style("mine") and not is_style("track:mine") and not is_style("other")
    (folder / "mine").write_bytes(b"")
    assert not is_style("mine")


def test_a_style_gives_vector_tempo_and_changes(style: LearntStyle) -> None:
    wishes = with_style(ASKED, Wishes(), style)
    assert wishes.style_vector == style.vector and wishes.style_strength == 1.0
    assert (wishes.bpm, wishes.change_rate, wishes.follow) == (92.0, 0.4, NOTHING)
    assert not manner_like(wishes.like, wishes.closeness, wishes.like_strength)


def test_what_the_editor_chose_wins(style: LearntStyle) -> None:
    wishes = with_style(ASKED, Wishes(bpm=120.0, change_rate=0.0), style)
    assert (wishes.bpm, wishes.change_rate) == (120.0, 0.0)


def test_strength_nought_is_not_asking(style: LearntStyle) -> None:
    assert with_style(replace(ASKED, style_strength=0.0), Wishes(), style) == Wishes()


def test_closeness_opens_the_chords_that_are_kept(style: LearntStyle) -> None:
    wishes = with_style(replace(ASKED, opens_style=True, strength=2.0, closeness=4), Wishes(), style)
    (manner,) = manner_like(wishes.like, wishes.closeness, wishes.like_strength)
    assert (manner.tokens, manner.books, manner.strength) == (style.chords[0], 4, 2.0)


def test_a_style_of_another_model_is_told(style: LearntStyle) -> None:
    write_learnt_style(replace(style, chord_model="0" * 12))
    with pytest.raises(OptionError, match="another chord model"):
        style_for(Engine(), "mine")


def test_a_name_that_is_taken_is_refused(style: LearntStyle, folder: Path) -> None:
    with pytest.raises(OptionError, match="--replace"):
        learn_style_from(StyleLesson((folder / "a.wav",), "MINE"))
    assert read_learnt_style("mine") == style


def test_a_reference_that_is_not_there_is_told(folder: Path) -> None:
    with pytest.raises(OptionError, match="no such file"):
        learn_style_from(StyleLesson((folder / "a.wav",), "new"))


@pytest.mark.slow
def test_the_command_learns_and_keeps_a_style(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    time = np.arange(22050) / 44100
    roots = (261.63, 220.0, 174.61, 196.0)
    chords = [sum(np.sin(2 * np.pi * root * tone * time) for tone in (1, 1.26, 1.5)) for root in roots]
    bars = [np.tile(0.15 * chord * np.exp(-5 * time), 4) for chord in chords]
    soundfile.write(folder / "loop.wav", np.tile(np.concatenate(bars), 6).astype(np.float32), 44100)
    assert cli.main(["learn-style", "loop.wav", "-o", "loop", "--quiet", "--no-cache"]) == 0
    assert "nats a chord" in capsys.readouterr().out
    kept = read_learnt_style("loop")
    assert len(kept.vector) == 192 and any(kept.vector)
