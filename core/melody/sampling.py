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
    rng: np.random.Generator
    first_new: int = 0
    sum: float = 0.0
    decisions: int = 0


class Listener:
    """Hears a melody as it grows, and draws what may follow.

    Args:
        network: that writes.
        ground: below the melody.
    """

    def __init__(self, network: MelodyNetwork, ground: Ground) -> None:
        self._network, self._setting = network, Setting(ground)
        self._memory = Memory(ground, SHORTEST_LAG)
        self._state = network.initial(1)

    def hear(self, notes: Iterable[tuple[int, int]]) -> None:
        """Go on by onsets and pitches; what begins no later than the last is left out."""
        onsets = self._memory.onsets
        for onset, pitch in notes:
            if onsets and onset <= onsets[-1]:
                continue
            gap = _gap(onset - onsets[-1]) if onsets else NO_GAP
            self._state = _hear(self._network, self._setting, self._state, [self._memory], [(onset, pitch, gap)])

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
        rows = [_Row(ahead._memory.copy(), rng) for rng in rngs]
        state = np.repeat(ahead._state, len(rows), 0)
        return _go_on(self._network, self._setting, state, rows, span, manner)

    def _copy(self) -> Listener:
        other = copy(self)
        other._memory = self._memory.copy()
        return other


def _go_on(
    network: MelodyNetwork, setting: Setting, state: Real, rows: Sequence[_Row], span: range, manner: Manner
) -> tuple[Drawn, ...]:
    """Draw on until every row has left the stretch; those that have are left alone."""
    for row in rows:
        row.first_new = len(row.memory.onsets)
    if rows and not rows[0].memory.onsets:
        first = [(*_first_note(setting.ground, span, manner, row.rng), NO_GAP) for row in rows]
        state = _hear(network, setting, state, [row.memory for row in rows], first)
    going = rows
    while going:
        gaps = _draw_gaps(network, setting, state, going, span, manner)
        stay = [at for at, row in enumerate(going) if row.memory.onsets[-1] + gaps[at] + 1 < span.stop]
        going, gaps, state = [going[at] for at in stay], [gaps[at] for at in stay], state[stay]
        if going:
            following = _draw_pitches(network, setting, state, going, gaps, manner)
            state = _hear(network, setting, state, [row.memory for row in going], following)
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
    network: MelodyNetwork,
    setting: Setting,
    state: Real,
    memories: Sequence[Memory],
    notes: Sequence[tuple[int, int, int]],
) -> Real:
    """The state after one more note each: onset, pitch, and gap before it."""
    for memory, (onset, pitch, _) in zip(memories, notes, strict=True):
        memory.add(onset, pitch)
    note = np.array([setting.note(pitch, gap, onset) for onset, pitch, gap in notes], np.int64)
    chroma = setting.ground.chroma[[setting.slot(onset) for onset, _, _ in notes]]
    return network.heard(state, note, chroma)


def _draw_gaps(
    network: MelodyNetwork, setting: Setting, state: Real, rows: Sequence[_Row], span: range, manner: Manner
) -> list[int]:
    """The class of the time to each row's next note."""
    said = [row.memory.gaps() for row in rows]
    lasts = np.array([row.memory.onsets[-1] for row in rows], np.int64)
    when = np.array([setting.when(onset) for onset in lasts.tolist()], np.int64)
    pointers, trust = np.array([one[0] for one in said]), np.array([one[1] for one in said])
    logits = network.gap_logits(state, when, pointers, trust)
    logits[~_gaps_allowed(lasts, span, manner)] = -np.inf
    return _draw(logits, rows)


def _draw_pitches(
    network: MelodyNetwork, setting: Setting, state: Real, rows: Sequence[_Row], gaps: Sequence[int], manner: Manner
) -> list[tuple[int, int, int]]:
    """The next note of each row after such gaps: onset, pitch, and gap before it."""
    onsets = [row.memory.onsets[-1] + gap + 1 for row, gap in zip(rows, gaps, strict=True)]
    said = [row.memory.next_pitches(onset) for row, onset in zip(rows, onsets, strict=True)]
    which = np.array([setting.which(onset, gap) for onset, gap in zip(onsets, gaps, strict=True)], np.int64)
    chroma = np.array([setting.next_chroma(onset) for onset in onsets])
    before = np.array([row.memory.pitches[-1] for row in rows], np.int64)
    pointers, trust = np.array([one[0] for one in said]), np.array([one[1] for one in said])
    logits = network.pitch_logits(state, before, which, chroma, pointers, trust)
    logits[~_pitches_allowed(before, manner)] = -np.inf
    return list(zip(onsets, _draw(logits, rows), gaps, strict=True))


def _gaps_allowed(onsets: NDArray[np.int64], span: range, manner: Manner) -> NDArray[np.bool_]:
    """(rows, GAPS) which times to the next note lead to a place that is allowed, or out of the stretch."""
    gaps = np.arange(GAPS)
    places = onsets[:, None] + 1 + gaps
    outside = places >= span.stop
    allowed: NDArray[np.bool_] = outside | manner.allowed[np.minimum(places, len(manner.allowed) - 1)]
    allowed &= (places >= span.start) & ((gaps < manner.longest) | outside)
    stuck = ~allowed.any(1)
    allowed[stuck] = outside[stuck]
    allowed[~allowed.any(1), -1] = True
    return allowed


def _pitches_allowed(before: NDArray[np.int64], manner: Manner) -> NDArray[np.bool_]:
    """(rows, PITCHES) which classes may follow another: those in reach of it, or the nearest there is."""
    tones = np.arange(PITCHES)
    inside = (tones >= manner.lowest) & (tones <= manner.highest)
    away = np.abs(tones - before[:, None])
    near: NDArray[np.bool_] = inside & (away <= np.maximum(_WIDEST, away[:, inside].min(1))[:, None])
    return near


def _draw(logits: Real, rows: Sequence[_Row]) -> list[int]:
    """A class a row, of logits (rows, classes); its likelihood is added to the row's."""
    order = np.argsort(-logits, axis=1, kind="stable")
    lined = np.take_along_axis(logits, order, 1)
    raised = np.exp(lined - lined[:, :1])
    shares = raised / raised.sum(1, keepdims=True)
    reached = np.cumsum(shares, 1)
    last = np.minimum((reached < _TOP).sum(1), np.isfinite(lined).sum(1) - 1)
    at = np.arange(len(rows))
    goals = np.array([row.rng.random() for row in rows]) * reached[at, last]
    places = np.minimum((reached <= goals[:, None]).sum(1), last)
    for row, share in zip(rows, np.log(shares[at, places]).tolist(), strict=True):
        row.sum += share
        row.decisions += 1
    found: list[int] = order[at, places].tolist()
    return found


def _gap(sixteenths: int) -> int:
    return min(sixteenths, GAPS) - 1
