import numpy as np
import pytest
import soundfile

from hitpoint.core.errors import EditWriteError, OptionError
from hitpoint.core.render.formats.wav import FULL_SCALE, LONGEST, WavWriter, quantised


@pytest.mark.parametrize("samples", [0, 1, 47, 4801])
def test_what_is_written_is_read_again_sample_by_sample(tmp_path, samples):
    numbers = np.random.default_rng(1).integers(-FULL_SCALE - 1, FULL_SCALE + 1, (samples, 2), dtype=np.int32)
    with WavWriter(tmp_path / "a.wav", samples) as writer:
        writer.write(numbers[:20])
        writer.write(numbers[20:])
    found, rate = soundfile.read(tmp_path / "a.wav", dtype="int32", always_2d=True)
    assert rate == 48_000
    np.testing.assert_array_equal(found // 256, numbers)
    assert soundfile.info(tmp_path / "a.wav").subtype == "PCM_24"


def test_full_scale_is_never_exceeded():
    assert quantised(np.array([[2.0, -2.0]])).tolist() == [[FULL_SCALE, -FULL_SCALE - 1]]


def test_more_than_four_gigabytes_are_refused(tmp_path):
    with pytest.raises(OptionError, match="4 GB"):
        WavWriter(tmp_path / "long.wav", LONGEST + 1)


def test_a_file_that_exists_stays_as_it_is(tmp_path):
    (tmp_path / "a.wav").write_text("mine")
    with pytest.raises(EditWriteError):
        WavWriter(tmp_path / "a.wav", 10)
    assert (tmp_path / "a.wav").read_text() == "mine"


def test_nothing_is_left_when_the_writing_fails(tmp_path):
    with pytest.raises(RuntimeError), WavWriter(tmp_path / "a.wav", 10):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []
