"""What harmony is written to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hitpoint.core.compose.harmony.context import HarmonyContext, HarmonySection
from hitpoint.core.music.key import Key

Piece = Callable[..., HarmonyContext]
D_MINOR = Key(2, is_minor=True)


def test_a_piece_knows_the_bar_and_key_of_every_step() -> None:
    sections = (HarmonySection(2, "A", (2,), Key(0)), HarmonySection(2, "B", (2,), D_MINOR))
    context = HarmonyContext("half", (2, 1, 2, 1), sections)
    assert context.bar_starts == (0, 2, 3, 5, 6) and context.steps == 6
    assert context.keys == (Key(0),) * 3 + (D_MINOR,) * 3
    assert context.held_from == 5 and len(context.places) == 6


@pytest.mark.parametrize(
    ("bars", "phrases", "affects"), [((2,), (1,), ()), ((2, 2), (1,), ()), ((2, 0), (2,), ()), ((2, 2), (2,), (None,))]
)
def test_what_does_not_add_up_is_refused(
    bars: tuple[int, ...], phrases: tuple[int, ...], affects: tuple[None, ...]
) -> None:
    with pytest.raises(ValueError, match=r"cover|add up|said"):
        HarmonyContext("half", bars, (HarmonySection(2, "A", phrases, Key(0)),), affects)


def test_nothing_felt_is_a_strength_of_one(piece: Piece) -> None:
    context = piece()
    assert context.affect_at(0) is None and context.mood_at(0) is None and context.strength_at(0) == 1.0
