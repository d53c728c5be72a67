import numpy as np

from hitpoint.core.listening.onsets import drum_onsets, onset_times
from hitpoint.core.listening.spectra import SAMPLE_RATE, spectra_of

SECONDS = 8.0


def struck(times, low, high, seconds=SECONDS):
    """Bursts of noise between two frequencies."""
    rng = np.random.default_rng(0)
    sound = np.zeros(int(seconds * SAMPLE_RATE), np.float32)
    for time in times:
        burst = rng.normal(size=int(0.06 * SAMPLE_RATE)) * np.exp(-np.linspace(0, 6, int(0.06 * SAMPLE_RATE)))
        spectrum = np.fft.rfft(burst)
        places = np.fft.rfftfreq(len(burst), 1 / SAMPLE_RATE)
        spectrum[(places < low) | (places > high)] = 0
        first = int(time * SAMPLE_RATE)
        sound[first : first + len(burst)] += 0.3 * np.fft.irfft(spectrum, len(burst)).astype(np.float32)
    return sound


def near(found, wanted):
    return all(min(abs(time - want) for time in found) < 0.05 for want in wanted)


def test_strokes_are_found_in_their_bands():
    kicks, hats = np.arange(0.5, SECONDS - 0.5, 1.0), np.arange(0.25, SECONDS - 0.5, 0.5)
    found = drum_onsets(spectra_of(struck(kicks, 40, 150) * 3 + struck(hats, 6000, 10000)).mel)
    assert near([d.time for d in found if d.band == "low"], kicks)
    assert near([d.time for d in found if d.band == "high"], hats)
    assert found == tuple(sorted(found, key=lambda d: d.time))


def test_held_tones_are_no_drums():
    time = np.arange(int(SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    tones = sum(np.sin(2 * np.pi * 220 * 2 ** (n / 12) * time) for n in (0, 4, 7)).astype(np.float32) * 0.1
    assert drum_onsets(spectra_of(tones).mel) == ()


def test_onsets_are_where_something_begins():
    wanted = [1.0, 2.0, 3.5, 5.0]
    found = onset_times(spectra_of(struck(wanted, 100, 8000)).mel)
    assert near(found, wanted)
    assert len(found) <= 6
