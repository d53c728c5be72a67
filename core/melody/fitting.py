"""How a phrase meets its chords: for each note one of a few pitches near the wished one, so that the whole costs least.

A second-order dynamic programme, since whether a note foreign to its chord is an ornament or an error shows in how it
is reached and left: an appoggiatura on a strong beat resolves by step, a weak one passes or turns. Costs are counted on
POP909 and rounded, so that machines agree; of equal ones the earlier candidate wins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.melody.scales import tones_over
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key

CANDIDATES = 7
HEAVY = Fraction(3, 2)  # beats from which a note is heard as a long one

_CONTOUR, _TURNED, _AWAY = (
    1.0,
    1.6,
    0.12,
)  # a degree of another interval, another direction, a semitone of another pitch
_UNSTEPPED = 0.5  # a step that becomes a third, or a pitch that stays
_PLAIN = 8.0  # times the contour of a theme that is to be recognised
# a strong or long tone that is none of the chord's: prepared by step and resolved by step, leapt to, left hanging
_PREPARED, _APPOGGIATURA, _UNRESOLVED = 1.4, 2.2, 9.0
_OPENING = 6.0  # a phrase that begins with such a tone
_PASSING, _HALF_PASSING, _LEAPT = 0.05, 0.5, 2.2  # a weak one, between two steps, one, none
_CHROMATIC, _UNSTABLE_END, _HARD_LEAP, _UNANSWERED = 0.6, 5.0, 0.8, 0.4
_CLASH = 1.2  # a semitone above a tone of the chord, on a strong beat
_TONIC_END, _THIRD_END, _FIFTH_END, _OTHER_END = 0.0, 1.0, 2.0, 2.5
_HALF_TONIC_END = 1.5
_STEP, _LEAP = 2, 5  # semitones
_WIDE_JOIN, _OCTAVE, _BEYOND_OCTAVE = 9, 12, 4.0  # semitones between phrases that cost one, and this much more
_TRITONE = 6
_REACH = 7  # semitones to either side that candidates lie within
_DECIMALS = 6

Real = NDArray[np.float64]


@dataclass(frozen=True)
class Wish:
    """A note that is to be fitted.

    Attributes:
        start: beat.
        pitch: that it would have without chords.
        chord: below it.
        key: around it.
        is_heavy: strong by its place, or long.
        is_fixed: whether it stays as it is.
        is_plain: whether it belongs to a theme that is to be recognised.
    """

    start: Fraction
    pitch: int
    chord: Chord
    key: Key
    is_heavy: bool
    is_fixed: bool = False
    is_plain: bool = False


def fitted(
    wishes: Sequence[Wish], low: int, high: int, ending: str, before: int | None = None, after: int | None = None
) -> tuple[int, ...]:
    """Pitches for a phrase.

    Args:
        wishes: its notes, in order.
        low: lowest pitch there is.
        high: highest.
        ending: how it ends, "none", "half" or "full".
        before: the pitch of the note before it, if it goes on from there.
        after: the pitch of the note after it, if that stands already.
    """
    if not wishes:
        return ()
    choices = [_candidates(wish, low, high) for wish in wishes]
    own = [_own_cost(wish, pitches) for wish, pitches in zip(wishes, choices, strict=True)]
    own[0] = own[0] + _opening_cost(wishes[0], choices[0])
    own[-1] = own[-1] + _end_cost(wishes[-1], choices[-1], ending)
    if before is not None:
        own[0] = own[0] + _joined(choices[0], before)
    if after is not None:
        own[-1] = own[-1] + _joined(choices[-1], after)
    if len(wishes) == 1:
        return (int(choices[0][int(np.argmin(np.round(own[0], _DECIMALS)))]),)
    return _cheapest(wishes, choices, own)


def _joined(pitches: NDArray[np.int64], other: int) -> Real:
    """What a leap between phrases costs."""
    leaps = np.abs(pitches - other)
    cost: Real = np.where(leaps > _WIDE_JOIN, 1.0, 0.0) + np.where(leaps > _OCTAVE, _BEYOND_OCTAVE, 0.0)
    return cost


def _cheapest(wishes: Sequence[Wish], choices: Sequence[NDArray[np.int64]], own: Sequence[Real]) -> tuple[int, ...]:
    total = own[0][:, None] + own[1][None, :] + _move_cost(wishes, choices, 1)
    traces: list[NDArray[np.int64]] = []
    for at in range(2, len(wishes)):
        turn = _turn_cost(wishes[at - 1], wishes[at], choices[at - 2 : at + 1])
        grown = np.round(total[:, :, None] + turn, _DECIMALS)
        best = np.argmin(grown, 0)
        traces.append(best)
        total = np.take_along_axis(grown, best[None], 0)[0] + own[at][None, :] + _move_cost(wishes, choices, at)
    flat = int(np.argmin(np.round(total, _DECIMALS)))
    second, last = divmod(flat, total.shape[1])
    places = [last, second]
    for trace in reversed(traces):
        places.append(int(trace[places[-1], places[-2]]))
    return tuple(int(pitches[place]) for pitches, place in zip(choices, reversed(places), strict=True))


def _candidates(wish: Wish, low: int, high: int) -> NDArray[np.int64]:
    """The nearest pitches of scale and chord, the wished one among them; one alone for a fixed note."""
    if wish.is_fixed:
        return np.array([wish.pitch])
    tones = tones_over(wish.chord, wish.key)
    centre = min(max(wish.pitch, low), high)
    near = [p for p in range(centre - _REACH, centre + _REACH + 1) if low <= p <= high and p % 12 in tones]
    near = sorted(near, key=lambda pitch: (abs(pitch - wish.pitch), pitch))[:CANDIDATES]
    return np.array(sorted(near) or [centre])


def _own_cost(wish: Wish, pitches: NDArray[np.int64]) -> Real:
    cost = _AWAY * np.abs(pitches - wish.pitch).astype(float)
    chord = np.array(wish.chord.pitch_classes, np.int64)
    cost += _CHROMATIC * ~np.isin(pitches % 12, np.array([*wish.key.scale, *chord]))
    if wish.is_heavy and len(chord):
        cost += _CLASH * (np.isin((pitches - 1) % 12, chord) & ~np.isin(pitches % 12, chord))
    return cost


def _end_cost(wish: Wish, pitches: NDArray[np.int64], ending: str) -> Real:
    """Phrases end on a tone of the chord; full ones on the tonic or its third, half ones elsewhere."""
    if wish.is_fixed:
        return np.zeros(len(pitches))
    chord = wish.chord.pitch_classes
    cost: Real = np.where(np.isin(pitches % 12, np.array(chord or (-1,))), 0.0, _UNSTABLE_END)
    tonic = wish.key.tonic
    if ending == "full" and tonic in chord:
        third = (tonic + (3 if wish.key.is_minor else 4)) % 12
        ends = {tonic: _TONIC_END, third: _THIRD_END, (tonic + 7) % 12: _FIFTH_END}
        cost += np.array([ends.get(int(pitch) % 12, _OTHER_END) for pitch in pitches])
    elif ending == "half":
        cost += _HALF_TONIC_END * (pitches % 12 == tonic)
    return cost


def _move_cost(wishes: Sequence[Wish], choices: Sequence[NDArray[np.int64]], at: int) -> Real:
    """(before, here) what it costs to go otherwise than wished."""
    before, here = choices[at - 1], choices[at]
    step = here[None, :] - before[:, None]
    wished = wishes[at].pitch - wishes[at - 1].pitch
    weight = _PLAIN if wishes[at].is_plain and wishes[at - 1].is_plain else 1.0
    cost: Real = weight * _CONTOUR * np.abs(step - wished) / 1.7  # semitones to degrees
    cost += weight * _TURNED * (np.sign(step) != np.sign(wished))
    if 1 <= abs(wished) <= _STEP:
        cost += _UNSTEPPED * ((np.abs(step) > _STEP) | (step == 0))
    hard = (np.abs(step) % 12 == _TRITONE) | (np.abs(step) >= 10) & (np.abs(step) != 12)
    cost += _HARD_LEAP * hard
    return cost


def _opening_cost(wish: Wish, pitches: NDArray[np.int64]) -> Real:
    """A phrase begins on a tone of its chord where it begins on a strong beat."""
    if wish.is_fixed or not wish.is_heavy or not wish.chord.pitch_classes:
        return np.zeros(len(pitches))
    return np.where(_is_foreign(wish, pitches), _OPENING, 0.0)


def _turn_cost(wish: Wish, following: Wish, choices: Sequence[NDArray[np.int64]]) -> NDArray[np.float64]:
    """(before, here, after) what the middle note costs by how it is reached and left."""
    before, here, after = choices
    reached = here[None, :, None] - before[:, None, None]
    left = after[None, None, :] - here[None, :, None]
    is_foreign = _is_foreign(wish, here)[None, :, None]
    by_step = (np.abs(left) <= _STEP) & (left != 0)
    from_step = np.abs(reached) <= _STEP
    if wish.is_heavy:
        resolves = by_step & ~_is_foreign(following, after)[None, None, :]
        unresolved = _UNRESOLVED * (2.0 if wish.is_plain else 1.0)  # the shape of a theme weighs more, too
        foreign = np.where(resolves, np.where(from_step, _PREPARED, _APPOGGIATURA), unresolved)
    else:
        foreign = np.where(by_step & from_step, _PASSING, np.where(by_step | from_step, _HALF_PASSING, _LEAPT))
    is_leap = np.abs(reached) >= _LEAP
    is_answered = (np.sign(left) == -np.sign(reached)) & (np.abs(left) <= _LEAP)
    cost: NDArray[np.float64] = is_foreign * foreign + _UNANSWERED * (is_leap & ~is_answered)
    return cost


def _is_foreign(wish: Wish, pitches: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which pitches are none of the chord's; none is in a rest."""
    found: NDArray[np.bool_] = ~np.isin(pitches % 12, np.array(wish.chord.pitch_classes or range(12)))
    return found
