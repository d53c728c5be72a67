"""Patterns change from bar to bar, never where a chord or a moment starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.form.bars import bars_of
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.arrange.textures.textures import texture
from hitpoint.core.arrange.textures.variation import varied
from hitpoint.core.cue.cue import Cue

CueMaker = Callable[..., Cue]
DENSE = texture({"t": "x.x.x.x.|x.x.x.x.", "s": ".x.x.x.x|.x.x.x.x"}).variants[0][0]
SPARSE = texture({"t": "x...x...|x...x..."}).variants[0][0]


@given(place=st.integers(0, 3), half=st.integers(0, 1), draw=st.integers(0, 65_535))
def test_the_beginning_of_a_half_bar_and_the_first_bar_of_a_phrase_stay(
    make_cue: CueMaker, place: int, half: int, draw: int
) -> None:
    bar = replace(bars_of(form_of(make_cue("C G " * 8)).steps, None)[0], in_phrase=place)
    for cell in (DENSE, SPARSE):
        found = varied(cell, bar, half, draw, 8)
        assert [s for s in found if s.slot == 0] == [s for s in cell if s.slot == 0]
        assert len(cell) - 1 <= len(found) <= len(cell)
        assert place or found == cell


def test_bars_of_a_phrase_differ(make_cue: CueMaker) -> None:
    bars = bars_of(form_of(make_cue("C G " * 8)).steps, None)
    for cell in (DENSE, SPARSE):
        found = [varied(cell, bar, 1, 12_345 * (1 + bar.number) % 65_536, 8) for bar in bars[:4]]
        assert len(set(found)) >= 2 and found[3] != cell
