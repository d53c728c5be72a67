"""Pitch bend in our sampler; what FluidSynth makes of the same is in ``test_fluid.py``."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.render.parts.events import TimedBend, bends_within
from hitpoint.core.render.parts.synth import render
from hitpoint.core.render.sampler import sampler as sampler_module
from hitpoint.core.render.sampler.generators import Generator
from hitpoint.core.render.sampler.sampler import Sampler
from hitpoint.core.render.sampler.timbre import Timbre

SECOND = 48_000
UNTIL_RELEASE = {Generator.SAMPLE_MODES: 3}
BENDS = ((0.0, 0.5), (0.7, -1.5), (1.3, 0.0), (1.9, 2.0))


def cents_from(sound, hertz):
    """From the peak of the autocorrelation a hundred periods on, the parabola through three lags."""
    spectrum = np.fft.rfft(sound * np.hanning(len(sound)), 2 * len(sound))
    lags = np.fft.irfft(np.abs(spectrum) ** 2)
    near = round(100 * SECOND / hertz)
    at = near - 40 + int(np.argmax(lags[near - 40 : near + 41]))
    before, peak, after = lags[at - 1 : at + 2]
    period = (at + (before - after) / (2 * (before - 2 * peak + after))) / 100
    return 1200 * np.log2(SECOND / period / hertz)


@pytest.mark.parametrize("semitones", [2.0, 0.31, -1.0, -2.0])
def test_a_held_note_is_bent_and_comes_back(make_font, make_part, tempo, semitones):
    part = make_part((0, 6, 69, 100), bends=((2.0, semitones), (4.0, 0.0)))
    sound = render(Sampler(make_font()), part, tempo, 6 * SECOND)[:, 0]
    before, bent, back = (sound[int(at * SECOND) : int((at + 1.8) * SECOND)] for at in (0.1, 2.1, 4.1))
    assert abs(cents_from(before, 441.0)) < 1
    assert abs(cents_from(bent, 441.0 * 2 ** (semitones / 12))) < 1
    assert abs(cents_from(back, 441.0)) < 1


def test_a_note_struck_under_a_bend_is_bent_from_its_start(make_font, make_part, tempo):
    part = make_part((1, 3, 69, 100), bends=((0.5, 2.0),))
    sound = render(Sampler(make_font()), part, tempo, 3 * SECOND)[SECOND:, 0]
    assert abs(cents_from(sound, 441.0 * 2 ** (2 / 12))) < 1


def test_the_release_of_a_note_is_bent_too(make_font, make_part, tempo):
    part = make_part((0, 1, 69, 100), bends=((1.5, -2.0),))
    sound = render(Sampler(make_font({Generator.VOLUME_RELEASE: 3600})), part, tempo, 3 * SECOND)[:, 0]
    assert abs(cents_from(sound[3 * SECOND // 2 + 4800 :], 441.0 * 2 ** (-2 / 12))) < 3


def test_a_bend_is_no_click(make_font, make_part, tempo):
    part = make_part((0, 3, 69, 100), bends=BENDS)
    sound = render(Sampler(make_font()), part, tempo, 2 * SECOND)[SECOND // 10 :, 0]
    fastest = 2 * np.pi * 441 * 2 ** (2 / 12) / SECOND
    assert np.abs(np.diff(sound)).max() < 1.05 * fastest * np.abs(sound).max()


@pytest.mark.parametrize("bends", [((0.0, 0.0),), ((0.5, 0.0), (1.0, 0.0)), ((2.9, 1.0),)])
def test_notes_that_no_bend_reaches_are_the_same_samples(make_font, make_part, tempo, bends, monkeypatch):
    monkeypatch.setattr(Timbre, "bent", lambda *_: pytest.fail("it is bent"))
    notes = ((0.1, 0.5, 60, 90), (0.3, 1.4, 71, 70))
    plain, wheeled = (make_part(*notes, bends=some) for some in ((), bends))
    synth = Sampler(make_font())
    same = render(synth, plain, tempo, 3 * SECOND).tobytes()
    assert render(synth, wheeled, tempo, 3 * SECOND).tobytes() == same


@pytest.mark.parametrize("zone", [{}, UNTIL_RELEASE, {Generator.SAMPLE_MODES: 0}, {8: 9000, 11: 2400, 28: 0, 30: 0}])
def test_blocks_of_any_size_give_the_same_bends(make_font, make_part, tempo, monkeypatch, zone):
    part = make_part((0.1, 1.7, 60, 90), (0.5, 0.9, 76, 70), (1.2, 2.9, 67, 50), bends=BENDS)
    synth = Sampler(make_font(zone))
    whole = render(synth, part, tempo, 3 * SECOND)
    monkeypatch.setattr(sampler_module, "BLOCK", 7001)
    np.testing.assert_allclose(render(synth, part, tempo, 3 * SECOND), whole, atol=1e-6)


def test_a_loop_until_release_is_left_without_a_click(make_font, make_part, tempo):
    font = make_font(UNTIL_RELEASE | {Generator.VOLUME_RELEASE: 0})
    sound = render(Sampler(font), make_part((0, 1, 69, 100), bends=((0.2, 1.7), (0.9, 1.9))), tempo, 2 * SECOND)
    around = sound[SECOND - 100 : SECOND + 300, 0]
    assert np.abs(np.diff(around, 2)).max() < 1.1 * np.abs(np.diff(sound[SECOND - 400 : SECOND, 0], 2)).max()


def test_a_recording_slowed_down_is_heard_to_its_end(make_font, make_part, tempo):
    frames = np.sin(np.arange(22_050) / 10) * 0.5  # half a second, without a loop
    part = make_part((0, 2, 69, 100), bends=((0.0, -2.0), (0.1, -1.9)))
    sound = render(Sampler(make_font({Generator.SAMPLE_MODES: 0}, frames=frames)), part, tempo, SECOND)
    assert np.abs(sound[int(0.54 * SECOND) : int(0.55 * SECOND)]).max() > 0.01
    assert not sound[int(0.57 * SECOND) :].any()


@given(
    st.lists(
        st.tuples(st.integers(0, 50), st.sampled_from([-2.0, 0.0, 0.5])), max_size=8, unique_by=lambda one: one[0]
    ),
    st.integers(0, 50),
    st.integers(1, 40),
)
def test_a_note_hears_the_bend_that_stands(bends, start, length):
    timed = tuple(TimedBend(*one) for one in sorted(bends))
    heard = bends_within(timed, start, start + length)
    for at in range(length):
        expected = [one.semitones for one in timed if one.at <= start + at]
        assert [one.semitones for one in heard if one.at <= at][-1:] in ([], expected[-1:] or [0.0])
        assert heard or (expected[-1:] or [0.0]) == [0.0]
