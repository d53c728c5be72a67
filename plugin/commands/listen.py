"""``hitpoint listen AUDIO|EDIT``: what a recording plays."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from hitpoint.core.errors import EditReadError, PlaceError, printable
from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.files.output import write_safely
from hitpoint.core.files.places import check_place
from hitpoint.plugin.console import progress_bar, warn
from hitpoint.plugin.jobs.hearing import source_of

if TYPE_CHECKING:  # loads numpy, for which an edit that cannot be read need not wait
    from hitpoint.core.listening.listening import Listening

_DOUBTFUL = 0.5


def run(options: argparse.Namespace) -> None:
    """Listen, then print a summary or JSON, and write what was asked for."""
    source = source_of(options.recording, options.track, options.media)
    _check_places(options)
    from hitpoint.core.listening.listening_cache import heard_before_or_now

    with progress_bar(quiet=options.json or options.quiet) as progress:
        cache = None if options.no_cache else user_cache_folder()
        heard = heard_before_or_now(
            source.clips, source.start, source.end - source.start, options.tempo_factor, cache, progress
        )
    written = []
    if options.midi is not None:  # before anybody can stop reading
        from hitpoint.core.listening.listening_midi import write_listening_midi

        written.append(write_safely(options.midi, lambda place: write_listening_midi(heard, place)))
    if options.plot is not None:
        written.append(write_safely(options.plot, lambda place: _plot(heard, source.name, place)))
    if options.json:
        from hitpoint.core.listening.listening_file import listening_document

        print(json.dumps(listening_document(heard), indent=1))
    else:
        print("\n".join(printable(line) for line in summary(source.name, heard)))
    for place in written:
        _told(place, options)


def _check_places(options: argparse.Namespace) -> None:
    """See that what was asked for can be written, before the listening.

    Raises:
        PlaceError: if not; it names the option.
    """
    for option, place in (("--midi", options.midi), ("--plot", options.plot)):
        if place is None:
            continue
        try:
            check_place(place.absolute())
        except PlaceError as error:
            error.option = option
            raise


def summary(name: str, heard: Listening) -> list[str]:
    """A few lines for the eye."""
    lines = [f"{name}  {heard.seconds:.1f} s"]
    if not heard.chords:
        return [*lines, "  silence"]
    if heard.bpm is None:
        lines.append("  no beats")
    else:
        sure = f"sure to {heard.beat_confidence:.0%}" if heard.tempo_doubt < _DOUBTFUL else (
            f"the level is doubtful: {heard.bpm / 2:.1f} or {heard.bpm * 2:.1f} fit as well, see --half and --double"
        )  # fmt: skip
        lines.append(f"  {heard.bpm:.1f} beats a minute in {heard.metre} ({sure}), {len(heard.downbeats)} bars")
    lines += [f"  {key.start:7.1f} s  {key.key}  ({key.confidence:.0%})" for key in heard.keys]
    lines.append("  chords    " + " ".join(_chord_names(heard)))
    lines.append(f"  drums     {len(heard.drums)} strokes; melody {len(heard.melody)} notes")
    lines += [f"  {section.start:7.1f} s  section {section.label}" for section in heard.sections]
    return lines


def _chord_names(heard: Listening, most: int = 16) -> list[str]:
    from hitpoint.core.model.vocabulary import symbol_of

    names = [symbol_of(chord.token) for chord in heard.chords]
    return names if len(names) <= most else [*names[:most], f"… ({len(names)})"]


def _plot(heard: Listening, name: str, place: Path) -> None:
    try:
        from hitpoint.ui.listening_plot import write_listening_plot
    except ImportError as error:
        raise EditReadError(f"the plot needs Qt, which cannot be loaded here ({error}): leave --plot out") from None
    write_listening_plot(heard, name, place)


def _told(place: Path, options: argparse.Namespace) -> None:
    if options.json or options.quiet:
        if place not in (options.midi, options.plot):
            warn(f"written as {place.name}: the name was taken")
        return
    print(f"  written   {printable(str(place))}")
