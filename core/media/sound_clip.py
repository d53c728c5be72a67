"""One use of a sound on a timeline, as a plain value."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path


@dataclass(frozen=True)
class SoundClip:
    """Sound of the edit itself: dialogue, atmosphere, effects, another's music.

    Attributes:
        start: seconds from the start of the timeline.
        end: likewise, after it.
        media: the file on this machine.
        source_start: seconds into the media that are heard at ``start``.
        speed: seconds of media per second of timeline; 0 is a freeze and silent, negative plays backwards.
    """

    start: Fraction
    end: Fraction
    media: Path
    source_start: Fraction = Fraction(0)
    speed: Fraction = Fraction(1)
