"""Fluctuations: of one size, smooth, and the same wherever they are asked for."""

import numpy as np

from hitpoint.core.perform.fluctuation import Fluctuation


def test_they_have_the_size_that_is_promised():
    curves = [Fluctuation(seed, "Piano", 0) for seed in range(40)]
    values = np.array([[curve.at(beat / 4) for beat in range(200)] for curve in curves])
    assert abs(values.mean()) < 0.1
    assert 0.75 < values.std() < 1.15
    assert np.abs(values).max() <= 2.2


def test_neighbours_are_alike_and_strangers_are_not():
    curve = np.array([Fluctuation(3, "Piano", 0).at(beat / 8) for beat in range(4000)])
    assert np.corrcoef(curve[:-1], curve[1:])[0, 1] > 0.9
    other = np.array([Fluctuation(3, "Bass", 0).at(beat / 8) for beat in range(4000)])
    assert abs(np.corrcoef(curve, other)[0, 1]) < 0.25


def test_every_octave_has_its_share():
    curve = np.array([Fluctuation(1, "Piano", 0).at(beat / 16) for beat in range(16384)])
    power = np.abs(np.fft.rfft(curve)) ** 2
    hertz = np.fft.rfftfreq(len(curve), 1 / 16)
    octaves = [power[(hertz >= low) & (hertz < 2 * low)].sum() for low in (0.0625, 0.125, 0.25, 0.5)]
    assert max(octaves) < 6 * min(octaves)


def test_notes_struck_together_differ():
    curve = Fluctuation(1, "Piano", 1)
    values = {round(curve.apart(4.0, pitch), 6) for pitch in range(40, 80)}
    assert len(values) == 40
    assert all(-1 <= value <= 1 for value in values)
    assert curve.apart(4.0, 60) == Fluctuation(1, "Piano", 1).apart(4.0, 60)
