"""How well hit points are met, in the MIDI file as another program reads it.

::

    python tests/benchmarks/bench_hit_points.py [--random 200] [EDIT ...]

Random edits have 24000/1001 to 60 frames a second, shots of 0.1 s to a minute, and markers; real ones are those with
five cuts at least. A moment is met when the MIDI has a note within half a frame of it, and on a chord when its "Chords"
track has another chord there.
"""

from __future__ import annotations

import argparse
import tempfile
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
from mido import MidiFile  # type: ignore[import-untyped]

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.arrange.form.hit_points import measured_hits
from hitpoint.core.arrange.styles.styles import style_names
from hitpoint.core.compose.compose import Models, compose
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.edit import Edit, Marker, Shot
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.render.formats.midi import write_midi
from hitpoint.core.timebase import FrameRate
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.launch import models_of

RATES = ("24000/1001", "24", "25", "30000/1001", "60")


@dataclass(frozen=True)
class Measured:
    """One edit: wanted moments, how many the MIDI meets and how many on a chord; tempo off its mean, beat to beat."""

    name: str
    mean_shot: float
    moments: int
    wanted: int
    met: int
    on_chord: int
    reported: int
    stray: float
    neighbours: float


def random_edit(seed: int) -> Edit:
    """An edit of half a minute to five with shots about as long as each other."""
    rng = np.random.default_rng(seed)
    rate = FrameRate(Fraction(RATES[seed % len(RATES)]))
    mean = float(np.exp(rng.uniform(np.log(0.5), np.log(12.0))))
    seconds = rng.uniform(30.0, 300.0)
    gaps = rng.gamma(2.0, mean / 2, size=int(3 * seconds / mean) + 8).clip(0.1, 60.0)
    cuts = np.unique(np.round(np.cumsum(gaps) * float(rate.frames_per_second)).astype(int))
    end = round(seconds * float(rate.frames_per_second))
    edges = [0, *(int(cut) for cut in cuts if 0 < cut < end), end]
    shots = tuple(Shot(f"shot {a}", a, b) for a, b in pairwise(edges))
    places = sorted(int(place) for place in rng.integers(1, end, size=int(rng.integers(0, 4))))
    markers = tuple(Marker(place, 1, "hit") for place in places)
    return Edit(f"random {seed}", Path("random.otio"), rate, end, shots, markers)


def grey(edit: Edit) -> PictureFeatures:
    """A picture of which nothing is known but its length."""
    seconds = int(edit.seconds) + 1
    emotion = np.full((seconds, 6), 1 / 6, np.float32)
    unseen = np.zeros(seconds, np.float32)
    return PictureFeatures(unseen, unseen, emotion, None, np.zeros(seconds, bool))


def measured(edit: Edit, models: Models, seed: int, bpm: float | None) -> Measured:
    """Compose, write the MIDI, read it again, and look for each wanted moment."""
    style = style_names()[seed % len(style_names())]
    cue = compose(edit, Wishes(seed=seed, style=style, bpm=bpm), grey(edit), models).cue
    score = arrange(cue)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cue.mid"
        write_midi(score, path, seconds=cue.seconds)
        notes, chords = midi_times(path)
    half = float(edit.rate.seconds(1)) / 2
    wanted = [float(time) for time in cue.wanted_times]
    reported = [hit for hit in measured_hits(cue, score) if hit.wanted and hit.event != "end"]
    lengths = [float(point.seconds_per_beat) for point in cue.tempo.points]
    mean = float(cue.seconds / cue.tempo.beat_at(cue.seconds))
    return Measured(
        edit.name,
        float(edit.seconds) / len(edit.shots),
        len(cue.hit_points),
        len(wanted),
        sum(is_near(notes, time, half) for time in wanted),
        sum(is_near(chords, time, half) for time in wanted),
        sum(hit.error_seconds is not None and abs(hit.error_seconds) <= half for hit in reported),
        max(max(length / mean, mean / length) - 1 for length in lengths),
        max((max(a / b, b / a) - 1 for a, b in pairwise(lengths)), default=0.0),
    )


def midi_times(path: Path) -> tuple[list[float], list[float]]:
    """Seconds of all notes, and of all chord changes, in a MIDI file."""
    now, notes, chords = 0.0, [], []
    symbol = None
    section_texts = {m.text for m in MidiFile(path).tracks[0] if m.type == "marker"}
    for message in MidiFile(path):
        now += message.time
        if message.type == "note_on" and message.velocity > 0:
            notes.append(now)
        elif message.type == "marker" and message.text not in section_texts:
            if message.text != symbol:
                chords.append(now)
            symbol = message.text
    return notes, chords


def is_near(times: list[float], moment: float, distance: float) -> bool:
    """Whether one of the times, in order, lies within a distance of a moment."""
    place = bisect_left(times, moment)
    return any(abs(time - moment) <= distance for time in times[max(place - 1, 0) : place + 1])


def real_edits(paths: list[Path]) -> Iterator[Edit]:
    """The edits with five cuts at least."""
    for path in paths:
        edit = read_edit(path)
        if len(edit.cuts) >= 5:
            yield edit


def table(rows: list[Measured]) -> Iterator[str]:
    """Totals, over all edits and over those with long shots."""
    for title, chosen in (("all", rows), ("mean shot >= 3 s", [row for row in rows if row.mean_shot >= 3.0])):
        wanted = sum(row.wanted for row in chosen) or 1
        shares = [row.on_chord / row.wanted for row in chosen if row.wanted >= 5]
        worst = min((row.met / row.wanted for row in chosen if row.wanted), default=1.0)
        yield (
            f"{title}: {len(chosen)} edits, {wanted} of {sum(row.moments for row in chosen)} moments wanted, "
            f"met {sum(row.met for row in chosen) / wanted:.4f} (worst edit {worst:.3f}, "
            f"reported {sum(row.reported for row in chosen) / wanted:.4f}), "
            f"on a chord {sum(row.on_chord for row in chosen) / wanted:.3f} (edits: lowest "
            f"{min(shares, default=1):.2f}), "
            f"tempo off its mean {max((row.stray for row in chosen), default=0):.3f}, "
            f"beat to beat {max((row.neighbours for row in chosen), default=0):.3f}"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--random", type=int, default=0)
    parser.add_argument("--tempo", type=float)
    parser.add_argument("edits", type=Path, nargs="*")
    options = parser.parse_args()
    models = models_of(Engine())
    real = [measured(edit, models, index, options.tempo) for index, edit in enumerate(real_edits(options.edits))]
    for row in real:
        print(row)
    made = [measured(random_edit(seed), models, seed, options.tempo) for seed in range(options.random)]
    print(*table(real + made), sep="\n")


if __name__ == "__main__":
    main()
