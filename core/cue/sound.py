"""How a cue is delivered, and where people speak in the picture: what a cue keeps so that it can be rendered again.

Times are seconds from the start of the timeline.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from operator import attrgetter
from pathlib import Path

from hitpoint.core.cue.parts import PartSetting
from hitpoint.core.errors import OptionError

QUIETEST, LOUDEST = -40.0, -8.0  # LUFS that may be asked for
DEEPEST_DUCK = 40.0  # decibels
LONGEST_FADE = 60.0  # seconds
FEEL = 0.7  # of the hands, where nobody says otherwise

_ATTACK = 0.25  # seconds before speech in which the music gives way
_HOLD = 0.35  # seconds after speech that it waits
_RELEASE = 0.9  # seconds in which it comes back


def check_loudness(lufs: float) -> None:
    """See that a loudness may be asked for.

    Raises:
        OptionError: if it lies out of bounds.
    """
    if not QUIETEST <= lufs <= LOUDEST:
        raise OptionError(f"a loudness lies between {QUIETEST:g} and {LOUDEST:g} LUFS, not {lufs:g}")


@dataclass(frozen=True)
class Level:
    """How the bus stood when a cue was delivered, so that what does not change later sounds the same to the bit.

    Attributes:
        before: LUFS of the cue before the bus, which the compressor takes for its threshold.
        gain: decibels before the limiter.
        target: LUFS that both were measured for; for another they say nothing.
    """

    before: float
    gain: float
    target: float


@dataclass(frozen=True)
class Sound:
    """How a cue sounds in the file.

    Attributes:
        loudness: LUFS integrated that the mix is brought to.
        fade_in: seconds.
        fade_out: seconds.
        synth: what plays it, a name of ``render.synth.SYNTHESIZERS``.
        soundfont: an .sf2 or .sf3; None for the one that ships.
        is_broadcast: whether the WAV files say where on the timeline they lie ("bext").
        duck: decibels that a second mix gives way under speech; 0 for no second mix.
        delivers_ducked: whether the timeline plays that second mix, if there is one; otherwise the mix itself.
        left_out: names of parts that do not play.
        level: it was delivered at, and is again as long as that is loud enough; None to measure it anew.
        feel: of the hands, 0 the grid .. 1 as free as they get; what meets the picture stays on its frame.
        parts: what is otherwise about single parts than the style has it, in order of name.
        part_fonts: names of parts, and the .sf2 or .sf3 that each plays instead.
        instruments: a file that tells which plugin plays which part, see :mod:`hitpoint.core.render.plugin_host`; None
            for none.
    """

    loudness: float = -16.0
    fade_in: float = 0.003
    fade_out: float = 0.040
    synth: str = "auto"
    soundfont: Path | None = None
    is_broadcast: bool = False
    duck: float = 0.0
    delivers_ducked: bool = True
    left_out: tuple[str, ...] = ()
    level: Level | None = None
    feel: float = FEEL
    parts: tuple[PartSetting, ...] = ()
    part_fonts: tuple[tuple[str, Path], ...] = ()
    instruments: Path | None = None


@dataclass(frozen=True)
class Speech:
    """A stretch of the timeline in which somebody speaks."""

    start: float
    end: float


@dataclass(frozen=True)
class DuckPoint:
    """A point of the ducking curve, which is linear in decibels between two points."""

    time: float
    gain_decibels: float


def duck_curve(speech: Iterable[Speech], depth: float, start: float, end: float) -> tuple[DuckPoint, ...]:
    """The gain that lets speech through, between two times; no points if it never leaves 0 dB.

    The music is down when a word begins and comes back a while after it; pauses that are too short for that stay down.

    >>> [(point.time, point.gain_decibels) for point in duck_curve([Speech(2.0, 3.0)], 9.0, 0.0, 10.0)]
    [(1.75, 0.0), (2.0, -9.0), (3.35, -9.0), (4.25, 0.0)]
    """
    down: list[tuple[float, float]] = []
    for span in sorted(speech, key=lambda one: one.start):
        if depth <= 0 or span.end <= start or span.start >= end:
            continue
        first, last = max(span.start, start), min(span.end, end) + _HOLD
        if down and first - _ATTACK <= down[-1][1] + _RELEASE:
            down[-1] = (down[-1][0], max(last, down[-1][1]))
        else:
            down.append((first, last))
    points = [
        point
        for first, last in down
        for point in ((first - _ATTACK, 0.0), (first, -depth), (last, -depth), (last + _RELEASE, 0.0))
    ]
    return _within([DuckPoint(*point) for point in points], start, end)


def gain_at(curve: tuple[DuckPoint, ...], time: float) -> float:
    """Decibels of the curve at a time."""
    if not curve:
        return 0.0
    if time <= curve[0].time:
        return curve[0].gain_decibels
    for before, after in pairwise(curve):
        if time <= after.time:
            share = (time - before.time) / (after.time - before.time)
            return before.gain_decibels + share * (after.gain_decibels - before.gain_decibels)
    return curve[-1].gain_decibels


def speaking_share(speech: Sequence[Speech], start: float, end: float) -> float:
    """How much of a stretch is spoken in: 0..1. The speech is in order and does not overlap."""
    first = bisect_right(speech, start, key=attrgetter("end"))
    touching = takewhile(lambda span: span.start < end, islice(speech, first, None))
    spoken = sum(min(span.end, end) - max(span.start, start) for span in touching)
    return min(spoken / (end - start), 1.0) if end > start else 0.0


def _within(points: list[DuckPoint], start: float, end: float) -> tuple[DuckPoint, ...]:
    """The curve cut to a stretch, its ends on the edges where it was cut."""
    whole = tuple(points)
    inside = [point for point in whole if start <= point.time <= end]
    if whole and whole[0].time < start:
        inside.insert(0, DuckPoint(start, gain_at(whole, start)))
    if whole and whole[-1].time > end:
        inside.append(DuckPoint(end, gain_at(whole, end)))
    return tuple(dict.fromkeys(inside))
