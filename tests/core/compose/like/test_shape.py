import numpy as np

from hitpoint.core.compose.like.shape import shape_of, themes_from
from hitpoint.core.compose.like.temp import Temp
from hitpoint.core.listening.listening import Curves, HeardSection, Listening


def temp(offset=0.0, seconds=60):
    loud = np.where(np.arange(seconds) < 30, -40.0, -12.0)
    curves = Curves(tuple(loud + 50), tuple(loud), tuple(loud + 900), (60.0,) * seconds, (0.0,) * seconds)
    sections = tuple(
        HeardSection(a, a + 15.0, label) for a, label in ((0.0, "A"), (15.0, "B"), (30.0, "A"), (45.0, "C"))
    )
    bars = tuple(float(bar) for bar in np.arange(0.0, seconds, 2.0))
    return Temp("x", Listening(float(seconds), bars, bars, curves=curves, sections=sections), offset)


def test_borders_and_letters_are_the_recordings():
    assert shape_of(temp(), 60.0).borders == ((0.0, "A"), (15.0, "B"), (30.0, "A"), (45.0, "C"))


def test_what_lies_before_the_cue_is_left_out():
    assert shape_of(temp(offset=-20.0), 40.0).borders == ((0.0, "B"), (10.0, "A"), (25.0, "C"))


def test_before_and_after_the_recording_the_form_is_free():
    borders = shape_of(temp(offset=10.0), 100.0).borders
    assert borders[0] == (0.0, "")
    assert borders[1] == (10.0, "A")
    assert borders[-1] == (70.0, "")


def test_the_climax_is_where_it_breaks_out_on_a_bar_line():
    assert shape_of(temp(), 60.0).climaxes == (30.0,)


def test_a_silent_recording_is_one_section():
    silent = Temp("x", Listening(20.0))
    assert shape_of(silent, 20.0).borders == ((0.0, "A"),)
    assert shape_of(silent, 20.0).climaxes == ()


def test_returns_get_primes_and_letters_go_up():
    assert themes_from(["C", "A", "C", "", "C", "B"]) == ("A", "B", "A'", "", "A''", "C")
