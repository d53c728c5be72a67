from __future__ import annotations

from typing import Any

import pytest

Room = Any  # tests/ui/conftest.py


def test_versions_are_offered_as_takes_and_taken_back_by_name(composed: Room) -> None:
    before, varying = composed.cue, composed.presenter.varying
    composed.presenter.changes.toggle_lock(0, 4)
    locked = composed.cue
    varying.set_strength(0.5)
    varying.vary()
    assert composed.window.menus.undo == "Vary by 0.50"
    assert composed.cue.steps != locked.steps and composed.cue.steps[:4] == locked.steps[:4]
    assert [row.letter for row in composed.window.takes][:5] == ["A", "B", "C", "D", ""]
    assert composed.window.takes[0].words.endswith("% of the chords other")
    assert "chords other" in composed.window.takes[0].words and not composed.window.takes[0].has_figures
    composed.presenter.changes.undo()
    assert composed.cue == locked
    composed.presenter.changes.undo()
    assert composed.cue == before


def test_strength_zero_is_the_same_cue(composed: Room) -> None:
    before = composed.cue
    composed.presenter.varying.set_strength(0.0)
    composed.presenter.varying.vary()
    assert composed.cue is before and composed.ports.variations == []
    assert composed.window.notes[-1] == "At strength 0 nothing changes."


def test_the_selection_alone_is_varied_and_other_players_come_in(composed: Room) -> None:
    composed.presenter.changes.select(2, 6)
    varying = composed.presenter.varying
    varying.set_strength(1.0)
    varying.set_style("strings")
    varying.vary()
    wish, count = composed.ports.variations[-1]
    assert (wish.strength, wish.span, wish.style, count) == (1.0, range(2, 6), "strings", 4)


def test_a_version_is_chosen_with_its_players_and_what_was_there_with_its_own(composed: Room) -> None:
    varying = composed.presenter.varying
    varying.set_style("strings")
    varying.vary()
    composed.presenter.changes.change_loudness(-20.0)
    composed.presenter.takes.choose(4)  # what was there before
    assert (composed.cue.style, composed.cue.sound.loudness) == ("piano", -20.0)
    composed.presenter.takes.choose(1)
    assert (composed.cue.style, composed.cue.sound.loudness) == ("strings", -20.0)


def test_a_cue_that_was_changed_meanwhile_stays(composed: Room) -> None:
    composed.runner.holds = True
    composed.presenter.varying.vary()
    composed.presenter.changes.toggle_lock(0, 1)
    kept = composed.cue
    composed.runner.release()
    assert composed.cue is kept and "changed meanwhile" in composed.window.notes[-1]


@pytest.mark.parametrize(("strength", "kept"), [(-1.0, 0.0), (7.0, 1.0)])
def test_a_strength_lies_between_nothing_and_all(composed: Room, strength: float, kept: float) -> None:
    composed.presenter.varying.set_strength(strength)
    assert composed.presenter.varying.strength == kept


def test_what_is_marked_is_varied_where_nothing_is_selected(composed: Room) -> None:
    composed.presenter.desk.marked = (2.0, 6.0)
    composed.presenter.desk.refresh()
    composed.presenter.varying.vary()
    composed.presenter.changes.select(0, 1)
    composed.presenter.varying.vary()
    assert [wish.span for wish, _ in composed.ports.variations] == [range(2, 6), range(1)]
