"""Takes: candidates for the same stretch, how they are judged, and in what order they are offered.

The score of a take is the sum of

* its likelihood: mean natural logarithm of the probability that the chord model gave its chords (nats a step),
* its cut agreement, 0..1: F-measure of "the chord changes here" against "the picture cuts here",
* its wish agreement, 0..1: how near the share of minor-type chords and the rate of chord changes in stretches with a
  wished mood come to what that mood's valence and arousal ask for,
* less its copying, 0..1: nothing up to 16 chords in a row that a training song has too, 1 from 30 on
  (:mod:`hitpoint.core.model.known_runs`).

The best take comes first; then, each time, the one with the best score less half its likeness to the most alike of
those before it (maximal marginal relevance, Carbonell & Goldstein 1998). Likeness is the share of steps with the same
chord, keys apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import eq

import numpy as np

from hitpoint.core.affect import Affect
from hitpoint.core.cue.cue import Cue
from hitpoint.core.model.known_runs import ALARM, RUN, Fingerprints, known_runs, longest_known_run
from hitpoint.core.model.vocabulary import token_of
from hitpoint.core.music.chord import Chord

_LIKENESS = 0.5  # score that a take loses if it is the same as an earlier one
_ON_THE_CUT = Fraction(2, 25)  # seconds between a cut and the step it belongs to


@dataclass(frozen=True)
class Take:
    """One candidate for a stretch.

    Attributes:
        cue: the whole cue with it.
        seed: that it was composed with.
        likelihood: nats a step, below 0.
        cut_agreement: 0..1.
        wish_agreement: 0..1; 1 where nothing is wished.
        copying: 0..1; 1 is a long stretch of a song that the model was trained on.
    """

    cue: Cue
    seed: int
    likelihood: float
    cut_agreement: float = 1.0
    wish_agreement: float = 1.0
    copying: float = 0.0

    @property
    def score(self) -> float:
        """By which takes are ranked; see the module's docstring."""
        return self.likelihood + self.cut_agreement + self.wish_agreement - self.copying


def judged(cue: Cue, seed: int, likelihood: float, span: range) -> Take:
    """A take whose new chords are those of ``span``."""
    return Take(cue, seed, likelihood, cut_agreement(cue, span), wish_agreement(cue, span), copying(cue, span))


def ranked(takes: Sequence[Take], span: range) -> tuple[Take, ...]:
    """The takes, best first, each next one good and different from those before it; equals in the order given."""
    waiting, offered = list(takes), list[Take]()
    while waiting:
        marks = [take.score - _LIKENESS * _likeness(take, offered, span) for take in waiting]
        offered.append(waiting.pop(int(np.argmax(marks))))
    return tuple(offered)


def cut_agreement(cue: Cue, span: range) -> float:
    """F-measure of chord changes against cuts among the steps of a stretch; 1 where there are neither."""
    cuts = cue.edit.cuts
    places = [index for index in span if index > 0]
    changes = {index for index in places if cue.steps[index].chord != cue.steps[index - 1].chord}
    on_cuts = {index for index in places if _is_near(cue.step_start(index), cuts)}
    total = len(changes) + len(on_cuts)
    return 2 * len(changes & on_cuts) / total if total else 1.0


def wish_agreement(cue: Cue, span: range) -> float:
    """How near a stretch comes to the wished moods, each weighted by its steps; 1 where nothing is wished."""
    wished = [mood for mood in cue.moods if mood.wished]
    total, weight = 0.0, 0
    for wish in wished:
        steps = [index for index in span if wish.start <= cue.step_start(index) < wish.end]
        if steps:
            total += len(steps) * _nearness(cue, steps, wish.affect)
            weight += len(steps)
    return total / weight if weight else 1.0


def copying(cue: Cue, span: range, known: Fingerprints | None = None) -> float:
    """How much of a training song's chords a stretch repeats, together with what is beside it.

    ``known`` are the songs' fingerprints; None takes those of the shipped model's.
    """
    tokens = [token_of(step.chord.transposed(-cue.key.semitones_from_model)) for step in cue.steps]
    longest = longest_known_run(tokens, span, known_runs() if known is None else known)
    return min(max(longest - RUN, 0) / (ALARM - RUN), 1.0)


def _is_near(time: Fraction, cuts: Sequence[Fraction]) -> bool:
    next_cut = bisect_left(cuts, time - _ON_THE_CUT)
    return next_cut < len(cuts) and cuts[next_cut] <= time + _ON_THE_CUT


def _nearness(cue: Cue, steps: Sequence[int], affect: Affect) -> float:
    minor = np.mean([cue.steps[index].chord.is_minor_type for index in steps])
    changes = np.mean([index > 0 and cue.steps[index].chord != cue.steps[index - 1].chord for index in steps])
    return float(1 - (abs(minor - affect.minor_share) + abs(changes - affect.change_rate)) / 2)


def _likeness(take: Take, others: Sequence[Take], span: range) -> float:
    own = _degrees(take.cue, span)
    shares = [sum(map(eq, own, _degrees(other.cue, span))) / len(own) for other in others]
    return max(shares, default=0.0)


def _degrees(cue: Cue, span: range) -> list[Chord]:
    """The chords of a stretch as they stand to the tonic."""
    return [cue.steps[index].chord.transposed(-cue.key.tonic) for index in span]
