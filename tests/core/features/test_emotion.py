from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from hitpoint.core.features.emotion import PictureRows, emotion_of, mood_probabilities
from hitpoint.core.mood import MOODS, VALENCE_AROUSAL, Mood

ORDINARY = {"motion": 4.8, "brightness": 0.4, "saturation": 0.35, "lighting_key": 0.09, "shadow": 0.3}


def one_shot(seconds: int = 20, length: float = 4.0, **measures: float) -> PictureRows:
    values: dict[str, Any] = {name: np.full(seconds, value) for name, value in (ORDINARY | measures).items()}
    values.setdefault("pleasantness", np.zeros(seconds))
    seen = np.ones(seconds, np.bool_)
    return PictureRows(**values, seen=seen, shot=np.zeros(seconds, np.int64), shot_seconds=np.full(seconds, length))


def likeliest(rows: PictureRows) -> Mood:
    return MOODS[int(emotion_of(rows)[0].argmax())]


@pytest.mark.parametrize(
    ("rows", "mood"),
    [
        (one_shot(length=0.8, motion=30, brightness=0.75, saturation=0.6, shadow=0.05), Mood.EXCITING),
        (one_shot(length=1, motion=25, brightness=0.1, saturation=0.3, shadow=0.9, lighting_key=0.01), Mood.FEARFUL),
        (one_shot(length=1, motion=20, brightness=0.3, shadow=0.3, lighting_key=0.12), Mood.TENSE),
        (one_shot(length=20, motion=0.5, brightness=0.15, saturation=0.1, shadow=0.7), Mood.SAD),
        (one_shot(length=25, motion=0.6, brightness=0.8, saturation=0.4, shadow=0, pleasantness=0.8), Mood.RELAXING),
    ],
    ids=lambda value: value.value if isinstance(value, Mood) else "",
)
def test_plain_cases_get_the_mood_one_expects(rows: PictureRows, mood: Mood) -> None:
    assert likeliest(rows) is mood


@pytest.mark.parametrize("mood", [mood for mood in Mood if mood not in (Mood.NEUTRAL, Mood.FEARFUL)])
def test_a_mood_is_likeliest_where_it_lies(mood: Mood) -> None:
    valence, arousal = VALENCE_AROUSAL[mood]
    found = mood_probabilities(np.array([valence]), np.array([arousal]), np.zeros(1))
    assert MOODS[int(found[0].argmax())] is mood


@pytest.mark.parametrize(
    ("measure", "low", "high", "mood"),
    [("motion", 1.0, 30.0, Mood.EXCITING), ("brightness", 0.2, 0.6, Mood.RELAXING), ("shadow", 0.1, 0.8, Mood.FEARFUL)],
)
def test_each_measure_pulls_its_way(measure: str, low: float, high: float, mood: Mood) -> None:
    column = MOODS.index(mood)
    less, more = (emotion_of(one_shot(**{measure: value}))[0, column] for value in (low, high))
    assert less < more


def test_shorter_shots_are_more_arousing() -> None:
    calm = [MOODS.index(Mood.SAD), MOODS.index(Mood.RELAXING)]
    shares = [emotion_of(one_shot(length=length))[0, calm].sum() for length in (1.0, 4.0, 12.0)]
    assert shares == sorted(shares)


def test_an_unseen_second_has_its_cut_rhythm_alone() -> None:
    unseen = replace(one_shot(length=1.0), seen=np.zeros(20, np.bool_))
    other = replace(one_shot(length=1.0, motion=99, brightness=1, shadow=0), seen=np.zeros(20, np.bool_))
    assert np.array_equal(emotion_of(unseen), emotion_of(other))
    slow = replace(unseen, shot_seconds=np.full(20, 15.0))
    assert not np.allclose(emotion_of(unseen), emotion_of(slow))


def test_smoothing_stays_inside_a_shot() -> None:
    rows = one_shot(brightness=0.2)
    rows.brightness[10:] = 0.8
    hard = emotion_of(replace(rows, shot=np.repeat([0, 1], 10)))
    soft = emotion_of(rows)
    assert np.allclose(hard[0], hard[9])
    assert not np.allclose(soft[0], soft[9])


def test_probabilities_are_as_undecided_as_muvi_syncs() -> None:
    rng = np.random.default_rng(0)
    shot = np.repeat(np.arange(3000), rng.geometric(0.25, 3000))
    count = len(shot)
    length = np.bincount(shot)[shot].astype(float)

    def varying(mean: float, deviation: float) -> np.ndarray:
        per_shot = rng.standard_normal(3000)[shot]
        return mean + deviation * (0.9 * per_shot + 0.43 * rng.standard_normal(count))

    motion = np.exp(varying(np.log(4.8), 1.15))
    brightness = varying(0.4, 0.15)
    shadow = 0.3 - 0.9 * (brightness - 0.4) + 0.12 * rng.standard_normal(count)
    rows = PictureRows(
        motion, brightness, varying(0.35, 0.15), varying(0.09, 0.04), shadow, varying(0.1, 0.4),
        np.ones(count, np.bool_), shot, length,
    )  # fmt: skip
    low, middle, high = np.percentile(emotion_of(rows).max(axis=1), [5, 50, 95])
    assert 0.22 < low < 0.34
    assert 0.40 < middle < 0.50
    assert 0.65 < high < 0.88
