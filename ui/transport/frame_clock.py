"""From the seconds a player says to the frame on the screen, and back, so that neither loses a frame to rounding."""

from __future__ import annotations

from fractions import Fraction

from hitpoint.core.timebase import SAMPLE_RATE, FrameRate


def frame_heard(seconds: float, rate: FrameRate) -> int:
    """The frame that belongs on the screen while the sample at ``seconds`` is heard.

    A frame begins at the sample nearest to its time (at 29.97 no frame begins on a sample), hence the half sample.
    """
    return rate.frame_at(Fraction(2 * round(seconds * SAMPLE_RATE) + 1, 2 * SAMPLE_RATE))


def seconds_of(frame: int, rate: FrameRate) -> float:
    """Where a player must be for a frame: its first sample. ``frame_heard`` of it is the frame again."""
    return rate.samples(frame) / SAMPLE_RATE
