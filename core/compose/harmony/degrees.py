"""Chord tokens as degrees of a key: moved to another key, to the other mode, and sorted by what they do there."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.vocabulary import CHORDS, chord_of, model_key, token_of
from hitpoint.core.mood import Mood
from hitpoint.core.music.chord import Chord, Quality
from hitpoint.core.music.key import Key

_MINOR_QUALITIES = (Quality.MIN, Quality.MIN6, Quality.MIN7)
_MAJOR_QUALITIES = (Quality.MAJ, Quality.MAJ6, Quality.MAJ7, Quality.DOM7)

# A degree of the major scale -> the same of the minor one, and what stands there: a theme that comes back in the other
# mode.
_IN_MINOR = {
    0: (0, Quality.MIN), 2: (5, Quality.MIN), 4: (3, Quality.MAJ), 5: (5, Quality.MIN), 7: (7, Quality.MAJ),
    9: (8, Quality.MAJ), 11: (10, Quality.MAJ),
}  # fmt: skip
_IN_MAJOR = {
    0: (0, Quality.MAJ), 2: (2, Quality.MIN), 3: (4, Quality.MIN), 5: (5, Quality.MAJ), 7: (7, Quality.MAJ),
    8: (9, Quality.MIN), 10: (7, Quality.MAJ),
}  # fmt: skip

_CADENTIAL = ((7, Quality.MAJ), (7, Quality.DOM7))
_DARK_CADENTIAL = (
    (1, Quality.MAJ), (1, Quality.MAJ7), (11, Quality.DIM), (11, Quality.DIM7), (11, Quality.HDIM7),
)  # fmt: skip
_MOOD_CADENTIAL: dict[Mood | None, tuple[tuple[int, Quality], ...]] = {
    Mood.FEARFUL: _DARK_CADENTIAL,
    Mood.TENSE: _DARK_CADENTIAL,
    Mood.EXCITING: ((10, Quality.MAJ),),
}

Mask = NDArray[np.bool_]


def transposed_token(token: int, semitones: int) -> int:
    """A chord so many semitones higher; "N" stays."""
    return token_of(chord_of(token).transposed(semitones))


def sounding(token: int, key: Key) -> Chord:
    """The chord of a token in a key."""
    return chord_of(token).transposed(key.semitones_from_model)


def token_in(chord: Chord, key: Key) -> int:
    """The token of a sounding chord in a key."""
    return token_of(chord.transposed(-key.semitones_from_model))


def in_other_mode(token: int, *, to_minor: bool) -> int:
    """The chord on the same degree of the parallel mode: vi of C major becomes the major chord on VI of A minor.

    Colours are lost; a chord on no degree of its scale keeps its distance from the tonic and its quality.
    """
    chord = chord_of(token)
    if chord.root is None:
        return token
    old, new = model_key(is_minor=not to_minor).tonic, model_key(is_minor=to_minor).tonic
    degree = (chord.root - old) % 12
    table = _IN_MINOR if to_minor else _IN_MAJOR
    moved, quality = table.get(degree, (degree, chord.quality))
    return token_of(Chord((new + moved) % 12, quality))


@lru_cache(maxsize=2)
def dominants(*, is_minor: bool) -> Mask:
    """(157,) chords on which a phrase stays open: V, V7, Vsus4; in minor v too."""
    qualities = [Quality.MAJ, Quality.DOM7, Quality.SUS4]
    return _at(7, qualities, is_minor=is_minor)


@lru_cache(maxsize=2)
def predominants(*, is_minor: bool) -> Mask:
    """(157,) chords that lead to a dominant.

    Those on the second, fourth, flat second and, in minor, flat sixth degree.
    """
    if is_minor:
        second = _at(2, [Quality.HDIM7, Quality.DIM], is_minor=True)
        fourth, others = _at(5, _MINOR_QUALITIES, is_minor=True), [1, 8]
    else:
        second = _at(2, _MINOR_QUALITIES, is_minor=False)
        fourth, others = _at(5, (*_MAJOR_QUALITIES[:3], *_MINOR_QUALITIES[:2]), is_minor=False), []
    result = second | fourth
    for degree in others:
        result |= _at(degree, _MAJOR_QUALITIES[:3], is_minor=is_minor)
    return result


@lru_cache(maxsize=2)
def tonics(*, is_minor: bool) -> Mask:
    """(157,) the tonic, plain or with a colour that leaves it at rest."""
    minor, major = (Quality.MIN, Quality.MIN7, Quality.MIN6), (Quality.MAJ, Quality.MAJ7, Quality.MAJ6, Quality.SUS2)
    return _at(0, minor if is_minor else major, is_minor=is_minor)


@lru_cache(maxsize=4)
def closing(*, is_minor: bool) -> Mask:
    """(157,) chords after which the last tonic is an end: dominants, subdominants, the major chord below the tonic."""
    below = _at(10, (Quality.MAJ,), is_minor=is_minor)
    return dominants(is_minor=is_minor) | predominants(is_minor=is_minor) | (below & is_minor)


@lru_cache(maxsize=256)
def leading_to(key: Key, new: Key) -> Mask:
    """(157,) chords, as tokens in ``key``, that lead into a new key: its dominants, and its predominants."""
    found = np.zeros(CHORDS, np.bool_)
    theirs = dominants(is_minor=new.is_minor)
    for token in np.flatnonzero(theirs).tolist():
        found[token_in(sounding(token, new), key)] = True
    return found


@lru_cache(maxsize=1024)
def cadential(key: Key, new: Key, mood: Mood | None, onto: int = 0) -> Mask:
    """(157,) chords, as tokens in ``key``, that lead by step into a chord of a key; a new key begins there.

    V and V7 with the leading tone; where it is tense or fearful ♭II and vii dim, too, where it is exciting ♭VII.

    Args:
        key: of the step that leads.
        new: of the step after it.
        mood: of the step.
        onto: semitones from the new tonic up to the root that is led to.
    """
    shapes = _CADENTIAL if onto else (*_CADENTIAL, *_MOOD_CADENTIAL.get(mood, ()))
    found = np.zeros(CHORDS, np.bool_)
    for degree, quality in shapes:
        found[token_in(Chord((new.tonic + onto + degree) % 12, quality), key)] = True
    return found


@lru_cache(maxsize=1)
def roots() -> NDArray[np.int64]:
    """(157,) root of each chord, -1 for "N"."""
    return np.array([-1 if (root := chord_of(token).root) is None else root for token in range(CHORDS)])


def _at(degree: int, qualities: tuple[Quality, ...] | list[Quality], *, is_minor: bool) -> Mask:
    mask = np.zeros(CHORDS, np.bool_)
    for quality in qualities:
        mask[token_of(Chord((model_key(is_minor=is_minor).tonic + degree) % 12, quality))] = True
    return mask
