"""The Broadcast Audio Extension chunk, version 2 (EBU Tech 3285, 2011).

Where a WAV file lies in time, and how loud it is.

Date and time of origin stay empty, so that the same cue gives the same bytes whenever it is rendered.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from fractions import Fraction

from hitpoint.core.timebase import SAMPLE_RATE

_FIELDS = struct.Struct("<256s32s32s10s8sQH64s5h180s")
_HISTORY = "A=PCM,F=48000,W=24,M=stereo,T={}\r\n"
_LONGEST_STORY = 1000
_UNUSED = 0x7FFF  # of a loudness field
_MIDNIGHT = 24 * 3600 * SAMPLE_RATE


@dataclass(frozen=True)
class Broadcast:
    """What the chunk says; loudness fields that are None are marked as not used.

    Attributes:
        description: 256 ASCII characters at the most.
        time_reference: samples from midnight to the first sample.
        loudness: integrated, LUFS.
        loudness_range: LU.
        true_peak: the largest, dBTP.
        momentary: the largest in 400 ms, LUFS.
        short_term: the largest in three seconds, LUFS.
        story: how the sound came about, ASCII without commas, for the coding history.
    """

    description: str
    time_reference: int
    loudness: float | None = None
    loudness_range: float | None = None
    true_peak: float | None = None
    momentary: float | None = None
    short_term: float | None = None
    story: str = "Hitpoint"


def time_reference(seconds: Fraction) -> int:
    """Samples since midnight of a moment of timecode, ``seconds`` of real time after 00:00:00:00.

    >>> time_reference(Fraction(3610))
    173280000
    """
    exact = seconds * SAMPLE_RATE + Fraction(1, 2)
    return (exact.numerator // exact.denominator) % _MIDNIGHT


def bext_chunk(broadcast: Broadcast) -> bytes:
    """The chunk with its header; its length depends on the story alone."""
    measured = (
        broadcast.loudness,
        broadcast.loudness_range,
        broadcast.true_peak,
        broadcast.momentary,
        broadcast.short_term,
    )
    body = _FIELDS.pack(
        broadcast.description.encode("ascii", "replace")[:256],
        b"Hitpoint",
        b"",  # the originator's own reference
        b"",  # date
        b"",  # time
        broadcast.time_reference,
        2,
        b"",  # UMID
        *(_hundredths(value) for value in measured),
        b"",
    )
    body += _HISTORY.format(broadcast.story.replace(",", ";")[:_LONGEST_STORY]).encode("ascii", "replace")
    return struct.pack("<4sI", b"bext", len(body)) + body + b"\0" * (len(body) % 2)


def _hundredths(value: float | None) -> int:
    """A loudness field; values beyond the 99.99 that it may hold, silence among them, are not used."""
    if value is None or not math.isfinite(value) or abs(value) > 99.99:
        return _UNUSED
    return round(value * 100)
