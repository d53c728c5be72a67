import numpy as np
import pytest

from hitpoint.core.listening.bars import find_bars
from hitpoint.core.listening.spectra import FRAMES_PER_SECOND


def activation(beats, strong, seconds):
    drawn = np.full(int(seconds * FRAMES_PER_SECOND), 0.05)
    for number, beat in enumerate(beats):
        drawn[round(beat * FRAMES_PER_SECOND)] = 0.8 if strong(number) else 0.1
    return drawn


@pytest.mark.parametrize("metre", [3, 4])
@pytest.mark.parametrize("phase", [0, 1, 2])
def test_metre_and_phase_are_found(metre, phase):
    beats = np.arange(0.2, 24, 0.5)
    bars = find_bars(activation(beats, lambda number: number % metre == phase, 25), beats)
    assert bars.beats_per_bar == metre
    assert list(np.flatnonzero(bars.places == 0)) == list(range(phase, len(beats), metre))
    assert bars.confidence > 0.9


def test_a_compound_metre_has_two_beats_where_a_simple_one_has_four():
    beats = np.arange(0.2, 24, 0.5)
    drawn = activation(beats, lambda number: number % 2 == 0, 25)
    assert find_bars(drawn, beats, compound=True).beats_per_bar == 2
    assert find_bars(drawn, beats).beats_per_bar == 4


def test_one_odd_bar_does_not_change_the_others():
    starts = [*range(0, 28, 4), *range(27, 60, 4)]
    beats = np.arange(0.2, 30, 0.5)
    bars = find_bars(activation(beats, lambda number: number in starts, 31), beats)
    assert set(starts[1:-1]) <= set(np.flatnonzero(bars.places == 0).tolist())
    assert bars.beats_per_bar == 4


def test_without_evidence_nothing_is_sure():
    beats = np.arange(0.2, 24, 0.5)
    assert find_bars(activation(beats, lambda number: False, 25), beats).confidence < 0.5


def test_without_beats_there_are_no_bars():
    bars = find_bars(np.full(100, 0.1), np.zeros(0))
    assert len(bars.places) == 0
    assert bars.beats_per_bar == 4
