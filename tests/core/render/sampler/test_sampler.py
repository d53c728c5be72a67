import numpy as np
import pytest

from hitpoint.core.render.parts.synth import render
from hitpoint.core.render.sampler import sampler as sampler_module
from hitpoint.core.render.sampler import signals as signals_module
from hitpoint.core.render.sampler.generators import Generator
from hitpoint.core.render.sampler.sampler import Sampler

pytestmark = pytest.mark.determinism

SECOND = 48_000


def level(sound, start, stop, column=None):
    piece = sound[int(start * SECOND) : int(stop * SECOND)]
    return 20 * np.log10(np.sqrt(np.mean(np.square(piece if column is None else piece[:, column]))) + 1e-12)


def cents_from(sound, hertz):
    window = np.hanning(len(sound))
    spectrum = np.abs(np.fft.rfft(sound * window, 8 * len(sound)))
    return 1200 * np.log2(np.argmax(spectrum) * SECOND / (8 * len(sound)) / hertz)


@pytest.mark.parametrize("pitch", [33, 45, 57, 60, 66, 69, 77, 90, 105])
def test_every_key_is_in_tune_within_two_cents(make_font, make_part, tempo, pitch):
    sound = render(Sampler(make_font()), make_part((0, 3, pitch, 100)), tempo, 3 * SECOND)
    expected = 441.0 * 2 ** ((pitch - 69) / 12)
    assert abs(cents_from(sound[SECOND:, 0], expected)) < 2


@pytest.mark.parametrize(("velocity", "decibels"), [(127, 0.0), (64, -11.9), (16, -36.0)])
def test_velocity_counts_as_its_square(make_font, make_part, tempo, velocity, decibels):
    synth = Sampler(make_font())
    loud = level(render(synth, make_part((0, 1, 69, 127)), tempo, SECOND), 0.2, 0.9)
    assert level(render(synth, make_part((0, 1, 69, velocity)), tempo, SECOND), 0.2, 0.9) - loud == pytest.approx(
        decibels, abs=0.05
    )


@pytest.mark.parametrize("number", [7, 11])
def test_volume_and_expression_count_as_their_square(make_font, make_part, tempo, number):
    part = make_part((0, 2, 69, 100), controls=((0.0, number, 127), (1.0, number, 64)))
    sound = render(Sampler(make_font()), part, tempo, 2 * SECOND)
    assert level(sound, 1.2, 1.9) - level(sound, 0.2, 0.9) == pytest.approx(-11.9, abs=0.05)


def test_pan_hard_left_leaves_nothing_on_the_right(make_font, make_part, tempo):
    part = make_part((0, 1, 69, 100), controls=((0.0, 10, 0),))
    sound = render(Sampler(make_font()), part, tempo, SECOND)
    assert level(sound, 0.2, 0.9, 1) < level(sound, 0.2, 0.9, 0) - 80


def test_release_falls_96_decibels_in_its_time(make_font, make_part, tempo):
    synth = Sampler(make_font({Generator.VOLUME_RELEASE: 1200}))  # two seconds
    sound = render(synth, make_part((0, 1, 69, 100)), tempo, 4 * SECOND)
    assert level(sound, 1.70, 1.75) - level(sound, 1.20, 1.25) == pytest.approx(-24.0, abs=0.2)


