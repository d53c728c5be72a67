"""Rules that pull towards the palette of a mood.

Its gestures on bar lines, the colours of its chords, more or less key.

All of them mix probabilities, p' = (1 - λ) p + λ q: what the model finds impossible becomes possible, and no wish,
however strong, makes anything certain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.compose.harmony.degrees import roots
from hitpoint.core.model.palette import PALETTES, Gesture, colourings, gestures, token_at
from hitpoint.core.model.rules.decoding import Logits
from hitpoint.core.model.vocabulary import CHORDS, SILENCE, chord_of, model_key
from hitpoint.core.music.chord import Quality

_PULL = 0.5  # λ of gestures at strength 1, where a mood is all there is
_MOST_PULL = 0.75
_BEGINNING = 0.35  # weight of beginning a gesture, beside 1 for going on with one
_LENT = 0.4  # weight of the other mode's gestures, for a mood that has none in this one
_BORROWED = 0.1  # weight of minor's gestures in major, for a mood that has its own there
_AT_HOME_IN_MINOR = {0, 1, 2, 3, 5, 6, 7, 8, 10}  # degrees of major's gestures that minor can take
_MINOR_THIRD = (Quality.MIN, Quality.MIN6, Quality.MIN7, Quality.DIM, Quality.DIM7, Quality.HDIM7)
_FOREIGN = 2.0  # logits that chords outside the key lose
_LOOKED_BACK, _FEWEST = 48, 8  # steps that are looked back on, and how many there are at least
_ENOUGH = (0.2, 0.3)  # shares of them outside the key from which fewer follow, and none but by chance
_CHROMATIC = {"fearful": 0.8, "tense": 0.7, "exciting": 0.6, "wonder": 0.8, "sad": 0.3}  # by so much less of it

Reals = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Palette:
    """What is felt at each step.

    Attributes:
        shares: (steps, palettes) of each of :data:`~hitpoint.core.model.palette.PALETTES`.
        strengths: (steps,) 0..2.
        minor: (steps,) the mode.
    """

    shares: Reals
    strengths: Reals
    minor: Sequence[bool]

    @cached_property
    def pulls(self) -> Reals:
        """(steps,) λ of the gestures."""
        felt = 1.0 - 0.7 * self.shares[:, PALETTES.index("neutral")]
        pulls: Reals = np.minimum(_PULL * self.strengths * felt * (self.shares.sum(axis=1) > 0), _MOST_PULL)
        return pulls


@dataclass(frozen=True, eq=False)
class Gestures:
    """On some steps, the next chord of a gesture that has been begun, or the first of one, comes easier.

    Attributes:
        palette: of the piece.
        at: steps on which gestures move: bar lines and hits.
    """

    palette: Palette
    at: frozenset[int]

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Mix the gestures in."""
        row = len(tokens)
        if row not in self.at or row >= len(self.palette.minor) or self.palette.pulls[row] == 0.0:
            return logits
        wished = self._wished(row, tokens)
        strayed = _strayed(tokens, is_minor=self.palette.minor[row])
        if strayed:
            wished = np.where(foreign(is_minor=self.palette.minor[row]), (1.0 - strayed) * wished, wished)
        return mixed(logits, wished, float(self.palette.pulls[row]))

    def _wished(self, row: int, tokens: Sequence[int]) -> Reals:
        """(157,) weights of what gestures would bring."""
        minor = self.palette.minor[row]
        last = _last_degrees(tokens, is_minor=minor)
        weights = np.zeros(CHORDS)
        for gesture, shapes in _gestures(minor):
            share = float(self.palette.shares[row, PALETTES.index(gesture.mood)]) * gesture.weight
            if share == 0.0:
                continue
            known = next((n for n in range(len(shapes) - 1, 0, -1) if shapes[:n] == tuple(last[-n:])), 0)
            following = token_at(gesture.chords[known], is_minor=minor)
            weights[following] += share * (known or _BEGINNING)
        return weights


@dataclass(frozen=True, eq=False)
class Colours:
    """When a chord begins, a plain triad may become one of its kind with a sixth, a seventh or a suspension.

    Shares are those of the palette at strength 1; a change of colour alone, on the root that sounds, is not made
    easier.
    """

    palette: Palette

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Hand out each triad's probability."""
        row = len(tokens)
        if row >= len(self.palette.minor) or self.palette.strengths[row] == 0.0 or not self.palette.shares[row].any():
            return logits
        key = (*self.palette.shares[row].tolist(), round(min(float(self.palette.strengths[row]), 1.6), 3))
        shares = np.exp(logits - logits.max())
        moved = shares @ _colouring(key, self.palette.minor[row])
        if tokens:
            same = roots() == roots()[tokens[-1]]
            kept = np.where(same, shares, 0.0)
            elsewhere = np.where(same, 0.0, moved)
            moved = kept + elsewhere
        moved[~np.isfinite(logits)] = 0.0
        with np.errstate(divide="ignore"):
            result: Logits = np.log(moved)
        return result if np.isfinite(result).any() else logits


