from __future__ import annotations

import pytest

from hitpoint.core.cue.form.tension import crested, culminating, no_greater

SECTIONS = (range(2), range(2, 4), range(4, 5))


def test_the_summit_is_greater_than_any_other_section() -> None:
    assert culminating([4.0, 6.0, 2.0, 2.0, 3.0], SECTIONS, 1, 1.2, 9.0) == pytest.approx([4.0, 6.0, 6.0, 6.0, 3.0])


def test_a_summit_that_is_great_enough_stays_to_the_bit() -> None:
    values = [0.1, 0.2, 0.7, 0.9, 0.3]
    assert culminating(values, SECTIONS, 1, 1.2, 9.0) == values
    assert culminating([1.0, 2.0], (range(2),), 0, 1.2, 9.0) == [1.0, 2.0]


def test_where_the_summit_can_rise_no_further_others_come_down() -> None:
    found = culminating([4.0, 6.0, 2.0, 2.0, 3.0], SECTIONS, 1, 1.25, 5.0)
    assert found == pytest.approx([3.2, 4.8, 5.0, 5.0, 3.0])


def test_a_section_is_brought_down_to_the_greatest_other() -> None:
    assert no_greater([4.0, 2.0, 6.0, 6.0, 1.0], SECTIONS, 1) == pytest.approx([4.0, 2.0, 3.0, 3.0, 1.0])
    assert no_greater([4.0, 2.0, 1.0, 1.0, 1.0], SECTIONS, 1) == [4.0, 2.0, 1.0, 1.0, 1.0]
    assert no_greater([5.0], (range(1),), 0) == [5.0]


def test_the_crest_is_nowhere_lower_than_anything_else() -> None:
    assert crested([4.0, 6.0, 2.0, 7.0, 3.0], range(2, 4), 1.1, 9.0) == pytest.approx([4.0, 6.0, 6.6, 7.0, 3.0])
    assert crested([4.0, 6.0], range(0), 1.1, 9.0) == [4.0, 6.0]
