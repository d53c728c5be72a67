"""What the lanes say in words and numbers: chords as a lead sheet writes them, levels, tempos, how far a hit is missed.

No Qt; sentences for people stand in the lanes, where they can be translated.
"""

from __future__ import annotations

import math

from hitpoint.core.music.chord import Chord, Quality
from hitpoint.core.music.pitch import FLAT_NAMES, SHARP_NAMES
from hitpoint.core.timebase import FrameRate

MINUS, EN_DASH = "\N{MINUS SIGN}", "\N{EN DASH}"

# Quality -> what a lead sheet writes behind the root.
_SUFFIX = {
    Quality.MAJ: "", Quality.MIN: "m", Quality.DIM: "dim", Quality.AUG: "aug", Quality.SUS2: "sus2", Quality.SUS4: "sus4",
    Quality.MAJ6: "6", Quality.MIN6: "m6", Quality.MAJ7: "maj7", Quality.MIN7: "m7", Quality.DOM7: "7",
    Quality.DIM7: "dim7", Quality.HDIM7: "m7♭5",
}  # fmt: skip


def chord_label(chord: Chord, *, flats: bool = False) -> str:
    """A chord as a lead sheet writes it; "N.C." for none.

    >>> chord_label(Chord(10, Quality.MIN7), flats=True)
    'B♭m7'
    """
    return "".join(chord_parts(chord, flats=flats))


def chord_parts(chord: Chord, *, flats: bool = False) -> tuple[str, str]:
    """Root and quality of :func:`chord_label`."""
    if chord.root is None:
        return "N.C.", ""
    name = (FLAT_NAMES if flats else SHARP_NAMES)[chord.root].replace("b", "♭").replace("#", "♯")
    return name, _SUFFIX[chord.quality]


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