@dataclass(frozen=True, eq=False)
class NearKey:
    """Chords with notes outside the key come less easily.

    So they do where the mood is not one that lives on them, or has had enough.
    """

    palette: Palette

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Push away what is foreign to the key."""
        row = len(tokens)
        if row >= len(self.palette.minor):
            return logits
        strength = min(float(self.palette.strengths[row]), 1.0)
        freed = strength * float(self.palette.shares[row] @ _chromatic())
        freed *= 1.0 - _strayed(tokens, is_minor=self.palette.minor[row])
        return logits - _FOREIGN * (1.0 - freed) * foreign(is_minor=self.palette.minor[row])


def mixed(logits: Logits, weights: Reals, share: float) -> Logits:
    """Logits of (1 - share) of their own probability and share of the weights'; what is forbidden stays so."""
    wished = np.where(np.isfinite(logits), weights, 0.0)
    total = wished.sum()
    if total <= 0.0:
        return logits
    own = np.exp(logits - logits.max())
    with np.errstate(divide="ignore"):
        result: Logits = np.log((1.0 - share) * own / own.sum() + share * wished / total)
    return result


@lru_cache(maxsize=2)
def foreign(*, is_minor: bool) -> NDArray[np.bool_]:
    """(157,) chords with a note outside the key; in minor the raised seventh is at home too."""
    scale = {*model_key(is_minor=is_minor).scale, *((8,) if is_minor else ())}
    return np.array([not scale.issuperset(chord_of(token).pitch_classes) for token in range(CHORDS)])


def _strayed(tokens: Sequence[int], *, is_minor: bool) -> float:
    """0..1, how far the last steps have strayed from the key: colours are heard as such beside what is at home."""
    last = tokens[-_LOOKED_BACK:]
    if len(last) < _FEWEST:
        return 0.0
    outside = _foreign_tokens(is_minor)
    share = sum(token in outside for token in last) / len(last)
    return min(max((share - _ENOUGH[0]) / (_ENOUGH[1] - _ENOUGH[0]), 0.0), 1.0)


@lru_cache(maxsize=2)
def _foreign_tokens(is_minor: bool) -> frozenset[int]:
    return frozenset(np.flatnonzero(foreign(is_minor=is_minor)).tolist())


@lru_cache(maxsize=1)
def _chromatic() -> Reals:
    return np.array([_CHROMATIC.get(name, 0.0) for name in PALETTES])


@lru_cache(maxsize=2)
def _gestures(is_minor: bool) -> tuple[tuple[Gesture, tuple[tuple[int, bool], ...]], ...]:
    """The gestures of a mode, and root and third of their chords, by which they are known again in other colours.

    Those of the other mode come with the tonic of this one.
    """
    found = []
    at_home = {one.mood for one in gestures() if one.is_minor == is_minor}
    for one in gestures():
        if one.is_minor != is_minor:
            weight = _LENT if one.mood not in at_home else 0.0 if is_minor else _BORROWED
            if weight == 0.0 or (is_minor and not _AT_HOME_IN_MINOR.issuperset(degree for degree, _ in one.chords)):
                continue
            tonic = (0, Quality.MIN if is_minor else Quality.MAJ)
            chords = tuple(tonic if degree == 0 else (degree, quality) for degree, quality in one.chords)
            one = replace(one, chords=chords, weight=one.weight * weight)
        found.append((one, tuple((degree, quality in _MINOR_THIRD) for degree, quality in one.chords)))
    return tuple(found)


def _last_degrees(tokens: Sequence[int], *, is_minor: bool) -> list[tuple[int, bool]]:
    """Root above the tonic, and whether the third is minor, of the last three different chords, the latest last."""
    found: list[tuple[int, bool]] = []
    tonic = model_key(is_minor=is_minor).tonic
    last = None
    for token in reversed(tokens[-24:]):
        if token in (last, SILENCE):
            continue
        last = token
        chord = chord_of(token)
        assert chord.root is not None
        found.append(((chord.root - tonic) % 12, chord.is_minor_type))
        if len(found) == 3:
            break
    return found[::-1]


@lru_cache(maxsize=256)
def _colouring(key: tuple[float, ...], is_minor: bool) -> Reals:
    """(157, 157) the matrix of a blend of palettes, ``key`` their shares and last the strength."""
    shares, strength = np.array(key[:-1]), key[-1]
    matrix = np.eye(CHORDS) * (1.0 - strength * shares.sum()) + strength * np.einsum(
        "p,pij->ij", shares, colourings(is_minor=is_minor)
    )
    result: Reals = np.maximum(matrix, 0.0)
    return result
