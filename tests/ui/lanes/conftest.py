"""Edits and cues small enough to count on one's fingers: 25 frames and one step a second, 100 pixels a second."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from hitpoint.core.cue.cue import Cue, Step
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.cue.sound import Sound, Speech
from hitpoint.core.edit import Edit, Marker, Shot
from hitpoint.core.mood import Mood, MoodSpan
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.timebase import FrameRate


def small_cue(
    symbols: str,
    *,
    cuts: Sequence[int] = (),
    own: Sequence[HitWish] = (),
    locked: Sequence[int] = (),
    marker: int | None = None,
) -> Cue:
    """A chord a second from the start of the timeline.

    Moods: neutral for two seconds, then sad by wish, then neutral.
    """
    chords = [parse_chord(symbol) for symbol in symbols.split()]
    frames = 25 * len(chords)
    shots = tuple(Shot(f"shot {a}", a, b, media=Path("a.mov")) for a, b in pairwise([0, *cuts, frames]))
    markers = () if marker is None else (Marker(marker, 1, "door"),)
    edit = Edit("small", Path("small.otio"), FrameRate(Fraction(25)), frames, shots, markers, 90_000)
    steps = tuple(Step(chord, locked=index in locked) for index, chord in enumerate(chords))
    end = float(len(chords))
    moods = (
        MoodSpan(0.0, 2.0, Mood.NEUTRAL),
        MoodSpan(2.0, 4.0, Mood.SAD, wished=True),
        MoodSpan(4.0, end, Mood.TENSE),
    )
    cue = Cue(
        edit, 0, frames, parse_key("C major"), steady_tempo(Fraction(1, 2)), steps, moods, "piano", 3, hits=tuple(own)
    )
    return replace(cue, speech=(Speech(1.0, 2.0),), sound=Sound(duck=6.0))


@pytest.fixture(scope="session")
def make_small_cue() -> Callable[..., Cue]:
    """The function that builds a cue from symbols."""
    return small_cue
