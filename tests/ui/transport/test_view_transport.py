from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import QLabel, QLineEdit, QPushButton, QSlider, QToolButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hitpoint.core.timebase import SAMPLE_RATE, FrameRate
from hitpoint.ui.players.choice import recorded_player
from hitpoint.ui.players.player import DeviceState
from hitpoint.ui.players.recorded_output import RecordedOutput
from hitpoint.ui.players.sound import PlayedSound
from hitpoint.ui.transport.playhead import Playhead
from hitpoint.ui.transport.shuttle import Shuttle
from hitpoint.ui.transport.transport import Transport
from hitpoint.ui.transport.transport_keys import KEPT_KEYS, TransportKeys

NTSC = FrameRate(Fraction(30000, 1001))


@pytest.fixture
def transport(qtbot: QtBot) -> Transport:
    widget = Transport()
    qtbot.addWidget(widget)
    widget.show_edit(NTSC, 18_000, 107_892, drop_frame=True)
    return widget


@pytest.fixture
def audition() -> tuple[Shuttle, RecordedOutput]:
    player, output = recorded_player()
    player.load(PlayedSound(NTSC.samples(18_000)))
    shuttle = Shuttle(player)
    shuttle.show_edit(NTSC, 18_000, (60, 100, 200))
    return shuttle, output


@pytest.fixture
def window(qtbot: QtBot, audition: tuple[Shuttle, RecordedOutput]) -> Iterator[QWidget]:
    widget = QWidget()
    qtbot.addWidget(widget)
    row = QVBoxLayout(widget)
    for child in (QLineEdit(), QPushButton("OK"), QSlider(Qt.Orientation.Horizontal)):
        row.addWidget(child)
    TransportKeys(widget, audition[0])
    widget.show()
    qtbot.waitExposed(widget)
    yield widget


def named(widget: QWidget, name: str) -> QToolButton:
    return next(button for button in widget.findChildren(QToolButton) if button.accessibleName() == name)


TIMECODES = {0: "01:00:00;00", 1799: "01:00:59;29", 1800: "01:01:00;02", 17_982: "01:10:00;00"}


@pytest.mark.parametrize(("frame", "timecode"), TIMECODES.items(), ids=TIMECODES.values())
def test_timecode_is_the_edits_own_with_drop_frame(transport: Transport, frame: int, timecode: str) -> None:
    transport.show_frame(frame)
    assert transport._timecode.text() == timecode


TYPED = {"01:01:00;02": 1800, "60.06s": 1800, "1412": 432, "+12": 112, "-200": 40, "-20.": 0, "99:00:00:00": 17_999}


@pytest.mark.parametrize(("text", "frame"), TYPED.items(), ids=TYPED)
def test_a_time_that_is_typed_is_asked_for(qtbot: QtBot, transport: Transport, text: str, frame: int) -> None:
    transport.show()
    transport.show_frame(100)
    transport._timecode.selectAll()
    qtbot.keyClicks(transport._timecode, text)
    with qtbot.waitSignal(transport.frame_requested) as asked:
        qtbot.keyClick(transport._timecode, Qt.Key.Key_Return)
    assert asked.args == [frame]


def test_nonsense_asks_for_nothing_and_escape_forgets_it(qtbot: QtBot, transport: Transport) -> None:
    transport._timecode.setText("soon")
    with qtbot.assertNotEmitted(transport.frame_requested):
        qtbot.keyClick(transport._timecode, Qt.Key.Key_Return)
    qtbot.keyClick(transport._timecode, Qt.Key.Key_Escape)
    assert transport._timecode.text() == "01:00:00;00"


def test_what_is_refused_says_why_until_something_else_is_typed(qtbot: QtBot, transport: Transport) -> None:
    field = transport._timecode
    qtbot.keyClicks(field, "soon")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "type digits" in field.refusal and field.accessibleDescription() == field.refusal
    qtbot.keyClicks(field, "1")
    assert field.refusal == ""


BUTTONS = {
    "Play": "play_toggled",
    "First frame": "home_requested",
    "Last frame": "end_requested",
    "Play backwards, again for faster": "backward_pressed",
    "Play forward, again for faster": "forward_pressed",
    "One frame on": "step_requested",
    "Repeat the selection": "loop_toggled",
}


@pytest.mark.parametrize(("name", "signal"), BUTTONS.items(), ids=BUTTONS)
def test_a_button_asks(qtbot: QtBot, transport: Transport, name: str, signal: str) -> None:
    with qtbot.waitSignal(getattr(transport, signal)):
        qtbot.mouseClick(named(transport, name), Qt.MouseButton.LeftButton)


def test_showing_a_state_asks_for_nothing(qtbot: QtBot, transport: Transport) -> None:
    with qtbot.assertNotEmitted(transport.loop_toggled), qtbot.assertNotEmitted(transport.production_toggled):
        transport.show_loop(is_on=True)
        transport.show_production(is_on=True)


def test_speeds_other_than_normal_are_told(transport: Transport) -> None:
    transport.show_speed(-4.0)
    assert transport._speed.text() == "\N{MINUS SIGN}4\N{MULTIPLICATION SIGN}"
    transport.show_speed(1.0)
    assert transport._speed.text() == ""


def test_without_a_device_it_says_so_and_why(transport: Transport) -> None:
    transport.show_device(DeviceState("no device", False, "No sound: nothing is plugged in"))
    button = named(transport, "Sound device: no device")
    assert button.text() == "No device" and "nothing is plugged in" in button.toolTip()


