"""How many frames a second the lanes of a two-hour timeline with 1 500 cuts scroll and zoom, without a screen.

Run: ``python tests/benchmarks/bench_lanes.py [--frames 60] [--width 1920] [--json FILE]``. Beside it, in the same run:
    painting
every shot, hit, chord, step and beat of the timeline (not the waves) into the same pixels, seen or not, as a plain
canvas would. A frame counts when every lane in view has really been painted. On a machine that others use too, the
frames a second of CPU time are those to hold to; all of it is one thread.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
from PyQt6.QtCore import QEvent, QObject, QPointF, QRectF
from PyQt6.QtGui import QColor, QPainter, QPixmap
from PyQt6.QtWidgets import QApplication

from hitpoint.core.arrange.form.hit_points import fitted_tempo
from hitpoint.core.cue.cue import Cue, Step, step_count
from hitpoint.core.cue.sound import Sound, Speech
from hitpoint.core.edit import Edit, Marker, Shot
from hitpoint.core.mood import MOODS, MoodSpan
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.timebase import FrameRate
from hitpoint.ui.lanes.drawing.labels import chord_label
from hitpoint.ui.lanes.drawing.scale import TimeScale
from hitpoint.ui.lanes.drawing.timeline_data import TimelineData, WavePeaks, timeline_data
from hitpoint.ui.lanes.timeline_view import TimelineView

SECONDS, CUTS = 7200, 1500
LEAST = 30.0  # frames a second


@dataclass(frozen=True)
class Run:
    """One way of moving: frames a second by the clock and by CPU time, and the slowest one.

    Beside it, painting everything there.
    """

    name: str
    frames_per_second: float
    frames_per_cpu_second: float
    slowest_milliseconds: float
    everything_milliseconds: float

    @property
    def ratio(self) -> float:
        """A frame's CPU time as a share of painting everything."""
        return 1000 / self.frames_per_cpu_second / self.everything_milliseconds


class PaintCounter(QObject):
    """Counts how often lanes are painted."""

    def __init__(self, view: TimelineView) -> None:
        super().__init__()
        self.lanes = set(view.all_lanes)
        self.painted: set[QObject] = set()
        for lane in self.lanes:
            lane.installEventFilter(self)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        if event is not None and watched is not None and event.type() == QEvent.Type.Paint:
            self.painted.add(watched)
        return False


