"""Chords of the McGill Billboard 2.0 and POP909 corpora, as they are published, in the models' vocabulary and key.

Billboard (Burgoyne, Wild & Fujinaga, ISMIR 2011): ``billboard-2.0.1-lab/NNNN/full.lab`` has a line "start end chord" a
chord, ``billboard-2.0-salami_chords/NNNN/salami_chords.txt`` the tonic, where it changes, and the bars. It does not
tell major from minor; that is decided by which of the two makes the chords likelier under MuVi-Sync's.

POP909 (Wang et al., ISMIR 2020): ``POP909/NNN/chord_midi.txt`` has "start end chord", ``key_audio.txt`` has "start end
key", ``beat_midi.txt`` the beats: "time, first beat of a bar of two, first beat of a bar".

Chords richer than the vocabulary become their seventh or triad, a bass is dropped, and what has no counterpart is "N".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import DatasetError
from hitpoint.core.model.vocabulary import CHORDS, SILENCE, token_of
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.pitch import pitch_class_named
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.data.datasets import Song
from hitpoint.core.training.data.segments import Source, TimedChords, joined, sample_times, sampled

_BILLBOARD_CHORDS = "billboard-2.0.1-lab"
_BILLBOARD_TONICS = "billboard-2.0-salami_chords"
_POP909 = "POP909"

_OVERLAP = 0.01  # seconds that a line may begin before the one above it ends
_FEWEST_CHORDS = 8  # a song of fewer has nothing to teach
_COVERED = ("0743",)  # "One Way or Another": a song of MuVi-Sync's validation split covers it
_NO_CHORD = ("N", "X", "&pause")
_HARTE = re.compile(r"(?P<root>[A-G][#b]*)(?::(?P<kind>[^/]*))?(?:/.*)?")
_FLAT_SEVENTH = re.compile(r"(?P<triad>maj|min)\(([^()]*,)?b7[^()]*\)")
_SEVENTH_OF = {"maj": "7", "min": "min7"}

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class TimedLabel:
    """A line of a chord file: seconds, the end exclusive, and the chord as it is written there."""

    start: float
    end: float
    label: str


@dataclass(frozen=True)
class Tonic:
    """From ``start`` seconds on this pitch class is home; ``is_minor`` is None where the corpus does not say."""

    start: float
    pitch_class: int
    is_minor: bool | None = None


def read_corpora(folder: Path, muvi: Sequence[Song], progress: Progress = SILENT) -> tuple[TimedChords, ...]:
    """All songs of the corpora that the folder holds, Billboard first, less one that would leak into validation.

    Args:
        folder: holds ``billboard-2.0.1-lab`` and ``billboard-2.0-salami_chords``, or ``POP909``, or all three.
        muvi: songs of MuVi-Sync's train split, by whose chords Billboard's modes are decided; without any, POP909's,
            whose keys are told, decide.
        progress: a step a song.

    Raises:
        DatasetError: if neither corpus is there, or a file is not as published; the message names file and line.
    """
    names = [name for name in _entries(folder / _BILLBOARD_CHORDS) if name not in _COVERED]
    billboard = [(name, _BILLBOARD_CHORDS) for name in names]
    entries = billboard + [(name, _POP909) for name in _entries(folder / _POP909)]
    if not entries:
        raise DatasetError(f"{folder}: holds neither {_BILLBOARD_CHORDS} nor {_POP909}; unpack a chord corpus there")
    profiles = mode_profiles(muvi) if muvi else pop909_profiles(folder)
    songs = []
    for done, (name, place) in enumerate(entries):
        progress.step(done / len(entries), f"reading {place} {name}")
        song = read_pop909(folder, name) if place == _POP909 else read_billboard(folder, name, profiles)
        if len(song.segments.tokens) >= _FEWEST_CHORDS:
            songs.append(song)
    return tuple(songs)


def read_billboard(folder: Path, name: str, profiles: Reals) -> TimedChords:
    """One annotation of Billboard; ``profiles`` as :func:`mode_profiles` makes them."""
    labels = _labels(folder / _BILLBOARD_CHORDS / name / "full.lab")
    tonics = _billboard_tonics(folder / _BILLBOARD_TONICS / name / "salami_chords.txt")
    homes = [_at(tonics, label.start).pitch_class for label in labels]
    is_minor = _is_minor(labels, homes, profiles)
    tokens = [token_in_key(line.label, home, is_minor=is_minor) for line, home in zip(labels, homes, strict=True)]
    return _song(name, "billboard", labels, tokens, is_minor=is_minor)


def read_pop909(folder: Path, name: str) -> TimedChords:
    """One song of POP909; every stretch is moved by its own key, the song's mode is that of its first."""
    labels = _labels(folder / _POP909 / name / "chord_midi.txt")
    keys = _pop909_keys(folder / _POP909 / name / "key_audio.txt")
    tokens = []
    for line in labels:
        key = _at(keys, line.start)
        tokens.append(token_in_key(line.label, key.pitch_class, is_minor=bool(key.is_minor)))
    return _song(name, "pop909", labels, tokens, is_minor=bool(keys[0].is_minor))


def read_beats(folder: Path, name: str) -> tuple[Reals, NDArray[np.bool_]]:
    """The beats of a POP909 song: (beats,) seconds, and whether each begins a bar."""
    path = folder / _POP909 / name / "beat_midi.txt"
    rows = []
    for number, words in _lines(path):
        try:
            time, _, first = (float(word) for word in words)
        except ValueError:
            raise DatasetError(
                f"{path}, line {number}: expected 'time, 0 or 1, 0 or 1', found {_said(words)}"
            ) from None
        rows.append((time, first))
    table = np.array(rows)
    return table[:, 0], table[:, 1] > 0


