from itertools import pairwise

import numpy as np
import pytest

from hitpoint.core.listening.chord_tracking import track_chords
from hitpoint.core.listening.spectra import CHORD_POOL, FRAMES_PER_SECOND
from hitpoint.core.model.vocabulary import CHORDS, token_named

A_SECOND = FRAMES_PER_SECOND / CHORD_POOL


def chances(*held, sure=0.9):
    """Logarithms of the chances of chords held for so many seconds each."""
    rows = []
    for symbol, seconds in held:
        row = np.full(CHORDS, (1 - sure) / (CHORDS - 1))
        row[token_named(symbol)] = sure
        rows += [np.log(row)] * round(seconds * A_SECOND)
    return np.array(rows)


def tracked(rows, seconds, beat=0.5):
    beats = np.arange(0.0, seconds, beat)
    return track_chords(rows, beats, np.arange(len(beats)) % 4 == 0, seconds)


def test_chords_change_where_they_do():
    found = tracked(chances(("C", 4), ("A:min", 4), ("F:maj7", 4)), 12.0)
    assert [chord.token for chord in found] == [token_named(name) for name in ("C", "A:min", "F:maj7")]
    assert [chord.start for chord in found] == pytest.approx([0, 4, 8], abs=0.01)


def test_there_are_no_gaps_from_start_to_end():
    found = tracked(chances(("C", 3), ("G", 3)), 6.4)
    assert found[0].start == 0
    assert found[-1].end == pytest.approx(6.4)
    assert all(a.end == b.start for a, b in pairwise(found))


def test_a_flicker_within_a_beat_is_no_chord():
    found = tracked(chances(("C", 2.2), ("D:min", 0.1), ("C", 3.7)), 6.0)
    assert [chord.token for chord in found] == [token_named("C")]


def test_confidence_tells_sure_from_unsure():
    sure = tracked(chances(("C", 6), sure=0.9), 6.0)[0].confidence
    unsure = tracked(chances(("C", 6), sure=0.02), 6.0)[0].confidence
    assert 0 <= unsure < sure <= 1


def test_without_beats_the_whole_has_one_chord():
    found = track_chords(chances(("E:min", 5)), np.zeros(0), np.zeros(0, bool), 5.0)
    assert [chord.token for chord in found] == [token_named("E:min")]
