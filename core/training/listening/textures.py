"""Simple playing of a chord chart: accompaniment, bass, melody and drums, each from a few patterns drawn at random.

They are not meant to be beautiful; they are meant to be many, so that the networks hear chords as blocks, broken,
held, syncopated and as a waltz, with and without a pulse underneath.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hitpoint.core.model.vocabulary import SILENCE, chord_of
from hitpoint.core.training.listening.pieces import Piece, PieceChord, PieceNote

# Accompaniment: (place in the bar in beats, length in beats, which voices); "all" sounds the whole chord.
_Stroke = tuple[float, float, int | None]
_HELD, _ALL = 0.95, None

_SNARE, _SIDE_STICK, _KICK, _CLOSED, _OPEN, _RIDE, _CRASH, _SHAKER, _TOM = 38, 37, 36, 42, 46, 51, 49, 70, 45
_BEATS_OF_PHRASE = 16


def accompaniment(piece: Piece, rng: np.random.Generator, pattern: str) -> tuple[PieceNote, ...]:
    """The chords in one pattern: "held", "beats", "half", "broken", "fast", "waltz", "off" or "strum"."""
    centre = int(rng.integers(52, 68))
    velocity = int(rng.integers(60, 100))
    notes: list[PieceNote] = []
    for chord in piece.chords:
        voices = _voices(chord, centre)
        if voices:
            for start, length, voice in _strokes(piece, chord, pattern, rng):
                sounding = voices if voice is None else (voices[voice % len(voices)] + 12 * (voice // len(voices)),)
                loudness = _accent(piece, start, velocity)
                notes += [PieceNote(start, start + length, pitch, loudness) for pitch in sounding]
    return tuple(notes)


PATTERNS = ("held", "beats", "half", "broken", "fast", "waltz", "off", "strum")


def _strokes(piece: Piece, chord: PieceChord, pattern: str, rng: np.random.Generator) -> list[_Stroke]:
    """Start, length and voice of each stroke while a chord lasts."""
    step = 1.0 / piece.division
    if pattern == "held":
        return [(chord.start, (chord.end - chord.start) * _HELD, _ALL)]
    if pattern in ("broken", "fast"):
        size = step if pattern == "broken" else step / 2
        order = ((0, 1, 2, 3), (0, 2, 1, 2), (0, 1, 2, 1), (2, 1, 0, 1))[int(rng.integers(4))]
        count = round((chord.end - chord.start) / size)
        return [(chord.start + at * size, size * 1.5, order[at % len(order)]) for at in range(count)]
    grid = np.arange(np.ceil(chord.start * piece.division), np.ceil(chord.end * piece.division)) / piece.division
    chosen = [float(at) for at in grid if _sounds(piece, float(at), pattern, rng)]
    if chord.start not in chosen and pattern not in ("off", "waltz"):
        chosen.insert(0, chord.start)
    length = 0.45 * step if pattern == "off" else _HELD * step * (2 if pattern == "half" else 1)
    return [(at, length, _ALL) for at in chosen]


def _sounds(piece: Piece, at: float, pattern: str, rng: np.random.Generator) -> bool:
    """Whether a place of the grid is played."""
    place = (at - piece.first_bar) % piece.beats_per_bar
    on_beat = abs(at - round(at)) < 1e-6
    if pattern == "waltz":
        return on_beat and place > 0.5 if piece.division == 2 else not on_beat
    if pattern == "beats":
        return on_beat
    if pattern == "half":
        return on_beat and round(place) % 2 == 0
    if pattern == "off":
        return not on_beat
    return bool(rng.random() < (0.9 if on_beat else 0.55))


def _voices(chord: PieceChord, centre: int) -> tuple[int, ...]:
    """The chord's pitches, close together around ``centre``; nothing for "N"."""
    if chord.token == SILENCE:
        return ()
    pitches = [centre - 6 + (pitch - centre + 6) % 12 for pitch in chord_of(chord.token).pitch_classes]
    return tuple(sorted(pitches))


def _accent(piece: Piece, at: float, velocity: int) -> int:
    """Louder on the first of a bar, softer between the beats."""
    place = (at - piece.first_bar) % piece.beats_per_bar
    change = 10 if place < 1e-6 else 0 if abs(at - round(at)) < 1e-6 else -12
    return int(np.clip(velocity + change, 20, 120))


def bass(piece: Piece, rng: np.random.Generator) -> tuple[PieceNote, ...]:
    """Roots: once a chord, once a bar with the fifth between, on every beat, or driving between the beats as well."""
    manner = int(rng.integers(4))
    notes = []
    for chord in piece.chords:
        if chord.token == SILENCE:
            continue
        pitches = chord_of(chord.token).pitch_classes
        root, fifth = 36 + pitches[0] - (12 if pitches[0] > 8 else 0), pitches[2] - pitches[0]
        size = (chord.end - chord.start, 2.0, 1.0, 1.0 / piece.division)[manner]
        for number in range(max(1, int(np.ceil((chord.end - chord.start) / size - 1e-6)))):
            start = chord.start + number * size
            lift = fifth % 12 if manner == 1 and number % 2 else 0
            end = min(start + size * 0.9, chord.end)
            notes.append(PieceNote(start, end, root + lift, _accent(piece, start, 88)))
    return tuple(notes)


