from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.cue.documents.cue_list_file import (
    list_from_document,
    list_from_toml,
    list_to_document,
    list_to_toml,
    read_list,
    write_list,
)
from hitpoint.core.cue.film.cue_list import CueEntry, CueList, CueState, listed
from hitpoint.core.cue.film.joins import Join
from hitpoint.core.cue.sound import LOUDEST, QUIETEST
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.errors import CueFileError, OptionError
from hitpoint.core.timebase import FrameRate

texts = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20)
names = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@st.composite
def lists(draw: st.DrawFn) -> CueList:
    entries, at = [], 0
    for name in draw(st.lists(names, max_size=5, unique=True)):
        start = at + draw(st.integers(0, 200))
        at = start + draw(st.integers(1, 200))
        words = {
            word: draw(texts)
            for word in ("style", "mood", "key", "tempo", "prompt", "notes", "reason", "theme", "like", "crossfade")
        }
        state = draw(st.sampled_from(CueState))
        join = draw(st.sampled_from(["", *(join.value for join in Join)]))
        entries.append(CueEntry(name, start, at, state=state, cue=draw(texts), join=join, **words))
    return listed(entries, draw(st.one_of(st.none(), st.floats(QUIETEST, LOUDEST))))


def film(rate: Fraction = Fraction(25), frames: int = 5000, start: int = 0) -> Edit:
    shots = (Shot("a", 0, frames),)
    return Edit("film", Path("film.otio"), FrameRate(rate), frames, shots, start_timecode_frame=start)


@given(lists())
def test_json_brings_the_list_back(cues: CueList) -> None:
    assert list_from_document(json.loads(json.dumps(list_to_document(cues)))) == cues


@given(lists().filter(lambda cues: cues.entries), st.sampled_from([0, 90000, 86400]))
def test_toml_brings_ranges_and_wishes_back(
    tmp_path_factory: pytest.TempPathFactory, cues: CueList, start: int
) -> None:
    path = tmp_path_factory.mktemp("list") / "cues.toml"
    path.write_text(list_to_toml(cues, film(start=start)), encoding="utf-8")
    found = list_from_toml(path, film(start=start))
    for one, other in zip(found.entries, cues.entries, strict=True):
        assert (one.name, one.start_frame, one.end_frame) == (other.name, other.start_frame, other.end_frame)
        assert (one.style, one.mood, one.prompt) == (other.style, other.mood, other.prompt)
        assert (one.theme, one.join, one.tempo) == (other.theme, other.join, other.tempo)
        assert one.crossfade == other.crossfade


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("", "has no"),
        ("[[cue]]\nname = 'a'", "has no 'in'"),
        ("[[cue]]\nname = 'a'\nin = '1'\nout = '0'", "it is empty, or ends before it begins"),
        ("[[cue]]\nname = 'a'\nin = 'x'\nout = '2'", r"cues\.toml: cue 1 \(a\), in: 'x' is no time"),
        ("[[cue]]\nname = 'a'\nin = 1\nout = 2\ncolour = 'red'", "'colour', which is not known"),
        ("[[cue]]\nname = 3\nin = 1\nout = 2", "takes a text"),
        ("[[cue]", "is not TOML"),
    ],
)
def test_what_makes_no_sense_is_told(tmp_path: Path, written: str, message: str) -> None:
    path = tmp_path / "cues.toml"
    path.write_text(written)
    with pytest.raises(OptionError, match=message):
        list_from_toml(path, film())


def test_a_tempo_may_be_a_number(tmp_path: Path) -> None:
    path = tmp_path / "cues.toml"
    path.write_text("[[cue]]\nname = 'a'\nin = 1\nout = 2\ntempo = 96.5")
    assert list_from_toml(path, film()).named("a").tempo == "96.5"


def test_a_written_list_is_read_again(tmp_path: Path) -> None:
    cues = listed([CueEntry("1M1", 0, 100, state=CueState.APPROVED)])
    write_list(cues, tmp_path / "cues.json")
    assert read_list(tmp_path / "cues.json") == cues


@pytest.mark.parametrize("content", ["", "[]", '{"schema": "hitpoint.cues.9", "cues": []}', '{"schema": 1}'])
def test_a_damaged_list_is_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "cues.json").write_text(content)
    with pytest.raises(CueFileError):
        read_list(tmp_path / "cues.json")
