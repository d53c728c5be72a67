"""The six moods of Video2Music and the plane of valence and arousal they lie in.

The order of :class:`Mood` is the order of the emotion feature's columns (MuVi-Sync ``vevo_emotion``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from hitpoint.core.affect import Affect
from hitpoint.core.errors import OptionError


class Mood(Enum):
    """One of the six classes of the paper; the value is its name on the command line."""

    EXCITING = "exciting"
    FEARFUL = "fearful"
    TENSE = "tense"
    SAD = "sad"
    RELAXING = "relaxing"
    NEUTRAL = "neutral"


MOODS = tuple(Mood)

# valence, arousal, both -1..1: the terms of Russell & Mehrabian 1977, "Evidence for a three-factor theory of emotions"
VALENCE_AROUSAL = {
    Mood.EXCITING: (0.62, 0.75),
    Mood.FEARFUL: (-0.64, 0.60),
    Mood.TENSE: (-0.33, 0.58),
    Mood.SAD: (-0.63, -0.27),
    Mood.RELAXING: (0.68, -0.46),
    Mood.NEUTRAL: (0.0, 0.0),
}


@dataclass(frozen=True)
class MoodSpan:
    """A stretch of a cue with one mood: seconds from the start of the timeline, end exclusive.

    ``wished`` tells what the editor asked for from what the picture proposes. ``point`` is the feeling the editor chose
    on the plane of valence and arousal, ``mood`` then the class nearest to it; None for the class itself.
    """

    start: float
    end: float
    mood: Mood
    wished: bool = False
    point: Affect | None = None

    @property
    def affect(self) -> Affect:
        """Where it lies on the plane."""
        return self.point or Affect(*VALENCE_AROUSAL[self.mood])


def mood_named(name: str) -> Mood:
    """The mood an editor wrote, in any case.

    Raises:
        OptionError: if there is no such mood; the message lists them all.
    """
    try:
        return Mood(name.strip().lower())
    except ValueError:
        known = ", ".join(mood.value for mood in MOODS)
        raise OptionError(f"{name!r} is no mood: choose one of {known}") from None


def nearest_mood(affect: Affect) -> Mood:
    """The class whose point on the plane is nearest."""
    return min(MOODS, key=lambda mood: math.dist(VALENCE_AROUSAL[mood], (affect.valence, affect.arousal)))


def parse_mood(text: str) -> tuple[Mood, Affect | None]:
    """What an editor wrote: a class, or ``VALENCE,AROUSAL``, each -1..1.

    Raises:
        OptionError: if it is neither.
    """
    valence, comma, arousal = text.partition(",")
    if not comma:
        return mood_named(text), None
    try:
        affect = Affect(float(valence), float(arousal))
    except ValueError:
        raise OptionError(f"{text!r} is no mood: valence and arousal are two numbers from -1 to 1") from None
    return nearest_mood(affect), affect


def with_wishes(proposed: Sequence[MoodSpan], wishes: Sequence[MoodSpan]) -> tuple[MoodSpan, ...]:
    """The proposal with the editor's moods laid over it, marked as wished; a later wish wins over an earlier one."""
    spans = list(proposed)
    start, end = (spans[0].start, spans[-1].end) if spans else (0.0, 0.0)
    for wish in wishes:
        left, right = max(wish.start, start), min(wish.end, end)
        if left >= right:
            continue
        before = [replace(s, end=min(s.end, left)) for s in spans if s.start < left]
        after = [replace(s, start=max(s.start, right)) for s in spans if s.end > right]
        spans = [*before, replace(wish, start=left, end=right, wished=True), *after]
    return tuple(spans)
