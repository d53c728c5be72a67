"""A fingerprint of a progression: the same in every key, another for any other chord or place."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

from hitpoint.core.music.chord import Chord


def progression_print(chords: Sequence[Chord | None]) -> int:
    """A number for chords at equal distances, counted from the root of the first; None stands for no chord.

    >>> from hitpoint.core.music.chord import parse_chord
    >>> one, other = ([parse_chord(symbol) for symbol in row.split()] for row in ("C G A:min", "D A B:min"))
    >>> progression_print(one) == progression_print(other)
    True
    """
    sounding = [None if chord is None or chord.root is None else (chord.root, chord.quality) for chord in chords]
    first = next((one[0] for one in sounding if one is not None), 0)
    words = ("N" if one is None else f"{(one[0] - first) % 12}{one[1].value}" for one in sounding)
    return crc32(" ".join(words).encode())
