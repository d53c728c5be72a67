from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.training.evaluation.baselines import Baseline, Copy, FadeCurve, KneserNey, SongCache

SONGS = [np.array([1, 1, 5, 1, 1, 5, 1, 1, 5, 9]), np.array([5, 5, 1, 9, 9, 5, 5, 1])]


@pytest.fixture(params=["copy", "bigram", "fivegram", "cache"])
def baseline(request: pytest.FixtureRequest) -> Baseline:
    makers: dict[str, Baseline] = {
        "copy": Copy(SONGS),
        "bigram": KneserNey(SONGS, 2),
        "fivegram": KneserNey(SONGS, 5),
        "cache": SongCache(KneserNey(SONGS, 3)),
    }
    return makers[request.param]


@given(tokens=st.lists(st.integers(0, 156), min_size=2, max_size=25))
@pytest.mark.parametrize("kind", [Copy(SONGS), KneserNey(SONGS, 2), KneserNey(SONGS, 4), SongCache(Copy(SONGS))])
def test_every_row_is_a_distribution_without_zeros(kind: Baseline, tokens: list[int]) -> None:
    rows = kind.probabilities(np.array(tokens))
    assert rows.shape == (len(tokens) - 1, 157)
    assert rows.sum(axis=1) == pytest.approx(1.0)
    assert (rows > 0).all()


def test_a_row_does_not_see_its_own_chord_or_what_follows(baseline: Baseline) -> None:
    first, second = baseline.probabilities(np.array([1, 5, 1, 1])), baseline.probabilities(np.array([1, 5, 9, 9]))
    assert first[:2] == pytest.approx(second[:2])


def test_copy_puts_the_last_chord_first_and_then_goes_by_frequency() -> None:
    rows = Copy(SONGS).probabilities(np.array([9, 5]))
    assert np.argsort(-rows[0], kind="stable")[:3].tolist() == [9, 1, 5]


def test_a_bigram_counts_as_chen_and_goodman_do() -> None:
    # 20 one-song pairs; after 1 come 1 (4 times), 2 (twice), 3 (once): n1..n4 make Y = 1/3 and D = 5/9, 0.95, 1.95 ...
    rows = KneserNey([np.array([1, 1, 1, 1, 1, 2, 1, 2, 1, 3])], 2)
    after_one = rows.probabilities(np.array([1, 0]))[0]
    assert after_one[1] > after_one[2] > after_one[3] > after_one[0]
    assert after_one[156] == pytest.approx(after_one[0])


def test_a_longer_context_tells_what_a_short_one_cannot() -> None:
    song = np.array([1, 2, 3, 4, 2, 5] * 20)
    after = np.array([3, 4, 2, 0]), np.array([5, 1, 2, 0])
    assert KneserNey([song], 3).probabilities(after[0])[-1].argmax() == 5
    assert KneserNey([song], 3).probabilities(after[1])[-1].argmax() == 3


def test_a_cache_learns_the_song_it_is_in() -> None:
    new = np.array([100, 101, 102, 100, 101, 102, 100, 101])
    rows = SongCache(KneserNey(SONGS, 3), strength=1.0).probabilities(new)
    assert rows[2:].argmax(axis=1).tolist()[1:] == [101, 102, 100, 101]


def test_the_cache_is_the_formula() -> None:
    prior = Copy(SONGS)
    tokens = np.array([7, 8, 7, 8])
    expected = prior.probabilities(tokens)[2].copy()
    expected = (np.eye(157)[8] + 8.0 * expected) / 9.0  # after 7 came 8, once; nothing came twice after a longer past
    assert SongCache(prior, order=6, strength=8.0).probabilities(tokens)[2] == pytest.approx(expected)


def test_a_fade_curve_is_the_mean_at_the_ends_and_in_the_middle() -> None:
    rise = np.concatenate((np.arange(5.0), np.full(20, 9.0), np.arange(5.0)[::-1]))
    curve = FadeCurve([np.stack((rise, 2 * rise), axis=1)], fade=5).curve(14)
    assert curve[:, 0].tolist() == [0, 1, 2, 3, 4, 9, 9, 9, 9, 4, 3, 2, 1, 0]
    assert (curve[:, 1] == 2 * curve[:, 0]).all()


def test_a_short_song_gets_the_outer_seconds_of_the_fades() -> None:
    rise = np.concatenate((np.arange(5.0), np.full(20, 9.0), np.arange(5.0)[::-1]))
    curve = FadeCurve([np.stack((rise, rise), axis=1)], fade=5).curve(3)
    assert curve[:, 0].tolist() == [0, 9, 0]
