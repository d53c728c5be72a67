"""Pieces with a form for the tests of harmony."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hitpoint.core.affect import Affect
from hitpoint.core.compose.harmony.context import HarmonyContext, HarmonySection
from hitpoint.core.mood import VALENCE_AROUSAL, Mood
from hitpoint.core.music.key import Key

Piece = Callable[..., HarmonyContext]


@pytest.fixture(scope="session")
def piece() -> Piece:
    """Makes a piece of eight-bar sections, A A' B A unless told."""

    def make(
        themes: str = "A A' B A", mood: Mood | None = None, keys: tuple[Key, ...] = (), **more: object
    ) -> HarmonyContext:
        names = themes.split()
        keys = keys or (Key(0),) * len(names)
        sections = tuple(HarmonySection(8, name, (4, 4), key) for name, key in zip(names, keys, strict=True))
        steps = 16 * len(names)
        affects = () if mood is None else (Affect(*VALENCE_AROUSAL[mood]),) * steps
        moods = () if mood is None else (mood,) * steps
        return HarmonyContext("half", (2,) * (steps // 2), sections, affects, moods, **more)  # type: ignore[arg-type]

    return make
