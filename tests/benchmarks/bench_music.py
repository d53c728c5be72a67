"""Is it music? Six storyboards of 60 s to 12 min, each in all moods, three seeds.

A table by mood, and what misses its mark.

``python tests/benchmarks/bench_music.py [--seeds N] [--boards NAME...] [--moods NAME...] [--known FILE...] [--json
FILE]``; the pictures are only told (``storyboards.py``), the chords, the form and the notes are real.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from pathlib import Path

import numpy as np
from music_measures import measured
from playing_measures import played_measures
from storyboards import STORYBOARDS, edit_of, features_of

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.compose.compose import compose
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.mood import MOODS, Mood, MoodSpan
from hitpoint.core.perform.perform import performed
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.launch import models_of

STYLES = {
    Mood.EXCITING: "electronic",
    Mood.FEARFUL: "tension",
    Mood.TENSE: "tension",
    Mood.SAD: "strings",
    Mood.RELAXING: "ambient",
    Mood.NEUTRAL: "cinematic",
}
Row = dict[str, float]


def main() -> int:
    """Compose, measure, show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--boards", nargs="*", default=[board.name for board in STORYBOARDS])
    parser.add_argument("--moods", nargs="*", default=[mood.value for mood in MOODS])
    parser.add_argument("--json", type=Path)
    parser.add_argument(
        "--known", nargs="*", type=Path, default=[], help="files of earlier runs, which are counted too"
    )
    options = parser.parse_args()
    models = models_of(Engine())
    rows: dict[str, list[Row]] = defaultdict(list)
    for path in options.known:
        for mood, known in json.loads(path.read_text(encoding="utf-8")).items():
            rows[mood].extend(known)
    for board in (board for board in STORYBOARDS if board.name in options.boards):
        edit = edit_of(board)
        features = features_of(board, edit)
        for mood in map(Mood, options.moods):
            for seed in range(options.seeds):
                began = time.process_time()
                wish = MoodSpan(0.0, board.seconds, mood)
                cue = compose(edit, Wishes(seed=seed, moods=(wish,), style=STYLES[mood]), features, models).cue
                composed = time.process_time() - began
                cue = with_playing(cue)
                score = arrange(cue)
                row = {**measured(cue, score), **played_measures(cue, score, performed(score, cue))}
                rows[mood.value].append(
                    {**row, "seconds": board.seconds, "compose_s": composed, "steps": len(cue.steps)}
                )
        print(f"{board.name} done", file=sys.stderr)
    _show(rows)
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    return 0


def _show(rows: dict[str, list[Row]]) -> None:
    names = list(next(iter(rows.values()))[0])
    print(f"{'mean of':22s}", *(f"{mood:>10s}" for mood in rows), f"{'all':>10s}")
    every = [row for group in rows.values() for row in group]
    for name in names:
        cells = [np.nanmean([row[name] for row in group]) for group in (*rows.values(), every)]
        print(f"{name:22s}", *(f"{cell:10.3f}" for cell in cells))
    stuck = sorted(row["two_chords_s"] for row in every)
    print(f"two chords: 95 % {np.percentile(stuck, 95):.1f} s, most {stuck[-1]:.1f} s")
    for label, misses in _misses(rows, every).items():
        print(f"{label:58s} {misses}")


def _misses(rows: dict[str, list[Row]], every: list[Row]) -> dict[str, str]:
    """What the round asks for, and how many cues miss it."""

    def count(name: str, low: float, high: float, moods: tuple[str, ...] = ()) -> str:
        group = [row for mood in moods or tuple(rows) for row in rows.get(mood, [])]
        return f"{sum(not low <= row[name] <= high for row in group)} of {len(group)}"

    def count_long(name: str, low: float, high: float) -> str:
        group = [row for row in every if row["seconds"] > 90]
        return f"{sum(not low <= row[name] <= high for row in group)} of {len(group)}"

    long = [row for row in every if row["seconds"] > 120]
    return {
        "last chord off 2..6 s": count("last_chord_s", 2, 6),
        "last chord off the bar line": count("last_on_bar", 1, 1),
        "more than two summits": count("summits", 0, 2),
        "hits missed": count("hits_missed", 0, 0),
        "two chords over 24 s": count("two_chords_s", 0, 24),
        "two chords over 45 s": count("two_chords_s", 0, 45),
        "dim and aug over .15 in fearful": count("share_dim_aug", 0, 0.15, ("fearful",)),
        "plain triads over .75 in tense, fearful": count("share_triads", 0, 0.75, ("tense", "fearful")),
        "outside the scale off .05 to .35 in fearful, tense, exciting": count(
            "share_outside_key", 0.05, 0.35, ("fearful", "tense", "exciting")
        ),
        "theme found fewer than three times beyond 90 s": count_long("theme_found", 3, 99),
        "theme not at the summit beyond 90 s": count_long("theme_at_summit", 1, 1),
        "theme not in the last third beyond 90 s": count_long("theme_last_third", 1, 1),
        "lead: chord tones off .5 to .85": count("lead_chord_tones", 0.5, 0.85),
        "lead: steps off .4 to .7": count("lead_steps", 0.4, 0.7),
        "lead: leaps over .2": count("lead_leaps", 0, 0.2),
        "lead: bars with three notes under .45": count("lead_bars3", 0.45, 1),
        "lead: rhythm under 2.5 bits": count("lead_bits_a_bar", 2.5, 9),
        "harmony: top three rhythms over .6": count("harmony_top3", 0, 0.6),
        "velocity sd off 7 to 14": count("velocity_sd", 7, 14),
        "onsets off the grid under .6": count("off_grid", 0.6, 1),
        "beyond two minutes without rest or solo": f"{sum(row['rest_or_solo_bars'] == 0 for row in long)} of {len(long)}",
    }


if __name__ == "__main__":
    sys.exit(main())
