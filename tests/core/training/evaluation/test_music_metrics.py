from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.model.vocabulary import token_named
from hitpoint.core.training.evaluation.music_metrics import (
    Tokens,
    chord_coverage,
    collapsed,
    distance_floors,
    distances,
    distinct,
    durations,
    hamming,
    histogram_entropy,
    is_copy,
    jensen_shannon,
    lock_violations,
    longest_shared,
    self_bleu,
    tonal_distance,
)

SONG = np.array([0, 0, 1, 1, 1, 5, 0, 5, 9, 9, 1])
TOKENS = st.lists(st.integers(0, 5), min_size=1, max_size=40).map(np.array)


def _chords(*symbols: str) -> Tokens:
    return np.array([token_named(symbol) for symbol in symbols])


def test_collapsing_drops_silence_and_holds() -> None:
    assert collapsed(SONG).tolist() == [1, 5, 9, 1]
    assert collapsed(np.zeros(3, np.int64)).tolist() == []


def test_durations_are_of_chords_and_bounded() -> None:
    assert durations(SONG).tolist() == [3, 1, 1, 2, 1]
    assert durations(np.full(50, 7)).tolist() == [12]


def test_divergence_by_hand() -> None:
    first, second = Counter({"a": 3, "b": 1}), Counter({"a": 1, "b": 3})
    bits = 0.75 * np.log2(0.75 / 0.5) + 0.25 * np.log2(0.25 / 0.5)
    assert jensen_shannon(first, second) == pytest.approx(bits)  # type: ignore[arg-type]


@given(TOKENS, TOKENS)
def test_a_divergence_is_symmetric_and_between_0_and_1(first: Tokens, second: Tokens) -> None:
    one, two = Counter(first.tolist()), Counter(second.tolist())
    assert jensen_shannon(one, two) == pytest.approx(jensen_shannon(two, one), abs=1e-12)
    assert 0.0 <= jensen_shannon(one, two) <= 1.0 + 1e-12
    assert jensen_shannon(one, one) == 0.0


def test_songs_are_no_distance_from_themselves() -> None:
    assert set(distances([SONG, SONG], [SONG]).values()) == {0.0}
    assert distances([SONG], [SONG + 20])["unigram"] == pytest.approx(1.0)


def test_floors_are_what_like_songs_have() -> None:
    rng = np.random.default_rng(0)
    songs = [rng.integers(1, 6, size=100) for _ in range(20)]
    floors = distance_floors(songs, 5, rng)
    assert all(0 < mean < 0.3 and 0 < deviation < mean for mean, deviation in floors.values())


def test_entropy_and_coverage_by_hand() -> None:
    assert histogram_entropy(np.array([1, 2, 3, 4])) == 2.0
    assert histogram_entropy(np.array([0, 0, 7, 7])) == 0.0
    assert chord_coverage(SONG) == 3


def test_tonal_distance_by_hand() -> None:
    fifth, tritone = tonal_distance(_chords("C", "G", "C")), tonal_distance(_chords("C", "F#", "C"))
    assert 0 < fifth < tritone
    assert tonal_distance(_chords("C", "C", "N", "F#")) == pytest.approx(tritone)
    assert np.isnan(tonal_distance(_chords("C", "C")))
    phases = np.array([[pitch * turn for turn in (7 / 6, 3 / 2, 2 / 3)] for pitch in (0, 4, 7)]) * np.pi
    radii = np.array([1, 1, 0.5])
    c = np.concatenate(((np.sin(phases) * radii).mean(axis=0), (np.cos(phases) * radii).mean(axis=0)))
    phases = np.array([[pitch * turn for turn in (7 / 6, 3 / 2, 2 / 3)] for pitch in (7, 11, 2)]) * np.pi
    g = np.concatenate(((np.sin(phases) * radii).mean(axis=0), (np.cos(phases) * radii).mean(axis=0)))
    assert fifth == pytest.approx(np.linalg.norm(c - g))


def test_distinct_pairs_by_hand() -> None:
    assert distinct([np.array([1, 2, 1, 2]), np.array([1, 1, 2])], 2) == pytest.approx(2 / 4)
    assert np.isnan(distinct([np.array([1])], 2))


def test_copies_have_a_self_bleu_of_1_and_strangers_near_0() -> None:
    line = np.array([1, 2, 3, 4, 5, 6])
    assert self_bleu([line, line]) == pytest.approx(1.0)
    assert self_bleu([line, line + 50]) < 0.05


def test_self_bleu_by_hand() -> None:
    first, second = np.array([1, 2, 3, 4, 5]), np.array([1, 2, 3, 4, 9])
    # 4 of 5 chords, 3 of 4 pairs, 2 of 3 triples, 1 of 2 fours; equal lengths, so no brevity penalty
    assert self_bleu([first, second]) == pytest.approx((4 / 5 * 3 / 4 * 2 / 3 * 1 / 2) ** 0.25)


def test_hamming_counts_free_seconds_only() -> None:
    rows = [np.array([1, 2, 3, 4]), np.array([1, 2, 5, 6]), np.array([1, 2, 3, 6])]
    assert hamming(rows) == pytest.approx((0.5 + 0.25 + 0.25) / 3)
    assert hamming(rows, np.array([True, True, False, False])) == 0.0


def test_the_longest_shared_stretch_has_enough_chords_and_stays_inside_one_song() -> None:
    songs = [np.array([9, 1, 2, 3, 4]), np.array([5, 6, 7, 7, 7, 7, 7, 7, 7])]
    assert longest_shared(np.array([0, 1, 2, 3, 4, 5, 6]), songs) == (1, 4)
    assert longest_shared(np.full(8, 7), songs) == (0, 0)
    assert longest_shared(np.full(8, 7), songs, fewest=1) == (0, 7)


@given(TOKENS, TOKENS)
def test_the_longest_shared_stretch_is_the_one_found_by_trying_all(first: Tokens, second: Tokens) -> None:
    one, two = first.tolist(), second.tolist()
    inside = {tuple(two[a:b]) for a in range(len(two)) for b in range(a + 1, len(two) + 1)}
    pieces = [one[a:b] for a in range(len(one)) for b in range(a + 1, len(one) + 1)]
    best = max((len(piece) for piece in pieces if len(set(piece)) >= 3 and tuple(piece) in inside), default=0)
    assert longest_shared(np.array(one), [np.array(two)])[1] == best


@pytest.mark.parametrize(
    ("stretch", "copied"),
    [([1, 2, 3, 4, 5, 6], True), ([1, 2, 3, 4, 1, 2], False), ([1, 2, 3, 4] * 2 + [1], True), ([1, 2, 3, 4], False)],
    ids=["five chords", "a loop", "more than two turns", "within the bound"],
)
def test_a_copy_is_long_and_no_common_loop(stretch: list[int], copied: bool) -> None:
    assert is_copy(np.array(stretch), 5) == copied


def test_lock_violations_are_counted() -> None:
    assert lock_violations(np.array([1, 2, 3]), {0: 1, 2: 9}) == 1
