"""A feature film's music: two hours with 1 500 cuts, forty cues of a minute each in one command.

Opened, and one composed again.

Run:
    ``python tests/benchmarks/bench_many_cues.py [--minutes 120] [--cues 40] [--seconds 60] [--folder DIR] [--json
    FILE]``. The pictures are lost, so
that what is measured is composing, playing and writing; ``bench_long.py`` measures looking. Opened means: the cut, the
list, and every cue's file read, as the panel and every command do it; nothing is composed. Composing one again is
beside composing all; the bytes of all other cues are compared.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import tempfile
from pathlib import Path

from bench_long import tree_peak, write_edit
from benchmark import Row, show, spent_by, spent_by_process

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.plugin.jobs.standing import list_of, standing_cues

HITPOINT = (sys.executable, "-m", "hitpoint.plugin")


def cue_words(minutes: float, cues: int, seconds: float) -> list[str]:
    """A cue of so many seconds (a third of its share of the film, if that is shorter); every third has Anna's theme."""
    share = minutes * 60 / cues
    length = min(seconds, share / 3)
    words = []
    for number in range(cues):
        start = share * number + share / 4
        theme = ",theme=Anna" if number % 3 == 0 else ""
        style = ("piano", "strings", "cinematic")[number % 3]
        words += [
            "--cue",
            f"{number // 10 + 1}M{number % 10 + 1}={start:.2f}-{start + length:.2f},style={style}{theme}",
        ]
    return words


def digests(folder: Path) -> dict[str, str]:
    """What every file under a folder contains."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def opened(path: Path) -> None:
    """All that opening an edit with cues reads."""
    read_edit(path)
    list_of(path, standing_cues(path))


def main() -> None:
    """Measure, and say it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--cues", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="many_cues-"))
    folder.mkdir(parents=True, exist_ok=True)
    edit, scored, again = (folder / name for name in ("film.otio", "scored.otio", "again.otio"))
    films = [folder / f"lost_{number}.mp4" for number in range(int(options.minutes // 18) + 1)]
    write_edit(films, options.minutes, edit)
    words = cue_words(options.minutes, options.cues, options.seconds)
    whole, peak = tree_peak([*HITPOINT, "score", str(edit), *words, "-o", str(scored), "--quiet"])
    before = digests(folder / "scored.music")
    reading = spent_by(lambda: opened(scored))
    only = [*HITPOINT, "reroll", str(scored), "--cue", "1M2", "-o", str(again), "--quiet"]
    one = spent_by_process(only)
    assert digests(folder / "scored.music") == before, "a file of another cue has changed"
    names = [one.name for one in standing_cues(again)]
    assert len(names) == options.cues == len(standing_cues(scored))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) >> 20
    print(f"{len(names)} cues, {size} MB of files; all other cues kept every byte")
    rows = [
        Row("composed, played and written", whole.seconds, cpu_seconds=whole.cpu_seconds, peak_megabytes=peak),
        Row("opened: cut, list and every cue's file", reading.seconds, cpu_seconds=reading.cpu_seconds),
        Row("one composed again", one.seconds, "all", whole.seconds, one.cpu_seconds, one.peak_megabytes),
    ]
    show(f"{options.cues} cues of {options.seconds:g} s in {options.minutes:g} minutes", rows, options.json)


if __name__ == "__main__":
    main()
