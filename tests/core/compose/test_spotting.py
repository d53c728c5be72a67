from pathlib import Path

import numpy as np
import pytest

from hitpoint.core.compose.spotting import (
    WISHED_SHARE,
    chosen_key,
    emotion_with_wishes,
    mean_valence_arousal,
    proposed_moods,
)
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.mood import MOODS, Mood, MoodSpan, with_wishes
from hitpoint.core.timebase import FrameRate

RATE = FrameRate.from_float(25)


def edit_with_cuts(*ends: int) -> Edit:
    starts = [0, *ends[:-1]]
    shots = tuple(Shot("s", start * 25, end * 25) for start, end in zip(starts, ends, strict=True))
    return Edit("e", Path("e.otio"), RATE, ends[-1] * 25, shots)


def features_of(moods: list[Mood]) -> PictureFeatures:
    emotion = np.full((len(moods), 6), 0.02, np.float32)
    emotion[np.arange(len(moods)), [MOODS.index(mood) for mood in moods]] = 0.9
    still = np.zeros(len(moods), np.float32)
    return PictureFeatures(still, still, emotion, None, np.ones(len(moods), bool))


def test_each_long_shot_proposes_its_own_mood():
    features = features_of([Mood.SAD] * 6 + [Mood.EXCITING] * 6)
    moods = proposed_moods(edit_with_cuts(6, 12), features, 0, 300)
    assert moods == (MoodSpan(0, 6, Mood.SAD), MoodSpan(6, 12, Mood.EXCITING))


def test_a_faint_mood_of_a_short_shot_is_passed_over():
    features = features_of([Mood.SAD] * 6 + [Mood.EXCITING] + [Mood.SAD] * 5)
    features.emotion[6] = 0.15
    features.emotion[6, MOODS.index(Mood.EXCITING)] = 0.25
    assert proposed_moods(edit_with_cuts(6, 7, 12), features, 0, 300) == (MoodSpan(0, 12, Mood.SAD),)


def test_short_shots_of_one_mood_make_a_stretch_together():
    features = features_of([Mood.SAD] * 6 + [Mood.EXCITING] * 6)
    moods = proposed_moods(edit_with_cuts(6, 7, 8, 9, 10, 11, 12), features, 0, 300)
    assert moods == (MoodSpan(0, 6, Mood.SAD), MoodSpan(6, 12, Mood.EXCITING))


def test_the_cheapest_place_for_a_change_is_a_cut():
    features = features_of([Mood.SAD] * 7 + [Mood.EXCITING] * 9)
    assert proposed_moods(edit_with_cuts(6, 16), features, 0, 400)[0].end == 6.0


def test_proposals_cover_a_range_inside_the_edit():
    features = features_of([Mood.TENSE] * 5)
    moods = proposed_moods(edit_with_cuts(6, 12), features, 100, 225)
    assert (moods[0].start, moods[-1].end) == (4.0, 9.0)


def test_a_wish_cuts_into_the_proposal():
    moods = with_wishes((MoodSpan(0, 10, Mood.SAD),), (MoodSpan(3, 5, Mood.TENSE),))
    assert [(m.start, m.end, m.mood) for m in moods] == [
        (0, 3, Mood.SAD),
        (3, 5, Mood.TENSE),
        (5, 10, Mood.SAD),
    ]


def test_a_later_wish_wins():
    wishes = (MoodSpan(0, 10, Mood.TENSE), MoodSpan(0, 10, Mood.RELAXING))
    assert with_wishes((MoodSpan(0, 10, Mood.SAD),), wishes) == (MoodSpan(0, 10, Mood.RELAXING, wished=True),)


def test_wishes_show_in_the_emotion_rows_and_nowhere_else():
    emotion = np.full((4, 6), 1 / 6, np.float32)
    rows = emotion_with_wishes(emotion, np.arange(4.0), (MoodSpan(1, 3, Mood.SAD),))
    assert rows[1:3, MOODS.index(Mood.SAD)] == pytest.approx(WISHED_SHARE)
    assert np.array_equal(rows[[0, 3]], emotion[[0, 3]])
    assert rows.sum(axis=1) == pytest.approx(1.0)


def test_unhappy_moods_ask_for_a_minor_key():
    rng = np.random.default_rng(0)
    assert chosen_key((MoodSpan(0, 9, Mood.SAD), MoodSpan(9, 10, Mood.EXCITING)), rng).is_minor
    assert not chosen_key((MoodSpan(0, 9, Mood.RELAXING),), rng).is_minor


def test_moods_weigh_by_their_length():
    valence, _ = mean_valence_arousal((MoodSpan(0, 1, Mood.SAD), MoodSpan(1, 4, Mood.NEUTRAL)))
    assert valence == pytest.approx(-0.63 / 4)
