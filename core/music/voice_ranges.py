"""How low and high voices go; apart from the voice leading, so that the tables of styles load without numpy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class VoiceRanges:
    """Lowest and highest pitch (inclusive) of the bass and of the upper voices, and the widest hand.

    A bass range holds at least 12 semitones, an upper range at least 21, so that each chord has voicings.
    """

    bass_low: int = 31
    bass_high: int = 45
    upper_low: int = 60
    upper_high: int = 81
    upper_span: int = 12

    def __post_init__(self) -> None:
        if self.bass_high - self.bass_low < 11 or self.upper_high - self.upper_low < 20 or self.upper_span < 11:
            raise ValueError("the ranges are too narrow for every chord")
        if self.upper_low < self.bass_high + 13:
            raise ValueError("the octave above the bass would reach the upper voices")
