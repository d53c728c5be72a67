"""Sections come from the cut."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.arrange.form.sections import SectionKind, sections_of
from hitpoint.core.cue.cue import Cue

CueMaker = Callable[..., Cue]


@given(hits=st.lists(st.integers(0, 20), min_size=1, max_size=40), stops=st.booleans())
def test_sections_cover_all_phrases_and_neighbours_differ(hits: list[int], stops: bool) -> None:
    found = sections_of(hits, [8] * len(hits), stops=stops)
    assert [one.first for one in found] == [0, *(one.end for one in found[:-1])]
    assert found[-1].end == len(hits)
    assert all(a.kind is not b.kind for a, b in pairwise(found))


def test_fast_cutting_is_a_peak_and_slow_cutting_lets_go() -> None:
    kinds = {place: one.kind for one in sections_of([2, 9, 2, 0, 2], [8] * 5) for place in range(one.first, one.end)}
    assert kinds[1] is SectionKind.PEAK
    assert kinds[3] is SectionKind.RELEASE


def test_sections_are_marked_in_the_score(make_cue: CueMaker) -> None:
    markers = arrange(make_cue("C F G C " * 10)).markers
    assert [mark.text for mark in markers] == ["Intro", "Build", "Peak", "Release"]
    assert [mark.beat for mark in markers] == [0.0, 16.0, 48.0, 64.0]


@pytest.mark.parametrize(("style", "last"), [("piano", "Release"), ("electronic", "Finale")])
def test_a_style_that_stops_has_a_finale(make_cue: CueMaker, style: str, last: str) -> None:
    assert arrange(make_cue("C F G C " * 10, style=style)).markers[-1].text == last
