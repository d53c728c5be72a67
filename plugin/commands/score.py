"""``hitpoint score EDIT``: the main job."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from hitpoint.core.arrange.styles.part_styles import wished_parts
from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.compose.entry_wishes import entry_wishes
from hitpoint.core.compose.like.follow import DEFAULT_CLOSENESS, Follow
from hitpoint.core.compose.style_wishes import parsed_morph, parsed_stretch, styling_of_wishes
from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_list_file import list_from_toml
from hitpoint.core.cue.film.cue_list import CueEntry
from hitpoint.core.cue.film.joins import Join
from hitpoint.core.cue.form.form_plan import Ending
from hitpoint.core.cue.likeness import likeness_lines
from hitpoint.core.cue.sound import Sound
from hitpoint.core.cue.styling import StyleSpan
from hitpoint.core.edit import Edit, written_stretch
from hitpoint.core.errors import OptionError, printable
from hitpoint.core.mood import MoodSpan, parse_mood
from hitpoint.core.music.theme import Theme
from hitpoint.plugin.console import counted, progress_bar, warn
from hitpoint.plugin.cue_option import cue_entry
from hitpoint.plugin.hit_option import FIND, hit_wish
from hitpoint.plugin.jobs.engine import Engine, check_files, chosen_weights
from hitpoint.plugin.jobs.job import Job, Recordings, Scored
from hitpoint.plugin.jobs.score import score_edit
from hitpoint.plugin.report import check_report, report_document, segues_of, write_report
from hitpoint.plugin.style_options import curve_of


def run(options: argparse.Namespace) -> None:
    """Score an edit and say where the results lie."""
    check_report(options.report)
    with progress_bar(quiet=options.quiet) as progress:
        scored = score_edit(job_of(options), progress)
    if options.report is not None:  # before anybody can stop reading
        write_report(report_document(scored), options.report)
    tell(scored, quiet=options.quiet)
    if not options.quiet and options.like is None and options.after is None:
        tell_of_temp(options)


def job_of(options: argparse.Namespace) -> Job:
    """The job that the options ask for.

    Raises:
        OptionError: if some do not go together.
    """
    curve_of(options)
    return Job(
        edit=options.edit,
        output=options.output,
        media_folders=tuple(options.media),
        rate=options.rate,
        wishes=lambda edit: wishes_of(edit, options),
        replaced=tuple(options.replace),
        keeps_composed=options.cues is not None,
        takes=options.takes,
        section_markers=options.markers,
        engine=engine_of(options),
        sound=sound_of(options),
        recordings=recordings_of(options),
        theme=theme_of(options),
        programme=options.loudness_by == "programme",
        search=options.search,
    )


def recordings_of(options: argparse.Namespace) -> Recordings:
    """The music that exists, as the options name it."""
    closeness, strength = options.closeness, options.like_strength
    after = getattr(options, "after", None)
    lonely = [
        name
        for name, is_given in (
            ("--follow", options.follow is not None),
            ("--closeness", closeness is not None),
            ("--like-strength", strength is not None),
            ("--half" if options.tempo_factor < 1 else "--double", options.tempo_factor != 1 and after is None),
        )
        if is_given
    ]
    if lonely and options.like is None:
        raise OptionError(f"{lonely[0]} says how to follow a recording: name it with --like")
    if strength is None:
        strength = 0.0 if closeness is None else 1.0
    return Recordings(
        options.like, options.follow or Follow(), closeness or DEFAULT_CLOSENESS, strength, options.tempo_factor,
        after, 1.0 if options.like_strength is None else strength, closeness is not None,
        options.picture_strength,
    )  # fmt: skip


def theme_of(options: argparse.Namespace) -> Theme | None:
    """The editor's own theme from a MIDI file, if one is named.

    Raises:
        OptionError: if there is none in it.
    """
    if options.theme is None:
        return None
    _check_midi(options.theme)
    from hitpoint.core.melody.midi_theme import read_theme  # loads mido

    return read_theme(options.theme)


def _check_midi(path: Path) -> None:
    """See that a file is MIDI, whatever its size; one that is not there is told by who reads it.

    Raises:
        OptionError: if it is something else.
    """
    with suppress(OSError), path.open("rb") as file:
        if file.read(4) != b"MThd":
            raise OptionError(f"--theme: {path} is no MIDI file: export the theme as one, a .mid")


def engine_of(options: argparse.Namespace) -> Engine:
    """The engine that the options name.

    Raises:
        OptionError: if the chord model is named twice.
        HitpointError: if a file it names is not there, or of another kind.
    """
    engine = Engine(
        features=options.features,
        checkpoint=chosen_weights(options.weights, options.checkpoint),
        regressor=options.regressor,
        synth=options.synth,
        soundfont=next((font for part, font in reversed(options.soundfont) if part is None), None),
        part_fonts=tuple((part, font) for part, font in options.soundfont if part is not None),
        instruments=options.instruments,
        feel=options.feel,
        use_cache=not options.no_cache,
    )
    check_files(engine)
    return engine


def sound_of(options: argparse.Namespace) -> Sound:
    """The sound that the options ask for.

    Raises:
        OptionError: if some do not go together, or a part makes no sense.
    """
    if options.deliver is not None and not options.duck:
        raise OptionError(f"--deliver {options.deliver} chooses one of two mixes: add --duck DB, which makes the other")
    sound = Sound(
        loudness=options.loudness,
        fade_in=options.fade_in,
        fade_out=options.fade_out,
        is_broadcast=options.bext,
        duck=options.duck,
        delivers_ducked=options.deliver != "mix",
    )
    return wished_parts(sound, options.part, style_named(options.style)) if options.part else sound


def tell(scored: Scored, *, quiet: bool, named: bool = False, again: bool = False, left: Sequence[str] = ()) -> None:
    """Warnings to stderr; where the results lie to stdout, with the cue's name if there are several.

    A ``named`` cue is one of several whose timeline was told before.

    With ``again`` the seed of what was last composed again is told beside the cue's own. Words in ``left`` asked for
    what stays, which is told elsewhere.
    """
    for warning in () if named else scored.told:
        warn(warning)
    if quiet:
        return
    cue, outputs = scored.cue, scored.outputs
    name = f"{cue.name}: " if named or scored.further or scored.kept else ""
    print(
        f"{name}{float(cue.seconds):.2f} s of {cue.style} in {cue.key}, {counted(len(cue.chord_spans), 'chord')}, "
        f"seed {cue.seed}{_again(cue) if again else ''}"
    )
    if not named:  # one timeline holds all cues
        print(f"  timeline  {scored.timeline}")
    print(f"  mix       {outputs.mix}")
    if scored.ducked is not None:
        print(f"  ducked    {scored.ducked}")
        print(f"  played    {scored.delivered.name}")
    print(f"  stems     {outputs.stems_folder}")
    print(f"  midi      {outputs.midi}")
    print(f"  cue       {outputs.cue}")
    for one in cue.styling:
        start, end = (float(cue.edit.rate.seconds(frame)) for frame in (one.start_frame, one.end_frame))
        print(f"  style     {start:.2f}-{end:.2f} s {'>'.join(one.names)}")
    if scored.searched:
        print(f"  search    {scored.searched}")
    if scored.script is not None:
        print(f"  resolve   Workspace > Scripts > {scored.script.stem}")
    if cue.like is not None:
        for label, line in zip(("like", "followed"), likeness_lines(cue.like), strict=False):
            print(printable(f"  {label:<9} {line}"))
    _tell_words(cue, left)
    for number, take in enumerate(scored.takes[1:], start=2):
        print(f"  take {number:<4} {outputs.take(number)} (seed {take.seed})")
    for other in scored.further:
        tell(other, quiet=quiet, named=True)
    if not named:
        for name, segue in segues_of(scored).items():
            print(printable(f"{name} {segue.line()}"))
        for fading in (one.cue for one in (scored, *scored.further) if one.cue.join == Join.CROSSFADE.value):
            print(printable(f"{fading.name} goes over to the next cue in a crossfade of {fading.sound.fade_out:.2f} s"))
    if scored.kept:
        print(f"  kept      {', '.join(one.name for one in scored.kept)}")


def _tell_words(cue: Cue, left: Sequence[str]) -> None:
    """What was understood of the words that asked for a cue, and what was not; nothing without words."""
    if not cue.prompts:
        return
    from hitpoint.core.words.prompts import prompt_report

    told = prompt_report(cue, left)
    heard = "; ".join(f"{one['words']}: {one['control']} {one['value']}" for one in told["understood"])
    if heard or not left:
        print(printable(f"  heard     {heard or 'nothing that could be understood'}"))
    if told["ignored"]:
        print(printable(f"  not heard {', '.join(told['ignored'])}"))


def _again(cue: Cue) -> str:
    """Which stretch was last composed again, with what seed; empty if none was."""
    if not cue.rerolls:
        return ""
    last = cue.rerolls[-1]
    start, end = float(cue.step_start(last.first)), float(cue.step_start(last.end))
    return f"; {start:.2f}-{end:.2f} s again with seed {last.seed}"


def wishes_of(edit: Edit, options: argparse.Namespace) -> tuple[Wishes, ...]:
    """The options as wishes, one for each cue, times turned into frames of this edit."""
    listed = list_from_toml(options.cues, edit).entries if options.cues else ()
    entries = [*listed, *_cue_options(edit, options)]
    twice = next((one.name for one in entries[len(listed) :] if one.name in (other.name for other in listed)), None)
    if twice is not None:
        raise OptionError(f"--cue {twice}=…: {options.cues.name} has a cue {twice!r} already: give another name")
    if entries and options.range:
        raise OptionError("--range is for one cue without a name: give the range in --cue NAME=A-B")
    whole = _wishes(edit, options)
    try:
        wishes = tuple(entry_wishes(edit, whole, entry, number) for number, entry in enumerate(entries)) or (whole,)
    except OptionError as error:
        raise OptionError(f"{options.cues.name}: {error}" if options.cues else str(error)) from None
    _check_reached(edit, whole, wishes, options)
    asked = style_wishes(edit, options)
    return tuple(_styled(edit, one, asked) for one in wishes)


def _check_reached(edit: Edit, whole: Wishes, wishes: Sequence[Wishes], options: argparse.Namespace) -> None:
    """See that music is wished wherever a mood or a hit is.

    Raises:
        OptionError: if one would be passed over.
    """
    stretches = [stretch(edit, one) for one in wishes]
    reached = [(float(edit.rate.seconds(first)), float(edit.rate.seconds(end))) for first, end in stretches]
    for text, mood in zip(options.mood, whole.moods, strict=True):
        if not any(mood.start < end and start < mood.end for start, end in reached):
            raise OptionError(f"--mood {text}: no music is asked for there: change it, or --range or --cue")
    for hit, wish in zip(options.hit, whole.hits, strict=True):
        if not any(first <= wish.frame <= end for first, end in stretches):
            raise OptionError(f"--hit {hit.time}: no music is asked for there: change it, or --range or --cue")


def _styled(edit: Edit, wishes: Wishes, asked: tuple[StyleSpan, ...]) -> Wishes:
    """The wishes for one cue with the stretches of other styles that lie in it."""
    end = edit.frames if wishes.end_frame is None else wishes.end_frame
    style, styling = styling_of_wishes(wishes.style, asked, wishes.start_frame, end)
    return replace(wishes, style=style, styling=styling)


def style_wishes(edit: Edit, options: argparse.Namespace) -> tuple[StyleSpan, ...]:
    """The stretches and passages of styles that the options ask for, in the order given.

    Raises:
        OptionError: if one makes no sense.
    """
    stretches = [parsed_stretch(edit, text) for text in getattr(options, "style_stretches", ())]
    return (*stretches, *(parsed_morph(edit, text, curve_of(options)) for text in options.morph))


def _cue_options(edit: Edit, options: argparse.Namespace) -> tuple[CueEntry, ...]:
    return tuple(cue_entry(text, edit) for text in options.cue)


def tell_of_temp(options: argparse.Namespace) -> None:
    """That a track looks like temp music, and how it would be followed; it is followed only when asked for."""
    from hitpoint.bridge.reading.production_sound import read_sound_tracks
    from hitpoint.core.listening.temp_tracks import temp_in

    temp = temp_in(read_sound_tracks(options.edit, options.media))
    if temp is not None:
        number = temp.name.split(" ")[0]
        print(printable(f"  temp      {temp.name} looks like temp music; --like track:{number} follows it"))


def _wishes(edit: Edit, options: argparse.Namespace) -> Wishes:
    """The options as wishes for one cue."""
    first, last = _whole_stretch(edit, options.range)
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
        hits=tuple(hit_wish(edit, hit, _found) for hit in options.hit),
        hits_per_minute=options.hits_per_minute,
        metre=options.metre,
        ending=None if options.ending is None else Ending(options.ending),
        tail_frames=edit.rate.nearest_frame(options.tail),
        prompts=tuple(options.prompt),
        picture_strength=options.picture_strength,
        dynamics=options.dynamics,
    )


def _found(edit: Edit, words: str) -> int:
    from hitpoint.plugin.jobs.pictures.find import found_frame  # loads CLIP

    return found_frame(edit, words)


def _mood_span(edit: Edit, text: str) -> MoodSpan:
    """``MOOD`` for the whole edit, or ``A-B=MOOD`` for a stretch of it."""
    times, _, name = text.rpartition("=")
    mood, point = parse_mood(name)
    if not times:
        return MoodSpan(0.0, float(edit.seconds), mood, point=point)
    if times.startswith(FIND):
        from hitpoint.plugin.jobs.pictures.find import found_stretch  # loads CLIP

        first, last = found_stretch(edit, times)
        return MoodSpan(float(edit.rate.seconds(first)), float(edit.rate.seconds(last)), mood, point=point)
    start, dash, end = times.partition("-")
    if not dash:
        raise OptionError(f"--mood {text!r}: write A-B=MOOD, with two times")
    first, last = written_stretch(edit, start, end, f"--mood {text!r}")
    return MoodSpan(float(edit.rate.seconds(first)), float(edit.rate.seconds(last)), mood, point=point)


def _whole_stretch(edit: Edit, times: Sequence[str] | None) -> tuple[int, int | None]:
    """The stretch of ``--range``; without it all of the edit."""
    return written_stretch(edit, times[0], times[1], f"--range {times[0]} {times[1]}") if times else (0, None)
