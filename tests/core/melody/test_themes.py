"""The theme that is found for a sheet."""

from __future__ import annotations

from collections.abc import Callable

from hitpoint.core.melody.network import melody_network
from hitpoint.core.melody.sheet import LeadSheet
from hitpoint.core.melody.writer import written


def test_a_theme_begins_on_the_first_beat_so_that_the_summit_does(make_sheet: Callable[..., LeadSheet]) -> None:
    theme = written(make_sheet((("A", 8), ("B", 8), ("A'", 8)), seed=20), melody_network()).theme
    assert theme is not None and theme.notes[0].slot == 0
