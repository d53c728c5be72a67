"""``hitpoint learn-style REF… -o NAME``: a style of one's own, from recordings."""

from __future__ import annotations

import argparse

from hitpoint.core.errors import printable
from hitpoint.plugin.console import progress_bar
from hitpoint.plugin.jobs.engine import Engine, chosen_weights
from hitpoint.plugin.jobs.research.learning import StyleLesson, learn_style_from


def run(options: argparse.Namespace) -> None:
    """Learn it and say what it is like and how to ask for it."""
    lesson = StyleLesson(
        references=tuple(options.references),
        name=options.output,
        may_replace=options.replace,
        tempo_factor=options.tempo_factor,
        engine=Engine(checkpoint=chosen_weights(options.weights, options.checkpoint), use_cache=not options.no_cache),
    )
    with progress_bar(quiet=options.quiet) as progress:
        style, place = learn_style_from(lesson, progress)
    tempo = "no tempo" if style.bpm is None else f"{style.bpm:.0f} beats a minute"
    print(printable(f"{style.name}: {tempo}, {style.minor_share:.0%} in minor, a chord for "
                    f"{1 / max(style.change_rate, 0.05) / 2:.1f} bars, of {', '.join(style.sources)}"))  # fmt: skip
    verdict = "better than" if style.gain > 0 else "no better than"
    print(
        f"  on {style.judged} chords that it had not heard: {style.nats_style:.3f} nats a chord, {verdict} its "
        f"attributes "
        f"alone ({style.nats_attributes:.3f})"
    )
    print(printable(f"  kept in {place}; --like {style.name!r} writes in it"))
