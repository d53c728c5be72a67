"""Voice leading: which octave each chord tone is played in, so that four voices sing.

A voicing is a bass and three upper voices (tenor, alto, soprano). For a progression the cheapest path through all
voicings is found by dynamic programming (Viterbi). All costs are whole numbers, so that ties fall alike everywhere.
Costs follow common practice (Aldwell & Schachter, "Harmony and Voice Leading"): small motion, common tones held, no
parallel fifths or octaves between the outer voices (forbidden outright), root doubled before fifth before third,
sevenths that fall, no voice that overlaps its neighbour's last pitch, basses on roots unless an inversion is smoother.

A cheapest path may turn on a chord far away. So chords that have been heard can bring their voicings along: these stay, and
only what lies between is led; none is given up but where there would be parallels otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.chord import Chord, Quality
from hitpoint.core.music.voice_ranges import VoiceRanges

Costs = NDArray[np.int32]

FORBIDDEN = 100_000  # more than any path of allowed moves could save between two chords
_NOT_ROOT_AT_ENDS = 200  # a progression starts and ends in root position
_HOME_WEIGHT = 2  # a semitone of soprano away from its home
_SEVENTH_LEFT = 6  # a seventh that neither stays nor falls
_OVERLAP = 3
_INNER_PARALLEL = 2
_WIDE_LEAP = 5  # semitones; each one more costs twice
_STATIC_SOPRANO = 5  # the top line sings: it moves where that costs no more than this
_HEARD_OTHERWISE = (
    5_000  # more than a chord's own cost and its moves, less than parallels: heard chords stay as they were
)
_VOICED_AGAIN = 150  # a chord that lasts, as heard here and free there, keeps its voicing if it can

# semitones of bass motion -> cost: steps are smooth, fourths and fifths natural, sixths and more clumsy
_BASS_MOTION = np.array([0, 1, 1, 3, 3, 2, 6, 3, 6, 7, 8, 9, 6, 10, 11], dtype=np.int32)
_SEVENTHS = frozenset({Quality.MAJ7, Quality.MIN7, Quality.DOM7, Quality.DIM7, Quality.HDIM7})
_THIRD_IN_BASS = frozenset({Quality.MAJ, Quality.MIN, Quality.DOM7, Quality.DIM})
_FIFTH_IN_BASS = frozenset({Quality.MAJ, Quality.MIN})
_BASS_COSTS = (0, 4, 9)  # root, third, fifth
# cost of one more voice on the root, third, fifth, seventh (None: never); a diminished triad doubles its third
_DOUBLING = (0, 5, 2, None)
_DIMINISHED_DOUBLING = (3, 0, 4, None)
_OMITTED_FIFTH = 3
_SEMITONE_CLASH = 3
_INNER_PAIRS = ((0, 1), (0, 2), (1, 2))


@dataclass(frozen=True)
class Voicing:
    """MIDI pitches of one chord: the bass, and tenor < alto < soprano above it."""

    bass: int
    upper: tuple[int, int, int]

    @property
    def soprano(self) -> int:
        """The highest voice."""
        return self.upper[2]

    @property
    def pitches(self) -> tuple[int, ...]:
        """All four, from the bass up."""
        return (self.bass, *self.upper)


@dataclass(frozen=True, eq=False)
class _Candidates:
    """All voicings of one chord: pitches (n, 4) from the bass up, cost (n,) of each by itself."""

    voicings: tuple[Voicing, ...]
    pitches: Costs
    costs: Costs
    is_root_position: NDArray[np.bool_]
    places: dict[Voicing, int]


def voice_led(
    chords: Sequence[Chord],
    ranges: VoiceRanges,
    homes: Sequence[int],
    heard: Sequence[Voicing | None] | None = None,
) -> tuple[Voicing, ...]:
    """The smoothest voicings of a progression.

    Args:
        chords: none of them "N"; the same twice in a row only where one was heard otherwise than the other.
        ranges: of the voices.
        homes: the pitch near which the soprano should lie, one a chord.
        heard: the voicing that each chord has had, if any; one that the chord cannot have in these ranges, or that a
            progression does not start or end with, counts for nothing.
    """
    if not chords:
        return ()
    candidates = [_candidates_of(chord, ranges) for chord in chords]
    known = _known(candidates, heard) if heard else [None] * len(chords)
    total = _node_costs(candidates[0], homes[0], known[0], is_end=True)
    came_from: list[NDArray[np.intp]] = []
    for index in range(1, len(chords)):
        moves = total[:, None] + _move_costs(chords[index - 1], chords[index], ranges)
        came_from.append(moves.argmin(axis=0))
        is_end = index == len(chords) - 1
        total = moves.min(axis=0) + _node_costs(candidates[index], homes[index], known[index], is_end=is_end)
        total = total - total.min()
    choice = int(total.argmin())
    path = [choice]
    for back in reversed(came_from):
        choice = int(back[choice])
        path.append(choice)
    return tuple(found.voicings[at] for found, at in zip(candidates, reversed(path), strict=True))


def voicings_of(chord: Chord, ranges: VoiceRanges) -> tuple[Voicing, ...]:
    """Every voicing of a chord that the ranges and the doubling rules allow; none for "N"."""
    return () if chord.is_silent else _candidates_of(chord, ranges).voicings


def has_outer_parallels(before: Voicing, after: Voicing) -> bool:
    """Whether bass and soprano both move, from one perfect fifth or octave to another."""
    interval = (before.soprano - before.bass) % 12
    is_same = interval in (0, 7) and (after.soprano - after.bass) % 12 == interval
    return is_same and before.soprano != after.soprano and before.bass != after.bass


@lru_cache(maxsize=512)
def _candidates_of(chord: Chord, ranges: VoiceRanges) -> _Candidates:
    tones = chord.pitch_classes
    hand = [pitch for pitch in range(ranges.upper_low, ranges.upper_high + 1) if pitch % 12 in tones]
    found: list[tuple[int, Voicing]] = []
    for upper in combinations(hand, 3):
        if upper[2] - upper[0] > ranges.upper_span:
            continue
        for bass in range(ranges.bass_low, ranges.bass_high + 1):
            cost = _voicing_cost(chord, bass, upper)
            if cost is not None:
                register = abs(2 * bass - ranges.bass_low - ranges.bass_high) // 8
                found.append((cost + register, Voicing(bass, upper)))
    voicings = tuple(voicing for _, voicing in found)
    return _Candidates(
        voicings,
        np.array([voicing.pitches for voicing in voicings], dtype=np.int32),
        np.array([cost for cost, _ in found], dtype=np.int32),
        np.array([voicing.bass % 12 == chord.root for voicing in voicings]),
        {voicing: place for place, voicing in enumerate(voicings)},
    )


def _voicing_cost(chord: Chord, bass: int, upper: tuple[int, int, int]) -> int | None:
    """Cost of doublings, spacing and inversion; None if the voicing is not allowed."""
    tones = chord.pitch_classes
    if bass % 12 not in tones:
        return None
    bass_cost = _bass_cost(chord.quality, tones.index(bass % 12))
    counts = [sum(pitch % 12 == tone for pitch in (bass, *upper)) for tone in tones]
    if bass_cost is None or any(count == 0 for place, count in enumerate(counts) if place != 2):
        return None
    cost = bass_cost + (_OMITTED_FIFTH if counts[2] == 0 else 0)
    for count, price in zip(counts, _doubling_of(chord.quality), strict=False):
        if count > 1 and price is None:
            return None
        cost += (count - 1) * (price or 0) if count > 1 else 0
        cost += 4 if count > 2 else 0
    return cost + _SEMITONE_CLASH * sum(high - low == 1 for low, high in pairwise(upper))


def _bass_cost(quality: Quality, place: int) -> int | None:
    """Cost of the chord's ``place``-th tone as its bass; None if it never is."""
    allowed = place == 0 or (place == 1 and quality in _THIRD_IN_BASS) or (place == 2 and quality in _FIFTH_IN_BASS)
    if not allowed:
        return None
    return 0 if quality is Quality.DIM else _BASS_COSTS[place]


