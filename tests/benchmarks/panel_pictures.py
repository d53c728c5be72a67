"""Pictures of the panel in every state, for people to look at. Needs no screen.

Run: ``python tests/benchmarks/panel_pictures.py DIR``. The demo edit is made and really composed; the
feature of two hours has made-up music. ``HITPOINT_LANGUAGE=de`` and ``QT_SCALE_FACTOR=2`` are heeded. Nothing of the user's is touched: state and cache lie in DIR/work.
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

from hitpoint.core.cue.cue import Cue, step_count
from hitpoint.core.cue.film import film_cues
from hitpoint.core.cue.film.cue_list import CueEntry, CueState
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.media.waveform import peaks_of
from hitpoint.core.music.written_chord import parse_written
from hitpoint.core.ports import FoundMoment, HeardTemp, OpenedEdit
from hitpoint.plugin.panel.ports import panel_ports
from hitpoint.ui.app import Window, make_application, make_window, start
from hitpoint.ui.dialogs.questions import question_box
from hitpoint.ui.dialogs.shortcut_editor import ShortcutEditor
from hitpoint.ui.dialogs.shortcuts import ShortcutSheet
from hitpoint.ui.dialogs.write_back import WriteBackDialog
from hitpoint.ui.keymap import preset_keys
from hitpoint.ui.players.choice import choose_player, recorded_player
from hitpoint.ui.presenter.questions import Question, Topic
from hitpoint.ui.presenter.view_models import Busy
from hitpoint.ui.style_sheet import dress
from hitpoint.ui.theme import DARK, LIGHT, Theme

SIZE, SMALL = (1440, 900), (1024, 640)
CUE_SIZES = ((1366, 728), (1920, 1040))  # what a window has of 1366 x 768 and 1920 x 1080
STATE_SIZES = (SMALL, (1366, 768), (1920, 1080))
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
        dress(self.application, theme)
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
    states(studio)
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


def states(studio: Studio) -> None:
    """What an editor mixes, listens, compares and chooses with, in every size and both themes."""
    window, panel, desk = studio.window, studio.panel, studio.window.presenter.desk
    changes, takes = window.presenter.changes, window.presenter.takes
    changes.set_chord(0, 2, "D/F#")
    changes.set_chord(4, 6, "Am9")
    changes.select(6, 8)
    takes.regenerate_selection()
    studio.wait_until(lambda: not panel.busy.is_busy)
    takes.name(1, "the calm one")
    takes.pin(0)
    window.presenter.mix.set_level(panel.parts._card.parts[0], -6.0)
    panel.notices.dismiss()
    for theme in (LIGHT, DARK):
        studio.dress(theme)
        dark = "dark_" if theme.is_dark else ""
        for size in STATE_SIZES:
            panel.resize(*size)
            for tab, name in enumerate(("takes", "music", "parts", "listening")):
                panel.side.setCurrentIndex(tab)
                studio.take(f"state_{dark}{size[0]}_{name}")
        editor = ShortcutEditor(preset_keys("Premiere Pro") | {"snap": ("Ctrl+Z",)}, panel)
        editor.show()
        studio.take(f"state_{dark}shortcuts", editor)
        editor.close()
        assert desk.cue is not None
        chords = tuple(parse_written(symbol) for symbol in ("Dm7", "E", "F/A"))
        menu = window.extras.suggestions.offer(desk.cue, range(4, 6), chords)
        studio.take(f"state_{dark}suggestions", menu)
        menu.close()
    studio.dress(LIGHT)
    panel.resize(*SIZE)
    panel.side.setCurrentIndex(0)


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


def cue_pictures(studio: Studio) -> None:
    """A film with 1, 5 and 40 cues, light and dark, on a laptop's screen and a large one."""
    window, panel = studio.window, studio.panel
    panel.side.setCurrentWidget(panel.cues)
    for count in (1, 5, 40):
        film = film_of_many(count)
        assert film.edit is not None
        opened = OpenedEdit(film.edit.path, film.edit, None, film=film)
        window.presenter.desk.show_opened(opened, film, is_saved=False)
        names = film.cues.names
        window.shuttle.seek(float(film.edit.rate.seconds(film.cues.entries[min(1, count - 1)].start_frame + 40)))
        for size in CUE_SIZES:
            panel.resize(*size)
            for theme in (DARK, LIGHT):
                studio.dress(theme)
                studio.take(f"cues_{count}_{size[0]}_{'dark' if theme.is_dark else 'light'}")
    panel.resize(*CUE_SIZES[0])
    panel.side.setCurrentWidget(panel.words)
    window.presenter.words.say("dark, brooding strings, slow build, ends in hope, 92 bpm, no drums, xylographic")
    first, last = (float(film.edit.rate.seconds(film.cues.entries[1].start_frame + frame)) for frame in (100, 400))
    window.presenter.words.say("calm and sparse", (first, last))
    for theme in (DARK, LIGHT):
        studio.dress(theme)
        studio.take(f"words_{'dark' if theme.is_dark else 'light'}")
    temp_pictures(studio)
    panel.side.setCurrentWidget(panel.cues)
    window.presenter.cues.choose(names[2:4])
    panel.timeline.show_span(900.0, 1500.0)
    studio.take("cues_40_near")
    cue = next(iter(film.music.values()))
    ways = window.presenter.desk.ports.sink.ways(studio.folder / "film.otio", cue)
    dialog = WriteBackDialog(ways, panel, film=film)
    dialog.show()
    studio.take("write_back_cues", dialog)
    dialog.close()


