"""Hit points: the moments of the picture that the music should meet, and how well it does.

The tempo of a cue is one steady tempo, chosen so that a whole number of half-bar steps fills it and as many cuts as
possible lie near a step's start.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.cue.cue import BEATS_PER_STEP, Cue
from hitpoint.core.music.score import Score
from hitpoint.core.music.tempo import TempoMap, steady_tempo

SHORTEST_STEP, LONGEST_STEP = 0.85, 1.2  # seconds: 141 .. 100 BPM at two beats a step, around the paper's one second
_NEARNESS = 0.08  # seconds: a cut this far from a step's start counts 1/sqrt(e) of one that lies on it
_PULL_TO_ONE_SECOND = 0.15  # what a step of twice a second would cost, in cuts met per cut


@dataclass(frozen=True)
class Hit:
    """A moment of the picture and the musical event nearest to it.

    Attributes:
        time: of the moment, in seconds from the start of the timeline.
        event: what happens there: "cut", "end", or a marker's text.
        error_seconds: musical event minus moment; None when the cue has no event at all.
        kind: "chord" (the harmony changes), "accent" (a note starts) or "ending".
        wanted: whether the editor asked for it (markers and the end) or it was only found (cuts).
    """

    time: Fraction
    event: str
    error_seconds: float | None
    kind: str
    wanted: bool


def fitted_tempo(seconds: Fraction, cuts: Sequence[Fraction], bpm: float | None = None) -> TempoMap:
    """The steady tempo of a cue.

    Args:
        seconds: length of the cue, more than 0.
        cuts: in seconds from the start of the cue.
        bpm: quarter notes a minute when the editor fixed them; otherwise the tempo is chosen.
    """
    if bpm is not None:
        return steady_tempo(Fraction(60) / Fraction(bpm).limit_denominator(1000))
    fewest = max(1, math.ceil(float(seconds) / LONGEST_STEP))
    most = max(fewest, math.floor(float(seconds) / SHORTEST_STEP))
    times = np.array([float(cut) for cut in cuts])
    best = max(range(fewest, most + 1), key=lambda steps: _fit(float(seconds) / steps, times))
    return steady_tempo(seconds / (best * BEATS_PER_STEP))


def step_count(seconds: Fraction, tempo: TempoMap) -> int:
    """Steps that a cue of this length begins; the last one may be cut short."""
    return max(1, math.ceil(tempo.beat_at(seconds) / BEATS_PER_STEP))


def measured_hits(cue: Cue, score: Score) -> tuple[Hit, ...]:
    """Each cut and marker inside the cue, and its end, with the nearest event that is really in the score.

    A chord change counts before a plain note when it is no more than half a frame farther away.
    """
    changes = _chord_changes(cue)
    onsets = sorted(
        {float(cue.start + score.tempo.seconds_at(note.start)) for part in score.parts for note in part.notes}
    )
    half_frame = float(cue.edit.rate.seconds(1)) / 2
    end = cue.start + cue.seconds
    hits = [
        _hit(time, event, changes, onsets, half_frame, wanted=wanted)
        for time, event, wanted in _moments(cue)
        if cue.start < time < end
    ]
    return (*hits, Hit(end, "end", 0.0, "ending", True))


def _fit(step: float, cuts: NDArray[np.float64]) -> float:
    distance_from_a_second = abs(math.log2(step)) * _PULL_TO_ONE_SECOND
    if not len(cuts):
        return -distance_from_a_second
    off = np.abs(cuts - np.round(cuts / step) * step)
    return float(np.mean(np.exp(-((off / _NEARNESS) ** 2) / 2))) - distance_from_a_second


def _moments(cue: Cue) -> list[tuple[Fraction, str, bool]]:
    edit = cue.edit
    cuts = [(cut, "cut", False) for cut in edit.cuts]
    markers = [(edit.rate.seconds(marker.frame), marker.text or "marker", True) for marker in edit.markers]
    return sorted(cuts + markers)


def _chord_changes(cue: Cue) -> list[float]:
    return [
        float(cue.step_start(index))
        for index, step in enumerate(cue.steps)
        if index == 0 or step.chord != cue.steps[index - 1].chord
    ]


def _hit(
    time: Fraction, event: str, changes: list[float], onsets: list[float], half_frame: float, *, wanted: bool
) -> Hit:
    chord, onset = _nearest(changes, float(time)), _nearest(onsets, float(time))
    if onset is None or (chord is not None and abs(chord) <= abs(onset) + half_frame):
        return Hit(time, event, chord, "chord", wanted)
    return Hit(time, event, onset, "accent", wanted)


def _nearest(events: list[float], time: float) -> float | None:
    index = bisect_left(events, time)
    near = events[max(index - 1, 0) : index + 1]
    return min((event - time for event in near), key=abs, default=None)
