from fractions import Fraction

import numpy as np
import pytest
import soundfile

from hitpoint.core.errors import OptionError
from hitpoint.core.listening.hear import hear
from hitpoint.core.listening.listening import Listening
from hitpoint.core.listening.recording import clip_of_file
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.model.vocabulary import symbol_of
from hitpoint.core.progress import Cancelled, Progress


@pytest.fixture(scope="module")
def heard(song):
    clip = clip_of_file(song)
    return hear((clip,), Fraction(0), clip.end)


def test_beats_and_bars_are_heard(heard):
    assert heard.bpm == pytest.approx(120, rel=0.02)
    beats = 0.1 + 0.5 * np.arange(64)
    assert np.mean([min(abs(time - beat) for time in heard.beats) < 0.05 for beat in beats]) > 0.9
    assert heard.metre == "4/4"
    assert np.mean([min(abs(time - bar) for time in heard.downbeats) < 0.07 for bar in beats[::4]]) > 0.85


def test_chords_and_key_are_heard(heard):
    names = [symbol_of(chord.token) for chord in heard.chords if chord.end - chord.start > 1]
    assert {"C", "A:min", "F", "G"} <= set(names)
    assert str(heard.key) == "C major"


def test_everything_lies_inside_the_recording(heard):
    assert heard.beats[0] >= 0 and heard.beats[-1] <= heard.seconds
    assert set(heard.downbeats) <= set(heard.beats)
    for spans in (heard.chords, heard.keys, heard.sections):
        assert spans[0].start == 0
        assert spans[-1].end == pytest.approx(heard.seconds)
    assert len(heard.curves.loudness) == len(heard.curves.density) == int(np.ceil(heard.seconds))


def test_half_the_beats_can_be_asked_for(song):
    clip = clip_of_file(song)
    assert hear((clip,), Fraction(0), clip.end, tempo_factor=0.5).bpm == pytest.approx(60, rel=0.03)


def test_the_same_sound_is_heard_the_same(song, heard):
    clip = clip_of_file(song)
    assert hear((clip,), Fraction(0), clip.end) == heard


def test_what_is_heard_moves_with_the_clip(song, heard):
    whole = clip_of_file(song)
    later = SoundClip(Fraction(3), whole.end + 3, song)
    moved = hear((later,), Fraction(0), later.end)
    assert moved.bpm == pytest.approx(heard.bpm, rel=0.01)
    assert min(moved.beats, key=lambda time: abs(time - heard.beats[20] - 3)) == pytest.approx(
        heard.beats[20] + 3, abs=0.03
    )


@pytest.mark.parametrize("seconds", [0.05, 0.4, 1.0, 5.0])
def test_silence_of_any_length_is_heard_as_nothing(tmp_path, seconds):
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.zeros(int(48000 * seconds), np.float32), 48000)
    silent = hear((clip_of_file(path),), Fraction(0), Fraction(seconds))
    assert isinstance(silent, Listening)
    assert silent.beats == silent.chords == silent.drums == ()
    assert silent.key is None


def test_a_short_noise_is_no_trouble(tmp_path):
    path = tmp_path / "noise.wav"
    soundfile.write(path, np.random.default_rng(0).normal(0, 0.1, 9600).astype(np.float32), 48000)
    heard = hear((clip_of_file(path),), Fraction(0), Fraction(1, 5))
    assert heard.seconds == pytest.approx(0.2)


def test_a_file_that_breaks_off_is_heard_as_far_as_it_goes(tmp_path, song):
    path = tmp_path / "torn.wav"
    path.write_bytes(song.read_bytes()[:1_000_000])
    clip = SoundClip(Fraction(0), Fraction(20), path)
    assert hear((clip,), Fraction(0), Fraction(20)).seconds == 20.0


def test_too_much_is_refused_in_a_line(song):
    with pytest.raises(OptionError, match=r"5\.0 hours"):
        hear((clip_of_file(song),), Fraction(0), Fraction(5 * 3600))


def test_listening_can_be_stopped(song):
    clip = clip_of_file(song)
    with pytest.raises(Cancelled):
        hear((clip,), Fraction(0), clip.end, progress=Progress(is_cancelled=lambda: True))
