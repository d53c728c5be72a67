"""Cues from a few chord symbols, and models that need no weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from hitpoint.core.compose import Models
from hitpoint.core.cue.cue import Cue, Step
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.model.bigru import BiGRU
from hitpoint.core.model.config import RegressorConfig
from hitpoint.core.model.vocabulary import VOCABULARY
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.timebase import FrameRate


class Dice:
    """A chord model whose logits hang on the row, the chord before and, a little, on the picture: a stand-in for AMT."""

    has_start = True

    def __init__(self, max_steps: int = 40, seed: int = 0) -> None:
        self.max_steps = max_steps
        self._table = np.random.default_rng(seed).normal(0.0, 2.0, (VOCABULARY, VOCABULARY))

    def encode(self, video: NDArray[np.float32], *, is_minor: bool, conditions: object = None) -> NDArray[np.float32]:
        return video[:, 768]

    def start(self, memory: NDArray[np.float32], batch: int = 1) -> tuple[NDArray[np.float32], int]:
        return memory, 0

    def step(
        self, state: tuple[NDArray[np.float32], int], tokens: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], tuple[NDArray[np.float32], int]]:
        memory, position = state
        logits = self._table[tokens] + np.sin(position + np.arange(VOCABULARY)) + memory[min(position, len(memory) - 1)]
        return logits, (memory, position + 1)


def symbols_cue(symbols: str, *, cuts: Sequence[int] = (), key: str = "C major", seed: int = 3) -> Cue:
    """A cue at 25 frames and a chord a second; cuts are frames."""
    chords = [parse_chord(symbol) for symbol in symbols.split()]
    edges = [0, *cuts, 25 * len(chords)]
    shots = tuple(Shot(f"shot {a}", a, b) for a, b in pairwise(edges))
    edit = Edit("test", Path("test.otio"), FrameRate(Fraction(25)), edges[-1], shots)
    steps = tuple(Step(chord) for chord in chords)
    return Cue(edit, 0, edges[-1], parse_key(key), steady_tempo(Fraction(1, 2)), steps, (), "piano", seed)


@pytest.fixture(scope="session")
def make_chord_cue() -> Callable[..., Cue]:
    """The function that builds a cue from symbols."""
    return symbols_cue


@pytest.fixture(scope="session")
def dice_models() -> Models:
    torch.manual_seed(0)
    return Models(Dice(), BiGRU(RegressorConfig(hidden=4, max_steps=40)).double().eval())


@pytest.fixture(scope="session")
def grey_features() -> Callable[[int], PictureFeatures]:
    """Makes a picture with so many seconds, in which something moves."""

    def make(seconds: int) -> PictureFeatures:
        offsets = np.arange(seconds, dtype=np.float32) % 5
        emotion = np.full((seconds, 6), 1 / 6, np.float32)
        return PictureFeatures(offsets, offsets * 2, emotion, None, np.ones(seconds, bool))

    return make
