"""The mixer in a real window: what it sets lies in the cue, and so is delivered and undone."""

from __future__ import annotations

import json

from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest

from hitpoint.core.arrange.styles.part_styles import style_of
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import cue_bytes, cue_from_document
from hitpoint.core.cue.parts import PartSetting
from hitpoint.ui.app import Window


def _cue(window: Window) -> Cue:
    cue = window.presenter.desk.cue
    assert cue is not None
    return cue


def _shown(window: Window) -> None:
    window.panel.side.setCurrentIndex(2)
    window.panel.activateWindow()


def test_a_fader_that_is_held_is_heard_and_written_when_it_is_let_go(at_work: Window) -> None:
    _shown(at_work)
    fader = at_work.panel.parts._rows["Pad"].level
    fader.setSliderDown(True)
    fader.setSliderPosition(-6)
    assert at_work.listening.monitor.part_decibels == (("Pad", -6.0),)
    assert _cue(at_work).sound.parts == ()
    fader.setSliderDown(False)
    assert _cue(at_work).sound.parts == (PartSetting("Pad", level=-6.0),)
    assert at_work.listening.monitor.part_decibels == ()


def test_many_keys_on_a_fader_are_one_undo_step(at_work: Window) -> None:
    _shown(at_work)
    before, fader = _cue(at_work), at_work.panel.parts._rows["Pad"].level
    fader.setFocus()
    for _ in range(3):
        QTest.keyClick(fader, Qt.Key.Key_Up)
    assert _cue(at_work).sound.parts == (PartSetting("Pad", level=3.0),)
    at_work.presenter.changes.undo()
    assert _cue(at_work) == before
    assert fader.value() == 0


def test_instrument_octave_and_place_are_saved_with_the_cue(at_work: Window) -> None:
    _shown(at_work)
    row = at_work.panel.parts._rows["Piano"]
    row.instrument.setCurrentIndex(row.instrument.findData("celesta"))
    row.instrument.activated.emit(row.instrument.currentIndex())
    row.octave.setValue(-1)
    row.pan.setValue(-50)
    cue = _cue(at_work)
    assert cue.sound.parts == (PartSetting("Piano", "celesta", -1, 0.0, -0.5),)
    assert cue_from_document(json.loads(cue_bytes(cue))) == cue
    player = next(one for one in style_of(cue).players if one.name == "Piano")
    assert (player.pan, player.moved, player.program) == (-0.5, -12, 8)
    row.instrument.setCurrentIndex(0)
    row.instrument.activated.emit(0)
    assert _cue(at_work).sound.parts[0].instrument == ""


def test_an_undo_shows_what_was_before(at_work: Window) -> None:
    _shown(at_work)
    row = at_work.panel.parts._rows["Pad"]
    row.octave.setValue(2)
    at_work.presenter.changes.undo()
    assert row.octave.value() == 0
