import numpy as np
import pytest

from hitpoint.core.render.mix.mix import MixSettings, fade_gains, room_send, stem_gains

SETTINGS = MixSettings()


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


def test_basses_and_drums_get_less_of_the_room(make_part):
    assert room_send(make_part()) == 0.0
    assert room_send(make_part(program=33)) == room_send(make_part(channel=9)) == -9.0
