"""A piece as it is played: instruments chosen, a tempo curve laid under it, an excerpt cut, and the labels in seconds.

Everything is drawn from one generator, so a seed gives the same performance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.vocabulary import SILENCE, chord_of, token_of
from hitpoint.core.music.chord import Chord, Quality
from hitpoint.core.music.key import Key
from hitpoint.core.training.listening import textures
from hitpoint.core.training.listening.pieces import Piece, PieceChord, PieceNote

Kind = Literal["piano", "band", "no drums", "waltz", "rubato"]
DRUM_CHANNEL = 9

_PIANOS = (0, 0, 0, 1, 2)
_LEADS = (0, 8, 11, 22, 26, 27, 40, 41, 42, 52, 53, 56, 60, 64, 65, 68, 71, 72, 73, 74, 75, 80, 81, 85)
_KEYS = (0, 1, 2, 3, 4, 5, 6, 7, 11, 12, 15, 16, 17, 18, 19, 21, 24, 25, 26, 27, 45, 46, 48, 108)
_PADS = (48, 49, 50, 51, 52, 54, 61, 63, 88, 89, 90, 91, 94, 95)
_BASSES = (32, 33, 34, 35, 36, 38, 39, 42, 43)

_STRETCH = (0.8, 1.25)
_SLOWEST, _FASTEST = 1.12, 0.3  # seconds a beat: 54 to 200 beats a minute
_JITTER = 0.008  # seconds by which a hand is early or late
_REHARMONISED = 0.12  # share of chart chords that get another quality, so that rare ones are heard
_ROOM_BEFORE = 0.35  # seconds of silence that may come first

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Voice:
    """One part on one channel: what plays, how loud (MIDI controller 7), where (controller 10), and its notes.

    A note is (start seconds, end seconds, pitch, velocity).
    """

    program: int
    is_drums: bool
    volume: int
    pan: int
    notes: tuple[tuple[float, float, int, int], ...]


@dataclass(frozen=True, eq=False)
class Performance:
    """An excerpt to render, with its labels in seconds from its start.

    Attributes:
        name: of the piece.
        kind: what sort of playing.
        voices: at most 15 and a kit.
        beats: (n,) times.
        first_bar: the first beat that begins a bar.
        beats_per_bar: of the metre.
        chord_ends: (m,) ends of the chords.
        chord_tokens: (m,) vocabulary tokens as they sound.
        key: as it sounds, if known.
        seconds: of the whole.
    """

    name: str
    kind: Kind
    voices: tuple[Voice, ...]
    beats: Reals
    first_bar: int
    beats_per_bar: int
    chord_ends: Reals
    chord_tokens: NDArray[np.int64]
    key: Key | None
    seconds: float

    @property
    def downbeats(self) -> Reals:
        """Times of the bar lines."""
        return self.beats[self.first_bar :: self.beats_per_bar]


def perform(piece: Piece, kind: Kind, rng: np.random.Generator, seconds: float = 60.0) -> Performance:
    """Play about so many seconds of a piece, from a beat drawn at random, transposed by -5..6 semitones."""
    if not piece.parts:
        piece = _reharmonised(piece, rng)
        period = _drawn_period(kind, rng)
    else:
        period = float(np.clip(piece.seconds_per_beat * rng.uniform(*_STRETCH), _FASTEST, _SLOWEST))
    if piece.division == 3:
        period = float(np.clip(period, 0.45, _SLOWEST))
    piece = _transposed(piece, int(rng.integers(-5, 7)))
    length = min(piece.beats - 1, round(seconds / period))
    first = int(rng.integers(0, piece.beats - length))
    times = _tempo_curve(length, period, kind, rng)
    voices = tuple(_voice(piece, part, first, times, rng) for part in _scored(piece, kind, rng))
    return _labelled(piece, kind, voices, first, times)


def _drawn_period(kind: Kind, rng: np.random.Generator) -> float:
    """Seconds a beat of a chart: about 98 beats a minute, a waltz about 120, mostly within a quarter of that."""
    middle, slowest, fastest = (120.0, 75.0, 190.0) if kind == "waltz" else (98.0, 60.0, 150.0)
    return float(60.0 / np.clip(middle * np.exp(0.25 * rng.normal()), slowest, fastest))


def _labelled(piece: Piece, kind: Kind, voices: tuple[Voice, ...], first: int, times: Reals) -> Performance:
    """The excerpt's labels."""
    index = np.arange(first, first + len(times), dtype=np.float64)
    inside = [chord for chord in piece.chords if chord.end > first and chord.start < first + len(times) - 1]
    ends = np.interp([chord.end for chord in inside], index, times)
    tokens = np.array([chord.token for chord in inside], dtype=np.int64)
    phase = (piece.first_bar - first) % piece.beats_per_bar
    return Performance(
        piece.name, kind, voices, times, phase, piece.beats_per_bar, ends, tokens, piece.key, float(times[-1]) + 0.5
    )


def _tempo_curve(beats: int, period: float, kind: Kind, rng: np.random.Generator) -> Reals:
    """(beats,) times: nearly even, or breathing by up to a fifth, slower at the ends of phrases."""
    depth = rng.uniform(0.04, 0.09) if kind == "rubato" else rng.choice((0.0, 0.004, 0.015))
    noise = np.zeros(beats)
    for beat in range(1, beats):
        noise[beat] = 0.85 * noise[beat - 1] + rng.normal()
    lengths = period * np.exp(depth * np.clip(noise, -3, 3) * 0.6)
    if kind == "rubato":
        for phrase in range(int(rng.integers(6, 10)), beats, int(rng.choice((8, 16)))):
            lengths[phrase - 1 : phrase + 1] *= rng.uniform(1.05, 1.3)
    start = rng.uniform(0.02, _ROOM_BEFORE)
    return np.asarray(start + np.concatenate([[0.0], np.cumsum(lengths[:-1])]))


