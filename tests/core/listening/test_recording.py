from fractions import Fraction

import numpy as np
import pytest
import soundfile

from hitpoint.core.errors import MediaReadError
from hitpoint.core.listening.recording import blocks_of, clip_of_file
from hitpoint.core.listening.spectra import HOP, SAMPLE_RATE
from hitpoint.core.media.sound_clip import SoundClip


def tone(seconds, rate, hertz=440.0):
    return (0.5 * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def whole(clips, start, seconds):
    return np.concatenate([block.own for block in blocks_of(clips, Fraction(start), Fraction(seconds))], axis=1)


@pytest.mark.parametrize(("rate", "channels"), [(8000, 1), (44100, 2), (48000, 1), (96000, 2)])
def test_any_rate_and_number_of_channels_is_read(tmp_path, rate, channels):
    path = tmp_path / "tone.wav"
    soundfile.write(path, np.stack([tone(3, rate)] * channels, axis=1), rate)
    clip = clip_of_file(path)
    assert float(clip.end) == pytest.approx(3.0, abs=0.01)
    heard = whole((clip,), 0, 3)
    assert heard.shape == (2, 3 * SAMPLE_RATE // HOP * HOP)
    assert np.abs(heard[:, 5000:20000]).max() == pytest.approx(
        0.5 if channels == 2 else 0.354, abs=0.03
    )  # mono is heard 3 dB down


def test_blocks_join_without_a_seam(tmp_path):
    path = tmp_path / "tone.wav"
    soundfile.write(path, np.stack([tone(130, 48000)] * 2, axis=1), 48000, "FLOAT")
    heard = whole((clip_of_file(path),), 0, 130)[0]
    expected = tone(130, SAMPLE_RATE)[: len(heard)]
    assert np.abs(heard - expected)[100:-100].max() < 0.02  # a block begins on a whole sample at 48 kHz


def test_outside_the_clips_there_is_silence(tmp_path):
    path = tmp_path / "tone.wav"
    soundfile.write(path, tone(2, 48000), 48000)
    late = SoundClip(Fraction(3), Fraction(5), path)
    heard = whole((late,), 0, 8)[0]
    second = np.abs(heard[: 7 * SAMPLE_RATE].reshape(7, SAMPLE_RATE)).max(axis=1)
    assert list(second > 0.1) == [False, False, False, True, True, False, False]


@pytest.mark.parametrize("content", [b"", b"not sound at all" * 50])
def test_what_holds_no_sound_is_told_in_a_line(tmp_path, content):
    path = tmp_path / "broken.wav"
    path.write_bytes(content)
    with pytest.raises(MediaReadError, match=r"broken\.wav"):
        clip_of_file(path)
