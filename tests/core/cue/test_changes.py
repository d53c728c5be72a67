from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.cue import changes
from hitpoint.core.cue.cue import Cue, steps_inside, steps_touching
from hitpoint.core.errors import OptionError
from hitpoint.core.mood import Mood, MoodSpan
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key

MakeCue = Callable[..., Cue]


@pytest.fixture
def cue(make_chord_cue: MakeCue) -> Cue:
    return make_chord_cue("C G A:min F C")


def test_a_lock_is_one_chord_and_can_be_taken_back(cue: Cue) -> None:
    locked = changes.chord_locked(cue, 2)
    assert [step.locked for step in locked.steps] == [False, False, True, False, False]
    assert changes.chord_unlocked(locked, 2) == cue


def test_a_stretch_is_locked_and_freed(cue: Cue) -> None:
    locked = changes.span_locked(cue, range(1, 4))
    assert sum(step.locked for step in locked.steps) == 3
    assert changes.span_unlocked(locked, range(5)) == cue


def test_a_chord_that_is_set_is_locked(cue: Cue) -> None:
    changed = changes.chord_set(cue, range(1, 3), parse_chord("Dm7"))
    assert [step.chord.symbol() for step in changed.steps] == ["C", "D:min7", "D:min7", "F", "C"]
    assert [step.locked for step in changed.steps] == [False, True, True, False, False]


def test_transposing_moves_key_and_chords_together(cue: Cue) -> None:
    higher = changes.transposed(cue, 2)
    assert str(higher.key) == "D major"
    assert [step.chord.symbol() for step in higher.steps] == ["D", "A", "B:min", "G", "D"]


@given(semitones=st.integers(-30, 30))
def test_transposing_back_gives_the_cue_again(semitones: int, make_chord_cue: MakeCue) -> None:
    cue = make_chord_cue("C F#:dim7 N", key="Eb major")
    assert changes.transposed(changes.transposed(cue, semitones), -semitones) == cue


def test_a_key_of_the_same_mode_transposes(cue: Cue) -> None:
    assert changes.key_changed(cue, parse_key("F major")) == changes.transposed(cue, 5)


def test_a_key_of_the_other_mode_needs_composing(cue: Cue) -> None:
    with pytest.raises(OptionError, match="--key"):
        changes.key_changed(cue, parse_key("A minor"))


def test_a_mood_is_wished_for_a_stretch(cue: Cue) -> None:
    assert changes.mood_set(cue, 1.0, 3.0, Mood.SAD).moods == (
        MoodSpan(0.0, 1.0, Mood.NEUTRAL),
        MoodSpan(1.0, 3.0, Mood.SAD, wished=True),
        MoodSpan(3.0, 5.0, Mood.NEUTRAL),
    )


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 2), (5, 9), (-3, 0), (float("nan"), 2)])
def test_a_mood_for_nothing_is_refused(start: float, end: float, cue: Cue) -> None:
    with pytest.raises(OptionError):
        changes.mood_set(cue, start, end, Mood.SAD)


def test_dynamics_are_drawn_and_released(cue: Cue) -> None:
    drawn = changes.loudness_drawn(changes.density_drawn(cue, 1, [3, 4]), 2, [0.5])
    assert [(step.density, step.loudness) for step in drawn.steps[1:4]] == [(3, 0.17), (4, 0.5), (10, 0.17)]
    assert [step.drawn for step in drawn.steps] == [False, True, True, False, False]
    assert not any(step.drawn for step in changes.dynamics_released(drawn, range(5)).steps)


@pytest.mark.parametrize("value", [-1.0, 43.0, float("nan"), float("inf")])
def test_a_density_out_of_bounds_is_refused(value: float, cue: Cue) -> None:
    with pytest.raises(OptionError, match="density"):
        changes.density_drawn(cue, 0, [1.0, value])


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_a_loudness_out_of_bounds_is_refused(value: float, cue: Cue) -> None:
    with pytest.raises(OptionError, match="loudness"):
        changes.loudness_drawn(cue, 0, [value])


@pytest.mark.parametrize("span", [range(0), range(4, 6), range(-1, 1), range(3, 2)], ids=str)
def test_a_stretch_that_is_not_there_is_refused(span: range, cue: Cue) -> None:
    for change in (changes.span_locked, changes.span_unlocked, changes.dynamics_released):
        with pytest.raises(OptionError):
            change(cue, span)


def test_a_step_that_is_not_there_is_refused(cue: Cue) -> None:
    with pytest.raises(OptionError):
        changes.chord_locked(cue, 5)


def test_style_and_seed_change_nothing_else(cue: Cue) -> None:
    changed = changes.seed_changed(changes.style_changed(cue, "strings"), 9)
    assert (changed.style, changed.seed, changed.steps) == ("strings", 9, cue.steps)
    with pytest.raises(OptionError):
        changes.seed_changed(cue, -1)
    with pytest.raises(OptionError):
        changes.style_changed(cue, " ")


@pytest.mark.parametrize(
    ("start", "end", "inside", "touching"),
    [
        (1, 3, range(1, 3), range(1, 3)),
        (Fraction(1, 2), 3, range(1, 3), range(3)),
        (1, Fraction(7, 2), range(1, 3), range(1, 4)),
        (Fraction(103, 100), Fraction(297, 100), range(1, 3), range(1, 3)),
        (Fraction(5, 4), Fraction(7, 4), range(0), range(1, 2)),
        (4, 60, range(4, 5), range(4, 5)),
        (6, 7, range(0), range(0)),
    ],
    ids=["whole steps", "early", "late", "a frame off", "within one", "beyond the end", "outside"],
)
def test_times_name_steps(
    start: Fraction, end: Fraction, inside: range, touching: range, make_chord_cue: MakeCue
) -> None:
    cue = make_chord_cue("C C C C C")
    assert steps_inside(cue, Fraction(start), Fraction(end)) == inside
    assert steps_touching(cue, Fraction(start), Fraction(end)) == touching
