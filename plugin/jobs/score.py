"""The main job, end to end: read, analyse, compose, arrange, render, write.

``score``, ``demo`` and the tests all come through :func:`score_edit`. Results appear whole at the end, or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.writing.timeline_writer import check_target
from hitpoint.core.arrange.styles.part_styles import check_heard
from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.compose.neighbours import beginnings, faded, joined_wishes
from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.cue.film.cue_list import CueEntry, added, free_name, listed, replace_option
from hitpoint.core.cue.film.film_cues import has_music_for
from hitpoint.core.cue.heard import heard_range
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError
from hitpoint.core.files.output import plan_outputs
from hitpoint.core.music.theme import Theme
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.words.prompts import asked_tempo, with_prompts
from hitpoint.plugin.jobs.job import Delivery, Finished, Job, Scored, Stopwatch
from hitpoint.plugin.jobs.loading import lasting
from hitpoint.plugin.jobs.standing import StandingCue, standing_cues

if TYPE_CHECKING:  # they load networks and decoders
    from hitpoint.plugin.jobs.composer import Composer
    from hitpoint.plugin.jobs.looking import Observer

_LISTENING = 0.15  # share of the time that listening to a recording takes
_LOOKING = 1 / 3  # share of the time until all is seen, of an edit that was never looked at
_COMPOSING = 0.12  # share of the time from the last picture on; the rest is playing and writing


def score_edit(job: Job, progress: Progress = SILENT) -> Scored:
    """Do the whole job.

    Raises:
        HitpointError: for anything the editor can mend; nothing has been written then.
        Cancelled: if stopped; likewise.
    """
    watch = Stopwatch()
    with watch.lap("total"):
        delivery = Delivery(job.edit, plan_outputs(job.edit, job.output), job.section_markers, job.engine)
        with watch.lap("read"):
            check_target(job.edit, delivery.planned.timeline)
            edit = read_edit(job.edit, job.media_folders, progress.part(0.0, 0.02), job.rate)
            if job.recordings.like is not None or job.recordings.after is not None:
                from hitpoint.plugin.jobs.hearing import check_tracks

                check_tracks(job)
            standing = standing_cues(job.edit, delivery.planned.timeline.suffix)
            wishes, kept = planned_cues(edit, _to_compose(job, edit, standing), standing, job.replaced)
            begin = beginnings(one.cue for one in kept if one.cue is not None)
            wishes = joined_wishes(edit, wishes, begin, partial(asked_tempo, edit))
            _check_parts(job, edit, wishes)
            seconds = seconds_of(edit, wishes)
        from hitpoint.core.render.mixdown.ensemble import (
            ensemble_for,  # there is work: processes may load beside this one
        )

        early = (
            nullcontext(None) if job.search else ensemble_for(job.engine.synth, float(seconds))
        )  # Ctrl+C ends players
        with early as players:
            programme = job.sound.loudness if job.programme else None
            delivery = replace(delivery, players=players, kept=kept, programme=programme)
            return _scored(job, delivery, edit, wishes, watch, progress.part(0.02, 1.0))


def _to_compose(job: Job, edit: Edit, standing: Sequence[StandingCue]) -> tuple[Wishes, ...]:
    """The wishes without those of a list that the edit has music for, as the window's "Compose All" takes them.

    Raises:
        OptionError: if none is left.
    """
    wishes, music = job.wishes(edit), {one.name: one.cue for one in standing if one.name not in job.replaced}
    if not job.keeps_composed:
        return wishes
    left = tuple(
        wish
        for wish in wishes
        if not has_music_for(
            CueEntry(wish.name, *stretch(edit, wish), prompt="\n".join(wish.prompts)), music.get(wish.name)
        )
    )
    if not left:
        names = ", ".join(wish.name for wish in wishes)
        raise OptionError(f"{names} are composed already: compose one anew with {replace_option(wishes[0].name)}")
    return left


def seconds_of(edit: Edit, wishes: Sequence[Wishes]) -> Fraction:
    """Seconds of all the wished music together."""
    stretches = (stretch(edit, one) for one in wishes)
    return sum((edit.rate.seconds(end - first) for first, end in stretches), Fraction(0))


def planned_cues(
    edit: Edit, wishes: Sequence[Wishes], standing: Sequence[StandingCue], replaced: Sequence[str]
) -> tuple[tuple[Wishes, ...], tuple[StandingCue, ...]]:
    """The wished cues by name and in order of time, and the cues that stay in the edit.

    Raises:
        OptionError: if a cue overlaps another that is not to be replaced, two have one name, or one to be replaced is
            not there.
    """
    strange = next((name for name in replaced if name not in (one.name for one in standing)), None)
    if strange is not None:
        known = ", ".join(one.name for one in standing) or "none"
        raise OptionError(f"--replace {strange}: there is no such cue; the cues are: {known}")
    kept = tuple(one for one in standing if one.name not in replaced)
    gone = [heard_range(one.cue) for one in standing if one.name in replaced and one.cue is not None]
    cues = listed(CueEntry(one.name, *_own_range(heard_range(one.cue), gone)) for one in kept if one.cue is not None)
    named: list[tuple[CueEntry, Wishes]] = []
    for wish in wishes:
        first, end = stretch(edit, wish)
        name = wish.name or (
            replaced[0] if len(wishes) == len(replaced) == 1 else free_name(_names(cues.names, wishes))
        )
        entry = CueEntry(name, first, end)
        _check_asked(edit, entry, kept, [one for one, _ in named])
        cues = added(cues, entry, place=partial(_in_seconds, edit))
        named.append((entry, replace(wish, name=name)))
    named.sort(key=lambda one: one[0].start_frame)
    return tuple(wish for _, wish in named), kept


def _own_range(heard: tuple[int, int], replaced: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The frames of a cue that stays, without those in which it fades into one that is replaced, as it still does."""
    first, end = heard
    return first, min([end, *(start for start, _ in replaced if first < start < end)])


