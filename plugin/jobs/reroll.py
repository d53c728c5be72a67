"""Composing again inside a scored edit: read its cue, change locks, compose a stretch anew, write a new version.

The changes come first: ``--unlock``, then ``--lock``, in the order given. A lock may lie outside the range.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path

from hitpoint.bridge.reading.scored_edit import has_section_markers
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.writing.timeline_writer import check_target
from hitpoint.core.arrange.styles.part_styles import all_players, check_heard, wished_parts
from hitpoint.core.cue.changes import chord_set, span_locked, span_unlocked
from hitpoint.core.cue.cue import Cue, altered, steps_inside, steps_touching
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.edit import Edit, written_stretch
from hitpoint.core.errors import OptionError
from hitpoint.core.files.output import TIMELINE_SUFFIXES, Outputs, mix_beside, plan_outputs
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.theme import Theme
from hitpoint.core.progress import SILENT, Progress
from hitpoint.plugin.jobs.engine import Engine, engine_of_cue
from hitpoint.plugin.jobs.job import Delivery, Finished, Recordings, Scored, Stopwatch
from hitpoint.plugin.jobs.loading import lasting
from hitpoint.plugin.jobs.narrowed import locked_steps, narrowed
from hitpoint.plugin.jobs.standing import others, standing_cues, the_cue


@dataclass(frozen=True)
class LockWish:
    """A lock for the command line's ``A-B=CHORD``; times as the editor wrote them, no chord to lock what is there."""

    start: str
    end: str
    chord: Chord | None = None


@dataclass(frozen=True)
class RerollJob:
    """One scored edit to compose again.

    Attributes:
        scored: the edit, as ``hitpoint score`` left it.
        output: where the new version goes; None for beside it.
        media_folders: where to look for media that moved.
        span: first and last time, as the editor wrote them; None for the whole cue.
        locks: in order.
        unlocks: first and last times, in order; done before the locks.
        seed: None for the cue's next one.
        takes: how many to compose; the best is written.
        take: number of an earlier take to go on from; without a span it is written as it is. None for the current one.
        parts: settings of parts, as :func:`hitpoint.core.cue.parts.parsed_part` reads them; where nothing else is asked
            for, nothing is composed.
        section_markers: whether the sections are written as markers; they are, too, if the edit has them.
        engine: what to compose and play with.
        cue: name of the cue; None for the only one.
        anew: names of parts that alone are played anew; chords stay then.
        theme: the editor's own theme, for the melody; chords stay then, too.
        recordings: what the stretch is to be like.
        search: takes to try, or seconds to try them for; None for no search.
    """

    scored: Path
    output: Path | None = None
    media_folders: tuple[Path, ...] = ()
    span: tuple[str, str] | None = None
    locks: tuple[LockWish, ...] = ()
    unlocks: tuple[tuple[str, str], ...] = ()
    seed: int | None = None
    takes: int = 1
    take: int | None = None
    parts: tuple[str, ...] = ()
    section_markers: bool = False
    engine: Engine = field(default_factory=Engine)
    cue: str | None = None
    anew: tuple[str, ...] = ()
    theme: Theme | None = None
    recordings: Recordings = field(default_factory=Recordings)
    search: tuple[int | None, float | None] | None = None


