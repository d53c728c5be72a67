"""Rooms: one for each style, heard as such, and safe in mono."""

import numpy as np
import pytest

from hitpoint.core.arrange.styles.styles import style_names
from hitpoint.core.music.score import DRUM_CHANNEL
from hitpoint.core.render.mix.mix import room_send
from hitpoint.core.render.mix.room import room_impulse
from hitpoint.core.render.mix.rooms import CHAMBER, HALL, STUDIO, room_of


def test_styles_play_in_three_rooms():
    assert {room_of(style) for style in style_names()} == {STUDIO, CHAMBER, HALL}
    assert room_of("an editor's own") == CHAMBER


@pytest.mark.parametrize("room", [STUDIO, CHAMBER, HALL])
def test_a_room_takes_little_away_in_mono(room):
    impulse = room_impulse(room.seconds, room.seed) * 10.0 ** (room.decibels / 20.0)
    impulse[0] += 1.0
    apart, together = (impulse**2).sum() / 2.0, ((impulse.sum(axis=1) / 2.0) ** 2).sum()
    assert 10.0 * np.log10(apart / together) < 0.3


def test_low_parts_and_band_kits_are_drier(make_part):
    assert room_send(make_part(program=32)) < room_send(make_part(program=48))
    assert room_send(make_part(program=48, bank=50)) < room_send(make_part(program=48, bank=20))
    assert room_send(make_part(program=0, channel=DRUM_CHANNEL)) < room_send(
        make_part(program=48, channel=DRUM_CHANNEL)
    )
