"""Moments that look like words.

CLIP's embeddings of each second, kept with the picture features, against that of a text.

A second's score is the cosine between its picture and the words. CLIP's cosines lie close together whatever the words,
so how much a moment stands out is told beside it, in standard deviations of the whole edit. A moment is a stretch of
one shot or of neighbouring shots whose scores stay in the upper half between the edit's usual score and the peak.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.edit import Edit
from hitpoint.core.errors import MediaReadError
from hitpoint.core.features.features import PictureFeatures

SCHEMA = "hitpoint.find.1"

_NEARLY = 0.9  # of the way from the usual score to the peak
_SHARE = 0.5  # between the usual score and the peak: a moment goes as far as scores stay above it

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Moment:
    """A stretch that looks like the words: frames of the timeline, end exclusive.

    Attributes:
        frame: since when it is about as it is where it is likest; of a picture that came with a cut, that cut.
        start_frame: where it begins.
        end_frame: where it ends.
        score: cosine of picture and words, -1..1.
        stands_out: by how many standard deviations of the edit's scores it lies above their median.
        shot: name of the shot.
    """

    frame: int
    start_frame: int
    end_frame: int
    score: float
    stands_out: float
    shot: str


def scores_of(features: PictureFeatures, words: NDArray[np.float32]) -> Numbers:
    """The cosine of each second and the words, (T,); minus infinity where nothing was seen.

    Args:
        features: with CLIP's embeddings.
        words: direction of the text, (768,), of length 1.
    """
    assert features.semantic is not None, "CLIP features have embeddings"
    embeddings = features.semantic.astype(np.float64)
    norms = np.linalg.norm(embeddings, axis=1)
    cosines = embeddings @ words.astype(np.float64) / np.maximum(norms, 1e-8)
    return np.where(features.seen, cosines, -np.inf)


def moments(edit: Edit, scores: Numbers, top: int) -> tuple[Moment, ...]:
    """The best moments of an edit, the best first; no two overlap.

    Args:
        edit: the cut.
        scores: one for each second from its start, as :func:`scores_of` gives them.
        top: how many at the most.

    Raises:
        MediaReadError: if no second was seen.
    """
    seen = np.isfinite(scores)
    if not seen.any():
        raise MediaReadError(f"no picture of {edit.name} could be seen: --media DIR tells where its media lie")
    usual, spread = float(np.median(scores[seen])), float(scores[seen].std())
    free = seen.copy()
    found: list[Moment] = []
    while free.any() and len(found) < top:
        peak = int(np.argmax(np.where(free, scores, -np.inf)))
        limit = usual + (float(scores[peak]) - usual) * _SHARE
        first, end = _reach(scores, free, peak, limit)
        free[first:end] = False
        stands_out = (float(scores[peak]) - usual) / spread if spread > 1e-9 else 0.0
        since = _since(scores, first, peak, usual)
        found.append(_moment(edit, float(scores[peak]), since, first, end, stands_out))
    return tuple(found)


def _reach(scores: Numbers, free: NDArray[np.bool_], peak: int, limit: float) -> tuple[int, int]:
    """The seconds around a peak whose scores lie above a limit: first, and the first after them."""
    first, end = peak, peak + 1
    while first > 0 and free[first - 1] and scores[first - 1] > limit:
        first -= 1
    while end < len(scores) and free[end] and scores[end] > limit:
        end += 1
    return first, end


def _since(scores: Numbers, first: int, peak: int, usual: float) -> int:
    """The second since which the picture has been as it is at a peak, or nearly so."""
    limit = usual + (float(scores[peak]) - usual) * _NEARLY
    while peak > first and scores[peak - 1] >= limit:
        peak -= 1
    return peak


def _moment(edit: Edit, score: float, peak: int, first: int, end: int, stands_out: float) -> Moment:
    start_frame, end_frame = _from_cut(edit, first), min(_from_cut(edit, end), edit.frames)
    frame = max(_from_cut(edit, peak), start_frame)
    shot = next(each for each in edit.shots if each.start <= min(edit.rate.frame_at(peak), edit.frames - 1) < each.end)
    return Moment(frame, start_frame, max(end_frame, frame + 1), score, stands_out, shot.name)


def _from_cut(edit: Edit, second: int) -> int:
    """The frame of a second, or the cut since the second before it: from there on the picture may have been that."""
    frame = min(edit.rate.frame_at(second), edit.frames)
    cuts = [shot.start for shot in edit.shots if edit.rate.frame_at(max(second - 1, 0)) < shot.start <= frame]
    return cuts[-1] if cuts else frame
