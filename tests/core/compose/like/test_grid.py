from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.compose.like.grid import grid_of
from hitpoint.core.compose.like.temp import Temp
from hitpoint.core.listening.chord_tracking import HeardChord
from hitpoint.core.listening.listening import Listening


def temp(beats, per_bar=4, phase=0, offset=0.0, compound=False):
    beats = tuple(float(beat) for beat in beats)
    seconds = beats[-1] + 1 if beats else 10.0
    chords = (HeardChord(0.0, seconds, 1, 1.0),)
    return Temp("x", Listening(seconds, beats, beats[phase::per_bar], per_bar, compound, chords=chords), offset)


def on_beats(grid, temp, seconds):
    """The share of the grid's beats inside the recording that lie on one of its beats."""
    times = np.array([float(grid.tempo.seconds_at(n * grid.beat)) for n in range(len(grid.times) - 1)])
    inside = times[(times >= max(temp.beats[0], 0)) & (times <= min(temp.beats[-1], seconds))]
    return np.mean(np.abs(inside[:, None] - temp.beats[None]).min(axis=1) < 0.001)


@given(
    bpm=st.floats(55, 200),
    offset=st.floats(-20, 20),
    phase=st.integers(0, 3),
    per_bar=st.sampled_from([3, 4]),
    wobble=st.floats(0, 0.03),
)
def test_beats_are_kept_wherever_the_recording_lies(bpm, offset, phase, per_bar, wobble):
    rng = np.random.default_rng(0)
    lengths = 60 / bpm * (1 + wobble * rng.normal(size=160).clip(-2, 2))
    recording = temp(0.3 + np.cumsum(lengths), per_bar, phase % per_bar, offset)
    grid = grid_of(recording, 30.0)
    if grid is None:
        assert recording.beats[-1] < 1.0 or recording.beats[0] > 29.0
        return
    assert on_beats(grid, recording, 30.0) > 0.9
    assert grid.times[0] == 0
    assert grid.times[-1] > 30
    assert min(np.diff(grid.times)) > 0.05


@pytest.mark.parametrize("phase", [0, 1, 2, 3])
def test_bars_begin_where_the_recordings_do(phase):
    recording = temp(np.arange(0.5, 40, 0.5), phase=phase)
    grid = grid_of(recording, 30.0)
    assert grid.lead_in % 2 == 0
    bars = {round(float(grid.times[n]), 3) for n in range(grid.lead_in, len(grid.times), 4)}
    wanted = {round(float(beat), 3) for beat in recording.downbeats if 4 < beat < 30}
    assert wanted <= bars


def test_a_recording_in_three_is_a_cue_in_three():
    assert str(grid_of(temp(np.arange(0.0, 40, 0.4), 3), 30.0).metre) == "3/4"


def test_a_compound_beat_is_a_dotted_quarter():
    grid = grid_of(temp(np.arange(0.0, 40, 0.6), 2, compound=True), 30.0)
    assert (str(grid.metre), grid.beat) == ("6/8", Fraction(3, 2))


def test_seven_to_a_bar_is_counted_in_four():
    grid = grid_of(temp(np.arange(0.0, 40, 0.3), 7), 30.0)
    assert str(grid.metre) == "4/4"
    assert on_beats(grid, temp(np.arange(0.0, 40, 0.3), 7), 30.0) == 1


def test_a_recording_that_ends_early_goes_on_in_its_tempo():
    grid = grid_of(temp(np.arange(0.0, 10, 0.5)), 60.0)
    assert np.diff(grid.times)[-20:] == pytest.approx(0.5)
    assert grid.times[-1] > 60


def test_less_weight_evens_the_tempo_out():
    beats = np.cumsum(0.5 + 0.05 * np.sin(np.arange(60)))
    spread = [np.diff(grid_of(temp(beats), 25.0, weight).times)[6:40].std() for weight in (1.0, 0.5, 0.1)]
    assert spread[0] > spread[1] > spread[2]


@pytest.mark.parametrize("beats", [[], [0.5], np.arange(0.0, 3, 0.5), np.arange(50.0, 60, 0.5)])
def test_too_little_is_no_grid(beats):
    assert grid_of(temp(beats), 30.0) is None


def test_no_weight_is_no_grid():
    assert grid_of(temp(np.arange(0.0, 40, 0.5)), 30.0, 0.0) is None
