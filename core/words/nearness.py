"""Words that the table has not, by what they are near to in meaning: ``resources/words/vectors.npz``.

The vectors are single English words as a sentence model (all-MiniLM-L6-v2) hears them, reduced to 64 numbers of 8 bits
by ``resources/words/distil_vectors.py``. A word is taken for a feeling if its nearest terms in the table are clearly
near and most of them feelings; where it lies on the plane is their mean, weighted by nearness. Words that were listed
by hand as feelings need not be so near. Measured by leaving out each of our own English terms: the sign of valence is
right in 95 %, that of arousal in 95 % of the 65 % that are taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from hitpoint.core.words.terms import forms_of, terms

if TYPE_CHECKING:  # loaded only when a word is not in the table
    import numpy as np
    from numpy.typing import NDArray

_NEIGHBOURS = 7
_LEAST, _LEAST_LISTED = 0.65, 0.5  # nearness, the cosine, of the nearest term; of a word that is listed as a feeling
_AMBIGUOUS = frozenset(
    {"driving", "still", "moving", "blue", "cold", "heavy", "party", "sports", "sport", "score", "action"}
)
_AGREEING = 0.6  # share of the neighbours' weight that feelings have
_SHARPNESS = 6  # power by which nearer terms count for more


@dataclass(frozen=True)
class Nearness:
    """A word taken for a feeling.

    Attributes:
        valence: -1..1.
        arousal: -1..1.
        like: the nearest term.
        nearness: 0..1, to that.
    """

    valence: float
    arousal: float
    like: str
    nearness: float


def feeling_near(word: str, without: Sequence[str] = ()) -> Nearness | None:
    """The feeling that a word is near to; None if it is near to none, or not known.

    Args:
        word: a single one, in any case.
        without: terms that are not to be looked at.
    """
    import numpy as np

    words, vectors, anchors, listed = _table()
    place = next((words[form] for form in forms_of(word.casefold()) if form in words), None)
    if place is None:
        return None
    near = np.round(vectors[anchors] @ vectors[place], 6)
    known = terms()
    order = [at for at in np.argsort(-near, kind="stable").tolist() if _names()[anchors[at]] not in (*without, word)]
    best = [(known[_names()[anchors[at]]], max(float(near[at]), 0.0)) for at in order[:_NEIGHBOURS]]
    is_felt = bool(listed[place])
    if not best or best[0][1] < (_LEAST_LISTED if is_felt else _LEAST):
        return None
    weights = [nearness**_SHARPNESS for _, nearness in best]
    felt = [(term.value, weight) for (term, _), weight in zip(best, weights, strict=True) if term.control == "feeling"]
    total = sum(weight for _, weight in felt)
    if total < (0.0 if is_felt else _AGREEING) * sum(weights) or not felt:
        return None
    points = [([float(number) for number in value.split(",")], weight) for value, weight in felt]
    valence, arousal = (sum(point[axis] * weight for point, weight in points) / total for axis in (0, 1))
    like = next(term.words for term, _ in best if term.control == "feeling")
    return Nearness(round(valence, 2), round(arousal, 2), like, best[0][1])


@cache
def _load() -> tuple[tuple[str, ...], NDArray[np.float32], NDArray[np.bool_], NDArray[np.bool_]]:
    """Words, (n, 64) vectors of length 1, which are listed by hand, which are terms that others are compared with."""
    import numpy as np

    with (files("hitpoint.resources") / "words" / "vectors.npz").open("rb") as file, np.load(file) as stored:
        words = tuple(str(word) for word in stored["words"])
        vectors, listed = stored["vectors"].astype(np.float32), stored["listed"]
        compared = stored["anchors"]
    return words, vectors / np.linalg.norm(vectors, axis=1, keepdims=True), listed, compared


def _names() -> tuple[str, ...]:
    return _load()[0]


@cache
def _table() -> tuple[dict[str, int], NDArray[np.float32], Any, NDArray[np.bool_]]:
    """The place of each word, all vectors, the places of terms that say something of the music, and what is listed."""
    import numpy as np

    names, vectors, listed, compared = _load()
    controls = ("feeling", "tempo", "density", "style", "instrument", "loudness")
    known = terms()
    anchors = [
        place
        for place, name in enumerate(names)
        if name in known and known[name].control in controls and name not in _AMBIGUOUS and compared[place]
    ]
    return {name: place for place, name in enumerate(names)}, vectors, np.array(anchors), listed
