"""What a piece is composed to, as rows."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from hitpoint.core.model.conditions import FREE, GROUPS, NO_WISH, conditions_of, levels_of, smoothed
from hitpoint.core.model.generate import video_matrix


def picture(rows: int = 50, **changed: object) -> NDArray[np.float32]:
    rng = np.random.default_rng(0)
    parts: dict[str, object] = {
        "scene_offset": np.arange(rows) % 5,
        "motion": rng.random(rows) * 20,
        "emotion": np.full((rows, 6), 1 / 6),
        "semantic": None,
    }
    return video_matrix(**{**parts, **changed})  # type: ignore[arg-type]


def test_rows_are_those_of_the_piece_and_one_about_its_end() -> None:
    conditions = conditions_of(picture(50))
    assert len(conditions) == 50
    assert {name: rows.shape for name, rows in conditions.groups.items()} == {
        name: (51, GROUPS[name]) for name in ("scene", "motion", "emotion", "clock")
    }


def test_a_window_tells_of_the_end_only_if_it_is_there() -> None:
    whole = conditions_of(picture(50), locks={0: 1, 49: 5})
    first, last = whole.window(0, 30), whole.window(20, 50)
    assert (len(first), len(first.locks), first.has_end) == (30, 30, False)
    assert (len(last), len(last.locks), last.has_end) == (30, 31, True)
    assert (first.locks[0], last.locks[29], last.locks[30]) == (1, 5, FREE)


def test_the_clock_runs_from_the_start_and_to_the_end() -> None:
    clock = conditions_of(picture(50)).groups["clock"]
    np.testing.assert_allclose(clock[0], [0, np.log1p(40), 1, 0], rtol=1e-6)
    np.testing.assert_allclose(clock[45], [np.log1p(40), np.log1p(5), 0, 0], rtol=1e-6)
    np.testing.assert_allclose(clock[50], [np.log1p(40), 0, 0, 1], rtol=1e-6)


def test_the_scene_tells_the_last_cut_and_the_next() -> None:
    scene = conditions_of(picture(12)).groups["scene"]
    assert scene[:12, 0].tolist() == [1, 0, 0, 0, 0] * 2 + [1, 0]
    np.testing.assert_allclose(np.expm1(scene[:10, 1]), [0, 1, 2, 3, 4] * 2, rtol=1e-5)
    np.testing.assert_allclose(np.expm1(scene[:12, 2]), [4, 3, 2, 1, 0] * 2 + [30, 30], rtol=1e-5)


def test_motion_is_measured_against_the_piece() -> None:
    motion = conditions_of(picture(50)).groups["motion"][:50]
    louder = conditions_of(picture(50, motion=np.zeros(50))).groups["motion"]
    assert abs(float(motion.mean())) < 1e-5
    assert 0.7 < float(motion.std()) < 1.0
    assert not louder.any()


def test_emotion_comes_with_valence_and_arousal() -> None:
    exciting = np.tile([1.0, 0, 0, 0, 0, 0], (9, 1))
    emotion = conditions_of(picture(9, emotion=exciting)).groups["emotion"]
    np.testing.assert_allclose(emotion[4], [2, 0, 0, 0, 0, 0, 0.62, 0.75], rtol=1e-6)


def test_what_is_unknown_everywhere_is_absent_and_single_rows_are_filled() -> None:
    motion = np.full(50, 5.0)
    motion[7] = np.nan
    conditions = conditions_of(picture(50, motion=motion, emotion=np.full((50, 6), np.nan)))
    assert set(conditions.groups) == {"scene", "motion", "clock"}
    assert np.isfinite(conditions.groups["motion"]).all()


def test_no_picture_at_all_leaves_the_clock() -> None:
    assert set(conditions_of(np.full((5, 776), np.nan, np.float32)).groups) == {"clock"}
    assert len(conditions_of(np.zeros((0, 776), np.float32))) == 0


def test_wishes_can_be_taken_back() -> None:
    wished = conditions_of(picture(5), levels=np.zeros((5, 4), np.int64))
    assert wished.has_wishes
    assert not wished.without_wishes().has_wishes
    assert (wished.levels[5] == NO_WISH).all()


@pytest.mark.parametrize(
    ("attribute", "value", "level"),
    [
        ("minor_share", 0.0, 0),
        ("minor_share", 1.0, 7),
        ("change_rate", 0.45, 4),
        ("loudness", 0.1, 4),
        ("density", 10.0, 4),
    ],
)
def test_levels_are_bounded_as_documented(attribute: str, value: float, level: int) -> None:
    assert levels_of(attribute, [value]).tolist() == [level]


def test_smoothing_keeps_a_constant_and_shrinks_at_the_ends() -> None:
    np.testing.assert_allclose(smoothed(np.ones(9), 5), 1.0)
    np.testing.assert_allclose(smoothed([3.0, 0, 0, 0, 0], 3), [1.5, 1, 0, 0, 0])
