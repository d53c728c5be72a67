"""Keys: a tonic and a mode. The models think in C major and A minor; a key says how far to transpose."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hitpoint.core.errors import OptionError
from hitpoint.core.music.pitch import FLAT_NAMES, SHARP_NAMES, pitch_class_named

_MAJOR_SCALE = (0, 2, 4, 5, 7, 9, 11)
_MINOR_SCALE = (0, 2, 3, 5, 7, 8, 10)
_KEY = re.compile(r"([A-Ga-g][#b]?)\s*[-_: ]?\s*(major|minor|maj|min|m|M)?")

# Tonics written with flats. Six sharps or six flats is a matter of habit: F# major, but Eb minor.
_FLAT_MAJORS = frozenset({5, 10, 3, 8, 1})
_FLAT_MINORS = frozenset({2, 7, 0, 5, 10, 3})


@dataclass(frozen=True)
class Key:
    """A major or minor key. ``tonic`` is a pitch class 0..11."""

    tonic: int
    is_minor: bool = False

    @property
    def scale(self) -> tuple[int, ...]:
        """The seven pitch classes of the major or natural minor scale, from the tonic."""
        steps = _MINOR_SCALE if self.is_minor else _MAJOR_SCALE
        return tuple((self.tonic + step) % 12 for step in steps)

    @property
    def semitones_from_model(self) -> int:
        """How far C major (A minor) must be transposed to sound in this key: -5..6 semitones."""
        shift = (self.tonic - (9 if self.is_minor else 0)) % 12
        return shift - 12 if shift > 6 else shift

    @property
    def uses_flats(self) -> bool:
        """Whether the key signature has flats."""
        return self.tonic in (_FLAT_MINORS if self.is_minor else _FLAT_MAJORS)

    def __str__(self) -> str:
        """``A minor``, ``Eb major``."""
        name = (FLAT_NAMES if self.uses_flats else SHARP_NAMES)[self.tonic]
        return f"{name} {'minor' if self.is_minor else 'major'}"


def parse_key(text: str) -> Key:
    """The key an editor wrote: "A minor", "Eb", "f# min", "Am".

    Raises:
        OptionError: if it is no key.
    """
    matched = _KEY.fullmatch(text.strip())
    if matched is None:
        raise OptionError(f"{text!r} is no key: write for example 'A minor', 'Eb major' or 'auto'")
    name, mode = matched[1], matched[2] or ("minor" if matched[1][0].islower() else "major")
    return Key(pitch_class_named(name[0].upper() + name[1:]), mode in ("minor", "min", "m"))
