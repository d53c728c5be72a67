"""FluidSynth as the oracle of our sampler; the slow ones are left out where the library is not installed."""

from pathlib import Path

import numpy as np
import pytest
from scipy.signal import stft

from hitpoint.core.errors import OptionError, SoundFontError
from hitpoint.core.render import fluid as fluid_module
from hitpoint.core.render.choice import choose_synthesizer, default_soundfont
from hitpoint.core.render.fluid import FluidSynth, find_library
from hitpoint.core.render.parts.synth import render
from hitpoint.core.render.sampler.sampler import Sampler

SECOND = 48_000
PROGRAMS = [0, 8, 11, 24, 32, 33, 42, 45, 48, 52, 60, 88, 89]

needs_fluidsynth = pytest.mark.skipif(find_library() is None, reason="FluidSynth is not installed")


def mel_bands(sound, bands=64):
    """Log energy of mel bands, 20 Hz to 16 kHz, (bands, frames)."""
    _, _, spectrum = stft(sound.mean(axis=1), SECOND, nperseg=2048, noverlap=1536)
    mel = np.linspace(2595 * np.log10(1 + 20 / 700), 2595 * np.log10(1 + 16000 / 700), bands + 2)
    edges = 700 * (10 ** (mel / 2595) - 1)
    bins = np.linspace(0, SECOND / 2, spectrum.shape[0])
    weights = np.stack([np.interp(bins, edges[i : i + 3], [0, 1, 0]) for i in range(bands)])
    energy = weights @ (np.abs(spectrum) ** 2)
    return 10 * np.log10(energy + 1e-10)


def alike(ours, theirs):
    """Correlation of the log-mel pictures, and the mean of their absolute differences in decibels, levels matched."""
    a, b = mel_bands(ours), mel_bands(theirs)
    heard = np.maximum(a, b) > max(a.max(), b.max()) - 60
    a, b = a[heard], b[heard]
    return np.corrcoef(a, b)[0, 1], np.abs((a - b) - np.median(a - b)).mean()


