import numpy as np
import pytest

from hitpoint.core.listening.chord_tracking import HeardChord
from hitpoint.core.listening.listening import HeardKey, Listening
from hitpoint.core.model.vocabulary import token_named
from hitpoint.core.music.key import Key
from hitpoint.core.training.listening.key_profile import counted_profile
from hitpoint.core.training.listening.measures import agreement
from hitpoint.core.training.listening.performance import Performance
from hitpoint.core.training.listening.pieces import Piece, PieceChord

C_MAJOR = Key(0)
BEATS = np.arange(0.25, 40, 0.5)
TOKENS = np.array([token_named("C"), token_named("G:7")])
PLAYED = Performance("x", "band", (), BEATS, 0, 4, np.array([20.0, 40.0]), TOKENS, Key(0), 40.0)


def heard(beats=BEATS, names=("C", "G:7"), key=C_MAJOR):
    chords = tuple(HeardChord(20.0 * i, 20.0 * i + 20, token_named(name), 1.0) for i, name in enumerate(names))
    keys = (HeardKey(0.0, 40.0, key, 1.0),)
    return Listening(40.0, tuple(beats), tuple(beats[::4]), keys=keys, chords=chords)


def test_what_is_right_scores_one():
    scores = agreement(heard(), PLAYED)
    assert vars(scores) == dict.fromkeys(vars(scores), 1.0)


def test_double_tempo_is_told_from_the_right_one():
    scores = agreement(heard(np.arange(0.25, 39.75, 0.25)), PLAYED)
    assert scores.cmlt == 0
    assert scores.amlt == pytest.approx(1.0, abs=0.05)


def test_a_seventh_that_is_missed_is_no_wrong_triad():
    scores = agreement(heard(names=("C", "G")), PLAYED)
    assert (scores.majmin, scores.sevenths) == (1.0, 0.5)


def test_a_fifth_off_is_half_right():
    assert agreement(heard(key=Key(7)), PLAYED).key == 0.5


def test_a_profile_counts_chords_from_the_tonic():
    chords = (PieceChord(0.0, 30.0, token_named("D")), PieceChord(30.0, 40.0, token_named("A")))
    profile = counted_profile([Piece("x", {}, chords, 40, 4, 0, 0.5, Key(2))])
    assert profile[0].argmax() == token_named("C")
    assert profile[0, token_named("G")] > profile[0, token_named("F")]
    assert np.ptp(profile[1]) == 0
