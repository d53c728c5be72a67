"""The same cue, otherwise.

A share of its bars gets other chords, another tune and another touch, and another ensemble comes in.

Bars change in an order of their own, least important first: phrase starts, cadences, bars that meet the picture and the
summit come last. That order is cut into four stages; each is composed as a whole, on what the stages before it have
made, and a strength takes whole stages and the beginning of one. So what a strength changes, every greater strength
changes too, and into the same: distance from the cue as it was never shrinks. Bars with a locked chord or a rest stay,
and so do the plan, the moments that are met, tempo and keys.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

import numpy as np

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.part_reroll import part_named, part_tune_rerolled
from hitpoint.core.arrange.styles.part_styles import all_players
from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.compose.compose import Models, regenerate
from hitpoint.core.cue.changes import recomposed, span_locked, span_unlocked, style_changed
from hitpoint.core.cue.cue import Cue, Played, Step, altered
from hitpoint.core.cue.styling import StyleSpan, laid
from hitpoint.core.errors import OptionError
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.progress import SILENT, Progress

_STAGES = 4
_STREAM = 23  # of random numbers
_HIT, _SUMMIT, _EDGE, _PHRASE, _CADENCE, _SECTION = 4, 4, 6, 2, 2, 1  # what a bar's place counts
_Note = tuple[float, str, float, int, int]
Seen = Callable[[], tuple[PictureFeatures, Models]]


@dataclass(frozen=True)
class Restyle:
    """What is to become of a cue.

    Attributes:
        strength: 0 nothing, 1 every bar that may change.
        span: of steps that may change.
        style: an ensemble that comes in, by the strength's share; empty for none.
        part: name of the only part that changes, its chords staying; empty for all.
        seed: of all that is drawn.
    """

    strength: float
    span: range
    style: str = ""
    part: str = ""
    seed: int = 0


def restyled(cue: Cue, wish: Restyle, seen: Seen, progress: Progress = SILENT) -> Cue:
    """The cue otherwise; with a strength of 0 the very same.

    Args:
        cue: as it is.
        wish: how far, where, and into what.
        seen: what the picture shows of the whole cue, and the networks; asked only if chords change.
        progress: reports the stages.

    Raises:
        OptionError: if there is no such style or part, a part is asked for with a style, or the stretch has two
            ensembles already.
        Cancelled: if stopped.
    """
    if wish.part and wish.style:
        raise OptionError("--part changes one part of the ensemble that is there: leave out --style")
    part = part_named(cue, wish.part).name if wish.part else ""
    if wish.strength <= 0.0:
        return cue
    known = with_playing(cue)
    if wish.style:
        _with_style(known, wish)  # says now if that cannot be
    order = change_order(known, wish.span, wish.seed)
    left = math.ceil(round(wish.strength * len(order), 9))
    state = known
    for number, stage in enumerate(_stages(order)):
        if left <= 0:
            break
        progress.step(number / _STAGES, "composing")
        changed = _changed(state, stage, replace(wish, part=part, seed=wish.seed * _STAGES + number), seen)
        taken = stage[:left]
        state = changed if len(taken) == len(stage) else _mixed(state, changed, taken)
        left -= len(stage)
    return with_playing(_with_style(state, wish) if wish.style else state)


def change_order(cue: Cue, span: range, seed: int) -> tuple[range, ...]:
    """The steps of each bar that may change, in the order in which bars do: the least important first."""
    bars = bars_inside(cue, span)
    free = [bar for bar in bars if not any(cue.steps[i].locked or cue.steps[i].chord.is_silent for i in bar)]
    draws = np.random.Generator(np.random.PCG64([seed & (1 << 64) - 1, _STREAM])).integers(0, 1 << 30, size=len(bars))
    drawn = dict(zip(bars, draws.tolist(), strict=True))
    return tuple(sorted(free, key=lambda bar: (importance(cue, bar), drawn[bar], bar.start)))


def importance(cue: Cue, bar: range) -> int:
    """How much a bar's place matters.

    0 inside a phrase, more where the music turns, culminates or meets the picture.
    """
    plan = cue.plan
    times = [cue.step_start(bar.start) - cue.start, cue.step_start(bar.stop) - cue.start]
    found = _HIT * any(times[0] <= time < times[1] for time in cue.wanted_times)
    last = len(cue.steps) - 1 if plan is None else plan.final_step
    found += _EDGE * (bar.start == 0 or bar.stop > last)
    if plan is None:
        return found + _PHRASE * (bar.start % 8 == 0) + _CADENCE * (bar.start % 8 == 6)
    number, starts = plan.bar_of(bar.start), plan.phrase_starts()
    section = plan.section_at(bar.start)
    found += _PHRASE * (number in starts) + _CADENCE * (number + 1 in starts) + _SECTION * (number == section.first_bar)
    return found + _SUMMIT * (section.summit and len(plan.sections) > 1)


def bars_inside(cue: Cue, span: range) -> list[range]:
    """The steps of each bar that lies wholly in a stretch of steps, in order."""
    return [bar for bar in _bars(cue) if span.start <= bar.start and bar.stop <= span.stop]


def _bars(cue: Cue) -> Iterator[range]:
    count = len(cue.steps)
    starts = [*range(0, count, 2), count] if cue.plan is None else [min(one, count) for one in cue.plan.bar_starts]
    return (range(first, end) for first, end in pairwise(starts) if first < end)


def _stages(order: Sequence[range]) -> tuple[tuple[range, ...], ...]:
    size = max(-(-len(order) // _STAGES), 1)
    return tuple(tuple(order[first : first + size]) for first in range(0, len(order), size))


def _changed(cue: Cue, stage: Sequence[range], wish: Restyle, seen: Seen) -> Cue:
    """The cue with all bars of a stage otherwise."""
    steps = sorted(step for bar in stage for step in bar)
    if wish.part:
        if part_named(cue, wish.part).has_motif:
            return part_tune_rerolled(cue, steps, wish.seed)
        return with_playing(_other_hands(cue, steps, wish.part, wish.seed))
    cue = _other_chords(cue, steps, wish.seed, seen)
    cue = _other_hands(cue, steps, "", wish.seed)
    return with_playing(part_tune_rerolled(cue, steps, wish.seed))


def _other_chords(cue: Cue, steps: Sequence[int], seed: int, seen: Seen) -> Cue:
    """The cue with other chords in these steps, and dynamics as picture and moods have them now."""
    free = frozenset(steps)
    held = cue
    for run in _runs([index for index in range(len(cue.steps)) if index not in free]):
        held = span_locked(held, run)
    for run in _runs(steps):
        held = span_unlocked(held, run)
    features, models = seen()
    written = regenerate(held, range(steps[0], steps[-1] + 1), features, models, seed).cue.steps
    new = list(cue.steps)
    for index in steps:
        new[index] = replace(written[index], locked=cue.steps[index].locked)
    _keep_hits(cue, new, steps)
    for run in _runs(steps):
        cue = recomposed(cue, run, new[run.start : run.stop], seed)
    return cue


def _keep_hits(cue: Cue, new: list[Step], steps: Sequence[int]) -> None:
    """Chords that changed on a moment of the picture still do: where the new ones do not, the old chord comes back."""
    for index in steps:
        is_met = index in cue.hit_steps and index > 0 and cue.steps[index].chord != cue.steps[index - 1].chord
        if is_met and new[index].chord == new[index - 1].chord != cue.steps[index].chord:
            new[index] = replace(new[index], chord=cue.steps[index].chord)


def _other_hands(cue: Cue, steps: Sequence[int], part: str, seed: int) -> Cue:
    """The cue whose players choose otherwise in these steps.

    Variants, touch, and the bars that are played from a bank.
    """
    free = frozenset(steps)
    playing = [one or Played() for one in cue.playing]
    for index in free:
        others = tuple(hand for hand in playing[index].hands if hand[0] != part)
        playing[index] = replace(playing[index], figure=None, hands=(*others, (part, seed)))
    seeded = altered(cue, playing=tuple(playing), part_seeds=_with_seeds(cue, part, seed))
    chosen = with_playing(seeded).playing
    kept = tuple(
        replace(one, figure=new.figure if index in free and new is not None else one.figure)
        for index, (one, new) in enumerate(zip(playing, chosen, strict=True))
    )
    return altered(cue, playing=kept)


def _with_seeds(cue: Cue, part: str, seed: int) -> tuple[tuple[str, int], ...]:
    """The seeds of the parts that play bars from a bank, for the choice of other ones."""
    names = [one.name for one in all_players(cue).players if one.figures and part in ("", one.name)]
    return tuple(sorted({**dict(cue.part_seeds), **dict.fromkeys(names, seed)}.items()))


def _mixed(before: Cue, after: Cue, bars: Sequence[range]) -> Cue:
    """The cue of before, with these bars as they are afterwards."""
    taken = frozenset(step for bar in bars for step in bar)
    steps = tuple(
        new if i in taken else old for i, (old, new) in enumerate(zip(before.steps, after.steps, strict=True))
    )
    playing = tuple(
        new if i in taken else old for i, (old, new) in enumerate(zip(before.playing, after.playing, strict=True))
    )
    added = after.rerolls[len(before.rerolls) :]
    rerolls = (replace(added[0], first=run.start, end=run.stop) for run in _runs(sorted(taken)) if added)
    return altered(before, steps=steps, playing=playing, rerolls=(*before.rerolls, *rerolls))


def _with_style(cue: Cue, wish: Restyle) -> Cue:
    """The cue in which another ensemble has the strength's share."""
    style, whole = style_named(wish.style).name, wish.span == range(len(cue.steps))
    if whole and wish.strength >= 1.0:
        return style_changed(altered(cue, styling=()), style)
    rate, inside = cue.edit.rate, _whole_bars(cue, wish.span)
    first = cue.start_frame if inside.start == 0 else rate.nearest_frame(line_before(cue, inside.start))
    end = cue.end_frame if inside.stop == len(cue.steps) else rate.nearest_frame(line_before(cue, inside.stop))
    spans = []
    for span in _filled(cue, first, end):
        if span.is_crossing and wish.strength < 1.0:
            raise OptionError(
                f"two ensembles, {' and '.join(span.names)}, play in this stretch already: take --strength 1, or another "
                "--range"
            )
        base = span.style if not span.is_crossing else style
        spans.append(
            StyleSpan(span.start_frame, span.end_frame, base, style, wish.strength, wish.strength)
            if wish.strength < 1.0 and base != style
            else StyleSpan(span.start_frame, span.end_frame, style)
        )
    styling = tuple(one for one in laid(cue.styling, spans) if one.is_crossing or one.style != cue.style)
    return altered(cue, styling=styling)


