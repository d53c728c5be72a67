"""The uses of sounds on a timeline, and its audio tracks, as plain values."""

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


@dataclass(frozen=True)
class SoundTrack:
    """An audio track of an edit.

    Attributes:
        number: from 1, in the order of the timeline: 3 for A3.
        name: as the edit has it; may be empty.
        is_on: whether it is heard in the edit.
        named_clips: its clips whose media is on this machine, with their names, in order of time.
        places: first second, and the one after the last, of each of its clips, those without media too, in order.
        has_ours: whether music of Hitpoint's own lies on it, which counts neither as a clip nor as a place.
    """

    number: int
    name: str
    is_on: bool
    named_clips: tuple[tuple[str, SoundClip], ...]
    places: tuple[tuple[Fraction, Fraction], ...] = ()
    has_ours: bool = False

    @property
    def label(self) -> str:
        """``A3``, or ``A3 "Music"``."""
        return f'A{self.number} "{self.name}"' if self.name and self.name != f"A{self.number}" else f"A{self.number}"

    @property
    def clips(self) -> tuple[SoundClip, ...]:
        """Its clips without their names."""
        return tuple(clip for _, clip in self.named_clips)
