"""Generate, score, keep: composes in batches until nothing better comes, and never gives less than the first.

A take's score (:mod:`hitpoint.core.compose.takes`) judges it as music, by cuts and by what was wished, words included.
To that come, with weights that are judgement, how near it comes to the moods that the picture proposes where nobody
wished one, and the share of the moments to meet on which its harmony changes. The same number of takes finds the same
best on every machine; so many seconds find what they find.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from hitpoint.core.compose.takes import Take, wish_agreement
from hitpoint.core.cue.cue import Cue
from hitpoint.core.progress import SILENT, Progress

BATCH = 4  # takes that are composed side by side
_PATIENCE, _LEAST_PATIENCE = 0.5, 16  # share of the takes asked for, and takes, without a better one, that end a search
_LONG_PATIENCE = 64  # takes, where seconds are asked for
_PICTURE, _MET = 0.5, 0.3  # weights of the picture's moods and of the moments met
_DIGITS = 9

Write = Callable[[int, int], tuple[Take, ...]]  # so many takes, from the first seed's number on


@dataclass(frozen=True)
class Limit:
    """How long to search: so many takes, or so many seconds; one of them is None."""

    takes: int | None = None
    seconds: float | None = None


@dataclass(frozen=True)
class Found:
    """What a search came to.

    Attributes:
        takes: the best first, as many as were asked for.
        composed: how many were tried.
        score: of the best.
        first: score of the one that would have been written without a search.
        ended: "all", "nothing better", "time" or "stopped".
    """

    takes: tuple[Take, ...]
    composed: int
    score: float
    first: float
    ended: str

    def line(self) -> str:
        """What the editor reads of it."""
        ends = {"all": "all", "nothing better": "nothing better came", "time": "time is up", "stopped": "stopped"}
        best = f"best {self.score:.3f}, the first {self.first:.3f}, seed {self.takes[0].seed}"
        return f"{self.composed} composed ({ends[self.ended]}), {best}"


def searched(
    write: Write,
    limit: Limit,
    keep: int,
    clock: Callable[[], float],
    is_stopped: Callable[[], bool] = lambda: False,
    progress: Progress = SILENT,
) -> Found:
    """The best takes of many.

    Args:
        write: composes takes by number; the same numbers give the same takes.
        limit: how long.
        keep: how many to answer, at least one.
        clock: seconds, for a limit in seconds.
        is_stopped: asked after each batch; True ends the search with the best so far.
        progress: tells the best so far.

    Raises:
        Cancelled: if the caller wants nothing any more.
    """
    started, best, count, since = clock(), list[tuple[float, Take]](), 0, 0
    first, ended = 0.0, ""
    while not ended:
        size = BATCH if limit.takes is None else min(BATCH, limit.takes - count)
        batch = sorted(write(count, size), key=lambda take: take.seed)
        scored = [(search_score(take), take) for take in batch]
        first = scored[0][0] if not count else first
        top = best[0][0] if best else float("-inf")
        best = sorted([*best, *scored], key=lambda one: (-round(one[0], _DIGITS), one[1].seed))[: max(keep, 1)]
        count += size
        since = 0 if best[0][0] > top else since + size
        ended = _end(limit, count, since, clock() - started, stopped=is_stopped())
        done = (clock() - started) / limit.seconds if limit.seconds else count / (limit.takes or 1)
        progress.step(done, f"best of {count}: {best[0][0]:.3f}, seed {best[0][1].seed}")
    return Found(tuple(take for _, take in best), count, best[0][0], first, ended)


def _end(limit: Limit, count: int, since: int, seconds: float, *, stopped: bool) -> str:
    """Why a search ends now; empty if it goes on."""
    if stopped:
        return "stopped"
    if limit.seconds is not None:
        return "time" if seconds >= limit.seconds else "nothing better" if since >= _LONG_PATIENCE else ""
    takes = limit.takes or 1
    if count >= takes:
        return "all"
    return "nothing better" if since >= max(_PATIENCE * takes, _LEAST_PATIENCE) else ""


def search_score(take: Take) -> float:
    """What a search ranks takes by."""
    return take.score + _PICTURE * picture_agreement(take.cue) + _MET * moments_met(take.cue)


def picture_agreement(cue: Cue) -> float:
    """How near the harmony comes to the moods that the picture proposes, 0..1; 1 where it proposes none."""
    proposed = tuple(replace(span, wished=True) for span in cue.moods if not span.wished)
    return wish_agreement(replace(cue, moods=proposed), range(len(cue.steps))) if proposed else 1.0


def moments_met(cue: Cue) -> float:
    """The share of the wanted moments inside the cue on which the chord changes, 0..1; 1 where there are none."""
    times = [time for time in cue.wanted_times if 0 < time < cue.seconds]
    changes = _changes(cue)
    half = float(cue.edit.rate.seconds(1)) / 2
    met = (any(abs(at - float(time)) <= half for at in _around(changes, float(time))) for time in times)
    return sum(met) / len(times) if times else 1.0


def _changes(cue: Cue) -> list[float]:
    return [
        float(cue.step_start(index) - cue.start)
        for index in range(1, len(cue.steps))
        if cue.steps[index].chord != cue.steps[index - 1].chord
    ]


def _around(times: Sequence[float], at: float) -> Sequence[float]:
    place = bisect_left(times, at)
    return times[max(place - 1, 0) : place + 1]
