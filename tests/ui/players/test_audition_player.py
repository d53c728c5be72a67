from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.timebase import SAMPLE_RATE, FrameRate
from hitpoint.ui.players.audition_player import AuditionPlayer
from hitpoint.ui.players.choice import recorded_player
from hitpoint.ui.players.recorded_output import RecordedOutput
from hitpoint.ui.players.sound import Monitor, PlayedSound, StemArrays
from hitpoint.ui.transport.frame_clock import frame_heard

SECONDS = 4
NOISE = np.random.default_rng(5).standard_normal((SECONDS * SAMPLE_RATE, 2)).astype(np.float32)
SOUND = PlayedSound(len(NOISE), StemArrays(("strings",), (NOISE,)))


def loaded(latency: float = 0.0, block: int = 480) -> tuple[AuditionPlayer, RecordedOutput]:
    player, output = recorded_player(latency, block)
    player.load(SOUND)
    return player, output


def test_what_is_recorded_is_what_was_rendered() -> None:
    player, output = loaded()
    player.play()
    assert np.array_equal(output.pump_until_silent(), NOISE)
    assert not player.playing and player.position == SECONDS


def test_the_device_is_left_alone_until_something_plays() -> None:
    player, output = loaded()
    player.seek(2.0)
    assert not output.is_started and player.position == 2.0
    player.play()
    assert output.is_started


def test_position_is_what_is_heard_not_what_is_delivered() -> None:
    player, output = loaded(latency=0.1)
    player.play()
    output.pump(SAMPLE_RATE)
    assert player.position == pytest.approx(0.9)


def test_stopping_stays_at_what_was_heard() -> None:
    player, output = loaded(latency=0.1)
    player.play()
    output.pump(SAMPLE_RATE)
    player.stop()
    assert player.position == pytest.approx(0.9) and not player.playing
    output.pump(SAMPLE_RATE)
    assert player.position == pytest.approx(0.9)


def test_it_plays_until_the_last_sample_is_heard() -> None:
    player, output = loaded(latency=0.1)
    player.seek(SECONDS - 0.05)
    player.play()
    output.pump(4800)
    assert player.playing
    output.pump(4800)
    assert not player.playing and player.position == SECONDS


def test_a_seek_while_playing_shows_when_it_is_heard() -> None:
    player, output = loaded(latency=0.1)
    player.play()
    output.pump(SAMPLE_RATE)
    player.seek(3.0)
    output.pump(2400)
    assert player.position == pytest.approx(0.95)
    output.pump(4800)
    assert player.position == pytest.approx(3.05)


def test_another_take_comes_at_the_same_place() -> None:
    player, output = loaded()
    player.play()
    output.pump(9600)
    player.load(PlayedSound(len(NOISE), StemArrays(("strings",), (NOISE * 2,))))
    output.pump(9600)
    assert np.array_equal(output.recorded[9600 + 480 :], 2 * NOISE[9600 + 480 : 19_200])


def test_mute_is_heard_within_the_crossfade() -> None:
    player, output = loaded()
    player.play()
    output.pump(4800)
    player.listen(Monitor(muted=frozenset(["strings"])))
    assert not output.pump(4800)[480:].any()


def test_after_a_close_nothing_is_asked_for() -> None:
    player, output = loaded()
    player.play()
    player.close()
    assert output.is_closed and not len(output.pump(480))


def test_a_place_that_was_sought_before_its_sound_came_is_kept() -> None:
    player, _ = recorded_player()
    player.seek(2.5)
    player.load(SOUND)
    assert player.position == 2.5
    player.seek(99.0)
    assert player.position == SECONDS


def test_a_device_that_goes_is_replaced_at_the_same_place() -> None:
    first, second = RecordedOutput(), RecordedOutput()
    player = AuditionPlayer(first, lambda: second)
    player.load(SOUND)
    player.play()
    first.pump(48_000)
    first.is_lost = True
    assert player.position == 1.0 and player.playing and first.is_closed
    assert np.array_equal(second.pump(4800)[480:], NOISE[48_480 : 48_000 + 4800])


RATES = [Fraction(24), Fraction(24000, 1001), Fraction(25), Fraction(30000, 1001), Fraction(60000, 1001)]


@given(st.sampled_from(RATES), st.floats(0.0, 0.3), st.floats(0.0, 3.0), st.integers(64, 2048), st.integers(1, 60))
def test_the_picture_asked_for_is_the_frame_of_the_sample_that_is_heard(
    rate: Fraction, latency: float, start: float, block: int, blocks: int
) -> None:
    player, output = loaded(latency, block)
    player.seek(start)
    player.play()
    output.pump(block * blocks)
    heard = min(
        max(round(start * SAMPLE_RATE) + block * blocks - latency * SAMPLE_RATE, round(start * SAMPLE_RATE)), len(NOISE)
    )
    frames = {frame_heard((heard + off) / SAMPLE_RATE, FrameRate(rate)) for off in (-1, 0, 1)}  # a sample of doubt
    assert frame_heard(player.position, FrameRate(rate)) in frames


def test_a_moment_is_heard_where_the_playhead_is_dragged_to_and_it_stays_there() -> None:
    player, output = loaded()
    for seconds in (1.0, 2.0):
        player.seek(seconds)
        player.scrub()
        output.pump(960)
    heard = output.recorded[960:1920]
    first = 2 * SAMPLE_RATE
    assert np.array_equal(heard[240:], NOISE[first + 240 : first + 960])
    assert player.position == 2.0 and not player.playing
    output.pump(SAMPLE_RATE)
    assert not output.recorded[-SAMPLE_RATE // 2 :].any()


def test_what_plays_is_not_disturbed_by_scrubbing() -> None:
    player, output = loaded()
    player.play()
    output.pump(4800)
    player.scrub()
    output.pump(4800)
    assert np.array_equal(output.recorded, NOISE[:9600])
