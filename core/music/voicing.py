"""Voice leading: which octave each chord tone is played in, so that four voices sing.

A voicing is a bass and three upper voices (tenor, alto, soprano). For a progression the cheapest path through all
voicings is found by dynamic programming (Viterbi). All costs are whole numbers, so that ties fall alike everywhere.
Costs follow common practice (Aldwell & Schachter, "Harmony and Voice Leading"): small motion, common tones held, no
parallel fifths or octaves between the outer voices (forbidden outright), root doubled before fifth before third,
sevenths that fall, no voice that overlaps its neighbour's last pitch, basses on roots unless an inversion is smoother,
no dominant on its fifth before a tonic on its root, and the last one on its own.

A cheapest path may turn on a chord far away. So chords that have been heard can bring their voicings along: these stay,
and only what lies between is led; none is given up but where there would be parallels otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.chord import Chord, Quality
from hitpoint.core.music.colour import ColouredChord
from hitpoint.core.music.voice_ranges import VoiceRanges

Costs = NDArray[np.int32]

FORBIDDEN = 100_000  # more than any path of allowed moves could save between two chords
_NOT_ROOT_AT_ENDS = 200  # a progression starts and ends in root position
_HOME_WEIGHT = 2  # a semitone of soprano away from its home
_SEVENTH_LEFT = 6  # a seventh that neither stays nor falls
_FOURTH_LEFT = 40  # a suspended fourth that does not fall to the third in its own voice
_WEAK_DOMINANT = 40  # a chord on its fifth that goes to the tonic a fifth below: no cadence stands on that
_INVERTED_CADENCE = 20  # the last dominant not on its root
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
_RUBBING = 60  # more than any home or doubling costs, less than parallels
_LOWEST_ADDED, _MUDDY = 55, 4  # an added tone below this pitch is not told from the chord
_INNER_PAIRS = ((0, 1), (0, 2), (1, 2))
_FOURTH = 5  # semitones

Harmony = Chord | ColouredChord  # as it is written, or as it is sounded


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
    """All voicings of one chord: pitches (n, 4) from the bass up, cost (n,) of each by itself, semitones in it."""

    voicings: tuple[Voicing, ...]
    pitches: Costs
    costs: Costs
    rubs: Costs
    is_root_position: NDArray[np.bool_]
    places: dict[Voicing, int]


def voice_led(
    chords: Sequence[Harmony],
    ranges: VoiceRanges,
    homes: Sequence[int],
    heard: Sequence[Voicing | None] | None = None,
    smooth: Sequence[bool] | None = None,
) -> tuple[Voicing, ...]:
    """The smoothest voicings of a progression.

    Args:
        chords: none of them "N"; the same twice in a row only where one was heard otherwise than the other.
        ranges: of the voices.
        homes: the pitch near which the soprano should lie, one a chord.
        heard: the voicing that each chord has had, if any; one that the chord cannot have in these ranges, or that a
            progression does not start or end with, counts for nothing.
        smooth: whether no two voices of each chord are to lie a semitone apart if that can be; None for nowhere.
    """
    if not chords:
        return ()
    sounded = [_sounded(chord) for chord in chords]
    candidates = [_candidates_of(chord, ranges) for chord in sounded]
    known = _known(candidates, heard) if heard else [None] * len(chords)
    costs = [
        _node_costs(own, home, place, is_end=index in (0, len(chords) - 1))
        + (_RUBBING * own.rubs if smooth is not None and smooth[index] else 0)
        for index, (own, home, place) in enumerate(zip(candidates, homes, known, strict=True))
    ]
    total = costs[0]
    came_from: list[NDArray[np.intp]] = []
    for index in range(1, len(chords)):
        moves = total[:, None] + _move_costs(sounded[index - 1], sounded[index], ranges)
        if index == len(chords) - 1 and _is_authentic(sounded[index - 1], sounded[index]):
            moves += _INVERTED_CADENCE * ~candidates[index - 1].is_root_position[:, None]
        came_from.append(moves.argmin(axis=0))
        total = moves.min(axis=0) + costs[index]
        total = total - total.min()
    choice = int(total.argmin())
    path = [choice]
    for back in reversed(came_from):
        choice = int(back[choice])
        path.append(choice)
    return tuple(found.voicings[at] for found, at in zip(candidates, reversed(path), strict=True))


def voicings_of(chord: Harmony, ranges: VoiceRanges) -> tuple[Voicing, ...]:
    """Every voicing of a chord that the ranges and the doubling rules allow; none for "N"."""
    sounded = _sounded(chord)
    return () if sounded.chord.is_silent else _candidates_of(sounded, ranges).voicings


def _sounded(chord: Harmony) -> ColouredChord:
    return chord if isinstance(chord, ColouredChord) else ColouredChord(chord)


def has_outer_parallels(before: Voicing, after: Voicing) -> bool:
    """Whether bass and soprano both move, from one perfect fifth or octave to another."""
    interval = (before.soprano - before.bass) % 12
    is_same = interval in (0, 7) and (after.soprano - after.bass) % 12 == interval
    return is_same and before.soprano != after.soprano and before.bass != after.bass


@lru_cache(maxsize=512)
def _candidates_of(sounded: ColouredChord, ranges: VoiceRanges) -> _Candidates:
    tones = sounded.pitch_classes
    hand = [pitch for pitch in range(ranges.upper_low, ranges.upper_high + 1) if pitch % 12 in tones]
    basses = list(_bass_costs(sounded, ranges))
    prices = (*_doubling_of(sounded.chord.quality), None)
    needs_fifth = sounded.chord.quality is Quality.AUG and bool(sounded.added)  # E7#5 without it is E7
    found: list[tuple[int, Voicing]] = []
    for upper in combinations(hand, 3):
        if upper[2] - upper[0] > ranges.upper_span:
            continue
        above = [tones.index(pitch % 12) for pitch in upper]
        spacing = _spacing_cost(sounded, upper)
        for bass, bass_cost in basses:
            voices = (*above, tones.index(bass % 12)) if sounded.stands_on_own_tone else above
            cost = _doubling_cost([voices.count(place) for place in range(len(tones))], prices)
            if cost is not None and (2 in voices or not needs_fifth):
                found.append((cost + spacing + bass_cost, Voicing(bass, upper)))
    voicings = tuple(voicing for _, voicing in found)
    return _Candidates(
        voicings,
        np.array([voicing.pitches for voicing in voicings], dtype=np.int32),
        np.array([cost for cost, _ in found], dtype=np.int32),
        np.array([_rubs(voicing.pitches) for voicing in voicings], dtype=np.int32),
        np.array([voicing.bass % 12 == sounded.chord.root for voicing in voicings]),
        {voicing: place for place, voicing in enumerate(voicings)},
    )


def _bass_costs(sounded: ColouredChord, ranges: VoiceRanges) -> Iterator[tuple[int, int]]:
    """The basses that a chord may have, each with its cost: inversion and register."""
    tones = sounded.pitch_classes
    for bass in range(ranges.bass_low, ranges.bass_high + 1):
        tone = bass % 12
        if sounded.bass is not None:
            cost = 0 if tone == sounded.bass else None
        else:
            cost = _bass_cost(sounded.chord.quality, tones.index(tone)) if tone in tones else None
        if cost is not None:
            yield bass, cost + abs(2 * bass - ranges.bass_low - ranges.bass_high) // 8


def _doubling_cost(counts: Sequence[int], prices: Sequence[int | None]) -> int | None:
    """Cost of how often each tone is there; None if that is not allowed. All are needed but the fifth."""
    cost = _OMITTED_FIFTH if counts[2] == 0 else 0
    for place, (count, price) in enumerate(zip(counts, prices, strict=False)):
        if (count == 0 and place != 2) or (count > 1 and price is None):
            return None
        cost += (count - 1) * (price or 0) if count > 1 else 0
        cost += 4 if count > 2 else 0
    return cost


def _spacing_cost(sounded: ColouredChord, upper: tuple[int, int, int]) -> int:
    """Cost of semitones side by side, and of added tones that lie too low."""
    muddy = sum(pitch < _LOWEST_ADDED and sounded.is_added(pitch) for pitch in upper) if sounded.added else 0
    return _MUDDY * muddy + _SEMITONE_CLASH * sum(high - low == 1 for low, high in pairwise(upper))


def _rubs(pitches: Sequence[int]) -> int:
    return sum(high - low == 1 for low, high in pairwise(sorted(pitches)))


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
def _move_costs(before: ColouredChord, after: ColouredChord, ranges: VoiceRanges) -> Costs:
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
    if before.chord.quality in _SEVENTHS:
        is_seventh = start[:, None, 1:] % 12 == before.pitch_classes[3]
        resolves = (moves[..., 1:] <= 0) & (moves[..., 1:] >= -2)
        costs += _SEVENTH_LEFT * (is_seventh & ~resolves).sum(-1)
    if before.chord.quality is Quality.SUS4 and after.chord.root == before.chord.root:
        is_fourth = start[:, None, 1:] % 12 == before.pitch_classes[1]
        fall = (after.pitch_classes[1] - before.pitch_classes[1] + 6) % 12 - 6
        costs += _FOURTH_LEFT * (is_fourth & (moves[..., 1:] != fall)).sum(-1)
    if _is_authentic(before, after):
        is_weak = start[:, 0] % 12 == before.pitch_classes[2]
        costs += _WEAK_DOMINANT * (is_weak[:, None] & (end[:, 0] % 12 == after.chord.root))
    return costs


def _is_authentic(before: ColouredChord, after: ColouredChord) -> bool:
    """Whether the root falls by a fifth, as from a dominant to its tonic."""
    root, tonic = before.chord.root, after.chord.root
    return root is not None and tonic is not None and (tonic - root) % 12 == _FOURTH


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
