from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hitpoint.core.model.vocabulary import CHORDS, chord_of, token_of
from hitpoint.core.music.chord import Chord, Quality, parse_chord
from hitpoint.core.music.colour import ColouredChord, sounded_part
from hitpoint.core.music.key import Key, parse_key
from hitpoint.core.music.voice_ranges import VoiceRanges
from hitpoint.core.music.voicing import voice_led
from hitpoint.core.music.written_chord import degree_name, is_degree, lead_symbol, parse_written


@pytest.mark.parametrize(
    ("typed", "harte", "shown"),
    [
        ("D/F#", "D/3", "D/F♯"), ("d/f♯", "D/3", "D/F♯"), ("Am9", "A:min9", "Am9"), ("C/Bb", "C/b7", "C/B♭"),
        ("C7(b9)", "C:7(b9)", "C7(♭9)"), ("C7b9", "C:7(b9)", "C7(♭9)"), ("Cadd9", "C:maj(9)", "Cadd9"),
        ("A:min(9)/b3", "A:min(9)/b3", "Am(add9)/C"), ("C6/9", "C:maj6(9)", "C6/9"), ("Bø7", "B:hdim7", "Bm7♭5"),
        ("G7sus4", "G:sus4(b7)", "G7sus4"), ("Fmaj7#11", "F:maj7(#11)", "Fmaj7(♯11)"), ("Cm(maj7)", "C:minmaj7", "Cm(maj7)"),
        ("E7#5", "E:aug(b7)", "E7♯5"), ("Eaug7", "E:aug(b7)", "E7♯5"), ("D13#11", "D:7(#11,13)", "D13♯11"),
        ("G7alt", "G:aug(#9,b7)", "G7♯5♯9"), ("Cmaj7#5", "C:aug(7)", "Cmaj7♯5"), ("C7b5", "C:7(#11)", "C7(♯11)"),
        ("C9#11", "C:7(9,#11)", "C9♯11"), ("N.C.", "N", "N.C."), ("F#:sus4", "F#:sus4", "F♯sus4"), ("C/C", "C", "C"),
    ],
)  # fmt: skip
def test_a_symbol_keeps_all_it_says(typed: str, harte: str, shown: str) -> None:
    chord = parse_written(typed)
    assert (chord.symbol(), lead_symbol(chord)) == (harte, shown)
    assert parse_written(harte) == parse_written(shown) == chord


@pytest.mark.parametrize(
    ("typed", "key", "harte"),
    [
        ("ii7", "C", "D:min7"), ("V", "A minor", "E"), ("v", "A minor", "E:min"), ("bVII", "C", "A#"),
        ("VII", "A minor", "G"), ("bVII", "A minor", "G"), ("vii°", "A minor", "G#:dim"), ("V7/V", "C", "D:7"),
        ("I64", "D", "D/5"), ("V65", "C", "G:7/3"), ("iv", "C", "F:min"), ("IVmaj9", "G", "C:maj9"), ("I/3", "C", "C/3"),
        ("viiø7", "C", "B:hdim7"), ("V/ii", "C", "A"),
    ],
)  # fmt: skip
def test_a_degree_is_a_chord_of_its_key(typed: str, key: str, harte: str) -> None:
    assert is_degree(typed)
    assert parse_written(typed, parse_key(key)).symbol() == harte


@pytest.mark.parametrize("typed", ["H", "C99", "C/", "C5", "D/H", "V7/V7", "IIV", "7", "", "C7#7", "Cm7m7"])
def test_what_cannot_be_read_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"write for example|behind the stroke"):
        parse_written(typed)


@given(st.integers(0, 11), st.sampled_from(Quality), st.booleans(), st.integers(-12, 12))
@settings(max_examples=25)
def test_every_plain_chord_is_read_back_in_every_spelling(root: int, quality: Quality, flats: bool, by: int) -> None:
    chord = Chord(root, quality)
    assert parse_written(lead_symbol(chord, flats=flats)) == parse_written(chord.symbol(flats=flats)) == chord
    assert parse_written(degree_name(chord, Key(by % 12)), Key(by % 12)) == chord
    assert parse_written("D/F#").transposed(by).transposed(-by) == parse_written("D/F#")


def test_models_know_the_quality_and_old_readers_the_chord() -> None:
    written = parse_written("D/F#")
    assert token_of(written) == token_of(parse_chord("D"))
    assert parse_chord(written.symbol()) == written.plain == parse_chord("D")
    assert all(parse_written(chord_of(token).symbol()) == chord_of(token) for token in range(CHORDS))


def test_a_written_chord_is_sounded_as_written() -> None:
    slash, ninth = ColouredChord(parse_written("D/F#")), ColouredChord(parse_written("Am9"))
    assert (slash.chord, slash.added, slash.bass) == (parse_chord("D"), (), 6)
    assert (ninth.chord, ninth.added, ninth.bass) == (parse_chord("Am7"), (2,), None)


@pytest.mark.parametrize(
    ("written", "sounded"),
    [("D13#11", (6,)), ("C13b9#11", (6,)), ("Am9/G", ()), ("E7#5", (10,)), ("G7#5#9", (3, 10)), ("C7b9", (1,))],
)
def test_four_voices_sound_what_colours_a_chord_most(written: str, sounded: tuple[int, ...]) -> None:
    assert ColouredChord(parse_written(written)).added == sounded == sounded_part(parse_written(written)).added


def test_the_raised_fifth_of_a_seventh_chord_is_sounded() -> None:
    for root in range(12):
        chords = [Chord(0), parse_written("E7#5").transposed(root), Chord(9, Quality.MIN)]
        tones = {(pitch - 4 - root) % 12 for pitch in voice_led(chords, VoiceRanges(), [72] * 3)[1].pitches}
        assert tones == {0, 4, 8, 10}
