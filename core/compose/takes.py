"""Takes: candidates for the same stretch, how they are judged, and in what order they are offered.

The score of a take judges it as music, then against what was asked. As music it is a weighted sum whose weights were
fitted on songs, so that each has more than itself spoilt (:mod:`hitpoint.core.training.evaluation.ranking_fit`):

* its likelihood: mean natural logarithm of the probability that the chord model gave its chords (nats a step), which
  knows metre, form and all the piece has said so far,
* its gain: by how much more than counts of pairs the model expected them (nats a step),
* its standstill: how much longer than 24 s the longest stretch on two chords is, in 24 s,
* its alternation: for how long two chords take turns at the most, in eight changes,
* its changes on bar lines, 0..1, and its cadences, 0..1: the share of sections that end in one.

Plain likelihood prefers takes that stand still. Beside it, with weights that are judgement, stand

* its tension fit, -1..1: correlation of what its chords strain with the tension that the plan asks for,
* its cut agreement, 0..1: F-measure of "the chord changes here" against "the picture cuts here",
* its wish agreement, 0..1: how near the share of minor-type chords and the rate of chord changes in stretches with a
  wished mood come to what that mood's valence and arousal ask for,
* less its copying, 0..1: nothing up to 16 chords in a row that a training song has too, 1 from 30 on
  (:mod:`hitpoint.core.model.known_runs`); where the tune is written, nothing up to 10 of its moves, 1 from 20 on
  (:mod:`hitpoint.core.melody.copying`), whichever is more.

The best take comes first; then, each time, the one with the best score less half its likeness to the most alike of
those before it (maximal marginal relevance, Carbonell & Goldstein 1998). Likeness is the share of steps with the same
chord, keys apart.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from operator import eq

import numpy as np

from hitpoint.core.affect import Affect
from hitpoint.core.compose.harmony.degrees import token_in
from hitpoint.core.compose.harmony.judging import alternation, cadences, on_bars, standstill, tension_fit
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.form.tension import step_tension
from hitpoint.core.cue.tune_changes import tune_of
from hitpoint.core.files.fingerprints import Fingerprints
from hitpoint.core.melody.copying import longest_shared_run
from hitpoint.core.model.known_runs import ALARM, RUN, known_runs, longest_known_run
from hitpoint.core.music.chord import Chord

# Of the terms that were fitted, as shares of the likelihood's own weight.
_WEIGHTS = {
    "likelihood": 1.0, "gain": 0.24, "standstill": -0.32, "alternation": -0.28, "on_bars": 1.23, "cadences": 1.37,
}  # fmt: skip
_TENSION, _CUTS = 0.25, 0.3  # weights of the fit of tension and of cuts
_LIKENESS = 0.5  # score that a take loses if it is the same as an earlier one
_TUNE_RUN, _TUNE_ALARM = 10, 20  # moves of a tune that two songs share [measured on POP909], and that are a copy
_SIXTEENTHS = 4  # a quarter note
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
        gain: nats a step.
        standstill: 0..3; 0 is no long stretch on two chords.
        alternation: 0..3; 0 is no chord that comes back at once.
        on_bars: 0..1; a half where nothing changes.
        cadences: 0..1; a half where no section ends.
        tension_fit: -1..1; 0 where nothing is asked for.
    """

    cue: Cue
    seed: int
    likelihood: float
    cut_agreement: float = 1.0
    wish_agreement: float = 1.0
    copying: float = 0.0
    gain: float = 0.0
    standstill: float = 0.0
    alternation: float = 0.0
    on_bars: float = 0.5
    cadences: float = 0.5
    tension_fit: float = 0.0

    @property
    def score(self) -> float:
        """By which takes are ranked; see the module's docstring."""
        music = sum(weight * float(getattr(self, name)) for name, weight in _WEIGHTS.items())
        return music + _TENSION * self.tension_fit + _CUTS * self.cut_agreement + self.wish_agreement - self.copying


def judged(cue: Cue, seed: int, likelihood: float, span: range, gain: float = 0.0) -> Take:
    """A take whose new chords are those of ``span``, with what the model said of them."""
    chords = [cue.steps[index].chord for index in span]
    starts = [cue.step_start(index) for index in range(span.start, span.stop + 1)]
    tokens, minor = _tokens(cue, span)
    plan = cue.plan
    lines = [index % 2 == 0 if plan is None else plan.place_in_bar(index) == 0 for index in span]
    ends = [] if plan is None else [plan.steps_of(section).stop - 1 - span.start for section in plan.sections]
    wanted = () if plan is None else step_tension(plan)[span.start : span.stop]
    return Take(
        cue,
        seed,
        likelihood,
        cut_agreement(cue, span),
        wish_agreement(cue, span),
        copying(cue, span),
        gain=gain,
        standstill=standstill(chords, [float(after - start) for start, after in pairwise(starts)]),
        alternation=alternation(chords),
        on_bars=on_bars(chords, lines),
        cadences=cadences(tokens, [end for end in ends if 0 <= end < len(tokens)], minor),
        tension_fit=tension_fit(tokens, minor, wanted) if wanted else 0.0,
    )


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
    tokens = _tokens(cue, range(len(cue.steps)))[0]
    longest = longest_known_run(tokens, span, known_runs() if known is None else known)
    return min(max(longest - RUN, 0) / (ALARM - RUN), 1.0)


def with_tune(take: Take, known: Fingerprints | None = None) -> Take:
    """The take with the copying of its tune, once that is written, if it is more than that of its chords.

    ``known`` are the songs' fingerprints; None takes those of the shipped network's.
    """
    notes = tune_of(take.cue)
    onsets = [round(note.start * _SIXTEENTHS) for note in notes]
    longest = longest_shared_run(onsets, [note.note.pitch for note in notes], known)
    share = min(max(longest - _TUNE_RUN, 0) / (_TUNE_ALARM - _TUNE_RUN), 1.0)
    return replace(take, copying=max(take.copying, share))


def _tokens(cue: Cue, span: range) -> tuple[list[int], list[bool]]:
    """The chords of a stretch in the key of each step, and its mode."""
    keys = [cue.key_at(index) for index in span]
    tokens = [token_in(cue.steps[index].chord, key) for index, key in zip(span, keys, strict=True)]
    return tokens, [key.is_minor for key in keys]


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
    return [cue.steps[index].chord.transposed(-cue.key_at(index).tonic) for index in span]
