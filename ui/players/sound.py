"""What is played, and what of it is heard: plain values without Qt and without devices.

Sound is float32 stereo at 48 kHz, arrays of shape (frames, 2). A *frame* here is one sample of both channels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]


class SampleSource(Protocol):
    """Sound along the whole timeline that is fetched as it is needed, such as the production sound."""

    def read(self, first: int, count: int) -> Samples:
        """``count`` frames from timeline frame ``first`` on: (count, 2). Never blocks; what is not there is silent."""

    def prepare(self, first: int) -> None:
        """Frames from ``first`` on will be read soon."""


class Music(Protocol):
    """The parts of a cue; :class:`hitpoint.core.render.audition.sound.AuditionSound` is one."""

    @property
    def samples(self) -> int:
        """Its length in frames."""

    @property
    def names(self) -> tuple[str, ...]:
        """Of the parts, as the monitor names them."""

    def mix(self, first: int, last: int, gains: Sequence[float] | None) -> Samples:
        """Frames ``first`` to ``last`` (inside the music) of the sum: (n, 2). Never blocks.

        ``gains`` are linear, one a part; None is the mix as it was rendered.
        """


@dataclass(frozen=True, eq=False)
class StemArrays:
    """Music whose parts lie in memory. They are read while they play: what is written into them is heard at once.

    Attributes:
        names: of the parts.
        stems: one array a part, (n, 2); where one is shorter than another it is silent.
    """

    names: tuple[str, ...]
    stems: tuple[Samples, ...]

    @property
    def samples(self) -> int:
        """Of the longest part."""
        return max(map(len, self.stems), default=0)

    def mix(self, first: int, last: int, gains: Sequence[float] | None) -> Samples:
        """The sum of a stretch."""
        total = np.zeros((last - first, 2), np.float32)
        for stem, gain in zip(self.stems, gains or [1.0] * len(self.stems), strict=True):
            heard = stem[first:last]
            if gain and len(heard):
                total[: len(heard)] += heard if gain == 1.0 else heard * np.float32(gain)
        return total


@dataclass(frozen=True, eq=False)
class HeardMusic:
    """Music of which only a stretch is heard.

    Attributes:
        whole: all of it.
        first: first frame that is heard.
        last: first one after that.
    """

    whole: Music
    first: int
    last: int

    @property
    def samples(self) -> int:
        """Up to the end of what is heard."""
        return min(self.last, self.whole.samples)

    @property
    def names(self) -> tuple[str, ...]:
        """Of the parts."""
        return self.whole.names

    def mix(self, first: int, last: int, gains: Sequence[float] | None) -> Samples:
        """The sum of a stretch, silent before what is heard."""
        if first >= self.first:
            return self.whole.mix(first, last, gains)
        silence = np.zeros((min(self.first, last) - first, 2), np.float32)
        return silence if last <= self.first else np.concatenate([silence, self.whole.mix(self.first, last, gains)])


@dataclass(frozen=True, eq=False)
class PlayedSound:
    """A cue against its timeline.

    Attributes:
        frames: length of the timeline at 48 kHz; playing ends there.
        music: what was composed; None while there is nothing.
        first: timeline frame (48 kHz) at which the music begins.
        production: the edit's own sound; None if there is none.
        duck: (seconds of timeline, decibels) by which music gives way under speech, linear in between; rising times.
        beats: (timeline frame at 48 kHz, whether a bar begins) of the music's beats, rising, for a click track.
    """

    frames: int
    music: Music | None = None
    first: int = 0
    production: SampleSource | None = None
    duck: tuple[tuple[float, float], ...] = ()
    beats: tuple[tuple[int, bool], ...] = ()


@dataclass(frozen=True)
class Monitor:
    """What of a sound is heard. Changes what the editor hears, never what is written.

    Attributes:
        muted: names of parts that are silent.
        soloed: names of parts that alone are heard; none means all. A part both muted and soloed is silent.
        part_decibels: (name, decibels) of parts that are louder or softer than rendered.
        music: whether the music is heard.
        production: whether the production sound is heard.
        music_decibels: of the whole music.
        production_decibels: of the production sound.
        ducked: whether music gives way under speech while the production sound is heard.
        level: decibels of all that comes out of the device; meters do not see it.
        click: whether beats are heard.
    """

    muted: frozenset[str] = frozenset()
    soloed: frozenset[str] = frozenset()
    part_decibels: tuple[tuple[str, float], ...] = ()
    music: bool = True
    production: bool = False
    music_decibels: float = 0.0
    production_decibels: float = 0.0
    ducked: bool = True
    level: float = 0.0
    click: bool = False

    def part_gain(self, name: str) -> float:
        """Linear gain of a part; 0 when it is not heard."""
        heard = self.music and name not in self.muted and (not self.soloed or name in self.soloed)
        if not heard:
            return 0.0
        decibels = self.music_decibels + dict(self.part_decibels).get(name, 0.0)
        return 1.0 if decibels == 0.0 else float(10.0 ** (decibels / 20.0))

    @property
    def level_gain(self) -> float:
        """Linear gain of all that comes out of the device."""
        return 1.0 if self.level == 0.0 else float(10.0 ** (self.level / 20.0))

    @property
    def production_gain(self) -> float:
        """Linear gain of the production sound."""
        return float(10.0 ** (self.production_decibels / 20.0)) if self.production else 0.0


NOTHING = PlayedSound(0)