def melody(piece: Piece, rng: np.random.Generator) -> tuple[PieceNote, ...]:
    """A line of chord tones and steps between them, in phrases with rests."""
    lengths = np.array((0.5, 1.0, 1.5, 2.0, 3.0) if piece.division == 2 else (1 / 3, 2 / 3, 1.0, 2.0, 2.0))
    weights = np.array((0.35, 0.35, 0.1, 0.15, 0.05))
    at, pitch, notes = float(rng.integers(0, 5)), int(rng.integers(67, 79)), list[PieceNote]()
    while at < piece.beats - 1:
        length = float(rng.choice(lengths, p=weights))
        chord = _chord_at(piece.chords, at)
        if chord is not None and chord.token != SILENCE and rng.random() < 0.85:
            pitch = _next_pitch(pitch, chord, rng, strong=abs(at - round(at)) < 1e-6)
            notes.append(PieceNote(at, at + length * 0.92, pitch, int(rng.integers(75, 110))))
        at += length
        if at % _BEATS_OF_PHRASE > _BEATS_OF_PHRASE - 2 and rng.random() < 0.5:
            at = float(np.ceil(at) + rng.integers(0, 3))
    return tuple(notes)


def _next_pitch(pitch: int, chord: PieceChord, rng: np.random.Generator, *, strong: bool) -> int:
    """A chord tone near the last pitch; between the beats any step."""
    moved = int(np.clip(pitch + rng.integers(-4, 5), 58, 86))
    if not strong and rng.random() < 0.5:
        return moved
    tones = chord_of(chord.token).pitch_classes
    return min(range(55, 90), key=lambda tone: (tone % 12 not in tones, abs(tone - moved)))


def _chord_at(chords: Sequence[PieceChord], beat: float) -> PieceChord | None:
    return next((chord for chord in chords if chord.start <= beat < chord.end), None)


def drums(piece: Piece, rng: np.random.Generator) -> tuple[PieceNote, ...]:
    """A kit in one of a few manners, with a fill at the end of some phrases; rests where the chart has no chord."""
    manner = int(rng.integers(5))
    busy = bool(rng.random() < 0.35)
    swing = 2 / 3 if piece.division == 2 and rng.random() < 0.2 else 0.5
    notes: list[PieceNote] = []
    for beat in range(piece.beats):
        place = (beat - piece.first_bar) % piece.beats_per_bar
        notes += _kit_on_beat(beat, place, piece, manner, rng)
        notes += _between(beat, piece, manner, rng, busy=busy, swing=swing)
    return tuple(notes)


def _kit_on_beat(beat: int, place: int, piece: Piece, manner: int, rng: np.random.Generator) -> list[PieceNote]:
    """Kick, snare and cymbal on a beat."""
    half_time = manner == 3
    back = place == 2 if half_time else place % 2 == 1 if piece.beats_per_bar != 3 else place > 0
    kick = place == 0 or manner == 2 or (not back and not half_time and rng.random() < 0.7)
    struck = [(_CLOSED if manner != 4 else _RIDE, 70)]
    if kick:
        struck.append((_KICK, 100))
    if back:
        struck.append((_SNARE if manner != 1 else _SIDE_STICK, 95))
    if place == 0 and beat % _BEATS_OF_PHRASE < piece.beats_per_bar and rng.random() < 0.4:
        struck.append((_CRASH, 95))
    return [_hit(float(beat), drum, velocity, rng) for drum, velocity in struck]


def _between(
    beat: int, piece: Piece, manner: int, rng: np.random.Generator, *, busy: bool, swing: float
) -> list[PieceNote]:
    """Cymbals, ghost notes and fills between the beats."""
    places = (1 / 3, 2 / 3) if piece.division == 3 else (swing,)
    struck = [_hit(beat + place, _OPEN if manner == 2 else _CLOSED, 55, rng) for place in places]
    if busy and piece.division == 2:
        struck += [_hit(beat + place, _SHAKER, 45, rng) for place in (0.25, 0.75)]
    if rng.random() < 0.12:
        struck.append(_hit(beat + places[-1], _KICK, 85, rng))
    if beat % _BEATS_OF_PHRASE == _BEATS_OF_PHRASE - 1 and rng.random() < 0.4:
        struck += [_hit(beat + place, _TOM, 90, rng) for place in (0.25, 0.5, 0.75)]
    return struck


def _hit(at: float, drum: int, velocity: int, rng: np.random.Generator) -> PieceNote:
    return PieceNote(at, at + 0.1, drum, int(np.clip(velocity + rng.integers(-10, 11), 1, 127)))
