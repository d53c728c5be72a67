"""Keys are read, spelled, and told from the model's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.errors import OptionError
from hitpoint.core.music.key import Key, parse_key

KEYS = st.builds(Key, st.integers(0, 11), st.booleans())


@given(KEYS)
def test_a_written_key_is_read_as_itself(key: Key) -> None:
    assert parse_key(str(key)) == key


@pytest.mark.parametrize(
    ("text", "key"),
    [("A minor", Key(9, True)), ("Am", Key(9, True)), ("a", Key(9, True)), ("Eb", Key(3)), ("f# min", Key(6, True)),
     (" C major ", Key(0)), ("Bb-minor", Key(10, True)), ("CM", Key(0))],
)  # fmt: skip
def test_keys_are_read_as_editors_write_them(text: str, key: Key) -> None:
    assert parse_key(text) == key


@pytest.mark.parametrize("text", ["", "H minor", "A mixolydian", "auto", "C majors"])
def test_what_is_no_key_is_an_option_error(text: str) -> None:
    with pytest.raises(OptionError, match="no key"):
        parse_key(text)


@given(KEYS)
def test_the_scale_is_the_models_scale_transposed(key: Key) -> None:
    white = {0, 2, 4, 5, 7, 9, 11}
    assert set(key.scale) == {(tone + key.semitones_from_model) % 12 for tone in white}
    assert -5 <= key.semitones_from_model <= 6


def test_signatures_are_spelled_as_musicians_do() -> None:
    assert [str(Key(tonic)) for tonic in (1, 3, 6, 10)] == ["Db major", "Eb major", "F# major", "Bb major"]
    assert [str(Key(tonic, True)) for tonic in (1, 6, 7, 10)] == ["C# minor", "F# minor", "G minor", "Bb minor"]