def _check_asked(edit: Edit, entry: CueEntry, kept: Sequence[StandingCue], asked: Sequence[CueEntry]) -> None:
    """See that a wished cue has not the name of one that stays, nor the time of another one that is wished.

    Raises:
        OptionError: if it has.
    """
    if entry.name in (one.name for one in kept):
        raise OptionError(
            f"the edit has a cue {entry.name!r} already: give another name, or replace it with "
            f"{replace_option(entry.name)}"
        )
    other = next((one for one in asked if one.name != entry.name and one.overlaps(entry)), None)
    if other is not None:
        raise OptionError(
            f"the same command asks for {other.name} ({_in_seconds(edit, other)}) and {entry.name} "
            f"({_in_seconds(edit, entry)}), which overlap: change one range"
        )


def _in_seconds(edit: Edit, entry: CueEntry) -> str:
    start, end = (float(edit.rate.seconds(frame)) for frame in (entry.start_frame, entry.end_frame))
    return f"{start:.2f}-{end:.2f} s"


def _check_parts(job: Job, edit: Edit, wishes: Sequence[Wishes]) -> None:
    """See that no cue is silent, before anything is done.

    Raises:
        OptionError: if all parts of one are switched off.
    """
    for wish in wishes:
        prompted, sound, _ = with_prompts(edit, wish, job.sound)
        check_heard(style_named(prompted.style), sound)


def _names(taken: Sequence[str], wishes: Sequence[Wishes]) -> tuple[str, ...]:
    return (*taken, *(wish.name for wish in wishes if wish.name))


def _scored(
    job: Job, delivery: Delivery, edit: Edit, wishes: Sequence[Wishes], watch: Stopwatch, progress: Progress
) -> Scored:
    """The job, once its edit was read."""
    with lasting():
        from hitpoint.plugin.jobs.looking import (
            Observer,  # decoding takes a while to load: first see that there is work
        )

    observer = Observer(job.engine, job.media_folders)
    told: tuple[str, ...] = ()
    if job.recordings.like or job.recordings.after:
        with watch.lap("features"):
            from hitpoint.plugin.jobs.hearing import with_recordings

            hearing, count = progress.part(0.0, _LISTENING), len(wishes)
            followed = [with_recordings(job, edit, wish, hearing.share(n, count)) for n, wish in enumerate(wishes)]
            wishes = [wish for wish, _ in followed]
            told = tuple(dict.fromkeys(line for _, lines in followed for line in lines))
    with watch.lap("features"):
        observer.observe(edit, *stretch(edit, wishes[0]), progress.part(_LISTENING, _LOOKING))
    with watch.lap("compose"):
        from hitpoint.plugin.jobs.composer import Composer  # loaded by now, in a thread
        from hitpoint.plugin.jobs.deliver import delivered
        from hitpoint.plugin.jobs.together import Together

    composer, composing = Composer(observer), progress.part(_LOOKING, _LOOKING + _COMPOSING)
    together = Together(one.cue for one in delivery.kept if one.cue is not None)
    seconds = seconds_of(edit, wishes)
    with ExitStack() as unfinished:
        finished = []
        for number, wish in enumerate(wishes):
            part = composing.share(number, len(wishes))

            def write(led: Wishes, theme: Theme | None, part: Progress = part) -> Finished:
                """One cue, composed as the cues before it lead."""
                named = replace(job, theme=theme)
                return _composed(named, edit, led, observer, composer, unfinished, watch, part, seconds)

            finished.append(together.compose(wish, job.theme, write))
        finished = together.prepared(finished)
        finished[0] = replace(finished[0], warnings=(*finished[0].warnings, *told))
        return delivered(delivery, finished, watch, progress.part(_LOOKING + _COMPOSING, 1.0))


def _composed(
    job: Job,
    edit: Edit,
    wishes: Wishes,
    observer: Observer,
    composer: Composer,
    unfinished: ExitStack,
    watch: Stopwatch,
    progress: Progress,
    together: Fraction,
) -> Finished:
    """One cue, in takes; what was composed outlasts a stop until ``unfinished`` is closed, if all of it takes long."""
    from hitpoint.plugin.jobs.resuming import unfinished_takes  # loaded with all that composes
    from hitpoint.plugin.jobs.searching.search import search_new

    wishes, sound, _ = with_prompts(edit, wishes, job.sound)
    sound = faded(sound, wishes)
    with watch.lap("features"):
        seen = observer.seen(edit, *stretch(edit, wishes), progress.part(0.0, 0.7))
    kept = unfinished.enter_context(unfinished_takes(job.engine, edit, wishes, seen.features, job.takes, together))
    with watch.lap("compose"):
        if job.search is not None:
            found, warnings = search_new(composer, edit, wishes, sound, job, progress.part(0.7, 1.0))
            return Finished(found.takes[0].cue, found.takes, warnings, searched=found.line())
        composed = composer.composed(edit, wishes, job.takes, sound, progress.part(0.7, 1.0), kept, job.theme)
    return Finished(composed.takes[0].cue, composed.takes, composed.warnings)
