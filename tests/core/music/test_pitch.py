"""Note names and frequencies."""

from __future__ import annotations

import pytest

from hitpoint.core.music.pitch import FLAT_NAMES, SHARP_NAMES, frequency, pitch_class_named


def test_both_spellings_name_the_same_pitch_classes() -> None:
    assert [pitch_class_named(name) for name in SHARP_NAMES] == list(range(12))
    assert [pitch_class_named(name) for name in FLAT_NAMES] == list(range(12))


def test_accidentals_add_up_and_wrap() -> None:
    assert [pitch_class_named(name) for name in ("Cb", "B#", "Fb", "E#", "Bbb", "F##")] == [11, 0, 4, 5, 9, 7]


@pytest.mark.parametrize("name", ["", "H", "c", "C4", "Cx", "#C"])
def test_what_is_no_note_name_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no note name"):
        pitch_class_named(name)


def test_concert_pitch_and_middle_c() -> None:
    assert frequency(69) == 440.0
    assert frequency(60) == pytest.approx(261.6256, abs=1e-3)
    assert frequency(81) == pytest.approx(2 * frequency(69))
