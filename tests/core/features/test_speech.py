from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import soundfile
from scipy.signal import resample_poly

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.cue.cue import Cue, Step
from hitpoint.core.cue.sound import Speech
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.features.speech import FRAMES_PER_SECOND, decoded, speech_in, speech_spans, timeline_activity
from hitpoint.core.features.speech_network import RATE, speech_probabilities
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.render.choice import choose_synthesizer
from hitpoint.core.render.mix.mix import stem_gains
from hitpoint.core.timebase import FrameRate

VOICES = Path(__file__).parent / "voices"  # espeak-ng 1.51, voices en-gb+m3 and de+f2: two sentences each


def voice(name, seconds=6.0):
    """Somebody who speaks without a pause worth the name, at 16 kHz."""
    return soundfile.read(VOICES / f"{name}.ogg", dtype="float32")[0][: int(seconds * RATE)]


def music_like(seconds, seed=0):
    """Struck chords that ring on, three a second."""
    random = np.random.default_rng(seed)
    sound = np.zeros(int((seconds + 2) * RATE))
    for start in np.arange(0, seconds, 1 / 3):
        time = np.arange(2 * RATE) / RATE
        for pitch in random.choice([48, 52, 55, 60, 64, 67, 71, 72], 3, replace=False):
            for partial in range(1, 9):
                tone = np.sin(2 * np.pi * partial * 440 * 2 ** ((pitch - 69) / 12) * time)
                first = int(start * RATE)
                sound[first : first + len(time)] += tone * np.exp(-2.5 * time) * np.minimum(time * 100, 1) / partial
    return (0.05 * sound[: int(seconds * RATE)]).astype(np.float32)


def noise(seconds, seed=0):
    return np.random.default_rng(seed).normal(0, 0.05, int(seconds * RATE)).astype(np.float32)


def spoken_share(sound):
    """How much of it is taken for speech."""
    return sum(span.end - span.start for span in speech_spans(speech_probabilities(sound))) * RATE / len(sound)


def over(speech, other, decibels):
    """Speech and another sound, the speech louder by so many decibels of power."""
    ratio = np.sqrt((speech**2).mean() / (other[: len(speech)] ** 2).mean()) * 10 ** (-decibels / 20)
    return speech + np.float32(ratio) * other[: len(speech)]


def played(style, seconds=8):
    """What our own players make of a few chords, at 16 kHz."""
    steps = tuple(
        Step(parse_chord(symbol), False, 12.0, 0.2) for symbol in ["A:min", "F", "C", "G", "D:min", "E:7", "A:min", "F"]
    )
    edit = Edit("speech", Path("speech.otio"), FrameRate(Fraction(25)), 200, (Shot("shot", 0, 200),))
    cue = Cue(edit, 0, 200, parse_key("A minor"), steady_tempo(Fraction(1, 2)), steps, (), style, 7)
    score, synth = arrange(cue), choose_synthesizer("sampler")
    mix = sum(
        np.concatenate(list(synth.blocks(part, score.tempo, cue.samples)))[: cue.samples] * stem_gains(part)
        for part in score.parts
    )
    return resample_poly(mix.mean(axis=1), 1, 3).astype(np.float32)


@pytest.mark.parametrize("name", ["en", "de"])
def test_a_voice_is_heard_from_its_first_word_to_its_last(name):
    silence = np.zeros(2 * RATE, np.float32)
    (span,) = speech_spans(speech_probabilities(np.concatenate([silence, voice(name), silence])))
    assert (span.start, span.end) == (pytest.approx(2, abs=0.2), pytest.approx(8, abs=0.3))


@pytest.mark.parametrize("gain", [3.0, 0.1, 0.03])
def test_it_may_be_loud_or_soft(gain):
    assert spoken_share(gain * voice("en")) > 0.7


def test_it_is_heard_over_as_loud_a_noise():
    assert spoken_share(over(voice("en"), noise(8), 0.0)) > 0.8


@pytest.mark.parametrize("style", ["piano", "ambient", "electronic"])
def test_it_is_heard_over_as_loud_a_music_which_is_not_taken_for_it(style):
    music = played(style)
    assert spoken_share(over(voice("en"), music, 0.0)) > 0.8
    assert spoken_share(music) < 0.05


@pytest.mark.parametrize("make", [music_like, noise, lambda seconds: np.zeros(int(seconds * RATE), np.float32)])
def test_music_noise_and_silence_are_not(make):
    assert spoken_share(make(8)) == 0.0


def test_noise_that_pulses_like_syllables_is_not():
    time = np.arange(8 * RATE) / RATE
    assert spoken_share((noise(8) * (1 + np.sin(2 * np.pi * 4 * time))).astype(np.float32)) == 0.0


def test_spans_bridge_pauses_and_leave_out_clicks():
    activity = np.zeros(500)
    activity[[*range(125, 178), *range(185, 253), 400]] = 0.9
    assert speech_spans(activity) == (Speech(4.0, 8.0),)


@pytest.fixture
def dialogue(tmp_path):
    """Ten seconds at 44.1 kHz, speech from 4 to 8."""
    sound = np.concatenate([np.zeros(4 * RATE), voice("en", 4), np.zeros(2 * RATE)])
    fine = np.interp(np.arange(441_000) / 44_100, np.arange(len(sound)) / RATE, sound)
    path = tmp_path / "dialogue.wav"
    soundfile.write(path, np.stack([fine, fine], axis=1), 44_100)
    return path


def test_speech_is_found_where_the_clip_puts_it(dialogue):
    clip = SoundClip(Fraction(20), Fraction(25), dialogue, source_start=Fraction(3))
    (span,) = speech_in([clip])
    assert (span.start, span.end) == (pytest.approx(21, abs=0.3), pytest.approx(25, abs=0.3))


def test_a_clip_played_twice_as_fast_holds_speech_half_as_long(dialogue):
    clip = SoundClip(Fraction(0), Fraction(5), dialogue, speed=Fraction(2))
    (span,) = speech_in([clip])
    assert (span.start, span.end) == (pytest.approx(2, abs=0.3), pytest.approx(4, abs=0.3))


def test_a_clip_played_backwards_speaks_from_its_end(dialogue):
    clip = SoundClip(Fraction(0), Fraction(10), dialogue, source_start=Fraction(10), speed=Fraction(-1))
    (span,) = speech_in([clip])
    assert (span.start, span.end) == (pytest.approx(2, abs=0.3), pytest.approx(6, abs=0.3))


def test_a_decoded_range_lies_where_it_was_asked_for(tmp_path):
    sound = np.zeros(8 * RATE)
    sound[5 * RATE] = 1.0
    soundfile.write(tmp_path / "click.wav", sound, RATE)
    found = decoded(tmp_path / "click.wav", Fraction(4), Fraction(7))
    assert len(found) == 3 * RATE
    assert abs(int(np.abs(found).argmax()) - RATE) <= 1


def test_what_is_no_sound_is_silence(tmp_path):
    (tmp_path / "a.wav").write_text("no sound at all")
    clips = [SoundClip(Fraction(0), Fraction(2), tmp_path / name) for name in ("a.wav", "missing.wav")]
    assert not timeline_activity(clips).any()
    assert len(timeline_activity(clips)) == int(2 * FRAMES_PER_SECOND) + 1
    assert speech_in(clips) == ()
