"""Mines POP909's piano tracks into chains of four bars: how people accompany, without what they accompanied.

::

    python -m hitpoint.core.training.data.piano_textures POP909 resources/textures/piano.npz

A note keeps its sixteenth, length, loudness beside its chain's, hand, and which chord tone it was, with its height
above the hand's
reference. Pitches, key, tempo and melody are left behind, of the chords there is a fingerprint, so that the arranger
never lays a chain
on the progression it was played on: nothing of a song's tune or harmony can come back. At most two
chains a song of each metre are kept; they are picked for variety of rhythm at every density. The same songs give the
same bytes.

POP909 (Wang et al., ISMIR 2020; MIT) has 4/4 songs and a few in three; of the latter, bars of three beats serve 3/4,
and pairs of
them at double speed 6/8. Its downbeats are wrong in part: bar lines are put where chords change and basses are struck
most.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import mido
import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.chord import Chord, parse_chord
from hitpoint.core.music.progression_print import progression_print

CHAIN_BARS = 4
METRES = ("4/4", "3/4", "6/8")
BASS, ROOT, THIRD, FIFTH, SEVENTH, OTHER = range(6)
LOW_HAND_BELOW = 55  # MIDI pitch: G3
MOST_CHAINS_A_SONG = 2

_MOST_OFF_GRID = 0.05  # share of onsets farther than this from their sixteenth
_OFF_GRID = 0.2  # of a sixteenth
_MOST_OTHER = 0.2  # share of tones outside the chord
_VELOCITY_SD = (4.0, 18.0)  # inside a bar, mean over a chain
_MOST_AT_ONCE = 7
_QUOTAS = {"4/4": (60, 130, 150, 150, 100, 50), "3/4": (3, 8, 9, 8, 4, 2), "6/8": (3, 8, 9, 8, 4, 2)}
_DENSITY_EDGES = (1.5, 2.5, 3.5, 4.5, 6.0)  # notes a beat between the quotas
_DENSEST = 9.0

Row = tuple[int, int, int, int, int]  # sixteenth of its bar, length in sixteenths, hand and function, height, velocity


@dataclass(frozen=True)
class Chain:
    """Four bars of one song.

    Attributes:
        song: its number.
        metre: index into :data:`METRES`.
        bars: the notes of each, in order of time, then hand, then height.
        harmony: fingerprint of the chords it was played on, so that it is never laid on these.
    """

    song: int
    metre: int
    bars: tuple[tuple[Row, ...], ...]
    harmony: int = 0

    @property
    def notes(self) -> int:
        """How many notes it has."""
        return sum(map(len, self.bars))

    @property
    def beats(self) -> int:
        """How many quarter notes it lasts."""
        return CHAIN_BARS * (4 if self.metre == 0 else 3)

    @property
    def rhythm(self) -> frozenset[tuple[int, int]]:
        """Bars and sixteenths at which anything is struck."""
        return frozenset((bar, row[0]) for bar, rows in enumerate(self.bars) for row in rows)


@dataclass(frozen=True, eq=False)
class _Song:
    """A song on a grid: (n,) sixteenths, lengths, pitches and velocities of its piano; a chord each sixteenth."""

    number: int
    sixteenths: NDArray[np.int64]
    lengths: NDArray[np.int64]
    pitches: NDArray[np.int64]
    velocities: NDArray[np.int64]
    chords: tuple[Chord | None, ...]
    beats_per_bar: int
    first: int  # sixteenth of the first bar line


def chains_of(folder: Path) -> list[Chain]:
    """The chains kept of all songs in a folder with POP909's layout."""
    candidates: list[Chain] = []
    for place in sorted(folder.iterdir()):
        song = _song(place) if place.is_dir() else None
        if song is not None:
            candidates.extend(_candidates(song))
    kept = [_picked([one for one in candidates if METRES[one.metre] == name], _QUOTAS[name]) for name in METRES]
    return [chain for one in kept for chain in sorted(one, key=lambda chain: (chain.notes, chain.song, chain.bars))]


def write_bank(chains: Sequence[Chain], path: Path) -> None:
    """Write chains where :mod:`hitpoint.core.arrange.textures.texture_bank` reads them.

    The same chains give the same bytes.
    """
    bars = [bar for chain in chains for bar in chain.bars]
    rows = np.array([row for bar in bars for row in bar], dtype=np.int8)
    with path.open("wb") as file:
        np.savez_compressed(
            file,
            song=np.array([chain.song for chain in chains], dtype=np.uint16),
            metre=np.array([chain.metre for chain in chains], dtype=np.uint8),
            harmony=np.array([chain.harmony for chain in chains], dtype=np.uint32),
            sizes=np.array([len(bar) for bar in bars], dtype=np.uint8),
            slot=rows[:, 0],
            length=rows[:, 1],
            voice=rows[:, 2],
            height=rows[:, 3],
            velocity=rows[:, 4],
        )


