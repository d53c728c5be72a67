"""Words with a place in time act on that place only."""

from __future__ import annotations

import pytest

from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.sound import Sound
from hitpoint.core.words.controls import Prompted, prompted
from hitpoint.core.words.reading import read_prompt


def heard(text: str) -> Prompted:
    """What a prompt becomes for a cue of a minute that begins at second 10."""
    return prompted(Wishes(), Sound(), read_prompt(text), (10.0, 70.0))


@pytest.mark.parametrize(
    "text,start,end",
    [
        ("quiet at the end", 55.0, 70.0), ("leise am Ende", 55.0, 70.0), ("sad, quiet in the last 8 seconds", 62.0, 70.0),
        ("in the first 5 s quiet", 10.0, 15.0), ("quiet until 0:20", 10.0, 20.0), ("leise ab Sekunde 30", 30.0, 70.0),
        ("quiet between 20 and 25 seconds", 20.0, 25.0),
    ],
)  # fmt: skip
def test_a_level_is_said_of_its_place_only(text: str, start: float, end: float) -> None:
    found = heard(text)
    (level,) = found.wishes.levels
    assert (level.start, level.end, level.decibels) == (pytest.approx(start), pytest.approx(end), -4.0)
    assert found.sound.loudness == Sound().loudness


def test_levels_follow_each_other() -> None:
    found = heard("first quiet, then loud").wishes.levels
    assert [(one.start, one.end, one.decibels) for one in found] == [(10.0, 40.0, -4.0), (40.0, 70.0, 2.0)]


def test_a_level_of_a_place_is_measured_from_that_of_all() -> None:
    found = heard("quiet, loud at the end")
    assert found.sound.loudness == Sound().loudness - 4 and found.wishes.levels[0].decibels == 6.0


@pytest.mark.parametrize(
    "text", ["tense from 20 seconds", "angespannt ab 20 Sekunden", "tendu à partir de 20 secondes"]
)
def test_a_mood_begins_at_its_second(text: str) -> None:
    (mood,) = heard(text).wishes.moods
    assert (mood.start, mood.end) == (pytest.approx(20.0), pytest.approx(70.0))


def test_what_comes_then_begins_where_the_last_part_ends() -> None:
    for text in ("calm until 20 seconds, then tense", "calm, then tense from 20 seconds"):
        assert [mood.start for mood in heard(text).wishes.moods] == [10.0, pytest.approx(20.0)]


def test_words_of_a_time_outside_the_cue_are_told() -> None:
    assert heard("tense from 90 seconds").ignored == ("tense (from 90 s, where there is no music)",)


def test_the_place_is_told() -> None:
    told = [(one.words, one.value, one.place) for one in heard("quiet from 20 s").understood]
    assert told == [("quiet", "-4 dB", (pytest.approx(20.0), 70.0))]


def test_numbers_without_a_unit_are_no_times() -> None:
    assert heard("strings from 2 violins").ignored == ("2",)


@pytest.mark.parametrize("text", ["strings from 20 seconds", "fast until 30 s", "strings at the end"])
def test_a_time_that_counts_for_nothing_is_told(text: str) -> None:
    told = heard(text).understood[0]
    assert told.place is None and told.missed is not None
    assert "(all through, not only from" in told.told


def test_ensembles_that_follow_each_other_have_their_times() -> None:
    assert all(one.missed is None for one in heard("first strings, then brass").understood)
