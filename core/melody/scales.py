"""Degrees of a key's scale and pitches: how a theme keeps its shape where the key or the mode is another."""

from __future__ import annotations

from functools import lru_cache

from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key


@lru_cache(maxsize=24)
def steps_of(key: Key) -> tuple[int, ...]:
    """Semitones of the seven degrees above the tonic."""
    return tuple((tone - key.tonic) % 12 for tone in key.scale)


def pitch_on(degree: int, raised: int, key: Key, home: int) -> int:
    """The MIDI pitch so many degrees above ``home``, which is a tonic of the key."""
    octave, step = divmod(degree, 7)
    return home + 12 * octave + steps_of(key)[step] + raised


def degree_on(pitch: int, key: Key, home: int) -> tuple[int, int]:
    """Degrees of a pitch above ``home``, and semitones that are left above that degree."""
    octave, tone = divmod(pitch - home, 12)
    steps = steps_of(key)
    step = max(index for index, one in enumerate(steps) if one <= tone)
    return 7 * octave + step, tone - steps[step]


def home_near(pitch: float, key: Key) -> int:
    """The tonic of a key that lies nearest to a pitch, the lower of two."""
    lower = int(pitch) - (int(pitch) - key.tonic) % 12
    return lower if pitch - lower <= 6 else lower + 12


def tones_over(chord: Chord, key: Key) -> frozenset[int]:
    """Pitch classes that sound plain over a chord: its own and the key's, less those that a raised tone replaces."""
    own = frozenset(chord.pitch_classes)
    foreign = own - set(key.scale)
    clashing = {(tone - 1) % 12 for tone in foreign} | {(tone + 1) % 12 for tone in foreign}
    return own | (frozenset(key.scale) - (clashing - own))
