import numpy as np
import pytest

from hitpoint.core.listening.chord_tracking import HeardChord
from hitpoint.core.listening.keys import find_keys, profile_in_all_keys
from hitpoint.core.model.vocabulary import CHORDS, SILENCE, chord_of, token_named, token_of
from hitpoint.core.music.key import Key, parse_key


def profile():
    """Chords of the scale are likely, the tonic likeliest."""
    table = np.full((2, CHORDS), -6.0)
    for mode, names in enumerate((("F", "G", "A:min", "D:min", "C"), ("F:min", "G:min", "G#", "A#", "C:min"))):
        for name in names:
            table[mode, token_named(name)] = -2.0
        table[mode, token_named(names[-1])] = -1.0
    return table


def held(names, each=2.0, transposed=0, start=0.0):
    tokens = [token_of(chord_of(token_named(name)).transposed(transposed)) for name in names]
    return [HeardChord(start + i * each, start + (i + 1) * each, token, 0.9) for i, token in enumerate(tokens)]


@pytest.mark.parametrize("tonic", range(12))
def test_the_key_is_found_wherever_it_lies(tonic):
    found = find_keys(held(["C", "F", "G", "C", "A:min", "F", "G", "C"], transposed=tonic), profile())
    assert [heard.key for heard in found] == [Key(tonic)]


def test_a_change_of_key_is_found():
    first = held(["C", "F", "G", "C"] * 3)
    second = held(["C", "F", "G", "C"] * 3, transposed=3, start=24.0)
    found = find_keys(first + second, profile())
    assert [str(heard.key) for heard in found] == ["C major", "Eb major"]
    assert found[1].start == pytest.approx(24.0, abs=4.0)


def test_minor_is_told_from_its_relative_major():
    assert find_keys(held(["C:min", "F:min", "G:min", "C:min"] * 2), profile())[0].key == parse_key("C minor")


def test_silence_has_no_key():
    assert find_keys([HeardChord(0.0, 9.0, SILENCE, 1.0)], profile()) == ()


def test_the_profile_moves_with_the_tonic():
    keys = profile_in_all_keys(profile())
    assert keys[7, token_named("G")] == profile()[0, token_named("C")]
    assert keys[12 + 9, token_named("A:min")] == profile()[1, token_named("C:min")]
