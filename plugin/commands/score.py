"""``hitpoint score EDIT``: the main job."""

from __future__ import annotations

import argparse

from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.form_plan import Ending
from hitpoint.core.cue.sound import Sound
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError, printable
from hitpoint.core.mood import MoodSpan, parse_mood
from hitpoint.core.timebase import parse_time
from hitpoint.plugin.console import progress_bar, warn
from hitpoint.plugin.hit_option import hit_wish
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.job import Job, Recordings, Scored
from hitpoint.plugin.jobs.score import score_edit
from hitpoint.plugin.report import report_document, write_report


def run(options: argparse.Namespace) -> None:
    """Score an edit and say where the results lie."""
    with progress_bar(quiet=options.quiet) as progress:
        scored = score_edit(job_of(options), progress)
    tell(scored, quiet=options.quiet)
    if not options.quiet and options.like is None and options.after is None:
        tell_of_temp(options)
    if options.report is not None:
        write_report(report_document(scored), options.report)


def job_of(options: argparse.Namespace) -> Job:
    """What the options ask for."""
    return Job(
        edit=options.edit,
        output=options.output,
        media_folders=tuple(options.media),
        rate=options.rate,
        wishes=lambda edit: _wishes(edit, options),
        takes=options.takes,
        section_markers=options.markers,
        engine=engine_of(options),
        sound=sound_of(options),
        recordings=recordings_of(options),
    )


def recordings_of(options: argparse.Namespace) -> Recordings:
    """What the options say of music that exists."""
    return Recordings(options.like, options.follow, options.tempo_factor, options.after)


def engine_of(options: argparse.Namespace) -> Engine:
    """What the options of the engine say."""
    return Engine(
        features=options.features,
        checkpoint=options.checkpoint,
        regressor=options.regressor,
        synth=options.synth,
        soundfont=options.soundfont,
        feel=options.feel,
        use_cache=not options.no_cache,
    )


def sound_of(options: argparse.Namespace) -> Sound:
    """What the options of the sound say."""
    return Sound(
        loudness=options.loudness,
        fade_in=options.fade_in,
        fade_out=options.fade_out,
        is_broadcast=options.bext,
        duck=options.duck,
    )


def tell(scored: Scored, *, quiet: bool) -> None:
    """Warnings to stderr; where the results lie to stdout."""
    for warning in scored.warnings:
        warn(warning)
    if quiet:
        return
    cue, outputs = scored.cue, scored.outputs
    print(f"{float(cue.seconds):.2f} s of {cue.style} in {cue.key}, {len(cue.chord_spans)} chords, seed {cue.seed}")
    print(f"  timeline  {outputs.timeline}")
    print(f"  mix       {outputs.mix}")
    if scored.ducked is not None:
        print(f"  ducked    {scored.ducked}")
    print(f"  stems     {outputs.stems_folder}")
    print(f"  midi      {outputs.midi}")
    print(f"  cue       {outputs.cue}")
    if scored.script is not None:
        print(f"  resolve   Workspace > Scripts > {scored.script.stem}")
    for number, take in enumerate(scored.takes[1:], start=2):
        print(f"  take {number:<4} {outputs.take(number)} (seed {take.seed})")


def tell_of_temp(options: argparse.Namespace) -> None:
    """That a track looks like temp music, and how it would be followed; it is followed only when asked for."""
    from hitpoint.bridge.reading.production_sound import read_sound_tracks
    from hitpoint.core.listening.temp_tracks import temp_in

    temp = temp_in(read_sound_tracks(options.edit, options.media))
    if temp is not None:
        number = temp.name.split(" ")[0]
        print(printable(f"  temp      {temp.name} looks like temp music; --like track:{number} follows it"))


def _wishes(edit: Edit, options: argparse.Namespace) -> Wishes:
    """The options as wishes, times turned into frames of this edit."""
    first, last = (_frame(edit, text) for text in options.range) if options.range else (0, None)
    return Wishes(
        start_frame=first,
        end_frame=last,
        seed=options.seed,
        key=options.key,
        bpm=options.tempo,
        moods=tuple(_mood_span(edit, text) for text in options.mood),
        style=options.style,
        mood_strength=options.mood_strength,
        change_rate=options.changes,
        hits=tuple(hit_wish(edit, hit) for hit in options.hit),
        hits_per_minute=options.hits_per_minute,
        metre=options.metre,
        ending=None if options.ending is None else Ending(options.ending),
        tail_frames=edit.rate.nearest_frame(options.tail),
    )


def _mood_span(edit: Edit, text: str) -> MoodSpan:
    """``MOOD`` for the whole edit, or ``A-B=MOOD`` for a stretch of it."""
    times, _, name = text.rpartition("=")
    mood, point = parse_mood(name)
    if not times:
        return MoodSpan(0.0, float(edit.seconds), mood, point=point)
    start, dash, end = times.partition("-")
    if not dash:
        raise OptionError(f"--mood {text!r}: write A-B=MOOD, with two times")
    first, last = _frame(edit, start), _frame(edit, end)
    if first >= last:
        raise OptionError(f"--mood {text!r}: the stretch ends before it begins")
    return MoodSpan(float(edit.rate.seconds(first)), float(edit.rate.seconds(last)), mood, point=point)


def _frame(edit: Edit, text: str) -> int:
    return parse_time(text, edit.rate, edit.start_timecode_frame)
