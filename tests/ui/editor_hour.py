"""An editor's hour by keyboard and mouse, with sudden ends; then an independent check of the files.

Run: ``python tests/ui/editor_hour.py DIR`` for the demo, with ``--minutes 10`` for an edit of ten minutes, whose film
is drawn there. Each session is a window in a process of its own, which is killed. The window needs no screen and plays
into a device that records. What lies in the end is read with nothing of ours: JSON, WAV, MIDI and OpenTimelineIO.
Nothing of the user's is touched: everything lies in DIR.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

PATIENCE = 120_000  # looks, two hundred a second: a machine with other work to do may take long for one step
ROUNDS = 2
RATE, SIZE = 25, (36, 64)  # of a film that is drawn: rows, columns
SHOT_SECONDS = (4, 7, 11, 3, 9, 6)  # of its shots, again and again
SEEN = 26.0  # seconds that the lanes show while chords are typed


# One session, in a process of its own.


class Hand:
    """An editor at a window: keys and clicks only."""

    def __init__(self, folder: Path) -> None:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from PyQt6.QtCore import QPoint, Qt
        from PyQt6.QtTest import QTest

        from hitpoint.plugin.panel.ports import panel_ports
        from hitpoint.ui.app import make_application, make_window
        from hitpoint.ui.players.choice import recorded_player

        self.qt, self.point, self.test = Qt, QPoint, QTest
        self.application = make_application()
        player, self.device = recorded_player()
        self.window = make_window(panel_ports(), player, folder / "state")
        self.panel = self.window.panel
        self.panel.resize(1366, 768)
        self.panel.show()
        self.panel.activateWindow()

    @property
    def cue(self) -> Any:
        return self.window.presenter.desk.cue

    def until(self, is_so: Callable[[], object], what: str) -> None:
        for _ in range(PATIENCE):
            if is_so():
                return
            self.application.processEvents()
            time.sleep(0.005)
        raise AssertionError(f"{what}: {self.panel.notices.text}")

    def settled(self) -> None:
        self.until(lambda: self.cue is not None and not self.window.runner.is_busy("compose"), "composing")
        self.until(lambda: self.window.presenter.desk.heard is self.cue, "the first sound")
        for runner in (self.window.looker, self.window.runner):  # its picture is looked at, and composed with
            self.until(lambda runner=runner: not runner.is_busy("picture"), "the picture")
        self.until(lambda: not self.window.runner.is_busy("takes"), "more takes")

    def key(self, key: Any, modifiers: Any = None, widget: Any = None) -> None:
        target = widget or self.application.focusWidget() or self.panel
        self.test.keyClick(target, key, modifiers or self.qt.KeyboardModifier.NoModifier)
        self.application.processEvents()

    def keys(self, text: str, widget: Any = None) -> None:
        self.test.keyClicks(widget or self.application.focusWidget(), text)

    def click(self, widget: Any, x: int, y: int, modifiers: Any = None) -> None:
        none = self.qt.KeyboardModifier.NoModifier
        self.test.mouseClick(widget, self.qt.MouseButton.LeftButton, modifiers or none, self.point(x, y))
        self.application.processEvents()

    def chord_place(self, step: int) -> tuple[int, int]:
        stage = self.panel.timeline.stage
        edges = stage.data.steps.edges
        x = stage.header + round(stage.scale.x(float(edges[step] + edges[step + 1]) / 2))
        return x, self.panel.timeline.chords.height() // 2

    def select(self, first: int, last: int) -> None:
        chords = self.panel.timeline.chords
        self.click(chords, *self.chord_place(first), self.qt.KeyboardModifier.ControlModifier)
        self.click(chords, *self.chord_place(last), self.qt.KeyboardModifier.ShiftModifier)

    def type_chord(self, step: int, text: str) -> None:
        self.click(self.panel.timeline.chords, *self.chord_place(step))
        self.key(self.qt.Key.Key_F2, widget=self.panel.timeline.chords)
        self.keys(text, self.panel.timeline.chords.editor)
        self.key(self.qt.Key.Key_Return, widget=self.panel.timeline.chords.editor)

    def state(self) -> dict[str, Any]:
        """What must not be lost."""
        from hitpoint.core.cue.documents.cue_file import cue_to_document

        takes = [[row.round, row.letter, row.name, row.is_pinned] for row in self.panel.takes._rows]
        return {"cue": cue_to_document(self.cue), "takes": takes}


def open_edit(hand: Hand, folder: Path) -> None:
    """Open the edit that was drawn, else the demo by its button; wait for the music, and come near to its beginning."""
    from hitpoint.ui.app import start

    drawn = folder / "long.otio"
    start(hand.window, drawn if drawn.exists() else None, finds_device=False)
    if not drawn.exists():
        demo = hand.panel.welcome._demo
        hand.click(demo, demo.width() // 2, demo.height() // 2)
    hand.settled()
    timeline, ctrl = hand.panel.timeline, hand.qt.KeyboardModifier.ControlModifier
    while timeline.stage.visible[1] > SEEN:
        hand.key(hand.qt.Key.Key_Equal, ctrl, timeline.chords)


def first_session(hand: Hand, folder: Path) -> None:
    """Open an edit, change everything that has keys, compose again, compare, mix; then be killed."""
    key, ctrl = hand.qt.Key, hand.qt.KeyboardModifier.ControlModifier
    open_edit(hand, folder)
    timeline, chords = hand.panel.timeline, hand.panel.timeline.chords
    hand.type_chord(1, "D/F#")
    hand.type_chord(6, "Am9")
    assert [step.chord.symbol() for step in hand.cue.steps if step.locked][:1] == ["D/3"]
    timeline.moods.setFocus()
    hand.key(key.Key_3, hand.qt.KeyboardModifier.ControlModifier, timeline.moods)
    hand.key(key.Key_Down, widget=chords)  # to the next cut
    hand.key(key.Key_H, widget=chords)
    draw = timeline.density
    at = hand.chord_place(9)[0]
    hand.click(draw, at, draw.height() // 3)
    for mark in (key.Key_I, key.Key_Down, key.Key_O):
        hand.key(mark, widget=chords)
    assert hand.window.shuttle.loop_span is not None
    hand.select(3, 9)
    before = hand.cue
    hand.key(key.Key_R, widget=chords)
    hand.settled()
    new = hand.cue
    assert new != before
    hand.key(key.Key_T, widget=chords)
    assert [step.chord for step in hand.cue.steps] == [step.chord for step in before.steps]
    hand.key(key.Key_T, widget=chords)
    assert hand.cue == new
    table = hand.panel.takes._table
    hand.key(key.Key_1, hand.qt.KeyboardModifier.AltModifier, hand.panel)
    table.setFocus()
    hand.key(key.Key_S, widget=table)
    hand.key(key.Key_3, hand.qt.KeyboardModifier.AltModifier, hand.panel)
    row = next(iter(hand.panel.parts._rows.values()))
    row.level.setFocus()
    for _ in range(3):
        hand.key(key.Key_Down, widget=row.level)
    hand.key(key.Key_Z, ctrl, chords)
    hand.key(key.Key_Z, ctrl | hand.qt.KeyboardModifier.ShiftModifier, chords)
    assert hand.cue.sound.parts[0].level == -3.0
    hand.key(key.Key_Home, widget=chords)
    hand.key(key.Key_Space, widget=chords)
    hand.device.pump(48_000)
    assert hand.window.shuttle.player.playing
    hand.key(key.Key_K, widget=chords)


def second_session(hand: Hand, folder: Path) -> None:
    """Take up what the kill left, look that nothing is lost, and write it back.

    Then be killed in the middle of composing.
    """
    from hitpoint.ui.app import start
    from hitpoint.ui.presenter.questions import Answer

    key, ctrl = hand.qt.Key, hand.qt.KeyboardModifier.ControlModifier
    asked: list[Any] = []
    hand.panel.ask = lambda question: asked.append(question) or Answer.RECOVER  # type: ignore[func-returns-value, method-assign, return-value]
    start(hand.window, None, finds_device=False)
    hand.settled()
    assert len(asked) == 1, asked
    while hand.panel.timeline.stage.visible[1] > SEEN:
        hand.key(key.Key_Equal, ctrl, hand.panel.timeline.chords)
    kept = json.loads((folder / "before_the_kill.json").read_text())
    hand.until(lambda: len(hand.panel.takes._rows) >= len(kept["takes"]), "takes that were kept")
    now = hand.state()
    assert now["cue"] == kept["cue"], "the cue is not the one that was kept"
    assert [row for row in kept["takes"] if row not in now["takes"]] == []
    delivered: list[Any] = []
    hand.panel.show_delivered = delivered.append  # type: ignore[method-assign]

    def accept() -> None:
        from PyQt6.QtWidgets import QApplication

        dialog = QApplication.activeModalWidget()
        if dialog is not None:
            hand.test.keyClick(dialog, key.Key_Return)

    from PyQt6.QtCore import QTimer

    timer = QTimer()
    timer.timeout.connect(accept)
    timer.start(100)
    hand.key(key.Key_S, ctrl, hand.panel.timeline.chords)
    hand.until(lambda: delivered, "writing back")
    timer.stop()
    hand.until(lambda: hand.window.presenter.desk.is_saved, "saved")
    hand.window.presenter.keep()
    (folder / "delivered.json").write_text(
        json.dumps({"timeline": str(delivered[0].timeline), "folder": str(delivered[0].folder)})
    )
    hand.select(3, 9)
    hand.key(key.Key_R, widget=hand.panel.timeline.chords)


def session(number: int, folder: Path) -> None:
    """Run one session until it is killed."""
    hand = Hand(folder)
    if number == 1:
        first_session(hand, folder)
        state = hand.state()
        recovery = folder / "state" / "recovery"

        def is_kept() -> bool:
            files = [json.loads(file.read_text()) for file in recovery.glob("*.recovery.json")]
            return any(file["cue"] == json.loads(json.dumps(state["cue"])) for file in files)

        hand.until(is_kept, "recovery file")
        hand.until(lambda: not hand.window.presenter.takes.shelf._waiting, "takes kept")
        (folder / "before_the_kill.json").write_text(json.dumps(state))
    else:
        second_session(hand, folder)
    print("ready", flush=True)
    while True:  # somebody pulls the plug
        hand.application.processEvents()
        time.sleep(0.01)


# The parent: draws, kills, and checks.


def draw_edit(folder: Path, minutes: int) -> None:
    """A film of so many minutes, and an edit of it with a clip a shot.

    Something moves in it, and the shots change.
    """
    import av
    import numpy as np

    frames, shots, at = minutes * 60 * RATE, [], 0
    while at < frames:
        length = min(SHOT_SECONDS[len(shots) % len(SHOT_SECONDS)] * RATE, frames - at)
        shots.append((at, length))
        at += length
    with av.open(str(folder / "long.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=RATE, options={"preset": "ultrafast"})
        stream.height, stream.width, stream.pix_fmt = *SIZE, "yuv420p"
        for number, (_, length) in enumerate(shots):
            picture = np.random.default_rng(number).integers(0, 256, (*SIZE, 3), dtype=np.uint8)
            for frame in range(length):
                moved = np.ascontiguousarray(np.roll(picture, frame * (number % 4), axis=1))
                container.mux(stream.encode(av.VideoFrame.from_ndarray(moved, format="rgb24")))
        container.mux(stream.encode(None))
    clips = [_clip(f"shot {number}", first, length) for number, (first, length) in enumerate(shots)]
    track = {"OTIO_SCHEMA": "Track.1", "name": "V1", "kind": "Video", "children": clips}
    stack = {"OTIO_SCHEMA": "Stack.1", "children": [track]}
    document = {"OTIO_SCHEMA": "Timeline.1", "name": "long", "tracks": stack}
    (folder / "long.otio").write_text(json.dumps(document))


def _clip(name: str, first: int, length: int) -> dict[str, Any]:
    def time_of(value: int) -> dict[str, Any]:
        return {"OTIO_SCHEMA": "RationalTime.1", "value": float(value), "rate": float(RATE)}

    span = {"OTIO_SCHEMA": "TimeRange.1", "start_time": time_of(first), "duration": time_of(length)}
    media = {"OTIO_SCHEMA": "ExternalReference.1", "target_url": "long.mp4"}
    return {"OTIO_SCHEMA": "Clip.1", "name": name, "source_range": span, "media_reference": media}


def run_and_kill(number: int, folder: Path) -> None:
    """Run a session until it says that it is ready, and kill it."""
    command = [sys.executable, __file__, "--session", str(number), str(folder)]
    names = {"HITPOINT_STATE": "state", "HITPOINT_CACHE": "cache"}
    environment = {**os.environ, **{name: str(folder / place) for name, place in names.items()}}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as window:
        assert window.stdout is not None
        line = window.stdout.readline()
        window.send_signal(signal.SIGKILL)
        assert line == "ready\n", f"session {number} ended by itself"


def check_files(folder: Path) -> list[str]:
    """Look at what was written with nothing of ours; answers what was found right."""
    import mido
    import opentimelineio as otio

    written = json.loads((folder / "delivered.json").read_text())
    before = json.loads((folder / "before_the_kill.json").read_text())
    kept = before["cue"]
    timeline, music = Path(written["timeline"]), Path(written["folder"])
    cue = json.loads((music / "cue.json").read_text())
    assert [step["chord"] for step in cue["steps"]] == [step["chord"] for step in kept["steps"]]
    assert {"D/3", "A:min9"} <= {step["chord"] for step in cue["steps"] if step["locked"]}
    assert cue["sound"]["parts"][0]["level"] == -3.0
    assert any(span["wished"] and span["mood"] == "tense" for span in cue["moods"])
    frames, tail = cue["end_frame"] - cue["start_frame"], cue["tail_frames"]
    expected = (frames + tail) * 48_000 // 25
    sounds = [*music.glob("*_mix.wav"), *(music / "stems").glob("*.wav")]
    for sound in sounds:
        with wave.open(str(sound)) as file:
            assert (file.getframerate(), file.getnchannels()) == (48_000, 2), sound
            assert file.getnframes() == expected, (sound, file.getnframes(), expected)
    notes = mido.MidiFile(str(next(music.glob("*.mid"))))
    assert sum(message.type == "note_on" for track in notes.tracks for message in track) > 50
    read = otio.adapters.read_from_file(str(timeline))
    clips = [clip for track in read.audio_tracks() for clip in track.find_clips()]
    assert any(str(clip.media_reference.target_url).endswith("_mix.wav") for clip in clips)
    hidden = [path.name for path in timeline.parent.rglob(".*") if "hitpoint-tmp" in path.name]
    assert hidden == []
    takes = list((music / "takes").glob("*.json.gz"))
    assert len(takes) >= len(before["takes"]) >= 6, (takes, before["takes"])  # four, one anew, and what was there
    return [f"{len(sounds)} sounds of {expected} samples", f"{len(takes)} takes", f"{len(cue['steps'])} steps"]


def main() -> int:
    """Two rounds of two sessions."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--session", type=int, default=0, help=argparse.SUPPRESS)
    parser.add_argument("--minutes", type=int, default=0, help="length of the edit that is drawn; 0 for the demo")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("folder", type=Path, metavar="DIR")
    options = parser.parse_args()
    if options.session:
        session(options.session, options.folder)
        return 0
    for number in range(1, options.rounds + 1):
        folder = options.folder.absolute() / f"round_{number}"
        folder.mkdir(parents=True, exist_ok=True)
        if options.minutes:
            draw_edit(folder, options.minutes)
        began = time.monotonic()
        run_and_kill(1, folder)
        run_and_kill(2, folder)
        print(f"round {number}: {', '.join(check_files(folder))}; {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
