from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from hitpoint.core.arrange.arranger import with_playing
from hitpoint.core.cue.tune_changes import tune_of
from hitpoint.core.progress import SILENT
from hitpoint.core.timebase import SAMPLE_RATE

Room = Any  # tests/ui/conftest.py


@pytest.fixture
def heard_from(composed: Room, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """From where sound was asked for, of a quarter of an hour of which the first minute can be played."""
    asked: list[float] = []
    settled = list(composed.ports.perform(composed.cue, 0.0, SILENT))[-1]
    partly_ready = replace(settled, samples=900 * SAMPLE_RATE, ready=((0, 60 * SAMPLE_RATE),))

    def perform(cue: Any, heard_from: float, progress: Any) -> Any:
        asked.append(heard_from)
        yield partly_ready

    monkeypatch.setattr(composed.ports, "perform", perform)
    composed.presenter.changes.transpose(1)
    asked.clear()
    return asked


def test_a_jump_to_what_is_not_ready_is_rendered_from_there(composed: Room, heard_from: list[float]) -> None:
    composed.presenter.sound.follow(500.0)
    assert heard_from == [500.0]


def test_what_is_ready_is_not_asked_for(composed: Room, heard_from: list[float]) -> None:
    for seconds in (0.0, 30.0, 54.0):
        composed.presenter.sound.follow(seconds)
    assert heard_from == []


def test_playing_on_towards_what_is_not_ready_asks_in_time(composed: Room, heard_from: list[float]) -> None:
    composed.presenter.sound.follow(56.0)
    assert heard_from == [56.0]


def test_while_it_is_being_rendered_playing_on_asks_for_nothing(composed: Room, heard_from: list[float]) -> None:
    composed.runner.holds = True
    for seconds in (500.0, 500.04, 510.0, 529.0):
        composed.presenter.sound.follow(seconds)
    composed.presenter.sound.follow(700.0)
    composed.presenter.sound.follow(480.0)
    composed.runner.release()
    assert heard_from == [480.0]


def test_beyond_the_music_nothing_is_asked_for(composed: Room, heard_from: list[float]) -> None:
    composed.presenter.sound.follow(901.0)
    assert heard_from == []


def test_the_melody_shown_after_another_chord_is_the_one_that_is_played(composed: Room) -> None:
    composed.presenter.changes.set_chord(2, 5, "D#:min7")
    assert composed.window.tune == tune_of(with_playing(composed.cue)) != tune_of(composed.cue)
