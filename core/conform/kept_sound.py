"""Which of the music that was kept is the same in its samples too, and why the rest is not. Measured in the mixes.

What changed is heard beyond itself: a note rings on, then a room answers for two seconds more, and the gain comes back
within another. Before the change it is the piece of 0.7 seconds in which rooms are worked out. What moved by a whole
number of samples lies otherwise in these pieces, so that its last bits are rounded otherwise; by anything but a
multiple of 32 samples, as one frame at 24 a second is, the points of the gain lie otherwise in it too.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from hitpoint.core.conform.change_list import KeptMusic, Span
from hitpoint.core.conform.changed_notes import changed_notes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.heard import heard_range
from hitpoint.core.render.formats.same_sound import NEAR, SoundMatch, sound_match
from hitpoint.core.timebase import SAMPLE_RATE

_REACH = 12  # seconds that a change is heard on at the most: a long note, its room, the gain that comes back


@dataclass(frozen=True)
class Before:
    """A version that another goes on from.

    Attributes:
        cue: as it was stored.
        mix: its sound; it may have gone.
        kept: what of its music is in the new one.
    """

    cue: Cue
    mix: Path
    kept: tuple[KeptMusic, ...]


def before_change(cue: Cue, span: range, mix: Path) -> Before:
    """The version before a stretch of steps is changed: everything outside of the stretch is kept where it is.

    Args:
        cue: as it was.
        span: of the steps that change.
        mix: its sound; it may have gone.
    """
    beats = [cue.start + cue.tempo.seconds_at(step * cue.beats_per_step) for step in (span.start, span.stop)]
    first = min(cue.step_start(span.start), beats[0])  # a chord may wait for a hit, or come before its beat; what is
    last = max(cue.step_start(span.stop), beats[1])  # played with it begins on the beat
    edges = (cue.start, first), (last, cue.start + cue.seconds)
    kept = tuple(KeptMusic(Span(start, end), start, is_barred=True) for start, end in edges if start < end)
    return Before(cue, mix, kept)


def before_edit(old: Cue, new: Cue, mix: Path) -> Before:
    """The version before a cue was edited on the same cut: steps that are what they were, where they were, are kept.

    Args:
        old: as it was delivered.
        new: as it is now.
        mix: the sound of the old one; it may have gone.
    """
    count = (
        min(len(old.steps), len(new.steps))
        if (old.start, old.seed, old.style, old.styling) == (new.start, new.seed, new.style, new.styling)
        else 0
    )
    same = [_is_same_step(old, new, index) for index in range(count)]
    kept = (
        KeptMusic(Span(old.step_start(first), old.step_start(end)), old.step_start(first), is_barred=True)
        for first, end in _runs(same)
    )
    return Before(old, mix, tuple(kept))


def _is_same_step(old: Cue, new: Cue, index: int) -> bool:
    """Whether a step has the chord, the dynamics and the place that it had."""
    one, other = (replace(cue.steps[index], locked=False, drawn=False, loudness_drawn=False) for cue in (old, new))
    places = [(cue.step_start(index), cue.step_start(index + 1)) for cue in (old, new)]
    return one == other and places[0] == places[1]


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and end of each run of true values."""
    edges = [False, *flags, False]
    turns = [place for place, (a, b) in enumerate(pairwise(edges)) if a != b]
    return zip(turns[::2], turns[1::2], strict=True)


@dataclass(frozen=True)
class KeptSound:
    """How a stretch of kept music sounds. Spans are seconds of the new timeline.

    Attributes:
        music: the stretch.
        same: where each sample is what it was.
        alike: where it is, but for differences of ``NEAR`` at the most; all of ``same`` lies in it.
        typical: dBFS that half of that differs by at the most; minus infinity for none.
        why: why it is not all the same; empty where it is.
    """

    music: KeptMusic
    same: tuple[Span, ...]
    alike: tuple[Span, ...]
    typical: float
    why: str

    def line(self) -> str:
        """What the editor reads of it."""
        where = _text(self.music.new)
        if self.same == (self.music.new,):
            return f"sound {where} is the same, bit for bit"
        near = _without((*self.alike,), self.same)
        other = _without((self.music.new,), (*self.same, *near))
        told = [f"{_texts(self.same)} is the same, bit for bit"] if self.same else []
        told += [f"{_texts(near)} is the same to within {NEAR:g} dBFS"] if near else []
        told += [f"{_texts(other)} is not the same" if told else "not the same"] if other else []
        return f"sound {where}: {'; '.join(told)}{f', because {self.why}' if self.why else ''}"

    def document(self) -> dict[str, Any]:
        """As JSON values."""
        return {
            **_span(self.music.new),
            "before": float(self.music.old_start),
            "same": [_span(span) for span in self.same],
            "alike": [_span(span) for span in self.alike],
            "typical_difference_dbfs": self.typical if math.isfinite(self.typical) else None,
            "why": self.why or None,
        }


def kept_sounds(before: Before, new: Cue, mix: Path, level_change: float | None) -> tuple[KeptSound, ...]:
    """Compare the two mixes wherever music was kept.

    Args:
        before: the version before.
        new: the cue that is written now.
        mix: its sound.
        level_change: decibels by which its level is another; None if it is not.
    """
    reason = _reason(before, new, level_change)
    heard = (_heard(music, before.cue, new) for music in before.kept)
    return tuple(_compared(music, before, new, mix, reason) for music in heard if music is not None)


