import numpy as np
import pytest

from hitpoint.core.render.mix import MixSettings, Room, RumbleFilter, fade_gains, room_impulse, stem_gains

SETTINGS = MixSettings()


def test_the_room_answers_the_same_in_blocks_of_any_size():
    sound = np.random.default_rng(2).standard_normal((30_000, 2)).astype(np.float32)
    whole = Room(room_impulse(SETTINGS), 0.2).heard(sound)
    room = Room(room_impulse(SETTINGS), 0.2)
    pieces = np.concatenate([room.heard(sound[first : first + 7001]) for first in range(0, 30_000, 7001)])
    np.testing.assert_allclose(pieces, whole, atol=2e-5)


def test_the_room_dies_by_60_decibels_in_its_time():
    energy = (room_impulse(MixSettings(room_seconds=1.0)) ** 2).sum(axis=1)
    early, late = energy[600:4800].mean(), energy[-4800:].mean()
    assert -66 < 10 * np.log10(late / early) < -50


def test_a_cue_starts_and_ends_at_nothing():
    gains = fade_gains(0, 48_000, 48_000, SETTINGS)
    assert gains[0] == gains[-1] == 0
    assert gains[200:40_000].min() == 1
    assert np.abs(np.diff(gains)).max() < 0.02


@pytest.mark.parametrize("samples", [1, 2, 5])
def test_the_shortest_cues_have_fades_too(samples):
    assert np.isfinite(fade_gains(0, samples, samples, SETTINGS)).all()


def test_balance_leaves_the_middle_and_keeps_the_power(make_part):
    assert stem_gains(make_part()) == pytest.approx([1, 1])
    left, right = stem_gains(make_part(pan=0.6, gain_decibels=-6.0206))
    assert left**2 + right**2 == pytest.approx(0.5)
    assert stem_gains(make_part(pan=-1.0)) == pytest.approx([2**0.5, 0], abs=1e-9)


def test_an_offset_is_taken_off_and_the_bass_is_not():
    time = np.arange(96_000) / 48_000
    sound = np.stack([0.3 + 0.2 * np.sin(2 * np.pi * 60 * time)] * 2, axis=1).astype(np.float32)
    rumble = RumbleFilter()
    heard = np.concatenate([rumble.heard(sound[:30_000]), rumble.heard(sound[30_000:])])[48_000:]
    assert np.abs(heard.mean(axis=0)).max() < 1e-3
    assert np.sqrt((heard**2).mean()) == pytest.approx(0.2 / 2**0.5, rel=0.02)
