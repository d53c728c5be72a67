"""Writes 24-bit stereo WAV files at 48 kHz, block by block.

Plain PCM ("fmt " and "data", format 1), little-endian, interleaved. The length is known before, so that the header is
right from the first byte. A file appears under its name only when it is complete. On request a "bext" chunk comes
first, which makes it a Broadcast Wave file (``bext.py``). Behind the sound come how it came about (``ixml.py``) and a
note of ours (``sound_note.py``).
"""

from __future__ import annotations

import os
import struct
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import EditWriteError, OptionError
from hitpoint.core.files.places import refusal, without_hidden
from hitpoint.core.render.formats.bext import Broadcast, bext_chunk
from hitpoint.core.render.formats.ixml import Ixml, ixml_chunk
from hitpoint.core.render.formats.sound_note import SoundNote, note_chunk
from hitpoint.core.timebase import SAMPLE_RATE

FULL_SCALE = 2**23 - 1  # the largest 24-bit sample
BYTES_PER_FRAME = 6
LONGEST = (2**32 - 1 - 4096) // BYTES_PER_FRAME  # frames whose bytes a RIFF header can count: 4 h 8 min


def quantised(sound: NDArray[np.float32] | NDArray[np.float64]) -> NDArray[np.int32]:
    """The 24-bit numbers nearest to samples of -1..1; beyond full scale they stay at it."""
    numbers = sound * np.float64(FULL_SCALE)
    np.rint(numbers, out=numbers)
    return np.clip(numbers, -FULL_SCALE - 1, FULL_SCALE, out=numbers).astype(np.int32)


class WavWriter:
    """A WAV file being written; use it in a ``with`` statement.

    Args:
        path: of the file; it must not exist.
        samples: its length.
        broadcast: what the "bext" chunk says; None for a file without one. Set ``broadcast`` again before the end to
            say more.
        note: which cue it is the sound of; None for a file that does not say.
        ixml: what the "iXML" chunk says; None for a file without one.

    Raises:
        OptionError: if so many samples do not fit into a WAV file.
        EditWriteError: if the file exists, or cannot be written.
    """

    def __init__(
        self,
        path: Path,
        samples: int,
        broadcast: Broadcast | None = None,
        note: SoundNote | None = None,
        ixml: Ixml | None = None,
    ) -> None:
        if samples > LONGEST:
            hours = LONGEST / SAMPLE_RATE / 3600
            raise OptionError(f"{path.name} would be larger than 4 GB; score a range shorter than {hours:.1f} hours")
        if path.exists():
            raise EditWriteError(f"{path} exists and is never overwritten; choose another name or folder")
        self._path = path
        self._partial = path.with_name(path.name + ".part")
        self._samples = samples
        self._written = 0
        self.broadcast = broadcast
        self._behind = (b"" if ixml is None else ixml_chunk(ixml)) + (b"" if note is None else note_chunk(note))
        try:
            self._file = self._partial.open("wb")
        except OSError as error:
            raise EditWriteError(f"{path} cannot be written ({error.strerror}); choose another folder") from None
        self._put(_header(samples, broadcast, len(self._behind)))

    def write(self, frames: NDArray[np.int32]) -> None:
        """Append frames: (n, 2), 24-bit numbers."""
        self._written += len(frames)
        assert self._written <= self._samples, "more samples than were announced"
        words = np.ascontiguousarray(frames, "<i4").view(np.uint8).reshape(-1, 4)
        packed = np.empty((len(words), 3), np.uint8)
        for place in range(3):
            packed[:, place] = words[:, place]
        self._put(packed.tobytes())

    def __enter__(self) -> Self:
        """The writer itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give the file its name if all was written, else take it away."""
        if kind is None:
            self._put(self._behind)
        if kind is None and self.broadcast is not None:
            self._file.seek(0)
            self._put(_header(self._samples, self.broadcast, len(self._behind)))
        self._file.close()
        if kind is not None:
            self._partial.unlink(missing_ok=True)
            return
        assert self._written == self._samples, "fewer samples than were announced"
        os.replace(self._partial, self._path)

    def _put(self, data: bytes) -> None:
        try:
            self._file.write(data)
        except OSError as error:
            self._file.close()
            self._partial.unlink(missing_ok=True)
            raise refusal(without_hidden(self._path), error) from None


def _header(samples: int, broadcast: Broadcast | None, behind: int) -> bytes:
    """Everything before the sound; ``behind`` is the number of bytes after it."""
    size = samples * BYTES_PER_FRAME
    first = b"" if broadcast is None else bext_chunk(broadcast)
    format_ = struct.pack("<HHIIHH", 1, 2, SAMPLE_RATE, SAMPLE_RATE * BYTES_PER_FRAME, BYTES_PER_FRAME, 24)
    return (
        struct.pack("<4sI4s", b"RIFF", 36 + len(first) + size + behind, b"WAVE")
        + first
        + struct.pack("<4sI", b"fmt ", 16)
        + format_
        + struct.pack("<4sI", b"data", size)
    )
