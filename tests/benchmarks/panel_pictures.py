"""Pictures of the panel in every state, for people to look at. Needs no screen.

Run: ``python tests/benchmarks/panel_pictures.py DIR``. The demo edit is made and really composed; the
feature of two hours has made-up music. Nothing of the user's is touched: state and cache lie in DIR/work.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from bench_lanes import feature
from PyQt6.QtWidgets import QApplication, QWidget

from hitpoint.core.media.waveform import peaks_of
from hitpoint.core.ports import OpenedEdit
from hitpoint.plugin.panel.ports import panel_ports
from hitpoint.ui.app import Window, make_application, make_window, start
from hitpoint.ui.dialogs.questions import question_box
from hitpoint.ui.dialogs.shortcuts import ShortcutSheet
from hitpoint.ui.dialogs.write_back import WriteBackDialog
from hitpoint.ui.players.choice import choose_player, recorded_player
from hitpoint.ui.presenter.questions import Question, Topic
from hitpoint.ui.presenter.view_models import Busy
from hitpoint.ui.style_sheet import palette, style_sheet
from hitpoint.ui.theme import DARK, LIGHT, Theme

SIZE, SMALL = (1440, 900), (1024, 640)
PATIENCE = 9000  # looks, fifty a second


class Studio:
    """A window that is photographed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.application = make_application()
        self.window: Window = make_window(panel_ports(), recorded_player()[0], folder / "work" / "state")
        self.panel = self.window.panel
        self.panel.may_close = lambda: True
        self.panel.resize(*SIZE)
        self.panel.show()
        start(self.window, None, finds_device=False)

    def wait(self, seconds: float = 0.4) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.application.processEvents()
            time.sleep(0.002)

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        for _ in range(PATIENCE):
            if is_so():
                return
            self.wait(0.02)
        raise SystemExit(self.panel.notices.text)

    def take(self, name: str, widget: QWidget | None = None) -> None:
        self.wait()
        (widget or self.panel).grab().save(str(self.folder / f"{name}.png"))
        print(name, flush=True)

    def dress(self, theme: Theme) -> None:
        self.application.setPalette(palette(theme))
        self.application.setStyleSheet(style_sheet(theme))
        self.wait()

    def compose_demo(self) -> None:
        """Open the demo edit and wait for its music, photographed on the way."""
        desk = self.window.presenter.desk
        self.window.presenter.files.open_demo()
        self.wait(0.6)
        self.take("loading")
        self.wait_until(lambda: desk.opened is not None)
        self.wait_until(lambda: self.panel.busy.is_busy or desk.cue is not None)
        self.wait(1.0)
        if desk.cue is None:
            self.panel.show_busy(Busy("Composing", 0.64, "writing chords"))
            self.take("composing")
        self.wait_until(lambda: desk.cue is not None and not self.panel.busy.is_busy)


def pictures(studio: Studio) -> None:
    """All of them, in an order that needs only one window."""
    window, panel, changes = studio.window, studio.panel, studio.window.presenter.changes
    studio.take("empty")
    studio.compose_demo()
    window.shuttle.go_to(160)
    studio.take("composed")
    changes.select(6, 10)
    changes.toggle_lock(2, 4)
    changes.toggle_lock(7, 8)
    changes.set_mood(8.0, 14.0, "tense")
    changes.add_hit(150)
    panel.notices.dismiss()
    studio.take("locks")
    window.presenter.takes.regenerate_selection()
    studio.wait_until(lambda: not panel.busy.is_busy)
    window.presenter.takes.choose(1)
    studio.wait_until(lambda: not panel.busy.is_busy)
    studio.take("takes")
    panel.side.setCurrentIndex(1)
    studio.take("settings")
    panel.side.setCurrentIndex(2)
    studio.take("parts")
    studio.dress(DARK)
    studio.take("dark_parts")
    panel.side.setCurrentIndex(0)
    studio.take("dark")
    panel.resize(*SMALL)
    studio.take("small_dark")
    studio.dress(LIGHT)
    studio.take("small")
    panel.resize(*SIZE)
    panel.show_error(
        "sea.mp4 cannot be decoded (moov atom not found): replace the file, or give its folder with --media DIR"
    )
    studio.take("error")
    panel.show_notes(tuple(f"media not found: shot_{n:03d}.mov" for n in range(9)))
    studio.take("notes")
    panel.notices.dismiss()
    window.shuttle.use_player(choose_player(()))
    studio.take("no_device")
    dialogues(studio)
    long_timeline(studio)


def dialogues(studio: Studio) -> None:
    """The dialogues, light."""
    desk, panel = studio.window.presenter.desk, studio.panel
    assert desk.opened is not None
    assert desk.cue is not None
    for host in ("", "resolve", "kdenlive"):
        cue = replace(desk.cue, edit=replace(desk.cue.edit, host=host))
        dialog = WriteBackDialog(desk.ports.sink.ways(desk.opened.path, cue), panel)
        dialog.show()
        studio.take(f"write_back{'_' * bool(host)}{host}", dialog)
        dialog.close()
    sheet = ShortcutSheet(panel)
    sheet.show()
    studio.take("shortcuts", sheet)
    sheet.close()
    for topic in Topic:
        box, _ = question_box(Question(topic, "demo.otio", "2026-11-20 22:10"), panel)
        box.show()
        studio.take(f"question_{topic.name.lower()}", box)
        box.close()


def long_timeline(studio: Studio) -> None:
    """Two hours with 1 500 cuts, whole and near."""
    window, panel, cue = studio.window, studio.panel, feature()
    desk = window.presenter.desk
    desk.opened = OpenedEdit(cue.edit.path, cue.edit, cue)
    panel.show_edit(desk.opened)
    panel.show_takes((), 0)
    panel.show_cue(cue)
    rng = np.random.default_rng(3)
    wave = peaks_of(rng.normal(0.0, 0.12, (256 * 40_000, 2)).astype(np.float32))
    panel.show_music_wave(replace(wave, per_second=40_000 / 7200))
    studio.take("feature")
    panel.timeline.show_span(3600.0, 3660.0)
    studio.take("feature_near")


def main() -> int:
    """Make all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, metavar="DIR")
    options = parser.parse_args()
    folder = options.folder.absolute()
    (folder / "work").mkdir(parents=True, exist_ok=True)
    os.environ["HITPOINT_STATE"] = str(folder / "work" / "state")
    os.environ["HITPOINT_CACHE"] = str(folder / "work" / "cache")
    studio = Studio(folder)
    try:
        pictures(studio)
    finally:
        studio.window.close()
        studio.panel.deleteLater()
        QApplication.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
