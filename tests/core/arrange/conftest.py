"""Cues built from a few words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from hitpoint.core.arrange.styles.styles import style_names
from hitpoint.core.cue.cue import Cue, Step
from hitpoint.core.edit import Edit, Marker, Shot
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.tempo import TempoMap, steady_tempo
from hitpoint.core.timebase import FrameRate

CueMaker = Callable[..., Cue]


def cue_of(
    chords: str | Sequence[str],
    *,
    density: float | Sequence[float] = 10.0,
    loudness: float | Sequence[float] = 0.17,
    seconds: float | None = None,
    cuts: Sequence[int] = (),
    markers: Sequence[Marker] = (),
    tempo: TempoMap | None = None,
    key: str = "C major",
    style: str = "piano",
    seed: int = 1,
    start_frame: int = 0,
) -> Cue:
    """A cue at 25 frames and 120 beats a minute, one step a second; cuts and markers count from the edit's start."""
    symbols = chords.split() if isinstance(chords, str) else list(chords)
    densities = [density] * len(symbols) if isinstance(density, int | float) else list(density)
    loudnesses = [loudness] * len(symbols) if isinstance(loudness, int | float) else list(loudness)
    end = start_frame + max(round(25 * (len(symbols) if seconds is None else seconds)), 1)
    edges = [0, *cuts, end]
    shots = tuple(Shot(f"shot {a}", a, b) for a, b in pairwise(edges))
    edit = Edit("test", Path("test.otio"), FrameRate(Fraction(25)), end, shots, tuple(markers))
    steps = tuple(
        Step(parse_chord(symbol), False, notes, level)
        for symbol, notes, level in zip(symbols, densities, loudnesses, strict=True)
    )
    beats = tempo or steady_tempo(Fraction(1, 2))
    return Cue(edit, start_frame, end, parse_key(key), beats, steps, (), style, seed)


def styles_one_in(count: int, first: int = 0) -> list[str | ParameterSet]:
    """All styles, of which one in so many is tried each time and the others only with ``-m slow``."""
    slow = pytest.mark.slow
    names = enumerate(style_names())
    return [name if place % count == first else pytest.param(name, marks=slow) for place, name in names]


@pytest.fixture(scope="session")
def make_cue() -> CueMaker:
    """The function that builds a cue."""
    return cue_of
