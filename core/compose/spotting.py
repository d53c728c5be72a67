"""Spotting: what mood a stretch of picture has, and what key it asks for, before a note is written.

The picture proposes, the editor disposes: a mood the editor gave for a stretch stands there, and the picture's own
reading everywhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.edit import Edit
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.mood import MOODS, VALENCE_AROUSAL, MoodSpan
from hitpoint.core.music.key import Key

CHANGE_ON_CUT, CHANGE_INSIDE_A_SHOT = 1.5, 6.0  # nats that a change of mood must be worth
WISHED_SHARE = 0.7  # probability a wished mood gets; the other five share the rest

# Tonics to choose from: keys that lie well for piano and strings, as pitch classes of the major key.
_EASY_MAJORS = (0, 2, 3, 5, 7, 9, 10)


def proposed_moods(edit: Edit, features: PictureFeatures, start_frame: int, end_frame: int) -> tuple[MoodSpan, ...]:
    """The picture's own moods: the likeliest sequence of classes in which each change has a price, least on a cut.

    The best sequence of a hidden Markov model whose observations are the emotion rows (Viterbi 1967).

    Args:
        edit: whose cuts are the natural places for a change.
        features: row 0 is the second that starts at ``start_frame``.
        start_frame: first frame of the stretch.
        end_frame: first frame after it.
    """
    start, end = float(edit.rate.seconds(start_frame)), float(edit.rate.seconds(end_frame))
    cuts = {cut for cut in map(float, edit.cuts) if start < cut < end}
    whole = {start + second for second in range(1, int(np.ceil(end - start)))}
    edges = [start, *sorted(cuts | whole), end]
    pieces = np.array(edges[:-1]) - start
    rows = features.emotion[np.minimum(pieces.astype(np.intp), len(features) - 1)]
    worth = np.diff(edges)[:, None] * np.log(np.maximum(rows.astype(np.float64), 1e-6))
    price = np.array([CHANGE_ON_CUT if edge in cuts else CHANGE_INSIDE_A_SHOT for edge in edges[:-1]])
    spans: list[MoodSpan] = []
    for left, right, index in zip(edges, edges[1:], _likeliest_path(worth, price), strict=False):
        if spans and spans[-1].mood is MOODS[index]:
            spans[-1] = MoodSpan(spans[-1].start, right, MOODS[index])
        else:
            spans.append(MoodSpan(left, right, MOODS[index]))
    return tuple(spans)


def emotion_with_wishes(
    emotion: NDArray[np.float32], times: NDArray[np.float64], wishes: Sequence[MoodSpan]
) -> NDArray[np.float32]:
    """Emotion rows in which a wished mood has probability 0.7 and the others share the rest.

    Args:
        emotion: (T, 6) probabilities from the picture.
        times: (T,) seconds from the start of the timeline of each row.
        wishes: the editor's moods; a later one wins.
    """
    rows = emotion.copy()
    for wish in wishes:
        inside = (times >= wish.start) & (times < wish.end)
        rows[inside] = (1 - WISHED_SHARE) / (len(MOODS) - 1)
        rows[inside, MOODS.index(wish.mood)] = WISHED_SHARE
    return rows


def mean_valence_arousal(moods: Sequence[MoodSpan]) -> tuple[float, float]:
    """Valence and arousal of a whole cue, -1..1, each mood weighted by its length."""
    seconds = sum(span.end - span.start for span in moods)
    if seconds <= 0:
        return 0.0, 0.0
    plane = [(span.end - span.start, *VALENCE_AROUSAL[span.mood]) for span in moods]
    return sum(w * v for w, v, _ in plane) / seconds, sum(w * a for w, _, a in plane) / seconds


def chosen_key(moods: Sequence[MoodSpan], rng: np.random.Generator) -> Key:
    """A key for a cue that has none: minor when the moods are on the whole unhappy, the tonic by chance.

    Valence decides the mode (Gagnon & Peretz 2003, "Mode and tempo relative contributions to happy-sad judgements").
    """
    valence, _ = mean_valence_arousal(moods)
    tonic = _EASY_MAJORS[int(rng.integers(len(_EASY_MAJORS)))]
    return Key((tonic + 9) % 12, is_minor=True) if valence < 0 else Key(tonic)


def _likeliest_path(worth: NDArray[np.float64], price: NDArray[np.float64]) -> list[int]:
    """The columns of ``worth`` (T, K), one a row, with the greatest sum; a change before row t costs ``price[t]``."""
    total, came_from = worth[0], np.zeros(worth.shape, np.intp)
    for row in range(1, len(worth)):
        best = int(np.argmax(total))
        stays = total >= total[best] - price[row]
        came_from[row] = np.where(stays, np.arange(worth.shape[1]), best)
        total = np.where(stays, total, total[best] - price[row]) + worth[row]
    path = [int(np.argmax(total))]
    for row in range(len(worth) - 1, 0, -1):
        path.append(int(came_from[row][path[-1]]))
    return path[::-1]
