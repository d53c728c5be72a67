"""Cues proposed from the picture and the speech, where an editor has marked nothing.

Music is proposed where nobody speaks and the picture carries the scene: quick cutting, movement, a change of feeling, a
title, an opening or an ending. It is not laid wall to wall: the best stretches are taken until a share of the film has
music, and a silence is left between two cues. A stretch with talk in it is never proposed.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.cue.film.cue_list import CueEntry, free_name
from hitpoint.core.cue.sound import Speech
from hitpoint.core.edit import Edit, ShotKind
from hitpoint.core.mood import MoodSpan

SHARE = 0.6  # of the film that has music at the most, if nobody says otherwise

_SHORTEST = 6.0  # seconds of a cue
_SHORT_FILM = 90.0  # seconds up to which a film may have music throughout
_LONGEST = 180.0  # seconds; a longer stretch is cut at its best border
_SILENCE = 4.0  # seconds at least between two cues
_MARGIN = 0.3  # seconds kept free before and after a word


@dataclass(frozen=True)
class Sight:
    """What is known of a film second by second.

    Attributes:
        motion: (seconds,) how much moves, any scale; negative where nothing was seen.
        moods: what the picture says, in order.
        speech: where somebody speaks, in order.
    """

    motion: NDArray[np.float64]
    moods: tuple[MoodSpan, ...] = ()
    speech: tuple[Speech, ...] = ()


def pictured_cues(edit: Edit, sight: Sight, share: float = SHARE) -> tuple[CueEntry, ...]:
    """Cues where the picture wants music, in order of time.

    Args:
        edit: the cut; cues begin and end on its cuts, or where talk ends and begins.
        sight: what is known of it.
        share: of the film that may have music, 0..1; a film of up to a minute and a half may have it throughout.
    """
    length = float(edit.seconds)
    pieces = [piece for gap in _quiet_stretches(sight.speech, length) for piece in _pieces(edit, gap)]
    ranked = sorted(pieces, key=lambda piece: (-round(_worth(edit, sight, piece)[0], 6), piece))
    chosen: list[tuple[float, float]] = []
    budget = share * length if length > _SHORT_FILM else length
    for start, end in ranked:
        start, end = _within_budget(edit, *_clear_of(chosen, start, end), budget)
        if end - start < min(_SHORTEST, length / 2):
            continue
        chosen.append((start, end))
        budget -= end - start
    cues: list[CueEntry] = []
    for start, end in sorted(chosen):
        first, last = _frames(edit, sight.speech, start, end)
        if first < last:
            reason = _worth(edit, sight, (start, end))[1]
            cues.append(CueEntry(free_name([cue.name for cue in cues]), first, last, reason=reason))
    return tuple(cues)


def _quiet_stretches(speech: Sequence[Speech], length: float) -> list[tuple[float, float]]:
    """Where nobody speaks, long enough for a cue."""
    found, at = [], 0.0
    for spoken in speech:
        if spoken.start - _MARGIN - at >= _SHORTEST:
            found.append((at, spoken.start - _MARGIN))
        at = max(at, spoken.end + _MARGIN)
    if length - at >= min(_SHORTEST, length / 2):
        found.append((at, length))
    return found


def _pieces(edit: Edit, stretch: tuple[float, float]) -> list[tuple[float, float]]:
    """A stretch with its edges on cuts, and in parts where it is long."""
    start, end = stretch
    cuts = [float(cut) for cut in edit.cuts if start < cut < end]
    if start > 0:
        start = next((cut for cut in cuts if cut - start < 3.0), start)
    if end < float(edit.seconds):
        end = next((cut for cut in reversed(cuts) if end - cut < 3.0 and cut > start), end)
    edges = [start]
    while end - edges[-1] > _LONGEST:
        later = [cut for cut in cuts if edges[-1] + _LONGEST / 2 < cut <= edges[-1] + _LONGEST]
        edges.append(later[-1] if later else edges[-1] + _LONGEST)
    edges.append(end)
    return list(itertools.pairwise(edges))


def _worth(edit: Edit, sight: Sight, piece: tuple[float, float]) -> tuple[float, str]:
    """How much a stretch wants music, and why, in words."""
    start, end = piece
    seconds = end - start
    cuts = sum(start <= cut < end for cut in edit.cuts)
    rate = cuts / max(seconds, 1.0) - len(edit.cuts) / max(float(edit.seconds), 1.0)
    inside = sight.motion[int(start) : max(int(end), int(start) + 1)]
    seen = sight.motion[sight.motion >= 0]
    moved = float(inside[inside >= 0].mean() - seen.mean()) / (float(seen.std()) or 1.0) if (inside >= 0).any() else 0.0
    changes = [span for before, span in zip(sight.moods, sight.moods[1:], strict=False) if start < span.start < end]
    drawn = any(shot.kind is ShotKind.GENERATED and _within(edit, shot.start, piece) for shot in edit.shots)
    reasons = [
        (1.5 if start <= 0 else 0.0, "the opening"),
        (1.2 if end >= float(edit.seconds) - 0.1 else 0.0, "the ending"),
        (1.0 if drawn else 0.0, "a title"),
        (4.0 * rate, "quick cutting"),
        (0.8 * moved, "much movement"),
        (0.7 * min(len(changes), 2), f"the feeling changes to {changes[0].mood.value}" if changes else ""),
        (min(seconds, 40.0) / 40.0, f"{seconds:.0f} s without talk" if sight.speech else f"{seconds:.0f} s of picture"),
    ]
    told = [words for worth, words in sorted(reasons, key=lambda one: -one[0]) if worth > 0.15 and words]
    return sum(worth for worth, _ in reasons), ", ".join(told[:3]) or "nobody speaks"


def _within(edit: Edit, frame: int, piece: tuple[float, float]) -> bool:
    return piece[0] <= float(edit.rate.seconds(frame)) < piece[1]


def _clear_of(chosen: Sequence[tuple[float, float]], start: float, end: float) -> tuple[float, float]:
    """The stretch without what lies too near to a cue that was chosen."""
    for first, last in chosen:
        if start < last + _SILENCE and first - _SILENCE < end:
            left, right = max(first - _SILENCE - start, 0.0), max(end - last - _SILENCE, 0.0)
            start, end = (start, first - _SILENCE) if left >= right else (last + _SILENCE, end)
    return start, end


def _within_budget(edit: Edit, start: float, end: float, budget: float) -> tuple[float, float]:
    """The stretch, ended on the last cut that the budget reaches if it is too long."""
    if end - start <= budget:
        return start, end
    cuts = [float(cut) for cut in edit.cuts if start < cut <= start + budget]
    return start, cuts[-1] if cuts else start + budget


def _frames(edit: Edit, speech: Sequence[Speech], start: float, end: float) -> tuple[int, int]:
    """The frames of a stretch, none of them with a word in it."""
    first, last = edit.rate.nearest_frame(start), min(edit.rate.nearest_frame(end), edit.frames)
    for spoken in speech:
        if spoken.start < float(edit.rate.seconds(last)) and float(edit.rate.seconds(first)) < spoken.end:
            last = min(last, int(spoken.start * float(edit.rate.frames_per_second)))
    return first, last
