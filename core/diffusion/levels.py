"""Level of what a model made, matched to what it was made from."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.diffusion.mel import Sound


def as_loud(sound: NDArray[Any], mix: Sound) -> Sound:
    """The sound at the level (RMS) of the mix, its largest sample at most at full scale."""
    levels = [float(np.sqrt(np.mean(np.square(each, dtype=np.float64)))) for each in (mix, sound)]
    gain = levels[0] / levels[1] if levels[1] > 0 else 0.0
    peak = float(np.abs(sound).max()) * gain
    return np.asarray(sound * (gain / peak if peak > 1.0 else gain), dtype=np.float32)
