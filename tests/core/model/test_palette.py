"""The palette's data, and what of it a feeling asks for."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.affect import Affect
from hitpoint.core.model.palette import PALETTES, colourings, gestures, palette_shares, token_at
from hitpoint.core.model.vocabulary import symbol_of
from hitpoint.core.mood import MOODS, VALENCE_AROUSAL, Mood
from hitpoint.core.music.chord import Quality

DARK = {Quality.DIM, Quality.DIM7, Quality.HDIM7, Quality.AUG}


def test_every_mood_has_gestures_and_each_gesture_a_source() -> None:
    assert {one.mood for one in gestures()} == set(PALETTES)
    assert all(len(one.chords) >= 2 and one.source and one.weight > 0 for one in gestures())


def test_gestures_hold_few_diminished_and_augmented_chords() -> None:
    chords = [quality for one in gestures() for _, quality in one.chords]
    assert sum(quality in DARK for quality in chords) / len(chords) <= 0.05


@pytest.mark.parametrize("mood", MOODS, ids=lambda mood: mood.value)
def test_a_mood_asked_for_itself_has_most_of_its_own_palette(mood: Mood) -> None:
    shares = palette_shares(Affect(*VALENCE_AROUSAL[mood]), mood)
    assert PALETTES[int(shares.argmax())] == mood.value and shares.max() >= 0.75


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_every_point_of_the_plane_has_a_palette(valence: float, arousal: float) -> None:
    assert palette_shares(Affect(valence, arousal)).sum() == pytest.approx(1.0, abs=1e-5)


def test_nothing_felt_asks_for_nothing() -> None:
    assert not palette_shares(None).any()


def test_between_two_moods_both_have_a_share() -> None:
    between = palette_shares(Affect(-0.63, 0.0))
    assert min(between[PALETTES.index("sad")], between[PALETTES.index("fearful")]) > 0.02


@pytest.mark.parametrize("is_minor", [False, True])
def test_colourings_share_out_a_triad_and_keep_its_root(is_minor: bool) -> None:
    matrices = colourings(is_minor=is_minor)
    assert matrices.min() >= 0 and matrices.sum(axis=2) == pytest.approx(1.0)
    for row, column in zip(*np.nonzero(matrices.sum(axis=0)), strict=True):
        if row:
            assert (row - 1) // 13 == (column - 1) // 13


def test_degrees_are_counted_from_the_tonic_of_the_mode() -> None:
    assert symbol_of(token_at((1, Quality.MAJ), is_minor=True)) == "A#"
    assert symbol_of(token_at((10, Quality.MAJ), is_minor=False)) == "A#"