def test_every_button_has_a_name_and_a_tip(transport: Transport) -> None:
    for button in transport.findChildren(QToolButton):
        assert button.accessibleName() and button.toolTip()


KEYS = [
    (Qt.Key.Key_Space, 1.0),
    (Qt.Key.Key_L, 1.0),
    (Qt.Key.Key_J, -1.0),
]


@pytest.mark.parametrize(("key", "speed"), KEYS)
def test_keys_play(
    qtbot: QtBot, window: QWidget, audition: tuple[Shuttle, RecordedOutput], key: Qt.Key, speed: float
) -> None:
    audition[0].go_to(900)
    qtbot.keyPress(window, key)
    assert audition[0].player.speed == speed


def test_k_held_plays_slowly_and_stops_when_let_go(
    qtbot: QtBot, window: QWidget, audition: tuple[Shuttle, RecordedOutput]
) -> None:
    qtbot.keyPress(window, Qt.Key.Key_K)
    qtbot.keyPress(window, Qt.Key.Key_L)
    assert audition[0].player.speed == 0.25
    qtbot.keyRelease(window, Qt.Key.Key_L)
    assert audition[0].player.speed == 0.0


STEPS = [
    (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier, 101),
    (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 99),
    (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, 130),
    (Qt.Key.Key_Up, Qt.KeyboardModifier.NoModifier, 60),
    (Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, 200),
    (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier, 0),
    (Qt.Key.Key_End, Qt.KeyboardModifier.NoModifier, 17_999),
    (Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier, 100),
]


@pytest.mark.parametrize(("key", "modifier", "frame"), STEPS)
def test_keys_step(
    qtbot: QtBot,
    window: QWidget,
    audition: tuple[Shuttle, RecordedOutput],
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    frame: int,
) -> None:
    audition[0].go_to(100)
    qtbot.keyClick(window, key, modifier)
    assert audition[0].frame == frame


def test_who_types_keeps_the_keys(qtbot: QtBot, window: QWidget, audition: tuple[Shuttle, RecordedOutput]) -> None:
    line = window.findChild(QLineEdit)
    assert line is not None
    qtbot.keyClicks(line, "jkl j")
    assert line.text() == "jkl j" and not audition[0].player.playing


def test_space_plays_on_a_button_and_return_presses_it(
    qtbot: QtBot, window: QWidget, audition: tuple[Shuttle, RecordedOutput]
) -> None:
    button = window.findChild(QPushButton)
    assert button is not None
    window.activateWindow()
    button.setFocus()
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert audition[0].player.speed == 1.0
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert audition[0].player.speed == 1.0


def test_arrows_step_on_a_slider(qtbot: QtBot, window: QWidget, audition: tuple[Shuttle, RecordedOutput]) -> None:
    slider = window.findChild(QSlider)
    assert slider is not None
    window.activateWindow()
    slider.setFocus()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.keyClick(slider, Qt.Key.Key_Up)
    assert (audition[0].frame, slider.value()) == (1, 1)


def test_a_widget_keeps_the_keys_it_names(
    qtbot: QtBot, window: QWidget, audition: tuple[Shuttle, RecordedOutput]
) -> None:
    lane = QLabel(window)
    lane.keyPressEvent = lambda event: event.accept() if event.key() == Qt.Key.Key_L else event.ignore()
    lane.setProperty(KEPT_KEYS, "L Home")
    qtbot.keyClick(lane, Qt.Key.Key_L)
    assert not audition[0].player.playing
    qtbot.keyClick(lane, Qt.Key.Key_J)
    assert audition[0].player.speed == -1.0


def test_the_playhead_tells_each_frame_once_and_drops_what_it_missed(
    qtbot: QtBot, audition: tuple[Shuttle, RecordedOutput]
) -> None:
    shuttle, output = audition
    playhead = Playhead(shuttle)
    told: list[int] = []
    playhead.moved.connect(lambda _seconds, frame: told.append(frame))
    playhead.look()
    shuttle.toggle()
    output.pump(SAMPLE_RATE // 10)
    playhead.look()
    playhead.look()
    output.pump(SAMPLE_RATE)
    playhead.look()
    assert told == [0, 2, 32]


def test_where_it_comes_to_rest_is_told_even_within_a_frame(
    qtbot: QtBot, audition: tuple[Shuttle, RecordedOutput]
) -> None:
    shuttle, output = audition
    playhead = Playhead(shuttle)
    told: list[float] = []
    playhead.moved.connect(lambda seconds, _frame: told.append(seconds))
    shuttle.toggle()
    output.pump(SAMPLE_RATE // 10)
    playhead.look()
    output.pump(64)
    shuttle.stop()
    playhead.look()
    assert told[-1] == shuttle.player.position and len(told) == 2


def test_the_playhead_tells_speed_and_device(qtbot: QtBot, audition: tuple[Shuttle, RecordedOutput]) -> None:
    playhead = Playhead(audition[0])
    with qtbot.waitSignals([playhead.speed_changed, playhead.device_changed], timeout=60_000):
        playhead.start()
    audition[0].press_l()
    with qtbot.waitSignal(playhead.speed_changed, timeout=60_000) as told:
        playhead.look()
    assert told.args == [1.0]
    playhead.stop()
