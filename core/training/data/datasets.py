"""MuVi-Sync, read from the folder layout in which it is published (Kang, Poria & Herremans 2024, Zenodo 10057093).

The folder holds ``vevo_chord``, ``vevo_emotion``, ``vevo_motion``, ``vevo_scene_offset``, ``vevo_loudness``,
``vevo_note_density``, ``vevo_semantic`` and ``vevo_meta``. Everything has one row a second. The folders disagree by a
row at the end of a song; semantic rows may also be cut at 300, the length of the paper's model.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import DatasetError, OptionError
from hitpoint.core.features.features import SEMANTIC_SIZE, PictureFeatures
from hitpoint.core.model.vocabulary import token_of
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key
from hitpoint.core.progress import SILENT, Progress

PUBLISHED_STEPS = 300  # the paper's model sees this many seconds of a song

_CHORDS = "vevo_chord/lab_v2_norm/all"
_SEGMENTS = "vevo_chord/lab/all"
_EMOTION = "vevo_emotion/6c_l14p/all"
_MOTION = "vevo_motion/all"
_SCENE = "vevo_scene_offset/all"
_LOUDNESS = "vevo_loudness/all"
_DENSITY = "vevo_note_density/all"
_SEMANTIC = "vevo_semantic/all/2d/clip_l14p"
_SPLITS = "vevo_meta/split/v1"

_LARGEST_ROW_DIFFERENCE = 10  # published files differ by one; more than this is damage

Floats = NDArray[np.float32]
Tokens = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Segments:
    """Chords with sub-second boundaries, transposed to C major or A minor as the tokens are.

    Attributes:
        ends: (S,) rising, seconds; a segment starts where the one before ends, the first at 0.
        tokens: (S,) chord tokens.
    """

    ends: NDArray[np.float64]
    tokens: Tokens

    def sampled(self, seconds: NDArray[np.float64]) -> Tokens:
        """The chord token that sounds at each time; the last one after the end."""
        index = np.searchsorted(self.ends, seconds, side="right")
        return self.tokens[np.minimum(index, len(self.tokens) - 1)]


@dataclass(frozen=True, eq=False)
class Song:
    """One music video.

    Attributes:
        name: its number in the data set, such as "023".
        is_minor: whether the chords are in A minor rather than C major.
        chords: (T,) chord tokens, one a second.
        features: of the picture; ``R`` rows, the shortest of its folders, at most T and seldom less than T - 1.
        loudness: (R,) RMS of the sound, linear 0..1.
        density: (R,) notes sounding in the second, 0..42.
        segments: the chords as they were found, before sampling once a second; None where the folder is absent.
    """

    name: str
    is_minor: bool
    chords: Tokens
    features: PictureFeatures
    loudness: Floats
    density: Floats
    segments: Segments | None = None

    def __len__(self) -> int:
        return len(self.chords)


def song_names(folder: Path, split: str) -> tuple[str, ...]:
    """The songs of a split ("train", "val" or "test"), in the order of its list.

    Raises:
        DatasetError: if the folder or its list is missing or empty.
    """
    _require_dataset(folder)
    path = folder / _SPLITS / f"{split}.txt"
    if not path.is_file():
        known = ", ".join(sorted(found.stem for found in (folder / _SPLITS).glob("*.txt"))) or "none"
        raise DatasetError(f"{path}: there is no split {split!r} in this data set; splits found: {known}")
    names = tuple(_text(path).split())
    if not names:
        raise DatasetError(f"{path}: the split is empty; unpack the data set again")
    return names


def read_split(
    folder: Path, split: str, *, with_semantic: bool = True, progress: Progress = SILENT
) -> tuple[Song, ...]:
    """All songs of a split, in memory.

    Args:
        folder: the data set, in its published layout.
        split: "train", "val" or "test".
        with_semantic: False leaves out the CLIP embeddings, by far the largest files.
        progress: a step a song.

    Raises:
        DatasetError: if a folder, file or line is missing or wrong; the message names it.
    """
    songs = []
    names = song_names(folder, split)
    for done, name in enumerate(names):
        progress.step(done / len(names), f"reading {name}")
        songs.append(read_song(folder, name, with_semantic=with_semantic))
    return tuple(songs)


def read_song(folder: Path, name: str, *, with_semantic: bool = True) -> Song:
    """One song of the data set; see :func:`read_split`."""
    chords, is_minor = _read_chords(folder / _CHORDS / f"{name}.lab")
    columns = {
        place: _read_columns(folder / place / f"{name}.lab", width)
        for place, width in ((_EMOTION, 6), (_MOTION, 1), (_SCENE, 1), (_LOUDNESS, 1), (_DENSITY, 1))
    }
    has_semantic = with_semantic and (folder / _SEMANTIC).is_dir()  # a data set made without CLIP has none
    semantic = _read_semantic(folder / _SEMANTIC / f"{name}.npy") if has_semantic else None
    rows = _common_rows(name, len(chords), {place: len(table) for place, table in columns.items()}, semantic)
    emotion, motion, scene, loudness, density = (table[:rows] for table in columns.values())
    features = PictureFeatures(
        scene_offset=scene[:, 0],
        motion=motion[:, 0],
        emotion=emotion,
        semantic=None if semantic is None else _lengthened(semantic, rows),
        seen=np.ones(rows, dtype=np.bool_),
    )
    segments = _read_segments(folder / _SEGMENTS / f"{name}.lab", chords)
    return Song(name, is_minor, chords, features, loudness[:, 0], density[:, 0], segments)


def _require_dataset(folder: Path) -> None:
    if not folder.is_dir():
        raise DatasetError(f"{folder}: there is no such folder; give the one that holds vevo_chord, vevo_emotion ...")
    for place in (_CHORDS, _EMOTION, _MOTION, _SCENE, _LOUDNESS, _DENSITY, _SPLITS):
        if not (folder / place).is_dir():
            raise DatasetError(f"{folder}: {place} is missing; unpack MuVi-Sync there in its published layout")


def _common_rows(name: str, steps: int, rows: dict[str, int], semantic: Floats | None) -> int:
    """The length all folders share. Semantic rows cut at the paper's length do not shorten a song."""
    counts = dict(rows)
    if semantic is not None and len(semantic) < PUBLISHED_STEPS:
        counts[_SEMANTIC] = len(semantic)
    place = min(counts, key=lambda key: counts[key])
    if steps - counts[place] > _LARGEST_ROW_DIFFERENCE:
        raise DatasetError(f"{place}/{name}: {counts[place]} rows, but {steps} chords; the file is cut short")
    return min(steps, counts[place])


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise DatasetError(f"{path}: the file is missing; unpack the data set again") from None
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: cannot be read as text ({error}); unpack the data set again") from None


