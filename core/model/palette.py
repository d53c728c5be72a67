"""The palette: what harmony each mood speaks, as data, and what of it a point on the plane of feeling asks for.

The data lie in ``resources/palette.toml``, a table of gestures with the source of each. Between the six moods, and
beside wonder, which is none of them, a feeling has a share in all that are near.
"""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.affect import Affect
from hitpoint.core.errors import OptionError
from hitpoint.core.model.vocabulary import CHORDS, chord_of, model_key, token_of
from hitpoint.core.mood import VALENCE_AROUSAL, Mood
from hitpoint.core.music.chord import Chord, Quality

PALETTES = ("fearful", "tense", "sad", "exciting", "relaxing", "neutral", "wonder")

_WONDER = (0.45, 0.35)  # valence and arousal; judgement: between excitement and calm, and glad
_POINTS = {**{mood.value: point for mood, point in VALENCE_AROUSAL.items()}, "wonder": _WONDER}
_NEAR = 0.2  # standard deviation, on the plane, of what a palette answers to
_OF_THE_CLASS = 0.75  # share of a mood's own palette where the mood itself was asked for

Reals = NDArray[np.float64]
Degree = tuple[int, Quality]  # semitones above the tonic


@dataclass(frozen=True)
class Gesture:
    """A few chords in a row.

    Attributes:
        mood: one of :data:`PALETTES`.
        is_minor: the mode it belongs to.
        chords: at least two.
        source: where it is described.
        weight: how often it serves beside the others of its mood.
    """

    mood: str
    is_minor: bool
    chords: tuple[Degree, ...]
    source: str
    weight: float = 1.0


@lru_cache(maxsize=1)
def gestures() -> tuple[Gesture, ...]:
    """All gestures, in the order of the table.

    Raises:
        OptionError: if the table is damaged.
    """
    try:
        return tuple(_gesture(row) for row in _table()["gesture"])
    except (KeyError, ValueError, TypeError) as error:
        raise OptionError(f"palette.toml: no table of gestures ({error}); install again") from None


def palette_shares(affect: Affect | None, mood: Mood | None = None) -> Reals:
    """(7,) share of each of :data:`PALETTES` in a feeling; they add up to 1, or are all 0 where nothing is felt.

    Args:
        affect: the point on the plane.
        mood: the class, if it was meant itself.
    """
    if affect is None:
        return np.zeros(len(PALETTES))
    distances = [math.dist(_POINTS[name], (affect.valence, affect.arousal)) for name in PALETTES]
    near = [math.exp(-(distance**2) / (2 * _NEAR**2)) for distance in distances]
    whole = sum(near)
    shares = [one / whole for one in near] if whole > 1e-9 else [float(d == min(distances)) for d in distances]
    if mood is not None:
        shares = [(1 - _OF_THE_CLASS) * share for share in shares]
        shares[PALETTES.index(mood.value)] += _OF_THE_CLASS
    return np.round(np.array(shares), 6)


@lru_cache(maxsize=4)
def colourings(*, is_minor: bool) -> Reals:
    """(7, 157, 157) what of each plain triad, the row, becomes which chord, the column; rows add up to 1.

    One matrix a palette, in C major or A minor.
    """
    table = _table()["colour"]
    fifth = (model_key(is_minor=is_minor).tonic + 7) % 12
    result = np.zeros((len(PALETTES), CHORDS, CHORDS))
    for number, name in enumerate(PALETTES):
        matrix = np.eye(CHORDS)
        for token in range(1, CHORDS):
            chord = chord_of(token)
            if chord.quality not in (Quality.MAJ, Quality.MIN):
                continue
            kind = "minor" if chord.quality is Quality.MIN else "dominant" if chord.root == fifth else "major"
            for quality, share in table[name][kind].items():
                matrix[token, token_of(Chord(chord.root, Quality(quality)))] += share
                matrix[token, token] -= share
        result[number] = matrix
    return result


def token_at(degree: Degree, *, is_minor: bool) -> int:
    """The token of a degree in C major or A minor."""
    semitones, quality = degree
    return token_of(Chord((model_key(is_minor=is_minor).tonic + semitones) % 12, quality))


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    text = (resources.files("hitpoint.resources") / "palette.toml").read_text(encoding="utf-8")
    table: dict[str, dict[str, dict[str, dict[str, float]]]] = tomllib.loads(text)
    return table


def _gesture(row: object) -> Gesture:
    assert isinstance(row, dict)
    if row["mood"] not in PALETTES or row["mode"] not in ("major", "minor"):
        raise ValueError(f"{row['mood']} in {row['mode']}")
    chords = tuple(_degree(word) for word in row["chords"].split())
    if len(chords) < 2:
        raise ValueError(f"{row['chords']!r} is no gesture")
    return Gesture(row["mood"], row["mode"] == "minor", chords, row["source"], float(row.get("weight", 1.0)))


def _degree(word: str) -> Degree:
    semitones, _, quality = word.partition(":")
    return int(semitones) % 12, Quality(quality)
