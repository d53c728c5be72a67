from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from hitpoint.core.media.production_mix import ProductionMix, production_peaks
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.media.sound_reader import SoundReader

RATE = 48_000


def write(path: Path, sound: np.ndarray, codec: str = "pcm_f32le", rate: int = RATE, picture_rate: int = 0) -> Path:
    """A file of stereo sound; with a black picture of as many frames a second where that is wanted."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout="stereo")
        if picture_rate:
            video = container.add_stream("mpeg4", rate=picture_rate)
            video.width = video.height = 32
            video.pix_fmt = "yuv420p"
            for _ in range(len(sound) * picture_rate // rate):
                container.mux(video.encode(av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")))
            container.mux(video.encode(None))
        for first in range(0, len(sound), 1024):
            piece = np.ascontiguousarray(sound[first : first + 1024].reshape(1, -1), np.float32)
            frame = av.AudioFrame.from_ndarray(piece, format="flt", layout="stereo")
            frame.sample_rate, frame.pts, frame.time_base = rate, first, Fraction(1, rate)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.fixture
def sound() -> np.ndarray:
    """Ten seconds in which every sample tells its number: a rising ramp on the left, its half on the right."""
    ramp = np.arange(10 * RATE, dtype=np.float32) / (10 * RATE)
    return np.stack([ramp, ramp / 2], axis=1)


@pytest.fixture
def wav(tmp_path: Path, sound: np.ndarray) -> Path:
    return write(tmp_path / "sound.wav", sound)


PLACES = [
    (0, 100),
    (5000, 3000),
    (8000, 10),
    (400_000, 2000),
    (399_000, 1500),
    (100, 96_000),
    (479_000, 3000),
    (-50, 100),
]


def test_any_stretch_in_any_order_is_exact(wav: Path, sound: np.ndarray) -> None:
    reader = SoundReader(wav)
    padded = np.concatenate([np.zeros((100, 2)), sound, np.zeros((4000, 2))])
    for first, count in PLACES:
        assert np.array_equal(reader.read(first, count), padded[100 + first : 100 + first + count])
    reader.close()


def test_what_is_no_number_is_silent(tmp_path: Path, sound: np.ndarray) -> None:
    sound[100:200] = np.nan
    reader = SoundReader(write(tmp_path / "nan.wav", sound))
    heard = reader.read(0, 300)
    reader.close()
    assert not heard[100:200].any() and np.array_equal(heard[:100], sound[:100])


def test_read_on_block_by_block_nothing_is_lost_or_doubled(wav: Path, sound: np.ndarray) -> None:
    reader = SoundReader(wav)
    blocks = [reader.read(first, 777) for first in range(0, len(sound) - 777, 777)]
    reader.close()
    assert np.array_equal(np.concatenate(blocks), sound[: len(blocks) * 777])


CODED = {
    "aac in mp4": ("a.mp4", "aac", RATE),
    "mp3": ("a.mp3", "mp3", RATE),
    "44.1 kHz": ("a.wav", "pcm_f32le", 44_100),
}


@pytest.mark.parametrize(("name", "codec", "rate"), CODED.values(), ids=CODED)
def test_after_a_seek_coded_sound_lies_where_it_lies_without(tmp_path: Path, name: str, codec: str, rate: int) -> None:
    times = np.arange(10 * rate) / rate
    chirp = (0.5 * np.sin(2 * np.pi * (200 + 150 * times) * times)).astype(np.float32)
    reader = SoundReader(write(tmp_path / name, np.stack([chirp] * 2, axis=1), codec, rate))
    whole = reader.read(0, 9 * RATE)[:, 0]
    expected = np.interp(np.arange(9 * RATE) / RATE, times, chirp)
    for first in (4 * RATE, 8 * RATE, RATE // 3):
        piece = reader.read(first, 4000)[:, 0]
        assert np.abs(piece - whole[first : first + 4000]).max() < 0.03
        assert np.abs(piece - expected[first : first + 4000]).max() < 0.05
    reader.close()


def test_sound_and_picture_of_a_file_begin_together(tmp_path: Path) -> None:
    click = np.zeros((2 * RATE, 2), np.float32)
    click[RATE] = 0.9
    path = write(tmp_path / "a.mov", click, picture_rate=25, codec="pcm_s16le")
    reader = SoundReader(path)
    heard = reader.read(0, 2 * RATE)
    reader.close()
    assert abs(int(np.abs(heard[:, 0]).argmax()) - RATE) <= 1


def mixed(*clips: SoundClip, first: int = 0, last: int = 10 * RATE) -> np.ndarray:
    mix = ProductionMix(clips)
    heard = mix.read(first, last)
    mix.close()
    return heard


def seconds(number: float) -> Fraction:
    return Fraction(number).limit_denominator(1000)


def test_a_clip_lies_where_the_timeline_has_it(wav: Path, sound: np.ndarray) -> None:
    heard = mixed(SoundClip(seconds(1), seconds(3), wav, seconds(4.5)))
    assert not heard[:RATE].any() and not heard[3 * RATE :].any()
    assert np.array_equal(heard[RATE : 3 * RATE], sound[int(4.5 * RATE) : int(6.5 * RATE)])


def test_clips_that_overlap_are_added(wav: Path, sound: np.ndarray) -> None:
    heard = mixed(SoundClip(seconds(0), seconds(2), wav), SoundClip(seconds(1), seconds(2), wav))
    assert np.array_equal(heard[RATE : 2 * RATE], sound[RATE : 2 * RATE] + sound[:RATE])


SPEEDS = [Fraction(2), Fraction(1, 2), Fraction(-1), Fraction(-3, 2)]


@pytest.mark.parametrize("speed", SPEEDS, ids=str)
def test_speed_and_reverse_are_heard(wav: Path, sound: np.ndarray, speed: Fraction) -> None:
    clip = SoundClip(seconds(1), seconds(3), wav, seconds(5), speed)
    heard = np.concatenate([mixed(clip, first=at, last=at + RATE // 2) for at in range(RATE, 3 * RATE, RATE // 2)])
    expected = (5 * RATE + float(speed) * np.arange(2 * RATE)) / (10 * RATE)
    assert np.allclose(heard[:, 0], expected, atol=1e-5)


def test_a_source_time_beyond_all_files_is_silent(wav: Path) -> None:
    assert not mixed(SoundClip(seconds(0), seconds(1), wav, Fraction(10**22)), last=RATE).any()


def test_sound_that_cannot_be_read_is_silent_and_the_rest_goes_on(wav: Path, sound: np.ndarray, tmp_path: Path) -> None:
    (tmp_path / "broken.wav").write_bytes(b"RIFF" + bytes(50))
    broken = SoundClip(seconds(0), seconds(2), tmp_path / "broken.wav")
    assert np.array_equal(mixed(broken, SoundClip(seconds(0), seconds(2), wav), last=RATE), sound[:RATE])


def test_peaks_follow_the_timeline(wav: Path) -> None:
    peaks = production_peaks([SoundClip(seconds(2), seconds(4), wav, seconds(6))])
    assert len(peaks.high) == 4 * RATE // 256
    assert not peaks.high[: 2 * RATE // 256].any() and peaks.high[-1] == pytest.approx(0.8, abs=0.001)
