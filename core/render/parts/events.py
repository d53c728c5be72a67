"""A part as timed events: what sounds from which sample to which, and where its controllers move.

Times are samples at 48 kHz from the start of the cue. A pitch struck again ends the note before it, as on a keyboard
and as MIDI has it, and the sustain pedal (controller 64) holds what is let go while it is down.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from hitpoint.core.music.score import Note, Part
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.timebase import SAMPLE_RATE

SUSTAIN = 64


@dataclass(frozen=True)
class TimedNote:
    """A note from sample ``start`` until it is let go at ``end``, both counted from the start of the cue."""

    start: int
    end: int
    pitch: int
    velocity: int


@dataclass(frozen=True)
class TimedControl:
    """A controller change at a sample."""

    at: int
    number: int
    value: int


@dataclass(frozen=True)
class TimedBend:
    """Notes are bent by ``semitones`` from sample ``at`` on."""

    at: int
    semitones: float


class SampleClock:
    """Beats to samples, quickly: the seconds of each tempo point are summed once, and each beat is worked out once."""

    def __init__(self, tempo: TempoMap) -> None:
        self._tempo = tempo
        self._known: dict[Fraction | float, int] = {}
        self._beats = [point.beat for point in tempo.points]
        self._seconds = [tempo.seconds_at(beat) for beat in self._beats]

    def sample_at(self, beat: Fraction | float) -> int:
        """The sample nearest to a beat."""
        found = self._known.get(beat)
        if found is None:
            found = self._known[beat] = self._nearest(beat)
        return found

    def _nearest(self, beat: Fraction | float) -> int:
        exact = Fraction(beat)
        index = max(bisect_right(self._beats, exact) - 1, 0)
        point = self._tempo.points[index]
        seconds = self._seconds[index] + (exact - point.beat) * point.seconds_per_beat
        return round(seconds * SAMPLE_RATE)


@lru_cache(maxsize=8)
def clock_of(tempo: TempoMap) -> SampleClock:
    """The clock of a tempo map; all parts of a score share it, and so do those of the score after a change."""
    return SampleClock(tempo)


def without_overlap(notes: tuple[Note, ...]) -> tuple[Note, ...]:
    """The notes in order, each ended at the latest where its own pitch is struck again.

    Of two struck at once, the last.
    """
    ordered = sorted(notes, key=lambda note: (note.start, note.pitch))
    kept: list[Note] = []
    latest: dict[int, int] = {}
    for note in ordered:
        before = latest.get(note.pitch)
        if before is not None and kept[before].start == note.start:
            longer = max(kept[before], note, key=lambda one: one.end)
            kept[before] = Note(note.start, longer.end, note.pitch, max(kept[before].velocity, note.velocity))
            continue
        if before is not None and kept[before].end > note.start:
            kept[before] = Note(kept[before].start, note.start, note.pitch, kept[before].velocity)
        latest[note.pitch] = len(kept)
        kept.append(note)
    return tuple(kept)


def timed_controls(part: Part, tempo: TempoMap) -> tuple[TimedControl, ...]:
    """The part's controller changes in order of time."""
    clock = clock_of(tempo)
    found = [TimedControl(clock.sample_at(one.beat), one.number, one.value) for one in part.controls]
    return tuple(sorted(found, key=lambda one: one.at))


def timed_bends(part: Part, tempo: TempoMap) -> tuple[TimedBend, ...]:
    """The part's bends in order of time; of those at one sample, the last."""
    clock = clock_of(tempo)
    found = {clock.sample_at(one.beat): one.semitones for one in sorted(part.bends, key=lambda one: one.beat)}
    return tuple(TimedBend(at, semitones) for at, semitones in found.items())


def bends_within(bends: tuple[TimedBend, ...], start: int, stop: int) -> tuple[TimedBend, ...]:
    """The bends that a note hears from sample ``start`` to ``stop``, counted from its start.

    None if it is never bent.
    """
    before, after = (bisect_left(bends, at, key=lambda one: one.at) for at in (start + 1, stop))
    standing = bends[before - 1].semitones if before else 0.0
    found = [TimedBend(0, standing)]
    for one in bends[before:after]:
        if one.semitones != found[-1].semitones:
            found.append(TimedBend(one.at - start, one.semitones))
    return tuple(found) if len(found) > 1 or standing else ()


def timed_notes(part: Part, tempo: TempoMap, samples: int) -> tuple[TimedNote, ...]:
    """The part's notes that start before ``samples``, in order, as fingers play them (the pedal not counted)."""
    clock = clock_of(tempo)
    found = []
    for note in without_overlap(part.notes):
        start = clock.sample_at(note.start)
        if start < samples:
            found.append(TimedNote(start, max(clock.sample_at(note.end), start + 1), note.pitch, note.velocity))
    return tuple(found)


def pedalled(notes: tuple[TimedNote, ...], controls: tuple[TimedControl, ...], samples: int) -> tuple[TimedNote, ...]:
    """The notes as they sound: held by the pedal until it is lifted or their pitch is struck again."""
    spans = _pedal_spans(controls, samples)
    if not spans:
        return notes
    downs = [down for down, _ in spans]
    following: dict[int, int] = {}
    sounding: list[TimedNote] = []
    for note in reversed(notes):
        lifted = spans[max(bisect_right(downs, note.end) - 1, 0)]
        end = lifted[1] if lifted[0] <= note.end < lifted[1] else note.end
        end = min(end, max(following.get(note.pitch, end), note.end))
        following[note.pitch] = note.start
        sounding.append(TimedNote(note.start, end, note.pitch, note.velocity))
    return tuple(reversed(sounding))


def _pedal_spans(controls: tuple[TimedControl, ...], samples: int) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    down: int | None = None
    for control in controls:
        if control.number != SUSTAIN:
            continue
        if control.value >= 64 and down is None:
            down = control.at
        elif control.value < 64 and down is not None:
            spans.append((down, control.at))
            down = None
    if down is not None:
        spans.append((down, max(samples, down + 1)))
    return spans
