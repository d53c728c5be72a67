from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.melody.fitting import Wish, fitted
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key

C = parse_key("C major")


def wish(
    at: int, pitch: int, symbol: str = "C", *, heavy: bool = False, fixed: bool = False, plain: bool = False
) -> Wish:
    return Wish(Fraction(at), pitch, parse_chord(symbol), C, heavy, fixed, plain)


def test_what_fits_stays_as_it_is() -> None:
    wishes = [wish(0, 60, heavy=True), wish(1, 62), wish(2, 64, heavy=True), wish(3, 67)]
    assert fitted(wishes, 48, 84, "none") == (60, 62, 64, 67)


def test_a_foreign_tone_on_a_strong_beat_resolves_by_step_or_is_none() -> None:
    wishes = [wish(0, 64, heavy=True), wish(2, 65, "C", heavy=True), wish(4, 69, "C", heavy=True)]
    pitches = fitted(wishes, 48, 84, "none")
    middle = pitches[1]
    assert middle % 12 in (0, 4, 7) or 1 <= abs(pitches[2] - middle) <= 2


def test_a_full_cadence_ends_on_the_tonic() -> None:
    assert fitted([wish(0, 67), wish(1, 65), wish(2, 62)], 48, 84, "full")[-1] % 12 in (0, 4)


def test_fixed_notes_stay_whatever_they_cost() -> None:
    assert fitted([wish(0, 61, fixed=True), wish(1, 62)], 48, 84, "full")[0] == 61


def test_no_notes_no_pitches() -> None:
    assert fitted([], 48, 84, "full") == ()


@given(
    st.lists(
        st.tuples(st.integers(40, 90), st.sampled_from(["C", "F", "G:7", "A:min", "N"]), st.booleans()), max_size=9
    )
)
def test_pitches_lie_in_the_range(notes: list[tuple[int, str, bool]]) -> None:
    pitches = fitted([wish(at, *one[:2], heavy=one[2]) for at, one in enumerate(notes)], 55, 79, "half")
    assert len(pitches) == len(notes)
    assert all(55 <= pitch <= 79 for pitch in pitches)


def test_a_theme_over_other_chords_leaves_no_strong_foreign_tone_hanging() -> None:
    shape = [wish(0, 60, "F:min", heavy=True, plain=True), wish(1, 62, "F:min", plain=True)]
    shape += [wish(2, 64, "F:min", heavy=True, plain=True), wish(3, 67, "F:min", plain=True)]
    shape += [wish(4, 64, "F:min", heavy=True, plain=True), wish(5, 60, "F:min", heavy=True, plain=True)]
    pitches = fitted(shape, 48, 84, "none")
    for (pitch, after), one in zip(pairwise(pitches), shape, strict=False):
        resolves = 0 < abs(after - pitch) <= 2 and after % 12 in (5, 8, 0)
        assert not one.is_heavy or pitch % 12 in (5, 8, 0) or resolves


def test_a_phrase_begins_on_a_tone_of_its_chord() -> None:
    assert fitted([wish(0, 62, heavy=True), wish(1, 65), wish(2, 67, heavy=True)], 48, 84, "none")[0] % 12 in (0, 4, 7)
