from __future__ import annotations

from typing import Any

import pytest

Room = Any  # tests/ui/conftest.py


@pytest.fixture
def said(composed: Room) -> Room:
    composed.presenter.words.say("dark strings, no drums, xylographic")
    return composed


def chips(room: Room, line: int = 0) -> list[str]:
    return [chip.words for chip in room.window.words.lines[line].chips]


def test_words_are_shown_as_controls_and_wait_until_it_is_composed(said: Room) -> None:
    assert chips(said)[:3] == ["dark", "strings", "drums"]
    assert said.window.words.lines[0].ignored == ("xylographic",)
    assert said.window.words.is_waiting and said.window.menus.undo == "Words for 1M1"
    said.presenter.takes.compose()
    assert said.ports.wishes[-1].prompts == ("dark strings, no drums, xylographic",)
    assert not said.window.words.is_waiting


def test_a_chip_is_removed_or_changed_and_that_is_undone(said: Room) -> None:
    said.presenter.words.remove_chip(0, "drums")
    assert "drums" not in chips(said)
    said.presenter.words.change_chip(0, "dark", "hopeful")
    assert said.window.words.lines[0].text == "hopeful strings, xylographic"
    said.presenter.changes.undo()
    said.presenter.changes.undo()
    assert chips(said)[:3] == ["dark", "strings", "drums"]


def test_a_stretch_has_words_of_its_own(said: Room) -> None:
    said.presenter.words.say("calm", (2.0, 4.0))
    assert said.window.words.places == ("", "00:00:02:00 \N{EN DASH} 00:00:04:00")
    said.presenter.takes.compose()
    assert said.ports.wishes[-1].prompts[1] == "00:00:02:00-00:00:04:00=calm"
    said.presenter.words.remove(1)
    assert len(said.window.words.lines) == 1


def test_saying_it_again_takes_the_place_of_what_was_said(said: Room) -> None:
    said.presenter.words.say("calm", (2.0, 4.0))
    said.presenter.words.say("hopeful piano")
    assert [line.text for line in said.window.words.lines] == ["hopeful piano", "calm"]
    said.presenter.words.say("")
    assert [line.text for line in said.window.words.lines] == ["calm"]


def test_each_cue_has_its_own_words(said: Room) -> None:
    said.presenter.cues.resize("1M1", 0, 80)
    said.presenter.cues.create(100, 150)
    assert said.window.words.lines == () and said.window.words.name == "1M2"
    said.presenter.words.say("jazz")
    said.presenter.takes.compose()
    assert said.ports.wishes[-1].prompts == ("jazz",)
    said.presenter.cues.follow(10)
    assert chips(said)[0] == "dark"


def test_too_much_is_told(composed: Room) -> None:
    composed.presenter.words.say("dark " * 500)
    assert "too long" in composed.window.errors[-1] and not composed.window.words.lines
