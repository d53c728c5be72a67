"""Sentences on what of a stretch that was asked for is composed again, and why not all of it."""

from __future__ import annotations

from collections.abc import Collection
from fractions import Fraction

from hitpoint.core.cue.cue import Cue
from hitpoint.core.timebase import parse_time

_MOST_LOCKS = 4  # that are named; the rest is counted


def locked_steps(cue: Cue) -> tuple[int, ...]:
    """The numbers of the steps whose chords are locked."""
    return tuple(index for index, step in enumerate(cue.steps) if step.locked)


def narrowed(
    cue: Cue, span: range, times: tuple[str, str] | None, locks: Collection[int] = (), unit: str = "half bar"
) -> tuple[str, ...]:
    """A sentence where less than was asked for is composed again, and one where chords in it were locked before.

    Args:
        cue: with its locks as they are asked for.
        span: of steps that are composed again, but for the locked ones.
        times: first and last time, as the editor wrote them; None for the whole cue.
        locks: numbers of the steps that were locked before.
        unit: that changes as a whole.
    """
    told = []
    if times is not None:
        asked = " ".join(times)
        first, last = (cue.edit.rate.seconds(_frame(cue, time)) for time in times)
        start, end = cue.step_start(span.start), cue.step_start(span.stop)
        partly = _partly(cue, span, max(first, cue.start), min(last, cue.start + cue.seconds))
        if partly:
            told.append(
                f"--range {asked}: {_written(start, end)} is composed again, because a {unit} changes as a whole; "
                f"partly outside the range {'lies' if len(partly) == 1 else 'lie'} {' and '.join(partly)}"
            )
    locked = [
        _written(cue.step_start(index), cue.step_start(index + 1))
        for index in span
        if index in locks and cue.steps[index].locked
    ]
    if locked:
        more = f" and {len(locked) - _MOST_LOCKS} more" if len(locked) > _MOST_LOCKS else ""
        told.append(f"locked chords stay as they are: {', '.join(locked[:_MOST_LOCKS])}{more}")
    return tuple(told)


def _frame(cue: Cue, time: str) -> int:
    return parse_time(time, cue.edit.rate, cue.edit.start_timecode_frame)


def _partly(cue: Cue, span: range, first: Fraction, last: Fraction) -> list[str]:
    """The stretches beside the span that the range touches."""
    frame = cue.edit.rate.seconds(1)
    found = []
    if cue.step_start(span.start) > first + frame:
        found.append(_written(cue.step_start(span.start - 1), cue.step_start(span.start)))
    if cue.step_start(span.stop) < last - frame:
        found.append(_written(cue.step_start(span.stop), cue.step_start(span.stop + 1)))
    return found


def _written(start: Fraction, end: Fraction) -> str:
    return f"{float(start):.2f}-{float(end):.2f} s"
