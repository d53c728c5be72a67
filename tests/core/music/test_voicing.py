"""Voice leading keeps its rules for every progression."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.music.chord import NO_CHORD, Chord, Quality, parse_chord
from hitpoint.core.music.colour import ColouredChord
from hitpoint.core.music.voice_ranges import VoiceRanges
from hitpoint.core.music.voicing import Voicing, has_outer_parallels, voice_led, voicings_of

RANGES = VoiceRanges()
CHORDS = st.builds(Chord, st.integers(0, 11), st.sampled_from(Quality))
PROGRESSIONS = st.lists(CHORDS, min_size=1, max_size=24)


def led(symbols: str) -> tuple[Voicing, ...]:
    chords = [parse_chord(symbol) for symbol in symbols.split()]
    return voice_led(chords, RANGES, [70] * len(chords))


def motion(before: Voicing, after: Voicing) -> int:
    return sum(abs(b - a) for a, b in zip(before.upper, after.upper, strict=True))


@pytest.mark.parametrize("quality", Quality)
@pytest.mark.parametrize("root", range(12))
def test_every_chord_has_voicings_with_its_root_in_the_bass(root: int, quality: Quality) -> None:
    found = voicings_of(Chord(root, quality), RANGES)
    assert any(voicing.bass % 12 == root for voicing in found)


@given(CHORDS)
def test_voicings_stay_in_range_without_crossing(chord: Chord) -> None:
    for voicing in voicings_of(chord, RANGES):
        assert RANGES.bass_low <= voicing.bass <= RANGES.bass_high
        assert RANGES.upper_low <= voicing.upper[0] < voicing.upper[1] < voicing.upper[2] <= RANGES.upper_high
        assert voicing.upper[2] - voicing.upper[0] <= RANGES.upper_span


@given(CHORDS)
def test_voicings_have_all_tones_but_perhaps_the_fifth(chord: Chord) -> None:
    tones = chord.pitch_classes
    needed = {tone for place, tone in enumerate(tones) if place != 2}
    for voicing in voicings_of(chord, RANGES):
        assert needed <= {pitch % 12 for pitch in voicing.pitches} <= set(tones)


@given(CHORDS.filter(lambda chord: len(chord.pitch_classes) == 4))
def test_the_seventh_or_sixth_is_never_doubled(chord: Chord) -> None:
    fourth = chord.pitch_classes[3]
    assert all(sum(pitch % 12 == fourth for pitch in v.pitches) == 1 for v in voicings_of(chord, RANGES))


@given(PROGRESSIONS, st.integers(64, 78))
def test_outer_voices_never_move_in_parallel_fifths_or_octaves(chords: list[Chord], home: int) -> None:
    path = voice_led(chords, RANGES, [home] * len(chords))
    assert not any(has_outer_parallels(before, after) for before, after in pairwise(path))


@given(PROGRESSIONS)
def test_a_progression_starts_and_ends_in_root_position(chords: list[Chord]) -> None:
    path = voice_led(chords, RANGES, [70] * len(chords))
    assert [path[0].bass % 12, path[-1].bass % 12] == [chords[0].root, chords[-1].root]


@given(st.lists(CHORDS, min_size=3, max_size=24), st.data())
def test_voicings_that_were_heard_stay_when_a_chord_between_them_is_another(
    chords: list[Chord], data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(chords) - 2))
    before = voice_led(chords, RANGES, [70] * len(chords))
    changed = [*chords[:place], data.draw(CHORDS), *chords[place + 1 :]]
    heard = [None if index == place else one for index, one in enumerate(before)]
    after = voice_led(changed, RANGES, [66] * len(chords), heard)
    assert (*after[:place], *after[place + 1 :]) == (*before[:place], *before[place + 1 :])


@given(st.lists(CHORDS, min_size=1, max_size=12), st.data())
def test_nothing_that_was_heard_brings_parallels(chords: list[Chord], data: st.DataObject) -> None:
    heard = [data.draw(st.none() | st.sampled_from(voicings_of(chord, RANGES))) for chord in chords]
    path = voice_led(chords, RANGES, [70] * len(chords), heard)
    assert not any(has_outer_parallels(before, after) for before, after in pairwise(path))


def test_a_chord_that_was_heard_in_part_holds_its_voicing() -> None:
    c = parse_chord("C")
    heard = [*led("C F C")[:1], None, None]
    path = voice_led([c, c, c], RANGES, [64, 70, 76], heard)
    assert path[0] == path[1] == path[2] == heard[0]


def test_what_is_no_voicing_of_a_chord_counts_for_nothing() -> None:
    chords = [parse_chord(symbol) for symbol in ("C", "F", "C")]
    strange = Voicing(36, (64, 67, 72))
    assert voice_led(chords, RANGES, [70] * 3, [None, strange, None]) == led("C F C")


def test_parallels_are_recognised() -> None:
    c, d = Voicing(36, (64, 67, 72)), Voicing(38, (66, 69, 74))
    assert has_outer_parallels(c, d)
    assert not has_outer_parallels(c, c)
    assert not has_outer_parallels(c, Voicing(43, (62, 67, 71)))


def test_common_progressions_move_by_little() -> None:
    path = led("C A:min F G C F G:7 C")
    assert sum(motion(before, after) for before, after in pairwise(path)) / (len(path) - 1) <= 7


def test_voice_leading_beats_block_chords() -> None:
    path = led("C F G C A:min D:min G:7 C")
    roots = [0, 5, 7, 0, 9, 2, 7, 0]
    block = sum(3 * abs(b - a) for a, b in pairwise(roots))
    assert sum(motion(before, after) for before, after in pairwise(path)) < block / 2


def test_the_seventh_of_a_dominant_falls() -> None:
    dominant, tonic = led("C G:7 C")[1:]
    voice = next(index for index, pitch in enumerate(dominant.upper) if pitch % 12 == 5)
    assert tonic.upper[voice] - dominant.upper[voice] in (-1, 0, -2)


def test_a_triad_doubles_its_root() -> None:
    for voicing in led("C F G C"):
        root = voicing.bass % 12
        assert sum(pitch % 12 == root for pitch in voicing.pitches) == 2


def test_the_soprano_follows_its_home() -> None:
    chords = [parse_chord(symbol) for symbol in ("C", "F", "C", "G", "C")]
    low, high = (voice_led(chords, RANGES, [home] * 5) for home in (66, 78))
    assert all(a.soprano < b.soprano for a, b in zip(low, high, strict=True))


def test_silence_has_no_voicing() -> None:
    assert voicings_of(NO_CHORD, RANGES) == ()
    assert voice_led([], RANGES, []) == ()


def test_ranges_too_narrow_for_all_chords_are_refused() -> None:
    with pytest.raises(ValueError, match="too narrow"):
        VoiceRanges(upper_low=60, upper_high=70)
    with pytest.raises(ValueError, match="octave above"):
        VoiceRanges(bass_high=50)


def test_smooth_chords_have_no_semitones() -> None:
    chords = [parse_chord("D:min"), ColouredChord(parse_chord("D:min"), (2,)), parse_chord("A#:maj7"), parse_chord("A")]
    found = voice_led(chords, RANGES, [65] * 4, smooth=[True] * 4)
    assert not [one for one in found for low, high in pairwise(sorted(one.pitches)) if high - low == 1]


@pytest.mark.parametrize("following", ["G", "G:7", "G:min"])
def test_a_suspended_fourth_falls_in_its_own_voice(following: str) -> None:
    before, after = led(f"C F G:sus4 {following} C")[2:4]
    falls = [b - a for a, b in zip(before.upper, after.upper, strict=True) if a % 12 == 0]
    assert falls == [-2 if following == "G:min" else -1]


@pytest.mark.parametrize("home", [62, 66, 70])
def test_the_last_dominant_stands_on_its_root(home: int) -> None:
    chords = [parse_chord(symbol) for symbol in ["Bb", "C", "D", "G"]]
    *_, dominant, tonic = voice_led(chords, VoiceRanges(bass_low=28, bass_high=43), [home] * len(chords))
    assert (dominant.bass % 12, tonic.bass % 12) == (2, 7)


def test_no_dominant_stands_on_its_fifth_before_a_tonic_on_its_root() -> None:
    chords = [parse_chord(symbol) for symbol in ["Bb", "C", "D", "G", "C"]]
    path = voice_led(chords, VoiceRanges(bass_low=28, bass_high=43), [66] * len(chords))
    assert not (path[2].bass % 12 == 9 and path[3].bass % 12 == 7)
