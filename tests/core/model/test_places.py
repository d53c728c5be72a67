"""Where a chord stands, and what two places have in common."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.model.places import (
    BAR_PLACES,
    EMBEDDED,
    NEW,
    PLACE_FEATURES,
    PLACES,
    RETURNING,
    VARIED,
    PlacedSection,
    Unit,
    hidden_places,
    place_features,
    places_of,
    unknown_places,
)

SONG = [
    PlacedSection(4, "A", (4,)),
    PlacedSection(4, "A", (4,)),
    PlacedSection(2, "B", (2,)),
    PlacedSection(4, "A'", (2, 2)),
]


def column(name: str, places: np.ndarray) -> list[int]:
    return list(places[:, PLACES.index(name)])


def test_letters_say_whether_a_theme_is_new_returns_or_is_varied() -> None:
    places = places_of(SONG, "bar", [1] * 14)
    assert column("letter", places) == [NEW] * 4 + [RETURNING] * 4 + [NEW] * 2 + [VARIED] * 4


def test_places_in_phrase_and_section_are_counted_in_bars() -> None:
    places = places_of(SONG, "half", [2] * 14)
    assert column("since phrase", places)[-8:] == [1, 1, 2, 2, 1, 1, 2, 2]
    assert column("to phrase end", places)[-8:] == [2, 2, 1, 1, 2, 2, 1, 1]
    assert column("since section", places)[:8] == [1, 1, 2, 2, 3, 3, 4, 4]
    assert column("to section end", places)[:8] == [4, 4, 3, 3, 2, 2, 1, 1]


@pytest.mark.parametrize(
    ("unit", "count", "names"),
    [
        ("half", 2, ["half bar: its line", "half bar: its middle"]),
        ("half", 1, ["half bar: its line"]),
        ("bar", 1, ["bar"]),
        ("beat", 4, ["beat: the line", "beat: weak", "beat: the middle", "beat: weak"]),
        ("beat", 3, ["beat: the line", "beat: weak", "beat: weak"]),
    ],
)
def test_each_kind_of_step_has_places_of_its_own(unit: Unit, count: int, names: list[str]) -> None:
    places = places_of([PlacedSection(1, "A", (1,))], unit, [count])
    assert [BAR_PLACES[place] for place in column("bar", places)] == names


def test_the_same_offset_of_a_theme_is_one_slot_and_the_latest_is_marked() -> None:
    features = dict(zip(PLACE_FEATURES, place_features(places_of(SONG, "bar", [1] * 14)), strict=True))
    assert np.flatnonzero(features["same slot"][11]).tolist() == [1, 5]
    assert np.flatnonzero(features["same slot, the latest"][11]).tolist() == [5]
    assert not features["same slot"][8].any()


def test_a_section_without_a_theme_has_no_slots() -> None:
    places = places_of([PlacedSection(2, "", (2,)), PlacedSection(2, "", (2,))], "half", [2] * 4)
    assert not any(column("slot", places)) and not any(column("letter", places))


@given(st.lists(st.tuples(st.integers(1, 20), st.sampled_from(["A", "A'", "B", ""])), min_size=1, max_size=6))
def test_every_place_has_a_vector_and_nothing_looks_ahead(sections: list[tuple[int, str]]) -> None:
    placed = [PlacedSection(bars, theme, (bars,)) for bars, theme in sections]
    places = places_of(placed, "half", [2] * sum(bars for bars, _ in sections))
    for name, size in EMBEDDED.items():
        assert 0 <= min(column(name, places)) <= max(column(name, places)) < size
    features = place_features(places)
    assert not np.triu(features).any()


def test_what_is_hidden_has_nothing_in_common() -> None:
    places = places_of(SONG, "half", [2] * 14)
    assert not place_features(hidden_places(places, (1, 1, 1), (0, 0, 0))).any()
    assert (hidden_places(places, (1, 1, 1), (1, 1, 1)) == places).all()
    assert not hidden_places(places, (0, 0, 1), (0.5, 0.5, 0.5))[:, PLACES.index("slot")].any()


def test_unknown_places_have_nothing_in_common() -> None:
    assert not place_features(unknown_places(5)).any()