def reroll_edit(job: RerollJob, progress: Progress = SILENT) -> Scored:
    """Do the whole job.

    Raises:
        HitpointError: for anything the editor can mend; nothing has been written then.
        Cancelled: if stopped; likewise.
    """
    watch = Stopwatch()
    with watch.lap("total"):
        with watch.lap("read"):
            planned = planned_version(job.scored, job.output)
            standing = the_cue(job.scored, job.cue)
            kept = others(standing_cues(job.scored, planned.timeline.suffix), standing.name)
            assert standing.file is not None, "a cue that can be named has a file"
            cue_file = standing.file
            before = read_cue(take_file(cue_file, job.take))
            edit = read_edit(job.scored, job.media_folders, progress.part(0.0, 0.1))
            known = replace(before, edit=same_cut(edit, before))
            cue = changed_cue(known, job)
            span = span_of(cue, job.span)
            less = narrowed(cue, span, job.span, () if job.anew else locked_steps(before))
            has_markers = job.section_markers or has_section_markers(job.scored)
            engine = engine_of_cue(job.engine, known)
            delivery = Delivery(job.scored, planned, has_markers, engine, kept=kept)
            check_target(job.scored, delivery.planned.timeline)
        from hitpoint.core.render.mixdown.ensemble import (
            ensemble_for,  # there is work: processes may load beside this one
        )

        early = (
            nullcontext(None) if job.search else ensemble_for(engine.synth, float(cue.seconds))
        )  # Ctrl+C ends players
        with early as players:
            delivery = replace(delivery, players=players)
            if job.anew or job.theme is not None:
                return _played_anew(job, known, span, delivery, watch, progress.part(0.1, 1.0), less)
            if job.span is None and (job.take is not None or (job.parts and not job.locks and job.seed is None)):
                return _chosen(cue, read_cue(cue_file), mix_beside(cue_file), delivery, watch, progress.part(0.1, 1.0))
            mix = mix_beside(cue_file) if job.take in (None, 1) else None
            return _recomposed(job, known, span, delivery, mix, watch, progress.part(0.1, 1.0), less)


def take_file(cue_file: Path, number: int | None) -> Path:
    """The file of a take of a scored edit; the first is the cue itself.

    Raises:
        OptionError: if there is no such take.
    """
    if number in (None, 1):
        return cue_file
    found = cue_file.parent / "takes" / f"take_{number}.cue.json"
    if not found.is_file():
        raise OptionError(f"there is no take {number}: {found} is missing; 'hitpoint score --takes N' writes them")
    return found


def _chosen(cue: Cue, current: Cue, mix: Path, delivery: Delivery, watch: Stopwatch, progress: Progress) -> Scored:
    """A take as it is, played and written; nothing is composed."""
    with lasting():
        from hitpoint.core.arrange.arranger import with_playing
        from hitpoint.core.conform.kept_sound import before_edit
        from hitpoint.plugin.jobs.deliver import delivered  # loads numpy and synthesisers: first see that there is work

    cue = with_playing(cue)
    return delivered(delivery, [Finished(cue, before=before_edit(current, cue, mix))], watch, progress)


def _recomposed(
    job: RerollJob,
    known: Cue,
    span: range,
    delivery: Delivery,
    mix: Path | None,
    watch: Stopwatch,
    progress: Progress,
    less: tuple[str, ...],
) -> Scored:
    """The stretch composed again, played and written; ``less`` says why it is shorter than was asked for."""
    with lasting():
        from hitpoint.core.arrange.arranger import with_playing
        from hitpoint.core.conform.kept_sound import before_change
        from hitpoint.core.ports import Composed
        from hitpoint.plugin.jobs.composer import Composer  # networks take a while to load
        from hitpoint.plugin.jobs.deliver import delivered
        from hitpoint.plugin.jobs.looking import Observer

    known = with_playing(known)
    cue = changed_cue(known, job)
    composer = Composer(Observer(delivery.engine, job.media_folders))
    from hitpoint.plugin.jobs.hearing import followed_again

    with watch.lap("features"):
        heard = followed_again(job.recordings, cue, job.media_folders, delivery.engine, progress.part(0.0, 0.1))
    like, asked, told = heard
    with watch.lap("compose"):
        line = ""
        if job.search is not None:
            from hitpoint.plugin.jobs.searching.search import search_again

            found, warnings = search_again(
                composer, cue, span, job.seed, job.search, job.takes, like, progress.part(0.1, 0.55), asked
            )
            composed, line = Composed(found.takes, (), warnings), found.line()
        else:
            composed = composer.recomposed(cue, span, job.takes, job.seed, progress.part(0.1, 0.55), like, asked)
    before = None if mix is None else before_change(known, span, mix)
    new = composed.takes[0].cue
    warnings = (*composed.warnings, *told, *less, *_told_the_same(known, new))
    finished = Finished(new, composed.takes, warnings, before, line)
    return delivered(delivery, [finished], watch, progress.part(0.55, 1.0))


