from __future__ import annotations

import gzip
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from hitpoint.core.compose.kept_takes import KeptTake, before_take, read_takes, remove_take, write_take
from hitpoint.core.compose.takes import Take
from hitpoint.core.cue.cue import Cue, Step
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import Key
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.timebase import FrameRate


@pytest.fixture
def cue() -> Cue:
    edit = Edit("cut", Path("/films/cut.otio"), FrameRate(Fraction(25)), 100, (Shot("sea", 0, 100),))
    steps = tuple(Step(parse_chord(symbol)) for symbol in ("C", "G", "A:min", "F"))
    return Cue(edit, 0, 100, Key(0), steady_tempo(Fraction(1, 2)), steps, (), "piano", 7)


def test_a_take_is_read_as_it_was_written(tmp_path: Path, cue: Cue) -> None:
    kept = KeptTake(Take(cue, 9, -1.25, 0.5, gain=0.125), range(1, 3), 4, "B", name="bright", is_pinned=True, made=2.0)
    before = KeptTake(before_take(cue), range(1, 3), 4, made=2.0)
    version = KeptTake(replace(before_take(cue), seed=11), range(4), 3, "A", is_version=True)
    for one in (before, version, kept):
        write_take(tmp_path, one)
    assert read_takes([tmp_path, tmp_path]) == ((kept, before, version), 0)


def test_another_name_replaces_the_file(tmp_path: Path, cue: Cue) -> None:
    kept = KeptTake(Take(cue, 9, -1.0), range(4), 1, "A")
    write_take(tmp_path, kept)
    write_take(tmp_path, replace(kept, name="calm"))
    assert [one.name for one in read_takes([tmp_path])[0]] == ["calm"]
    remove_take(tmp_path, kept)
    assert read_takes([tmp_path]) == ((), 0)


@pytest.mark.parametrize(
    "content", [b"", b"no gzip", gzip.compress(b"{}", mtime=0), gzip.compress(b"[1", mtime=0), b"\x1f\x8b\x08cut"]
)
def test_what_is_damaged_is_counted_and_left_out(tmp_path: Path, cue: Cue, content: bytes) -> None:
    write_take(tmp_path, KeptTake(Take(cue, 9, -1.0), range(4), 1, "A"))
    (tmp_path / "000000000000.json.gz").write_bytes(content)
    takes, damaged = read_takes([tmp_path])
    assert (len(takes), damaged) == (1, 1)


@pytest.mark.parametrize("wrong", [{"end": 99}, {"letter": "ABC"}, {"round": 0}, {"figures": {"likelihood": "x"}}])
def test_values_out_of_bounds_are_refused(tmp_path: Path, cue: Cue, wrong: dict[str, object]) -> None:
    path = write_take(tmp_path, KeptTake(Take(cue, 9, -1.0), range(4), 1, "A"))
    path.write_bytes(gzip.compress(json.dumps(json.loads(gzip.decompress(path.read_bytes())) | wrong).encode()))
    assert read_takes([tmp_path]) == ((), 1)
