from __future__ import annotations

import pytest

from hitpoint.core.compose.form.themes import themes_of


@pytest.mark.parametrize("count", range(1, 14))
def test_the_theme_is_back_where_the_cue_culminates_and_at_the_end(count: int) -> None:
    for summit in range(count):
        themes = themes_of(["one"] * count, summit)
        assert themes[summit].startswith("A")
        assert themes[0] == "A"
        assert themes[-1].startswith("A")


def test_something_else_comes_before_the_summit_if_there_is_room() -> None:
    assert themes_of(["one"] * 7, 4) == ("A", "A'", "B", "B'", "A''", "B''", "A'''")


def test_the_summit_has_the_theme_of_its_own_feeling() -> None:
    assert themes_of(["calm", "calm", "fear", "fear", "fear"], 3) == ("A", "A'", "B", "B'", "B''")
