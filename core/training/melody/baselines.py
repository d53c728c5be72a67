"""What a melody network has to beat: chance, and counts of what followed the last notes."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from hitpoint.core.melody.decisions import Decisions
from hitpoint.core.melody.line import GAPS, PITCHES

Contexts = Callable[[Decisions], Iterable[tuple[int, tuple[Hashable, ...]]]]

_DISCOUNT = 0.6  # of every count, handed on to the shorter context (interpolated absolute discounting)


def baselines(train: Sequence[Decisions], held: Sequence[Decisions]) -> dict[str, dict[str, float]]:
    """Nats a held-out note: uniform, and the best counts of 0 to 4 things known of each decision."""
    rhythm = min(_counted(train, held, _gap_contexts, order, GAPS) for order in range(1, 5))
    pitch = min(_counted(train, held, _pitch_contexts, order, PITCHES) for order in range(1, 5))
    return {
        "uniform": _row(math.log(GAPS), math.log(PITCHES)),
        "counts": _row(rhythm, pitch),
    }


def _row(rhythm: float, pitch: float) -> dict[str, float]:
    return {"rhythm": round(rhythm, 4), "pitch": round(pitch, 4), "sum": round(rhythm + pitch, 4)}


def _gap_contexts(song: Decisions) -> Iterable[tuple[int, tuple[Hashable, ...]]]:
    """The right gap and what is known: place in the bar, then the last gaps."""
    for at in range(len(song)):
        before = [int(song.note[at - back, 1]) if at >= back else -1 for back in range(3)]
        yield int(song.gap[at]), (int(song.when[at, 0]), *before)


def _pitch_contexts(song: Decisions) -> Iterable[tuple[int, tuple[Hashable, ...]]]:
    """The right pitch and what is known: the last pitch, the root below, the one before, the place in the bar."""
    for at in range(len(song)):
        before = int(song.note[at - 1, 0]) if at else -1
        yield int(song.pitch[at]), (int(song.note[at, 0]), int(song.which[at, 4]), before, int(song.which[at, 0]))


def _counted(
    train: Sequence[Decisions], held: Sequence[Decisions], contexts: Contexts, order: int, classes: int
) -> float:
    """Nats a decision by counts in contexts of up to so many things, each smoothed by the one below."""
    tables: list[defaultdict[tuple[Hashable, ...], Counter[int]]] = [defaultdict(Counter) for _ in range(order + 1)]
    for song in train:
        for right, known in contexts(song):
            for length in range(order + 1):
                tables[length][known[:length]][right] += 1
    total, count = 0.0, 0
    for song in held:
        for right, known in contexts(song):
            total -= math.log(_chance(tables, right, known, classes))
            count += 1
    return total / count


def _chance(
    tables: Sequence[Mapping[tuple[Hashable, ...], Counter[int]]], right: int, known: tuple[Hashable, ...], classes: int
) -> float:
    chance = 1.0 / classes
    for length, table in enumerate(tables):
        row = table.get(known[:length])
        if row:
            seen = row.total()
            chance = max(row[right] - _DISCOUNT, 0.0) / seen + _DISCOUNT * len(row) / seen * chance
    return chance
