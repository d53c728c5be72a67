import numpy as np
import pytest

from hitpoint.core.model.rules.manner import BOOKS, InManner, said
from hitpoint.core.model.vocabulary import CHORDS, token_named

SONG = tuple(token_named(name) for name in ("C", "E:min", "A#", "F:min6") * 6)
FLAT = np.zeros(CHORDS)


def chance(books, strength, after="C", wanted="E:min"):
    logits = InManner(SONG, books, strength).apply(FLAT.copy(), [token_named(after)])
    shares = np.exp(logits) / np.exp(logits).sum()
    return shares[token_named(wanted)]


def test_strength_nothing_changes_nothing():
    logits = np.random.default_rng(0).normal(size=CHORDS)
    assert InManner(SONG, 6, 0.0).apply(logits, [5]) is logits


@pytest.mark.parametrize("books", range(1, BOOKS + 1))
def test_more_strength_is_more_of_the_songs_manner(books):
    last = token_named("C")
    new = np.arange(CHORDS) != last
    likeness = said(SONG, books, last)[new]
    means = []
    for strength in (0.0, 0.5, 1.0, 2.0, 3.0):
        shares = np.exp(InManner(SONG, books, strength).apply(FLAT.copy(), [last])[new])
        means.append(float(shares @ likeness / shares.sum()))
    assert means == sorted(means)
    assert means[-1] > means[0] + 0.1


def test_finer_books_know_which_chord_comes_next():
    coarse, fine = (chance(books, 1.0, "E:min", "A#") / chance(books, 1.0, "E:min", "C") for books in (4, 6))
    assert fine > coarse


def test_holding_a_chord_keeps_its_odds():
    last = token_named("A:min")
    assert InManner(SONG, 6, 2.0).apply(FLAT.copy(), [last])[last] == 0.0


def test_what_is_forbidden_stays_forbidden():
    logits = FLAT.copy()
    logits[token_named("E:min")] = -np.inf
    assert InManner(SONG, 6, 3.0).apply(logits, [token_named("C")])[token_named("E:min")] == -np.inf


def test_no_book_shouts():
    assert np.abs(said(SONG, 6, token_named("C"))).max() <= 6 * 0.6 * 1.5 + 1e-9