def cut_pictures(studio: Studio) -> None:
    """The demo with a cue that was split, styles along it, a range beside a selection, messages, and moments found."""
    window, panel, presenter = studio.window, studio.panel, studio.window.presenter
    panel.resize(*CUE_SIZES[0])
    studio.compose_demo()
    frames = presenter.desk.film.edit.frames if presenter.desk.film.edit is not None else 0
    presenter.changes.select(4, 10)
    panel.timeline.show_loop(5.0, 9.0)
    window.shuttle.go_to(frames // 3)
    for theme in (DARK, LIGHT):
        studio.dress(theme)
        studio.take(f"range_{'dark' if theme.is_dark else 'light'}")
    presenter.changes.lay_style(frames // 4, frames // 2, "strings")
    presenter.changes.lay_style(frames // 2, 3 * frames // 4, "strings", "piano")
    presenter.changes.set_mood(8.0, 14.0, "tense")
    studio.take("styles_and_a_message")
    presenter.changes.select(0, 0)
    presenter.cues.split_at(frames // 2)
    window.shuttle.go_to(3 * frames // 4)
    window.playhead.look()
    panel.side.setCurrentWidget(panel.cues)
    panel.timeline.show_loop(0.0, 0.0)
    studio.take("split")
    panel.show_error(
        "sea.mp4 cannot be decoded (moov atom not found): replace the file, or give its folder with --media DIR"
    )
    panel.notices.offer("find_media", "Find Media…", "")
    studio.take("error_1366")
    panel.resize(*SMALL)
    studio.take("error_1024")
    panel.notices._more.click()
    studio.take("error_1024_all")
    panel.notices.dismiss()
    panel.resize(*CUE_SIZES[0])
    panel.timeline.show_span(0.0, 8.0)
    studio.wait(1.5)
    studio.take("shots_near")
    panel.timeline.zoom_to_fit()
    panel.side.setCurrentWidget(panel.moments)
    panel.moments.field.setText("the sea at night")
    shots = presenter.desk.opened.edit.shots if presenter.desk.opened is not None else ()
    found = (FoundMoment(one.start + 5, one.start, one.end, 2.6 - at, one.name) for at, one in enumerate(shots[:4]))
    panel.moments.show_found(tuple(found), "")
    studio.wait(1.5)
    studio.take("find")
    panel.moments.show_found((), 'CLIP is not installed: pip install "hitpoint[clip]"')
    studio.take("find_without_weights")


def sketch_pictures(studio: Studio) -> None:
    """The demo as it is never seen: from the cuts, with the picture, and with that beside what was touched."""
    panel, presenter = studio.panel, studio.window.presenter
    desk = presenter.desk
    for touched in (False, True):
        (studio.folder / "work" / "cache" / "features-1.sqlite").unlink(missing_ok=True)
        if touched:
            desk.ports.composer._observer._seen = None  # type: ignore[attr-defined]
        before = desk.opened
        presenter.files.open_demo()
        studio.wait_until(lambda before=before: desk.opened is not before)
        studio.wait_until(lambda: desk.heard is not None and desk.heard is desk.cue)
        panel.side.setCurrentIndex(0)
        studio.take(f"sketch_{'touched' if touched else 'first'}")
        if touched:
            presenter.changes.toggle_lock(2, 4)
        studio.wait_until(lambda: any(row.round == 2 for row in panel.takes._rows))
        studio.wait_until(lambda: not panel.busy.is_busy)
        for theme in (LIGHT, DARK):
            studio.dress(theme)
            for size in STATE_SIZES:
                panel.resize(*size)
                name = f"{'dark_' if theme.is_dark else ''}{size[0]}_{'beside' if touched else 'seen'}"
                studio.take(f"sketch_{name}")
        studio.dress(LIGHT)
        panel.resize(*SIZE)
        assert desk.session is not None
        desk.session.mark_saved()
        for path in (studio.folder / "work" / "state" / "takes").rglob("*.gz"):
            path.unlink()


def temp_pictures(studio: Studio) -> None:
    """A made-up temp under the second cue, near and far."""
    panel, temp = studio.panel, studio.window.presenter.temp
    start, length = 210.0, 110.0
    rng = np.random.default_rng(5)
    peaks = peaks_of(rng.normal(0.0, 0.2, (256 * 3000, 2)).astype(np.float32), start)
    beats = tuple(start + 0.5 * number for number in range(int(length * 2)))
    chords = tuple((start + 2.0 * n, start + 2.0 * (n + 1), ("A:min", "F", "C", "G:7")[n % 4]) for n in range(55))
    found = HeardTemp("A3 Temp", "track:A3", (), start, start + length, replace(peaks, per_second=3000 / length))
    temp._found(replace(found, is_heard=True, beats=beats, downbeats=beats[::4], chords=chords))
    panel.side.setCurrentWidget(panel.temp)
    temp.follow(True)
    for theme in (DARK, LIGHT):
        studio.dress(theme)
        panel.timeline.show_span(200.0, 260.0)
        panel.timeline._area.verticalScrollBar().setValue(10_000)  # type: ignore[union-attr]
        studio.take(f"temp_{'dark' if theme.is_dark else 'light'}")
    panel.timeline.zoom_to_fit()


def film_of_many(count: int) -> FilmCues:
    """Cues of two minutes with a minute between them; some approved, some proposed, one to be composed again."""
    whole = feature()
    room = whole.edit.frames // count
    film = FilmCues()
    for number in range(count):
        start, end = room * number + room // 8, room * (number + 1) - room // 4
        name, place = f"{1 + number // 10}M{1 + number % 10}", (start, end)
        if number % 4 == 3:
            film = film_cues.proposed(film, CueEntry(name, *place, reason="a stretch without talk, 41 s"))
            continue
        film = film_cues.with_music(film, name, _part(whole, name, *place))
        notes = ("", "softer under the letter", "Anna's theme")[number % 3]
        state = CueState.APPROVED if number % 4 == 0 and count > 1 else CueState.COMPOSED
        film = film_cues.noted(film, name, notes=notes, state=state)
    if count > 2:
        entry = film.cues.entries[2]
        film = film_cues.moved(film, entry.name, entry.start_frame, entry.end_frame + room // 10)
    return film


def _part(whole: Cue, name: str, start: int, end: int) -> Cue:
    """Made-up music for a stretch."""
    rate = whole.edit.rate
    count = step_count(rate.seconds(end - start), whole.tempo, whole.beats_per_step)
    moods = tuple(
        replace(span, start=max(span.start, float(rate.seconds(start))), end=min(span.end, float(rate.seconds(end))))
        for span in whole.moods
        if span.end > rate.seconds(start) and span.start < rate.seconds(end)
    )
    steps = tuple(whole.steps[index % len(whole.steps)] for index in range(count))
    return replace(whole, name=name, start_frame=start, end_frame=end, steps=steps, moods=moods, hits=(), playing=())


def main() -> int:
    """Make all pictures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--cut", action="store_true", help="only a cue that was split, styles, messages, moments")
    parser.add_argument("--cues", action="store_true", help="only the list of cues: 1, 5 and 40, on two screens")
    parser.add_argument("--sketch", action="store_true", help="only music from the cuts, and with the picture")
    options = parser.parse_args()
    folder = options.folder.absolute()
    (folder / "work").mkdir(parents=True, exist_ok=True)
    os.environ["HITPOINT_STATE"] = str(folder / "work" / "state")
    os.environ["HITPOINT_CACHE"] = str(folder / "work" / "cache")
    studio = Studio(folder)
    try:
        if options.sketch:
            sketch_pictures(studio)
            return 0
        if options.cut:
            cut_pictures(studio)
            return 0
        if not options.cues:
            pictures(studio)
        cut_pictures(studio)
        cue_pictures(studio)
    finally:
        studio.window.close()
        studio.panel.deleteLater()
        QApplication.processEvents()
    return 0


if __name__ == "__main__":
    sys.exit(main())
