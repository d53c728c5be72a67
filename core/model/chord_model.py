"""The interface that composing asks of a model of chords, whatever is inside it.

A model reads the video once, then takes in one chord a step and says what may follow. Position ``p`` of a decoding that
starts at row ``s`` of the video is fed the chord of row ``s + p - 1`` if the model has a start (END for row -1), of row
``s + p`` if it has none; the logits are about the row after the chord that was fed.
"""

from __future__ import annotations

from typing import Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.conditions import Conditions

Memory = TypeVar("Memory")
State = TypeVar("State")


class ChordModel(Protocol[Memory, State]):
    """A model that :func:`~hitpoint.core.model.generate.compose_chords` can compose with."""

    @property
    def max_steps(self) -> int:
        """The longest video, and the most chords of one decoding."""

    @property
    def has_start(self) -> bool:
        """Whether it can write the first chord of a piece."""

    def encode(self, video: NDArray[np.float32], *, is_minor: bool, conditions: Conditions | None = None) -> Memory:
        """Read a video, (seconds, 776), of at most ``max_steps`` rows, and the conditions of the same rows.

        A model that knows no conditions does not look at them; one that does looks at nothing else, and takes a video
        without them for a whole piece without locks and wishes.
        """

    def start(self, memory: Memory, batch: int = 1) -> State:
        """Stand before the first position, with ``batch`` takes side by side."""

    def step(self, state: State, tokens: NDArray[np.int64]) -> tuple[NDArray[np.float64], State]:
        """Take in one token a take, (batch,); gives logits (batch, 159). The state given may not be used again."""
