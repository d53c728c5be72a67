"""The font that ships: whole, in tune, without clicks."""

import numpy as np
import pytest

from hitpoint.core.render.choice import default_soundfont
from hitpoint.core.render.parts.synth import render
from hitpoint.core.render.parts.trims import read_trims
from hitpoint.core.render.sampler.sampler import Sampler
from hitpoint.core.render.sampler.soundfont import SoundFont

SECOND = 48_000
PROGRAMS = [0, 8, 11, 24, 32, 33, 42, 45, 48, 52, 60, 88, 89]
# presets whose fundamental is steady enough to be measured, with the lowest and highest key asked
STEADY = {0: (48, 72), 11: (55, 79), 24: (48, 72), 33: (31, 43), 42: (43, 67), 48: (55, 79), 60: (48, 67), 89: (48, 72)}


@pytest.fixture(scope="module")
def sampler():
    return Sampler(default_soundfont())


def cents_from(sound, hertz):
    """Where the autocorrelation of the sound has its peak near a period, in cents from it."""
    spectrum = np.abs(np.fft.rfft(sound, 2 * len(sound))) ** 2
    correlation = np.fft.irfft(spectrum)
    period = SECOND / hertz
    times = round(0.02 * hertz) or 1  # several periods, for precision
    low, high = int(times * period * 2 ** (-1 / 24)), int(times * period * 2 ** (1 / 24)) + 2
    peak = low + int(np.argmax(correlation[low:high]))
    before, at, after = correlation[peak - 1 : peak + 2]
    lag = peak + 0.5 * (before - after) / (before - 2 * at + after)
    return 1200 * np.log2(times * period / lag)


def test_the_font_has_every_preset_and_its_trims_and_notice():
    font = SoundFont(default_soundfont())
    assert set(font.presets) == {(0, program) for program in PROGRAMS} | {(128, 0)}
    assert set(read_trims(default_soundfont())) == {str(program) for program in PROGRAMS} | {"drums"}
    assert "MIT license" in default_soundfont().with_name("NOTICE").read_text("utf-8")


@pytest.mark.parametrize("program", STEADY)
def test_presets_are_in_tune(sampler, make_part, tempo, program):
    low, high = STEADY[program]
    found = []
    for key in range(low, high + 1, 6):
        sound = render(sampler, make_part((0, 1.2, key, 90), program=program), tempo, SECOND)[SECOND // 4 :].sum(axis=1)
        found.append(cents_from(sound, 440 * 2 ** ((key - 69) / 12)))
    assert abs(np.median(found)) < 16  # the sampled grand itself is 15 cents sharp
    assert max(np.abs(found)) < 30


@pytest.mark.parametrize("program", PROGRAMS)
def test_no_preset_clicks_when_its_notes_end(sampler, make_part, tempo, program):
    sound = render(sampler, make_part((0, 0.5, 48, 100), (0.4, 0.9, 52, 100), program=program), tempo, 3 * SECOND)
    roughness = np.abs(np.diff(sound.sum(axis=1), 3))
    for end in (0.5, 0.9):
        at = int(end * SECOND)
        assert roughness[at - 4 : at + 96].max() < 1.5 * roughness[at - 1440 : at - 4].max()
    assert np.abs(sound[-100:]).max() < 0.02


@pytest.mark.parametrize("program", PROGRAMS)
def test_presets_sound_at_every_key_a_player_may_use(sampler, make_part, tempo, program):
    for key in (24, 60, 84):
        sound = render(sampler, make_part((0, 0.4, key, 100), program=program), tempo, SECOND // 2)
        assert np.isfinite(sound).all()
        assert np.abs(sound).max() > 1e-3