def _song(folder: Path) -> _Song | None:
    """A song, or None where its beats or its notes do not lie on a steady grid."""
    beats = np.loadtxt(folder / "beat_midi.txt")[:, 0]
    notes = _piano(folder / f"{folder.name}.mid")
    period = _period(folder)
    if len(beats) < 60 or len(notes) < 100 or not period:
        return None
    starts, ends = (np.interp(notes[:, at], beats, np.arange(len(beats))) * 4 for at in (0, 1))
    inside = (notes[:, 0] > beats[0]) & (notes[:, 0] < beats[-2])
    starts, ends, notes = starts[inside], ends[inside], notes[inside]
    slots = np.rint(starts).astype(np.int64)
    if np.mean(np.abs(starts - slots) > _OFF_GRID) > _MOST_OFF_GRID:
        return None
    lengths = np.maximum(np.rint(ends - starts).astype(np.int64), 1)
    chords = _chords(folder / "chord_midi.txt", beats)
    pitches, velocities = notes[:, 2].astype(np.int64), notes[:, 3].astype(np.int64)
    beats_per_bar = 3 if period == 6 else 4
    first = 4 * _downbeat(slots, pitches, chords, beats_per_bar)
    return _Song(int(folder.name), slots, lengths, pitches, velocities, chords, beats_per_bar, first)


def _piano(path: Path) -> NDArray[np.float64]:
    """(n, 4) start and end in seconds, pitch and velocity of the track PIANO."""
    midi = mido.MidiFile(path)
    clock = _Clock(midi)
    found: list[tuple[float, float, int, int]] = []
    for track in (one for one in midi.tracks if one.name.strip() == "PIANO"):
        tick = 0
        sounding: dict[int, tuple[int, int]] = {}
        for message in track:
            tick += message.time
            if message.type not in ("note_on", "note_off"):
                continue
            if message.note in sounding:
                start, velocity = sounding.pop(message.note)
                found.append((clock.seconds(start), clock.seconds(tick), message.note, velocity))
            if message.type == "note_on" and message.velocity:
                sounding[message.note] = (tick, message.velocity)
    return np.array(sorted(found), dtype=np.float64).reshape(-1, 4)


class _Clock:
    """Ticks into seconds."""

    def __init__(self, midi: mido.MidiFile) -> None:
        changes, tick = [(0, 500_000)], 0
        for message in mido.merge_tracks(midi.tracks):
            tick += message.time
            if message.type == "set_tempo":
                changes.append((tick, message.tempo))
        at = np.array([tick for tick, _ in changes], dtype=np.float64)
        self._rates = np.array([tempo for _, tempo in changes]) / 1e6 / midi.ticks_per_beat
        self._ticks, self._seconds = at, np.concatenate([[0.0], np.cumsum(np.diff(at) * self._rates[:-1])])

    def seconds(self, tick: float) -> float:
        """Seconds of a MIDI tick."""
        place = int(np.searchsorted(self._ticks, tick, side="right")) - 1
        return float(self._seconds[place] + (tick - self._ticks[place]) * self._rates[place])


def _period(folder: Path) -> int:
    """Beats from one downbeat to the next: 4, or 6 for songs in three; 0 where they are not steady."""
    downbeats = np.flatnonzero(np.loadtxt(folder / "beat_midi.txt")[:, 2] == 1)
    if len(downbeats) < 8:
        return 0
    period, count = Counter(np.diff(downbeats).tolist()).most_common(1)[0]
    return int(period) if period in (4, 6) and count >= 0.85 * (len(downbeats) - 1) else 0


def _chords(path: Path, beats: NDArray[np.float64]) -> tuple[Chord | None, ...]:
    """The chord at each sixteenth; None where there is none."""
    found: list[Chord | None] = [None] * (4 * len(beats))
    for line in path.read_text().splitlines():
        start, end, symbol = line.split("\t")
        first, last = (round(4 * float(np.interp(float(time), beats, np.arange(len(beats))))) for time in (start, end))
        chord = parse_chord(symbol)
        found[first:last] = [None if chord.is_silent else chord] * (last - first)
    return tuple(found[: 4 * len(beats)])