def test_a_note_far_longer_than_its_sample_goes_round_without_a_click(make_font, make_part, tempo, monkeypatch):
    monkeypatch.setattr(signals_module, "_LONGEST", 3 * signals_module.STRIDE)
    sound = render(Sampler(make_font()), make_part((0, 9, 71, 100)), tempo, 8 * SECOND)[SECOND:, 0]
    assert np.abs(np.diff(sound, 3)).max() < 1.05 * np.abs(np.diff(sound[: SECOND // 10], 3)).max()
    assert level(sound[:, None], 0, 1) == pytest.approx(level(sound[:, None], 6, 7), abs=0.01)


@pytest.mark.parametrize("zone", [{}, {8: 9000, 11: 2400, 28: 0, 29: 500, 30: 0}, {6: 30, 24: 0}, {54: 3}])
def test_blocks_of_any_size_give_the_same_sound(make_font, make_part, tempo, monkeypatch, zone):
    controls = ((0.0, 7, 80), (0.05, 11, 100), (1.0, 11, 60), (1.001, 11, 127))
    part = make_part((0.1, 1.7, 60, 90), (0.5, 0.9, 76, 70), (1.2, 2.9, 67, 50), controls=controls)
    synth = Sampler(make_font(zone))
    whole = render(synth, part, tempo, 3 * SECOND)
    monkeypatch.setattr(sampler_module, "BLOCK", 7001)
    np.testing.assert_allclose(render(synth, part, tempo, 3 * SECOND), whole, atol=1e-6)


def test_the_same_part_gives_the_same_samples_again(make_font, make_part, tempo):
    font, part = make_font(), make_part((0, 1, 60, 90), (0.25, 1, 64, 90))
    np.testing.assert_array_equal(
        render(Sampler(font), part, tempo, 2 * SECOND), render(Sampler(font), part, tempo, 2 * SECOND)
    )


def test_the_pedal_holds_a_note_until_it_is_lifted(make_font, make_part, tempo):
    part = make_part((0, 0.5, 69, 100), controls=((0.2, 64, 127), (2.0, 64, 0)))
    sound = render(Sampler(make_font()), part, tempo, 3 * SECOND)
    assert level(sound, 1.5, 1.9) == pytest.approx(level(sound, 0.2, 0.4), abs=0.1)
    assert level(sound, 2.2, 2.4) < -100


def test_a_struck_class_cuts_off_what_sounds_of_it(make_font, make_part, tempo):
    zone = {Generator.EXCLUSIVE_CLASS: 1, Generator.VOLUME_RELEASE: 6000}
    alone, cut = make_part((0, 4, 69, 127)), make_part((0, 4, 69, 127), (1, 1.01, 100, 1))
    synth = Sampler(make_font(zone))
    assert level(render(synth, alone, tempo, 3 * SECOND), 2, 2.5) > -30
    assert level(render(synth, cut, tempo, 3 * SECOND), 2, 2.5) < -70


def test_a_sample_that_plays_once_ends(make_font, make_part, tempo):
    sound = render(Sampler(make_font({Generator.SAMPLE_MODES: 0})), make_part((0, 2, 69, 100)), tempo, 2 * SECOND)
    assert level(sound, 0.01, 0.04) > -40
    assert not sound[SECOND // 10 :].any()


def test_the_modulation_wheel_brings_vibrato(make_font, make_part, tempo):
    part = make_part((0, 2, 69, 100), controls=((0.0, 1, 127),))
    synth = Sampler(make_font({Generator.VIBRATO_LFO_FREQUENCY: 0}))
    moved = np.unwrap(np.angle(np.fft.ifft(_analytic(render(synth, part, tempo, 2 * SECOND)[:, 0]))))
    hertz = np.diff(moved)[4800:-4800] * SECOND / (2 * np.pi)
    assert 1200 * np.log2(np.percentile(hertz, 99) / np.percentile(hertz, 1)) == pytest.approx(98, abs=8)


def _analytic(signal):
    spectrum = np.fft.fft(signal)
    spectrum[len(signal) // 2 :] = 0
    return 2 * spectrum


def test_a_preset_that_is_missing_is_replaced(make_font, make_part, tempo):
    sound = render(Sampler(make_font()), make_part((0, 1, 69, 100), program=50), tempo, SECOND)
    assert level(sound, 0.2, 0.9) > -40


def test_the_filter_takes_off_what_lies_above_its_cutoff(make_font, make_part, tempo):
    part = make_part((0, 1, 69, 100))  # 441 Hz
    open_, closed = (Sampler(make_font({Generator.FILTER_CUTOFF: cutoff})) for cutoff in (13500, 4400))  # 104 Hz
    difference = level(render(closed, part, tempo, SECOND), 0.2, 0.9) - level(
        render(open_, part, tempo, SECOND), 0.2, 0.9
    )
    assert difference == pytest.approx(-25.1, abs=0.5)
