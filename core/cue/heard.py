"""What of a cue sounds.

A cue that was cropped or split keeps all of its music, as the clip of an editing program has handles.

What is heard is the same, sample for sample, as it was in the whole; a border that is drawn out again brings the rest
back.
"""

from __future__ import annotations

from fractions import Fraction

from hitpoint.core.cue.cue import Cue, altered, steps_touching
from hitpoint.core.errors import OptionError
from hitpoint.core.music.score import Score
from hitpoint.core.music.score_excerpt import score_excerpt


def heard_range(cue: Cue) -> tuple[int, int]:
    """The first timeline frame that sounds of a cue, and the first one after that; its tail is not counted."""
    return cue.heard or (cue.start_frame, cue.end_frame)


def heard_span(cue: Cue) -> range:
    """The steps of a cue of which something is heard."""
    start, end = heard_range(cue)
    return steps_touching(cue, cue.edit.rate.seconds(start), cue.edit.rate.seconds(end))


def heard_tail(cue: Cue) -> int:
    """Frames that ring on after what is heard: the tail of the cue, if its end is heard."""
    return cue.tail_frames if heard_range(cue)[1] == cue.end_frame else 0


def heard_samples(cue: Cue) -> tuple[int, int]:
    """What is heard with its tail, in samples at 48 kHz from the start of the whole cue."""
    start, end = heard_range(cue)
    rate = cue.edit.rate
    count = rate.samples(end - start + heard_tail(cue))
    first = min(rate.samples(start - cue.start_frame), cue.samples - count)
    return first, first + count


def heard_seconds(cue: Cue) -> tuple[Fraction, Fraction]:
    """Where in the whole cue its sound begins, and how long it lasts without a tail, in seconds."""
    start, end = heard_range(cue)
    return cue.edit.rate.seconds(start - cue.start_frame), cue.edit.rate.seconds(end - start)


def heard_score(cue: Cue, score: Score, *, whole_bars: bool = False) -> tuple[Score, Fraction]:
    """What is heard of the score of a whole cue, and its seconds: with its tail, or, in whole bars for a page, without.

    See :func:`~hitpoint.core.music.score_excerpt.score_excerpt`.
    """
    start, seconds = heard_seconds(cue)
    tail = Fraction(0) if whole_bars else cue.edit.rate.seconds(heard_tail(cue))
    return score_excerpt(score, start, seconds + tail, whole_bars=whole_bars)


def can_sound(cue: Cue, start: int, end: int) -> bool:
    """Whether a cue has music for every frame of a range."""
    return cue.start_frame <= start < end <= cue.end_frame


def cropped(cue: Cue, start: int, end: int) -> Cue:
    """The cue of which nothing is heard outside of a range; its music stays.

    Args:
        cue: what was composed.
        start: first timeline frame that is heard.
        end: first one after it.

    Raises:
        OptionError: if it has no music for a part of that.
    """
    if not can_sound(cue, start, end):
        raise OptionError(
            f"the music goes from frame {cue.start_frame} to {cue.end_frame}: it has nothing for {start} to {end}"
        )
    whole = (start, end) == (cue.start_frame, cue.end_frame)
    return altered(cue, heard=None if whole else (start, end))


def is_same_music(one: Cue, other: Cue) -> bool:
    """Whether two cues are the same composition, whatever is heard of it, what it leads to and how it is called."""
    return one == other or altered(one, heard=other.heard, name=other.name, join=other.join) == other
