"""Songs with bars: Billboard and POP909 beat by beat, with their bars, phrases and sections as people heard them.

Billboard (Burgoyne, Wild & Fujinaga, ISMIR 2011): ``salami_chords.txt`` writes a phrase a line, bars between strokes,
    and
a letter and a name where a section begins; chords stand in equal parts of their bar, a dot holds the last one.

POP909 (Wang et al., ISMIR 2020) with the structure that people labelled (Dai, Zhang & Dannenberg 2020, "Automatic
analysis and influence of hierarchical structure"): ``POP909/NNN/finalized_chord.txt`` of ``pop909_structure`` has
"chord tones root beats" a chord with the bar lines mended, ``human_label1.txt`` letters and bars such as ``i4A8B8``.

Held out is every tenth title, so that two recordings of one song lie on the same side.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from hitpoint.core.errors import DatasetError
from hitpoint.core.model.vocabulary import SILENCE
from hitpoint.core.music.pitch import pitch_class_named
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.data.corpora import Reals, token_in_key
from hitpoint.core.training.data.segments import Source, TimedChords

_SALAMI = "billboard-2.0-salami_chords"
_STRUCTURE = "pop909_structure/POP909"
_COVERED = ("0743",)  # a song of MuVi-Sync's validation split covers it

_FEWEST_BARS = 16
_HELD_OUT = 10  # one title in so many
_BEATS = {"4/4": 4, "12/8": 4, "6/8": 2, "3/4": 3, "2/4": 2, "5/4": 5, "7/4": 7}
_PHRASE = 4  # bars of a phrase inside a labelled stretch of POP909
_LONGEST_PHRASE = 5  # bars that are not cut

_SECTION = re.compile(r"(?P<letter>[A-Z]'*),")
_REPEATED = re.compile(r"^\s*x(?P<times>\d+)")
_CHANGED_METRE = re.compile(r"\((?P<beats>\d)/[48]\)")
_LABEL = re.compile(r"(?P<letter>[A-Za-z]'*)(?P<bars>\d+)")


@dataclass(frozen=True)
class Section:
    """A stretch of a song: its first bar, its letter as it is written (``A``, ``B'``), and where its phrases begin."""

    first: int
    letter: str
    phrases: tuple[int, ...]

    @property
    def theme(self) -> str:
        """The letter without what tells a variation from its theme: ``A`` of ``A'`` and of ``a``."""
        return self.letter.rstrip("'").upper()


@dataclass(frozen=True, eq=False)
class MetreSong:
    """A song beat by beat, in C major or A minor.

    Attributes:
        name: in its corpus.
        source: the corpus.
        title: by which songs are held out.
        is_minor: the mode.
        beats_per_bar: of most bars: 4; 2 in 6/8, whose beats are dotted; 3.
        bars: the chord tokens of each bar, one a beat.
        sections: in order, the first at bar 0.
    """

    name: str
    source: Source
    title: str
    is_minor: bool
    beats_per_bar: int
    bars: tuple[tuple[int, ...], ...]
    sections: tuple[Section, ...]

    @property
    def is_held_out(self) -> bool:
        """Whether it is for measuring only."""
        return is_held_out(self.title)


def is_held_out(title: str) -> bool:
    """Whether songs of a title, as :func:`plain_title` writes it, are for measuring only."""
    return int(hashlib.blake2b(title.encode(), digest_size=4).hexdigest(), 16) % _HELD_OUT == 0


def plain_title(title: str) -> str:
    """A title in small letters and figures, so that two spellings of it are one."""
    return re.sub(r"[^a-z0-9]+", " ", title.lower()).strip()


def title_of(folder: Path, song: TimedChords) -> str:
    """The title by which a song of a corpus is held out, whether its bars are counted or not.

    Raises:
        DatasetError: if the sheet of a song of Billboard cannot be read or has no title.
    """
    if song.source == "pop909":
        return f"pop909 {song.name}"
    path = folder / _SALAMI / song.name / "salami_chords.txt"
    for line in _text(path).splitlines():
        if line.startswith("# title: "):
            return plain_title(line.removeprefix("# title: "))
    raise DatasetError(f"{path}: there is no '# title:' line; unpack the corpus again")


def read_metre_songs(folder: Path, profiles: Reals, progress: Progress = SILENT) -> tuple[MetreSong, ...]:
    """All songs with at least sixteen bars of the corpora in a folder, Billboard first.

    Args:
        folder: holds ``billboard-2.0-salami_chords`` or ``pop909_structure``, or both.
        profiles: of the two modes (:func:`~.corpora.mode_profiles`), by which Billboard's are decided.
        progress: a step a song.

    Raises:
        DatasetError: if neither is there, or a file is not as published.
    """
    entries = [(_SALAMI, name) for name in _entries(folder / _SALAMI) if name not in _COVERED]
    entries += [(_STRUCTURE, name) for name in _entries(folder / _STRUCTURE)]
    if not entries:
        raise DatasetError(f"{folder}: holds neither {_SALAMI} nor {_STRUCTURE}; unpack a chord corpus there")
    found = []
    for done, (place, name) in enumerate(entries):
        progress.step(done / len(entries), f"reading {place} {name}")
        path = folder / place / name
        song = read_salami(path, profiles) if place == _SALAMI else read_structure(path)
        if song is not None and len(song.bars) >= _FEWEST_BARS:
            found.append(song)
    return tuple(found)


def read_salami(folder: Path, profiles: Reals) -> MetreSong | None:
    """One annotation of Billboard; None in a metre that is not counted here."""
    sheet = _Sheet(folder / "salami_chords.txt")
    for number, line in enumerate(_text(sheet.path).splitlines(), 1):
        try:
            sheet.take(line)
        except (ValueError, KeyError):
            raise DatasetError(f"{sheet.path}, line {number}: is no phrase of chords: {line.strip()!r:.80}") from None
    if not sheet.bars:
        return None
    homes, labels = sheet.homes, sheet.bars
    is_minor = _is_minor(labels, homes, profiles)
    bars = tuple(
        tuple(token_in_key(label, home, is_minor=is_minor) for label in bar)
        for bar, home in zip(labels, homes, strict=True)
    )
    sections = _closed(sheet.sections)
    return MetreSong(folder.name, "billboard", sheet.title, is_minor, sheet.beats, bars, sections)


def read_structure(folder: Path) -> MetreSong | None:
    """One song of POP909 in 4/4.

    None if it changes its key, for where is not said, or if labels and chords disagree.
    """
    keys = _text(folder / "analyzed_key.txt").split()
    labels = [(found["letter"], int(found["bars"])) for found in _LABEL.finditer(_text(folder / "human_label1.txt"))]
    beats = _structure_beats(folder / "finalized_chord.txt")
    count = sum(bars for _, bars in labels)
    if len(keys) != 1 or not labels or abs(len(beats) - 4 * count) > 8:
        return None
    tonic, mode = keys[0].split(":")
    is_minor, home = mode == "min", pitch_class_named(tonic)
    tokens = [token_in_key(label, home, is_minor=is_minor) for label in beats[: 4 * count]]
    tokens += tokens[-1:] * (4 * count - len(tokens))
    bars = tuple(tuple(tokens[4 * bar : 4 * bar + 4]) for bar in range(count))
    sections, first = [], 0
    for letter, length in labels:
        sections.append(Section(first, letter, tuple(_cut(first, length))))
        first += length
    return MetreSong(folder.name, "pop909", f"pop909 {folder.name}", is_minor, 4, bars, tuple(sections))


@dataclass(eq=False)
class _Sheet:
    """A file of Billboard being read line by line."""

    path: Path
    title: str = ""
    tonic: int = 0
    metre: int = 4
    beats: int = 0  # of the first metre
    bars: list[list[str]] = field(default_factory=list)
    homes: list[int] = field(default_factory=list)  # tonic of each bar
    sections: list[tuple[int, str, list[int]]] = field(default_factory=list)
    last: str = "N"

    def take(self, line: str) -> None:
        """Read the next line."""
        if line.startswith("# "):
            self._head(line[2:])
        elif "|" in line:
            self._phrase(line.partition("\t")[2])

    def _head(self, line: str) -> None:
        name, _, value = line.partition(": ")
        if name == "title":
            self.title = plain_title(value)
        elif name == "tonic":
            self.tonic = pitch_class_named(value.strip())
        elif name == "metre":
            self.metre = _BEATS[value.strip()]
            self.beats = self.beats or self.metre

    def _phrase(self, text: str) -> None:
        head, _, rest = text.partition("|")
        body, _, tail = rest.rpartition("|")
        matched, repeated = _SECTION.search(head), _REPEATED.search(tail)
        if matched is not None or not self.sections:
            self.sections.append((len(self.bars), matched["letter"] if matched else "Z", []))
        times = int(repeated["times"]) if repeated else 1
        bars = body.split("|")
        is_one = len(bars) * times <= _LONGEST_PHRASE
        for turn in range(times):
            if turn == 0 or not is_one:
                self.sections[-1][2].append(len(self.bars))
            for bar in bars:
                self.bars.append(self._bar(bar.split()))
                self.homes.append(self.tonic)

    def _bar(self, words: list[str]) -> list[str]:
        """One label a beat."""
        changed = _CHANGED_METRE.fullmatch(words[0]) if words else None
        beats = int(changed["beats"]) if changed else self.metre
        labels = []
        for word in words:
            if _CHANGED_METRE.fullmatch(word):
                continue
            self.last = self.last if word == "." else "N" if word in ("*", "&pause") else word
            labels.append(self.last)
        labels = labels or [self.last]
        return [labels[beat * len(labels) // beats] for beat in range(beats)]


def _closed(sections: Sequence[tuple[int, str, list[int]]]) -> tuple[Section, ...]:
    return tuple(Section(first, letter, tuple(phrases)) for first, letter, phrases in sections)


def _structure_beats(path: Path) -> list[str]:
    """One label a beat."""
    beats: list[str] = []
    for number, line in enumerate(_text(path).splitlines(), 1):
        words = line.replace("\x01", "").split()
        if not words:
            continue
        try:
            beats += [words[0]] * int(words[-1])
        except ValueError:
            raise DatasetError(
                f"{path}, line {number}: expected 'chord tones root beats', found {line!r:.80}"
            ) from None
    return beats


def _cut(first: int, length: int) -> Iterator[int]:
    """Where the phrases of a labelled stretch begin: every four bars, the last one longer if need be."""
    yield first
    if length > _LONGEST_PHRASE:
        yield from range(first + _PHRASE, first + length - _PHRASE + 1, _PHRASE)


def _is_minor(bars: Sequence[Sequence[str]], homes: Sequence[int], profiles: Reals) -> bool:
    """Whether the chords are likelier in A minor than in C major, each counted by its beats."""
    scores = np.zeros(2)
    for bar, home in zip(bars, homes, strict=True):
        for mode in (0, 1):
            tokens = [token_in_key(label, home, is_minor=bool(mode)) for label in bar]
            scores[mode] += float(sum(profiles[mode, token] for token in tokens if token != SILENCE))
    return bool(scores[1] > scores[0])


def _entries(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: cannot be read as text ({error}); unpack the corpus again") from None
