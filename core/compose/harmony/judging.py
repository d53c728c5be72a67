"""What tells music from chords in a row: figures of a take's harmony that need no model.

Each is a plain function of chords and places, used alike by the ranking of takes and by the fit of its weights on songs
(:mod:`hitpoint.core.training.evaluation.ranking_fit`).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from hitpoint.core.compose.harmony.degrees import dominants, tonics
from hitpoint.core.compose.harmony.palette_rules import foreign
from hitpoint.core.model.vocabulary import chord_of
from hitpoint.core.music.chord import Quality

_TWO_CHORDS = 24.0  # seconds on two chords that are no fault
_MOST_EXCESS = 3.0
_MANY_TURNS = 8  # changes
_FEWEST_BARS = 4  # of which a curve of tension can be told
_DISSONANCE = {
    Quality.MAJ: 0.0, Quality.MIN: 0.1, Quality.SUS2: 0.15, Quality.MAJ6: 0.15, Quality.MAJ7: 0.2, Quality.MIN7: 0.2,
    Quality.SUS4: 0.3, Quality.MIN6: 0.35, Quality.DOM7: 0.4, Quality.HDIM7: 0.5, Quality.DIM: 0.5, Quality.AUG: 0.6,
    Quality.DIM7: 0.6,
}  # fmt: skip
_AWAY, _LEADING, _OUTSIDE = 0.15, 0.15, 0.3  # what it adds not to be the tonic, to be a dominant, to leave the scale


def standstill(chords: Sequence[Hashable], seconds: Sequence[float]) -> float:
    """How much longer than 24 s the longest stretch on two chords is, in 24 s: 0 to 3.

    Args:
        chords: one a step.
        seconds: how long each step lasts.
    """
    longest, length, begun = 0.0, 0.0, 0
    last: dict[Hashable, int] = {}
    for step, chord in enumerate(chords):
        if chord not in last and len(last) == 2:
            gone = min(last, key=lambda known: last[known])
            first = last.pop(gone) + 1
            length -= sum(seconds[begun:first])
            begun = first
        last[chord] = step
        length += seconds[step]
        longest = max(longest, length)
    return min(max(longest - _TWO_CHORDS, 0.0) / _TWO_CHORDS, _MOST_EXCESS)


def alternation(chords: Sequence[Hashable]) -> float:
    """How long two chords take turns at the most, A-B-A-B, in eight changes: 0 to 3."""
    changed = [chord for step, chord in enumerate(chords) if step == 0 or chord != chords[step - 1]]
    longest = run = 0
    for place in range(2, len(changed)):
        run = run + 1 if changed[place] == changed[place - 2] else 0
        longest = max(longest, run)
    return min(longest / _MANY_TURNS, _MOST_EXCESS)


def on_bars(chords: Sequence[Hashable], is_line: Sequence[bool]) -> float:
    """Share of the changes that lie on a bar line, 0..1; a half where nothing changes."""
    lines = [is_line[step] for step in range(1, len(chords)) if chords[step] != chords[step - 1]]
    return float(np.mean(lines)) if lines else 0.5


def cadences(tokens: Sequence[int], ends: Sequence[int], minor: Sequence[bool]) -> float:
    """Share of sections that end in a cadence, 0..1: open on a dominant, or closed by one that leads to the tonic.

    A half where no section ends.

    Args:
        tokens: in the key of their step.
        ends: the last step of each section.
        minor: mode of each step.
    """
    return float(np.mean([_is_cadence(tokens, end, is_minor=minor[end]) for end in ends])) if ends else 0.5


def _is_cadence(tokens: Sequence[int], end: int, *, is_minor: bool) -> bool:
    leading = dominants(is_minor=is_minor)
    begun = end
    while begun > 0 and tokens[begun - 1] == tokens[end]:
        begun -= 1
    is_closed = begun > 0 and tonics(is_minor=is_minor)[tokens[end]] and leading[tokens[begun - 1]]
    return bool(leading[tokens[end]] or is_closed)


def harmonic_tension(token: int, *, is_minor: bool) -> float:
    """How much a chord strains away from rest in its key, 0..1: its own dissonance, its distance, its leading."""
    chord = chord_of(token)
    if chord.root is None:
        return 0.0
    strain = _DISSONANCE[chord.quality] + _OUTSIDE * bool(foreign(is_minor=is_minor)[token])
    strain += _AWAY * (not tonics(is_minor=is_minor)[token]) + _LEADING * bool(dominants(is_minor=is_minor)[token])
    return float(min(strain, 1.0))


def tension_fit(tokens: Sequence[int], minor: Sequence[bool], wanted: Sequence[float]) -> float:
    """Correlation of harmonic tension with the wanted one, both smoothed over four steps, -1..1.

    0 where neither moves.
    """
    if len(tokens) < 2 * _FEWEST_BARS:
        return 0.0
    felt = [harmonic_tension(token, is_minor=mode) for token, mode in zip(tokens, minor, strict=True)]
    pair = [np.convolve(np.asarray(curve, np.float64), np.full(4, 0.25), "valid") for curve in (felt, wanted)]
    if min(float(curve.std()) for curve in pair) < 1e-6:
        return 0.0
    return round(float(np.corrcoef(pair[0], pair[1])[0, 1]), 6)