def _doubling_of(quality: Quality) -> tuple[int | None, ...]:
    return _DIMINISHED_DOUBLING if quality is Quality.DIM else _DOUBLING


def _known(candidates: Sequence[_Candidates], heard: Sequence[Voicing | None]) -> list[int | None]:
    """The place of each voicing that was heard among the candidates, as far as it counts."""
    places = [None if one is None else own.places.get(one) for own, one in zip(candidates, heard, strict=True)]
    for end in (0, len(places) - 1):
        place = places[end]
        if place is not None and not candidates[end].is_root_position[place]:
            places[end] = None
    return places


def _node_costs(candidates: _Candidates, home: int, known: int | None, *, is_end: bool) -> Costs:
    costs: Costs = candidates.costs + _HOME_WEIGHT * np.abs(candidates.pitches[:, 3] - home)
    if is_end:
        costs = costs + _NOT_ROOT_AT_ENDS * ~candidates.is_root_position
    if known is not None:
        costs = costs + _HEARD_OTHERWISE
        costs[known] -= _HEARD_OTHERWISE
    return costs


@lru_cache(maxsize=2048)
def _move_costs(before: Chord, after: Chord, ranges: VoiceRanges) -> Costs:
    """(n, m) cost of each move between the voicings of two chords."""
    start, end = _candidates_of(before, ranges).pitches, _candidates_of(after, ranges).pitches
    moves = end[None] - start[:, None]  # (n, m, 4)
    steps = np.abs(moves)
    costs: Costs = steps[..., 1:].sum(-1, dtype=np.int32) + 2 * np.maximum(steps[..., 1:] - _WIDE_LEAP, 0).sum(-1)
    costs += _BASS_MOTION[np.minimum(steps[..., 0], len(_BASS_MOTION) - 1)]
    if before == after:
        costs += _VOICED_AGAIN * steps.any(-1)
    else:
        costs += _STATIC_SOPRANO * (steps[..., 3] == 0)
    costs += FORBIDDEN * _parallels(start, end, moves, 0, 3)
    for low, high in _INNER_PAIRS:
        costs += _INNER_PARALLEL * _parallels(start, end, moves, low + 1, high + 1)
    costs += _OVERLAP * _overlaps(start, end)
    if before.quality in _SEVENTHS:
        is_seventh = start[:, None, 1:] % 12 == before.pitch_classes[3]
        resolves = (moves[..., 1:] <= 0) & (moves[..., 1:] >= -2)
        costs += _SEVENTH_LEFT * (is_seventh & ~resolves).sum(-1)
    return costs


def _parallels(start: Costs, end: Costs, moves: Costs, low: int, high: int) -> Costs:
    """(n, m) 1 where two voices move between equal perfect intervals."""
    first, second = (start[:, high] - start[:, low]) % 12, (end[:, high] - end[:, low]) % 12
    perfect = ((first == 0) | (first == 7))[:, None] & (first[:, None] == second[None])
    found: Costs = (perfect & (moves[..., low] != 0) & (moves[..., high] != 0)).astype(np.int32)
    return found


def _overlaps(start: Costs, end: Costs) -> Costs:
    """(n, m) how many upper voices pass their neighbour's last pitch."""
    rising = end[None, :, 1:3] > start[:, None, 2:4]
    falling = end[None, :, 2:4] < start[:, None, 1:3]
    found: Costs = rising.sum(-1, dtype=np.int32) + falling.sum(-1, dtype=np.int32)
    return found
