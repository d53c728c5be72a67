"""What goes with its shots from an old cue to a new one: range, hits, moods, speech and, step by step, the chords."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import groupby, pairwise

from hitpoint.core.conform.change_list import HitChange, MoodChange, Span
from hitpoint.core.conform.pieces import Link, TimeMap
from hitpoint.core.conform.tempo_refit import Pinned
from hitpoint.core.cue.cue import Cue, Reroll
from hitpoint.core.cue.form.form_plan import FormPlan, FullHit
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.cue.sound import Speech
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError
from hitpoint.core.mood import Mood, MoodSpan

_APART_SHARE, _NEW_WEIGHT = (
    0.8,
    0.5,
)  # of the mean distance, by which a new cut lies apart to be met in full; its weight
_COVERED = Fraction(1, 2)  # of a step, that must have been there for its chord to be carried over


def carried_range(old: Cue, new_edit: Edit, times: TimeMap) -> tuple[int, int]:
    """First frame with music and first frame after it: where the shots under the old range are now.

    Music that began or ended with the edit still does.

    Raises:
        OptionError: if none of these shots is left.
    """
    start, end = old.start, old.start + old.seconds
    links = [link for link in _in_order(times) if link.old_end > start and link.old_start < end]
    links = links or list(times.pieces_of_old(start, end))
    if not links:
        raise OptionError(
            f"none of the shots under the music is in {new_edit.path.name}: score it anew with 'hitpoint score'"
        )
    cut = [_cut(link, start, end) for link in links]
    rate = new_edit.rate
    first = 0 if old.start_frame == 0 else rate.nearest_frame(min(link.new_start for link in cut))
    last = (
        new_edit.frames if old.end_frame == old.edit.frames else rate.nearest_frame(max(link.new_end for link in cut))
    )
    return first, min(max(last, first + 1), new_edit.frames)


def carried_heard(old: Cue, new_edit: Edit, times: TimeMap, whole: tuple[int, int]) -> tuple[int, int] | None:
    """What is heard of a cue that was cropped, where the shots under it are now; None for all of it.

    Raises:
        OptionError: if none of these shots is left, whatever is left of those that are not heard.
    """
    if old.heard is None:
        return None
    first, last = carried_range(replace(old, start_frame=old.heard[0], end_frame=old.heard[1]), new_edit, times)
    first, last = max(first, whole[0]), min(last, whole[1])
    return (first, last) if first < last and (first, last) != whole else None


def carried_hits(old: Cue, new_edit: Edit, times: TimeMap) -> tuple[tuple[HitWish, ...], tuple[HitChange, ...]]:
    """The editor's own hits, each at the moment of the picture it was set on, and what became of those that moved."""
    hits: dict[int, HitWish] = {}
    changes = []
    for hit in old.hits:
        frame = _hit_frame(hit.frame, old, new_edit, times)
        before = old.edit.rate.seconds(hit.frame)
        after = None if frame is None else new_edit.rate.seconds(frame)
        if before != after:
            changes.append(HitChange(hit.event, before, after))
        if frame is not None and (frame not in hits or hits[frame].priority < hit.priority):
            hits[frame] = replace(hit, frame=frame)
    return tuple(hits[frame] for frame in sorted(hits)), tuple(changes)


def carried_hit_plan(old: Cue, new_edit: Edit, times: TimeMap) -> FormPlan | None:
    """The plan with its moments where they are now.

    Those that are gone are left out; as many new cuts come in as there is room for.
    """
    if old.plan is None:
        return None
    hits: dict[int, FullHit] = {}
    for hit in old.plan.full_hits:
        frame = _hit_frame(hit.frame, old, new_edit, times)
        if frame is not None:
            hits.setdefault(frame, replace(hit, frame=frame))
    known = {_hit_frame(frame, old, new_edit, times) for frame in old.edit.cut_frames}
    new_cuts = [frame for frame in new_edit.cut_frames if frame not in known]
    apart = _APART_SHARE * 60 / max(old.plan.hits_per_minute, 1e-6)
    for frame in new_cuts:
        if all(abs(float(new_edit.rate.seconds(frame - other))) >= apart for other in hits):
            hits[frame] = FullHit(frame, _NEW_WEIGHT)
    return replace(old.plan, full_hits=tuple(hits[frame] for frame in sorted(hits)))