def hertz_of(sound):
    """Frequency of a steady tone from the peak of its autocorrelation, the parabola through three lags."""
    spectrum = np.fft.rfft(sound * np.hanning(len(sound)), 2 * len(sound))
    lags = np.fft.irfft(np.abs(spectrum) ** 2)[: len(sound) // 2]
    period = 1200 // 50 + int(np.argmax(lags[1200 // 50 : 200]))
    for turns in (10, 100):  # the peak ten and a hundred periods on tells the period ten and a hundred times finer
        near = round(period * turns)
        at = near - 20 + int(np.argmax(lags[near - 20 : near + 21]))
        before, peak, after = lags[at - 1 : at + 2]
        period = (at + (before - after) / (2 * (before - 2 * peak + after))) / turns
    return SECOND / period


def test_fluidsynth_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setattr(fluid_module, "find_library", lambda: None)
    with pytest.raises(SoundFontError, match=r"hitpoint\[fluid\]"):
        choose_synthesizer("fluidsynth")


def test_a_library_that_is_none_is_named(monkeypatch):
    monkeypatch.setenv("FLUIDSYNTH_LIB", str(Path(__file__)))
    with pytest.raises(SoundFontError, match="cannot be loaded"):
        choose_synthesizer("fluidsynth")


def test_the_default_is_our_sampler_with_our_font():
    synth = choose_synthesizer()
    assert isinstance(synth, Sampler)
    assert synth.soundfont == default_soundfont()


def test_an_unknown_synthesizer_is_refused():
    with pytest.raises(OptionError, match="fluidsynth"):
        choose_synthesizer("organ")


@pytest.mark.slow
@needs_fluidsynth
def test_fluidsynth_refuses_what_is_no_font(tmp_path):
    (tmp_path / "odd.sf2").write_bytes(b"RIFF" + b"\0" * 100)
    with pytest.raises(SoundFontError):
        FluidSynth(tmp_path / "odd.sf2")


@pytest.mark.slow
@needs_fluidsynth
@pytest.mark.parametrize("program", PROGRAMS)
def test_a_phrase_sounds_as_in_fluidsynth(make_part, tempo, program):
    root = 36 if program in (32, 33) else 55
    notes = [(0.4 * i, 0.4 * i + 0.7, root + step, 40 + 9 * i) for i, step in enumerate((0, 4, 7, 12, 9, 5, 2, 14))]
    part = make_part(*notes, program=program)
    ours, theirs = (render(kind(default_soundfont()), part, tempo, 5 * SECOND) for kind in (Sampler, FluidSynth))
    correlation, difference = alike(ours, theirs)
    print(f"program {program}: correlation {correlation:.4f}, mean difference {difference:.2f} dB")
    assert correlation > 0.98
    assert difference < 1.5


@pytest.mark.slow
@needs_fluidsynth
def test_the_kit_sounds_as_in_fluidsynth(make_part, tempo):
    notes = [(0.25 * i, 0.25 * i + 0.2, key, 100) for i, key in enumerate((36, 42, 38, 46, 36, 42, 49, 51, 45, 42))]
    part = make_part(*notes, channel=9)
    ours, theirs = (render(kind(default_soundfont()), part, tempo, 4 * SECOND) for kind in (Sampler, FluidSynth))
    correlation, difference = alike(ours, theirs)
    print(f"kit: correlation {correlation:.4f}, mean difference {difference:.2f} dB")
    assert correlation > 0.98


@pytest.mark.slow
@needs_fluidsynth
@pytest.mark.parametrize("control", [(7, 64), (11, 64), (10, 0), (10, 127), (64, 127), (1, 127)])
def test_controllers_act_as_in_fluidsynth(make_part, tempo, control):
    part = make_part((0, 1, 60, 100), (1, 1.3, 64, 60), program=48, controls=((0.0, *control),))
    sounds = [render(kind(default_soundfont()), part, tempo, 3 * SECOND) for kind in (Sampler, FluidSynth)]
    ours, theirs = (np.sqrt((sound[: 2 * SECOND] ** 2).mean(axis=0)) + 1e-6 for sound in sounds)
    assert np.abs(20 * np.log10(ours / theirs)).max() < 0.7


BENT_LINE = tuple((0.05 * i, 2 * np.sin(0.21 * i)) for i in range(100))


@pytest.mark.slow
@needs_fluidsynth
@pytest.mark.parametrize("program", [0, 33, 48, 60, 88])
def test_a_bent_line_sounds_as_in_fluidsynth(make_part, tempo, program):
    notes = [(0.8 * i, 0.8 * i + 0.9, (36 if program == 33 else 55) + step, 90) for i, step in enumerate((0, 7, 4, 12))]
    part = make_part(*notes, program=program, bends=BENT_LINE)
    ours, theirs = (render(kind(default_soundfont()), part, tempo, 5 * SECOND) for kind in (Sampler, FluidSynth))
    correlation, difference = alike(ours, theirs)
    print(f"program {program} bent: correlation {correlation:.4f}, mean difference {difference:.2f} dB")
    assert correlation > 0.98
    assert difference < 1.5


@pytest.mark.slow
@needs_fluidsynth
@pytest.mark.parametrize("semitones", [-2, -0.7, 0.5, 2])
def test_bends_are_as_far_as_in_fluidsynth(make_font, make_part, tempo, semitones):
    part, font = make_part((0, 3, 69, 100), bends=((1, semitones),)), make_font()
    ours, theirs = (
        hertz_of(render(kind(font), part, tempo, 3 * SECOND)[3 * SECOND // 2 :, 0]) for kind in (Sampler, FluidSynth)
    )
    assert abs(1200 * np.log2(ours / theirs)) < 2.5  # FluidSynth counts whole cents, and is up to two of them off


@pytest.mark.slow
@needs_fluidsynth
@pytest.mark.parametrize("velocity", [8, 32, 64, 96, 127])
def test_velocities_and_releases_are_as_loud_as_in_fluidsynth(make_part, tempo, velocity):
    part = make_part((0, 1, 60, velocity), program=48)
    ours, theirs = (render(kind(default_soundfont()), part, tempo, 2 * SECOND) for kind in (Sampler, FluidSynth))
    for start in (0.1, 0.5, 1.05, 1.2):
        piece = slice(int(start * SECOND), int((start + 0.1) * SECOND))
        levels = [np.sqrt((sound[piece] ** 2).mean()) for sound in (ours, theirs)]
        assert abs(20 * np.log10(levels[0] / levels[1])) < 0.7
