"""How one player plays: when each note is really struck, and how hard.

All rules go by the cue's feel, 0 the grid and 1 the whole of them; what meets the picture stays on its frame.

- Shared time: phrase arch and ritardando, see :mod:`phrasing`.
- Melody lead: who leads is 10 to 20 ms before the others (Goebl, "Melody lead in piano performance", JASA 110(1), 2001;
  Rasch, "Synchronization in performed ensemble music", Acustica 43, 1979).
- Role: a bass lies a little behind the beat, a kit keeps nearest to it (Friberg and Sundström, "Swing ratios and
  ensemble timing in jazz performance", Music Perception 19(3), 2002).
- Spread chords: three notes and more of a struck or plucked instrument from the lowest to the highest (the ensemble and
  synchronisation rules of Friberg, Bresin and Sundberg 2006; Goebl 2001 for its size).
- Wander: each player's own, see :mod:`fluctuation`.
- Touch: the phrase arch, louder the higher (the rule "high loud", Friberg, Computer Music Journal 15(2), 1991), and
  each note's own little more or less.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from operator import attrgetter

from hitpoint.core.music.score import Control, Note, Part
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.perform.fluctuation import Fluctuation
from hitpoint.core.perform.phrasing import Phrasing

_TIME, _TOUCH = 0, 1  # streams
_ARCH, _BROADENED = 0.014, 0.024  # seconds at the most
_LAG = {"lead": -0.015, "bass": 0.005}  # seconds by role
_WANDER = {"percussion": 0.008, "pad": 0.011}  # seconds, the standard deviation by role
_USUAL_WANDER = 0.011
_LATEST = 0.045  # seconds either way
_SPREADS = {**dict.fromkeys(range(24, 32), 0.011), 46: 0.014, 15: 0.011, 105: 0.009}  # seconds a note by program
_PIANO_SPREAD = 0.005
_SPREAD_FROM, _WIDEST = 3, 0.05  # notes; seconds of a whole chord
_SPREAD_PROGRAMS = {*range(16), *range(24, 32), 46, *range(104, 109)}
_TOUCH_ARCH, _TOUCH_WANDER, _TOUCH_OWN = 6.0, 4.0, 6.5  # velocities
_HIGHER, _MIDDLE, _HIGHEST = 0.12, 62, 3.0  # velocity a semitone, from this pitch, at the most
_EXPRESSION, _EXPRESSION_ARCH = 11, 9.0
_GRID = 1920  # places a beat: the same on every machine, and finer than MIDI
_LEAST = 0.05  # beats that a note lasts


@dataclass(frozen=True)
class Hands:
    """One player.

    Attributes:
        phrasing: of the cue.
        tempo: of the cue.
        seed: of the cue.
        feel: 0..1.
    """

    phrasing: Phrasing
    tempo: TempoMap
    seed: int
    feel: float

    def played(self, part: Part) -> Part:
        """The part as it is played."""
        time, touch = (Fluctuation(self.seed, part.name, stream) for stream in (_TIME, _TOUCH))
        notes: list[Note] = []
        for beat, group in groupby(part.notes, key=attrgetter("start")):
            chord = tuple(group)
            late = self._lateness(part, beat, time)
            offsets = self._spread(part, beat, len(chord))
            for note, offset in zip(chord, offsets, strict=True):
                moved = self._moved(note, late + offset)
                notes.append(replace(moved, velocity=self._velocity(note, touch)))
        notes.sort(key=lambda note: (note.start, note.pitch))
        return replace(part, notes=tuple(notes), controls=self._controls(part))

    def _lateness(self, part: Part, beat: float, wander: Fluctuation) -> float:
        """Seconds by which a player is late at a beat."""
        phrasing = self.phrasing
        if phrasing.is_moment(beat):
            return 0.0
        shared = _ARCH * phrasing.lateness(beat) - _BROADENED * phrasing.broadening(beat)
        own = _LAG.get(part.role, 0.0) + _WANDER.get(part.role, _USUAL_WANDER) * wander.at(phrasing.place(beat))
        return self.feel * min(max(shared + own, -_LATEST), _LATEST)

    def _spread(self, part: Part, beat: float, count: int) -> list[float]:
        """Seconds by which the notes of a chord, the lowest first, are late."""
        is_spread = part.role != "percussion" and part.program in _SPREAD_PROGRAMS and not part.bank
        if count < _SPREAD_FROM or not is_spread or self.phrasing.is_moment(beat):
            return [0.0] * count
        each = self.feel * min(_SPREADS.get(part.program, _PIANO_SPREAD), _WIDEST / (count - 1))
        return [each * (place - (count - 1) / 2.0) for place in range(count)]

    def _moved(self, note: Note, seconds: float) -> Note:
        """A note that starts so much later, and ends where it did."""
        if not seconds:
            return note
        start = note.start + seconds / self._seconds_per_beat(note.start)
        start = max(round(start * _GRID) / _GRID, 0.0)
        return replace(note, start=start, end=max(note.end, start + _LEAST))

    def _velocity(self, note: Note, touch: Fluctuation) -> int:
        phrasing = self.phrasing
        if phrasing.is_moment(note.start):
            return note.velocity
        place = phrasing.place(note.start)
        more = _TOUCH_ARCH * (phrasing.arch(note.start) - 0.5)
        more += _TOUCH_WANDER * touch.at(place) + _TOUCH_OWN * touch.apart(place, note.pitch)
        more += min(max(_HIGHER * (note.pitch - _MIDDLE), -_HIGHEST), _HIGHEST)
        return min(max(round(note.velocity + self.feel * more), 1), 127)

    def _controls(self, part: Part) -> tuple[Control, ...]:
        """The controllers, expression with the arch of the phrase and twice as many points."""
        swell = [one for one in part.controls if one.number == _EXPRESSION]
        if not swell:
            return part.controls
        others = (one for one in part.controls if one.number != _EXPRESSION)
        return tuple(sorted((*others, *self._swelling(swell)), key=attrgetter("beat")))

    def _swelling(self, swell: Sequence[Control]) -> Iterator[Control]:
        last: int | None = None
        for one, after in zip(swell, (*swell[1:], swell[-1]), strict=True):
            between = int((after.beat - one.beat) * 2.0)
            for step in range(max(between, 1)):
                beat = one.beat + step / 2.0
                share = step / 2.0 / (after.beat - one.beat) if between else 0.0
                base = one.value + share * (after.value - one.value)
                arch = _EXPRESSION_ARCH * self.feel * (self.phrasing.arch(beat) - 0.5)
                value = min(max(round(base + arch), 1), 127)
                if value != last:
                    yield Control(beat, _EXPRESSION, value)
                last = value

    def _seconds_per_beat(self, beat: float) -> float:
        return self._tempi[1][max(bisect_right(self._tempi[0], beat) - 1, 0)]

    @cached_property
    def _tempi(self) -> tuple[list[float], list[float]]:
        """Beats from which each tempo counts, and its seconds a beat."""
        points = self.tempo.points
        return [float(point.beat) for point in points], [float(point.seconds_per_beat) for point in points]
