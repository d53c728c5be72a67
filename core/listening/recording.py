"""Any sound of an edit or a file, stereo at 22.05 kHz, block by block, so that two hours need not fit in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import MediaReadError
from hitpoint.core.listening.spectra import HOP, SAMPLE_RATE
from hitpoint.core.media.production_mix import ProductionMix
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.media.sound_reader import SoundReader
from hitpoint.core.timebase import SAMPLE_RATE as READ_RATE

BLOCK_FRAMES = 2560  # 59.4 s
MARGIN_FRAMES = 86  # 2 s on either side, so that filters that ring are whole
_STEP = Fraction(READ_RATE, SAMPLE_RATE)  # samples read for each that is heard: 320 / 147

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Block:
    """A stretch of sound with what lies around it.

    Attributes:
        stereo: (2, n) samples at 22.05 kHz, margins included.
        before: frames of 512 samples before the block's own.
        frames: of its own.
    """

    stereo: Floats
    before: int
    frames: int

    @property
    def own(self) -> Floats:
        """(2, m) its own samples."""
        return self.stereo[:, self.before * HOP : (self.before + self.frames) * HOP]


def blocks_of(clips: Sequence[SoundClip], start: Fraction, seconds: Fraction) -> Iterator[Block]:
    """The sum of the clips from ``start`` on, for so many seconds; outside the clips there is silence."""
    mix = ProductionMix(clips)
    try:
        for first in range(0, frames_in(seconds), BLOCK_FRAMES):
            frames = min(BLOCK_FRAMES, frames_in(seconds) - first)
            before, after = min(MARGIN_FRAMES, first), MARGIN_FRAMES
            low = round(start * READ_RATE + (first - before) * HOP * _STEP)
            count = (before + frames + after) * HOP
            yield Block(_resampled(mix.read(low, low + round(count * _STEP)), count), before, frames)
    finally:
        mix.close()


def frames_in(seconds: Fraction) -> int:
    """Whole frames that a length comes to, at least one."""
    return max(int(seconds * SAMPLE_RATE / HOP), 1)


def _resampled(sound: Floats, count: int) -> Floats:
    """(n, 2) at 48 kHz to (2, count) at 22.05 kHz."""
    import soxr

    converted = np.asarray(soxr.resample(sound, READ_RATE, SAMPLE_RATE, "HQ"), dtype=np.float32).T
    padded = np.zeros((2, count), np.float32)
    padded[:, : min(count, converted.shape[1])] = converted[:, :count]
    return padded


def clip_of_file(path: Path) -> SoundClip:
    """A whole file as a clip.

    Raises:
        MediaReadError: if it cannot be read, holds no sound, or does not tell how long it is.
    """
    SoundReader(path).close()  # says what is wrong with it
    with av.open(str(path.absolute()), options={"protocol_whitelist": "file"}) as container:
        stream = container.streams.audio[0]
        if stream.duration is not None and stream.time_base is not None:
            seconds = stream.duration * stream.time_base
        elif container.duration is not None:
            seconds = Fraction(container.duration, av.time_base)
        else:
            raise MediaReadError(f"{path.name} does not tell how long it is: export it again, as WAV for example")
    if seconds <= 0:
        raise MediaReadError(f"{path.name} holds no sound: it is 0 seconds long")
    return SoundClip(Fraction(0), seconds, path.absolute())
