"""A stretch of a piece written again among chords that stay: in it, before it and after it.

Two things make the new chords meet those that stay, besides the model's own sight of locks:

* the stretch is heard in the order of :mod:`.infill`, so that the model remembers what follows, too;
* on the way to a chord that stays, each take is written by several *particles* side by side. When they arrive, each is
  weighed by the probability of the fixed chord after what that particle has written, by the model that does not see
  what is fixed (the one that does is always sure of it), and they are drawn anew by their weights: sequential Monte
  Carlo (Doucet, de Freitas & Gordon 2001; for language models under constraints Lew et al. 2023, arXiv 2306.03081),
  with the model's sight of locks and the look-ahead of :mod:`.approach` as its twist.

Particles exist only in the last :data:`REACH` rows before such a chord; elsewhere one row costs what it always did.
Each row takes one number of the take's generator: particles draw at that number and at equal distances from it, so that
they differ (systematic sampling, Kitagawa 1996), and a take is the same whichever others are written beside it.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.conditions import FREE, Conditions
from hitpoint.core.model.generate import one_thread
from hitpoint.core.model.guidance import GuidedAMT
from hitpoint.core.model.infill import ONWARD, HearingOrder, hearing_order
from hitpoint.core.model.networks.memory_amt import MemoryAMT, MemoryState
from hitpoint.core.model.rules.decoding import DecodingOptions, Logits, Rule, apply_rules, draw
from hitpoint.core.model.vocabulary import CHORDS, END
from hitpoint.core.progress import SILENT, Progress

PARTICLES = 8
SHARPNESS = 1.5  # power of the fixed chords' probabilities: 1 would sample, more seeks likely ways with few particles
REACH = 8  # rows before a fixed chord in which particles are held against each other

_DEFAULTS = DecodingOptions()
_MOST_KEPT = 3  # answers of :func:`heard_so_far`, each of about 30 MB, half of it the decoder's weights
_KEPT: WeakKeyDictionary[MemoryAMT, OrderedDict[bytes, Heard]] = WeakKeyDictionary()
_KEPT_LOCK = Lock()

Reals = NDArray[np.float64]


@dataclass(frozen=True)
class Refill:
    """What is to be written again.

    Attributes:
        span: of rows.
        chords: tokens of all rows; inside the span only those of locked rows matter.
        rules: wishes about the chords, as in composing.
        guides: rules that only help to get there: what they prefer is paid back when particles are weighed.
        options: of sampling.
        each: rules of each take, in place of ``rules``; None where all have the same.
    """

    span: range
    chords: Sequence[int]
    rules: Sequence[Rule] = ()
    guides: Sequence[Rule] = ()
    options: DecodingOptions = _DEFAULTS
    each: Sequence[Sequence[Rule]] | None = None

    def rules_of(self, take: int) -> Sequence[Rule]:
        """The rules of a take, numbered as the generators are."""
        return self.rules if self.each is None else self.each[take]


@dataclass(eq=False)
class _Particles:
    """All particles of all takes, those of a take side by side; changed by each row written.

    ``written`` are tokens up to the present row, ``chances`` the log-probabilities of those of the part, ``weights``
    logarithms, (takes, particles). ``logits`` (all particles, 157) say what may come, ``judged`` how likely it is.
    """

    state: MemoryState
    width: int
    written: list[list[int]]
    chances: list[list[float]]
    weights: Reals
    logits: Reals
    judged: Reals


def refill_takes(
    model: GuidedAMT,
    video: NDArray[np.float32],
    refill: Refill,
    *,
    is_minor: bool,
    rngs: Sequence[np.random.Generator],
    conditions: Conditions,
    progress: Progress = SILENT,
) -> tuple[tuple[tuple[int, ...], ...], Reals]:
    """Tokens of the first rows up to the end of the span, one piece a generator, and what the model thinks of the span.

    The second is (takes, rows): logarithms of the probability the model gives each chord of the span and the one after
    it, in the order in which they are heard; 0 for the first chord of a piece.

    Raises:
        Cancelled: if ``progress`` was asked to stop.
    """
    takes = [list(refill.chords[: refill.span.start]) for _ in rngs]
    chances: list[list[float]] = [[] for _ in rngs]
    with one_thread():
        for part in _parts(refill.span, model.max_steps):
            writer = _Writer(model, video, refill, conditions, part, is_minor=is_minor)
            # Parts after the first follow chords that differ from take to take: there each take is told its own.
            size = len(rngs) if part.start == refill.span.start else 1
            done, share = (edge - refill.span.start for edge in (part.start, part.stop))
            whole = progress.part(done / len(refill.span), share / len(refill.span))
            for first in range(0, len(rngs), size):
                group = slice(first, first + size)
                stretch = whole.part(first / len(rngs), (first + size) / len(rngs))
                writer.first_take = first
                for number, found in enumerate(writer.write(takes[group], rngs[group], stretch), first):
                    takes[number], chances[number] = found[0], chances[number] + found[1]
    stop = refill.span.stop
    return tuple(tuple(take[:stop]) for take in takes), np.array(chances).reshape(len(takes), -1)


def _parts(span: range, longest: int) -> list[range]:
    """The span, or, if it does not leave room for what is around it, parts of half of what a model can hear."""
    hop = len(span) if len(span) <= longest - 2 * ONWARD else max(longest // 2, 1)
    return [range(start, min(start + hop, span.stop)) for start in range(span.start, span.stop, hop)]


@dataclass(frozen=True, eq=False)
class Heard:
    """A model that has heard what stays, and what it says may come next: ``logits`` and ``judged`` (1, 157).

    The state is not to be stepped: only takes chosen from it are.
    """

    state: MemoryState
    logits: Reals
    judged: Reals


def heard_so_far(model: GuidedAMT, asked: Conditions, tokens: NDArray[np.int64], *, is_minor: bool) -> Heard:
    """The model after these tokens, (n,), the first of them END; the last few answers are kept.

    Rolling a stretch again and again changes nothing outside it: from the second time on, what is around it has been
    heard already, which is half of the work.
    """
    key = _name_of(model, asked, tokens, is_minor=is_minor)
    with _KEPT_LOCK:
        kept = _KEPT.setdefault(model.model, OrderedDict())
        if key in kept:
            kept.move_to_end(key)
            return kept[key]
    state = model.start(model.encode_judged(asked, is_minor=is_minor))
    model.model.tell(state, tokens[:-1])
    logits, judged = model.step_judged(state, tokens[-1:])
    heard = Heard(state, logits[:, :CHORDS], _log_softmax(judged[:, :CHORDS]))
    with _KEPT_LOCK:
        kept[key] = heard
        while len(kept) > _MOST_KEPT:
            kept.popitem(last=False)
    return heard


def _name_of(model: GuidedAMT, asked: Conditions, tokens: NDArray[np.int64], *, is_minor: bool) -> bytes:
    """A key of all that makes a difference to :func:`heard_so_far` with one network and its weights as they are."""
    told = hashlib.blake2b(repr((model.strength, model.asked, is_minor, asked.has_end)).encode())
    told.update(str(model.model.turns.dtype).encode())
    known = (part for part in (asked.places, asked.minor) if part is not None)
    for rows in (tokens, asked.locks, asked.levels, *known):
        told.update(repr(rows.shape).encode() + rows.tobytes())
    for name, columns in sorted(asked.groups.items()):
        told.update(f"{name}{columns.shape}".encode() + columns.tobytes())
    return told.digest()


class _Writer:
    """Writes one part of a span."""

    def __init__(
        self,
        model: GuidedAMT,
        video: NDArray[np.float32],
        refill: Refill,
        conditions: Conditions,
        part: range,
        *,
        is_minor: bool,
    ) -> None:
        self.model, self.refill, self.part = model, refill, part
        self.first_take = 0  # number of the first of those that are written together
        self.fixed: Mapping[int, int] = {
            row: int(token) for row, token in enumerate(conditions.locks[: len(refill.chords)]) if token != FREE
        }
        total = len(refill.chords)
        self.order: HearingOrder = hearing_order(total, part, model.max_steps, refill.span)
        rows = self.order.rows
        is_plain = bool((np.diff(rows) == 1).all()) and rows[-1] == total - 1
        self.asked = conditions.window(int(rows[0]), total) if is_plain else conditions.in_order(rows)
        self.is_minor = is_minor

    def write(
        self, takes: Sequence[list[int]], rngs: Sequence[np.random.Generator], progress: Progress
    ) -> list[tuple[list[int], list[float]]]:
        """Each take with the part added, and (rows,) what the model thinks of what was added and of the way out.

        All takes have the same chords where they are heard before the part.
        """
        cloud = self._told(takes)
        last = self.part.stop if self.part.stop in self.fixed and self.part.stop == self.refill.span.stop else None
        rows = range(self.part.start, self.part.stop + (last is not None))
        for row in rows:
            chances = np.array([rng.random() for rng in rngs])
            if row in self.fixed:
                self._arrive(cloud, row, chances)
            else:
                self._go_on(cloud, row, chances)
            progress.step((row + 1 - rows.start) / len(rows), "composing chords")
            if row + 1 < rows.stop:
                self._hear(cloud, np.array([tokens[-1] for tokens in cloud.written], np.int64))
        assert cloud.width == 1
        return list(zip(cloud.written, cloud.chances, strict=True))

    def _told(self, takes: Sequence[list[int]]) -> _Particles:
        """One particle a take, that has heard what stays, and says what may come first."""
        heard = [
            takes[0][row] if row < self.part.start else self.refill.chords[row]
            for row in self.order.rows[: self.order.start]
        ]
        known = heard_so_far(self.model, self.asked, np.array([END, *heard], np.int64), is_minor=self.is_minor)
        count = len(takes)
        return _Particles(
            state=self.model.model.chosen(known.state, np.zeros(count, np.int64)),
            width=1,
            written=[list(take) for take in takes],
            chances=[[] for _ in takes],
            weights=np.zeros((count, 1)),
            logits=np.repeat(known.logits, count, axis=0),
            judged=np.repeat(known.judged, count, axis=0),
        )

    def _hear(self, cloud: _Particles, newest: NDArray[np.int64]) -> None:
        logits, judged = self.model.step_judged(cloud.state, newest)
        cloud.logits, cloud.judged = logits[:, :CHORDS], _log_softmax(judged[:, :CHORDS])

    def _go_on(self, cloud: _Particles, row: int, chances: Reals) -> None:
        """Draw a free row's chord for each particle."""
        if cloud.width == 1 and self._next_fixed(row) is not None:
            self._choose(cloud, np.zeros((len(chances), PARTICLES), np.int64))
        for number, tokens in enumerate(cloud.written):
            take, particle = divmod(number, cloud.width)
            chance = (chances[take] + particle / cloud.width) % 1.0
            ruled = apply_rules(cloud.logits[number], tokens, self.refill.rules_of(self.first_take + take))
            guided = apply_rules(ruled, tokens, self.refill.guides)
            token = draw(guided, self.refill.options, chance)
            if cloud.width > 1:
                cloud.weights[take, particle] += _log_softmax(ruled)[token] - _log_softmax(guided)[token]
            cloud.written[number].append(token)
            cloud.chances[number].append(float(cloud.judged[number, token]) if row else 0.0)

    def _arrive(self, cloud: _Particles, row: int, chances: Reals) -> None:
        """Weigh all particles by the fixed chord of this row, and draw them anew: only one, if no other is near."""
        token = self.fixed[row]
        own = cloud.judged[:, token]
        cloud.weights += SHARPNESS * own.reshape(cloud.weights.shape)
        for number in range(len(cloud.written)):
            cloud.written[number].append(token)
            cloud.chances[number].append(float(own[number]) if row else 0.0)
        count = cloud.width if self._next_fixed(row + 1) is not None and row < self.part.stop else 1
        if cloud.width > 1:
            picks = [
                _systematic(weights, count, chance) for weights, chance in zip(cloud.weights, chances, strict=True)
            ]
            self._choose(cloud, np.array(picks))

    def _choose(self, cloud: _Particles, picks: NDArray[np.int64]) -> None:
        """Go on with these particles of each take, (takes, particles), all of equal weight."""
        flat = (np.arange(len(picks))[:, None] * cloud.width + picks).ravel()
        cloud.state = self.model.model.chosen(cloud.state, flat)
        cloud.logits, cloud.judged = cloud.logits[flat], cloud.judged[flat]
        cloud.written = [list(cloud.written[number]) for number in flat]
        cloud.chances = [list(cloud.chances[number]) for number in flat]
        cloud.width, cloud.weights = picks.shape[1], np.zeros(picks.shape)

    def _next_fixed(self, row: int) -> int | None:
        """The first fixed row from here on, if particles for it are worth while: within reach, and judged."""
        last = self.part.stop if self.part.stop == self.refill.span.stop else self.part.stop - 1
        return next((near for near in range(row, min(row + REACH, last) + 1) if near in self.fixed), None)


def _log_softmax(logits: Logits) -> Reals:
    """Along the last axis."""
    raised = logits - logits.max(axis=-1, keepdims=True)
    shares: Reals = raised - np.log(np.exp(raised).sum(axis=-1, keepdims=True))
    return shares


def _systematic(weights: Reals, count: int, chance: float) -> NDArray[np.int64]:
    """``count`` numbers of weights (logarithms), each as often as its share says, give or take one."""
    reached = np.cumsum(np.exp(weights - weights.max()))
    points = (chance + np.arange(count)) / count * reached[-1]
    picks: NDArray[np.int64] = np.searchsorted(reached, points, side="right").astype(np.int64)
    return np.minimum(picks, len(weights) - 1)
