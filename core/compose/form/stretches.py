"""Stretches of mood: where a cue changes its feeling, and the tempo, metre and mode that each feeling asks for.

Tempo is the strongest cue to feeling there is, mode the next (Gagnon & Peretz 2003, "Mode and tempo relative
contributions to happy-sad judgements in equitone melodies"). The ranges are film practice, not measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from hitpoint.core.mood import MOODS, VALENCE_AROUSAL, Mood, MoodSpan
from hitpoint.core.music.metre import COMMON_TIME, Metre

WALTZ, JIG = Metre(3, 4), Metre(6, 8)

TEMPI = {  # quarter notes a minute, from and to
    Mood.EXCITING: (122.0, 148.0),
    Mood.FEARFUL: (72.0, 100.0),
    Mood.TENSE: (82.0, 108.0),
    Mood.SAD: (58.0, 78.0),
    Mood.RELAXING: (62.0, 82.0),
    Mood.NEUTRAL: (84.0, 110.0),
}
METRES: dict[Mood, tuple[Metre, ...]] = {  # drawn from, evenly
    Mood.EXCITING: (COMMON_TIME,),
    Mood.FEARFUL: (COMMON_TIME, COMMON_TIME, COMMON_TIME, JIG),
    Mood.TENSE: (COMMON_TIME,),
    Mood.SAD: (COMMON_TIME, COMMON_TIME, WALTZ, JIG),
    Mood.RELAXING: (COMMON_TIME, COMMON_TIME, WALTZ, JIG),
    Mood.NEUTRAL: (COMMON_TIME, COMMON_TIME, COMMON_TIME, WALTZ),
}
_SHORTEST_WISHED, _SHORTEST_PROPOSED = 5.0, 9.0  # seconds; what is shorter belongs to its neighbour
_SHARE_PROPOSED = 0.25  # of a short cue, that is enough too
_LEAST = 2.0  # seconds of any stretch
_NEAR_A_CUT = 0.9  # seconds by which a border of moods moves to a cut


@dataclass(frozen=True)
class MoodStretch:
    """Seconds of the timeline with one feeling.

    Attributes:
        start: seconds from the start of the timeline.
        end: likewise, exclusive.
        span: the mood that counts.
    """

    start: float
    end: float
    span: MoodSpan

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self.end - self.start

    @property
    def is_minor(self) -> bool:
        """Whether it asks for a minor key."""
        return self.span.affect.valence < 0

    @property
    def tempo_range(self) -> tuple[float, float]:
        """Quarter notes a minute that suit it: its class's, or between those of the classes around an exact point."""
        if self.span.point is None:
            return TEMPI[self.span.mood]
        near = np.array([_nearness(self.span, mood) for mood in MOODS])
        low, high = (near / near.sum()) @ np.array([TEMPI[mood] for mood in MOODS])
        return round(float(low), 3), round(float(high), 3)


def stretches_of(
    moods: Sequence[MoodSpan], start: float, end: float, moments: Sequence[float]
) -> tuple[MoodStretch, ...]:
    """The stretches of a cue, in order, without hole.

    Args:
        moods: of the cue, in order.
        start: seconds from the start of the timeline to the music.
        end: likewise to its end.
        moments: seconds from the start of the timeline at which something happens; a border of moods moves to one
            nearby.
    """
    spans = [
        replace(m, start=max(m.start, start), end=min(m.end, end)) for m in moods if m.start < end and m.end > start
    ]
    spans = _joined(spans) or [MoodSpan(start, end, Mood.NEUTRAL)]
    shortest = max(min(_SHORTEST_PROPOSED, _SHARE_PROPOSED * (end - start)), _LEAST)
    while len(spans) > 1:
        index = min(range(len(spans)), key=lambda i: _spare(spans[i], shortest))
        if _spare(spans[index], shortest) >= 0:
            break
        spans = _joined(_without(spans, index))
    borders = [_drawn(span.start, moments) for span in spans[1:]]
    edges = [start, *borders, end]
    return tuple(MoodStretch(a, b, span) for a, b, span in zip(edges, edges[1:], spans, strict=False))


def metre_of(stretches: Sequence[MoodStretch], rng: np.random.Generator) -> Metre:
    """One metre for a cue.

    Drawn from those of its longest feeling; four in a bar where it has an exciting stretch too.
    """
    seconds = {mood: sum(s.seconds for s in stretches if s.span.mood is mood) for mood in MOODS}
    main = max(MOODS, key=lambda mood: seconds[mood])
    choices = METRES[main]
    drawn = choices[int(rng.integers(len(choices)))]
    return COMMON_TIME if main is not Mood.EXCITING and seconds[Mood.EXCITING] else drawn


def _nearness(span: MoodSpan, mood: Mood) -> float:
    valence, arousal = VALENCE_AROUSAL[mood]
    squared = (span.affect.valence - valence) ** 2 + (span.affect.arousal - arousal) ** 2
    return 1.0 / (squared + 0.02) ** 2


def _spare(span: MoodSpan, shortest: float) -> float:
    """Seconds that a span has more than it needs to stand by itself; ``shortest`` is what one proposed needs."""
    return span.end - span.start - (min(_SHORTEST_WISHED, shortest) if span.wished else shortest)


def _without(spans: list[MoodSpan], index: int) -> list[MoodSpan]:
    """The spans with one joined to the neighbour nearer in feeling.

    What was wished, longer or livelier decides for both.
    """
    own = spans[index]
    sides = [at for at in (index - 1, index + 1) if 0 <= at < len(spans)]
    heir = min(sides, key=lambda at: (_distance(spans[at], own), at))
    start, end = min(own.start, spans[heir].start), max(own.end, spans[heir].end)
    stronger = max((spans[heir], own), key=lambda one: (one.wished, round(one.end - one.start, 3), one.affect.arousal))
    taken = replace(stronger, start=start, end=end)
    return [taken if at == heir else span for at, span in enumerate(spans) if at != index]


def _distance(one: MoodSpan, other: MoodSpan) -> float:
    return abs(one.affect.valence - other.affect.valence) + abs(one.affect.arousal - other.affect.arousal)


def _joined(spans: Sequence[MoodSpan]) -> list[MoodSpan]:
    """Neighbours of one feeling made one; it is wished if any of them is."""
    found: list[MoodSpan] = []
    for span in spans:
        if found and found[-1].affect == span.affect:
            found[-1] = replace(found[-1], end=span.end, wished=found[-1].wished or span.wished)
        else:
            found.append(span)
    return found


def _drawn(border: float, moments: Sequence[float]) -> float:
    near = [moment for moment in moments if abs(moment - border) <= _NEAR_A_CUT]
    return min(near, key=lambda moment: (abs(moment - border), moment), default=border)
