"""How well a tune sings: by this the best of many candidates for a theme is found.

A theme has a range between a fifth and a seventh and at least five pitches, goes mostly by step, answers its leaps,
stands on no pitch for a bar or for more than three notes, has one peak, has in its third bar the rhythm of the first,
and ends long on a tone of the chord. It has notes on the strong beats of its metre, and no more of them than its bars
bear. The weights were set by ear and eye on piano rolls.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import groupby, pairwise

from hitpoint.core.melody.line import BAR

_NARROWEST, _WIDEST = 7, 11  # semitones of a theme's range
_TONES, _FEW_TONES = 5, 0.5  # different pitches of a theme at least, and what each that is missing costs
_STEPS = 0.55  # share of the moves that go by step
_REPEATS = 0.3  # most of the moves that stay
_STAND_NOTES, _STAND_BAR = 3, 3  # most notes of one pitch in a row; notes of a bar from which they are not all of one
_LIKELY = 0.8  # of a nat
_END_FROM = 6  # sixteenths that the last note lasts at least
_UNMET = 4.0  # of the share of strong beats that a tune sings across
_CROWDED, _SPARE = 0.4, 0.5  # a note beyond those that its bar is to have; notes a bar that are free


def singability(
    onsets: Sequence[int],
    pitches: Sequence[int],
    bars: int,
    likelihood: float,
    strong: Sequence[int] = (),
    wished: Sequence[float] = (),
) -> float:
    """How well so many bars of a tune sing; the more the better.

    Args:
        onsets: sixteenths of the network's bars, from the start of the first.
        pitches: one each, in semitones.
        bars: of the theme.
        likelihood: nats a decision, below 0.
        strong: sixteenths of its strong beats, likewise; empty for none.
        wished: notes that each bar is to have; empty for any.
    """
    if len(onsets) < bars + 1:
        return -9.0
    moves = [after - before for before, after in pairwise(pitches)]
    score = _LIKELY * likelihood + _range(pitches) + _moves(moves) + _peak(pitches) + _rhythm(onsets, bars)
    score -= _UNMET * unmet(onsets, strong) + _crowded(onsets, wished)
    return round(score + _end(onsets, bars) - _standing(onsets, pitches), 6)


def unmet(onsets: Sequence[int], strong: Sequence[int]) -> float:
    """The share of strong beats on which nothing begins; one in a long note from one strong beat to another is met.

    Args:
        onsets: in order.
        strong: sixteenths of the strong beats, in order; those after the last note do not count.
    """
    beats = [beat for beat in strong if onsets and beat <= onsets[-1]]
    places = set(strong)
    missed = 0
    for beat in beats:
        at = bisect_right(onsets, beat) - 1
        holds = at >= 0 and onsets[at] in places and (at + 1 == len(onsets) or onsets[at + 1] in places)
        missed += at < 0 or (onsets[at] != beat and not holds)
    return missed / max(len(beats), 1)


def _crowded(onsets: Sequence[int], wished: Sequence[float]) -> float:
    """What notes beyond those that the bars are to have cost."""
    counts = [sum(onset // BAR == bar for onset in onsets) for bar in range(len(wished))]
    beyond = (max(count - most - _SPARE, 0.0) for count, most in zip(counts, wished, strict=True))
    return _CROWDED * sum(beyond)


def _range(pitches: Sequence[int]) -> float:
    span = max(pitches) - min(pitches)
    few = max(_TONES - len(set(pitches)), 0)
    return -0.35 * (max(_NARROWEST - span, 0) + max(span - _WIDEST, 0)) - _FEW_TONES * few


def _moves(moves: Sequence[int]) -> float:
    count = len(moves)
    steps = sum(1 <= abs(move) <= 2 for move in moves) / count
    repeats = sum(move == 0 for move in moves) / count
    unanswered = sum(
        abs(move) >= 5 and not (-5 <= after * (1 if move > 0 else -1) < 0) for move, after in pairwise(moves)
    )
    leaps = sum(abs(move) >= 5 for move in moves) / count
    wide = sum(abs(move) > 9 for move in moves)
    return (
        -5.0 * max(_STEPS - steps, 0.0)
        - 2.5 * max(repeats - _REPEATS, 0.0)
        - 0.4 * unanswered
        - 0.5 * wide
        - 4.0 * max(leaps - 0.12, 0.0)
    )


def _standing(onsets: Sequence[int], pitches: Sequence[int]) -> float:
    """What bars on one pitch and longer runs of it cost."""
    bars = [list(bar) for _, bar in groupby(zip(onsets, pitches, strict=True), key=lambda note: note[0] // BAR)]
    still = sum(len(bar) >= _STAND_BAR and len({pitch for _, pitch in bar}) == 1 for bar in bars)
    runs = (len(list(run)) for _, run in groupby(pitches))
    return 1.5 * still + 1.0 * sum(max(run - _STAND_NOTES, 0) for run in runs)


def _peak(pitches: Sequence[int]) -> float:
    """The highest tone comes once, or twice in a row, and neither first nor last."""
    top = max(pitches)
    places = [at for at, pitch in enumerate(pitches) if pitch == top]
    apart = sum(after - before > 1 for before, after in pairwise(places))
    return -0.4 * apart - (0.3 if places[0] == 0 or places[-1] == len(pitches) - 1 else 0.0)


def _rhythm(onsets: Sequence[int], bars: int) -> float:
    """Bars 1 and 3 alike, no bar empty, and more than one kind of bar."""
    patterns = [frozenset(slot % BAR for slot in onsets if slot // BAR == bar) for bar in range(bars)]
    empty = sum(not pattern for pattern in patterns)
    lively = sum(len(pattern) >= 3 for pattern in patterns) / bars
    alike = 0.0
    if bars > 2 and patterns[0] | patterns[2]:
        alike = len(patterns[0] & patterns[2]) / len(patterns[0] | patterns[2])
    monotonous = len(set(patterns)) == 1
    return 0.7 * alike - 1.5 * empty + 0.5 * lively - (0.8 if monotonous else 0.0)


def _end(onsets: Sequence[int], bars: int) -> float:
    left = bars * BAR - onsets[-1]
    return 0.6 if left >= _END_FROM else -0.6