def carried_moods(old: Cue, new: Cue, times: TimeMap) -> tuple[tuple[MoodSpan, ...], tuple[MoodChange, ...]]:
    """The moods under the new cue, and the wishes that were lost.

    New material in the middle of a stretch belongs to it; no wish goes beyond, so that other new material has a mood
    that the picture proposed, or waits for one as neutral.
    """
    end = new.start + new.seconds
    pieces: list[tuple[Fraction, int | None]] = []
    reached, last = new.start, 0 if old.moods else None
    for link in times.pieces_of_new(new.start, end):
        for start, until, index in _moods_in(old, link):
            if start > reached:
                pieces.append((reached, _between(old, last, index)))
            pieces.append((start, index))
            reached, last = until, index
    if reached < end:
        pieces.append((reached, _between(old, last, len(old.moods) - 1 if old.moods else None)))
    there = {index for _, index in pieces}
    lost = [
        MoodChange(span.mood.value, Span(Fraction(span.start), Fraction(span.end)))
        for index, span in enumerate(old.moods)
        if span.wished and index not in there
    ]
    return _mood_spans(old, pieces, float(end)), tuple(lost)


def carried_speech(speech: Sequence[Speech], times: TimeMap) -> tuple[Speech, ...]:
    """Where somebody speaks, as far as the sound went with the picture."""
    found = [
        (float(link.new_start), float(link.new_end))
        for span in speech
        for link in times.pieces_of_old(Fraction(span.start), Fraction(span.end))
    ]
    joined: list[Speech] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1].end + 1e-6:
            joined[-1] = Speech(joined[-1].start, max(joined[-1].end, end))
        else:
            joined.append(Speech(start, end))
    return tuple(joined)


@dataclass(frozen=True)
class Origins:
    """Which old step each new one comes from.

    Attributes:
        steps: number of the old step; None for one that is to be composed.
        homes: locked old step -> the new steps that have its chord; empty if it is lost.
    """

    steps: tuple[int | None, ...]
    homes: dict[int, tuple[int, ...]]


def origins_of(old: Cue, starts: Sequence[Fraction], times: TimeMap, pinned: Sequence[Pinned]) -> Origins:
    """Where the chords of the new steps come from.

    Args:
        old: the cue as it was.
        starts: seconds from the start of the new timeline at which the new steps start, and the end of the music.
        times: how the edits belong together.
        pinned: runs of steps that are the old ones as they were.
    """
    old_starts = [old.step_start(index) for index in range(len(old.steps) + 1)]
    steps = [_origin(start, end, old_starts, times) for start, end in pairwise(starts)]
    settled: set[int] = set()
    for run in pinned:
        for offset in range(run.run.end - run.run.first):
            if run.step + offset < len(steps):
                steps[run.step + offset] = run.run.first + offset
                settled.add(run.step + offset)
    homes = _settled_locks(old, steps)
    for index in sorted(homes):
        if not homes[index]:
            place = _free_place(index, old, starts, old_starts, steps, settled, times)
            if place is not None:
                steps[place] = index if steps[place] is None or not _is_locked(old, steps[place]) else steps[place]
                homes[index] = (place,)
    return Origins(tuple(steps), homes)


def carried_rerolls(old: Cue, origins: Sequence[int | None]) -> tuple[Reroll, ...]:
    """What was composed again, at the steps where it is now."""
    found = []
    for reroll in old.rerolls:
        places = [place for place, step in enumerate(origins) if step is not None and reroll.first <= step < reroll.end]
        for _, group in groupby(enumerate(places), key=lambda pair: pair[1] - pair[0]):
            run = [place for _, place in group]
            found.append(Reroll(run[0], run[-1] + 1, reroll.seed))
    return tuple(found)


def _in_order(times: TimeMap) -> list[Link]:
    return [link for link, piece in zip(times.links, times.pieces, strict=True) if piece.in_order]


def _cut(link: Link, start: Fraction, end: Fraction) -> Link:
    low, high = max(link.old_start, start), min(link.old_end, end)
    return Link(low, high, link.to_new(low), link.to_new(high))