def mode_profiles(songs: Sequence[Song]) -> Reals:
    """(2, 157) logarithms of how often each chord sounds in songs in C major and in A minor.

    Each is counted once more.
    """
    counts = np.ones((2, CHORDS))
    for song in songs:
        np.add.at(counts[int(song.is_minor)], song.chords, 1.0)
    logarithms: Reals = np.log(counts / counts.sum(axis=1, keepdims=True))
    return logarithms


def pop909_profiles(folder: Path) -> Reals:
    """The same of POP909's songs, once a second; all alike where the folder does not hold it.

    Raises:
        DatasetError: if a file is not as published.
    """
    counts = np.ones((2, CHORDS))
    for name in _entries(folder / _POP909):
        song = read_pop909(folder, name)
        np.add.at(counts[int(song.is_minor)], sampled(song, sample_times(song.seconds, 0.0, 1.0)), 1.0)
    logarithms: Reals = np.log(counts / counts.sum(axis=1, keepdims=True))
    return logarithms


@cache
def token_in_key(label: str, tonic: int, *, is_minor: bool) -> int:
    """The token of a Harte label after the tonic has been moved to C, or in minor to A.

    >>> token_in_key("G:min7/b3", 0, is_minor=False) == token_in_key("A:min9", 2, is_minor=False)
    True
    >>> token_in_key("C:maj(b7)", 0, is_minor=False) == token_in_key("C:7", 0, is_minor=False)
    True

    Raises:
        ValueError: if it is no label at all; one without counterpart in the vocabulary is "N".
    """
    if label in _NO_CHORD:
        return SILENCE
    matched = _HARTE.fullmatch(label)
    if matched is None:
        raise ValueError(f"{label!r} is no chord label")
    root, kind = matched["root"], (matched["kind"] or "").strip()
    seventh = _FLAT_SEVENTH.fullmatch(kind)
    if seventh is not None:
        kind = _SEVENTH_OF[seventh["triad"]]
    try:
        chord = parse_chord(f"{root}:{kind}")
    except ValueError:
        return SILENCE
    return token_of(chord.transposed((9 if is_minor else 0) - tonic))


def _song(
    name: str, source: Source, labels: Sequence[TimedLabel], tokens: Sequence[int], *, is_minor: bool
) -> TimedChords:
    """The chords as segments from 0 on."""
    segments = joined([line.start for line in labels], tokens, labels[-1].end)
    return TimedChords(name, source, is_minor, segments, labels[-1].end - labels[0].start)


def _is_minor(labels: Sequence[TimedLabel], homes: Sequence[int], profiles: Reals) -> bool:
    """Whether the chords are likelier in A minor than in C major, each counted by its length."""
    scores = np.zeros(2)
    for line, home in zip(labels, homes, strict=True):
        for mode in (0, 1):
            token = token_in_key(line.label, home, is_minor=bool(mode))
            scores[mode] += (line.end - line.start) * profiles[mode, token]
    return bool(scores[1] > scores[0])


def _at(tonics: Sequence[Tonic], time: float) -> Tonic:
    """The tonic that holds at a time; the first one before its own start."""
    return [tonics[0], *(tonic for tonic in tonics if tonic.start <= time + 1e-3)][-1]


def _labels(path: Path) -> list[TimedLabel]:
    """The lines of a chord file that go forward in time: Billboard 0974 ends in some that go back, as published."""
    found: list[TimedLabel] = []
    for number, words in _lines(path):
        try:
            start, end, label = float(words[0]), float(words[1]), words[2]
            token_in_key(label, 0, is_minor=False)
        except (ValueError, IndexError):
            raise DatasetError(f"{path}, line {number}: expected 'start end CHORD', found {_said(words)}") from None
        if end > start and (not found or start >= found[-1].end - _OVERLAP):
            found.append(TimedLabel(start, end, label))
    if not found:
        raise DatasetError(f"{path}: there are no chords; unpack the corpus again")
    return found


def _billboard_tonics(path: Path) -> list[Tonic]:
    """The tonic at the head and each change of it, which holds from the next line that has a time."""
    tonics: list[Tonic] = []
    pending: int | None = None
    for number, words in _lines(path):
        try:
            if words[:2] == ["#", "tonic:"]:
                pending = pitch_class_named(words[2])
                if not tonics:
                    tonics.append(Tonic(-1.0, pending))
                    pending = None
            elif words[0][0].isdigit() and pending is not None:
                tonics.append(Tonic(float(words[0]), pending))
                pending = None
        except (ValueError, IndexError):
            expected = "'# tonic: NOTE' or a time"
            raise DatasetError(f"{path}, line {number}: expected {expected}, found {_said(words)}") from None
    if not tonics:
        raise DatasetError(f"{path}: there is no '# tonic:' line; unpack the corpus again")
    return tonics


def _pop909_keys(path: Path) -> list[Tonic]:
    keys = []
    for number, words in _lines(path):
        try:
            root, mode = words[2].split(":")
            keys.append(Tonic(float(words[0]), pitch_class_named(root), {"maj": False, "min": True}[mode]))
        except (ValueError, LookupError):
            expected = "'start end KEY', such as Gb:maj"
            raise DatasetError(f"{path}, line {number}: expected {expected}, found {_said(words)}") from None
    if not keys:
        raise DatasetError(f"{path}: there are no keys; unpack the corpus again")
    return keys


def _entries(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def _lines(path: Path) -> list[tuple[int, list[str]]]:
    """The words of each line that has any, with its number from 1."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DatasetError(f"{path}: the file is missing; unpack the corpus again") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: cannot be read as text ({error}); unpack the corpus again") from None
    return [(number, line.split()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]


def _said(words: Sequence[str]) -> str:
    return repr(" ".join(words))[:80]