def _read_columns(path: Path, width: int) -> Floats:
    """The ``width`` values behind the second of each line; a line of words at the top is a header. (rows, width)."""
    words = _text(path).split("\n", 1)
    has_header = words[0][:1].isalpha()
    body = words[-1] if has_header else "\n".join(words)
    try:
        table = np.array(body.split(), dtype=np.float64).reshape(-1, width + 1)
    except ValueError:
        raise DatasetError(_bad_line(path, width)) from None
    if len(table) == 0 or not np.isfinite(table).all() or (np.diff(table[:, 0]) != 1).any():
        raise DatasetError(_bad_line(path, width))
    return table[:, 1:].astype(np.float32)


def _bad_line(path: Path, width: int) -> str:
    """What is wrong with a table, found by reading it again line by line."""
    second = None
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip() or (number == 1 and line[0].isalpha()):
            continue
        try:
            values = [float(word) for word in line.split()]
        except ValueError:
            values = []
        in_order = second is None or (values and values[0] == second + 1)
        if len(values) != width + 1 or not np.isfinite(values).all() or not in_order:
            return f"{path}, line {number}: expected the next second and {width} number(s), found {line.strip()!r}"
        second = values[0]
    return f"{path}: there are no rows; unpack the data set again"


def _read_chords(path: Path) -> tuple[Tokens, bool]:
    """The tokens of a file of chords once a second, and whether its key is minor."""
    lines = _text(path).splitlines()
    if not lines or not lines[0].startswith("key "):
        raise DatasetError(f"{path}, line 1: expected 'key C major' or 'key A minor'")
    try:
        is_minor = parse_key(lines[0].removeprefix("key ")).is_minor
    except OptionError as error:
        raise DatasetError(f"{path}, line 1: {error}") from None
    tokens: list[int] = []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        words = line.split()
        if len(words) != 2 or words[0] != str(len(tokens)):
            raise DatasetError(f"{path}, line {number}: expected '{len(tokens)} CHORD', found {line.strip()!r}")
        try:
            tokens.append(_token(words[1]))
        except ValueError as error:
            raise DatasetError(f"{path}, line {number}: {error}") from None
    if len(tokens) < 2:
        raise DatasetError(f"{path}: there are fewer than two chords; leave the song out of the split")
    return np.array(tokens, dtype=np.int64), is_minor


def _read_semantic(path: Path) -> Floats:
    try:
        rows = np.load(path, allow_pickle=False)
    except FileNotFoundError:
        raise DatasetError(f"{path}: the file is missing; unpack the data set again") from None
    except (OSError, ValueError, EOFError) as error:
        raise DatasetError(f"{path}: is no numpy array ({error}); unpack the data set again") from None
    if rows.ndim != 2 or rows.shape[1] != SEMANTIC_SIZE or not np.isfinite(rows).all():
        raise DatasetError(f"{path}: expected finite rows of {SEMANTIC_SIZE} numbers, found shape {rows.shape}")
    return np.asarray(rows, dtype=np.float32)


def _lengthened(semantic: Floats, rows: int) -> Floats:
    """Exactly ``rows`` rows; those that were cut away are NaN, which the models read as unknown."""
    missing = np.full((max(0, rows - len(semantic)), SEMANTIC_SIZE), np.nan, dtype=np.float32)
    return np.concatenate((semantic[:rows], missing))


def _read_segments(path: Path, chords: Tokens) -> Segments | None:
    """The sub-second chords, moved to the key of ``chords``; None if the data set has none for this song."""
    if not path.is_file():
        return None
    ends: list[float] = []
    symbols: list[str] = []
    for number, line in enumerate(_text(path).splitlines(), 1):
        words = line.split()
        try:
            ends.append(float(words[1]))
            parse_chord(words[2])
        except (ValueError, IndexError):
            raise DatasetError(f"{path}, line {number}: expected 'start end CHORD', found {line.strip()!r}") from None
        symbols.append(words[2])
    return _in_key_of(chords, np.array(ends), symbols) if symbols else None


def _in_key_of(chords: Tokens, ends: NDArray[np.float64], symbols: list[str]) -> Segments:
    """The segments in the transposition that agrees best with the chords once a second."""
    seconds = np.arange(len(chords), dtype=np.float64)
    candidates = [Segments(ends, np.array([_token(name, shift) for name in symbols])) for shift in range(12)]
    return max(candidates, key=lambda segments: int((segments.sampled(seconds) == chords).sum()))


@cache
def _token(symbol: str, semitones: int = 0) -> int:
    """The token of a symbol, transposed. Kept, for a data set has a few hundred symbols and a million of each."""
    return token_of(parse_chord(symbol).transposed(semitones))
