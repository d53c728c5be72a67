"""Stretches and passages as an editor writes them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hitpoint.core.compose.style_wishes import parsed_morph, parsed_stretch, styling_of_wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.styling import StyleSpan
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError


@pytest.fixture(scope="module")
def edit(make_chord_cue: Callable[..., Cue]) -> Edit:
    return make_chord_cue("C " * 40).edit


def test_a_morph_plays_its_first_before_and_its_second_after(edit: Edit) -> None:
    style, spans = styling_of_wishes("piano", [parsed_morph(edit, "10-20=strings > jazz", "ease")], 0, 1000)
    assert style == "strings"
    assert spans == (StyleSpan(250, 500, "strings", "jazz", curve="ease"), StyleSpan(500, 1000, "jazz"))


def test_a_stretch_changes_nothing_outside_of_it(edit: Edit) -> None:
    style, spans = styling_of_wishes("piano", [parsed_stretch(edit, "10-20=Strings")], 0, 1000)
    assert (style, spans) == ("piano", (StyleSpan(250, 500, "strings"),))


def test_a_stretch_after_a_morph_wins_over_its_second(edit: Edit) -> None:
    wishes = [parsed_morph(edit, "10-20=piano>strings"), parsed_stretch(edit, "30-40=jazz")]
    style, spans = styling_of_wishes("piano", wishes, 0, 1000)
    assert style == "piano" and [(s.start_frame, s.style) for s in spans] == [
        (250, "piano"),
        (500, "strings"),
        (750, "jazz"),
    ]


@pytest.mark.parametrize("text", ["10-20=piano", "piano>strings", "20-10=piano>strings", "10-99=piano>jazz", "1-2=x>y"])
def test_a_morph_that_makes_no_sense_says_why(edit: Edit, text: str) -> None:
    with pytest.raises(OptionError, match=r"--morph|no style"):
        parsed_morph(edit, text)