def _downbeat(
    slots: NDArray[np.int64], pitches: NDArray[np.int64], chords: Sequence[Chord | None], beats_per_bar: int
) -> int:
    """The beat of a bar's period that is its first: where chords change most, and basses are struck most."""
    votes = np.zeros(beats_per_bar)
    for slot in range(4, len(chords), 4):
        votes[slot // 4 % beats_per_bar] += 2.0 * (chords[slot] != chords[slot - 1])
    low = slots[pitches < LOW_HAND_BELOW - 7]
    votes += np.bincount(low[low % 4 == 0] // 4 % beats_per_bar, minlength=beats_per_bar)
    return int(votes.argmax())


def _candidates(song: _Song) -> Iterator[Chain]:
    """The chains of a song that can be used, from every fourth bar."""
    if song.beats_per_bar == 4:
        yield from _cut(song, 0, 16, 1)
    else:
        yield from _cut(song, 1, 12, 1)
        yield from _cut(song, 2, 24, 2)


def _cut(song: _Song, metre: int, size: int, speed: int) -> Iterator[Chain]:
    """Chains of four bars of so many sixteenths of the song; at double speed nothing lies between sixteenths."""
    last = int(song.sixteenths[-1]) if len(song.sixteenths) else 0
    for start in range(song.first, last - CHAIN_BARS * size, CHAIN_BARS * size):
        chosen = (song.sixteenths >= start) & (song.sixteenths < start + CHAIN_BARS * size)
        if chosen.any() and (speed == 1 or not (song.sixteenths[chosen] % speed).any()):
            chain = _chain(song, chosen, start, metre, size, speed)
            if chain is not None:
                yield chain


def _chain(song: _Song, chosen: NDArray[np.bool_], start: int, metre: int, size: int, speed: int) -> Chain | None:
    places = np.flatnonzero(chosen)
    pitches, velocities = song.pitches[places], song.velocities[places]
    high = pitches[pitches >= LOW_HAND_BELOW]
    centre = int(np.median(high)) if len(high) else 0
    mean = round(float(velocities.mean()))
    bars: list[list[Row]] = [[] for _ in range(CHAIN_BARS)]
    for place, pitch, velocity in zip(places.tolist(), pitches.tolist(), velocities.tolist(), strict=True):
        slot = int(song.sixteenths[place])
        bar, within = divmod(slot - start, size)
        chord = song.chords[slot] if slot < len(song.chords) else None
        is_low = pitch < LOW_HAND_BELOW
        height = pitch - (_bass_at(song, slot, size) if is_low else centre)
        function = BASS if is_low and height == 0 else _function(pitch, chord)
        length = min(max(int(song.lengths[place]) // speed, 1), size // speed)
        bars[bar].append((within // speed, length, 8 * (not is_low) + function, height, velocity - mean))
    ordered = tuple(tuple(sorted(set(rows), key=lambda row: (row[0], row[2] // 8, row[3]))) for rows in bars)
    halves = [song.chords[slot] for slot in range(start, start + CHAIN_BARS * size, size // 2)]
    chain = Chain(song.number, metre, ordered, progression_print(halves))
    beats = [song.chords[slot] for slot in range(start, start + CHAIN_BARS * size, 4)]
    return chain if _is_usable(chain, beats) else None


def _bass_at(song: _Song, slot: int, size: int) -> int:
    """The lowest pitch struck while the same chord lasts in the same bar."""
    first = slot - (slot - song.first) % size
    chord = song.chords[slot] if slot < len(song.chords) else None
    near = [at for at in range(first, first + size) if at < len(song.chords) and song.chords[at] == chord]
    chosen = (song.sixteenths >= (near[0] if near else first)) & (
        song.sixteenths <= (near[-1] if near else first + size - 1)
    )
    return int(song.pitches[chosen].min())


def _function(pitch: int, chord: Chord | None) -> int:
    if chord is None or pitch % 12 not in chord.pitch_classes:
        return OTHER
    return (ROOT, THIRD, FIFTH, SEVENTH)[chord.pitch_classes.index(pitch % 12)]


def _is_usable(chain: Chain, chords: Sequence[Chord | None]) -> bool:
    rows = [row for bar in chain.bars for row in bar]
    if not all(chain.bars) or sum(chord is None for chord in chords) > len(chords) // 8:
        return False
    at_once = Counter((bar, row[0]) for bar, rows in enumerate(chain.bars) for row in rows)
    spreads = [float(np.std([row[4] for row in bar])) for bar in chain.bars if len(bar) > 2]
    is_wide = any(not -30 <= row[3] <= 30 for row in rows)
    return (
        not is_wide
        and len(rows) <= _DENSEST * chain.beats
        and max(at_once.values()) <= _MOST_AT_ONCE
        and sum(row[2] % 8 == OTHER for row in rows) <= _MOST_OTHER * len(rows)
        and _VELOCITY_SD[0] <= (float(np.mean(spreads)) if spreads else _VELOCITY_SD[0]) <= _VELOCITY_SD[1]
        and any(row[0] == 0 for row in chain.bars[0])
    )


def _picked(candidates: Sequence[Chain], quotas: Sequence[int]) -> list[Chain]:
    """Chains for each density, each the least like those picked before it."""
    songs: Counter[int] = Counter()
    picked: list[Chain] = []
    for band, quota in enumerate(quotas):
        own = [one for one in candidates if sum(one.notes / one.beats > edge for edge in _DENSITY_EDGES) == band]
        nearest = np.ones(len(own))
        for _ in range(quota):
            free = [
                place for place, one in enumerate(own) if songs[one.song] < MOST_CHAINS_A_SONG and nearest[place] > 0
            ]
            if not free:
                break
            best = max(free, key=lambda place: (round(float(nearest[place]), 6), -own[place].song, -place))
            picked.append(own[best])
            songs[own[best].song] += 1
            nearest = np.minimum(nearest, [_distance(own[best], one) for one in own])
    return picked


def _distance(one: Chain, other: Chain) -> float:
    """How unlike two chains' rhythms are: 0 for the same, 1 for nothing in common."""
    return 1.0 - len(one.rhythm & other.rhythm) / max(len(one.rhythm | other.rhythm), 1)


if __name__ == "__main__":
    write_bank(chains_of(Path(sys.argv[1])), Path(sys.argv[2]))
