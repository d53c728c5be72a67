"""POP909's melodies with people's phrases: the hierarchical-structure annotation of Dai, Zhang and Dannenberg (2020).

``pop909_structure/POP909/NNN/`` holds ``melody.txt`` ("pitch sixteenths" a line, pitch 0 for a rest),
``finalized_chord.txt`` ("symbol [pitch classes] bass beats"), ``human_label1.txt`` (``i4A8B8…``: names of phrases with
their bars) and ``analyzed_key.txt``. Barlines are mended there, all is in 4/4.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import DatasetError
from hitpoint.core.melody.line import BAR, HOME, PITCHES, SCALE, UNTOLD, Ground, Line, density_class
from hitpoint.core.melody.memory import home_octave
from hitpoint.core.music.pitch import pitch_class_named

_FOLDER = Path("pop909_structure") / "POP909"
_CHORD = re.compile(r"(?P<symbol>\S+) \[(?P<tones>[^\]]*)\] *(?P<bass>-?\d*) +(?P<beats>\d+)")
_PHRASE = re.compile(r"([A-Za-z])(\d+)")
_FEWEST_BARS = 30
_FEWEST_NOTES = 80
_LEAST_IN_KEY = 0.95  # of the notes; where fewer are, the key is wrong
_MOST_BARS_APART = 2  # by which chords and phrases may differ in length
_SAME_TUNE = 0.25  # of the runs of notes of a song; songs that share more are one


@dataclass(frozen=True, eq=False)
class MelodySong:
    """A song: its number in the corpus, and its melody."""

    name: str
    line: Line


def read_songs(folder: Path) -> tuple[MelodySong, ...]:
    """All songs of the corpus that are in 4/4 with at least 30 bars and have a plain key.

    Args:
        folder: holds ``pop909_structure``.

    Raises:
        DatasetError: if there are none.
    """
    root = folder / _FOLDER
    names = sorted(path.name for path in root.iterdir() if path.is_dir()) if root.is_dir() else []
    songs = [song for song in (_song(root / name) for name in names) if song is not None]
    if not songs:
        raise DatasetError(f"{root}: there are no songs; unpack pop909_structure.tar.xz there")
    return tuple(songs)


def split_songs(
    songs: Sequence[MelodySong], held_out: int, seed: int
) -> tuple[tuple[MelodySong, ...], tuple[MelodySong, ...]]:
    """Songs to learn from and songs to measure with; versions of one song lie on the same side.

    The corpus does not ship its titles; songs that share a quarter of their runs of eight intervals count as versions.
    """
    groups = _versions(songs)
    order = np.random.Generator(np.random.PCG64(seed)).permutation(sorted(set(groups)))
    held: set[int] = set()
    for group in order.tolist():
        if sum(one in held for one in groups) >= held_out:
            break
        held.add(group)
    return (
        tuple(song for song, group in zip(songs, groups, strict=True) if group not in held),
        tuple(song for song, group in zip(songs, groups, strict=True) if group in held),
    )


def _versions(songs: Sequence[MelodySong]) -> list[int]:
    """The number of the first song that each is a version of, itself in most cases."""
    seen: dict[tuple[int, ...], list[int]] = {}
    groups: list[int] = []
    for number, song in enumerate(songs):
        steps = np.diff(song.line.pitches).tolist()
        runs = {tuple(steps[at : at + 8]) for at in range(len(steps) - 7)}
        shared: dict[int, int] = {}
        for run in runs:
            for other in seen.get(run, ()):
                shared[other] = shared.get(other, 0) + 1
            seen.setdefault(run, []).append(number)
        best = max(shared, key=lambda other: (shared[other], -other), default=number)
        is_version = best != number and shared[best] >= _SAME_TUNE * max(len(runs), 1)
        groups.append(groups[best] if is_version else number)
    return groups


def _song(path: Path) -> MelodySong | None:
    melody = [tuple(map(int, line.split())) for line in _lines(path / "melody.txt")]
    phrases = [(name, int(bars)) for name, bars in _PHRASE.findall("".join(_lines(path / "human_label1.txt")))]
    chords = [found for found in map(_CHORD.fullmatch, _lines(path / "finalized_chord.txt")) if found]
    bars, beats = sum(length for _, length in phrases), sum(int(chord["beats"]) for chord in chords)
    if bars < _FEWEST_BARS or abs(beats / 4 - bars) > _MOST_BARS_APART:
        return None
    slots = bars * BAR
    lengths = np.array([note[1] for note in melody])
    onsets = np.cumsum(lengths) - lengths
    pitches = np.array([note[0] for note in melody])
    kept = (pitches > 0) & (onsets < slots)
    onsets, pitches = onsets[kept], pitches[kept]
    if len(onsets) < _FEWEST_NOTES:
        return None
    starts = np.cumsum([0, *(length * BAR for _, length in phrases)])
    keys = _keys(path, starts, onsets, pitches)
    tonics = keys[0]
    classes = _in_key(pitches, tonics[onsets])
    if np.isin((classes - HOME) % 12, SCALE).mean() < _LEAST_IN_KEY:
        return None
    chroma, root = _chord_rows(chords, tonics)
    ground = Ground(
        chroma, root, *_phrase_rows(phrases, starts), density=_density(onsets, starts, slots), is_minor=keys[1]
    )
    return MelodySong(path.name, Line(onsets, classes, ground))


def _keys(
    path: Path, starts: NDArray[np.int64], onsets: NDArray[np.int64], pitches: NDArray[np.int64]
) -> tuple[NDArray[np.int64], bool]:
    """(S,) the tonic of the relative major at each sixteenth, and whether the first key is minor.

    Where a song has several keys, each phrase has the one that most of its notes lie in, rather the one before.
    """
    keys = [line.split()[0].split(":") for line in _lines(path / "analyzed_key.txt")]
    tonics = [(pitch_class_named(name) + (3 if mode == "min" else 0)) % 12 for name, mode in keys]
    rows = np.full(int(starts[-1]), tonics[0], np.int64)
    last = tonics[0]
    for start, end in pairwise(starts.tolist()):
        inside = pitches[(onsets >= start) & (onsets < end)]
        fits = {tonic: np.isin((inside - tonic) % 12, SCALE).sum() + 0.5 * (tonic == last) for tonic in tonics}
        last = max(tonics, key=fits.__getitem__)
        rows[start:end] = last
    return rows, keys[0][1] == "min"


def _in_key(pitches: NDArray[np.int64], tonics: NDArray[np.int64]) -> NDArray[np.int64]:
    """Classes of pitches; each key has its home near the middle of the song."""
    median = float(np.median(pitches))
    homes = np.array([home_octave(median, int(tonic)) for tonic in tonics])
    classes: NDArray[np.int64] = np.clip(pitches - homes + HOME, 0, PITCHES - 1)
    return classes


def _chord_rows(
    chords: Sequence[re.Match[str]], tonics: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    chroma, root = np.zeros((len(tonics), 12)), np.full(len(tonics), 12, np.int64)
    at = 0
    for chord in chords:
        end = min(at + 4 * int(chord["beats"]), len(tonics))
        tones = [int(tone) for tone in chord["tones"].split(",") if tone.strip()]
        name = chord["symbol"].split(":")[0]
        for slot in range(at, end):
            if tones and name != "N":
                chroma[slot, [(tone - tonics[slot]) % 12 for tone in tones]] = 1.0
                root[slot] = (pitch_class_named(name) - tonics[slot]) % 12
        at = end
    return chroma, root


def _phrase_rows(
    phrases: Sequence[tuple[str, int]], starts: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    rows = np.zeros((3, int(starts[-1])), np.int64)
    last: dict[str, int] = {}
    for (name, _), start, end in zip(phrases, starts[:-1].tolist(), starts[1:].tolist(), strict=True):
        rows[:, start:end] = np.array([[start], [end], [start - last[name] if name in last else 0]])
        last[name] = start
    return rows[0], rows[1], rows[2]


def _density(onsets: NDArray[np.int64], starts: NDArray[np.int64], slots: int) -> NDArray[np.int64]:
    """(S,) class of the notes a bar of each phrase."""
    rows = np.full(slots, UNTOLD, np.int64)
    for start, end in pairwise(starts.tolist()):
        count = int(((onsets >= start) & (onsets < end)).sum())
        rows[start:end] = density_class(count * BAR / (end - start))
    return rows


def _lines(path: Path) -> list[str]:
    try:
        return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except OSError as error:
        raise DatasetError(f"{path}: cannot be read ({error.strerror}); unpack pop909_structure.tar.xz again") from None
