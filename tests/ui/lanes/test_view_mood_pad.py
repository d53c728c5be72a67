from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PyQt6.QtCore import Qt
from pytestqt.qtbot import QtBot

from hitpoint.core.affect import Affect
from hitpoint.core.mood import MOODS, VALENCE_AROUSAL, Mood, parse_mood
from hitpoint.ui.lanes.mood_pad import MoodPad

LEFT = Qt.MouseButton.LeftButton
axis = st.floats(-1.0, 1.0)


@pytest.fixture
def pad(qtbot: QtBot) -> MoodPad:
    pad = MoodPad()
    qtbot.addWidget(pad)
    pad.resize(300, 300)
    return pad


@pytest.mark.parametrize("mood", MOODS)
def test_a_click_on_a_class_chooses_it(pad: MoodPad, qtbot: QtBot, mood: Mood) -> None:
    with qtbot.waitSignal(pad.mood_chosen) as chosen:
        qtbot.mouseClick(pad, LEFT, pos=pad.place_of(Affect(*VALENCE_AROUSAL[mood])).toPoint())
    assert chosen.args == [mood.value]


def test_a_click_between_chooses_a_point(pad: MoodPad, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pad.mood_chosen) as chosen:
        qtbot.mouseClick(pad, LEFT, pos=pad.place_of(Affect(0.25, -0.5)).toPoint())
    assert chosen.args is not None
    _, point = parse_mood(chosen.args[0])
    assert point is not None
    assert (point.valence, point.arousal) == (pytest.approx(0.25, abs=0.01), pytest.approx(-0.5, abs=0.01))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(valence=axis, arousal=axis)
def test_places_and_feelings_are_the_same_both_ways(pad: MoodPad, valence: float, arousal: float) -> None:
    back = pad.affect_at(pad.place_of(Affect(valence, arousal)))
    assert (back.valence, back.arousal) == (pytest.approx(valence), pytest.approx(arousal))


def test_outside_the_plane_is_its_edge(pad: MoodPad, qtbot: QtBot) -> None:
    assert pad.affect_at(pad.rect().topRight().toPointF()) == Affect(1.0, 1.0)


def test_keys_move_the_point_and_choose(pad: MoodPad, qtbot: QtBot) -> None:
    pad.show_mood(Mood.NEUTRAL)
    qtbot.keyClick(pad, Qt.Key.Key_Right)
    qtbot.keyClick(pad, Qt.Key.Key_Up)
    with qtbot.waitSignal(pad.mood_chosen) as chosen:
        qtbot.keyClick(pad, Qt.Key.Key_Return)
    assert chosen.args == ["0.05,0.05"]


def test_digits_take_a_class(pad: MoodPad, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pad.mood_shown) as shown:
        qtbot.keyClick(pad, Qt.Key.Key_3)
    assert shown.args == ["tense"]


def test_showing_asks_for_nothing(pad: MoodPad, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(pad.mood_chosen), qtbot.assertNotEmitted(pad.mood_shown):
        pad.show_mood(Mood.SAD, Affect(-0.5, -0.3))
    assert pad.mood == "-0.50,-0.30"
    assert "Sad" in pad.accessibleDescription()
