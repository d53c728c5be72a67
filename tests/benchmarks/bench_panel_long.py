"""The panel with a feature: two hours, 1 500 cuts, four parts, opened without a screen and without a device.

Run: ``python tests/benchmarks/bench_panel_long.py [--minutes 120] [--whole] [--json FILE]``. The cue is made, not
    composed, and its media
are not there. Heard means that the second at the playhead is ready to play; the first row also reads the file and loads
what plays. Standing still means the longest time in which the event loop could do nothing else, from a change until its
first sound, or until the window has been shown the music as often as it is going to be; the design allows 50 ms. Memory
is the most that this process, which is the whole panel, held by then; with ``--whole`` it also plays all of the cue in,
which takes minutes.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench_lanes import feature
from benchmark import Row, show
from PyQt6 import sip
from PyQt6.QtCore import QElapsedTimer, QEventLoop, QTimer

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import write_cue
from hitpoint.core.render.audition.sound import AuditionSound
from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.plugin.panel.ports import panel_ports
from hitpoint.ui.app import SWITCH_SECONDS, Window, make_application, make_window, start
from hitpoint.ui.garbage_collection import sweep_only_young
from hitpoint.ui.players.choice import recorded_player
from hitpoint.ui.presenter.desk import DRAW_MUSIC, MEASURE, SOUND

ALLOWED = 0.050  # seconds that the window may stand still
LONGEST_WAIT = 1800.0
_BEAT = 4  # milliseconds: a window rests, too, which leaves the others their time


@dataclass
class Pulse:
    """A heartbeat of the event loop that remembers the longest pause between two beats, in seconds.

    Attributes:
        longest: by the clock.
        own: by what the main thread worked: what a pause takes where nobody else wants the processor.
    """

    longest: float = 0.0
    own: float = 0.0
    before: float = field(default_factory=time.thread_time)
    timer: QTimer = field(default_factory=QTimer)
    clock: QElapsedTimer = field(default_factory=QElapsedTimer)

    def __post_init__(self) -> None:
        self.clock.start()
        self.timer.timeout.connect(self._beat)
        self.timer.start(_BEAT)

    def restart(self) -> None:
        """Forget what was."""
        self.longest = self.own = 0.0
        self._begin()

    def _beat(self) -> None:
        self.longest = max(self.longest, self.clock.nsecsElapsed() / 1e9)
        self.own = max(self.own, time.thread_time() - self.before)
        self._begin()

    def _begin(self) -> None:
        self.clock.restart()
        self.before = time.thread_time()


class Trial:
    """An open window with a long cue, and what it was shown."""

    def __init__(self, folder: Path) -> None:
        self.application = make_application()
        self.window: Window = make_window(panel_ports(), recorded_player()[0], folder / "state")
        self.window.panel.resize(1920, 1080)
        self.window.panel.show()
        self.sound: AuditionSound | None = None
        self.cue: Cue | None = None
        self.window.panel.sound_shown.connect(self._note)
        self.pulse = Pulse()
        sweep_only_young()

    def _note(self, sound: AuditionSound | None, cue: Cue | None) -> None:
        self.sound, self.cue = sound, cue

    def until(self, is_so: Callable[[], bool]) -> float:
        """Let the window live until something is so; answers for how many seconds."""
        begin = time.perf_counter()
        while not is_so():
            if time.perf_counter() - begin > LONGEST_WAIT:
                raise RuntimeError("it never came")
            self.application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        return time.perf_counter() - begin

    def heard(self) -> bool:
        """Whether the second at the playhead can be played."""
        if self.sound is None:
            return False
        first = round(self.window.shuttle.player.position * SAMPLE_RATE)
        return self.cue is self.window.presenter.desk.cue and self.sound.is_ready(first, first + SAMPLE_RATE)

    def open(self, path: Path) -> float:
        """Open a cue; answers the seconds until it is heard."""
        start(self.window, path, finds_device=False)
        return self.until(self.heard)

    def seek(self, seconds: float) -> float:
        """Go somewhere; answers the seconds until that is heard."""
        self.window.shuttle.seek(seconds)
        return self.until(self.heard)

    def change(self, task: Callable[[], object]) -> float:
        """Change the cue; answers the seconds until that is heard."""
        before = self.cue
        begin = time.perf_counter()
        task()
        self.until(lambda: self.cue is not before and self.heard())
        return time.perf_counter() - begin

    def settle(self) -> float:
        """Wait until all is played in; answers the seconds."""
        runner = self.window.runner
        return self.until(lambda: not any(runner.is_busy(lane) for lane in (SOUND, DRAW_MUSIC, MEASURE)))


def megabytes() -> float:
    """The most memory this process has held."""
    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def rows_of(trial: Trial, file: Path, seconds: int, *, whole: bool) -> list[Row]:
    """Everything measured in one window."""
    changes, rate = trial.window.presenter.changes, trial.window.shuttle.rate
    tasks: list[tuple[str, Callable[[], object]]] = [
        ("a hit added", lambda: changes.add_hit(rate.nearest_frame(seconds * 0.5) + 7)),
        ("a tempo set", lambda: changes.change_tempo(100.0)),
        ("the tempo fitted again", lambda: changes.change_tempo(None)),
        ("a chord set", lambda: changes.set_chord(seconds // 4, seconds // 4 + 2, "Ab:min7")),
        ("that undone", changes.undo),
    ]
    rows = [
        *_rows(trial, "opened", lambda: trial.open(file)),
        *_rows(trial, "sought to three quarters", lambda: trial.seek(seconds * 0.75)),
    ]
    for name, task in tasks:
        rows += _rows(trial, name, lambda task=task: trial.change(task))  # type: ignore[misc]
    if whole:
        rows += _rows(trial, "all of it played in and measured", trial.settle)
        rows += _rows(trial, "sought to the start, long forgotten", lambda: trial.seek(1.0))
        rows += _rows(trial, "a chord set there", lambda: trial.change(lambda: changes.set_chord(2, 4, "Ab:min7")))
    return rows


def _rows(trial: Trial, name: str, task: Callable[[], float]) -> list[Row]:
    """How long it took until it was heard, and for how long the loop stood still meanwhile."""
    trial.pulse.restart()
    cpu = time.process_time()
    taken = task()
    cpu, still, own = time.process_time() - cpu, trial.pulse.longest, trial.pulse.own
    print(f"{name:40}{taken:8.2f} s  stood still {1000 * still:4.0f} ms, own work {1000 * own:4.0f} ms", flush=True)
    return [
        Row(name, taken, cpu_seconds=cpu, peak_megabytes=megabytes()),
        Row("  stood still", still, "what the design allows", ALLOWED, own),
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=120)
    parser.add_argument("--whole", action="store_true", help="also play all of it in")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.setswitchinterval(SWITCH_SECONDS)
    seconds = options.minutes * 60
    with tempfile.TemporaryDirectory() as folder:
        write_cue(feature(1, seconds, seconds * 5 // 24), Path(folder) / "cue.json")
        trial = Trial(Path(folder))
        rows = rows_of(trial, Path(folder) / "cue.json", seconds, whole=options.whole)
        trial.window.close()
        sip.delete(trial.window.panel)
    show(f"A panel with {options.minutes} minutes, {seconds * 5 // 24} cuts", rows, options.json)


if __name__ == "__main__":
    main()
