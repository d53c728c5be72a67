import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hitpoint.core.cue.sound import Level
from hitpoint.core.render.mix.bus import MAX_GAIN, MAX_REDUCTION, compressing_curve, master
from hitpoint.core.render.mix.levels import CHUNK, LevelMeter
from hitpoint.core.render.mix.limiter import limiting_curve
from hitpoint.core.render.mix.loudness import LoudnessMeter, TruePeakMeter
from hitpoint.core.render.mix.mix import MixSettings

pytestmark = pytest.mark.determinism

RATE = 48_000


def plucked(seconds=6, height=0.3, seed=0, every=0.4):
    """Struck tones over a little noise: far from steady."""
    random = np.random.default_rng(seed)
    time = np.arange(int(seconds * RATE)) / RATE
    decay = np.exp(-8 * (time % every))
    tones = [np.sin(2 * np.pi * random.uniform(80, 2000) * time) * decay for _ in range(2)]
    return height * (np.stack(tones, axis=1) + 0.02 * random.normal(size=(len(time), 2)))


def levels_of(sound, block=100_000, **how):
    meter = LevelMeter(**how)
    for first in range(0, len(sound), block):
        meter.add(sound[first : first + block], np.abs(sound[first : first + block]).max(axis=1))
    return meter.levels()


def mastered(sound, **settings):
    curve = master(levels_of(sound), MixSettings(**settings))
    heard = sound * curve.gains(0, len(sound))[:, None]
    loudness, peaks = LoudnessMeter(), TruePeakMeter()
    loudness.add(heard)
    peaks.add(heard)
    return curve, heard, loudness.integrated(), peaks.decibels()


