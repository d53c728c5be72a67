"""What the lanes say in words and numbers: chords as a lead sheet writes them, levels, tempos, how far a hit is missed.

No Qt; sentences for people stand in the lanes, where they can be translated.
"""

from __future__ import annotations

import math

from hitpoint.core.music.chord import Chord
from hitpoint.core.music.written_chord import lead_parts, lead_symbol
from hitpoint.core.timebase import FrameRate

MINUS, EN_DASH = "\N{MINUS SIGN}", "\N{EN DASH}"


def chord_label(chord: Chord, *, flats: bool = False) -> str:
    """A chord as a lead sheet writes it; "N.C." for none.

    >>> chord_label(Chord(10, Quality.MIN7), flats=True)
    'B♭m7'
    """
    return lead_symbol(chord, flats=flats)


def chord_parts(chord: Chord, *, flats: bool = False) -> tuple[str, str]:
    """Root, and all that stands behind it, of :func:`chord_label`."""
    return lead_parts(chord, flats=flats)


def decibels(loudness: float) -> str:
    """A linear RMS in decibels below full scale.

    >>> decibels(0.1) == f"{MINUS}20 dB"
    True
    """
    return f"{MINUS}∞ dB" if loudness <= 1e-4 else signed(20 * math.log10(loudness)) + " dB"


def signed(value: float) -> str:
    """A whole number with a real minus sign."""
    rounded = round(value)
    return f"{MINUS}{-rounded}" if rounded < 0 else str(rounded)


def frames_off(error: float, rate: FrameRate) -> str:
    """How far a hit is missed, in frames with one decimal.

    >>> from fractions import Fraction
    >>> frames_off(0.02, FrameRate(Fraction(25)))
    '0.5 fr'
    """
    return f"{abs(error) * float(rate.frames_per_second):.1f} fr"
