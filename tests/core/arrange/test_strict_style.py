"""The strict style: strings, whose outer voices never move in parallel fifths or octaves, whatever the chords."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.cue.cue import Cue, Played
from hitpoint.core.music.chord import Chord, Quality
from hitpoint.core.music.score import Score
from hitpoint.core.music.voicing import Voicing, has_outer_parallels, voicings_of

CueMaker = Callable[..., Cue]
STRICT = style_named("strings")
QUALITIES = [quality for quality in Quality if not Chord(0, quality).is_silent]
CHORDS = st.builds(Chord, st.integers(0, 11), st.sampled_from(QUALITIES))


def outer_voices(score: Score, steps: int) -> list[Voicing]:
    """The lowest and the highest pitch that sound where a step starts, wherever anything does."""
    notes = [note for part in score.parts for note in part.notes]
    sounding = ([note.pitch for note in notes if note.start <= beat < note.end] for beat in range(0, 2 * steps, 2))
    return [Voicing(min(pitches), (0, 0, max(pitches))) for pitches in sounding if pitches]


@given(
    chords=st.lists(CHORDS, min_size=2, max_size=24),
    held=st.integers(1, 3),
    density=st.floats(0, 40),
    seed=st.integers(0, 2**32),
)
def test_the_outer_voices_that_are_heard_have_no_parallels(
    make_cue: CueMaker, chords: list[Chord], held: int, density: float, seed: int
) -> None:
    steps = [chord for chord in chords for _ in range(held)]
    cue = make_cue(["C"] * len(steps), style="strings", density=density, seed=seed)
    cue = replace(cue, steps=tuple(replace(s, chord=c) for s, c in zip(cue.steps, steps, strict=True)))
    silent = Played(is_written=True, tune_range=())  # a tune has its own way, and voices make way for it
    heard = outer_voices(arrange(replace(cue, playing=(silent,) * len(steps))), len(steps))
    assert len(heard) > 1
    assert not any(has_outer_parallels(before, after) for before, after in pairwise(heard))


@pytest.mark.slow
@pytest.mark.parametrize("quality", QUALITIES, ids=lambda quality: quality.value)
def test_from_every_voicing_there_is_a_way_without_parallels(quality: Quality) -> None:
    outer = {
        chord: np.array([(v.bass, v.soprano) for v in voicings_of(chord, STRICT.ranges)])
        for chord in (Chord(*one) for one in product(range(12), QUALITIES))
    }
    for start, end in product((Chord(root, quality) for root in range(12)), outer):
        before, after = outer[start][:, None], outer[end][None]
        interval = (before[..., 1] - before[..., 0]) % 12
        is_same = np.isin(interval, (0, 7)) & ((after[..., 1] - after[..., 0]) % 12 == interval)
        parallel = is_same & (before != after).all(axis=-1)
        assert not parallel.all(axis=1).any(), (start, end)
