import math

import numpy as np
import pytest
from scipy.signal import butter, fftconvolve, sosfilt

from hitpoint.core.render.mix.room import PARTITION, Room, room_impulse, room_kernel

pytestmark = pytest.mark.determinism


def noise(pieces):
    return np.random.default_rng(2).standard_normal((2, pieces * PARTITION)).astype(np.float32)


def test_the_room_dies_by_60_decibels_in_its_time():
    energy = (room_impulse(1.0, 1968) ** 2).sum(axis=1)
    early, late = energy[600:4800].mean(), energy[-4800:].mean()
    assert -66 < 10 * np.log10(late / early) < -50


@pytest.mark.parametrize("decibels", [-15.0, -math.inf])
def test_it_is_the_high_pass_and_then_the_room(decibels):
    sound = noise(5)
    filtered = sosfilt(butter(2, 20, "highpass", fs=48_000, output="sos"), sound.astype(float), axis=1)
    answer = fftconvolve(filtered, room_impulse(1.6, 7).T, axes=1)[:, : sound.shape[1]]
    heard = Room(room_kernel(decibels, 1.6, 7)).heard(sound)
    np.testing.assert_allclose(heard, filtered + 10 ** (decibels / 20) * answer, atol=2e-6)


def test_it_answers_the_same_from_any_piece_once_primed():
    sound, kernel = noise(8), room_kernel(-15.0, 1.6, 1968)
    room, later = Room(kernel), Room(kernel)
    whole = [room.heard(sound[:, at : at + 2 * PARTITION]) for at in range(0, sound.shape[1], 2 * PARTITION)]
    for piece in range(6 - kernel.memory, 6):
        later.prime(sound[:, piece * PARTITION : (piece + 1) * PARTITION])
    np.testing.assert_array_equal(later.heard(sound[:, 6 * PARTITION :]), whole[3])


def test_an_offset_is_taken_off_and_the_bass_is_not():
    time = np.arange(4 * PARTITION) / 48_000
    sound = np.stack([0.3 + 0.2 * np.sin(2 * np.pi * 60 * time)] * 2).astype(np.float32)
    heard = Room(room_kernel(-math.inf, 1.6, 1968)).heard(sound)[:, 48_000:]
    assert np.abs(heard.mean(axis=1)).max() < 1e-3
    assert np.sqrt((heard**2).mean()) == pytest.approx(0.2 / 2**0.5, rel=0.02)
