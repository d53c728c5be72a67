from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.cue.film.cue_list import (
    CueEntry,
    CueList,
    CueState,
    added,
    changed,
    deleted,
    free_name,
    joined,
    listed,
    split,
)
from hitpoint.core.errors import OptionError

ONE = CueEntry("1M1", 0, 100, state=CueState.COMPOSED, cue="a/cue.json")
TWO = CueEntry("1M2", 150, 200, mood="tense")


def test_names_count_up() -> None:
    assert free_name(["1M1", "1M2"]) == "1M3"
    assert free_name(["Anna"], "Anna") == "Anna 2"
    assert free_name([], "2M5") == "2M5"


def test_an_overlap_is_refused_with_what_to_say() -> None:
    with pytest.raises(OptionError, match=r"overlaps 1M1 .* --replace 1M1"):
        added(listed([ONE]), CueEntry("1M2", 50, 120))


def test_a_cue_is_replaced_by_name() -> None:
    assert added(listed([ONE, TWO]), CueEntry("new", 50, 120), replacing=["1M1"]).names == ("new", "1M2")


def test_cues_may_overlap_when_asked() -> None:
    assert len(added(listed([ONE]), CueEntry("1M2", 50, 120), may_overlap=True).entries) == 2


def test_two_cues_have_two_names() -> None:
    with pytest.raises(OptionError, match="two cues are called '1M1'"):
        listed([ONE, replace(TWO, name="1M1")])


def test_a_split_keeps_what_was_composed_in_its_first_part() -> None:
    first, second = split(listed([ONE]), "1M1", 40).entries
    assert (first.name, first.end_frame, first.cue) == ("1M1", 40, "a/cue.json")
    assert (second.name, second.start_frame, second.cue, second.state) == ("1M2", 40, "", CueState.PROPOSED)


def test_joining_goes_over_the_silence_between() -> None:
    assert joined(listed([ONE, TWO]), "1M1", "1M2").entries == (replace(ONE, end_frame=200),)


def test_joining_over_a_third_is_refused() -> None:
    with pytest.raises(OptionError, match="x lies between"):
        joined(listed([ONE, TWO, CueEntry("x", 110, 120)]), "1M1", "1M2")


def test_the_cue_at_a_frame() -> None:
    cues = listed([ONE, TWO])
    assert cues.at(99) == ONE and cues.at(100) is None and cues.at(150) == TWO


@st.composite
def operations(draw: st.DrawFn) -> list[tuple[str, int, int]]:
    kinds = st.sampled_from(["add", "move", "split", "join", "delete"])
    return draw(st.lists(st.tuples(kinds, st.integers(0, 400), st.integers(1, 120)), max_size=25))


@given(operations())
def test_whatever_is_done_no_two_cues_overlap_and_names_differ(done: list[tuple[str, int, int]]) -> None:
    cues = CueList()
    for kind, place, length in done:
        untouched = {entry.name: entry for entry in cues.entries}
        name = cues.names[place % len(cues.names)] if cues.names else ""
        try:
            cues, touched = _do(kind, cues, name, place, length)
        except OptionError:
            continue
        assert all(cues.named(one) == untouched[one] for one in untouched if one not in touched and one in cues.names)
        assert not any(a.overlaps(b) for a, b in combinations(cues.entries, 2))
        assert len(set(cues.names)) == len(cues.entries)


def _do(kind: str, cues: CueList, name: str, place: int, length: int) -> tuple[CueList, set[str]]:
    if kind == "add":
        new = free_name(cues.names)
        return added(cues, CueEntry(new, place, place + length)), {new}
    if kind == "move":
        return changed(cues, name, start_frame=place, end_frame=place + length), {name}
    if kind == "split":
        return split(cues, name, place), {name}
    if kind == "join":
        other = cues.names[(place + 1) % len(cues.names)] if cues.names else ""
        if other == name:
            raise OptionError("nothing to join")
        return joined(cues, name, other), {name, other}
    return deleted(cues, name), {name}
