"""Basses in octaves where the music culminates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.form.form_plan import PlannedSection, plain_plan
from hitpoint.core.music.score import Part

CueMaker = Callable[..., Cue]
BARS = 12  # of two seconds, the summit in the middle four


def bass_of(make_cue: CueMaker, style: str) -> Part:
    cue = make_cue("C C A:min A:min F F G G " * 3, style=style)
    names = ((0, "Theme", "A"), (4, "Summit", "A'"), (8, "Release", "A''"))
    sections = tuple(
        PlannedSection(bar, 4, name, theme, cue.key, 0.5, summit=bar == 4, phrases=(4,)) for bar, name, theme in names
    )
    plan = replace(plain_plan(2 * BARS, cue.key), sections=sections, final_bar=BARS - 1)
    return next(part for part in arrange(altered(cue, plan=plan)).parts if part.role == "bass")


def in_octaves(part: Part, bar: int) -> bool:
    notes = [note for note in part.notes if 4 * bar <= note.start < 4 * bar + 4]
    return any(low.start == high.start and high.pitch - low.pitch == 12 for low in notes for high in notes)


@pytest.mark.parametrize("style", ["strings", "cinematic", "trailer"])
def test_bowed_and_blown_basses_play_in_octaves_at_the_summit_alone(make_cue: CueMaker, style: str) -> None:
    part = bass_of(make_cue, style)
    assert [bar for bar in range(BARS - 1) if in_octaves(part, bar)] == [4, 5, 6, 7]


def test_a_plucked_bass_does_not(make_cue: CueMaker) -> None:
    part = bass_of(make_cue, "jazz")
    assert not any(in_octaves(part, bar) for bar in range(4, 8))
