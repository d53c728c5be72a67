"""What a run works with, as plain values; :mod:`hitpoint.plugin.launch` makes the real objects of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Engine:
    """What a run works with; the defaults are what ships.

    Attributes:
        features: how the picture is read.
        checkpoint: weights of the chord model, ours or the published file; None for the shipped ones.
        regressor: likewise for density and loudness.
        synth: what plays the parts.
        soundfont: an .sf2 or .sf3 instead of the shipped one.
        use_cache: whether features already known are used again.
    """

    features: Literal["picture", "clip"] = "picture"
    checkpoint: Path | None = None
    regressor: Path | None = None
    synth: Literal["auto", "sampler", "fluidsynth"] = "auto"
    soundfont: Path | None = None
    use_cache: bool = True
