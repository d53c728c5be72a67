"""Edits from a few words, and cues on them with chords of their own on every step."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from hitpoint.core.arrange.form.hit_points import fitted_tempo
from hitpoint.core.cue.cue import Cue, Step, step_count
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.mood import Mood, MoodSpan
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.timebase import FrameRate

Cut = Sequence[tuple[str, int, int]]  # media, first frame of the source, frames
_CHORDS = [parse_chord(symbol) for symbol in ["C", "F", "G", "A:min", "D:min", "E:min", "G:7", "B:dim"]]


def edit_of(cut: Cut, rate: int = 25) -> Edit:
    """An edit of shots one after the other."""
    shots, start = [], 0
    for media, first, frames in cut:
        source = Fraction(first, rate)
        shots.append(Shot(media, start, start + frames, media_name=media, source_start=source))
        start += frames
    return Edit("cut", Path("cut.otio"), FrameRate(Fraction(rate)), start, tuple(shots))


def cue_on(
    edit: Edit,
    *,
    first: int = 0,
    end: int | None = None,
    locks: Sequence[int] = (),
    hits: Sequence[int] = (),
    bpm: float | None = None,
) -> Cue:
    """A cue with a tempo fitted to the edit; its chords go round, so that neighbours differ."""
    last = edit.frames if end is None else end
    own = tuple(HitWish(frame, f"hit {frame}") for frame in sorted(hits))
    blank = Cue(
        edit, first, last, parse_key("C major"), steady_tempo(Fraction(1, 2)), (), (), "piano", 5, hits=own, bpm=bpm
    )
    tempo = fitted_tempo(blank.seconds, blank.wanted_times, bpm)
    count = step_count(blank.seconds, tempo)
    steps = (Step(_CHORDS[(i * 3) % 8], i in locks, 8 + i % 5, 0.1 + i % 7 / 50) for i in range(count))
    mood = MoodSpan(float(blank.start), float(blank.start + blank.seconds), Mood.SAD)
    return replace(blank, tempo=tempo, steps=tuple(steps), moods=(mood,))


@pytest.fixture(scope="session")
def make_edit() -> Callable[..., Edit]:
    """The function that builds an edit."""
    return edit_of


@pytest.fixture(scope="session")
def make_cue() -> Callable[..., Cue]:
    """The function that builds a cue on one."""
    return cue_on