def _whole_bars(cue: Cue, span: range) -> range:
    """The steps of the bars that lie wholly in a stretch, as players come and go on bar lines; the stretch if none does."""
    bars = bars_inside(cue, span)
    return range(bars[0].start, bars[-1].stop) if bars else span


def _filled(cue: Cue, first: int, end: int) -> Iterator[StyleSpan]:
    """The stretches between two frames, those of the cue's own style among them."""
    reached = first
    for span in cue.styling:
        start, stop = max(span.start_frame, first), min(span.end_frame, end)
        if start >= stop:
            continue
        if reached < start:
            yield StyleSpan(reached, start, cue.style)
        yield replace(span, start_frame=start, end_frame=stop)
        reached = stop
    if reached < end:
        yield StyleSpan(reached, end, cue.style)


def _runs(steps: Sequence[int]) -> Iterator[range]:
    """Neighbouring steps, in order, as stretches."""
    first = 0
    for place in range(1, len(steps) + 1):
        if place == len(steps) or steps[place] != steps[place - 1] + 1:
            yield range(steps[first], steps[place - 1] + 1)
            first = place


def changed_bars(old: Cue, new: Cue) -> tuple[tuple[range, ...], int]:
    """The bars of a cue in which other notes begin than did, as ranges of steps; and how many bars it has."""
    found, count = composed_bars(old, new)
    pages = (_pages(old), _pages(new))
    return tuple(bar for bar in found if _begin_in(old, pages[0], bar) != _begin_in(old, pages[1], bar)), count


