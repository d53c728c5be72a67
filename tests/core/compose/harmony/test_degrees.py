"""Chords as degrees of a key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.compose.harmony.degrees import (
    closing,
    dominants,
    in_other_mode,
    leading_to,
    predominants,
    sounding,
    token_in,
    tonics,
)
from hitpoint.core.model.vocabulary import CHORDS, symbol_of, token_named
from hitpoint.core.music.key import Key


@pytest.mark.parametrize(
    ("symbol", "to_minor", "moved"),
    [
        ("C", True, "A:min"), ("D:min", True, "D:min"), ("F", True, "D:min"), ("G:7", True, "E"), ("A:min", True, "F"),
        ("Bb", True, "G"), ("N", True, "N"), ("A:min", False, "C"), ("F", False, "A:min"), ("D:min7", False, "F"),
        ("Bb", False, "C#"),
    ],
)  # fmt: skip
def test_a_theme_moves_to_the_parallel_mode_degree_by_degree(symbol: str, to_minor: bool, moved: str) -> None:
    assert symbol_of(in_other_mode(token_named(symbol), to_minor=to_minor)) == moved


@given(st.integers(0, CHORDS - 1), st.integers(0, 11), st.booleans())
def test_a_chord_sounds_in_a_key_and_is_found_there_again(token: int, tonic: int, is_minor: bool) -> None:
    key = Key(tonic, is_minor)
    assert token_in(sounding(token, key), key) == token


@pytest.mark.parametrize("is_minor", [False, True])
def test_what_chords_do_is_told_apart(is_minor: bool) -> None:
    kinds = dominants(is_minor=is_minor), predominants(is_minor=is_minor), tonics(is_minor=is_minor)
    assert all(kind.any() for kind in kinds)
    assert not any((a & b).any() for i, a in enumerate(kinds) for b in kinds[i + 1 :])
    assert not (closing(is_minor=is_minor) & kinds[2]).any()


def test_a_new_key_is_led_to_by_its_own_dominant() -> None:
    lead = leading_to(Key(0), Key(2, is_minor=True))
    assert lead[token_named("A")] and lead[token_named("A:7")] and not lead[token_named("G")]
