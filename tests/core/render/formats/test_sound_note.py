from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.render.formats.bext import Broadcast
from hitpoint.core.render.formats.sound_note import SoundNote, note_chunk, read_note
from hitpoint.core.render.formats.wav import WavWriter

NOTE = SoundNote("0123456789abcdef")
SOUND = np.arange(20, dtype=np.int32).reshape(10, 2)


def written(path, **said):
    with WavWriter(path, 10, **said) as writer:
        writer.write(SOUND)
    return path.read_bytes()


def test_a_note_is_read_again(tmp_path):
    written(tmp_path / "a.wav", note=NOTE, broadcast=Broadcast("cut", 0))
    assert read_note(tmp_path / "a.wav") == NOTE


def test_a_note_stands_behind_the_sound_and_changes_none_of_it(tmp_path):
    plain, noted = written(tmp_path / "a.wav"), written(tmp_path / "b.wav", note=NOTE)
    assert noted[8 : len(plain)] == plain[8:]
    assert noted[len(plain) :] == note_chunk(NOTE)
    assert struct.unpack("<I", noted[4:8])[0] == len(noted) - 8


@pytest.mark.parametrize(
    "content", [b"", b"RIFF", b"RIFF\0\0\0\0WAVEHITP", b"RIFF\0\0\0\0WAVEHITP\x02\0\0\0{}", b"OggS" * 9]
)
def test_files_without_a_note_have_none(tmp_path, content):
    (tmp_path / "a.wav").write_bytes(content)
    assert read_note(tmp_path / "a.wav") is None
    assert read_note(tmp_path / "missing.wav") is None


@given(st.text(min_size=1, max_size=300))
def test_chunks_are_of_even_length_whatever_the_id(id_):
    assert len(note_chunk(SoundNote(id_))) % 2 == 0
