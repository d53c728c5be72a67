import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.model.vocabulary import (
    CHORDS,
    END,
    PAD,
    QUALITY_IDS,
    ROOT_IDS,
    VOCABULARY,
    chord_of,
    model_key,
    symbol_of,
    token_named,
    token_of,
)

# From MuVi-Sync's vevo_meta/chord.json, chord_root.json and chord_attr.json: symbol, token, root id, quality id.
EXCERPT = (
    ("N", 0, 0, 0),
    ("C", 1, 1, 1),
    ("C:dim", 2, 1, 2),
    ("C:maj7", 13, 1, 13),
    ("C#", 14, 2, 1),
    ("D:min7", 30, 3, 4),
    ("F:hdim7", 75, 6, 10),
    ("G:7", 102, 8, 11),
    ("A:min", 122, 10, 5),
    ("A#:sus2", 136, 11, 6),
    ("B:maj7", 156, 12, 13),
)


@pytest.mark.parametrize(("symbol", "token", "root", "quality"), EXCERPT)
def test_chords_are_numbered_as_muvi_sync_numbers_them(symbol: str, token: int, root: int, quality: int) -> None:
    assert (token_named(symbol), symbol_of(token)) == (token, symbol)
    assert (ROOT_IDS[token], QUALITY_IDS[token]) == (root, quality)


@given(st.integers(0, CHORDS - 1))
def test_every_token_is_a_chord_and_back(token: int) -> None:
    assert token_of(chord_of(token)) == token
    assert token_named(symbol_of(token)) == token_named(symbol_of(token, flats=True)) == token


def test_end_and_pad_come_after_the_chords_and_have_ids_of_their_own() -> None:
    assert (CHORDS, END, PAD, VOCABULARY) == (157, 157, 158, 159)
    assert (ROOT_IDS[END], ROOT_IDS[PAD], QUALITY_IDS[END], QUALITY_IDS[PAD]) == (13, 14, 14, 15)


def test_root_and_quality_together_tell_every_token_apart() -> None:
    assert len(set(zip(ROOT_IDS, QUALITY_IDS, strict=True))) == VOCABULARY


def test_bb_and_a_sharp_are_one_chord() -> None:
    assert token_named("Bb:min7") == token_named("A#:min7")
    assert symbol_of(token_named("Bb"), flats=True) == "Bb"


@pytest.mark.parametrize("token", [-1, END, PAD, 500])
def test_what_is_no_chord_has_no_chord(token: int) -> None:
    with pytest.raises(ValueError, match="no chord token"):
        chord_of(token)


def test_the_models_think_in_c_major_and_a_minor() -> None:
    assert str(model_key(is_minor=False)) == "C major"
    assert str(model_key(is_minor=True)) == "A minor"