def _told_the_same(old: Cue, new: Cue) -> tuple[str, ...]:
    """A line where the same chords and notes came out, with what to try."""
    from hitpoint.core.arrange.arranger import arrange  # loads numpy

    if [step.chord for step in old.steps] != [step.chord for step in new.steps]:
        return ()
    pages = [[(part.name, part.notes) for part in arrange(cue).parts] for cue in (old, new)]
    if pages[0] != pages[1]:
        return ()
    seed = new.rerolls[-1].seed if new.rerolls else new.seed
    line = (
        f"the same chords and notes came out with seed {seed}: try another --seed or a longer --range, or free locked "
        "chords with --unlock A-B"
    )
    return (line,)


def _played_anew(
    job: RerollJob,
    known: Cue,
    span: range,
    delivery: Delivery,
    watch: Stopwatch,
    progress: Progress,
    less: tuple[str, ...],
) -> Scored:
    """Some parts played anew, or the melody made of another theme; nothing is composed, no other part changes."""
    with lasting():
        from hitpoint.core.arrange.arranger import with_playing
        from hitpoint.core.arrange.part_reroll import part_rerolled, with_theme
        from hitpoint.plugin.jobs.deliver import delivered

    with watch.lap("compose"):
        cue = changed_cue(with_playing(known), job)
        cue = cue if job.theme is None else with_theme(cue, job.theme)
        for name in job.anew:
            cue = part_rerolled(cue, name, span, cue.next_seed if job.seed is None else job.seed)
    return delivered(delivery, [Finished(cue, warnings=less if job.anew else ())], watch, progress)


def changed_cue(cue: Cue, job: RerollJob) -> Cue:
    """The cue with the locks and parts of a job.

    Raises:
        OptionError: if a time is none, or lies outside the cue.
    """
    if job.parts:
        style = all_players(cue)
        cue = altered(cue, sound=wished_parts(cue.sound, job.parts, style))
        check_heard(style, cue.sound)
    for first, last in job.unlocks:
        cue = span_unlocked(cue, _touched(cue, first, last, "--unlock"))
    for lock in job.locks:
        span = _touched(cue, lock.start, lock.end, "--lock")
        cue = span_locked(cue, span) if lock.chord is None else chord_set(cue, span, lock.chord)
    return cue


def planned_version(scored: Path, output: Path | None) -> Outputs:
    """The files of the new version: the scored edit's own name, counted up, if it has a name that we write."""
    is_ours = scored.suffix.lower() in TIMELINE_SUFFIXES
    return plan_outputs(scored, output or (scored if is_ours else None))


def same_cut(edit: Edit, cue: Cue) -> Edit:
    """The edit as it is now, media found where they are now, if the cue still fits it.

    The markers stay those the cue was written for: new ones would move its steps, which is what conforming is for.

    Raises:
        OptionError: if the cut has changed.
    """
    if not edit.has_cut_of(cue.edit):
        raise OptionError(
            f"the cut of {edit.path.name} is not the one its music was written for: "
            "take the cue over to it first with 'hitpoint conform'"
        )
    return replace(edit, markers=cue.edit.markers)


def span_of(cue: Cue, times: tuple[str, str] | None) -> range:
    """The steps between two times as the editor wrote them; all of them for None.

    Raises:
        OptionError: if a time is none, or no step lies between them.
    """
    if times is None:
        return range(len(cue.steps))
    start, end = _stretch(cue, *times, f"--range {times[0]} {times[1]}")
    span = steps_inside(cue, start, end)
    if not span:
        raise OptionError(
            f"--range {times[0]} {times[1]}: no chord lies wholly in it; chords are about "
            f"{float(cue.seconds) / len(cue.steps):.2f} s long and the music goes {_reach(cue)}: take a longer range"
        )
    return span


def _touched(cue: Cue, first: str, last: str, option: str) -> range:
    return steps_touching(cue, *_stretch(cue, first, last, f"{option} {first}-{last}"))


def _stretch(cue: Cue, first: str, last: str, asked: str) -> tuple[Fraction, Fraction]:
    """The stretch in seconds of the timeline.

    Raises:
        OptionError: if it makes no sense, or there is no music in it.
    """
    start, end = (cue.edit.rate.seconds(frame) for frame in written_stretch(cue.edit, first, last, asked))
    if end <= cue.start or cue.start + cue.seconds <= start:
        raise OptionError(f"{asked}: there is no music; it goes {_reach(cue)}")
    return start, end


def _reach(cue: Cue) -> str:
    return f"from {float(cue.start):.3f} to {float(cue.start + cue.seconds):.3f} s"
