"""A recording in a cue's own time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.listening.chord_tracking import HeardChord
from hitpoint.core.listening.listening import Curves, Listening

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Temp:
    """What was heard of a recording, and where it lies.

    Attributes:
        source: what the editor calls it: a track, a file.
        heard: what it plays; its times count from its own start.
        offset: seconds from the start of the cue to the start of the recording; below 0 if it began before.
    """

    source: str
    heard: Listening
    offset: float = 0.0

    @property
    def is_silent(self) -> bool:
        """Whether nothing was heard."""
        return not self.heard.chords

    @cached_property
    def beats(self) -> Floats:
        """Seconds from the start of the cue."""
        return np.array(self.heard.beats) + self.offset

    @cached_property
    def downbeats(self) -> Floats:
        """Seconds from the start of the cue."""
        return np.array(self.heard.downbeats) + self.offset

    def sections(self, seconds: float) -> list[tuple[float, str]]:
        """Start, in the cue's time, and letter of each section that the cue has something of."""
        return [
            (max(section.start + self.offset, 0.0), section.label)
            for section in self.heard.sections
            if section.end + self.offset > 0.5 and section.start + self.offset < seconds - 0.5
        ]

    def curve(self, name: str, seconds: int) -> Floats:
        """A curve of :class:`Curves` by the second of the cue; not a number where the recording is not heard."""
        values = np.array(getattr(self.heard.curves, name), dtype=np.float64)
        found = np.full(seconds, np.nan)
        if len(values):
            places = np.arange(seconds) - self.offset
            inside = (places >= 0) & (places <= len(values) - 1)
            found[inside] = np.interp(places[inside], np.arange(len(values)), values)
        return found

    def strokes(self, seconds: int) -> Floats:
        """Drum strokes, each as strong as it is, by the second of the cue; none where the recording is not heard."""
        found = np.zeros(seconds)
        for stroke in self.heard.drums:
            second = int(np.floor(stroke.time + self.offset))
            if 0 <= second < seconds:
                found[second] += stroke.strength
        return found

    def chord_at(self, time: float) -> HeardChord | None:
        """The chord that sounds at a time of the cue."""
        inside = time - self.offset
        return next((chord for chord in self.heard.chords if chord.start <= inside < chord.end), None)


CURVES = tuple(Curves.__dataclass_fields__)
