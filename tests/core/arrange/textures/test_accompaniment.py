"""Played bars: chosen by density and phrase, kept when remembered, laid on any chord."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.textures.accompaniment import NOTES_PER_BEAT, BarWish, figures_for, laid, thinned
from hitpoint.core.arrange.textures.texture_bank import CHAIN_BARS, METRES, piano_bank
from hitpoint.core.music.chord import Chord, Quality
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.voice_ranges import VoiceRanges
from hitpoint.core.music.voicing import voicings_of

KEY = parse_key("C major")
LEVELS = st.integers(0, 8)


def phrase(levels: list[int], metre: str = "4/4", **keys: int) -> tuple[int | None, ...]:
    beats = 4.0 if metre == "4/4" else 3.0
    wishes = [BarWish(level, beats, (0,)) for level in levels]
    return figures_for(piano_bank(), metre, wishes, keys.get("seed", 1), "A", keys.get("phrase", 0))


@pytest.mark.parametrize("metre", METRES)
def test_every_metre_has_chains_of_its_own(metre: str) -> None:
    chains = piano_bank().chains_in(metre)
    assert len(chains) >= 25
    assert all(figure is not None and figure // CHAIN_BARS in chains for figure in phrase([4] * 4, metre))


def test_a_metre_without_chains_has_no_figures() -> None:
    assert phrase([4] * 3, "5/4") == (None, None, None)


def test_no_song_gives_more_than_two_chains_of_a_metre() -> None:
    bank = piano_bank()
    assert max(Counter(zip(bank.songs.tolist(), bank.metres.tolist(), strict=True)).values()) <= 2


def test_a_steady_phrase_is_one_chain_from_its_first_bar() -> None:
    figures = [figure or 0 for figure in phrase([5] * 4)]
    assert [figure % CHAIN_BARS for figure in figures] == [0, 1, 2, 3]
    assert len({figure // CHAIN_BARS for figure in figures}) == 1


def test_people_vary_more_than_any_pattern() -> None:
    """A hundred bars at one level have many rhythms, and no three of them make up most."""
    bars = [figure for number in range(25) for figure in phrase([4] * 4, phrase=number)]
    rhythms = Counter(tuple(sorted({note.slot for note in piano_bank().bar(figure or 0)})) for figure in bars)
    assert len(rhythms) >= 15
    assert sum(count for _, count in rhythms.most_common(3)) <= 60


def test_higher_levels_play_more() -> None:
    means = [
        sum(len(thinned(piano_bank().bar(figure or 0), level, 4.0)) for figure in phrase([level] * 4, seed=7)) / 16
        for level in range(9)
    ]
    assert means == sorted(means)
    assert all(0.6 * wish <= mean <= 1.5 * wish for mean, wish in zip(means, NOTES_PER_BEAT, strict=True))


@given(levels=st.lists(LEVELS, min_size=1, max_size=6), seed=st.integers(0, 2**32), data=st.data())
def test_what_is_remembered_stays_and_the_rest_follows(levels: list[int], seed: int, data: st.DataObject) -> None:
    found = phrase(levels, seed=seed)
    other = [data.draw(LEVELS) for _ in levels]
    known = [BarWish(level, 4.0, (0,), figure) for level, figure in zip(other, found, strict=True)]
    assert figures_for(piano_bank(), "4/4", known, seed + 1, "B", 3) == found


@given(
    figure=st.integers(0, 4 * 637 - 1),
    chord=st.builds(Chord, st.integers(0, 11), st.sampled_from([q for q in Quality if not Chord(0, q).is_silent])),
)
def test_laid_notes_are_tones_of_the_chord_and_near_the_hand(figure: int, chord: Chord) -> None:
    voicing = voicings_of(chord, VoiceRanges())[0]
    for note in piano_bank().bar(figure):
        pitch = laid(note, voicing, chord, KEY, 62, is_late=False)
        assert pitch % 12 in chord.pitch_classes
        assert abs(pitch - ((62 if note.is_high else voicing.bass) + note.height)) <= 6


def test_a_chain_is_never_laid_on_the_chords_it_was_played_on() -> None:
    bank = piano_bank()
    (figure, *_) = phrase([4] * 4)
    own = int(bank.harmonies[(figure or 0) // CHAIN_BARS])
    wishes = [BarWish(4, 4.0, (0,))] * 4
    for other in figures_for(bank, "4/4", wishes, 1, "A", 0, [own]):
        assert bank.harmonies[(other or 0) // CHAIN_BARS] != own
