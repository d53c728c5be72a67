"""The lead sheet: all that the writer of a melody is told. Beats are quarter notes from the start of the cue, exact."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from hitpoint.core.music.chord import NO_CHORD, Chord
from hitpoint.core.music.key import Key
from hitpoint.core.music.theme import Theme

SLOT = Fraction(1, 4)  # beats; the grid on which a melody is written


def slot_of(beat: Fraction) -> tuple[int, int]:
    """The sixteenth that a beat lies in, counted from the start of the cue, and 0 if it begins there, else more.

    Whole numbers alone: this is asked tens of thousands of times a cue.
    """
    return divmod(beat.numerator * SLOT.denominator, beat.denominator)


@dataclass(frozen=True)
class TimedChord:
    """From ``start`` beats on this chord sounds, until the next one."""

    start: Fraction
    chord: Chord


@dataclass(frozen=True)
class SheetSection:
    """A section.

    Attributes:
        first_bar: its first bar.
        phrases: bars of each of its phrases, at least one.
        letter: what it is built on: "A", "A'", "B", "A''" ...; empty where the lead only listens, or adds a little.
        key: in which it sounds.
        tension: 0..1.
        is_summit: whether the cue culminates in it.
        is_last: whether the cue ends with it.
        is_spare: whether the lead says little in it, and waits.
    """

    first_bar: int
    phrases: tuple[int, ...]
    letter: str
    key: Key
    tension: float = 0.5
    is_summit: bool = False
    is_last: bool = False
    is_spare: bool = False

    @property
    def bars(self) -> int:
        """How many it has."""
        return sum(self.phrases)


@dataclass(frozen=True)
class SheetNote:
    """A note: beats from the start of the cue, MIDI pitch, weight 0..1, and whether the editor locked it."""

    start: Fraction
    length: Fraction
    pitch: int
    weight: float = 0.5
    locked: bool = False

    @property
    def end(self) -> Fraction:
        """The beat at which it ends."""
        return self.start + self.length


@dataclass(frozen=True)
class LeadSheet:
    """What a melody is written on.

    Attributes:
        bar_starts: beats of all bar lines, that of the end included; a bar may be shorter than others.
        is_compound: whether a bar of three quarters is two dotted ones (6/8).
        chords: in order, from beat 0 on.
        sections: in order; they cover the bars.
        low: lowest pitch of the instrument.
        high: highest.
        seed: of the theme and all that is drawn.
        seconds_per_beat: about the tempo, which decides how short notes may be.
        tension: one a bar, 0..1.
        silences: stretches of beats in which nothing may sound: speech, rests.
        accents: beats at which a sounding note is struck again.
        end: the beat at which the last note is let go.
        final: the beat of the last chord.
        theme: that was found before, or that the editor brought.
        fresh: bars that are not to repeat the theme but to be invented, and the seed of each.
        asked: stretches of beats that are to be written; None for all.
        standing: notes that stay as they are, in order: all outside those stretches, and locked ones inside.
        rests: stretches of beats, among the silences, in which nobody plays by plan.
        refit: notes inside those stretches whose rhythm stays while their pitches meet other chords.
    """

    bar_starts: tuple[Fraction, ...]
    is_compound: bool
    chords: tuple[TimedChord, ...]
    sections: tuple[SheetSection, ...]
    low: int
    high: int
    seed: int
    seconds_per_beat: float
    tension: tuple[float, ...]
    silences: tuple[tuple[Fraction, Fraction], ...]
    accents: tuple[Fraction, ...]
    final: Fraction
    end: Fraction
    theme: Theme | None = None
    fresh: tuple[int | None, ...] = ()
    asked: tuple[tuple[Fraction, Fraction], ...] | None = None
    standing: tuple[SheetNote, ...] = ()
    refit: tuple[SheetNote, ...] = ()
    rests: tuple[tuple[Fraction, Fraction], ...] = ()

    @property
    def bars(self) -> int:
        """How many there are."""
        return len(self.bar_starts) - 1

    def bar_slots(self, bar: int) -> int:
        """Sixteenths of a bar."""
        return self._slots_of_bars[bar]

    @cached_property
    def _slots_of_bars(self) -> tuple[int, ...]:
        return tuple(int((after - start) / SLOT) for start, after in pairwise(self.bar_starts))

    @cached_property
    def common_slots(self) -> int:
        """Sixteenths of most bars."""
        lengths = [self.bar_slots(bar) for bar in range(self.bars)]
        return max(set(lengths), key=lambda one: (lengths.count(one), one))

    def bar_at(self, beat: Fraction) -> int:
        """The bar that a beat lies in."""
        return min(max(bisect_right(self.bar_starts, beat) - 1, 0), self.bars - 1)

    def chord_at(self, beat: Fraction) -> Chord:
        """The chord that sounds at a beat."""
        slot, _ = slot_of(beat)
        return self._chord_of_slot[min(max(slot, 0), len(self._chord_of_slot) - 1)]

    def section_at(self, bar: int) -> SheetSection:
        """The section of a bar."""
        return self.sections[max(bisect_right([one.first_bar for one in self.sections], bar) - 1, 0)]

    def is_asked(self, beat: Fraction) -> bool:
        """Whether notes that begin at a beat are to be written."""
        return self.asked is None or any(start <= beat < end for start, end in self.asked)

    def is_asked_in(self, start: Fraction, end: Fraction) -> bool:
        """Whether any note of a stretch is to be written."""
        return self.asked is None or any(first < end and start < last for first, last in self.asked)

    def is_rest(self, beat: Fraction) -> bool:
        """Whether nobody plays at a beat, so that a phrase has come to its end before."""
        return any(start <= beat < end for start, end in self.rests)

    def has_rhythm(self, beat: Fraction) -> bool:
        """Whether a beat lies in a stretch of which only the pitches are asked for."""
        return any(
            start <= beat < end and any(start <= note.start < end for note in self.refit)
            for start, end in self.asked or ()
        )

    def is_strong(self, beat: Fraction) -> bool:
        """Whether a beat is heard as one of the strong ones of its bar: the first, and in the middle of an even one."""
        slot, beyond = slot_of(beat)
        return not beyond and slot in self._strong_slots

    @cached_property
    def _strong_slots(self) -> frozenset[int]:
        """The sixteenths, from the start of the cue, that are strong beats."""
        found: set[int] = set()
        for bar in range(self.bars):
            start, slots = int(self.bar_starts[bar] / SLOT), self.bar_slots(bar)
            is_even = self.is_compound or slots % 8 == 0
            found |= {start, start + slots // 2} if is_even else {start}
        return frozenset(found)

    @cached_property
    def _chord_of_slot(self) -> tuple[Chord, ...]:
        """The chord at each sixteenth from the start of the cue to its end."""
        starts = [float(one.start / SLOT) for one in self.chords]
        found = (bisect_right(starts, slot) - 1 for slot in range(int(self.bar_starts[-1] / SLOT) + 1))
        return tuple(self.chords[index].chord if index >= 0 else NO_CHORD for index in found)
