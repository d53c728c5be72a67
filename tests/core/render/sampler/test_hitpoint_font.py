"""The font that ships: whole, in tune, without clicks."""

import numpy as np
import pytest

from hitpoint.core.render.choice import default_soundfont
from hitpoint.core.render.parts.attacks import read_attacks
from hitpoint.core.render.parts.synth import render
from hitpoint.core.render.parts.trims import read_trims
from hitpoint.core.render.sampler.sampler import Sampler
from hitpoint.core.render.sampler.soundfont import SoundFont

SECOND = 48_000
PITCHED = [(0, 0), (0, 8), (0, 11), (0, 24), (0, 32), (0, 33), (0, 42), (0, 45), (0, 48), (0, 52), (0, 60), (0, 88), (0, 89),
           (1, 48), (20, 48), (30, 44), (40, 45), (50, 48), (0, 73), (0, 46)]  # fmt: skip
KITS = {0, 24, 25, 32, 40, 48}
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


def test_the_font_has_every_preset_its_tables_and_its_notice():
    presets = set(SoundFont(default_soundfont()).presets)
    turns = {(bank, program) for bank, program in presets if 64 <= bank < 128}
    assert {program for bank, program in presets if bank == 128} == KITS
    assert set(PITCHED) <= presets
    assert {(bank - 64, program) for bank, program in turns} < presets
    assert set(read_trims(default_soundfont())) == presets - turns
    assert set(read_attacks(default_soundfont())) == presets - turns - {(0, 119)}
    notice = default_soundfont().with_name("NOTICE").read_text("utf-8")
    assert all(name in notice for name in ("MIT license", "S. Christian Collins", "Frank Wen", "VSCO"))


def test_the_font_takes_at_most_twelve_megabytes():
    assert default_soundfont().stat().st_size <= 12_000_000


@pytest.mark.parametrize("program", STEADY)
def test_presets_are_in_tune(sampler, make_part, tempo, program):
    low, high = STEADY[program]
    found = []
    for key in range(low, high + 1, 6):
        sound = render(sampler, make_part((0, 1.2, key, 90), program=program), tempo, SECOND)[SECOND // 4 :].sum(axis=1)
        found.append(cents_from(sound, 440 * 2 ** ((key - 69) / 12)))
    assert abs(np.median(found)) < 16  # the sampled grand itself is 15 cents sharp
    assert max(np.abs(found)) < 30


@pytest.mark.parametrize(("bank", "program"), PITCHED)
def test_no_preset_clicks_when_its_notes_end(sampler, make_part, tempo, bank, program):
    notes = (0, 0.5, 48, 100), (0.4, 0.9, 52, 100)
    sound = render(sampler, make_part(*notes, bank=bank, program=program), tempo, 3 * SECOND)
    roughness = np.abs(np.diff(sound.sum(axis=1), 3))
    for end in (0.5, 0.9):
        at = int(end * SECOND)
        assert roughness[at - 4 : at + 96].max() < 1.5 * roughness[at - 14400 : at - 4].max() + 1e-5  # -100 dB
    assert np.abs(sound[-100:]).max() < 0.02


@pytest.mark.parametrize(("bank", "program"), PITCHED)
def test_presets_sound_at_every_key_a_player_may_use(sampler, make_part, tempo, bank, program):
    for key in (24, 60, 84):
        part = make_part((0, 0.4, key, 100), bank=bank, program=program)
        sound = render(sampler, part, tempo, SECOND // 2)
        assert np.isfinite(sound).all()
        assert np.abs(sound).max() > 1e-3


def centre(sound):
    """Hz of the middle of the spectrum, weighted by power."""
    power = np.abs(np.fft.rfft(sound.sum(axis=1) * np.hanning(len(sound)))) ** 2
    hertz = np.fft.rfftfreq(len(sound), 1 / SECOND)
    return (power * hertz)[hertz < 16_000].sum() / power[hertz < 16_000].sum()


# presets whose tone has overtones to lose, with a key from the middle of their range
OVERTONES = {(0, 0): 60, (0, 24): 52, (0, 25): 52, (0, 40): 72, (0, 42): 50, (0, 44): 60, (0, 48): 60, (0, 52): 60, (0, 56): 65,
             (0, 60): 58, (0, 61): 60, (0, 68): 72, (0, 71): 65, (0, 73): 72, (0, 81): 60, (0, 89): 60, (0, 33): 36,
             (1, 48): 60, (20, 48): 70, (30, 48): 60, (40, 48): 48, (50, 48): 40}  # fmt: skip


@pytest.mark.parametrize(("preset", "key"), OVERTONES.items())
def test_a_note_struck_harder_is_brighter(sampler, make_part, tempo, preset, key):
    soft, loud = (
        centre(render(sampler, make_part((0, 0.8, key, velocity), bank=preset[0], program=preset[1]), tempo, SECOND))
        for velocity in (40, 100)
    )
    assert loud >= 1.15 * soft


@pytest.mark.parametrize("preset", [(0, 48), (0, 60), (0, 73), (40, 48)])
def test_a_held_note_with_more_expression_is_brighter(sampler, make_part, tempo, preset):
    dull, open_ = (
        centre(render(sampler, make_part((0, 1, 60, 90), bank=preset[0], program=preset[1], controls=((0, 11, value),)),
                      tempo, SECOND))
        for value in (50, 127)
    )  # fmt: skip
    assert open_ > 1.05 * dull


@pytest.mark.parametrize(
    "preset", [(0, 0), (0, 40), (0, 42), (0, 45), (0, 48), (0, 52), (0, 60), (0, 73), (1, 48), (20, 48), (30, 44)]
)
def test_a_note_is_heard_when_it_is_written(sampler, make_part, tempo, preset):
    for key in (50, 62, 74):
        sound = render(sampler, make_part((1, 1.9, key, 90), bank=preset[0], program=preset[1]), tempo, 2 * SECOND)
        power = np.convolve(np.square(sound).sum(axis=1), np.full(480, 1 / 480), "same")
        level = np.sqrt(power[: SECOND + SECOND // 2])  # half a second after it was to be heard
        half = int(np.argmax(level >= level.max() / 2))
        assert abs(half - SECOND) <= SECOND / 50  # half a frame at 25 a second


def test_repeated_plucks_take_turns_and_rest_alike(sampler, make_part, tempo):
    part = make_part(*((at, at + 0.2, 60, 90) for at in (0.0, 0.25, 0.5, 4.0)), program=45)
    sound = render(sampler, part, tempo, 5 * SECOND).sum(axis=1)
    first, second, third, later = (sound[int(at * SECOND) + 1000 :][: SECOND // 8] for at in (0.0, 0.25, 0.5, 4.0))
    assert np.corrcoef(first, later)[0, 1] > 0.99  # a pause begins anew
    assert np.corrcoef(first, second)[0, 1] < 0.9
    assert np.corrcoef(first, third)[0, 1] > np.corrcoef(first, second)[0, 1]
