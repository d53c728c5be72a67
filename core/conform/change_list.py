"""What conforming changed, as values and as text for the editor. Times are seconds from the start of each timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from itertools import groupby

from hitpoint.core.music.chord import Chord
from hitpoint.core.music.written_chord import lead_symbol

Clock = Callable[[Fraction], str]
"""Writes a time, given in seconds from the start of the timeline."""


class Fate(Enum):
    """What became of a shot; the value is its name for the editor."""

    KEPT = "kept"
    MOVED = "moved"
    TRIMMED = "trimmed"
    EXTENDED = "extended"
    SLIPPED = "slipped"
    SPLIT = "split"
    MERGED = "merged"
    RETIMED = "retimed"
    REMOVED = "removed"
    NEW = "new"


_AT_THE_ENDS = frozenset({Fate.KEPT, Fate.TRIMMED, Fate.EXTENDED})  # what may have happened away from the music


@dataclass(frozen=True)
class Span:
    """A stretch of a timeline, end exclusive."""

    start: Fraction
    end: Fraction


@dataclass(frozen=True)
class ShotChange:
    """What became of one shot.

    Attributes:
        name: of the shot.
        fates: one or more, in the order of :class:`Fate`.
        old: where it was; None for a new one.
        new: where its parts are now, in order; empty for one that is gone.
    """

    name: str
    fates: tuple[Fate, ...]
    old: Span | None
    new: tuple[Span, ...]

    @property
    def is_kept(self) -> bool:
        """Whether it is as long as before and stands in line with the others."""
        return self.fates == (Fate.KEPT,)


@dataclass(frozen=True)
class LockChange:
    """A locked chord that is elsewhere now, or gone with its shot (``new`` is None)."""

    chord: Chord
    old: Span
    new: Span | None


@dataclass(frozen=True)
class HitChange:
    """A hit of the editor's own that is elsewhere now, or gone (``new`` is None); seconds."""

    event: str
    old: Fraction
    new: Fraction | None


@dataclass(frozen=True)
class MoodChange:
    """A wished mood that is gone with its shots."""

    mood: str
    old: Span


@dataclass(frozen=True)
class KeptMusic:
    """A stretch whose steps, chords and tempo are those of the old cue.

    Attributes:
        new: where it is.
        old_start: seconds at which it began.
        is_barred: whether it stands at the same place in the bar.
    """

    new: Span
    old_start: Fraction
    is_barred: bool


