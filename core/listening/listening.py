"""The value that listening gives: everything a recording was heard to play, in seconds from its start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from hitpoint.core.listening.chord_tracking import HeardChord
from hitpoint.core.music.key import Key

Band = Literal["low", "mid", "high"]
BANDS: tuple[Band, ...] = ("low", "mid", "high")


@dataclass(frozen=True)
class HeardKey:
    """A key from ``start`` to ``end`` seconds, and 0..1 how sure it is."""

    start: float
    end: float
    key: Key
    confidence: float


@dataclass(frozen=True)
class HeardNote:
    """A note of a line that stands alone: MIDI ``pitch`` from ``start`` to ``end`` seconds, 0..1 how sure it is."""

    start: float
    end: float
    pitch: int
    confidence: float


@dataclass(frozen=True)
class DrumOnset:
    """A stroke at ``time`` seconds: "low" as of a kick, "mid" as of a snare, "high" as of a cymbal; strength 0..1."""

    time: float
    band: Band
    strength: float


@dataclass(frozen=True)
class HeardSection:
    """A stretch of one manner; stretches with the same ``label`` (A, B …) sound alike."""

    start: float
    end: float
    label: str


@dataclass(frozen=True)
class Curves:
    """What changes from second to second, a value each.

    Attributes:
        density: onsets a second.
        loudness: root mean square in decibels below full scale, -80 at the least.
        brightness: the spectrum's centre in hertz; 0 in silence.
        register: the spectrum's centre as a MIDI pitch, of its tones; 0 in silence.
        width: 0 mono .. 1 nothing in common between left and right.
    """

    density: tuple[float, ...] = ()
    loudness: tuple[float, ...] = ()
    brightness: tuple[float, ...] = ()
    register: tuple[float, ...] = ()
    width: tuple[float, ...] = ()


@dataclass(frozen=True)
class Listening:
    """What a recording plays.

    Attributes:
        seconds: its length.
        beats: times, in order.
        downbeats: those that begin a bar.
        beats_per_bar: of most bars.
        compound: whether a beat falls into three (6/8, 12/8) rather than two.
        keys: in order, without gaps; empty where nothing sounds.
        chords: in order, without gaps.
        melody: of a line that stands alone; empty in a mix.
        drums: strokes, in order.
        curves: by the second.
        sections: in order, without gaps.
        beat_confidence: 0..1, the mean activation on the beats.
        bar_confidence: 0..1, how much likelier these bar lines are than shifted ones.
        tempo_doubt: 0 sure .. 1 half or double the tempo explains the beats as well.
    """

    seconds: float
    beats: tuple[float, ...] = ()
    downbeats: tuple[float, ...] = ()
    beats_per_bar: int = 4
    compound: bool = False
    keys: tuple[HeardKey, ...] = ()
    chords: tuple[HeardChord, ...] = ()
    melody: tuple[HeardNote, ...] = ()
    drums: tuple[DrumOnset, ...] = ()
    curves: Curves = field(default_factory=Curves)
    sections: tuple[HeardSection, ...] = ()
    beat_confidence: float = 0.0
    bar_confidence: float = 0.0
    tempo_doubt: float = 0.0

    @property
    def bpm(self) -> float | None:
        """The middle tempo in beats a minute, None with fewer than two beats."""
        lengths = sorted(later - earlier for earlier, later in zip(self.beats, self.beats[1:], strict=False))
        return 60.0 / lengths[len(lengths) // 2] if lengths else None

    @property
    def metre(self) -> str:
        """As it is written: "4/4", "3/4", "6/8", "12/8"."""
        return f"{self.beats_per_bar * 3}/8" if self.compound else f"{self.beats_per_bar}/4"

    @property
    def key(self) -> Key | None:
        """The key that holds for longest, None where nothing sounds."""
        held: dict[Key, float] = {}
        for heard in self.keys:
            held[heard.key] = held.get(heard.key, 0.0) + heard.end - heard.start
        return max(held, key=lambda key: (round(held[key], 3), -key.tonic, not key.is_minor)) if held else None
