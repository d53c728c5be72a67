"""What is told of a cue that leads to the next in a segue."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from hitpoint.core.cue.changes import span_locked
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.segue import begins_at, segue_of
from hitpoint.core.music.tempo import TempoMap, TempoPoint


def tempo(*points: tuple[int, float]) -> TempoMap:
    return TempoMap(tuple(TempoPoint(Fraction(beat), Fraction(60) / Fraction(bpm)) for beat, bpm in points))


@pytest.fixture
def pair(make_chord_cue) -> tuple[Cue, Cue]:
    """A cue that ends on G:7 at 100 beats a minute, and one in C major after it."""
    first, second = make_chord_cue("C F D:min G:7"), make_chord_cue("C F G C")
    turned = tempo((0, 120.0), (4, 115.0), (5, 108.0), (6, 100.0))
    first = replace(first, tempo=turned, join="segue", name="1M1")
    start = first.end_frame
    later = replace(second, start_frame=start, end_frame=start + (second.end_frame - second.start_frame), name="1M2")
    return first, replace(later, tempo=tempo((0, 100.0)))


def test_key_and_tempo_that_were_prepared_are_told(pair: tuple[Cue, Cue]) -> None:
    found = segue_of(pair[0], pair)
    assert found is not None and found.leads and not found.why
    assert (found.to, found.bpm, found.last_bpm, found.next_bpm) == ("1M2", 120.0, 100.0, 100.0)
    assert found.seconds == pytest.approx(float(pair[0].seconds) - 2.0, abs=1e-3)
    assert "G:7 leads to its C major, the tempo goes from 120 to 100" in found.line()


def test_half_the_tempo_is_the_same_pulse(pair: tuple[Cue, Cue]) -> None:
    slower = replace(pair[1], tempo=tempo((0, 50.0)))
    assert (found := segue_of(pair[0], (slower,))) is not None and not found.why


def test_what_could_not_be_prepared_is_told_with_its_reason(pair: tuple[Cue, Cue]) -> None:
    locked = span_locked(replace(pair[0], steps=(*pair[0].steps[:-1], pair[0].steps[0])), range(3, 4))
    faster = replace(pair[1], tempo=tempo((0, 140.0)))
    found = segue_of(locked, (faster,))
    assert found is not None and not found.leads
    assert found.why == "its last chord is locked and stays, and what it meets leaves no room to turn the tempo"
    fixed = segue_of(replace(pair[0], bpm=100.0), (faster,))
    assert fixed is not None and fixed.why == "its own tempo is fixed"


def test_no_other_join_is_a_segue(pair: tuple[Cue, Cue]) -> None:
    assert segue_of(replace(pair[0], join="cut"), pair) is None
    assert segue_of(pair[0], (pair[0],)) is None


def test_a_cue_begins_in_the_tempo_of_what_is_heard_first(pair: tuple[Cue, Cue]) -> None:
    first = pair[0]
    assert begins_at(first) == 120.0
    cropped = replace(first, heard=(first.end_frame - 1, first.end_frame))
    assert begins_at(cropped) == pytest.approx(100.0)
