from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.training.evaluation.metrics import (
    PerSong,
    area_under_curve,
    away_from_label_artefact,
    calibration_error,
    change_ranks,
    correlation,
    hits_at,
    log_losses,
    negative_log_likelihoods,
    padded_rmse,
    per_song_mean,
    ranks,
    rmse,
)

SCORES = np.array([[0.1, 0.6, 0.3], [0.5, 0.5, 0.0], [0.2, 0.2, 0.6]])


def test_ranks_count_what_is_scored_before_the_target() -> None:
    assert ranks(SCORES, np.array([2, 0, 0])).tolist() == [1, 0, 1]


def test_equal_scores_rank_by_token() -> None:
    assert ranks(SCORES, np.array([0, 1, 1])).tolist() == [2, 1, 2]


def test_a_target_that_the_model_does_not_know_ranks_last() -> None:
    assert ranks(SCORES, np.array([1, 3, 2])).tolist() == [0, 3, 0]


def test_hits_are_ranks_below_k() -> None:
    assert hits_at(np.array([0, 1, 2, 3]), 3).tolist() == [1, 1, 1, 0]


def test_change_points_are_ranked_among_the_other_chords() -> None:
    previous, targets = np.array([1, 0, 2]), np.array([2, 0, 1])
    assert change_ranks(SCORES, previous, targets).tolist() == [0, 1]  # 0 is tied with 1 and comes first


def test_likelihood_is_in_nats() -> None:
    found = negative_log_likelihoods(np.log(np.array([[0.5, 0.5], [0.25, 0.75]])), np.array([0, 0]))
    assert found == pytest.approx([0.6931, 1.3863], abs=1e-4)


def test_area_under_curve_counts_pairs_and_half_of_ties() -> None:
    scores, labels = np.array([3.0, 1.0, 2.0, 1.0]), np.array([True, True, False, False])
    assert area_under_curve(scores, labels) == pytest.approx((2 + 0.5) / 4)
    assert np.isnan(area_under_curve(scores, np.ones(4, dtype=bool)))


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
def test_area_under_curve_is_the_share_of_pairs_in_order(pairs: list[tuple[int, bool]]) -> None:
    scores, labels = np.array([float(score) for score, _ in pairs]), np.array([label for _, label in pairs])
    above, below = scores[labels][:, None], scores[~labels][None]
    if above.size and below.size:
        expected = ((above > below) + 0.5 * (above == below)).mean()
        assert area_under_curve(scores, labels) == pytest.approx(expected)


def test_the_clean_protocol_leaves_out_two_seconds_in_ten() -> None:
    assert np.flatnonzero(~away_from_label_artefact(np.arange(1, 22))).tolist() == [0, 9, 10, 19, 20]


def test_a_mean_over_songs_weighs_songs_alike_and_a_pooled_one_seconds() -> None:
    values = [np.array([1.0]), np.array([0.0, 0.0, 0.0]), np.array([])]
    assert per_song_mean(values).mean == pytest.approx(0.5)
    assert per_song_mean(values, is_pooled=True).mean == pytest.approx(0.25)


def test_an_interval_holds_the_mean_and_repeats_with_its_seed() -> None:
    score = per_song_mean([np.array([value]) for value in np.linspace(0.0, 1.0, 50)])
    low, high = score.interval(seed=3)
    assert low < score.mean < high
    assert (low, high) == score.interval(seed=3)
    assert 0.1 < high - low < 0.25  # 4 standard errors of 0.29 / sqrt(50)


def test_a_constant_gain_has_no_spread() -> None:
    score = PerSong(np.array([0.1, 0.9, 0.4]), np.ones(3))
    better = PerSong(score.sums + 0.25, np.ones(3))
    assert better.interval_of_gain_over(score) == pytest.approx((0.25, 0.25))


def test_padding_with_zeros_makes_an_error_smaller_and_a_cut_leaves_the_rest_out() -> None:
    predicted, target = np.array([3.0, 0.0]), np.array([0.0, 4.0])
    assert rmse(predicted, target) == pytest.approx(np.sqrt(12.5))
    assert padded_rmse(predicted, target, 4) == pytest.approx(2.5)
    assert padded_rmse(predicted, target, 1) == pytest.approx(3.0)


def test_correlation_knows_no_level_and_no_scale() -> None:
    target = np.array([1.0, 2.0, 4.0])
    assert correlation(10.0 - 3.0 * target, target) == pytest.approx(-1.0)
    assert correlation(np.full(3, 0.1), target) == 0.0
    assert np.isnan(correlation(target, np.full(3, 0.1)))


def test_log_losses_by_hand() -> None:
    lost = log_losses(np.array([0.25, 0.25]), np.array([True, False]))
    assert lost == pytest.approx(-np.log([0.25, 0.75]))


def test_probabilities_that_come_true_as_often_as_said_are_calibrated() -> None:
    said, happened = np.repeat([0.1, 0.8], 10), np.array([True] + [False] * 9 + [True] * 8 + [False] * 2)
    assert calibration_error(said, happened) == pytest.approx(0.0)
    assert calibration_error(said, ~happened) == pytest.approx(0.5 * 0.8 + 0.5 * 0.6)
