"""What the harmony of a piece is written to: its form, keys, moods, hits and fixed chords, a step at a time.

A step is a beat, half a bar or a bar. Sections follow each other from bar 0 on and cover the piece; two with the same
base letter (``A``, ``A'``) are one theme that comes back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Literal

from hitpoint.core.affect import Affect
from hitpoint.core.model.places import PlacedSection, Places, Unit, places_of
from hitpoint.core.mood import Mood
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key

Cadence = Literal["none", "half", "full"]


@dataclass(frozen=True)
class HarmonySection:
    """A stretch of whole bars with one key.

    Attributes:
        bars: how many.
        theme: a letter, with a stroke for each variation (``A'``); "" for free.
        phrases: bars of each phrase; they add up to ``bars``.
        key: in which it is written.
        cadence: how it ends; phrases inside it end in half cadences.
        chords_a_bar: wished harmonic rhythm: 2, 1 or .5; None leaves it to the writer, who gives a theme one.
    """

    bars: int
    theme: str
    phrases: tuple[int, ...]
    key: Key
    cadence: Cadence = "full"
    chords_a_bar: float | None = None


@dataclass(frozen=True)
class HarmonyContext:
    """A whole piece.

    Attributes:
        unit: what a step is.
        steps_per_bar: of each bar, at least 1.
        sections: they cover all bars.
        affects: of each step, what is felt there; None or no tuple at all for nothing.
        moods: of each step, the class, where it is meant itself.
        strengths: of each step, how strongly the feeling is obeyed, 0..2; no tuple for 1.
        tension: of each step, 0..1; no tuple for none.
        hits: steps on which the harmony is to change.
        locks: step -> the sounding chord that stays there.
        change_rate: wished chord changes a step; None leaves them to metre and theme.
        step_seconds: how long a step lasts on the mean.
        bar_lines_only: in a metre of three a chord changes within a bar only on a hit.
        final_step: from here on the last chord is held; None for the last step alone.
        ends: whether the piece closes there, on the tonic; a piece cut short does not.
    """

    unit: Unit
    steps_per_bar: tuple[int, ...]
    sections: tuple[HarmonySection, ...]
    affects: tuple[Affect | None, ...] = ()
    moods: tuple[Mood | None, ...] = ()
    strengths: tuple[float, ...] = ()
    tension: tuple[float, ...] = ()
    hits: frozenset[int] = frozenset()
    locks: Mapping[int, Chord] = field(default_factory=dict)
    change_rate: float | None = None
    step_seconds: float = 1.0
    bar_lines_only: bool = False
    final_step: int | None = None
    ends: bool = True

    def __post_init__(self) -> None:
        bars = len(self.steps_per_bar)
        if sum(section.bars for section in self.sections) != bars or any(count < 1 for count in self.steps_per_bar):
            raise ValueError("the sections of a piece cover its bars, and each bar has a step")
        if any(sum(section.phrases) != section.bars for section in self.sections):
            raise ValueError("the phrases of a section add up to it")
        for rows in (self.affects, self.moods, self.strengths, self.tension):
            if rows and len(rows) != self.steps:
                raise ValueError(f"what is said of each step is said {len(rows)} times for {self.steps} steps")

    @property
    def steps(self) -> int:
        """Of the whole piece."""
        return sum(self.steps_per_bar)

    @cached_property
    def bar_starts(self) -> tuple[int, ...]:
        """The first step of each bar, and the number of all steps."""
        return (0, *accumulate(self.steps_per_bar))

    @cached_property
    def section_bars(self) -> tuple[int, ...]:
        """The first bar of each section, and the number of all bars."""
        return (0, *accumulate(section.bars for section in self.sections))

    @cached_property
    def section_of_step(self) -> tuple[int, ...]:
        """The number of the section that each step lies in."""
        return tuple(
            number
            for number, section in enumerate(self.sections)
            for bar in range(self.section_bars[number], self.section_bars[number] + section.bars)
            for _ in range(self.steps_per_bar[bar])
        )

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """The key of each step."""
        return tuple(self.sections[number].key for number in self.section_of_step)

    @property
    def held_from(self) -> int:
        """The step that the last chord begins on."""
        return self.steps - 1 if self.final_step is None else self.final_step

    @cached_property
    def places(self) -> Places:
        """(steps, columns) as the model reads them."""
        sections = [PlacedSection(one.bars, one.theme, one.phrases) for one in self.sections]
        return places_of(sections, self.unit, self.steps_per_bar)

    def affect_at(self, step: int) -> Affect | None:
        """What is felt at a step."""
        return self.affects[step] if self.affects else None

    def mood_at(self, step: int) -> Mood | None:
        """The class that is meant at a step."""
        return self.moods[step] if self.moods else None

    def strength_at(self, step: int) -> float:
        """How strongly the feeling of a step is obeyed."""
        return self.strengths[step] if self.strengths else 1.0
