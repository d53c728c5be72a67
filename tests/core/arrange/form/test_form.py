"""Phrases, cuts and endings."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.hit_wishes import QUIET_SECONDS

CueMaker = Callable[..., Cue]


def phrase_lengths(cue: Cue) -> list[int]:
    starts = [index for index, step in enumerate(form_of(cue).steps) if step.begins_phrase]
    return [b - a for a, b in pairwise([*starts, len(form_of(cue).steps)])]


def test_phrases_last_four_bars(make_cue: CueMaker) -> None:
    assert phrase_lengths(make_cue("C G " * 16)) == [8, 8, 8, 8]


def test_a_short_rest_of_steps_joins_the_last_phrase(make_cue: CueMaker) -> None:
    assert phrase_lengths(make_cue(["C"] * 19)) == [8, 11]


def test_a_phrase_bends_to_begin_on_a_cut(make_cue: CueMaker) -> None:
    assert phrase_lengths(make_cue(["C"] * 24, cuts=[250]))[0] == 10
    assert phrase_lengths(make_cue(["C"] * 24, cuts=[150]))[0] == 6


def test_the_last_step_of_a_phrase_breathes(make_cue: CueMaker) -> None:
    steps = form_of(make_cue(["C"] * 16)).steps
    assert [index for index, step in enumerate(steps) if step.breathes] == [7]


def test_chords_start_on_the_hits_near_them(make_cue: CueMaker) -> None:
    steps = form_of(make_cue(["C"] * 8, cuts=[75, 126, 163])).steps
    starts = {index: step.chord_beat for index, step in enumerate(steps) if step.accented}
    assert starts == {3: 6.0, 5: pytest.approx(10.08), 7: pytest.approx(13.04)}


def test_hits_off_the_grid_are_accents(make_cue: CueMaker) -> None:
    form = form_of(make_cue(["C"] * 8, cuts=[75, 126, 138, 163]))
    assert form.accents == pytest.approx((10.08, 11.04, 13.04))


def test_hits_in_the_last_chord_are_accents_too(make_cue: CueMaker) -> None:
    form = form_of(make_cue("F C G C C C", cuts=[100]))
    assert (form.final, form.accents) == (3, (8.0,))


def test_cuts_count_from_the_start_of_the_cue(make_cue: CueMaker) -> None:
    steps = form_of(make_cue(["C"] * 8, cuts=[40, 115], start_frame=40)).steps
    assert [index for index, step in enumerate(steps) if step.accented] == [3]


@pytest.mark.parametrize(
    ("chords", "final"), [("C F G C", 3), ("C F C C", 2), ("F C C C", 1), ("C F G N", 2), ("N N", 0)]
)
def test_the_last_chord_gets_room(make_cue: CueMaker, chords: str, final: int) -> None:
    assert form_of(make_cue(chords)).final == final


def test_a_last_step_too_short_to_strike_rings_on(make_cue: CueMaker) -> None:
    assert form_of(make_cue("C F G C", seconds=3.4)).final == 2


@settings(deadline=None)
@given(count=st.integers(1, 40), cut_short=st.floats(0, 0.96))
def test_the_end_leaves_room_to_ring_out(make_cue: CueMaker, count: int, cut_short: float) -> None:
    cue = make_cue(["C", "F"] * count, seconds=2 * count - cut_short)
    form = form_of(cue)
    struck, released = cue.tempo.seconds_at(form.steps[form.final].beat), cue.tempo.seconds_at(form.release)
    assert struck < released < cue.seconds
    assert cue.seconds - struck >= QUIET_SECONDS
    assert cue.seconds - released >= min(0.25, (cue.seconds - struck) / 2)


def test_steps_beyond_the_end_are_left_out(make_cue: CueMaker) -> None:
    assert len(form_of(make_cue(["C"] * 10, seconds=3.2)).steps) == 4
