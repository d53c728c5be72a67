"""A score: parts with notes, all times in beats from the start of the cue."""

from __future__ import annotations

from dataclasses import dataclass

from hitpoint.core.music.metre import Metre
from hitpoint.core.music.tempo import TempoMap

DRUM_CHANNEL = 9  # MIDI channel 10, counted from 0
BEND_RANGE = 2.0  # semitones either way, where General MIDI starts and nobody needs to be told


@dataclass(frozen=True)
class Note:
    """One note: beats from the start of the cue, end exclusive; MIDI pitch 0..127, velocity 1..127."""

    start: float
    end: float
    pitch: int
    velocity: int

    def __post_init__(self) -> None:
        if not self.end > self.start >= 0:
            raise ValueError(f"a note lasts from {self.start} to {self.end}")
        if not (0 <= self.pitch <= 127 and 1 <= self.velocity <= 127):
            raise ValueError(f"pitch {self.pitch} or velocity {self.velocity} is outside MIDI")


@dataclass(frozen=True)
class Control:
    """A MIDI controller change: ``number`` 0..127 (64 sustain, 11 expression ...), ``value`` 0..127."""

    beat: float
    number: int
    value: int


@dataclass(frozen=True)
class Bend:
    """All of a part's notes bent from a beat on, until its next bend: ``semitones`` -2..2, 0 as written."""

    beat: float
    semitones: float

    def __post_init__(self) -> None:
        if not (self.beat >= 0 and abs(self.semitones) <= BEND_RANGE):
            raise ValueError(f"a bend of {self.semitones} semitones at beat {self.beat}: only -2..2 from beat 0 on")


@dataclass(frozen=True)
class Part:
    """One player.

    Attributes:
        name: of the stem and the MIDI track, such as "Piano".
        program: General MIDI program 0..127.
        channel: MIDI channel 0..15, its own for each part of a score.
        notes: in order of start, then pitch.
        controls: in order of time.
        gain_decibels: of its stem in the mix.
        pan: -1 left .. 1 right.
        bends: in order of time; a glide is many small ones.
        role: what it is for: "lead", "harmony", "bass", "pad" or "percussion"; empty where nobody says.
        bank: of the font, 0..127; a player without it falls back on the program.
        style: the ensemble that it belongs to; empty for the cue's own.
    """

    name: str
    program: int
    channel: int
    notes: tuple[Note, ...]
    controls: tuple[Control, ...] = ()
    gain_decibels: float = 0.0
    pan: float = 0.0
    bends: tuple[Bend, ...] = ()
    role: str = ""
    bank: int = 0
    style: str = ""


@dataclass(frozen=True)
class ScoreMarker:
    """A word at a beat: a section's name, a hit, a chord symbol."""

    beat: float
    text: str


@dataclass(frozen=True)
class Score:
    """All that is played, and when.

    Attributes:
        parts: each with its own channel.
        tempo: where the beats lie.
        key_name: for MIDI's key signature, mido's spelling ("Am", "Eb").
        markers: sections, in order.
        chords: chord symbols, in order.
        metres: the beat from which each metre counts, in order, the first at 0; empty where the tempo map says all.
        keys: the beat from which each further key counts, in order, spelt as ``key_name`` is.
    """

    parts: tuple[Part, ...]
    tempo: TempoMap
    key_name: str = "C"
    markers: tuple[ScoreMarker, ...] = ()
    chords: tuple[ScoreMarker, ...] = ()
    metres: tuple[tuple[float, Metre], ...] = ()
    keys: tuple[tuple[float, str], ...] = ()
