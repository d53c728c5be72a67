import numpy as np
import pytest
import soundfile

RATE = 22050
CHORDS = ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14))  # C, A minor, F, G above middle C


def note(semitones_from_a, seconds):
    """A decaying tone with overtones."""
    time = np.arange(int(seconds * RATE)) / RATE
    hertz = 440 * 2 ** (semitones_from_a / 12)
    wave = sum(np.sin(2 * np.pi * hertz * n * time) / n**1.5 for n in range(1, 7))
    return wave * np.exp(-2.0 * time)


def little_song(bars=16, bpm=120.0):
    """Block chords on every beat, a bass on the bar, and a click track of noise: mono at 22.05 kHz."""
    beat = 60 / bpm
    sound = np.zeros(int((bars * 4 + 2) * beat * RATE))
    rng = np.random.default_rng(0)
    for number in range(bars * 4):
        first = int((number * beat + 0.1) * RATE)
        chord = CHORDS[number // 4 % 4]
        gain = 0.16 if number % 4 == 0 else 0.08
        for tone in chord:
            played = gain * note(tone - 9, beat)
            sound[first : first + len(played)] += played
        if number % 4 == 0:
            played = 0.4 * note(chord[0] - 33, 4 * beat)[: len(sound) - first]
            sound[first : first + len(played)] += played
        burst = rng.normal(size=1200) * np.exp(-np.linspace(0, 7, 1200))
        sound[first : first + 1200] += (0.25 if number % 2 else 0.1) * burst
    return (0.5 * sound / np.abs(sound).max()).astype(np.float32)


@pytest.fixture(scope="session")
def song(tmp_path_factory):
    """The little song as a stereo WAV file at 48 kHz."""
    import soxr

    path = tmp_path_factory.mktemp("song") / "song.wav"
    mono = soxr.resample(little_song(), RATE, 48000)
    soundfile.write(path, np.stack([mono, mono], axis=1), 48000)
    return path