@dataclass(frozen=True)
class _Part:
    program: int
    is_drums: bool
    volume: float  # decibels
    notes: tuple[PieceNote, ...]


def _scored(piece: Piece, kind: Kind, rng: np.random.Generator) -> list[_Part]:
    """Who plays what."""
    return _scored_song(piece, kind, rng) if piece.parts else _scored_chart(piece, kind, rng)


def _scored_song(piece: Piece, kind: Kind, rng: np.random.Generator) -> list[_Part]:
    """POP909's own piano, alone or with its melody, and in a band also the bridge, bass, pads and drums."""
    solo = kind in ("piano", "rubato")
    piano = _one_of(_PIANOS if solo else _KEYS, rng)
    parts = [_Part(piano, False, 0.0, piece.parts["PIANO"])]
    if not solo or rng.random() < 0.6:
        lead = piano if solo else _one_of(_LEADS, rng)
        parts.append(_Part(lead, False, rng.uniform(-4, 3), piece.parts["MELODY"]))
    if solo:
        return parts
    if rng.random() < 0.4:
        parts.append(_Part(_one_of(_LEADS, rng), False, rng.uniform(-8, 0), piece.parts["BRIDGE"]))
    return parts + _backing(piece, kind, rng)


def _scored_chart(piece: Piece, kind: Kind, rng: np.random.Generator) -> list[_Part]:
    """One or two accompaniments, a melody, and backing."""
    solo = kind in ("piano", "rubato")
    liked = ("waltz", "waltz", "broken") if kind == "waltz" else textures.PATTERNS
    program = _one_of(_PIANOS if solo else _KEYS + _PADS, rng)
    parts = [_Part(program, False, 0.0, textures.accompaniment(piece, rng, str(rng.choice(liked))))]
    if rng.random() < 0.75:
        parts.append(
            _Part(program if solo else _one_of(_LEADS, rng), False, rng.uniform(-5, 4), textures.melody(piece, rng))
        )
    if solo:
        parts.append(_Part(program, False, 0.0, textures.bass(piece, rng)))
        return parts
    if rng.random() < 0.4:
        pattern = str(rng.choice(textures.PATTERNS))
        parts.append(
            _Part(_one_of(_KEYS + _PADS, rng), False, rng.uniform(-8, 0), textures.accompaniment(piece, rng, pattern))
        )
    return parts + _backing(piece, kind, rng)


def _backing(piece: Piece, kind: Kind, rng: np.random.Generator) -> list[_Part]:
    """Bass, pad and drums, each or not."""
    parts = []
    if rng.random() < 0.75:
        parts.append(_Part(_one_of(_BASSES, rng), False, rng.uniform(-4, 3), textures.bass(piece, rng)))
    if rng.random() < 0.35:
        held = textures.accompaniment(piece, rng, "held")
        parts.append(_Part(_one_of(_PADS, rng), False, rng.uniform(-10, -2), held))
    if kind == "band" or (kind == "waltz" and rng.random() < 0.35):
        kit = _one_of((0, 0, 8, 16, 24, 25, 32, 40), rng)
        parts.append(_Part(kit, True, rng.uniform(-9, 2), textures.drums(piece, rng)))
    return parts


def _voice(piece: Piece, part: _Part, first: int, times: Reals, rng: np.random.Generator) -> Voice:
    """The part's notes in the excerpt, in seconds, a little early or late."""
    index = np.arange(first, first + len(times), dtype=np.float64)
    inside = [note for note in part.notes if first <= note.start < first + len(times) - 1]
    starts = np.interp([note.start for note in inside], index, times) + rng.normal(0, _JITTER, len(inside))
    ends = np.interp([note.end for note in inside], index, times)
    notes = tuple(
        (max(float(start), 0.0), max(float(end), float(start) + 0.04), note.pitch, note.velocity)
        for start, end, note in zip(starts, ends, inside, strict=True)
    )
    volume = round(100 * 10 ** (part.volume / 40))  # controller 7 is squared: 40 log10
    return Voice(part.program, part.is_drums, int(np.clip(volume, 20, 127)), int(rng.integers(34, 94)), notes)


def _transposed(piece: Piece, semitones: int) -> Piece:
    """Everything but drums, so many semitones higher."""
    parts = {
        name: tuple(note._replace(pitch=note.pitch + semitones) for note in notes)
        for name, notes in piece.parts.items()
    }
    chords = tuple(chord._replace(token=_moved(chord.token, semitones)) for chord in piece.chords)
    key = piece.key and Key((piece.key.tonic + semitones) % 12, piece.key.is_minor)
    return replace(piece, parts=parts, chords=chords, key=key)


def _moved(token: int, semitones: int) -> int:
    return token if token == SILENCE else token_of(chord_of(token).transposed(semitones))


def _reharmonised(piece: Piece, rng: np.random.Generator) -> Piece:
    """Some chords with another quality."""
    qualities = tuple(Quality)

    def changed(chord: PieceChord) -> PieceChord:
        """The chord, now and then with another quality on its root; silence stays."""
        if chord.token == SILENCE or rng.random() > _REHARMONISED:
            return chord
        quality = qualities[int(rng.integers(len(qualities)))]
        return chord._replace(token=token_of(Chord(chord_of(chord.token).root, quality)))

    return replace(piece, chords=tuple(changed(chord) for chord in piece.chords))


def _one_of(choices: Sequence[int], rng: np.random.Generator) -> int:
    return choices[int(rng.integers(len(choices)))]