def test_levels_are_those_of_the_meters():
    sound = plucked()
    levels, loudness, peaks = levels_of(sound), LoudnessMeter(), TruePeakMeter()
    loudness.add(sound)
    peaks.add(sound)
    assert 20 * math.log10(levels.peak.max()) == pytest.approx(peaks.decibels(), abs=1e-4)
    assert len(levels.energy) == len(levels.peak) == len(levels.stem_peak) == -(-len(sound) // CHUNK)


def test_blocks_do_not_change_the_levels():
    sound = plucked(2)
    whole, pieces = levels_of(sound), levels_of(sound, block=777)
    for name in ("energy", "peak", "stem_peak"):
        np.testing.assert_allclose(getattr(pieces, name), getattr(whole, name), rtol=1e-4, atol=1e-9)


@settings(max_examples=10)
@given(seed=st.integers(0, 2**32 - 1), block=st.integers(100, 50_000), flat=st.floats(0.01, 1.0))
def test_the_highest_peak_is_found_without_looking_at_all_others(seed, block, flat):
    sound = np.clip(plucked(2, seed=seed), -flat, flat)
    full, quick = levels_of(sound, block), levels_of(sound, block, only_highest=True)
    assert quick.true_peak == pytest.approx(full.true_peak, abs=1e-4)
    np.testing.assert_array_equal(quick.energy, full.energy)


def test_threads_do_not_change_the_levels():
    sound = plucked(2)
    with ThreadPoolExecutor(2) as pool:
        there, here = levels_of(sound, pool=pool), levels_of(sound)
    np.testing.assert_array_equal(there.peak, here.peak)


@pytest.mark.parametrize("height", [1e-2, 0.3, 5.0])
@pytest.mark.parametrize("target", [-23.0, -16.0, -14.0, -12.0])
def test_the_loudness_asked_for_is_met_below_the_peak(target, height):
    _, _, loudness, true_peak = mastered(plucked(height=height), target_lufs=target)
    assert loudness == pytest.approx(target, abs=0.1)
    assert true_peak <= -1.0


@given(st.lists(st.floats(-40, 20), min_size=1, max_size=300))
def test_the_limiter_never_lets_a_peak_pass_and_never_lifts_one(excess):
    needed, curve = np.array(excess), limiting_curve(np.array(excess))
    assert len(curve) == len(needed) + 1
    assert np.all(curve <= 0.0)
    assert np.all(needed + np.maximum(curve[:-1], curve[1:]) <= 1e-9 + np.maximum(needed, 0) * (needed <= 0))


def test_the_limiter_leaves_alone_what_lies_below_the_ceiling():
    assert not limiting_curve(np.full(1000, -0.01)).any()


def test_the_limiter_falls_before_a_peak_and_recovers_after_it():
    excess = np.full(3000, -20.0)
    excess[1500] = 6.0
    curve = limiting_curve(excess)
    assert curve[1480] == 0.0 > curve[1487] > curve[1497]
    assert curve[1500] == pytest.approx(-6.0)
    assert -6.0 < curve[1700] < 0.0 == curve[2200]
    assert np.abs(np.diff(curve)).max() < 1.5


def test_only_what_is_louder_than_the_whole_is_compressed():
    sound = np.concatenate([0.1 * plucked(4), plucked(4), 0.1 * plucked(4)])
    curve = compressing_curve(levels_of(sound).energy)
    loud = slice(4 * 1500 + 100, 8 * 1500)
    assert curve[loud].min() < -0.5
    assert curve.min() >= -6.0
    assert curve[: 4 * 1500].min() > -0.1


@given(st.integers(0, 10_000), st.integers(1, 5000))
def test_the_gains_of_a_stretch_are_those_of_the_whole(first, count):
    curve = master(_LEVELS, MixSettings(target_lufs=-10.0))
    whole = curve.gains(0, 15_000)
    np.testing.assert_allclose(curve.gains(first, first + count), whole[first : first + count], rtol=1e-12)


_LEVELS = levels_of(plucked(0.5))


@pytest.mark.parametrize("samples", [0, 1, 31, 32, 33, 4800, 48_000])
def test_silence_of_any_length_stays_silence(samples):
    curve = master(levels_of(np.zeros((samples, 2))), MixSettings())
    np.testing.assert_array_equal(curve.gains(0, samples), np.ones(samples))


def test_next_to_nothing_is_not_lifted_to_the_roof():
    curve, heard, _, _ = mastered(plucked(height=1e-6))
    assert curve.gain_decibels == MAX_GAIN
    assert np.abs(heard).max() < 2e-6 * 10 ** (MAX_GAIN / 20)


def test_what_is_too_short_to_measure_is_no_louder_than_asked():
    curve, heard, _, true_peak = mastered(plucked(0.1), target_lufs=-23.0)
    assert np.isfinite(curve.points).all()
    assert -30 < true_peak <= -1.0 and np.abs(heard).max() < 10 ** (-1 / 20)


def test_a_lone_click_is_not_limited_to_death():
    sound = np.zeros((5 * RATE, 2))
    sound[RATE] = 0.5
    sound[RATE:] += 1e-3 * plucked(4)
    curve, _, loudness, true_peak = mastered(sound, target_lufs=-8.0)
    assert curve.deepest_limiting >= -MAX_REDUCTION - 0.01
    assert true_peak <= -1.0 and loudness < -8.5


def test_no_stem_passes_full_scale_though_the_sum_is_soft():
    stem = plucked(2, height=2.0)
    meter = LevelMeter()
    meter.add(0.001 * stem, np.abs(stem).max(axis=1))
    curve = master(meter.levels(), MixSettings())
    assert np.abs(stem * curve.gains(0, len(stem))[:, None]).max() < 1.0


def test_a_level_of_its_own_gives_the_same_curve_again():
    levels = levels_of(plucked())
    first = master(levels, MixSettings(target_lufs=-12.0))
    again = master(levels, MixSettings(target_lufs=-12.0, level=first.level))
    np.testing.assert_array_equal(again.points, first.points)
    assert (again.level, again.level_change) == (first.level, None)


def test_a_level_of_before_is_kept_while_it_is_near_and_given_up_when_it_is_not():
    levels, kept = levels_of(plucked()), []
    own = master(levels, MixSettings()).level
    for off in (-0.6, -0.4, 0.4, 0.6):
        level = replace(own, gain=own.gain + off)
        curve = master(levels, MixSettings(level=level))
        kept.append(curve.level == level)
        assert curve.level_change is None if kept[-1] else curve.level_change == pytest.approx(-off)
    assert kept == [False, True, True, False]


def test_a_level_for_another_loudness_says_nothing():
    levels = levels_of(plucked())
    before = master(levels, MixSettings(target_lufs=-16.0)).level
    curve = master(levels, MixSettings(target_lufs=-15.8, level=before))
    assert curve.level == master(levels, MixSettings(target_lufs=-15.8)).level
    assert curve.level_change is None


def test_silence_keeps_the_level_that_the_cue_had():
    level = Level(-24.0, 8.0, -16.0)
    assert master(levels_of(np.zeros((4800, 2))), MixSettings(level=level)).level == level


def test_with_the_level_kept_a_change_reaches_no_further_than_it_sounds():
    sound = plucked(8)
    changed = sound.copy()
    changed[3 * RATE : 4 * RATE] = plucked(1, seed=5)
    before, levels = master(levels_of(sound), MixSettings(target_lufs=-10.0)), levels_of(changed)
    after = master(levels, MixSettings(target_lufs=-10.0, level=before.level))
    different = np.flatnonzero(before.gains(0, len(sound)) != after.gains(0, len(sound))) / RATE
    assert after.level_change is None and before.deepest_limiting < -1.0
    assert different.min() > 2.98 and different.max() < 5.2
    assert (master(levels, MixSettings(target_lufs=-10.0)).points != before.points).mean() > 0.9


@given(st.integers(0, 2**31), st.floats(0.02, 1.0), st.floats(-24, -14), st.floats(0.05, 0.6))
def test_random_sound_meets_loudness_and_peak(seed, height, target, every):
    _, _, loudness, true_peak = mastered(plucked(3, height, seed, every), target_lufs=target)
    assert loudness == pytest.approx(target, abs=0.2)
    assert true_peak <= -1.0
