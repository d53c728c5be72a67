"""The order in which a stretch among chords that stay is heard."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.model.infill import ONWARD, hearing_order


@given(st.data())
def test_the_stretch_stands_behind_all_that_is_heard(data: st.DataObject) -> None:
    total = data.draw(st.integers(1, 80))
    start = data.draw(st.integers(0, total - 1))
    span = range(start, data.draw(st.integers(start + 1, min(total, start + 20))))
    order = hearing_order(total, span, 20 + 2 * ONWARD + data.draw(st.integers(0, 60)))
    assert order.rows[order.start : order.stop].tolist() == list(span)
    assert not set(order.rows[: order.start]) & set(span)
    assert order.rows[order.stop :].tolist() == list(range(span.stop, min(span.stop + ONWARD, total)))


@given(st.integers(20, 300), st.integers(0, 10))
def test_what_fits_is_heard_once(total: int, start: int) -> None:
    order = hearing_order(total, range(start, start + 5), 400)
    assert sorted(order.rows[: order.start]) == [row for row in range(total) if not start <= row < start + 5]


def test_of_a_long_piece_what_is_near_is_heard() -> None:
    order = hearing_order(1000, range(500, 510), 100)
    assert len(order.rows) == 100
    assert order.rows[: order.start].tolist() == [*range(510, 551), *range(459, 500)]
    near_the_end = hearing_order(1000, range(985, 995), 100)
    assert near_the_end.rows[: near_the_end.start].tolist() == [*range(995, 1000), *range(905, 985)]


def test_of_a_part_of_a_stretch_the_rest_is_not_heard_for_it_is_not_written() -> None:
    order = hearing_order(100, range(10, 20), 300, free=range(10, 60))
    assert order.rows[: order.start].tolist() == [*range(60, 100), *range(10)]
    assert order.rows[order.stop :].tolist() == list(range(20, 20 + ONWARD))
