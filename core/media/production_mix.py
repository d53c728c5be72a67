"""The edit's own sound along its timeline, read piece by piece, to be heard and to be drawn.

Clips that overlap are added. Speed is tape-like: what runs faster sounds higher. Gains and effects of the host are not
known.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import MediaReadError
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.media.waveform import Peaks, peaks_read
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.timebase import SAMPLE_RATE

if TYPE_CHECKING:  # loads decoders, which a window that opens does without
    from hitpoint.core.media.sound_reader import SoundReader

_OPEN_FILES = 8
_FASTEST = 16  # times the speed; beyond that nothing is to be recognised, and it is silent

Samples = NDArray[np.float32]


class ProductionMix:
    """Reads the sum of some clips. Belongs to one thread; a file that cannot be read is silent.

    Args:
        clips: as ``bridge`` reads them from the edit.
    """

    def __init__(self, clips: Sequence[SoundClip]) -> None:
        self._clips = tuple(clips)
        self._readers: OrderedDict[tuple[Path, int], SoundReader] = OrderedDict()
        self._silent: set[Path] = set()

    @property
    def samples(self) -> int:
        """From the start of the timeline to the end of the last clip."""
        return max((_sample(clip.end) for clip in self._clips), default=0)

    def read(self, first: int, last: int) -> Samples:
        """Samples of the timeline at 48 kHz, ``first`` up to ``last`` (exclusive): (n, 2)."""
        out = np.zeros((last - first, 2), np.float32)
        for number, clip in enumerate(self._clips):
            begin, end = max(first, _sample(clip.start)), min(last, _sample(clip.end))
            if begin < end and abs(clip.speed) <= _FASTEST and clip.speed:
                out[begin - first : end - first] += self._heard(number, clip, begin, end)
        return out

    def close(self) -> None:
        """Close all files; they are opened again when needed."""
        while self._readers:
            self._readers.popitem()[1].close()

    def _heard(self, number: int, clip: SoundClip, begin: int, end: int) -> Samples:
        """The sound of one clip between two samples of the timeline, both inside it."""
        source = clip.source_start + (Fraction(begin, SAMPLE_RATE) - clip.start) * clip.speed
        reader = self._reader(clip.media, number)
        if reader is None:
            return np.zeros((end - begin, 2), np.float32)
        if clip.speed == 1:
            return reader.read(_sample(source), end - begin)
        at = float(source) * SAMPLE_RATE + float(clip.speed) * np.arange(end - begin)
        low, high = int(np.floor(at.min())), int(np.floor(at.max())) + 2
        sound = reader.read(low, high - low)
        grid = np.arange(low, high)
        return np.stack([np.interp(at, grid, channel) for channel in sound.T], axis=1).astype(np.float32)

    def _reader(self, media: Path, number: int) -> SoundReader | None:
        """A reader for each use of a file, so that two clips of one file do not drag it to and fro."""
        key = (media, number)
        if media in self._silent:
            return None
        if key not in self._readers:
            from hitpoint.core.media.sound_reader import SoundReader  # loads decoders

            while len(self._readers) >= _OPEN_FILES:
                self._readers.popitem(last=False)[1].close()
            try:
                self._readers[key] = SoundReader(media)
            except MediaReadError:
                self._silent.add(media)
                return None
        self._readers.move_to_end(key)
        return self._readers[key]


def production_peaks(clips: Sequence[SoundClip], progress: Progress = SILENT) -> Peaks:
    """The finest peaks of an edit's own sound, from the start of its timeline.

    Raises:
        Cancelled: if the caller has asked for an end.
    """
    mix = ProductionMix(clips)
    try:
        return peaks_read(mix.read, mix.samples, 0.0, progress)
    finally:
        mix.close()


def _sample(seconds: Fraction) -> int:
    exact = seconds * SAMPLE_RATE + Fraction(1, 2)
    return exact.numerator // exact.denominator
