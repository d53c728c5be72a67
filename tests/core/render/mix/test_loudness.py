import av
import numpy as np
import pytest

from hitpoint.core.render.mix.loudness import (
    LoudnessMeter,
    TruePeakMeter,
    loudest_momentary,
    loudest_short_term,
    loudness_range,
)

RATE = 48_000


def sine(hertz, decibels, seconds, phase=0.0):
    wave = 10 ** (decibels / 20) * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE + phase)
    return np.stack([wave, wave], axis=1)


def loudness(sound, block=70_001):
    meter = LoudnessMeter()
    for first in range(0, len(sound), block):
        meter.add(sound[first : first + block])
    return meter.integrated()


def true_peak(sound, block=10_007):
    meter = TruePeakMeter()
    for first in range(0, len(sound), block):
        meter.add(sound[first : first + block])
    return meter.decibels()


def ffmpeg_says(sound):
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="dbl", layout="stereo", time_base="1/48000")
    meter = graph.add("ebur128", "metadata=1:peak=true:framelog=quiet")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    found = (0.0, 0.0)
    for first in range(0, len(sound), 4800):
        frame = av.AudioFrame.from_ndarray(sound[first : first + 4800].reshape(1, -1), format="dbl", layout="stereo")
        frame.sample_rate, frame.pts = RATE, first
        graph.push(frame)
        found = _pulled(sink, found)
    return found


def _pulled(sink, found):
    while True:
        try:
            said = sink.pull().metadata
        except (BlockingIOError, av.error.EOFError):
            return found
        peak = max(float(said[f"lavfi.r128.true_peaks_ch{channel}"]) for channel in (0, 1))
        found = (float(said["lavfi.r128.I"]), max(found[1], peak))


def test_a_sine_of_minus_23_measures_minus_23():
    assert loudness(sine(1000, -23, 20)) == pytest.approx(-23.0, abs=0.1)


def test_what_is_soft_is_gated_out_as_in_ebu_3341_case_3():
    sound = np.concatenate([sine(1000, -36, 10), sine(1000, -23, 60), sine(1000, -36, 10)])
    assert loudness(sound) == pytest.approx(-23.0, abs=0.1)


def test_silence_and_very_short_sound_have_no_loudness():
    assert loudness(np.zeros((RATE, 2))) == -np.inf
    assert loudness(sine(1000, -3, 0.3)) == -np.inf


def test_a_peak_between_the_samples_is_found():
    assert true_peak(sine(12000, -6, 1, np.pi / 4)[2000:-2000]) == pytest.approx(-6.0, abs=0.4)


def test_blocks_do_not_change_the_peak():
    sound = np.random.default_rng(3).uniform(-0.5, 0.5, (30_000, 2))
    assert true_peak(sound, 999) == pytest.approx(true_peak(sound, 30_000), abs=1e-9)


def test_ffmpeg_measures_the_same_music():
    generator = np.random.default_rng(5)
    swell = 0.02 + 0.3 * np.abs(np.sin(np.linspace(0, 9, 12 * RATE)))[:, None] ** 2
    sound = np.cumsum(generator.standard_normal((12 * RATE, 2)), axis=0)
    sound = np.diff(sound - np.convolve(sound[:, 0], np.ones(64) / 64, "same")[:, None], axis=0, prepend=0) * swell / 4
    lufs, peak = ffmpeg_says(np.ascontiguousarray(sound))
    assert loudness(sound) == pytest.approx(lufs, abs=0.1)
    assert true_peak(sound) == pytest.approx(20 * np.log10(peak), abs=0.5)


def test_range_and_loudest_stretches_are_those_of_ebu_3342_case_1():
    sound = np.concatenate([sine(1000, -20, 20), sine(1000, -30, 20)])
    energy = np.concatenate(
        [np.full(200, np.mean(sound[:48_000] ** 2) * 2), np.full(200, np.mean(sound[-48_000:] ** 2) * 2)]
    )
    assert loudness_range(energy) == pytest.approx(10.0, abs=1.0)
    assert loudest_momentary(energy) == pytest.approx(loudest_short_term(energy)) == pytest.approx(-20.7, abs=0.1)


@pytest.mark.parametrize("hops", [0, 1, 3, 29])
def test_a_sound_shorter_than_three_seconds_has_no_range(hops):
    assert loudness_range(np.full(hops, 0.1)) == 0.0
    assert loudest_short_term(np.full(hops, 0.1)) == -np.inf
