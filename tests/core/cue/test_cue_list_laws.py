"""Whatever an editor does with a list, and takes back: every other cue keeps its entry and the bytes of its file."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hitpoint.core.cue.documents.cue_file import cue_bytes, cue_from_document
from hitpoint.core.cue.documents.cue_list_file import list_from_document, list_to_document
from hitpoint.core.cue.film.cue_list import (
    CueEntry,
    CueList,
    CueState,
    added,
    changed,
    deleted,
    free_name,
    joined,
    split,
)
from hitpoint.core.errors import OptionError

PLACES, LENGTHS = st.integers(0, 400), st.integers(1, 120)
PICK = st.integers(0, 1000)


class Editing(RuleBasedStateMachine):
    """An editor at work on a list; each composed cue has a file, which is never written again."""

    @initialize()
    def begin(self) -> None:
        self.cues, self.past = CueList(), [CueList()]
        self.files: dict[str, bytes] = {}
        self.overlaps: set[str] = set()

    def _do(self, made: CueList, touched: set[str]) -> None:
        for name in set(self.cues.names) & set(made.names) - touched:
            assert made.named(name) == self.cues.named(name), "another cue was touched"
        assert set(self.cues.names) - set(made.names) <= touched, "a cue is gone that nobody named"
        self.cues = made
        self.past.append(made)

    def _name(self, pick: int) -> str:
        return self.cues.names[pick % len(self.cues.names)]

    @rule(place=PLACES, length=LENGTHS, may_overlap=st.booleans())
    def add(self, place: int, length: int, may_overlap: bool) -> None:
        name = free_name(self.cues.names)
        try:
            self._do(added(self.cues, CueEntry(name, place, place + length), may_overlap=may_overlap), {name})
        except OptionError:
            assert not may_overlap
        else:
            self.overlaps |= {name} if may_overlap else set()

    @precondition(lambda self: self.cues.names)
    @rule(pick=PICK, place=PLACES, length=LENGTHS)
    def move_or_resize(self, pick: int, place: int, length: int) -> None:
        name = self._name(pick)
        try:
            self._do(changed(self.cues, name, start_frame=place, end_frame=place + length), {name})
        except OptionError as refused:
            assert "overlaps" in str(refused)

    @precondition(lambda self: self.cues.names)
    @rule(pick=PICK, place=PLACES)
    def split_one(self, pick: int, place: int) -> None:
        name = self._name(pick)
        try:
            made = split(self.cues, name, place)
        except OptionError:
            return
        new = set(made.names) - set(self.cues.names)
        self.overlaps |= new if name in self.overlaps else set()
        self._do(made, {name, *new})

    @precondition(lambda self: len(self.cues.names) > 1)
    @rule(pick=PICK)
    def join_two(self, pick: int) -> None:
        first, second = self._name(pick), self._name(pick + 1)
        try:
            self._do(joined(self.cues, first, second), {first, second})
        except OptionError:
            return

    @precondition(lambda self: self.cues.names)
    @rule(pick=PICK)
    def delete(self, pick: int) -> None:
        name = self._name(pick)
        self._do(deleted(self.cues, name), {name})

    @precondition(lambda self: self.cues.names)
    @rule(pick=PICK, content=st.binary(max_size=4))
    def compose_again(self, pick: int, content: bytes) -> None:
        name = self._name(pick)
        file = f"{name}_{len(self.files)}/cue.json"
        self.files[file] = content
        made = changed(self.cues, name, may_overlap=name in self.overlaps or self._is_overlapped(name), cue=file)
        self._do(changed(made, name, may_overlap=True, state=CueState.COMPOSED), {name})

    @precondition(lambda self: len(self.past) > 1)
    @rule()
    def undo(self) -> None:
        self.past.pop()
        self.cues = self.past[-1]

    def _is_overlapped(self, name: str) -> bool:
        one = self.cues.named(name)
        return any(one.overlaps(other) for other in self.cues.entries if other.name != name)

    @invariant()
    def nothing_overlaps_unasked(self) -> None:
        for one, other in combinations(self.cues.entries, 2):
            assert not one.overlaps(other) or {one.name, other.name} & self.overlaps

    @invariant()
    def what_was_composed_is_there(self) -> None:
        assert all(entry.cue in self.files for entry in self.cues.entries if entry.cue)

    @invariant()
    def the_list_comes_back_from_its_file(self) -> None:
        assert list_from_document(json.loads(json.dumps(list_to_document(self.cues)))) == self.cues


TestEditing = Editing.TestCase
TestEditing.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)


def test_a_cue_with_all_its_neighbourly_facts_comes_back_from_its_file(make_chord_cue) -> None:
    cue = replace(make_chord_cue("C F G C"), theme_name="Anna", join="segue", weights=("ab" * 32,))
    assert cue_from_document(json.loads(cue_bytes(cue))) == cue


def test_a_cue_of_before_opens_without_them(make_chord_cue) -> None:
    document = json.loads(cue_bytes(make_chord_cue("C F")))
    for name in ("theme_name", "join", "weights"):
        del document[name]
    assert cue_from_document(document) == make_chord_cue("C F")