def _hit_frame(frame: int, old: Cue, new_edit: Edit, times: TimeMap) -> int | None:
    piece = times.piece_at_old_frame(frame)
    if piece is None:
        return None
    link = times.links[times.pieces.index(piece)]
    found = new_edit.rate.nearest_frame(link.to_new(old.edit.rate.seconds(frame))) + piece.slip
    return found if piece.new_start <= found < piece.new_end else None


def _moods_in(old: Cue, link: Link) -> list[tuple[Fraction, Fraction, int]]:
    """New times from and until which each mood of one piece lasts."""
    found = []
    for index, span in enumerate(old.moods):
        low, high = max(link.old_start, Fraction(span.start)), min(link.old_end, Fraction(span.end))
        if low < high:
            found.append((link.to_new(low), link.to_new(high), index))
    return found


def _between(old: Cue, before: int | None, after: int | None) -> int | None:
    """The mood of new material between two others; None if none of them may spread to it."""
    if before == after:
        return before
    return next((index for index in (before, after) if index is not None and not old.moods[index].wished), None)


def _mood_spans(old: Cue, pieces: Sequence[tuple[Fraction, int | None]], end: float) -> tuple[MoodSpan, ...]:
    """Moods from where each starts; neighbours that are the same joined."""
    moods: list[MoodSpan] = []
    starts = [*(float(start) for start, _ in pieces), end]
    for (_, index), (first, last) in zip(pieces, pairwise(starts), strict=True):
        mood = (
            MoodSpan(first, last, Mood.NEUTRAL) if index is None else replace(old.moods[index], start=first, end=last)
        )
        if moods and replace(moods[-1], start=first, end=last) == mood:
            moods[-1] = replace(moods[-1], end=last)
        elif last > first:
            moods.append(mood)
    return tuple(moods)


def _origin(start: Fraction, end: Fraction, old_starts: Sequence[Fraction], times: TimeMap) -> int | None:
    """The old step that has most of a new one; None if most of it is new."""
    shares: dict[int, Fraction] = defaultdict(Fraction)
    for link in times.pieces_of_new(start, end):
        first = max(bisect_right(old_starts, link.old_start) - 1, 0)
        for step in range(first, len(old_starts) - 1):
            low, high = max(old_starts[step], link.old_start), min(old_starts[step + 1], link.old_end)
            if old_starts[step] >= link.old_end:
                break
            if low < high:
                shares[step] += (high - low) * link.pace
    if sum(shares.values()) < _COVERED * (end - start):
        return None
    return max(shares, key=lambda step: (shares[step], -step))


def _settled_locks(old: Cue, steps: Sequence[int | None]) -> dict[int, tuple[int, ...]]:
    homes: dict[int, tuple[int, ...]] = {index: () for index, step in enumerate(old.steps) if step.locked}
    for place, index in enumerate(steps):
        if index is not None and index in homes:
            homes[index] = (*homes[index], place)
    return homes


def _is_locked(old: Cue, index: int | None) -> bool:
    return index is not None and old.steps[index].locked


def _free_place(
    index: int,
    old: Cue,
    starts: Sequence[Fraction],
    old_starts: Sequence[Fraction],
    steps: Sequence[int | None],
    settled: set[int],
    times: TimeMap,
) -> int | None:
    """Where a locked chord can go that has no step yet.

    The free step that has most of its picture, or one with that chord.

    None if less than a frame of its picture is left, or other locks have taken all steps there.
    """
    frame = old.edit.rate.seconds(1)
    shares: dict[int, Fraction] = defaultdict(Fraction)
    for link in times.pieces_of_old(old_starts[index], old_starts[index + 1]):
        for place in range(max(bisect_right(starts, link.new_start) - 1, 0), len(starts) - 1):
            if starts[place] >= link.new_end:
                break
            low, high = max(starts[place], link.new_start), min(starts[place + 1], link.new_end)
            shares[place] += max(high - low, Fraction(0))
    for place in sorted(shares, key=lambda place: (-shares[place], place)):
        there = steps[place]
        has_chord = there is not None and old.steps[there].chord == old.steps[index].chord and _is_locked(old, there)
        is_free = place not in settled and not _is_locked(old, there)
        if shares[place] >= frame and (has_chord or is_free):
            return place
    return None
