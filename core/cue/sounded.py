"""The harmony of a cue as it is sounded: what its players add to the chords, found in the remembered voicings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from hitpoint.core.cue.cue import Cue
from hitpoint.core.music.colour import ColouredChord, heard_colour


@dataclass(frozen=True)
class SoundedSpan:
    """Neighbouring steps that sound alike and have one lock state; seconds from the start of the timeline."""

    start: Fraction
    end: Fraction
    chord: ColouredChord
    locked: bool


def sounded_chords(cue: Cue) -> tuple[ColouredChord, ...]:
    """The chord of each step, as it is written where nothing else is remembered."""
    return tuple(_sounded(cue, index) for index in range(len(cue.steps)))


def sounded_spans(cue: Cue) -> tuple[SoundedSpan, ...]:
    """The harmony in time, with what is added to it."""
    states = zip(sounded_chords(cue), (step.locked for step in cue.steps), strict=True)
    spans, first = [], 0
    for (chord, locked), group in groupby(states):
        end = first + sum(1 for _ in group)
        spans.append(SoundedSpan(cue.step_start(first), cue.step_start(end), chord, locked))
        first = end
    return tuple(spans)


def coloured_steps(cue: Cue, span: Iterable[int]) -> list[int]:
    """The steps of a stretch that sound otherwise than they are written."""
    return [index for index in span if not _sounded(cue, index).is_written(cue.steps[index].chord)]


def _sounded(cue: Cue, index: int) -> ColouredChord:
    played = cue.playing[index] if index < len(cue.playing) else None
    written = cue.steps[index].chord
    known = None if played is None or played.voicing is None else heard_colour(written, played.voicing)
    return known or ColouredChord(written)
