"""Emotion without CLIP: the six moods of each second, guessed from colour, light, motion and cut rhythm.

A documented heuristic, meant to propose a mood and to be overruled. Each second gets a place in the plane of valence
and arousal, and a probability for each mood by how near that mood's place is:

- arousal = .40 motion + .30 cut rhythm + .20 saturation (Hanjalic & Xu 2005, "Affective video content representation
  and modeling", has motion, rhythm and sound energy; saturation from Valdez & Mehrabian 1994, whose negative term for
  brightness is left out because Wilms & Oberfeld 2018 find the contrary), divided by the sum of the weights in use;
- valence = .55 (.69 brightness + .22 saturation) + .20 hue pleasantness - .25 shadow (Valdez & Mehrabian 1994;
  Wang & Cheong 2006);
- dread = shadow - lighting key tells fearful from tense, which lie close together in the plane.

All terms are standardised, clipped to +-2, smoothed inside a shot (Kaiser, beta 5, as Hanjalic & Xu), and bent by
tanh(x / 1.5). The places are those of Russell & Mehrabian 1977 (:data:`hitpoint.core.mood.VALENCE_AROUSAL`), the prior
is the mean of MuVi-Sync's CLIP emotions, and the spread makes the result as undecided as those are: in MuVi-Sync the
largest probability is .29/.45/.77 at 5/50/95 %.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.mood import MOODS, VALENCE_AROUSAL, Mood

Numbers = NDArray[np.float64]

# mean probability of each mood over MuVi-Sync, in the order of MOODS
PRIOR = np.array([0.178, 0.226, 0.257, 0.191, 0.089, 0.059])
SPREAD = 0.43  # of a mood in the plane: largest probability .28/.45/.77 at 5/50/95 % where terms vary as assumed below
NEUTRAL_SPREAD = SPREAD * 0.25 / 0.35
DREAD_WEIGHT = 0.8

# motion (0..255) at quantiles of MuVi-Sync's seconds
_MOTION_QUANTILES = np.array(
    [(0.0, 0.0), (0.31, 0.05), (2.07, 0.25), (4.81, 0.5), (9.85, 0.75), (26.5, 0.95), (66.2, 0.99), (255.0, 1.0)]
)
_UNIFORM_DEVIATION = 12.0**-0.5  # of a quantile
_RHYTHM_SECONDS = 4.0  # a shot this long has a rhythm of exp(-1)
# (mean, standard deviation) of films, judged; to be measured on footage when there is some
_BRIGHTNESS = (0.40, 0.15)
_SATURATION = (0.35, 0.15)
_LIGHTING_KEY = (0.09, 0.04)
_SHADOW = (0.30, 0.20)
_RHYTHM = (0.37, 0.25)
_CLIP = 2.0  # standard deviations
_WINDOW = np.kaiser(9, 5.0)[1:-1]  # seconds: seven, of which the middle five weigh


@dataclass(frozen=True, eq=False)
class PictureRows:
    """The measurements of each of T seconds; rows that were not seen may hold anything finite.

    Attributes:
        motion: (T,) 0..255.
        brightness: (T,) 0..1.
        saturation: (T,) 0..1.
        lighting_key: (T,) 0..0.25.
        shadow: (T,) 0..1.
        pleasantness: (T,) -1..1.
        seen: (T,) whether there was a picture.
        shot: (T,) number of the shot each second lies in.
        shot_seconds: (T,) length of that shot.
    """

    motion: Numbers
    brightness: Numbers
    saturation: Numbers
    lighting_key: Numbers
    shadow: Numbers
    pleasantness: Numbers
    seen: NDArray[np.bool_]
    shot: NDArray[np.int64]
    shot_seconds: Numbers


def emotion_of(rows: PictureRows) -> NDArray[np.float32]:
    """Probabilities of the six moods, (T, 6), each row summing to 1; an unseen second has its cut rhythm alone."""
    saturation = _standard(rows.saturation, _SATURATION)
    shadow = _standard(rows.shadow, _SHADOW)
    arousal = _arousal(rows, saturation)
    light = 0.69 * _standard(rows.brightness, _BRIGHTNESS) + 0.22 * saturation
    valence = np.where(rows.seen, 0.55 * light + 0.20 * rows.pleasantness - 0.25 * shadow, 0.0)
    dread = np.where(rows.seen, shadow - _standard(rows.lighting_key, _LIGHTING_KEY), 0.0)
    smooth = [_bent(_smoothed(each, rows.shot)) for each in (valence, arousal, dread)]
    return mood_probabilities(*smooth)


def mood_probabilities(valence: Numbers, arousal: Numbers, dread: Numbers) -> NDArray[np.float32]:
    """Probabilities (T, 6) of the moods at places of the plane; all three are (T,) in -1..1."""
    places = np.array([VALENCE_AROUSAL[mood] for mood in MOODS])
    spreads = np.array([NEUTRAL_SPREAD if mood is Mood.NEUTRAL else SPREAD for mood in MOODS])
    distances = (valence[:, None] - places[:, 0]) ** 2 + (arousal[:, None] - places[:, 1]) ** 2
    logits = np.log(PRIOR) - distances / (2 * spreads**2)
    logits[:, MOODS.index(Mood.FEARFUL)] += DREAD_WEIGHT * dread
    logits[:, MOODS.index(Mood.TENSE)] -= DREAD_WEIGHT * dread
    weights = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float32)


def _arousal(rows: PictureRows, saturation: Numbers) -> Numbers:
    rhythm = _standard(np.exp(-rows.shot_seconds / _RHYTHM_SECONDS), _RHYTHM)
    quantile = np.interp(rows.motion, _MOTION_QUANTILES[:, 0], _MOTION_QUANTILES[:, 1])
    motion = (quantile - 0.5) / _UNIFORM_DEVIATION
    return np.where(rows.seen, (0.40 * motion + 0.30 * rhythm + 0.20 * saturation) / 0.90, rhythm)


def _standard(values: Numbers, mean_and_deviation: tuple[float, float]) -> Numbers:
    mean, deviation = mean_and_deviation
    return np.clip((values - mean) / deviation, -_CLIP, _CLIP)


def _bent(values: Numbers) -> Numbers:
    return np.tanh(np.clip(values, -_CLIP, _CLIP) / 1.5)


def _smoothed(values: Numbers, shot: NDArray[np.int64]) -> Numbers:
    """Weighted mean of the seconds around each, those of other shots left out."""
    count, reach = len(values), len(_WINDOW) // 2
    around = np.pad(values, reach)
    shot_around = np.pad(shot, reach, constant_values=-1)
    total, weight = np.zeros(count), np.zeros(count)
    for step, factor in enumerate(_WINDOW):
        share = factor * (shot_around[step : step + count] == shot)
        total += share * around[step : step + count]
        weight += share
    return total / weight
