import struct
from fractions import Fraction

import av
import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.render.formats.bext import Broadcast, bext_chunk, time_reference
from hitpoint.core.render.formats.wav import WavWriter


def write(path, broadcast, later=None):
    frames = np.arange(2000, dtype=np.int32).reshape(1000, 2)
    with WavWriter(path, 1000, broadcast) as writer:
        writer.write(frames)
        if later is not None:
            writer.broadcast = later
    return frames


def test_pyav_reads_what_was_written(tmp_path):
    write(tmp_path / "a.wav", Broadcast("cut: piano in A minor", 173_280_000))
    with av.open(str(tmp_path / "a.wav")) as container:
        said = container.metadata
    assert (said["comment"], said["encoded_by"], said["time_reference"]) == (
        "cut: piano in A minor", "Hitpoint", "173280000",
    )  # fmt: skip
    assert said["coding_history"].startswith("A=PCM,F=48000,W=24")


def test_the_samples_are_as_without_it(tmp_path):
    frames = write(tmp_path / "a.wav", Broadcast("x", 1))
    found, rate = soundfile.read(tmp_path / "a.wav", dtype="int32")
    assert rate == 48_000
    np.testing.assert_array_equal(found // 256, frames)


def test_the_length_told_is_the_length_of_the_file(tmp_path):
    write(tmp_path / "a.wav", Broadcast("x", 1))
    content = (tmp_path / "a.wav").read_bytes()
    assert struct.unpack_from("<I", content, 4)[0] == len(content) - 8


def test_what_is_known_only_at_the_end_is_written_too(tmp_path):
    write(tmp_path / "a.wav", Broadcast("x", 1), Broadcast("x", 1, -16.02, 4.5, -1.1, -12.0, -14.25))
    content = (tmp_path / "a.wav").read_bytes()
    assert struct.unpack_from("<H", content, 20 + 346)[0] == 2
    assert struct.unpack_from("<5h", content, 20 + 412) == (-1602, 450, -110, -1200, -1425)


def test_fields_that_are_not_used_say_so():
    assert struct.unpack_from("<5H", bext_chunk(Broadcast("x", 1, loudness=-np.inf)), 8 + 412) == (0x7FFF,) * 5


def test_text_that_is_not_ascii_or_too_long_keeps_the_chunks_length():
    assert len(bext_chunk(Broadcast("é" * 1000, 0))) == len(bext_chunk(Broadcast("", 0)))


@pytest.mark.parametrize(
    ("frames", "rate", "samples"),
    [(90_250, Fraction(25), 173_280_000), (86_400, Fraction(24000, 1001), 172_972_800), (24 * 3600, Fraction(1), 0)],
)
def test_the_time_reference_counts_samples_from_midnight(frames, rate, samples):
    assert time_reference(frames / rate) == samples


@given(st.fractions(0, 10**6))
def test_a_time_reference_lies_within_a_day(seconds):
    assert 0 <= time_reference(seconds) < 24 * 3600 * 48_000
