"""Pieces to render: notes, chords, beats and bars in one exact coordinate, the beat.

POP909's notes and chords are placed on its own beat grid by interpolation, so that a piece can be played at any tempo
and every label moves with it. Its bar lines are not taken from ``beat_midi.txt``, whose flags are wrong in many songs,
but from ``pop909_structure`` (Dai, Zhang & Dannenberg, 2020), where people mended them: the quantised melody there is
laid over the MIDI melody at every offset, and the best one tells which beat begins a bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import mido
import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import DatasetError
from hitpoint.core.model.vocabulary import SILENCE
from hitpoint.core.music.key import Key
from hitpoint.core.music.pitch import pitch_class_named
from hitpoint.core.training.data.corpora import token_in_key

_PARTS = ("MELODY", "BRIDGE", "PIANO")
_SIXTEENTHS = 4  # of a beat
_OFFSETS = range(-64, 400)  # sixteenths by which the structure may lie behind the MIDI file
_AGREEMENT = 0.8  # share of melody notes that must agree before bar lines are believed
_CHORD_GRID = 4.0  # chord changes are put on quarters of a beat

Reals = NDArray[np.float64]


class PieceNote(NamedTuple):
    """A note of a piece: ``start`` and ``end`` in beats, MIDI ``pitch``, ``velocity`` 1..127."""

    start: float
    end: float
    pitch: int
    velocity: int


class PieceChord(NamedTuple):
    """A chord of a piece: ``start`` and ``end`` in beats, a vocabulary token in the sounding key."""

    start: float
    end: float
    token: int


@dataclass(frozen=True)
class Piece:
    """Music with exact labels.

    Attributes:
        name: corpus and number, such as "pop909/001".
        parts: notes by part: MELODY, BRIDGE and PIANO for POP909; none for a chart of chords.
        chords: in order, without gaps.
        beats: how many beats it lasts.
        beats_per_bar: of its metre, in the beats that are labelled (2 in 6/8).
        first_bar: a beat that begins a bar: 0..beats_per_bar - 1.
        seconds_per_beat: at its own tempo.
        key: the sounding key, None where it is not known or changes.
        division: into how many parts a beat falls: 2, or 3 in a compound metre.
    """

    name: str
    parts: Mapping[str, tuple[PieceNote, ...]]
    chords: tuple[PieceChord, ...]
    beats: int
    beats_per_bar: int
    first_bar: int
    seconds_per_beat: float
    key: Key | None = None
    division: int = 2


def pop909_names(corpora: Path) -> tuple[str, ...]:
    """The numbers of the songs whose structure is there too."""
    folder = corpora / "pop909_structure" / "POP909"
    if not folder.is_dir():
        raise DatasetError(f"{folder}: the structure of POP909 is missing; unpack pop909_structure there")
    return tuple(sorted(path.name for path in folder.iterdir() if (corpora / "POP909" / path.name).is_dir()))


def read_pop909_piece(corpora: Path, name: str) -> Piece | None:
    """A song of POP909, or None if its bar lines cannot be told."""
    folder = corpora / "POP909" / name
    times = np.loadtxt(folder / "beat_midi.txt", ndmin=2)[:, 0]
    parts = {part: _on_beats(notes, times) for part, notes in _midi_notes(folder / f"{name}.mid").items()}
    phase = _bar_phase(parts["MELODY"], corpora / "pop909_structure" / "POP909" / name / "melody.txt")
    if phase is None or len(times) < 32:
        return None
    period = float(np.median(np.diff(times)))
    chords = _chords(folder / "chord_midi.txt", times)
    return Piece(f"pop909/{name}", parts, chords, len(times), 4, phase, period, _key(folder / "key_audio.txt"))


def _midi_notes(path: Path) -> dict[str, list[tuple[float, float, int, int]]]:
    """Start and end in seconds, pitch and velocity of each note, by track."""
    midi = mido.MidiFile(path)
    found: dict[str, list[tuple[float, float, int, int]]] = {part: [] for part in _PARTS}
    for track in midi.tracks[1:]:
        if track.name in found:
            single = mido.MidiFile(ticks_per_beat=midi.ticks_per_beat)
            single.tracks.extend([midi.tracks[0], track])
            found[track.name] = _paired(single)
    return found


def _paired(midi: Iterable[mido.Message]) -> list[tuple[float, float, int, int]]:
    """Note-ons with their note-offs; iterating over a file gives seconds."""
    now, sounding = 0.0, dict[int, tuple[float, int]]()
    notes = []
    for message in midi:
        now += message.time
        if message.type not in ("note_on", "note_off"):
            continue
        if message.note in sounding:
            start, velocity = sounding.pop(message.note)
            notes.append((start, now, message.note, velocity))
        if message.type == "note_on" and message.velocity > 0:
            sounding[message.note] = (now, message.velocity)
    return notes


def _on_beats(notes: Sequence[tuple[float, float, int, int]], times: Reals) -> tuple[PieceNote, ...]:
    """The notes in beats; what lies outside the beats is left out."""
    index = np.arange(len(times), dtype=np.float64)
    inside = [note for note in notes if times[0] - 0.05 <= note[0] < times[-1]]
    starts = np.interp([note[0] for note in inside], times, index)
    ends = np.interp([note[1] for note in inside], times, index)
    return tuple(
        PieceNote(float(start), max(float(end), float(start) + 0.05), note[2], note[3])
        for start, end, note in zip(starts, ends, inside, strict=True)
    )


def _bar_phase(melody: Sequence[PieceNote], structure: Path) -> int | None:
    """Which beat of four begins a bar, from where the quantised melody fits the played one."""
    wanted = _quantised_melody(structure)
    played: dict[int, set[int]] = {}
    for note in melody:
        played.setdefault(round(note.start * _SIXTEENTHS), set()).add(note.pitch % 12)
    if not wanted or not played:
        return None
    agreed = [sum(pitch % 12 in played.get(at + offset, ()) for at, pitch in wanted) for offset in _OFFSETS]
    best = int(np.argmax(agreed))
    offset = _OFFSETS[best]
    if agreed[best] < _AGREEMENT * len(wanted) or offset % _SIXTEENTHS:
        return None
    return (offset // _SIXTEENTHS) % 4


def _quantised_melody(path: Path) -> list[tuple[int, int]]:
    """Sixteenth and pitch of each note; a line is "pitch length", pitch 0 a rest."""
    at, notes = 0, []
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if len(words) == 2:
            if words[0] != "0":
                notes.append((at, int(words[0])))
            at += int(words[1])
    return notes


def _chords(path: Path, times: Reals) -> tuple[PieceChord, ...]:
    """The chords in beats, in order and without gaps."""
    lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    starts = np.interp([float(line[0]) for line in lines], times, np.arange(len(times), dtype=np.float64))
    grid = np.round(starts * _CHORD_GRID) / _CHORD_GRID
    tokens = [token_in_key(line[2], 0, is_minor=False) for line in lines]
    return without_gaps(list(zip(grid.tolist(), tokens, strict=True)), float(len(times)))


def without_gaps(starts: Sequence[tuple[float, int]], end: float) -> tuple[PieceChord, ...]:
    """Chords from where each begins; neighbours that are alike become one, and beat 0 is covered."""
    merged: list[tuple[float, int]] = [] if starts and starts[0][0] <= 0 else [(0.0, SILENCE)]
    for start, token in starts:
        if merged and start <= merged[-1][0]:
            merged[-1] = (merged[-1][0], token)
        elif not merged or merged[-1][1] != token:
            merged.append((start, token))
    ends = [start for start, _ in merged[1:]] + [end]
    return tuple(PieceChord(start, to, token) for (start, token), to in zip(merged, ends, strict=True) if to > start)


def _key(path: Path) -> Key | None:
    """The key of the song, None if it changes."""
    names = {line.split()[2] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()}
    if len(names) != 1:
        return None
    root, mode = names.pop().split(":")
    return Key(pitch_class_named(root), mode == "min")
