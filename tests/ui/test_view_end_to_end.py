"""The whole of it: real models, real synthesiser, a real edit, a device that records."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from hitpoint.bridge.demo import make_demo_edit
from hitpoint.core.cue.cue import Cue
from hitpoint.core.mood import Mood
from hitpoint.core.ports import WriteChoice
from hitpoint.core.render.audition.sound import AuditionSound
from hitpoint.plugin.panel.ports import panel_ports
from hitpoint.ui.app import Window, make_window, start
from hitpoint.ui.panel import Panel
from hitpoint.ui.players.choice import recorded_player
from hitpoint.ui.players.recorded_output import RecordedOutput
from hitpoint.ui.presenter.runner import ERROR

PATIENCE = 120_000  # milliseconds; a machine with other work to do loads networks slowly


class Desk:
    """A window at work, and what it was shown last."""

    def __init__(self, qtbot: QtBot, folder: Path, edit: Path) -> None:
        self.qtbot = qtbot
        player, self.device = recorded_player()
        self.window: Window = make_window(panel_ports(), player, folder / "state")
        qtbot.addWidget(self.window.panel, before_close_func=_let_close)
        self.window.panel.sound_shown.connect(self._hear)
        self.window.panel.show()
        self.sound: AuditionSound | None = None
        self.heard: Cue | None = None
        start(self.window, edit, finds_device=False)
        self.until_settled()

    @property
    def cue(self) -> Cue:
        cue = self.window.presenter.desk.cue
        assert cue is not None
        return cue

    def press(self, name: str) -> None:
        self.window.panel.actions_by_name[name].trigger()

    def until(self, is_so: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(is_so, timeout=PATIENCE)

    def until_settled(self) -> None:
        self.until(lambda: self.window.presenter.desk.cue is not None and not self.window.runner.is_busy("compose"))
        self.until(lambda: self.sound is not None and self.sound.is_settled and self.heard == self.cue)

    def _hear(self, sound: AuditionSound | None, cue: Cue | None) -> None:
        self.sound, self.heard = sound, cue


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path, demo_edit: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("HITPOINT_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("HITPOINT_CACHE", str(tmp_path / "cache"))
    desk = Desk(qtbot, tmp_path, demo_edit)
    yield desk
    desk.window.panel.may_close = lambda: True
    desk.window.close()


@pytest.fixture
def demo_edit(tmp_path: Path) -> Path:
    return make_demo_edit(tmp_path / "demo")


def _let_close(panel: Panel) -> None:
    panel.may_close = lambda: True


def _heard(device: RecordedOutput, sound: AuditionSound) -> np.ndarray:
    return device.pump(sound.samples)


def test_an_editor_at_work(desk: Desk) -> None:
    window, timeline = desk.window, desk.window.panel.timeline
    first = desk.cue

    timeline.lock_toggled.emit(4, 6)
    locked = desk.cue
    assert [index for index, step in enumerate(locked.steps) if step.locked] == [4, 5]

    timeline.selection_changed.emit(2, 9)
    desk.press("regenerate")
    desk.until_settled()
    rerolled = desk.cue
    assert rerolled.steps[4:6] == locked.steps[4:6]
    assert (rerolled.steps[:2], rerolled.steps[9:]) == (locked.steps[:2], locked.steps[9:])
    assert [step.chord for step in rerolled.steps] != [step.chord for step in locked.steps]

    desk.press("undo")
    assert desk.cue == locked
    desk.press("undo")
    assert desk.cue == first
    desk.press("redo")
    desk.press("redo")
    assert desk.cue == rerolled

    timeline.mood_set_requested.emit(0.0, 8.0, "tense")
    assert desk.cue.moods[0].mood is Mood.TENSE
    desk.until_settled()

    sound = desk.sound
    assert sound is not None
    window.shuttle.home()
    window.shuttle.toggle()
    np.testing.assert_array_equal(_heard(desk.device, sound), sound.mix())

    written = _written_back(desk)
    again = window.presenter.desk.cue
    window.presenter.files.open(written)
    desk.until(lambda: window.presenter.desk.opened is not None and window.presenter.desk.opened.path == written)
    assert desk.cue.steps == again.steps  # type: ignore[union-attr]
    assert desk.cue.moods == again.moods  # type: ignore[union-attr]
    assert window.presenter.desk.is_saved
    assert window.runner.ends[ERROR] == 0
    assert not window.panel.notices.is_error


def _written_back(desk: Desk) -> Path:
    """Write by the recommended way, and answer the timeline."""
    window, delivered = desk.window, []
    ways = window.presenter.desk.ports.sink.ways(window.presenter.desk.opened.path, desk.cue)  # type: ignore[union-attr]
    window.panel.ask_way = lambda offered, **_: WriteChoice(offered[0], section_markers=True)  # type: ignore[method-assign]
    window.panel.show_delivered = delivered.append  # type: ignore[method-assign]
    desk.press("write_back")
    desk.until(lambda: bool(delivered))
    assert delivered[0].timeline == ways[0].output
    assert delivered[0].mix.stat().st_size > desk.cue.samples * 6
    return Path(delivered[0].timeline)
