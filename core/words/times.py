"""Times in a sentence, in five languages: "from 10 seconds", "until 0:20", "between 5 and 9 s", "the last 8 s"."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNIT = r"(?:seconds?|secs?\.?|sekunden?|sek\.?|secondes?|segundos?|second[oi]|s)(?![^\W\d_])"
_TIME = r"(?:(?:second|sekunde|seconde|segundo|secondo)\s+)?(\d+:\d\d(?:[.,]\d+)?|\d+(?:[.,]\d+)?)"
_AT = rf"{_TIME}\s*(?:{_UNIT})?"
_FROM = (
    "from|after|starting at|starting from|starting|beginning at|at|ab|von|nach|à partir de|après|dès|de|desde|"
    "a partir de|después de|tras|da|dai|a partire da|dopo"
)
_TO = "to|until|till|and|bis|und|à|et|a|hasta|y|fino a|e"
_UNTIL = "until|till|up to|before|bis|vor|jusqu'à|avant|hasta|antes de|fino a|prima di"
_FIRST = "(?:(?:in|for|during|over)\\s+)?(?:the\\s+)?first|(?:in\\s+den\\s+)?ersten"
_LAST = "(?:(?:in|for|during|over)\\s+)?(?:the\\s+)?last|(?:in\\s+den\\s+)?letzten"
_RANGE = re.compile(rf"\b(?:{_FROM}|between|zwischen|entre|tra)\s+{_AT}\s*(?:{_TO}|[-\u2013])\s*{_AT}", re.IGNORECASE)
_ONE = re.compile(
    rf"\b(?:(?P<start>{_FROM})|(?P<end>{_UNTIL})|(?P<first>{_FIRST})|(?P<last>{_LAST}))\s+{_AT}", re.IGNORECASE
)
_IS_TIME = re.compile(rf":|{_UNIT}|(?:second|sekunde|seconde|segundo|secondo)\s+\d", re.IGNORECASE)
_SIGN = "§"


@dataclass(frozen=True)
class SaidTime:
    """A stretch as it was said: seconds from the start of the timeline, or of the cue or its end; None for an open end.

    ``of`` is "timeline", "first" (seconds from the start of the cue) or "last" (``start`` seconds before its end).
    """

    start: float | None
    end: float | None
    of: str = "timeline"

    @property
    def after(self) -> SaidTime | None:
        """What follows it, where it ends before the cue does."""
        return None if self.end is None else SaidTime(self.end, None, self.of)

    def __str__(self) -> str:
        if self.of == "last":
            return f"in the last {self.start:g} s"
        start = "" if self.start is None else f"from {self.start:g} s"
        return " ".join(one for one in (start, "" if self.end is None else f"to {self.end:g} s") if one)

    def shares(self, span: tuple[float, float]) -> tuple[float, float] | None:
        """From which share of a stretch of the timeline (seconds) to which; None if it lies outside."""
        length = span[1] - span[0]
        if self.of == "last":
            return max(1.0 - (self.start or 0.0) / length, 0.0), 1.0
        zero = 0.0 if self.of == "first" else span[0]
        start = 0.0 if self.start is None else (self.start - zero) / length
        end = 1.0 if self.end is None else (self.end - zero) / length
        bounded = max(start, 0.0), min(end, 1.0)
        return bounded if bounded[0] < bounded[1] else None


def times_marked(text: str) -> tuple[str, tuple[SaidTime, ...]]:
    """A sentence in which each time is a sign that :func:`is_time` knows, and what they say."""
    found: list[SaidTime] = []

    def marked(matched: re.Match[str]) -> str:
        """What stands for a time in the text, or the words as they were if they tell none."""
        if not _IS_TIME.search(matched[0]):  # "from 2 violins"
            return matched[0]
        time = _time(matched)
        if time.start is not None and time.end is not None and not time.start < time.end:
            return matched[0]
        found.append(time)
        return f" {_SIGN}{len(found) - 1} "

    text = text.replace(_SIGN, " ")
    return _ONE.sub(marked, _RANGE.sub(marked, text)), tuple(found)


def is_time(token: str) -> bool:
    """Whether a word stands for a time."""
    return token.startswith(_SIGN)


def time_of(token: str, times: tuple[SaidTime, ...]) -> SaidTime:
    """The time that a word stands for."""
    return times[int(token[len(_SIGN) :])]


def _time(matched: re.Match[str]) -> SaidTime:
    if matched.re is _RANGE:
        return SaidTime(_seconds(matched[1]), _seconds(matched[2]))
    seconds = _seconds(matched[matched.lastindex or 0])
    if matched["first"]:
        return SaidTime(0.0, seconds, "first")
    if matched["last"]:
        return SaidTime(seconds, None, "last")
    return SaidTime(seconds, None) if matched["start"] else SaidTime(None, seconds)


def _seconds(text: str) -> float:
    minutes, _, seconds = text.replace(",", ".").rpartition(":")
    return 60.0 * float(minutes or 0) + float(seconds)
