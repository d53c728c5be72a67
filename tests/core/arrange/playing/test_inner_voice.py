"""A voice between a bass and a tune that lies far above it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.form.form_plan import plain_plan
from hitpoint.core.cue.tune import TuneNote
from hitpoint.core.music.score import Note, Part

CueMaker = Callable[..., Cue]


def _bass(make_cue: CueMaker, pitch: int, style: str = "strings") -> Part:
    """The bass of a cue in which few play, and the tune stands on one pitch."""
    cue = make_cue("C C A:min A:min F F G G " * 2, style=style, density=6.0)
    plan = plain_plan(len(cue.steps), cue.key)
    known = with_playing(altered(cue, plan=replace(plan, forces=(0.5,) * len(plan.bar_steps))))
    tune = (TuneNote(Fraction(0), Fraction(2), pitch, 0.5, False),)
    playing = tuple(one and replace(one, tune=tune, tune_range=(pitch, pitch)) for one in known.playing)
    return next(part for part in arrange(altered(known, playing=playing)).parts if part.role == "bass")


def _inner(part: Part) -> list[Note]:
    """What sounds above the bass before the last chord."""
    return [note for note in part.notes if note.start < 28 and note.pitch >= 47]


@pytest.mark.parametrize(("pitch", "is_filled"), [(61, True), (50, False)])
def test_the_celli_divide_where_the_tune_lies_far_above_the_bass(
    make_cue: CueMaker, pitch: int, is_filled: bool
) -> None:
    inner = _inner(_bass(make_cue, pitch))
    assert bool(inner) is is_filled
    assert all(48 <= note.pitch <= min(pitch - 4, 57) for note in inner)


def test_a_plucked_bass_sounds_one_tone(make_cue: CueMaker) -> None:
    assert not _inner(_bass(make_cue, 79, "jazz"))
