"""How well drawn pictures fit a mood or words: by our own affect of colour, light and motion, or by CLIP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.affect import Affect
from hitpoint.core.features.colour import colour_of
from hitpoint.core.features.emotion import PictureRows, emotion_of, mood_probabilities
from hitpoint.core.features.motion import frame_difference
from hitpoint.core.mood import MOODS, VALENCE_AROUSAL, Mood, MoodSpan, nearest_mood
from hitpoint.core.visuals.generator import Rgb

_DREAD = {Mood.FEARFUL: 1.0, Mood.TENSE: -0.7}  # which parts the two, that lie close together on the plane
# of a picture's luma, 0..1: its spread, and its mean difference from pixel to pixel at 96 x 54
_SPREAD = (0.09, 0.26)
_DETAIL = (0.010, 0.050)
_STRICTNESS = 6.0  # weight of a picture that is too flat or too restless, beside the logarithm of a probability

Numbers = NDArray[np.float64]


def wanted_moods(spans: Sequence[MoodSpan], start: float, end: float) -> Numbers:
    """The moods wanted in a stretch of seconds, (6,) in the order of MOODS, summing to 1.

    Neutral if nothing is said.
    """
    total = np.zeros(len(MOODS))
    for span in spans:
        seconds = min(span.end, end) - max(span.start, start)
        if seconds > 0:
            total += seconds * moods_of(span.affect, span.mood)
    return np.asarray(total / total.sum()) if total.sum() > 0 else moods_of(Affect(0.0, 0.0), Mood.NEUTRAL)


def moods_of(affect: Affect, mood: Mood | None = None) -> Numbers:
    """The moods that a point of the plane asks for, (6,), summing to 1; two thirds go to the nearest one."""
    mood = mood or nearest_mood(affect)
    place = np.array([affect.valence]), np.array([affect.arousal]), np.array([_DREAD.get(mood, 0.0)])
    found = mood_probabilities(*place)[0].astype(np.float64) / 3.0
    found[MOODS.index(mood)] += 2.0 / 3.0
    return np.asarray(found / found.sum())


def affect_wanted(moods: Numbers) -> Affect:
    """The mean place on the plane of some moods, (6,)."""
    valence, arousal = np.sum(moods[:, None] * np.array([VALENCE_AROUSAL[mood] for mood in MOODS]), axis=0)
    return Affect(float(np.clip(valence, -1, 1)), float(np.clip(arousal, -1, 1)))


def picture_moods(pairs: Sequence[tuple[Rgb, Rgb]], shot_seconds: float) -> Numbers:
    """The moods of pairs of consecutive frames, (n, 6), as :mod:`hitpoint.core.features.emotion` sees them in film.

    Args:
        pairs: two (height, width, 3) frames each.
        shot_seconds: between the changes of the film, which count as its cuts.
    """
    colours = [colour_of(second) for _, second in pairs]
    count = len(pairs)
    return emotion_of(
        PictureRows(
            motion=np.array([frame_difference(first, second) for first, second in pairs]),
            brightness=np.array([colour.brightness for colour in colours]),
            saturation=np.array([colour.saturation for colour in colours]),
            lighting_key=np.array([colour.lighting_key for colour in colours]),
            shadow=np.array([colour.shadow for colour in colours]),
            pleasantness=np.array([colour.pleasantness for colour in colours]),
            seen=np.ones(count, np.bool_),
            shot=np.arange(count),
            shot_seconds=np.full(count, shot_seconds),
        )
    ).astype(np.float64)


class MoodJudge:
    """Judges by colour, light and motion; pictures that are nearly flat or all lines lose.

    Args:
        moods: wanted, (6,) in the order of MOODS.
        shot_seconds: between the changes of the film.
    """

    def __init__(self, moods: Numbers, shot_seconds: float) -> None:
        self._moods = moods
        self._shot_seconds = shot_seconds

    def scores(self, pairs: Sequence[tuple[Rgb, Rgb]]) -> Numbers:
        """The expected logarithm of the wanted mood's probability, less what is wrong with the picture."""
        moods = picture_moods(pairs, self._shot_seconds)
        fit = np.sum(self._moods * np.log(np.maximum(moods, 1e-6)), axis=1)
        return np.asarray(fit - _STRICTNESS * np.array([flaw(second) for _, second in pairs]))


class TextEncoder(Protocol):
    """What sees pictures and reads words."""

    def encode(self, images: Sequence[Rgb]) -> NDArray[np.float32]:
        """Embeddings (n, size) of pictures, not normalised."""
        ...

    def encode_words(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embeddings (n, size) of texts, normalised."""
        ...


class WordsJudge:
    """Judges by words, with CLIP.

    Args:
        encoder: a CLIP.
        words: what the picture should be.
    """

    def __init__(self, encoder: TextEncoder, words: str) -> None:
        self._encoder = encoder
        self._words = encoder.encode_words([words])[0]

    def scores(self, pairs: Sequence[tuple[Rgb, Rgb]]) -> Numbers:
        """The cosine of words and picture, -1..1."""
        embeddings = self._encoder.encode([second for _, second in pairs]).astype(np.float64)
        norms = np.linalg.norm(embeddings, axis=1)
        return np.asarray(embeddings @ self._words / np.maximum(norms, 1e-8))


def flaw(picture: Rgb) -> float:
    """How much too flat or too restless a small picture is; 0 if it is neither."""
    luma = picture.astype(np.float64) @ np.array([0.2126, 0.7152, 0.0722]) / 255.0
    detail = (np.abs(np.diff(luma, axis=0)).mean() + np.abs(np.diff(luma, axis=1)).mean()) / 2
    return _outside(float(luma.std()), _SPREAD) + _outside(float(detail), _DETAIL)


def _outside(value: float, bounds: tuple[float, float]) -> float:
    """How far a value lies outside two bounds, as a share of the nearer one."""
    low, high = bounds
    return max(low - value, 0.0) / low + max(value - high, 0.0) / high
