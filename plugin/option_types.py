"""Kinds of option for argparse: each turns a word of the command line into a value, or says why it is none."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

from hitpoint.core.compose.like.follow import Follow, parse_follow
from hitpoint.core.cue.hit_wishes import OWN_PRIORITY
from hitpoint.core.cue.sound import LOUDEST, QUIETEST
from hitpoint.core.errors import OptionError
from hitpoint.core.mood import parse_mood
from hitpoint.core.music.key import Key, parse_key
from hitpoint.core.music.metre import Metre, parse_metre
from hitpoint.core.music.tempo import parse_tempo
from hitpoint.core.timebase import FrameRate
from hitpoint.plugin.hit_option import HitOption

MOST_PRIORITY = 1000.0  # of a hit
MOST_HITS = 60.0  # full hits a minute
MOST_TAKES = 1000  # of one command, all of which are kept
_DIGITS = 18  # of a whole number at the most: it fits in 64 bits
MOST_VARIATIONS = 100  # each of which is written whole
LONGEST_TAIL = 60.0  # seconds
METRES = ("4/4", "3/4", "6/8")


class LoudnessAction(argparse.Action):
    """Keeps LUFS, or whether it is that of each cue or of the programme; both may be said, one after the other."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Keep it."""
        if values in ("cue", "programme"):
            setattr(namespace, f"{self.dest}_by", values)
            return
        try:
            setattr(namespace, self.dest, Number(QUIETEST, LOUDEST)(str(values)))
        except argparse.ArgumentTypeError as error:
            raise argparse.ArgumentError(self, f"{error}, nor cue or programme") from None


class Number:
    """A number within bounds, for argparse."""

    def __init__(self, least: float, most: float) -> None:
        self.least, self.most = least, most

    def __call__(self, text: str) -> float:
        """The number that is written."""
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not self.least <= number <= self.most:
            raise argparse.ArgumentTypeError(f"{text!r} is no number from {self.least:g} to {self.most:g}")
        return number


class WholeNumber:
    """A whole number, at least so large and at most so large, if that is said, for argparse."""

    def __init__(self, least: int, most: int | None = None) -> None:
        self.least, self.most = least, most

    def __call__(self, text: str) -> int:
        """The number that is written."""
        is_whole = text.isascii() and text.isdigit()
        if is_whole and self.most is None and len(text) > _DIGITS:
            shown = text if len(text) <= 40 else f"{text[:40]}…"
            raise argparse.ArgumentTypeError(f"{shown} is too large: write a whole number up to {10**_DIGITS - 1}")
        if (
            not is_whole
            or len(text) > _DIGITS
            or int(text) < self.least
            or (self.most is not None and int(text) > self.most)
        ):
            reach = "on" if self.most is None else f"to {self.most}"
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {self.least} {reach}")
        return int(text)


def key_option(text: str) -> Key | None:
    """A key; None for "auto"."""
    try:
        return None if text == "auto" else parse_key(text)
    except OptionError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def tempo_option(text: str) -> float | None:
    """Quarter notes a minute; None for "auto"."""
    try:
        return None if text == "auto" else parse_tempo(text)
    except OptionError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def font_option(text: str) -> tuple[str | None, Path]:
    """``FILE``, or ``PART=FILE`` for one part; a file whose own name has an equals sign is a file."""
    part, equals, font = text.partition("=")
    if not equals or Path(text).exists():
        return None, Path(text)
    if not (part and font):
        raise argparse.ArgumentTypeError(f"{text!r} is no sound font: write FILE or PART=FILE")
    return part, Path(font)


def hit_option(text: str) -> HitOption:
    """``TIME[=PRIORITY]``; what the time means, the edit tells."""
    time, equals, priority = text.partition("=")
    try:
        worth = float(priority) if equals else OWN_PRIORITY
    except ValueError:
        worth = math.nan
    if not (time and 0 <= worth <= MOST_PRIORITY):
        raise argparse.ArgumentTypeError(f"{text!r} is no hit: write TIME or TIME=PRIORITY, 0 to {MOST_PRIORITY:g}")
    return HitOption(time, worth)


def follow_option(text: str) -> Follow:
    """The shares of a recording that are followed."""
    try:
        return parse_follow(text)
    except OptionError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def mood_option(text: str) -> str:
    """A mood, a point of the plane, or either with its stretch, unchanged: the stretch needs the edit."""
    try:
        parse_mood(text.rpartition("=")[2])
    except OptionError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
    return text


def rate_option(text: str) -> FrameRate:
    """Frames a second: whole, rounded as 23.976, or exact as 24000/1001."""
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,9})?)(?:/(\d{1,6}))?", text.strip())
    rate = Fraction(found[1]) / int(found[2] or 1) if found and int(found[2] or 1) else Fraction(0)
    if not 1 <= rate <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no frame rate: write 25, 23.976 or 30000/1001")
    return FrameRate.from_float(float(rate))


def metre_option(text: str) -> Metre | None:
    """A metre that can be composed in, or None for "auto"."""
    if text.strip().lower() == "auto":
        return None
    if text.strip() not in METRES:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(METRES)}, auto")
    return parse_metre(text)
