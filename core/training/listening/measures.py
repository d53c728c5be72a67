"""How well a listening agrees with the labels, by ``mir_eval`` (Raffel et al., ISMIR 2014)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.listening.listening import Listening
from hitpoint.core.model.vocabulary import symbol_of
from hitpoint.core.training.listening.performance import Performance

_SEVENTHS = "sevenths"
_MAJMIN = "majmin"


@dataclass(frozen=True)
class Agreement:
    """Shares 0..1; None where a label is missing.

    Attributes:
        beat_f: beats found within 70 ms, as F measure.
        cmlt: beats in right continuity at the right level.
        amlt: the same at any allowed level (half, double, off-beat).
        downbeat_f: bar lines within 70 ms, as F measure.
        majmin: time with the right major or minor chord, of the time that has one.
        sevenths: time with the right seventh chord or triad.
        key: mir_eval's weighted score, 1 right, .5 a fifth off, .3 relative, .2 parallel.
    """

    beat_f: float
    cmlt: float
    amlt: float
    downbeat_f: float
    majmin: float | None
    sevenths: float | None
    key: float | None


def agreement(heard: Listening, played: Performance) -> Agreement:
    """All measures of one recording."""
    import mir_eval

    beats = mir_eval.beat.trim_beats(np.array(heard.beats))
    wanted = mir_eval.beat.trim_beats(played.beats)
    _, cmlt, _, amlt = mir_eval.beat.continuity(wanted, beats)
    bars = mir_eval.beat.trim_beats(np.array(heard.downbeats)), mir_eval.beat.trim_beats(played.downbeats)
    return Agreement(
        float(mir_eval.beat.f_measure(wanted, beats)),
        float(cmlt),
        float(amlt),
        float(mir_eval.beat.f_measure(bars[1], bars[0])),
        *_chord_scores(heard, played),
        _key_score(heard, played),
    )


def _chord_scores(heard: Listening, played: Performance) -> tuple[float | None, float | None]:
    """Weighted by time over the annotated stretch."""
    import mir_eval

    starts = np.concatenate([[0.0], played.chord_ends[:-1]])
    reference = np.stack([starts, played.chord_ends], axis=1), [symbol_of(int(token)) for token in played.chord_tokens]
    chords = np.array([[chord.start, chord.end] for chord in heard.chords]).reshape(-1, 2)
    names = [symbol_of(chord.token) for chord in heard.chords]
    if not len(chords) or not len(reference[0]):
        return None, None
    chords, names = mir_eval.util.adjust_intervals(
        chords, names, 0.0, float(played.chord_ends[-1]), mir_eval.chord.NO_CHORD, mir_eval.chord.NO_CHORD
    )
    intervals, wanted, estimated = mir_eval.util.merge_labeled_intervals(*reference, chords, names)
    lengths = mir_eval.util.intervals_to_durations(intervals)
    scores = (_weighted(kind, wanted, estimated, lengths) for kind in (_MAJMIN, _SEVENTHS))
    majmin, sevenths = scores
    return majmin, sevenths


def _weighted(kind: str, wanted: Sequence[str], estimated: Sequence[str], lengths: NDArray[np.float64]) -> float | None:
    import mir_eval

    compared = getattr(mir_eval.chord, kind)(wanted, estimated)
    return float(mir_eval.chord.weighted_accuracy(compared, lengths)) if (compared >= 0).any() else None


def _key_score(heard: Listening, played: Performance) -> float | None:
    import mir_eval

    if played.key is None or heard.key is None:
        return None
    return float(mir_eval.key.weighted_score(str(played.key), str(heard.key)))


def mean(values: Sequence[float | None]) -> float | None:
    """Of those that are known."""
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
