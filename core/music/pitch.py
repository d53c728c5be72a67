"""Pitch classes and their names. Pitch class 0 is C; MIDI pitch 60 is middle C (C4)."""

from __future__ import annotations

# Written with sharps inside, as MuVi-Sync does; flats are read and shown where a key has them.
SHARP_NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
FLAT_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")

_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_ACCIDENTALS = {"#": 1, "b": -1}


def pitch_class_named(name: str) -> int:
    """The pitch class of a note name: a letter and any number of ``#`` or ``b``.

    Raises:
        ValueError: if the text is no note name.
    """
    if not name or name[0] not in _LETTERS or any(sign not in _ACCIDENTALS for sign in name[1:]):
        raise ValueError(f"{name!r} is no note name")
    return (_LETTERS[name[0]] + sum(_ACCIDENTALS[sign] for sign in name[1:])) % 12


def frequency(pitch: float) -> float:
    """Hertz of a MIDI pitch, equal temperament, A4 (69) at 440 Hz."""
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))
