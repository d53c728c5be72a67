"""Draws melodies from the network: several at once over one ground, each by a generator of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.melody.decisions import Setting
from hitpoint.core.melody.line import GAPS, HOME, PITCHES, Ground
from hitpoint.core.melody.memory import NO_GAP, Memory
from hitpoint.core.melody.network import MelodyNetwork, Real

SHORTEST_LAG = 4  # bars; below it a melody that hears only itself locks into loops of one bar
_TOP = 0.95  # share of the likeliest that is drawn from
_WIDEST = 12  # semitones between neighbours
_LONGEST = 16  # sixteenths from note to note


@dataclass(frozen=True)
class Manner:
    """What may be drawn.

    Attributes:
        allowed: (S,) bool, the sixteenths of the ground at which a note may begin.
        lowest: pitch class of the network.
        highest: likewise.
        longest: sixteenths from note to note.
    """

    allowed: NDArray[np.bool_]
    lowest: int
    highest: int
    longest: int = _LONGEST


@dataclass(frozen=True)
class Drawn:
    """A melody as it was drawn: sixteenths and pitches of its new notes, and nats a note, below 0."""

    onsets: tuple[int, ...]
    pitches: tuple[int, ...]
    likelihood: float


@dataclass
class _Row:
    """One melody on its way."""

    memory: Memory
    first_new: int = 0
    sum: float = 0.0
    decisions: int = 0
    is_done: bool = False


class Listener:
    """Hears a melody as it grows, and draws what may follow.

    Args:
        network: that writes.
        ground: below the melody.
    """

    def __init__(self, network: MelodyNetwork, ground: Ground) -> None:
        self._network, self._setting = network, Setting(ground)
        self._heard = _Row(Memory(ground, SHORTEST_LAG))
        self._state = network.initial(1)

    def hear(self, notes: Iterable[tuple[int, int]]) -> None:
        """Go on by onsets and pitches; what begins no later than the last is left out."""
        onsets = self._heard.memory.onsets
        for onset, pitch in notes:
            if onsets and onset <= onsets[-1]:
                continue
            gap = _gap(onset - onsets[-1]) if onsets else NO_GAP
            self._state = _hear(self._network, self._setting, self._state, [self._heard], [(onset, pitch, gap)])

    def drawn(
        self,
        more: Iterable[tuple[int, int]],
        span: range,
        manner: Manner,
        rngs: Sequence[np.random.Generator],
    ) -> tuple[Drawn, ...]:
        """One melody a generator for a stretch of the ground.

        Args:
            more: onsets and pitches that stand before the stretch, too, but are not certain to stay.
            span: sixteenths in which notes are to begin.
            manner: what may be drawn.
            rngs: one for each melody; each decision takes one number of it.
        """
        ahead = self._copy()
        ahead.hear(more)
        rows = [_Row(ahead._heard.memory.copy()) for _ in rngs]
        state = np.repeat(ahead._state, len(rows), 0)
        return _go_on(self._network, self._setting, state, rows, span, manner, rngs)

    def _copy(self) -> Listener:
        other = copy(self)
        other._heard = _Row(self._heard.memory.copy())
        return other


def _go_on(
    network: MelodyNetwork,
    setting: Setting,
    state: Real,
    rows: list[_Row],
    span: range,
    manner: Manner,
    rngs: Sequence[np.random.Generator],
) -> tuple[Drawn, ...]:
    for row in rows:
        row.first_new = len(row.memory.onsets)
    if not rows[0].memory.onsets:
        first = [(*_first_note(setting.ground, span, manner, rng), NO_GAP) for rng in rngs]
        state = _hear(network, setting, state, rows, first)
    while not all(row.is_done for row in rows):
        following = _decide(network, setting, state, rows, span, manner, rngs)
        state = _hear(network, setting, state, rows, following)
    return tuple(_drawn(row) for row in rows)


def _drawn(row: _Row) -> Drawn:
    onsets, pitches = row.memory.onsets[row.first_new :], row.memory.pitches[row.first_new :]
    return Drawn(tuple(onsets), tuple(pitches), round(row.sum / max(row.decisions, 1), 6))


def _first_note(ground: Ground, span: range, manner: Manner, rng: np.random.Generator) -> tuple[int, int]:
    """Where a melody without a past begins: mostly on the first beat, on a tone of the chord near its home."""
    late = [slot for slot in (span.start + 2, span.start + 4) if slot in span and manner.allowed[slot]]
    chance, tone = float(rng.random()), float(rng.random())
    onset = late[int(chance * 10) % len(late)] if late and chance < 0.3 else span.start
    centre = (manner.lowest + manner.highest) // 2
    chord = [p for p in range(centre - 6, centre + 7) if ground.chroma[onset, (p - HOME) % 12] > 0]
    choices = chord or [centre]
    return onset, choices[int(tone * len(choices))]


def _hear(
    network: MelodyNetwork, setting: Setting, state: Real, rows: Sequence[_Row], notes: Sequence[tuple[int, int, int]]
) -> Real:
    """The state after one more note each; a row that is done hears its last again, which nobody asks for."""
    for row, (onset, pitch, _) in zip(rows, notes, strict=True):
        if not row.is_done:
            row.memory.add(onset, pitch)
    note = np.array([setting.note(pitch, gap, onset) for onset, pitch, gap in notes], np.int64)
    chroma = np.array([setting.ground.chroma[setting.slot(onset)] for onset, _, _ in notes])
    return network.heard(state, note, chroma)


def _decide(
    network: MelodyNetwork,
    setting: Setting,
    state: Real,
    rows: Sequence[_Row],
    span: range,
    manner: Manner,
    rngs: Sequence[np.random.Generator],
) -> list[tuple[int, int, int]]:
    """The next note of each row; rows that leave the stretch are done."""
    lasts = [(row.memory.onsets[-1], row.memory.pitches[-1]) for row in rows]
    gaps = _draw_gaps(network, setting, state, rows, span, manner, rngs)
    onsets = [onset + gap + 1 for (onset, _), gap in zip(lasts, gaps, strict=True)]
    for row, onset in zip(rows, onsets, strict=True):
        row.is_done = row.is_done or onset >= span.stop
    said = [row.memory.next_pitches(onset) for row, onset in zip(rows, onsets, strict=True)]
    which = np.array([setting.which(onset, gap) for onset, gap in zip(onsets, gaps, strict=True)], np.int64)
    chroma = np.array([setting.next_chroma(onset) for onset in onsets])
    before = np.array([pitch for _, pitch in lasts], np.int64)
    pointers, trust = np.array([one[0] for one in said]), np.array([one[1] for one in said])
    logits = network.pitch_logits(state, before, which, chroma, pointers, trust)
    for at in range(len(rows)):
        logits[at, ~_pitches_allowed(int(before[at]), manner)] = -np.inf
    pitches = _draw(logits, rows, rngs)
    return list(zip(onsets, pitches, gaps, strict=True))


def _draw_gaps(
    network: MelodyNetwork,
    setting: Setting,
    state: Real,
    rows: Sequence[_Row],
    span: range,
    manner: Manner,
    rngs: Sequence[np.random.Generator],
) -> list[int]:
    said = [row.memory.gaps() for row in rows]
    lasts = [row.memory.onsets[-1] for row in rows]
    when = np.array([setting.when(onset) for onset in lasts], np.int64)
    pointers, trust = np.array([one[0] for one in said]), np.array([one[1] for one in said])
    logits = network.gap_logits(state, when, pointers, trust)
    for at, onset in enumerate(lasts):
        logits[at, ~_gaps_allowed(onset, span, manner)] = -np.inf
    return _draw(logits, rows, rngs)


def _gaps_allowed(onset: int, span: range, manner: Manner) -> NDArray[np.bool_]:
    """(GAPS,) which times to the next note lead to a place that is allowed, or out of the stretch."""
    places = onset + 1 + np.arange(GAPS)
    inside = places < span.stop
    allowed = np.where(inside, manner.allowed[np.minimum(places, len(manner.allowed) - 1)], True)
    allowed &= (places >= span.start) & ((np.arange(GAPS) < manner.longest) | ~inside)
    if not allowed.any():
        allowed = ~inside if (~inside).any() else np.arange(GAPS) == GAPS - 1
    found: NDArray[np.bool_] = allowed
    return found


def _pitches_allowed(before: int, manner: Manner) -> NDArray[np.bool_]:
    """(PITCHES,) which classes may follow another: those in reach of it, or the nearest there is."""
    tones = np.arange(PITCHES)
    inside = (tones >= manner.lowest) & (tones <= manner.highest)
    away = np.abs(tones - before)
    near: NDArray[np.bool_] = inside & (away <= max(_WIDEST, int(away[inside].min())))
    return near


def _draw(logits: Real, rows: Sequence[_Row], rngs: Sequence[np.random.Generator]) -> list[int]:
    """A class a row; likelihoods are added up for rows that go on."""
    found = []
    for at, (row, rng) in enumerate(zip(rows, rngs, strict=True)):
        if row.is_done:
            found.append(int(np.argmax(logits[at])))
            continue
        order = np.argsort(-logits[at], kind="stable")
        order = order[np.isfinite(logits[at][order])]
        raised = np.exp(logits[at][order] - logits[at][order[0]])
        reached = np.cumsum(raised / raised.sum())
        kept = min(int(np.searchsorted(reached, _TOP)) + 1, len(order))
        place = int(np.searchsorted(reached[:kept], float(rng.random()) * reached[kept - 1], side="right"))
        place = min(place, kept - 1)
        row.sum += float(np.log(raised[place] / raised.sum()))
        row.decisions += 1
        found.append(int(order[place]))
    return found


def _gap(sixteenths: int) -> int:
    return min(sixteenths, GAPS) - 1
