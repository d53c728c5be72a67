from __future__ import annotations

from fractions import Fraction

import pytest

from hitpoint.core.timebase import SAMPLE_RATE, FrameRate
from hitpoint.ui.players.choice import recorded_player
from hitpoint.ui.players.recorded_output import RecordedOutput
from hitpoint.ui.players.sound import PlayedSound
from hitpoint.ui.transport.frame_clock import seconds_of
from hitpoint.ui.transport.shuttle import Shuttle

RATE = FrameRate(Fraction(30000, 1001))
FRAMES = 3000


@pytest.fixture
def audition() -> tuple[Shuttle, RecordedOutput]:
    player, output = recorded_player()
    player.load(PlayedSound(RATE.samples(FRAMES)))
    shuttle = Shuttle(player)
    shuttle.show_edit(RATE, FRAMES)
    return shuttle, output


PRESSES = {
    "L": ("l", 1.0),
    "L L": ("ll", 2.0),
    "L four times and more": ("llllll", 8.0),
    "J": ("j", -1.0),
    "J J J": ("jjj", -4.0),
    "J at 4 forward slows down": ("lllj", 2.0),
    "and again": ("llljj", 1.0),
    "and at the usual speed turns round": ("llljjj", -1.0),
    "L at 4 backwards slows down": ("jjjl", -2.0),
    "J then L": ("jl", 1.0),
    "K between turns round at once": ("lllk)j", -1.0),
    "K stops": ("llk", 0.0),
    "K held and L": ("(l", 0.25),
    "K held and J": ("(j", -0.25),
    "K let go after L": ("(l)", 0.0),
    "space": (" ", 1.0),
    "space twice": ("  ", 0.0),
    "space stops a shuttle": ("lll ", 0.0),
    "L after space": (" l", 2.0),
}


@pytest.mark.parametrize(("keys", "speed"), PRESSES.values(), ids=PRESSES)
def test_keys_of_the_shuttle(audition: tuple[Shuttle, RecordedOutput], keys: str, speed: float) -> None:
    shuttle, _ = audition
    shuttle.go_to(1000)
    press = {"j": shuttle.press_j, "k": shuttle.press_k, "l": shuttle.press_l, " ": shuttle.toggle}
    press |= {"(": shuttle.press_k, ")": shuttle.release_k}
    for key in keys:
        press[key]()
    assert shuttle.player.speed == speed


def test_a_step_stops_and_goes_one_frame(audition: tuple[Shuttle, RecordedOutput]) -> None:
    shuttle, output = audition
    shuttle.toggle()
    output.pump(SAMPLE_RATE)
    assert shuttle.frame == 29
    shuttle.step(1)
    assert shuttle.frame == 30 and not shuttle.player.playing


def test_steps_never_stick_at_any_frame(audition: tuple[Shuttle, RecordedOutput]) -> None:
    shuttle, _ = audition
    for frame in range(1, 200):
        shuttle.step(1)
        assert shuttle.frame == frame


def test_steps_stay_inside_the_edit(audition: tuple[Shuttle, RecordedOutput]) -> None:
    shuttle, _ = audition
    shuttle.step(-5)
    assert shuttle.frame == 0
    shuttle.end()
    shuttle.step(1)
    assert shuttle.frame == FRAMES - 1
    shuttle.home()
    assert shuttle.frame == 0


def test_space_at_the_end_plays_from_the_beginning(audition: tuple[Shuttle, RecordedOutput]) -> None:
    shuttle, output = audition
    shuttle.end()
    shuttle.toggle()
    output.pump(4800)
    assert shuttle.frame == 2


def test_a_loop_is_played_round(audition: tuple[Shuttle, RecordedOutput]) -> None:
    shuttle, output = audition
    shuttle.set_loop_span(1.0, 2.0)
    shuttle.set_looping(is_looping=True)
    shuttle.toggle()
    assert shuttle.player.position == 1.0
    output.pump(SAMPLE_RATE * 3 // 2)
    assert shuttle.player.position == pytest.approx(1.5)


def test_without_a_span_the_whole_edit_is_repeated(audition: tuple[Shuttle, RecordedOutput]) -> None:
    shuttle, _ = audition
    shuttle.set_looping(is_looping=True)
    assert shuttle.loop_span == (0.0, seconds_of(FRAMES, RATE))


def test_an_empty_span_ends_the_loop(audition: tuple[Shuttle, RecordedOutput]) -> None:
    shuttle, _ = audition
    shuttle.set_loop_span(1.0, 2.0)
    shuttle.set_looping(is_looping=True)
    shuttle.set_loop_span(1.0, 1.0)
    assert not shuttle.is_looping


def test_a_click_in_the_ruler_goes_on_playing_from_the_frame_there(audition: tuple[Shuttle, RecordedOutput]) -> None:
    shuttle, output = audition
    shuttle.toggle()
    output.pump(480)
    shuttle.seek(50.01)
    output.pump(480)
    assert shuttle.player.playing and shuttle.frame == RATE.frame_at(50.01)


def test_another_player_goes_on_at_the_same_place(audition: tuple[Shuttle, RecordedOutput]) -> None:
    shuttle, output = audition
    shuttle.go_to(500)
    other, _ = recorded_player()
    shuttle.use_player(other)
    other.load(PlayedSound(RATE.samples(FRAMES)))
    assert shuttle.frame == 500 and output.is_closed