def feature(seed: int = 1, seconds: int = SECONDS, cuts: int = CUTS) -> Cue:
    """Two hours at 30000/1001 drop-frame, 1 500 cuts, 7 000 steps, speech every 40 seconds; or less of it."""
    rng = random.Random(seed)
    rate = FrameRate(Fraction(30000, 1001))
    frames = rate.nearest_frame(seconds)
    edges = [0, *sorted(rng.sample(range(30, frames - 60), cuts)), frames]
    shots = tuple(
        Shot(f"A{i:03d}_C{i % 17:03d}", a, b, media=Path("a.mov")) for i, (a, b) in enumerate(pairwise(edges))
    )
    markers = tuple(Marker(frame, 1, f"scene {frame}") for frame in range(9000, frames, 9000))
    edit = Edit("feature", Path("feature.otio"), rate, frames, shots, markers, 107_892, True)
    moods = tuple(MoodSpan(60.0 * i, 60.0 * (i + 1), MOODS[i % 6], wished=i % 3 == 0) for i in range(seconds // 60))
    cue = Cue(edit, 0, frames, Key(9, True), steady_tempo(Fraction(1, 2)), (), moods, "strings", 1)
    tempo = fitted_tempo(cue.seconds, cue.wanted_times)
    steps = tuple(
        Step(Chord(rng.randrange(12)), i % 40 < 5, 10 + 8 * math.sin(i / 9), 0.2 + 0.1 * math.sin(i / 13), i % 500 < 60)
        for i in range(step_count(cue.seconds, tempo))
    )
    speech = tuple(Speech(float(at), at + 9.0) for at in range(20, seconds - 20, 40))
    return replace(cue, tempo=tempo, steps=steps, speech=speech, sound=Sound(duck=9.0))


def wave(seed: int) -> WavePeaks:
    """Two hours of a hundred peaks a second."""
    high = np.random.default_rng(seed).random(SECONDS * 100, np.float32) * 0.8
    return WavePeaks(0.0, 100.0, -high, high)


def measure(
    app: QApplication, view: TimelineView, counter: PaintCounter, moves: Iterable[Callable[[], None]]
) -> list[tuple[float, float]]:
    """Seconds and CPU seconds of each move, its painting included."""
    spent = []
    for move in moves:
        counter.painted.clear()
        begin, cpu = time.perf_counter(), time.process_time()
        move()
        app.processEvents()
        spent.append((time.perf_counter() - begin, time.process_time() - cpu))
        assert counter.painted == counter.lanes, "a lane was not painted"
    return spent


def paint_everything(data: TimelineData, scale: TimeScale, canvas: QPixmap) -> float:
    """CPU seconds to paint each thing but the waves by itself, in view or not."""
    begin = time.process_time()
    painter = QPainter(canvas)
    color, steps = QColor("#557799"), data.steps
    for shot in data.shots:
        painter.fillRect(QRectF(scale.x(shot.start), 40, (shot.end - shot.start) * scale.pixels_per_second, 60), color)
        painter.drawText(QPointF(scale.x(shot.start) + 4, 52), shot.name)
    for hit in data.hits:
        painter.drawEllipse(QPointF(scale.x(hit.time), 112), 5, 5)
    for index, chord in enumerate(steps.chords):
        left, right = scale.x(float(steps.edges[index])), scale.x(float(steps.edges[index + 1]))
        painter.fillRect(QRectF(left, 160, right - left, 34), color)
        painter.drawText(QPointF(left + 3, 180), chord_label(chord))
        painter.fillRect(QRectF(left, 260 - steps.density[index], right - left, steps.density[index]), color)
        painter.fillRect(
            QRectF(left, 320 - 50 * steps.loudness[index], right - left, 50 * steps.loudness[index]), color
        )
    for beat in data.tempo.beats.tolist():
        painter.drawLine(QPointF(scale.x(beat), 30), QPointF(scale.x(beat), 40))
    painter.end()
    return time.process_time() - begin


def runs(app: QApplication, frames: int, width: int) -> list[Run]:
    """Scrolling at four zooms, zooming from the whole timeline to frames, and playing."""
    cue = feature()
    view = TimelineView()
    view.resize(width, 640)
    view.show()
    data = timeline_data(cue.edit, cue)
    view.show_timeline(data)
    view.show_music_wave(wave(1))
    view.show_production_wave(wave(2))
    app.processEvents()
    counter, found, canvas = PaintCounter(view), [], QPixmap(width, 640)
    print(f"{len(data.shots)} shots, {len(data.hits)} hits, {len(data.steps)} steps, {width} x 640 pixels")

    def add(name: str, moves: Iterable[Callable[[], None]]) -> None:
        spent = measure(app, view, counter, moves)
        everything = paint_everything(data, view.stage.scale, canvas)
        wall, cpu = (sum(times) for times in zip(*spent, strict=True))
        found.append(Run(name, len(spent) / wall, len(spent) / cpu, 1000 * max(spent)[0], 1000 * everything))

    for seconds in (3600.0, 600.0, 60.0, 4.0):
        view.show_span(600.0, 600.0 + seconds)
        places = [600.0 + seconds * 0.02 * i for i in range(1, frames + 1)]
        add(f"scroll, {seconds:g} s in view", [lambda at=at: view.scroll_to(at) for at in places])
    for name, first, factor in (
        ("zoom in from 2 h to 4 s", SECONDS, 4 / SECONDS),
        ("zoom out to 2 h", 4.0, SECONDS / 4),
    ):
        spans = [first * factor ** (i / frames) for i in range(1, frames + 1)]
        add(name, [lambda s=s: view.show_span(max(3600 - s / 2, 0.0), 3600 + s / 2) for s in spans])
    view.show_span(600.0, 660.0)
    add("select, 60 s in view", [lambda i=i: view.show_selection(700, 701 + i) for i in range(frames)])
    add("play, 60 s in view", [lambda i=i: view.show_playhead(600 + i / 30) for i in range(frames)])
    return found


def main() -> int:
    """Print the table; 1 if anything is slower than thirty frames a second."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--frames", type=int, default=60)
    parser.add_argument("--width", type=int, default=1920)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = runs(QApplication([]), options.frames, options.width)
    print(f"{'':28}{'frames/s':>10}{'by CPU':>8}{'slowest':>10}{'everything':>12}{'ratio':>8}")
    for run in found:
        slow, everything = f"{run.slowest_milliseconds:.0f} ms", f"{run.everything_milliseconds:.0f} ms"
        print(
            f"{run.name:28}{run.frames_per_second:10.0f}{run.frames_per_cpu_second:8.0f}{slow:>10}{everything:>12}{run.ratio:8.4f}"
        )
    if options.json is not None:
        options.json.write_text(json.dumps([{**asdict(run), "ratio": run.ratio} for run in found], indent=1) + "\n")
    return 0 if min(run.frames_per_cpu_second for run in found) >= LEAST else 1


if __name__ == "__main__":
    raise SystemExit(main())
