"""Which cuts are met in full: two to four a minute by default, the greatest; all others only where it costs nothing.

A marker and what the editor asks for are always met. A cut ranks by how much the picture changes there, by how long the
shot before it stood, and by whether the mood changes with it. The greatest of all is chosen first (:mod:`crown`).
Meeting every cut alike is what film musicians call Mickey-mousing.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.compose.form.crown import crown_of, crowned
from hitpoint.core.cue.form.form_plan import FullHit, Preparation
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.edit import Edit
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.mood import MoodSpan

QUIET_START, QUIET_END = 2.5, 10.0  # seconds at both ends of a cue without a cut met in full
_QUIET_SHARE = 0.28  # of a short cue, that is quiet at its end
_CHANGE, _LENGTH, _MOOD = 0.5, 0.3, 0.2  # weights of the three reasons
_APART = 0.4  # of the mean distance, by which two full hits lie apart at least
_PREPARED_APART = 4.0  # seconds after the hit before, from which a hit is prepared
_QUIET_FROM = 0.75  # weight from which a sudden quiet may come before a hit
_EXCITED = 0.4  # arousal of a feeling in which a sudden quiet may come before the greatest hit


def full_hits_of(
    edit: Edit,
    span: tuple[int, int],
    own: Sequence[HitWish],
    moods: Sequence[MoodSpan],
    features: PictureFeatures,
    a_minute: float,
    rng: np.random.Generator,
    lively: NDArray[np.float64],
) -> tuple[FullHit, ...]:
    """The moments of a cue that are met in full, in order; the cue culminates on the heaviest.

    Args:
        edit: gives cuts and markers.
        span: first frame of the music and first after it.
        own: the editor's wishes.
        moods: of the cue.
        features: row 0 is the second that starts with the music.
        a_minute: how many cuts in a minute, from 0.
        rng: chooses how each is prepared.
        lively: how lively the picture is in each second of the music, 0..1.
    """
    start, end = span
    rate = edit.rate
    asked = {wish.frame: wish.priority for wish in own}
    certain = {marker.frame for marker in edit.markers} | {wish.frame for wish in own if wish.priority > 0}
    certain = {frame for frame in certain if start < frame < end and asked.get(frame, 1.0) > 0}
    cuts = [frame for frame in edit.cut_frames if start < frame < end and frame not in asked and frame not in certain]
    weights = _weights(edit, start, cuts, moods, features)
    count = round(a_minute * float(rate.seconds(end - start)) / 60 + 0.25)
    sure = dict.fromkeys(certain, 1.0)
    crown = crown_of(edit, span, {**(weights if count else {}), **sure}, lively, latest=_latest(edit, span))
    chosen = _greatest(edit, span, weights, sorted(certain), count, a_minute, crown)
    return tuple(_prepared(edit, start, crowned({**chosen, **sure}, crown), rng, crown, moods))


def _latest(edit: Edit, span: tuple[int, int]) -> int:
    """The last frame of a cue with a cut that may be met in full."""
    start, end = span
    quiet = min(QUIET_END * float(edit.rate.frames_per_second), _QUIET_SHARE * (end - start))
    return int(end - quiet)


def _weights(
    edit: Edit, start: int, cuts: Sequence[int], moods: Sequence[MoodSpan], features: PictureFeatures
) -> dict[int, float]:
    """How great each cut is, 0..1, to a thousandth."""
    lengths = {shot.end: shot.end - shot.start for shot in edit.shots}
    usual = median(lengths.values()) if lengths else 1
    turns = [span.start for span in moods[1:]]
    found = {}
    for frame in cuts:
        second = float(edit.rate.seconds(frame - start))
        at = second + float(edit.rate.seconds(start))
        length = min(lengths.get(frame, usual) / (2 * usual), 1.0)
        is_turn = any(abs(turn - at) < 0.5 for turn in turns)
        found[frame] = round(_CHANGE * _change(features, second) + _LENGTH * length + _MOOD * is_turn, 3)
    return found


def _change(features: PictureFeatures, second: float) -> float:
    """How much the picture changes at a second of the music, 0..1: in mood, in motion, and in what is seen if known."""
    before = min(max(int(second) - 1, 0), len(features) - 1)
    after = min(int(second) + 1, len(features) - 1)
    moved = np.log1p(features.motion[[before, after]].astype(np.float64))
    parts = [
        float(np.abs(features.emotion[after] - features.emotion[before]).sum()) / 2,
        min(abs(float(moved[1] - moved[0])) / 2, 1.0),
    ]
    if features.semantic is not None:
        parts.append(1.0 - _likeness(features.semantic[before], features.semantic[after]))
    return sum(parts) / len(parts)


def _likeness(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    size = float(np.linalg.norm(one) * np.linalg.norm(other))
    return max(float(one @ other) / size, 0.0) if size else 1.0


def _greatest(
    edit: Edit,
    span: tuple[int, int],
    weights: dict[int, float],
    certain: Sequence[int],
    count: int,
    a_minute: float,
    crown: int | None,
) -> dict[int, float]:
    """The heaviest cuts, the crown first, apart from each other and from what is certain."""
    rate, start, latest = edit.rate.frames_per_second, span[0], _latest(edit, span)
    apart = _APART * 60 / a_minute * rate if a_minute else 0
    kept = [crown] if crown in weights and crown is not None else []
    for frame in sorted(weights, key=lambda frame: (-weights[frame], frame)):
        inside = start + QUIET_START * rate <= frame <= latest
        if len(kept) < count and inside and all(abs(frame - other) >= apart for other in (*kept, *certain)):
            kept.append(frame)
    return {frame: weights[frame] for frame in kept}


def _prepared(
    edit: Edit,
    start: int,
    weights: dict[int, float],
    rng: np.random.Generator,
    crown: int | None,
    moods: Sequence[MoodSpan],
) -> list[FullHit]:
    """The hits in order, each with what comes before it; none where another is too near.

    The crown is led into by a swell, or by a sudden quiet where the feeling is excited; never by a mere pickup.
    """
    hits, last = [], start
    kinds = (Preparation.SWELL, Preparation.PICKUP, Preparation.SWELL)
    for frame in sorted(weights):
        kind = kinds[int(rng.integers(len(kinds)))]
        is_great = frame == crown
        if (weights[frame] >= _QUIET_FROM or is_great) and int(rng.integers(3)) == 0:
            kind = Preparation.QUIET
        if is_great and (kind is Preparation.PICKUP or not _is_excited(edit, frame, moods)):
            kind = Preparation.SWELL
        is_free = float(edit.rate.seconds(frame - last)) >= _PREPARED_APART
        hits.append(FullHit(frame, weights[frame], kind if is_free else Preparation.NONE))
        last = frame
    return hits


def _is_excited(edit: Edit, frame: int, moods: Sequence[MoodSpan]) -> bool:
    """Whether the feeling at a frame is an excited one."""
    at = float(edit.rate.seconds(frame))
    return any(span.start <= at < span.end and span.affect.arousal >= _EXCITED for span in moods)
