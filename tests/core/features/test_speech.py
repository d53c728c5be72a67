from fractions import Fraction

import numpy as np
import pytest
import soundfile
from scipy.signal import lfilter

from hitpoint.core.cue.sound import Speech
from hitpoint.core.features.speech import (
    FRAMES_PER_SECOND,
    RATE,
    decoded,
    speech_activity,
    speech_in,
    speech_spans,
    timeline_activity,
)
from hitpoint.core.media.sound_clip import SoundClip

VOWELS = ((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480), (570, 840, 2410))  # Hz


def speech_like(seconds, seed=0):
    """Syllables: gliding pulses and noise through the resonances of vowels, with short pauses between."""
    random = np.random.default_rng(seed)
    syllables, length = [], 0
    while length < seconds * RATE:
        count = int(random.uniform(0.12, 0.25) * RATE)
        pitch = random.uniform(90, 220) * np.linspace(1, random.uniform(0.75, 1.3), count)
        pulses = np.diff(np.floor(np.cumsum(pitch) / RATE), prepend=0)
        source = pulses + random.normal(0, 0.02, count)
        for formant in VOWELS[random.integers(len(VOWELS))]:
            radius = np.exp(-np.pi * 90 / RATE)
            source = lfilter([1 - radius], [1, -2 * radius * np.cos(2 * np.pi * formant / RATE), radius**2], source)
        syllable = source / np.abs(source).max() * np.sin(np.pi * np.arange(count) / count) ** 0.7
        syllables += [syllable, np.zeros(int(random.uniform(0.01, 0.08) * RATE))]
        length += sum(map(len, syllables[-2:]))
    return (0.3 * np.concatenate(syllables)[: int(seconds * RATE)]).astype(np.float32)


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


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_what_is_made_like_speech_is_taken_for_it(seed):
    assert np.mean(speech_activity(speech_like(8, seed)) > 0.5) > 0.8


def test_speech_is_heard_over_a_quiet_room():
    assert np.mean(speech_activity(speech_like(8) + 0.1 * noise(8)) > 0.5) > 0.7


@pytest.mark.parametrize("make", [music_like, noise, lambda seconds: np.zeros(int(seconds * RATE), np.float32)])
def test_music_noise_and_silence_are_not(make):
    assert np.mean(speech_activity(make(8)) > 0.3) < 0.05


def test_noise_that_pulses_like_syllables_is_not():
    time = np.arange(8 * RATE) / RATE
    assert np.mean(speech_activity((noise(8) * (1 + np.sin(2 * np.pi * 4 * time))).astype(np.float32)) > 0.3) < 0.05


@pytest.mark.parametrize("samples", [0, 1, 799, 800, 801, 16_000, 16_001])
def test_there_is_a_number_for_every_frame_begun(samples):
    activity = speech_activity(noise(2)[:samples])
    assert len(activity) == -(-samples // 800)
    assert np.all((activity >= 0) & (activity <= 1))


def test_long_sound_is_heard_piece_by_piece_as_well():
    sound = np.zeros(250 * RATE, np.float32)
    sound[117 * RATE : 125 * RATE] = speech_like(8)
    spans = speech_spans(speech_activity(sound))
    assert [(span.start, span.end) for span in spans] == [(pytest.approx(117, abs=0.3), pytest.approx(125, abs=0.3))]


def test_spans_bridge_pauses_and_leave_out_clicks():
    activity = np.zeros(200)
    activity[[*range(20, 40), *range(45, 60), 100]] = 0.9
    assert speech_spans(activity) == (Speech(1.0, 3.0),)


@pytest.fixture
def dialogue(tmp_path):
    """Ten seconds at 44.1 kHz, speech from 4 to 8."""
    sound = np.concatenate([np.zeros(4 * RATE), speech_like(4), np.zeros(2 * RATE)])
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
    assert len(timeline_activity(clips)) == 2 * FRAMES_PER_SECOND + 1
    assert speech_in(clips) == ()
