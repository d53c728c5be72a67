"""Chords: a root and a quality, parsed once at the edge and a :class:`Chord` from there on.

Symbols are Harte's (Harte et al., ISMIR 2005): ``C``, ``A:min7``, ``F#:sus4``, ``N``. The thirteen qualities are those
of MuVi-Sync's vocabulary; :func:`parse_chord` reads richer symbols as the nearest of them and drops a slash bass, as
data want it, :func:`hitpoint.core.music.written_chord.parse_written` keeps all that an editor wrote.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from hitpoint.core.errors import ChordSymbolError
from hitpoint.core.music.pitch import FLAT_NAMES, SHARP_NAMES, pitch_class_named


class Quality(Enum):
    """A chord's kind; the value is its Harte shorthand (a plain major triad is written without one)."""

    MAJ = "maj"
    MIN = "min"
    DIM = "dim"
    AUG = "aug"
    SUS2 = "sus2"
    SUS4 = "sus4"
    MAJ6 = "maj6"
    MIN6 = "min6"
    MAJ7 = "maj7"
    MIN7 = "min7"
    DOM7 = "7"
    DIM7 = "dim7"
    HDIM7 = "hdim7"


# Semitones above the root.
INTERVALS = {
    Quality.MAJ: (0, 4, 7),
    Quality.MIN: (0, 3, 7),
    Quality.DIM: (0, 3, 6),
    Quality.AUG: (0, 4, 8),
    Quality.SUS2: (0, 2, 7),
    Quality.SUS4: (0, 5, 7),
    Quality.MAJ6: (0, 4, 7, 9),
    Quality.MIN6: (0, 3, 7, 9),
    Quality.MAJ7: (0, 4, 7, 11),
    Quality.MIN7: (0, 3, 7, 10),
    Quality.DOM7: (0, 4, 7, 10),
    Quality.DIM7: (0, 3, 6, 9),
    Quality.HDIM7: (0, 3, 6, 10),
}

# Harte's names of intervals above the root, by semitones: of a bass, and of added tones.
DEGREES = ("1", "b2", "2", "b3", "3", "4", "b5", "5", "b6", "6", "b7", "7")
_ADDED = {
    1: "b9", 2: "9", 3: "#9", 4: "3", 5: "11", 6: "#11", 7: "5", 8: "b13", 9: "13", 10: "b7", 11: "7",
}  # fmt: skip
_SHORTHANDS: dict[tuple[Quality, tuple[int, ...]], str] = {
    (Quality.MAJ7, (2,)): "maj9", (Quality.MIN7, (2,)): "min9", (Quality.DOM7, (2,)): "9",
    (Quality.MIN, (11,)): "minmaj7",
}  # fmt: skip

# Other spellings and richer chords (Harte shorthand, Billboard, POP909, lead sheets) -> the nearest quality we have.
_ALIASES = {
    "": Quality.MAJ, "M": Quality.MAJ, "1": Quality.MAJ, "5": Quality.MAJ, "maj9": Quality.MAJ7, "maj11": Quality.MAJ7,
    "maj13": Quality.MAJ7, "M7": Quality.MAJ7, "add9": Quality.MAJ, "6": Quality.MAJ6, "6/9": Quality.MAJ6,
    "m": Quality.MIN, "-": Quality.MIN, "m7": Quality.MIN7, "-7": Quality.MIN7, "min9": Quality.MIN7,
    "min11": Quality.MIN7, "min13": Quality.MIN7, "m9": Quality.MIN7, "m6": Quality.MIN6, "minmaj7": Quality.MIN,
    "dom7": Quality.DOM7, "9": Quality.DOM7, "11": Quality.DOM7, "13": Quality.DOM7, "sus": Quality.SUS4,
    "7sus4": Quality.SUS4, "o": Quality.DIM, "o7": Quality.DIM7, "m7b5": Quality.HDIM7, "+": Quality.AUG,
}  # fmt: skip

_SYMBOL = re.compile(r"(?P<root>[A-G][#b]*)(?::(?P<harte>[^/()]*)|(?P<lead>[^/:()]*))(?P<more>\([^)]*\))?(?:/.*)?")


@dataclass(frozen=True)
class Chord:
    """A sounding harmony, or none at all.

    Attributes:
        root: pitch class 0..11; None for "N", no chord.
        quality: what stands on the root; MAJ for "N", where it means nothing.
        added: semitones above the root, 0..11, that an editor wants beside the quality's own tones.
        bass: pitch class that an editor wants lowest; None for the root, or whatever leads well.
    """

    root: int | None
    quality: Quality = Quality.MAJ
    added: tuple[int, ...] = ()
    bass: int | None = None

    @property
    def is_silent(self) -> bool:
        """Whether this is "N", no chord."""
        return self.root is None

    @property
    def pitch_classes(self) -> tuple[int, ...]:
        """The quality's pitch classes from the root upwards; empty for "N"."""
        if self.root is None:
            return ()
        return tuple((self.root + interval) % 12 for interval in INTERVALS[self.quality])

    @property
    def is_minor_type(self) -> bool:
        """Whether the third above the root is a minor one (min, min6, min7, dim, dim7, hdim7)."""
        return self.root is not None and 3 in INTERVALS[self.quality]

    def transposed(self, semitones: int) -> Chord:
        """The same chord, that many semitones higher."""
        if self.root is None:
            return self
        bass = None if self.bass is None else (self.bass + semitones) % 12
        return Chord((self.root + semitones) % 12, self.quality, self.added, bass)

    @property
    def plain(self) -> Chord:
        """Root and quality alone, which is what models know."""
        return Chord(self.root, self.quality) if self.added or self.bass is not None else self

    def symbol(self, *, flats: bool = False) -> str:
        """The Harte symbol, with added tones and bass: ``A:min(9)/b3``; with ``flats``, A# is written Bb."""
        if self.root is None:
            return "N"
        name = (FLAT_NAMES if flats else SHARP_NAMES)[self.root]
        kind = _SHORTHANDS.get((self.quality, self.added))
        if kind is None:
            kind = "" if self.quality is Quality.MAJ and not self.added else self.quality.value
            kind += f"({','.join(_ADDED[tone] for tone in self.added)})" if self.added else ""
        bass = "" if self.bass is None else f"/{DEGREES[(self.bass - self.root) % 12]}"
        return f"{name}:{kind}{bass}" if kind else f"{name}{bass}"


NO_CHORD = Chord(None)


def parse_chord(symbol: str) -> Chord:
    """The chord a symbol means: Harte (``A:min7/b3``) or lead-sheet (``Am7``); "N" and "X" are no chord.

    Raises:
        ChordSymbolError: if the symbol names no chord we know.
    """
    text = symbol.strip()
    if text in ("N", "X", "N.C.", "NC"):
        return NO_CHORD
    matched = _SYMBOL.fullmatch(text)
    if matched is None:
        raise ChordSymbolError(f"{symbol!r} is no chord symbol; write for example C, A:min7, F#:sus4 or N")
    kind = (matched["harte"] if matched["harte"] is not None else matched["lead"]) or ""
    try:
        quality = Quality(kind)
    except ValueError:
        if kind not in _ALIASES:
            raise ChordSymbolError(
                f"{symbol!r}: there is no chord quality {kind!r}; write for example C, A:min7, F#:sus4 or N"
            ) from None
        quality = _ALIASES[kind]
    return Chord(pitch_class_named(matched["root"]), quality)
