"""Keys: a mode for each feeling, and modulations where sections begin.

A stretch whose feeling asks for the other mode goes there on its first bar: to the parallel, the relative or a
chromatic mediant. In a long stretch of one feeling a contrasting section goes to a near key of the same mode and comes
back.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from hitpoint.core.music.key import Key

# semitones from the home tonic to the tonic of the other mode
_TO_MINOR = (0, 9, 9, 4)  # parallel, relative, mediant
_TO_MAJOR = (3, 3, 0, 8)  # relative, parallel, submediant
_NEAR_MINOR = (5, 5, 7, 5)  # semitones to another key of the same mode: subdominant, dominant
_NEAR_MAJOR = (5, 7, 5, 7)


def stretch_keys(home: Key, modes: Sequence[bool], rng: np.random.Generator, *, is_fixed: bool) -> tuple[Key, ...]:
    """The key of each stretch of mood.

    Args:
        home: of the cue.
        modes: of each stretch, whether it asks for minor.
        rng: chooses among near keys.
        is_fixed: whether the editor chose the home key: its tonic stays, then.
    """
    steps = (_TO_MINOR if not home.is_minor else _TO_MAJOR)[int(rng.integers(4))]
    other = Key((home.tonic + (0 if is_fixed else steps)) % 12, is_minor=not home.is_minor)
    return tuple(home if is_minor == home.is_minor else other for is_minor in modes)


def contrasting_key(key: Key, rng: np.random.Generator) -> Key:
    """A near key of the same mode."""
    steps = (_NEAR_MINOR if key.is_minor else _NEAR_MAJOR)[int(rng.integers(4))]
    return Key((key.tonic + steps) % 12, key.is_minor)


def in_key(key: Key, home: Key, new_home: Key) -> Key:
    """A key of a plan that was made in one home key, in another."""
    return Key((key.tonic + new_home.tonic - home.tonic) % 12, key.is_minor)
