"""A cue for a cut that changed: what the old one knew goes with its shots, and only what is new is composed.

:func:`conformed` is pure and quick: it needs neither pictures nor models, so that an editor can be told at once what
will be kept and what is lost. :func:`composed` then writes the chords of what is new.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from hitpoint.core.compose.compose import Models, regenerate
from hitpoint.core.compose.spotting import proposed_moods
from hitpoint.core.conform.carried import (
    Origins,
    carried_heard,
    carried_hit_plan,
    carried_hits,
    carried_moods,
    carried_range,
    carried_rerolls,
    carried_speech,
    origins_of,
)
from hitpoint.core.conform.carried_styling import carried_styling
from hitpoint.core.conform.change_list import Changes, KeptMusic, LockChange, Span
from hitpoint.core.conform.ending import is_ending_lost, without_ending
from hitpoint.core.conform.kept_playing import kept_steps
from hitpoint.core.conform.kept_runs import kept_runs
from hitpoint.core.conform.pieces import TimeMap
from hitpoint.core.conform.rate_change import at_rate_of
from hitpoint.core.conform.shot_fates import shot_changes
from hitpoint.core.conform.tempo_refit import Pinned, refitted
from hitpoint.core.cue.changes import recomposed, span_locked
from hitpoint.core.cue.cue import Cue, Step, starts_of_steps, step_count
from hitpoint.core.cue.form.plan_carrying import carried_plan
from hitpoint.core.cue.heard import heard_range
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.edit import Edit
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.mood import with_wishes
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.timebase import FrameRate


@dataclass(frozen=True)
class Conformed:
    """A cue on a new edit.

    Attributes:
        cue: complete; the chords of fresh steps only stand in until they are composed.
        changes: what is other than before.
        fresh: stretches of steps whose chords are to be composed, in order.
        origins: number of the old step that each step comes from; None for a fresh one, which may be an old one that
            does for an ending no longer.
    """

    cue: Cue
    changes: Changes
    fresh: tuple[range, ...]
    origins: tuple[int | None, ...]


def _blank(cue: Cue, new_edit: Edit, hits: Sequence[HitWish], times: TimeMap, span: tuple[int, int] | None) -> Cue:
    """The cue on its range of the new edit with its hits, the last word on each frame.

    Its steps are still the old ones.
    """
    first, last = span or carried_range(cue, new_edit, times)
    wishes = {wish.frame: wish for wish in hits}
    return replace(
        cue,
        edit=new_edit,
        start_frame=first,
        end_frame=last,
        hits=tuple(wishes[frame] for frame in sorted(wishes)),
        plan=carried_hit_plan(cue, new_edit, times),
        heard=None if span else carried_heard(cue, new_edit, times, (first, last)),
    )


def conformed(
    cue: Cue, new_edit: Edit, further_hits: Sequence[HitWish] = (), span: tuple[int, int] | None = None
) -> Conformed:
    """The cue on an edit that was cut again; nothing is composed.

    Args:
        cue: as it was.
        new_edit: the new cut.
        further_hits: that the editor asks for on frames of the new edit, besides those that are carried over.
        span: first frame of the new edit that is to have music, and first one after it; None for where its shots are.

    Raises:
        OptionError: if none of the shots under the music is in the new edit.
    """
    rate = cue.edit.rate
    cue, times = at_rate_of(cue, new_edit)
    hits, hit_changes = carried_hits(cue, new_edit, times)
    blank = _blank(cue, new_edit, (*hits, *further_hits), times, span)
    refit = refitted(cue, blank, kept_runs(cue, blank, times))
    blank = replace(blank, tempo=refit.tempo)
    count = step_count(blank.seconds, refit.tempo, blank.beats_per_step)
    inside, _ = starts_of_steps(blank, count)
    starts = [*(blank.start + start for start in inside), blank.start + blank.seconds]
    origins = origins_of(cue, starts, times, refit.pinned)
    moods, mood_changes = carried_moods(cue, blank, times)
    styling, lost_styles = carried_styling(cue, blank, times)
    new = replace(
        blank,
        plan=blank.plan and carried_plan(blank.plan, origins.steps, starts),
        steps=tuple(_steps(cue, origins.steps)),
        moods=moods,
        speech=carried_speech(cue.speech, times),
        styling=styling,
        rerolls=carried_rerolls(cue, origins.steps),
        kept=kept_steps(cue, count, refit.pinned),
        playing=tuple(None if index is None else cue.playing[index] for index in origins.steps) if cue.playing else (),
    )
    steps, ending = _ended(cue, new, origins.steps)
    fresh = _runs_of_none(steps)
    changed = next((place for place, step in enumerate(steps) if step != origins.steps[place]), count)
    if heard_range(new)[1] < new.end_frame:
        ending = ()  # nobody hears it
    changes = Changes(
        shots=shot_changes(cue.edit, new_edit, times),
        locks=tuple(_lock_changes(cue, new, origins)),
        hits=hit_changes,
        moods=mood_changes,
        composed=tuple(Span(new.step_start(span.start), new.step_start(span.stop)) for span in fresh),
        kept=tuple(_until(new.step_start(changed), _kept_music(cue, new, refit.pinned))),
        old_range=Span(cue.start, cue.start + cue.seconds),
        new_range=Span(new.start, new.start + new.seconds),
        notes=(*lost_styles, *_notes(cue, new, rate), *ending),
    )
    if cue.heard is not None or new.heard is not None:
        changes = changes.heard(_heard_span(cue), _heard_span(new))
    return Conformed(new, changes, fresh, steps)


def _heard_span(cue: Cue) -> Span:
    start, end = heard_range(cue)
    return Span(cue.edit.rate.seconds(start), cue.edit.rate.seconds(end))


def composed(
    plan: Conformed,
    features: PictureFeatures,
    models: Models,
    seed: int | None = None,
    progress: Progress = SILENT,
) -> Cue:
    """The cue with chords and dynamics for what is new; everything carried over is known to the composer and stays.

    Args:
        plan: what :func:`conformed` answered.
        features: of the whole cue; row ``i`` is the second that starts ``i`` seconds after ``plan.cue.start_frame``.
        models: the networks.
        seed: of the new chords; None takes the cue's next one.
        progress: reports the steps written.

    Raises:
        Cancelled: if stopped.
    """
    if not plan.fresh:
        return plan.cue
    cue = plan.cue
    wished = [span for span in cue.moods if span.wished]
    cue = replace(cue, moods=with_wishes(proposed_moods(cue.edit, features, cue.start_frame, cue.end_frame), wished))
    held = cue
    for span in _runs_of_some(plan.origins):
        held = span_locked(held, span)
    hull = range(plan.fresh[0].start, plan.fresh[-1].stop)
    used = cue.next_seed if seed is None else seed
    written = regenerate(held, hull, features, models, used, progress).cue
    for span in plan.fresh:
        cue = recomposed(cue, span, written.steps[span.start : span.stop], used)
    return cue


def _notes(old: Cue, new: Cue, rate: FrameRate) -> Iterator[str]:
    """What else an editor should read."""
    if rate != new.edit.rate:
        how = "frame for frame; times before are told at the new rate" if old.edit.rate != rate else "second for second"
        yield f"the frame rate changed from {rate} to {new.edit.rate}, {how}"


def _ended(old: Cue, new: Cue, origins: tuple[int | None, ...]) -> tuple[tuple[int | None, ...], tuple[str, ...]]:
    """The origins without an ending that does for one no longer, and what the editor should read of it."""
    if not is_ending_lost(old, new, origins):
        return origins, ()
    steps = without_ending(new, origins)
    if steps[-1] is not None:
        return steps, ("the music ends elsewhere, on a locked chord: no ending is composed; unlock it for one",)
    start = float(new.step_start(_runs_of_none(steps)[-1].start))
    return steps, (f"the music ends elsewhere: from {start:.3f} s on it is composed anew, to a close",)


def _until(end: Fraction, kept: Iterator[KeptMusic]) -> Iterator[KeptMusic]:
    """What of kept music comes before a moment."""
    for music in kept:
        if music.new.start < end:
            yield replace(music, new=Span(music.new.start, min(music.new.end, end)))


def _steps(cue: Cue, origins: Sequence[int | None]) -> Iterator[Step]:
    """The old steps at their new places; a fresh one holds the chord before it, or the first there is."""
    first = next((index for index in origins if index is not None), 0)
    last = replace(cue.steps[first], locked=False, drawn=False, loudness_drawn=False)
    for index in origins:
        if index is None:
            yield last
        else:
            yield cue.steps[index]
            last = replace(cue.steps[index], locked=False, drawn=False, loudness_drawn=False)


def _runs_of_none(origins: Sequence[int | None]) -> tuple[range, ...]:
    edges = [False, *(index is None for index in origins), False]
    turns = [place for place, (a, b) in enumerate(pairwise(edges)) if a != b]
    return tuple(range(a, b) for a, b in zip(turns[::2], turns[1::2], strict=True))


def _runs_of_some(origins: Sequence[int | None]) -> tuple[range, ...]:
    return _runs_of_none([0 if index is None else None for index in origins])


def _lock_changes(old: Cue, new: Cue, origins: Origins) -> Iterator[LockChange]:
    """Locked chords that are elsewhere or gone: neighbours with one chord and one fate are one."""
    for span in _lock_spans(old):
        for run in _runs_together(span, origins):
            before = Span(old.step_start(run.start), old.step_start(run.stop))
            homes = sorted({place for index in run for place in origins.homes[index]})
            if not homes:
                yield LockChange(old.steps[run.start].chord, before, None)
                continue
            after = Span(new.step_start(homes[0]), new.step_start(homes[-1] + 1))
            if after != before:
                yield LockChange(old.steps[run.start].chord, before, after)


def _lock_spans(cue: Cue) -> Iterator[range]:
    """Neighbouring locked steps with one chord."""
    first = 0
    for index in range(1, len(cue.steps) + 1):
        if index < len(cue.steps) and _sounds_alike(cue.steps[index], cue.steps[first]):
            continue
        if cue.steps[first].locked:
            yield range(first, index)
        first = index


def _sounds_alike(step: Step, other: Step) -> bool:
    return (step.chord, step.locked) == (other.chord, other.locked)


def _runs_together(span: range, origins: Origins) -> Iterator[range]:
    """Parts of a lock that went to places next to each other, or are gone together."""
    first = span.start
    for index in range(span.start + 1, span.stop + 1):
        if index < span.stop and _is_next(origins.homes[index - 1], origins.homes[index]):
            continue
        yield range(first, index)
        first = index


def _is_next(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    if not before or not after:
        return before == after
    return 0 <= after[0] - before[-1] <= 1


def _kept_music(old: Cue, new: Cue, pinned: Sequence[Pinned]) -> Iterator[KeptMusic]:
    """Where steps begin as they did, chord for chord."""
    for one in pinned:
        shift = _shift(old, new, one, 0)
        first: int | None = None
        for offset in range(one.run.end - one.run.first + 1):
            is_same = offset < one.run.end - one.run.first and _shift(old, new, one, offset) == shift
            if is_same and first is None:
                first = offset
            elif not is_same and first is not None:
                yield _kept(old, new, one, first, offset)
                first = None
            if not is_same and offset < one.run.end - one.run.first:
                shift = _shift(old, new, one, offset)
                first = offset


def _shift(old: Cue, new: Cue, one: Pinned, offset: int) -> Fraction:
    return new.step_start(one.step + offset) - old.step_start(one.run.first + offset)


def _kept(old: Cue, new: Cue, one: Pinned, first: int, end: int) -> KeptMusic:
    span = Span(new.step_start(one.step + first), new.step_start(one.step + end))
    is_barred = old.plan is not None or (one.step - one.run.first) % 2 == 0
    return KeptMusic(span, old.step_start(one.run.first + first), is_barred)
