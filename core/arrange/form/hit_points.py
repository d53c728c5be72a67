"""Hit points: the tempo that meets them, and how well the music does.

What is wanted is told by :mod:`hitpoint.core.cue.hit_wishes`, how a tempo is fitted by
:mod:`hitpoint.core.music.tempo_fit`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from hitpoint.core.cue.cue import Cue
from hitpoint.core.music.score import Score
from hitpoint.core.music.tempo import TempoMap, steady_tempo
from hitpoint.core.music.tempo_fit import Target, TempoLimits, fit_tempo

_EXACT = 1e-6  # seconds by which two times are the same


@dataclass(frozen=True)
class Hit:
    """A moment of the picture and the musical event nearest to it.

    Attributes:
        time: of the moment, in seconds from the start of the timeline.
        event: what happens there: "cut", "end", or a marker's text.
        error_seconds: musical event minus moment; None when the cue has no event at all.
        kind: "chord" (the harmony changes), "accent" (a note starts) or "ending".
        wanted: whether it was to be met; moments too close to a weightier one are not, nor those of priority 0, nor
            cuts that the plan lets pass.
        grade: "full" (wanted, and met within half a frame), "met" (something is struck within half a frame all the
            same) or "passed".
    """

    time: Fraction
    event: str
    error_seconds: float | None
    kind: str
    wanted: bool
    grade: str = "full"


def fitted_tempo(
    seconds: Fraction,
    wanted: Mapping[Fraction, float],
    bpm: float | None = None,
    limits: TempoLimits | None = None,
) -> TempoMap:
    """The tempo of a cue.

    Args:
        seconds: length of the cue, more than 0.
        wanted: seconds from the start of the cue to each moment to meet, and how much it matters.
        bpm: quarter notes a minute when the editor fixed them: the tempo is steady then.
        limits: of a tempo that is chosen; the defaults when None.
    """
    if bpm is not None:
        return steady_tempo(Fraction(60) / Fraction(bpm).limit_denominator(1000))
    return fit_tempo(seconds, [Target(time, weight) for time, weight in wanted.items()], limits)


def measured_hits(cue: Cue, score: Score) -> tuple[Hit, ...]:
    """Each moment inside the cue, and its end, with the nearest event that is really in the score.

    A chord change counts before a plain note when it is no more than half a frame farther away.
    """
    changes = _chord_changes(cue)
    onsets = sorted(
        {float(cue.start + score.tempo.seconds_at(note.start)) for part in score.parts for note in part.notes}
    )
    half_frame = float(cue.edit.rate.seconds(1)) / 2
    end = cue.start + cue.seconds
    hits = [
        _hit(cue.edit.rate.seconds(point.frame), point.event, changes, onsets, half_frame, wanted=point.wanted)
        for point in cue.hit_points
    ]
    graded = (replace(hit, grade=_grade(hit, half_frame)) for hit in hits)
    return (*graded, Hit(end, "end", 0.0, "ending", True))


def _grade(hit: Hit, half_frame: float) -> str:
    if hit.error_seconds is None or abs(hit.error_seconds) > half_frame + _EXACT:
        return "passed"
    return "full" if hit.wanted else "met"


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
