import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hitpoint.core.listening.beat_tracking import track_beats
from hitpoint.core.listening.spectra import FRAMES_PER_SECOND


def pulses(times, seconds):
    """An activation with a peak at each time, as the network draws them."""
    frames = np.arange(int(seconds * FRAMES_PER_SECOND))
    distance = np.abs(frames[:, None] / FRAMES_PER_SECOND - np.asarray(times)[None, :]).min(axis=1)
    return 0.02 + 0.9 * np.exp(-((distance / 0.02) ** 2))


@settings(max_examples=15, deadline=None)
@given(bpm=st.floats(66, 190), phase=st.floats(0.0, 0.3))
def test_an_even_pulse_is_found_at_any_tempo(bpm, phase):
    beats = np.arange(phase + 0.05, 20, 60 / bpm)
    found = track_beats(pulses(beats, 20)).times
    inner = beats[(beats > 1) & (beats < 19)]
    assert max(np.abs(found - beat).min() for beat in inner) < 0.03


def test_a_pulse_that_slows_down_is_followed():
    beats = np.cumsum(np.linspace(0.5, 0.7, 40))
    found = track_beats(pulses(beats, beats[-1] + 0.5)).times
    assert max(np.abs(found - beat).min() for beat in beats[4:-1]) < 0.03
    assert abs(len(found) - 40) <= 2


def test_beats_go_on_through_a_gap():
    beats = np.arange(0.2, 24, 0.5)
    heard = [beat for beat in beats if not 8 < beat < 11]
    found = track_beats(pulses(heard, 24)).times
    assert all(np.abs(found - beat).min() < 0.06 for beat in beats[1:-1])


def test_the_tempo_is_looked_for_where_it_is_asked_for():
    found = track_beats(pulses(np.arange(0.1, 20, 0.5), 20), slowest=55, fastest=65).times
    assert np.median(np.diff(found)) == pytest.approx(1.0, abs=0.02)


def test_nothing_is_found_in_next_to_nothing():
    assert len(track_beats(np.full(20, 0.1)).times) == 0
