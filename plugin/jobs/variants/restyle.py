"""A scored cue otherwise: read it, change as much of it as is asked for, write a new version, and say what stayed."""

from __future__ import annotations

import filecmp
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from hitpoint.bridge.reading.scored_edit import has_section_markers
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.writing.timeline_writer import check_target
from hitpoint.core.arrange.part_reroll import part_named
from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.compose.style_wishes import parsed_morph, parsed_stretch, with_styles
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.styling import StyleSpan
from hitpoint.core.errors import OptionError
from hitpoint.core.files.output import mix_beside
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.timebase import parse_time
from hitpoint.core.words.prompts import parted
from hitpoint.core.words.restyling import asked_in_words
from hitpoint.plugin.console import counted
from hitpoint.plugin.jobs.engine import Engine, engine_of_cue
from hitpoint.plugin.jobs.job import Delivery, Finished, Scored, Stopwatch
from hitpoint.plugin.jobs.loading import lasting
from hitpoint.plugin.jobs.reroll import planned_version, same_cut, span_of
from hitpoint.plugin.jobs.standing import others, standing_cues, the_cue

if TYPE_CHECKING:  # loads networks
    from hitpoint.core.compose.restyle import Restyle

_MOST_VARIATIONS = 32


@dataclass(frozen=True)
class RestyleJob:
    """One scored edit to hear otherwise.

    Attributes:
        scored: the edit, as ``hitpoint score`` left it.
        strength: 0 nothing, 1 every bar that may change.
        output: where the new version goes; None for beside it.
        media_folders: where to look for media that moved.
        span: first and last time, as the editor wrote them; None for the whole cue.
        style: an ensemble that comes in; empty for none.
        prompt: what is asked for in words, of the cue or of a stretch (``A-B=TEXT``); None for nothing.
        part: name of the only part that changes; empty for all.
        stretches: ``A-B=NAME``, in order.
        morphs: ``A-B=NAME>NAME``, in order.
        curve: of the morphs.
        variations: how many versions to write.
        seed: of the first; None for the cue's next one.
        section_markers: whether the sections are written as markers; they are, too, if the edit has them.
        engine: what to compose and play with.
        cue: name of the cue; None for the only one.
    """

    scored: Path
    strength: float
    output: Path | None = None
    media_folders: tuple[Path, ...] = ()
    span: tuple[str, str] | None = None
    style: str = ""
    prompt: str | None = None
    part: str = ""
    stretches: tuple[str, ...] = ()
    morphs: tuple[str, ...] = ()
    curve: str = "linear"
    variations: int = 1
    seed: int | None = None
    section_markers: bool = False
    engine: Engine = field(default_factory=Engine)
    cue: str | None = None


@dataclass(frozen=True)
class Restyled:
    """A version that was written.

    Attributes:
        scored: what lies where.
        changed: seconds from and to which bars are played otherwise, neighbours joined.
        bars: how many those are.
        of: how many bars the cue has.
        told: what stays as it is, whatever the words asked for, and whether all does.
        left: the words that asked for that.
    """

    scored: Scored
    changed: tuple[tuple[float, float], ...]
    bars: int
    of: int
    told: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def restyle_edit(job: RestyleJob, progress: Progress = SILENT) -> tuple[Restyled, ...]:
    """Do the whole job; a version for each variation, in order.

    Raises:
        HitpointError: for anything the editor can mend; nothing of that version has been written then.
        Cancelled: if stopped; likewise.
    """
    if not 1 <= job.variations <= _MOST_VARIATIONS:
        raise OptionError(f"--variations {job.variations}: write 1 to {_MOST_VARIATIONS}")
    return tuple(_version(job, number, progress.share(number, job.variations)) for number in range(job.variations))


def _version(job: RestyleJob, number: int, progress: Progress) -> Restyled:
    watch = Stopwatch()
    with watch.lap("total"):
        with watch.lap("read"):
            planned = planned_version(job.scored, job.output)
            standing = the_cue(job.scored, job.cue)
            assert standing.file is not None, "a cue that can be named has a file"
            before = read_cue(standing.file)
            edit = read_edit(job.scored, job.media_folders, progress.part(0.0, 0.1))
            known = replace(before, edit=same_cut(edit, before))
            styles = _checked(job, known)
            text, stretch = ("", None) if job.prompt is None else parted(edit, job.prompt)
            if stretch is not None and job.span is not None:
                raise OptionError("--prompt A-B=TEXT says the range: leave --range out")
            span = span_of(known, job.span if stretch is None else (str(stretch[0]), str(stretch[1])))
            span = _on_bar_lines(known, span, job.span if stretch is None else (str(stretch[0]), str(stretch[1])))
            engine = engine_of_cue(job.engine, known)
            markers = job.section_markers or has_section_markers(job.scored)
            kept = others(standing_cues(job.scored, planned.timeline.suffix), standing.name)
            delivery = Delivery(job.scored, planned, markers, engine, kept=kept)
            check_target(job.scored, planned.timeline)
            asked = asked_in_words(known, text, span, job.strength)
        from hitpoint.core.render.mixdown.ensemble import ensemble_for  # there is work: processes may load

        with ensemble_for(engine.synth, float(known.seconds)) as players:
            delivery = replace(delivery, players=players)
            wish = _wish(job, known, span, number, asked.style)
            cue, warnings = _otherwise(job, asked.cue, wish, styles, engine, watch, progress.part(0.1, 0.5))
            if job.strength <= 0.0:
                known = cue = before  # the very same, so that its files are
            mix = mix_beside(standing.file)
            done = _written(known, cue, mix, delivery, warnings, asked.told, watch, progress)
            return replace(done, told=(*done.told, *_same(job, done, mix)), left=asked.left)


