"""The interface of every synthesiser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.score import Part
from hitpoint.core.music.tempo import TempoMap

BLOCK = 480_000  # samples (10 s) that are held in memory at once


class Synthesizer(Protocol):
    """Turns one part into sound, a block at a time, so that a long cue needs no more memory than a short one."""

    @property
    def name(self) -> str:
        """Its name in the report, with its version."""

    @property
    def soundfont(self) -> Path:
        """The font it plays."""

    def blocks(self, part: Part, tempo: TempoMap, samples: int) -> Iterator[NDArray[np.float32]]:
        """The part's sound from the start of the cue: arrays (at most ``BLOCK``, 2), ``samples`` rows together.

        The part's own gain and pan are left to the mix.
        """


def render(synth: Synthesizer, part: Part, tempo: TempoMap, samples: int) -> NDArray[np.float32]:
    """A whole part at once: (samples, 2), about -1..1, 48 kHz."""
    sound = np.zeros((samples, 2), np.float32)
    at = 0
    for block in synth.blocks(part, tempo, samples):
        sound[at : at + len(block)] = block
        at += len(block)
    return sound
