"""A lead sheet as the network hears it: bars of sixteen sixteenths, tones counted from the tonic of the major key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.melody.line import BAR, HOME, PITCHES, Ground, density_class
from hitpoint.core.melody.network_bars import BarPlaces, bar_places
from hitpoint.core.melody.scales import home_near
from hitpoint.core.melody.sheet import SLOT, LeadSheet, SheetSection
from hitpoint.core.music.key import Key

_CENTRE_SHARE = 0.5  # of the instrument's range, that the network takes for the middle of a song
_QUICKEST = 0.17  # seconds from note to note
_TENSE = 0.7  # tension of a bar from which a tune may run in sixteenths
_NOTES_A_SECOND = (0.9, 1.3)  # in a quiet bar, and how many more in the tensest
_FEWEST, _MOST = 1.6, 6.5  # notes a bar


@dataclass(frozen=True, eq=False)
class Staff:
    """A sheet's ground, and the way between its beats and the network's sixteenths.

    Attributes:
        sheet: where it comes from.
        ground: of the whole cue.
        places: of each bar.
        allowed: (S,) bool, where notes may begin in its metre and at its tempo.
        centre: the pitch that the network takes for the middle.
    """

    sheet: LeadSheet
    ground: Ground
    places: tuple[BarPlaces, ...]
    allowed: NDArray[np.bool_]
    centre: float

    def sixteenth_of(self, beat: Fraction) -> int:
        """The network's sixteenth of a beat, the nearest one before it."""
        bar = self.sheet.bar_at(beat)
        slot = int((beat - self.sheet.bar_starts[bar]) / SLOT)
        places = self.places[bar].places
        return bar * BAR + places[min(max(slot, 0), len(places) - 1)]

    def beat_of(self, sixteenth: int) -> Fraction:
        """The beat of one of the network's sixteenths."""
        bar = min(sixteenth // BAR, self.sheet.bars - 1)
        return self.sheet.bar_starts[bar] + self.places[bar].slot_at(sixteenth - bar * BAR) * SLOT

    def strong_places(self, bars: range) -> tuple[int, ...]:
        """The network's sixteenths of the strong beats of some bars, counted from the start of the first."""
        found: list[int] = []
        for at, bar in enumerate(bars):
            slots = range(self.sheet.bar_slots(bar))
            strong = (slot for slot in slots if self.sheet.is_strong(self.sheet.bar_starts[bar] + slot * SLOT))
            found.extend(at * BAR + self.places[bar].places[slot] for slot in strong)
        return tuple(found)

    def pitch_of(self, pitch_class: int, bar: int) -> int:
        """The MIDI pitch of a class of the network's in a bar."""
        return self._home(self.sheet.section_at(bar)) + pitch_class - HOME

    def class_of(self, pitch: int, bar: int) -> int:
        """The network's class of a MIDI pitch in a bar."""
        return min(max(pitch - self._home(self.sheet.section_at(bar)) + HOME, 0), PITCHES - 1)

    def moved_slot(self, slot: int, bar_slots: int, bar: int) -> int:
        """The slot of a bar where a slot of a bar of another length has its place."""
        place = bar_places(bar_slots, is_compound=self.sheet.is_compound).places[slot]
        return min(self.places[bar].slot_at(place), len(self.places[bar].places) - 1)

    def _home(self, section: SheetSection) -> int:
        return home_near(self.centre - 6, major_of(section.key))


def major_of(key: Key) -> Key:
    """The major key with the same tones."""
    return Key((key.tonic + 3) % 12) if key.is_minor else key


def staff_of(sheet: LeadSheet) -> Staff:
    """The staff of a sheet."""
    places = tuple(bar_places(sheet.bar_slots(bar), is_compound=sheet.is_compound) for bar in range(sheet.bars))
    size = sheet.bars * BAR
    chroma, root, allowed = np.zeros((size, 12)), np.full(size, 12, np.int64), np.zeros(size, np.bool_)
    for bar in range(sheet.bars):
        tonic = major_of(sheet.section_at(bar).key).tonic
        grid = frozenset(_grid(sheet, bar, places[bar]))
        for place in range(BAR):
            slot = places[bar].slot_at(place)
            chord = sheet.chord_at(sheet.bar_starts[bar] + slot * SLOT)
            chroma[bar * BAR + place, [(tone - tonic) % 12 for tone in chord.pitch_classes]] = 1.0
            root[bar * BAR + place] = 12 if chord.root is None else (chord.root - tonic) % 12
            allowed[bar * BAR + place] = place in grid and not chord.is_silent
    ground = Ground(chroma, root, *_phrases(sheet), density=_density(sheet), is_minor=sheet.sections[0].key.is_minor)
    return Staff(sheet, ground, places, allowed, sheet.low + _CENTRE_SHARE * (sheet.high - sheet.low))


def _grid(sheet: LeadSheet, bar: int, places: BarPlaces) -> Iterable[int]:
    """The network's places in a bar at which notes may begin.

    Eighths, and sixteenths where a tense bar has time for them.
    """
    runs = sheet.tension[bar] >= _TENSE and sheet.seconds_per_beat / 4 >= _QUICKEST and not sheet.is_compound
    step = 1 if runs else 2
    return (place for slot, place in enumerate(places.places) if slot % step == 0)


def _phrases(sheet: LeadSheet) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    rows = np.zeros((3, sheet.bars * BAR), np.int64)
    last: dict[tuple[str, int], int] = {}
    for section in sheet.sections:
        bar = section.first_bar
        for index, length in enumerate(section.phrases):
            start, end = bar * BAR, min(bar + length, sheet.bars) * BAR
            name = (section.letter.rstrip("'"), index)
            returns = start - last[name] if section.letter and name in last else 0
            rows[:, start:end] = np.array([[start], [end], [returns]])
            last[name] = start
            bar += length
    return rows[0], rows[1], rows[2]


def _density(sheet: LeadSheet) -> NDArray[np.int64]:
    """(S,) class of notes a bar: livelier with tension, and no more than the tempo bears."""
    rows = np.zeros(sheet.bars * BAR, np.int64)
    for bar in range(sheet.bars):
        rows[bar * BAR : (bar + 1) * BAR] = density_class(wished_notes(sheet, bar))
    return rows


def wished_notes(sheet: LeadSheet, bar: int) -> float:
    """How many notes a bar is to have, by its length in seconds and its tension."""
    seconds = float(sheet.bar_starts[bar + 1] - sheet.bar_starts[bar]) * sheet.seconds_per_beat
    wished = seconds * (_NOTES_A_SECOND[0] + _NOTES_A_SECOND[1] * sheet.tension[bar])
    return min(max(wished, _FEWEST), _MOST)