def _on_bar_lines(cue: Cue, span: range, times: tuple[str, str] | None) -> range:
    """What of a stretch is left where no bar may begin or end outside of the times that were asked for.

    A chord that waits for a hit begins after the line of its bar, and what is played in the bar begins at the line.

    Raises:
        OptionError: if no bar is left.
    """
    if times is None:
        return span
    with lasting():
        from hitpoint.core.compose.restyle import bars_inside, line_before

    rate, base = cue.edit.rate, cue.edit.start_timecode_frame
    start, end = (rate.seconds(parse_time(time, rate, base)) for time in times)
    frame = rate.seconds(1)
    bars = [
        bar
        for bar in bars_inside(cue, span)
        if line_before(cue, bar.start) >= start - frame and line_before(cue, bar.stop) <= end + frame
    ]
    if not bars:
        raise OptionError(f"--range {times[0]} {times[1]}: no whole bar lies in it: take a longer range")
    return range(bars[0].start, bars[-1].stop)


def _checked(job: RestyleJob, cue: Cue) -> tuple[StyleSpan, ...]:
    """The stretches and morphs of a job; all that its words name is looked up before anything is loaded or composed.

    Raises:
        OptionError: if there is no such part or style, or a stretch lies outside the music.
    """
    if job.part:
        part_named(cue, job.part)
    if job.style:
        style_named(job.style)
    wishes = [parsed_stretch(cue.edit, text) for text in job.stretches]
    wishes += [parsed_morph(cue.edit, text, job.curve) for text in job.morphs]
    for wish in wishes:
        if not cue.start_frame <= wish.start_frame < wish.end_frame <= cue.end_frame:
            raise OptionError(f"--style or --morph {'>'.join(wish.names)}: the stretch lies outside the music")
    return tuple(wishes)


def _wish(job: RestyleJob, cue: Cue, span: range, number: int, style: str) -> Restyle:
    from hitpoint.core.compose.restyle import Restyle  # loads networks

    seed = (cue.next_seed if job.seed is None else job.seed) + number
    return Restyle(job.strength, span, job.style or style, job.part, seed)


def _otherwise(
    job: RestyleJob,
    cue: Cue,
    wish: Restyle,
    styles: Sequence[StyleSpan],
    engine: Engine,
    watch: Stopwatch,
    progress: Progress,
) -> tuple[Cue, tuple[str, ...]]:
    """The cue as it is asked for, and warnings about its pictures."""
    with lasting():
        from hitpoint.core.arrange.arranger import with_playing
        from hitpoint.core.compose.restyle import restyled
        from hitpoint.plugin.jobs.composer import Composer
        from hitpoint.plugin.jobs.looking import Observer

    composer = Composer(Observer(engine, job.media_folders))
    with watch.lap("compose"):
        seen = composer.seen_lazily(cue, progress.part(0.0, 0.5))
        found = restyled(cue, wish, seen, progress.part(0.5, 1.0))
        if job.strength > 0 and styles:
            found = with_playing(with_styles(found, styles))
    return found, composer.warnings


def _written(
    known: Cue,
    cue: Cue,
    mix: Path,
    delivery: Delivery,
    warnings: tuple[str, ...],
    told: tuple[str, ...],
    watch: Stopwatch,
    progress: Progress,
) -> Restyled:
    """The version, played and written, and what of it is other."""
    with lasting():
        from hitpoint.core.compose.restyle import changed_bars, composed_bars, line_before
        from hitpoint.core.conform.kept_sound import before_change
        from hitpoint.plugin.jobs.deliver import delivered

    bars, of = changed_bars(known, cue)
    before = None
    composed, _ = composed_bars(known, cue)
    touched = bars or composed
    if touched and cue.style == known.style:
        before = before_change(known, range(touched[0].start, touched[-1].stop), mix)
    scored = delivered(delivery, [Finished(cue, (), warnings, before)], watch, progress.part(0.5, 1.0))
    spans: list[tuple[float, float]] = []
    for bar in bars:
        start, end = float(line_before(cue, bar.start)), float(line_before(cue, bar.stop))
        joins = bool(spans) and spans[-1][1] == start
        spans = [*spans[:-1], (spans[-1][0], end)] if joins else [*spans, (start, end)]
    if not bars and cue is not known:
        told = (*told, _unchanged(len(composed)))
    return Restyled(scored, tuple(spans), len(bars), of, told)


def _same(job: RestyleJob, done: Restyled, mix: Path) -> tuple[str, ...]:
    """What is told of a strength of 0, which changes nothing; nothing for a greater one."""
    if job.strength > 0.0:
        return ()
    new = done.scored.outputs.mix
    if mix.is_file() and filecmp.cmp(mix, new, shallow=False):
        return (f"unchanged --strength 0 changes nothing: {new.name} is {mix.name}, byte for byte",)
    return ("unchanged --strength 0 changes nothing: not a note; the mix is played with the sounds of today",)


def _unchanged(composed: int) -> str:
    """What is told of a version in which no note changed, although bars may have been composed anew."""
    if not composed:
        return "unchanged not a note: no bar that may change lies wholly in the range (locked chords and rests stay)"
    return (
        f"unchanged not a note: the strength's share is {counted(composed, 'bar')} that came out as before, such as an "
        "ending in which no note begins; take a greater --strength, a longer --range or another --seed"
    )
