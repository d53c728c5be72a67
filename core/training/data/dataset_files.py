"""A data set written in the layout in which MuVi-Sync is published, every file of it.

:mod:`hitpoint.core.training.data.datasets` reads it. Texts end lines with a line feed and have four decimals on every
machine, so the same measures make the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.vocabulary import CHORDS, END, PAD, QUALITIES, SILENCE, symbol_of, token_named, token_of
from hitpoint.core.mood import MOODS
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import Key
from hitpoint.core.music.pitch import SHARP_NAMES
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.data.song_measures import SongMeasures

SPLITS = ("train", "val", "test")


def song_name(number: int) -> str:
    """The name of the song with a number, from 1 on: ``001``."""
    return f"{number:03d}"


def write_dataset(
    folder: Path,
    songs: Sequence[SongMeasures],
    titles: Sequence[str],
    splits: Mapping[str, Sequence[int]],
    progress: Progress = SILENT,
) -> None:
    """Fill an empty folder.

    Args:
        folder: made if it is not there.
        songs: the first is called ``001``.
        titles: of each.
        splits: the places in ``songs`` of each split's songs.
        progress: a step a song.
    """
    for place, song in enumerate(songs):
        name = song_name(place + 1)
        progress.step(place / len(songs), f"writing {name}")
        for path, text in _song_files(song).items():
            _write(folder / path.format(name=name), text)
        if song.semantic is not None:
            target = folder / "vevo_semantic/all/2d/clip_l14p" / f"{name}.npy"
            target.parent.mkdir(parents=True, exist_ok=True)
            np.save(target, song.semantic.astype(np.float32), allow_pickle=False)
    for path, text in _vocabulary_files(songs).items():
        _write(folder / "vevo_meta" / path, text)
    _write(folder / "vevo_meta/idlist.txt", [f"{song_name(n)}-{title}" for n, title in enumerate(titles, 1)])
    for split in SPLITS:
        names = [song_name(place + 1) for place in sorted(splits.get(split, ()))]
        _write(folder / "vevo_meta/split/v1" / f"{split}.txt", names)


def _song_files(song: SongMeasures) -> dict[str, list[str]]:
    """The lines of each text file of a song."""
    sounding = [song.chord_at(second) for second in range(len(song))]
    home = Key(9, is_minor=True) if song.key.is_minor else Key(0)
    down = -song.key.semitones_from_model
    normal = [symbol_of(token_of(parse_chord(symbol).transposed(down))) for symbol in sounding]
    emotion = ["time " + " ".join(f"{mood}_prob" for mood in MOODS)]
    emotion += [f"{second} " + " ".join(f"{value:.4f}" for value in row) for second, row in enumerate(song.emotion)]
    return {
        "vevo_chord/lab/all/{name}.lab": [f"{a:.3f} {b:.3f} {symbol}" for a, b, symbol in song.segments],
        "vevo_chord/lab_v2/all/{name}.lab": _chord_lines(song.key, sounding),
        "vevo_chord/lab_v2_norm/all/{name}.lab": _chord_lines(home, normal),
        "vevo_emotion/6c_l14p/all/{name}.lab": emotion,
        "vevo_motion/all/{name}.lab": _numbered(song.motion, ".4f"),
        "vevo_scene_offset/all/{name}.lab": _numbered(song.scene_offset, ".0f"),
        "vevo_loudness/all/{name}.lab": _numbered(song.loudness, ".4f"),
        "vevo_note_density/all/{name}.lab": _numbered(song.density, ".1f"),
    }


def _chord_lines(key: Key, symbols: Sequence[str]) -> list[str]:
    mode = "minor" if key.is_minor else "major"
    return [f"key {SHARP_NAMES[key.tonic]} {mode}", *(f"{second} {symbol}" for second, symbol in enumerate(symbols))]


def _numbered(values: NDArray[np.float32], digits: str) -> list[str]:
    return [f"{second} {value:{digits}}" for second, value in enumerate(values)]


def _vocabulary_files(songs: Sequence[SongMeasures]) -> dict[str, list[str]]:
    """The numbering of the chords, their roots and qualities, and how often each chord sounds."""
    chords = {symbol_of(token): token for token in range(CHORDS)} | {"END": END, "PAD": PAD}
    roots = {"N": 0} | {name: number for number, name in enumerate(SHARP_NAMES, 1)}
    qualities = {"N": 0} | {quality.value: number for number, quality in enumerate(QUALITIES, 1)}
    counts = np.zeros(CHORDS, np.int64)
    for song in songs:
        down = -song.key.semitones_from_model
        for second in range(len(song)):
            counts[_moved(song.chord_at(second), down)] += 1
    files = {"top_chord.txt": _top_chords(counts)}
    for name, numbers in (("chord", chords), ("chord_root", roots), ("chord_attr", qualities)):
        files[f"{name}.json"] = [json.dumps(numbers)]
        files[f"{name}_inv.json"] = [json.dumps({str(number): word for word, number in numbers.items()})]
    return files


def _moved(symbol: str, semitones: int) -> int:
    token = token_named(symbol)
    return token if token == SILENCE else token_of(parse_chord(symbol).transposed(semitones))


def _top_chords(counts: NDArray[np.int64]) -> list[str]:
    order = sorted(np.flatnonzero(counts), key=lambda token: (-counts[token], token))
    return [f"{symbol_of(int(token))} {token} {counts[token]}" for token in order]


def _write(path: Path, lines: Sequence[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