def _begin(cue: Cue) -> Fraction:
    """Seconds of the timeline at which the sound of a cue begins."""
    return cue.edit.rate.seconds(heard_range(cue)[0])


def _heard(music: KeptMusic, old: Cue, new: Cue) -> KeptMusic | None:
    """What of kept music both versions sound; None if nothing."""
    if old.heard is None and new.heard is None:
        return music
    shift, (_, old_end), (_, end) = music.new.start - music.old_start, heard_range(old), heard_range(new)
    start = max(music.new.start, _begin(new), _begin(old) + shift)
    until = min(music.new.end, new.edit.rate.seconds(end), old.edit.rate.seconds(old_end) + shift)
    return replace(music, new=Span(start, until), old_start=start - shift) if start < until else None


def _reason(before: Before, new: Cue, level_change: float | None) -> str:
    """Why all of it sounds otherwise; empty if there is no such reason."""
    old = before.cue
    if level_change is not None:
        return f"the level changed by {level_change:+.1f} dB"
    if replace(old.sound, level=None) != replace(new.sound, level=None):
        return "it is delivered otherwise"
    return "" if old.sound.level is not None else "the old version did not note its level"


def _compared(music: KeptMusic, before: Before, new: Cue, mix: Path, reason: str) -> KeptSound:
    old = before.cue
    start = (music.new.start - _begin(new)) * SAMPLE_RATE
    shift = start - (music.old_start - _begin(old)) * SAMPLE_RATE
    first, last = math.ceil(start), math.ceil((music.new.end - _begin(new)) * SAMPLE_RATE)
    if old.edit.rate != new.edit.rate:
        return KeptSound(music, (), (), -math.inf, "the frame rate changed")
    if shift.denominator != 1:
        return KeptSound(music, (), (), -math.inf, "it moved by a fraction of a sample")
    match = sound_match(before.mix, mix, first - int(shift), first, last - first)
    if match is None:
        return KeptSound(music, (), (), -math.inf, f"{before.mix.name} of before is not there to compare with")
    same, alike = (tuple(_spans(spans, first, music, new)) for spans in (match.same, match.alike))
    why = "" if same == (music.new,) else reason or _why(music, match, before.cue, new)
    return KeptSound(music, same, alike, match.typical, why)


def _spans(spans: Sequence[tuple[int, int]], first: int, music: KeptMusic, new: Cue) -> Iterator[Span]:
    """Samples of a stretch as seconds of the timeline; its own edges where they reach them."""
    count = math.ceil((music.new.end - _begin(new)) * SAMPLE_RATE) - first
    for begin, end in spans:
        start = _begin(new) + Fraction(first + begin, SAMPLE_RATE)
        until = _begin(new) + Fraction(first + end, SAMPLE_RATE)
        yield Span(start if begin else music.new.start, until if end < count else music.new.end)


def _why(music: KeptMusic, match: SoundMatch, old: Cue, new: Cue) -> str:
    """What an editor is told of music that was to stay as it is and does not, or not all of it."""
    if not music.is_barred:
        return "half a bar off its old metre it is played anew"
    locked = _newly_locked(music, old, new)
    if locked:
        changed, count = changed_notes(music, old, new)
        return f"{changed} of its {count} notes are played otherwise: the lock changed the chord at {_texts(locked)}"
    if match.alike and music.new.start != music.old_start:
        return (
            f"it moved, which rounds otherwise (by {match.typical:.0f} dBFS), and what changed is heard into its edges"
        )
    if match.alike:
        return "what changed is heard into it"
    changed, count = changed_notes(music, old, new)
    if changed:
        return f"{changed} of its {count} notes are played otherwise, to go with what changed beside it"
    what = f"its {count} notes are all as they were" if count else "no note begins in it"
    return (
        f"{what}, but what changed beside it is heard into all of it: notes and room ring on, and the level comes back, "
        f"for up to {_REACH} s, and it lasts {float(music.new.end - music.new.start):.1f} s"
    )


def _newly_locked(music: KeptMusic, old: Cue, new: Cue) -> tuple[Span, ...]:
    """Where kept music that did not move has another chord than before, locked by the editor."""
    if music.new.start != music.old_start or len(old.steps) != len(new.steps):
        return ()
    flags = [now.locked and now.chord != was.chord for was, now in zip(old.steps, new.steps, strict=True)]
    spans = (
        Span(max(new.step_start(first), music.new.start), min(new.step_start(end), music.new.end))
        for first, end in _runs(flags)
    )
    return tuple(span for span in spans if span.start < span.end)


def _span(span: Span) -> dict[str, float]:
    return {"start": float(span.start), "end": float(span.end)}


def _without(spans: Sequence[Span], gone: Sequence[Span]) -> tuple[Span, ...]:
    """What is left of stretches, in order, where others are taken out of them."""
    for hole in gone:
        spans = [
            Span(start, end)
            for span in spans
            for start, end in ((span.start, min(span.end, hole.start)), (max(span.start, hole.end), span.end))
            if start < end
        ]
    return tuple(sorted(spans, key=lambda span: span.start))


def _texts(spans: Sequence[Span]) -> str:
    return ", ".join(map(_text, spans))


def _text(span: Span) -> str:
    return f"{float(span.start):.3f}-{float(span.end):.3f} s"
