"""A theme: a tune of a few bars as degrees of a scale with rhythm, so that it keeps its shape in every key and mode."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ThemeNote:
    """A note of a theme.

    Attributes:
        slot: sixteenths from its start.
        length: sixteenths, at least one.
        degree: steps of the scale above the tonic; 7 is the octave.
        raised: semitones above that degree.
    """

    slot: int
    length: int
    degree: int
    raised: int = 0


@dataclass(frozen=True)
class Theme:
    """A theme of whole bars.

    Attributes:
        notes: in order, one at a time.
        bar_slots: sixteenths of its bars.
        bars: how many it has.
        is_given: whether the editor brought it, so that it is never composed anew.
    """

    notes: tuple[ThemeNote, ...]
    bar_slots: int
    bars: int
    is_given: bool = False