@dataclass(frozen=True)
class Changes:
    """All that conforming did.

    Attributes:
        shots: what became of them: those of the new edit in order, then those that are gone.
        locks: locked chords that moved or were lost; those that stayed where they were are not told.
        hits: likewise the editor's own hits.
        moods: wished moods that were lost.
        composed: where new chords were written.
        kept: where the music is the old one.
        old_range: where the music was.
        new_range: where it is.
        notes: further sentences.
    """

    shots: tuple[ShotChange, ...]
    locks: tuple[LockChange, ...]
    hits: tuple[HitChange, ...]
    moods: tuple[MoodChange, ...]
    composed: tuple[Span, ...]
    kept: tuple[KeptMusic, ...]
    old_range: Span
    new_range: Span
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether the cue is as it was, at the same time."""
        is_whole = len(self.kept) == 1 and self.kept[0].new == self.new_range == self.old_range
        return is_whole and not (self.composed or self.locks or self.hits or self.moods)

    @property
    def lost_locks(self) -> tuple[LockChange, ...]:
        """The locked chords whose picture is gone."""
        return tuple(lock for lock in self.locks if lock.new is None)

    def heard(self, old: Span, new: Span) -> Changes:
        """Of a cue that sounds in a part of its music only.

        What is heard of all this, from where it was and is heard.
        """
        return replace(
            self,
            locks=tuple(lock for lock in self.locks if _meets(lock.old, old)),
            hits=tuple(hit for hit in self.hits if old.start <= hit.old < old.end),
            moods=tuple(mood for mood in self.moods if _meets(mood.old, old)),
            composed=tuple(inside for span in self.composed for inside in _inside(span, new)),
            kept=tuple(
                replace(one, new=inside, old_start=one.old_start + inside.start - one.new.start)
                for one in self.kept
                for inside in _inside(one.new, new)
            ),
            old_range=old,
            new_range=new,
        )

    @property
    def shots_under(self) -> tuple[ShotChange, ...]:
        """The shots that were under the music or are now."""
        return tuple(
            shot
            for shot in self.shots
            if (shot.old is not None and _meets(shot.old, self.old_range))
            or any(_meets(span, self.new_range) for span in shot.new)
        )

    @property
    def shots_told(self) -> tuple[ShotChange, ...]:
        """The shots under the music, as they concern it.

        One that changed only where there is no music is a kept one, and of kept ones what lies under the music is told.
        """
        return tuple(self._told(shot) for shot in self.shots_under)

    def _told(self, shot: ShotChange) -> ShotChange:
        if not set(shot.fates) <= _AT_THE_ENDS or shot.old is None or len(shot.new) != 1:
            return shot
        before, now = _inside(shot.old, self.old_range), _inside(shot.new[0], self.new_range)
        if not (before and now) or before[0].end - before[0].start != now[0].end - now[0].start:
            return shot
        if not (shot.is_kept or any(_holds(music, before[0], now[0]) for music in self.kept)):
            return shot
        return replace(shot, fates=(Fate.KEPT,), old=before[0], new=now)

    def lines(self, clock: Clock | None = None) -> tuple[str, ...]:
        """The list for the editor, one line for each change, losses first; kept shots that follow each other share one.

        What does not concern the music is left out (:attr:`shots_told`). ``clock`` writes times; None writes seconds.
        """
        told = self.shots_told
        if self.is_empty and not self.notes and all(shot.is_kept for shot in told):
            return ("nothing changed under the music",)
        shots = _shot_lines(told, clock)
        return (*self.losses(clock), *shots, *self._music_lines(clock), *self.notes)

    def losses(self, clock: Clock | None = None) -> Iterator[str]:
        """A line for each lock, hit and wished mood that is gone."""
        for lock in self.lost_locks:
            yield f"lock {lead_symbol(lock.chord)} {_span(lock.old, clock)} is lost: its picture is gone"
        for hit in self.hits:
            if hit.new is None:
                yield f"hit {hit.event!r} at {_time(hit.old, clock)} is lost: its picture is gone"
        for mood in self.moods:
            yield f"wished mood {mood.mood} {_span(mood.old, clock)} is lost: its picture is gone"

    def _moved(self, clock: Clock | None) -> Iterator[str]:
        for lock in self.locks:
            if lock.new is not None:
                yield f"lock {lead_symbol(lock.chord)} {_span(lock.old, clock)}: now {_span(lock.new, clock)}"
        for hit in self.hits:
            if hit.new is not None:
                yield f"hit {hit.event!r} at {_time(hit.old, clock)}: now at {_time(hit.new, clock)}"

    def _music_lines(self, clock: Clock | None) -> Iterator[str]:
        if self.old_range != self.new_range:
            yield f"the music goes {_span(self.new_range, clock)}; before {_span(self.old_range, clock)}"
        yield from self._moved(clock)
        for music in self.kept:
            moved = "" if music.new.start == music.old_start else f", {_shift(music.new.start - music.old_start)}"
            metre = "" if music.is_barred else ", half a bar off its old metre"
            yield f"music kept {_span(music.new, clock)}{moved}{metre}"
        for span in self.composed:
            yield f"composed {_span(span, clock)}"


def _holds(music: KeptMusic, before: Span, now: Span) -> bool:
    """Whether a stretch of kept music holds a stretch of the new timeline, as it was in the old one."""
    is_inside = music.new.start <= now.start and now.end <= music.new.end
    return is_inside and music.new.start - music.old_start == now.start - before.start


def _meets(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _inside(span: Span, whole: Span) -> tuple[Span, ...]:
    """What of a stretch lies in another; nothing, or one."""
    return (Span(max(span.start, whole.start), min(span.end, whole.end)),) if _meets(span, whole) else ()


def _shot_lines(shots: tuple[ShotChange, ...], clock: Clock | None) -> Iterator[str]:
    for shift, group in groupby(shots, key=_shift_of_kept):
        same = list(group)
        if shift is None:
            yield from (_shot_line(shot, clock) for shot in same)
            continue
        whole = Span(same[0].new[0].start, same[-1].new[-1].end)
        count = f"{len(same)} shots" if len(same) > 1 else f"shot {same[0].name!r}"
        yield f"{count} kept {_span(whole, clock)}{', ' + _shift(shift) if shift else ''}"


def _shift_of_kept(shot: ShotChange) -> Fraction | None:
    """By how much a shot that is kept lies later; None for others."""
    return shot.new[0].start - shot.old.start if shot.is_kept and shot.old is not None else None


def _shot_line(shot: ShotChange, clock: Clock | None) -> str:
    fates = ", ".join(fate.value for fate in shot.fates)
    now = ", ".join(_span(span, clock) for span in shot.new)
    before = "" if shot.old is None else _span(shot.old, clock)
    places = f"{before}; now {now}" if before and now else before or now
    return f"shot {shot.name!r} {fates}: {places}"


def _shift(seconds: Fraction) -> str:
    return f"{abs(float(seconds)):.3f} s {'later' if seconds > 0 else 'earlier'}"


def _span(span: Span, clock: Clock | None) -> str:
    if clock is not None:
        return f"{clock(span.start)}-{clock(span.end)}"
    return f"{float(span.start):.3f}-{float(span.end):.3f} s"


def _time(seconds: Fraction, clock: Clock | None) -> str:
    return f"{float(seconds):.3f} s" if clock is None else clock(seconds)
