import numpy as np
import pytest

from hitpoint.core.listening.curves import curves_of, energies
from hitpoint.core.listening.spectra import SAMPLE_RATE, spectra_of

RATE = SAMPLE_RATE


def tone(hertz, gain, seconds=3.0):
    return (gain * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE)).astype(np.float32)


def heard(mono, stereo=None):
    spectra = spectra_of(mono)
    rows = energies(np.stack([mono, mono]) if stereo is None else stereo, RATE)
    return curves_of(spectra.mel, spectra.semitones, rows, np.zeros(0))


def test_loudness_is_root_mean_square_below_full_scale():
    assert heard(tone(440, 0.1)).loudness[1] == pytest.approx(-23.01, abs=0.05)
    assert heard(tone(440, 0.01)).loudness[1] == pytest.approx(-43.01, abs=0.05)


def test_a_higher_tone_is_brighter_and_lies_higher():
    low, high = heard(tone(220, 0.1)), heard(tone(1760, 0.1))
    assert low.brightness[1] < 400
    assert high.brightness[1] > 1400
    assert low.register[1] == pytest.approx(57, abs=1.5)
    assert high.register[1] == pytest.approx(93, abs=1.5)


def test_width_goes_from_mono_to_opposite():
    left, right = tone(300, 0.1), tone(500, 0.1)
    assert heard(left).width[1] == 0
    assert heard(left, np.stack([left, right])).width[1] == pytest.approx(1.0, abs=0.05)


def test_silence_has_no_place_and_no_brightness():
    curves = heard(np.zeros(2 * RATE, np.float32))
    assert curves.loudness == (-80.0, -80.0)
    assert curves.brightness == curves.register == curves.width == (0.0, 0.0)


def test_density_counts_onsets_by_the_second():
    mono = tone(440, 0.1)
    spectra = spectra_of(mono)
    curves = curves_of(
        spectra.mel, spectra.semitones, energies(np.stack([mono, mono]), RATE), np.array([0.2, 0.7, 2.1])
    )
    assert curves.density == (2.0, 0.0, 1.0)
