from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.compose.neighbours import after, joined_wishes, led_key, prepared
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.changes import span_locked
from hitpoint.core.cue.film.joins import Join, join_named
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.errors import OptionError
from hitpoint.core.music.key import Key, parse_key
from hitpoint.core.timebase import FrameRate

EDIT = Edit("film", Path("film.otio"), FrameRate(Fraction(25)), 1000, (Shot("a", 0, 1000),))
KEYS = st.builds(Key, st.integers(0, 11), st.booleans())


@given(KEYS, KEYS)
def test_a_key_that_leads_on_shares_six_tones_or_all_and_keeps_its_mode(chosen: Key, near: Key) -> None:
    led = led_key(chosen, near)
    assert led.is_minor == chosen.is_minor
    assert len(set(led.scale) & set(near.scale)) >= 6


def test_a_key_that_is_near_already_stays() -> None:
    assert led_key(parse_key("A minor"), parse_key("C major")) == parse_key("A minor")
    assert led_key(parse_key("E major"), None) == parse_key("E major")


def test_a_crossfade_lets_the_first_go_on_under_the_second() -> None:
    first, second = joined_wishes(EDIT, [Wishes(0, 200, join=Join.CROSSFADE), Wishes(200, 400)])
    assert (first.end_frame, first.fade_out, second.fade_in) == (250, 2.0, 2.0)
    assert (second.start_frame, second.end_frame) == (200, 400)


def test_a_crossfade_takes_no_more_than_half_of_a_short_cue() -> None:
    first, second = joined_wishes(EDIT, [Wishes(0, 200, join=Join.CROSSFADE), Wishes(200, 240)])
    assert first.end_frame == 220 and second.fade_in == pytest.approx(0.8)


@pytest.mark.parametrize(("seconds", "frames"), [(0.4, 10), (5.0, 100)])
def test_a_crossfade_is_as_long_as_wished_and_half_of_the_shorter_cue_at_most(seconds: float, frames: int) -> None:
    wish = Wishes(0, 200, join=Join.CROSSFADE, crossfade=seconds)
    first, second = joined_wishes(EDIT, [wish, Wishes(200, 500)])
    assert first.end_frame == 200 + frames and first.fade_out == second.fade_in == frames / 25


def test_a_crossfade_goes_over_to_a_cue_that_stays_too() -> None:
    (only,) = joined_wishes(EDIT, [Wishes(0, 200, join=Join.CROSSFADE)], {210: 120.0})
    assert only.end_frame == 260


@pytest.mark.parametrize("others", [{}, {300: 120.0}])
def test_a_crossfade_without_a_neighbour_is_refused(others: dict[int, float]) -> None:
    with pytest.raises(OptionError, match="no cue begins within 2 s"):
        joined_wishes(EDIT, [Wishes(0, 200, join=Join.CROSSFADE, name="1M1")], others)


@pytest.mark.parametrize(("end", "tail"), [(200, 75), (990, 10)])
def test_a_cue_that_rings_out_stays_inside_the_edit(end: int, tail: int) -> None:
    assert joined_wishes(EDIT, [Wishes(0, end, join=Join.RING)])[0].tail_frames == tail


def test_a_segue_prepares_key_and_tempo(make_chord_cue) -> None:
    cue = replace(make_chord_cue("C F G C"), join="segue")
    led = after(Wishes(200, 400), cue)
    assert (led.near, led.near_bpm, led.bpm) == (parse_key("C major"), 120.0, None)
    assert after(Wishes(200, 400, bpm=90.0), cue).bpm == 90.0
    assert prepared(cue, parse_key("D minor")).steps[-1].chord.symbol() == "A:7"


@pytest.mark.parametrize(
    ("bpm", "others", "leads_to"),
    [(None, {}, 0.0), (90.0, {}, 90.0), (None, {205: 80.0}, 80.0), (90.0, {900: 1.0}, 90.0)],
)
def test_a_segue_knows_the_tempo_that_it_leads_to(bpm: float | None, others: dict[int, float], leads_to: float) -> None:
    start = 500 if 205 in others else 200
    first, second = joined_wishes(EDIT, [Wishes(0, 200, join=Join.SEGUE), Wishes(start, 700, bpm=bpm)], others)
    assert first.leads_to == leads_to and second.leads_to is None


def test_a_segue_to_nothing_ends_by_itself() -> None:
    assert joined_wishes(EDIT, [Wishes(0, 200, join=Join.SEGUE)], {600: 120.0})[0].leads_to is None


def test_a_lock_at_the_end_is_nobodys_to_change(make_chord_cue) -> None:
    cue = span_locked(make_chord_cue("C F G C"), range(3, 4))
    assert prepared(cue, parse_key("D minor")) == cue


def test_a_join_that_is_none_is_told_with_all_there_are() -> None:
    with pytest.raises(OptionError, match="cut, crossfade, segue, ring"):
        join_named("jump")
