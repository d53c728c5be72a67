"""What a feeling asks of the music: one table from valence and arousal to attributes of harmony and playing.

Directions are standard findings: valence goes with mode, arousal with harmonic rhythm, density and loudness
(Gabrielsson & Lindström 2010, "The role of structure in the musical expression of emotions"). How far is a judgement;
the middle is MuVi-Sync's mean.
"""

from __future__ import annotations

from dataclasses import dataclass

# at -1, 0 and 1
_MINOR_SHARE = (0.75, 0.35, 0.10)  # by valence: share of chords with a minor third
_CHANGE_RATE = (0.25, 0.45, 0.65)  # by arousal: chord changes a step
_FACTOR = (0.5, 1.0, 1.5)  # by arousal: of the picture's own density and loudness


@dataclass(frozen=True)
class Affect:
    """A point on the plane of feeling.

    Attributes:
        valence: -1 unhappy .. 1 happy.
        arousal: -1 calm .. 1 excited.
    """

    valence: float
    arousal: float

    def __post_init__(self) -> None:
        if not (-1 <= self.valence <= 1 and -1 <= self.arousal <= 1):
            raise ValueError(f"valence {self.valence} and arousal {self.arousal} lie between -1 and 1")

    @property
    def is_neutral(self) -> bool:
        """Whether it asks for nothing that music does not do by itself."""
        return max(abs(self.valence), abs(self.arousal)) < 0.05

    @property
    def minor_share(self) -> float:
        """Share of chords with a minor third, 0..1."""
        return _between(self.valence, _MINOR_SHARE)

    @property
    def change_rate(self) -> float:
        """Chord changes a step, 0..1."""
        return _between(self.arousal, _CHANGE_RATE)

    @property
    def dynamics_factor(self) -> float:
        """What the picture's own density and loudness are multiplied by."""
        return _between(self.arousal, _FACTOR)


def _between(at: float, table: tuple[float, float, float]) -> float:
    """A table read by straight lines, as ``numpy.interp`` does it, which takes longer to import than all else here."""
    low, middle, high = table
    if at >= 1.0:
        return high
    return (middle - low) * (at + 1.0) + low if at < 0.0 else (high - middle) * at + middle