def composed_bars(old: Cue, new: Cue) -> tuple[tuple[range, ...], int]:
    """The bars that were composed otherwise, or have other players, whether a note changed by it or not; and of all."""
    known, bars = with_playing(old), list(_bars(old))
    if (old.style, old.styling) != (new.style, new.styling):
        spans = [one for one in (*old.styling, *new.styling) if one not in old.styling or one not in new.styling]
        rate = old.edit.rate
        frames = [
            (rate.nearest_frame(line_before(old, bar.start)), rate.nearest_frame(line_before(old, bar.stop)))
            for bar in bars
        ]
        touched = [any(one.start_frame < end and one.end_frame > first for one in spans) for first, end in frames]
    else:
        touched = [False] * len(bars)
    is_other = old.style != new.style
    found = (
        bar
        for bar, styled in zip(bars, touched, strict=True)
        if is_other or styled or _what(known, bar) != _what(new, bar)
    )
    return tuple(found), len(bars)


def line_before(cue: Cue, step: int) -> Fraction:
    """Seconds of the timeline at which a bar begins with a step: at its line, which may lie off its chord at a hit."""
    if step >= len(cue.steps):
        return cue.start + cue.seconds
    return cue.start + cue.tempo.seconds_at(step * cue.beats_per_step)


def _pages(cue: Cue) -> list[_Note]:
    """All notes of a cue in beats: start, part, end, pitch, velocity."""
    parts = arrange(cue).parts
    return sorted((float(n.start), p.name, float(n.end), n.pitch, n.velocity) for p in parts for n in p.notes)


def _begin_in(cue: Cue, notes: Sequence[_Note], bar: range) -> list[_Note]:
    """The notes that begin in a bar; the last one has all that come after it."""
    first, end = (float(step * cue.beats_per_step) for step in (bar.start, bar.stop))
    return [note for note in notes if first <= note[0] and (note[0] < end or bar.stop == len(cue.steps))]


def _what(cue: Cue, bar: range) -> list[object]:
    """What is composed and remembered of a bar, its level of activity apart, which is its neighbours' too."""
    return [(cue.steps[step].chord, replace(cue.playing[step] or Played(), level=None)) for step in bar]
