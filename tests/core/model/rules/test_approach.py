from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from hitpoint.core.errors import CheckpointError
from hitpoint.core.model.rules.approach import (
    HORIZON,
    WORST,
    ApproachLocks,
    LeaveForHits,
    backward_messages,
    read_counts,
    smoothed,
    transitions,
)
from hitpoint.core.model.rules.decoding import DecodingOptions, apply_rules, draw
from hitpoint.core.model.rules.rules import LockedChords
from hitpoint.core.model.vocabulary import CHORDS, token_named

C, G, F_SHARP = token_named("C"), token_named("G"), token_named("F#")


def test_transitions_are_chances_and_none_is_nothing() -> None:
    assert transitions().sum(axis=1) == pytest.approx(1.0)
    assert transitions().min() > 0


def test_a_chord_of_the_key_is_a_better_way_to_the_tonic_than_a_foreign_one() -> None:
    message = backward_messages({1: C}, transitions())[0]
    assert message[G] > message[F_SHARP]


def test_messages_are_the_powers_of_the_matrix() -> None:
    messages = backward_messages({4: G}, transitions())
    exact = np.log(np.linalg.matrix_power(transitions(), 3)[:, G])
    assert messages[1] == pytest.approx(np.maximum(exact - exact.max(), WORST))


def test_only_the_next_lock_counts() -> None:
    both = backward_messages({3: C, 6: G}, transitions())
    assert sorted(both) == [0, 1, 2, 4, 5]
    assert np.array_equal(both[1], backward_messages({3: C}, transitions())[1])


def test_far_away_a_lock_is_not_felt() -> None:
    rule = ApproachLocks({HORIZON + 5: C})
    assert np.array_equal(rule.apply(np.zeros(CHORDS), [C]), np.zeros(CHORDS))
    assert not np.array_equal(rule.apply(np.zeros(CHORDS), [C] * 6), np.zeros(CHORDS))


def test_after_the_last_lock_all_is_free() -> None:
    assert np.array_equal(ApproachLocks({1: C}).apply(np.zeros(CHORDS), [C, C]), np.zeros(CHORDS))


def test_a_strength_of_nothing_is_no_rule() -> None:
    assert np.array_equal(ApproachLocks({1: C}, strength=0.0).apply(np.zeros(CHORDS), []), np.zeros(CHORDS))


def test_locks_are_entered_as_naturally_as_other_chords_are_with_it_and_not_without() -> None:
    """A composer that knows the bigram and no future; natural is the mean log chance of its free transitions."""
    matrix, locks = transitions(), {5: token_named("E"), 10: token_named("Bb"), 15: token_named("D:min")}
    entered = {}
    for strength in (0.0, 1.0):
        rules = (LockedChords(locks), ApproachLocks(locks, strength))
        chances = []
        for seed in range(60):
            rng, take = np.random.default_rng(seed), [C]
            while len(take) < 16:
                logits = apply_rules(np.log(matrix[take[-1]]), take, rules)
                take.append(draw(logits, DecodingOptions(top_p=1.0), rng.random()))
            chances.append([np.log(matrix[a, b]) for a, b in pairwise(take)])
        into = np.mean([[row[place - 1] for place in locks] for row in chances])
        entered[strength] = into - np.mean([[row[1], row[2], row[7], row[12]] for row in chances])
    assert entered[1.0] > entered[0.0] + 1.0


def test_before_a_lock_on_a_hit_its_chord_is_left_and_nowhere_else() -> None:
    rule = LeaveForHits({2: C, 4: G}, hits={2, 6})
    changed = [np.flatnonzero(rule.apply(np.zeros(CHORDS), [G] * row)).tolist() for row in range(6)]
    assert changed == [[], [C], [], [], [], []]


def test_what_was_counted_in_one_key_helps_in_another() -> None:
    counts = np.zeros((CHORDS, CHORDS))
    counts[G, C] = 500.0
    chances = smoothed(counts)
    assert chances[token_named("A"), token_named("D")] > 10 * chances[token_named("A"), token_named("E")]


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04broken"], ids=["empty", "text", "broken"])
def test_a_damaged_file_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "bigram.npz").write_bytes(content)
    with pytest.raises(CheckpointError):
        read_counts(tmp_path / "bigram.npz")


@pytest.mark.parametrize(
    "counts", [np.zeros((2, 2)), np.full((CHORDS, CHORDS), -1.0), np.full((CHORDS, CHORDS), np.nan)]
)
def test_a_file_with_other_numbers_is_refused(counts: np.ndarray, tmp_path: Path) -> None:
    np.savez(tmp_path / "bigram.npz", counts=counts)
    with pytest.raises(CheckpointError):
        read_counts(tmp_path / "bigram.npz")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError):
        read_counts(tmp_path / "bigram.npz")
