"""A synthesiser of several: some parts have one of their own, a sound font or an editor's instrument.

The rest share one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.score import Part
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.render.parts.performance import Performance, performance
from hitpoint.core.render.parts.synth import Synthesizer


class ByPart:
    """Plays each part with what it is given, all others with one synthesiser.

    Args:
        usual: for all parts without one of their own.
        own: by the name of the part.
    """

    def __init__(self, usual: Synthesizer, own: Mapping[str, Synthesizer]) -> None:
        self._usual, self._own = usual, dict(own)

    @property
    def name(self) -> str:
        """Its name in the report, with its version."""
        others = sorted({one.name for one in self._own.values()} - {self._usual.name})
        return " and ".join([self._usual.name, *others])

    @property
    def soundfont(self) -> Path:
        """The font of the parts without their own."""
        return self._usual.soundfont

    def blocks(self, part: Part, tempo: TempoMap, samples: int) -> Iterator[NDArray[np.float32]]:
        """The part's sound, see :class:`~hitpoint.core.render.parts.synth.Synthesizer`."""
        return self._for(part).blocks(part, tempo, samples)

    def perform(self, part: Part, tempo: TempoMap, samples: int) -> Performance:
        """The part ready to be played from anywhere, see :mod:`hitpoint.core.render.parts.performance`."""
        return performance(self._for(part), part, tempo, samples)

    def _for(self, part: Part) -> Synthesizer:
        return self._own.get(part.name, self._usual)
