from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hitpoint.core.errors import SoundFontError
from hitpoint.core.render.parts.synth import render
from hitpoint.core.render.sampler.generators import Generator
from hitpoint.core.render.sampler.sampler import Sampler
from hitpoint.core.render.sampler.soundfont import SoundFont


def play(path, part, tempo):
    return render(Sampler(path), part, tempo, 4800)


def test_a_zone_has_its_own_values_and_the_defaults_of_the_others(make_font):
    (zone,) = SoundFont(make_font({Generator.PAN: -250, Generator.KEY_RANGE: 60 | 72 << 8})).zones(0, 0)
    assert zone.keys == (60, 72)
    assert zone.generators[Generator.PAN] == -250
    assert zone.generators[Generator.FILTER_CUTOFF] == 13500


def test_the_loop_counts_from_the_start_of_its_sample(make_font):
    (zone,) = SoundFont(make_font(loop=(100, 900))).zones(0, 0)
    assert (zone.sample.loop_start, zone.sample.loop_end) == (100, 900)


def test_frames_are_what_was_stored(make_font):
    wave = np.linspace(-0.9, 0.9, 1000)
    font = SoundFont(make_font(frames=wave, loop=(0, 0)))
    np.testing.assert_allclose(font.frames(font.zones(0, 0)[0].sample), wave, atol=1e-4)


@pytest.mark.parametrize("data", [b"", b"RIFF", b"\0" * 4000, b"RIFF\x00\x00\x00\x00sfbk" + b"LIST" * 50])
def test_what_is_no_sound_font_is_refused(tmp_path, data):
    path = tmp_path / "odd.sf2"
    path.write_bytes(data)
    with pytest.raises(SoundFontError):
        SoundFont(path)


def test_a_missing_font_is_named(tmp_path):
    with pytest.raises(SoundFontError, match=r"nowhere\.sf2"):
        SoundFont(tmp_path / "nowhere.sf2")


def test_a_folder_is_no_font(tmp_path):
    with pytest.raises(SoundFontError):
        SoundFont(tmp_path)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.97, 0.99, 0.999])
def test_a_font_cut_short_is_refused(make_font, make_part, tempo, share):
    path = make_font()
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(SoundFontError):
        play(path, make_part((0, 0.05, 69, 100)), tempo)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12), tables=st.booleans())
def test_a_damaged_font_plays_finite_sound_or_is_refused(make_font, make_part, tempo, changes, tables):
    path: Path = make_font({Generator.FILTER_CUTOFF: 9000, Generator.VOLUME_DECAY: 0})
    data = bytearray(path.read_bytes())
    first = data.index(b"pdta") if tables else 0
    for where, value in changes:
        data[min(first + int(where * (len(data) - first)), len(data) - 1)] = value
    path.write_bytes(data)
    try:
        sound = play(path, make_part((0, 0.05, 69, 100), (0, 0.02, 20, 1)), tempo)
    except SoundFontError:
        return
    assert np.isfinite(sound).all()


@pytest.mark.parametrize("loop", [(5, 5), (900, 100), (0, 10**6), (1999, 2000)])
def test_a_loop_that_makes_no_sense_is_played_without_or_clipped(make_font, make_part, tempo, loop):
    assert np.isfinite(play(make_font(loop=loop), make_part((0, 0.05, 69, 100)), tempo)).all()


@pytest.mark.parametrize("number", sorted(set(Generator) - {Generator.INSTRUMENT, Generator.SAMPLE}))
@pytest.mark.parametrize("amount", [-32768, 32767])
def test_the_wildest_amounts_give_finite_sound(make_font, make_part, tempo, number, amount):
    assert np.isfinite(play(make_font({number: amount}), make_part((0, 0.05, 69, 100)), tempo)).all()


def test_an_empty_sample_is_silent(make_font, make_part, tempo):
    path = make_font(frames=np.zeros(0), loop=(0, 0))
    assert not play(path, make_part((0, 0.05, 69, 100)), tempo).any()
