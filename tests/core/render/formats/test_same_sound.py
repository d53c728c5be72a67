"""Sounds compared sample by sample."""

import math

import numpy as np
import pytest

from hitpoint.core.render.formats import same_sound
from hitpoint.core.render.formats.same_sound import sound_match
from hitpoint.core.render.formats.wav import WavWriter

RATE = 48_000


@pytest.fixture
def stored(tmp_path):
    """Writes 24-bit numbers, (n, 2), to a file of their own."""

    def write(numbers):
        path = tmp_path / f"{len(list(tmp_path.iterdir()))}.wav"
        with WavWriter(path, len(numbers)) as writer:
            writer.write(numbers)
        return path

    return write


def noise(seconds, seed=0):
    return np.random.default_rng(seed).integers(-(2**23), 2**23, (int(seconds * RATE), 2)).astype(np.int32)


def test_a_sound_is_the_same_as_itself(stored):
    file = stored(noise(3))
    match = sound_match(file, file, 0, 0, 3 * RATE)
    assert match.same == match.alike == ((0, 3 * RATE),)
    assert match.typical == -math.inf


def test_one_sample_that_differs_by_one_is_found(stored):
    sound = noise(4)
    changed = sound.copy()
    changed[2 * RATE + 7, 1] ^= 1
    match = sound_match(stored(sound), stored(changed), 0, 0, 4 * RATE)
    assert match.same == ((0, 2 * RATE), (2 * RATE + 480, 4 * RATE))
    assert match.alike == ((0, 4 * RATE),)


def test_what_moved_is_looked_for_where_it_is_now(stored, monkeypatch):
    monkeypatch.setattr(same_sound, "BLOCK", 9600)
    sound = noise(3)
    moved = np.concatenate([noise(0.5, seed=1), sound])
    assert sound_match(stored(sound), stored(moved), 100, RATE // 2 + 100, 2 * RATE).same == ((0, 2 * RATE),)
    assert sound_match(stored(sound), stored(moved), 100, RATE // 2 + 101, 2 * RATE).alike == ()


def test_what_lies_beyond_the_end_is_like_nothing(stored):
    sound = noise(3)
    match = sound_match(stored(sound), stored(sound[: 2 * RATE]), RATE // 2, RATE // 2, 2 * RATE)
    assert match.same == ((0, 3 * RATE // 2),)


@pytest.mark.parametrize(("apart", "is_near"), [(1, True), (2650, True), (2660, False)])
def test_a_difference_is_told_in_decibels(stored, apart, is_near):
    silence = np.zeros((RATE, 2), np.int32)
    match = sound_match(stored(silence), stored(silence + apart), 0, 0, RATE)
    assert match.typical == pytest.approx(20 * math.log10(apart / 2**23), abs=1e-4)
    assert (match.same, match.alike) == ((), ((0, RATE),) if is_near else ())


@pytest.mark.parametrize("content", [None, b"", b"RIFF\x04\0\0\0WAVE", b"no sound at all" * 9])
def test_what_is_no_sound_of_ours_is_like_nothing(stored, tmp_path, content):
    other = tmp_path / "other.wav"
    if content is not None:
        other.write_bytes(content)
    assert sound_match(other, stored(noise(1)), 0, 0, RATE) is None
