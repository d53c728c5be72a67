"""Bars of breath: where the plan leaves one alone, or nobody, nothing else sounds on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.form.form_plan import FullHit, Preparation, plain_plan
from hitpoint.core.music.score import Score

CueMaker = Callable[..., Cue]
_BREATH, _FRAME = 5, 300  # the bar, and the frame on which the bar after it begins
_BEATS = (4.0 * _BREATH, 4.0 * _BREATH + 4.0)


def _score(make_cue: CueMaker, style: str, force: float, hits: tuple[int, ...] = ()) -> Score:
    """A cue with one bar of breath, after which a moment is met that a swell prepares."""
    cue = make_cue("C C A:min A:min F F G G " * 2, style=style, cuts=[*hits, _FRAME])
    plan = plain_plan(len(cue.steps), cue.key)
    forces = tuple(force if bar == _BREATH else 0.9 for bar in range(len(plan.bar_steps)))
    full = tuple(FullHit(frame, 0.9, Preparation.SWELL) for frame in (*hits, _FRAME))
    return arrange(altered(cue, plan=replace(plan, forces=forces, full_hits=full)))


def _sounding(score: Score, start: float, end: float) -> set[str]:
    return {
        part.role
        for part in score.parts
        if any(note.start < end - 0.01 and note.end > start + 0.01 for note in part.notes)
    }


@pytest.mark.parametrize("style", ["tension", "cinematic"])
def test_in_a_rest_before_a_moment_only_what_leads_there_is_heard_and_late(make_cue: CueMaker, style: str) -> None:
    score = _score(make_cue, style, 0.0)
    assert _sounding(score, _BEATS[0], _BEATS[0] + 2.0) == set()
    assert _sounding(score, *_BEATS) == {"percussion"}


def test_in_a_rest_without_who_leads_in_the_tail_of_the_strings_is_held(make_cue: CueMaker) -> None:
    score = _score(make_cue, "strings", 0.0)
    assert len(_sounding(score, _BEATS[0], _BEATS[0] + 2.0)) == 1
    assert _sounding(score, _BEATS[0] + 2.0, _BEATS[1]) == set()


@pytest.mark.parametrize("style", ["tension", "cinematic", "strings", "piano"])
def test_in_a_solo_who_sings_is_alone(make_cue: CueMaker, style: str) -> None:
    assert _sounding(_score(make_cue, style, 0.01), *_BEATS) == {"lead"}


def test_a_moment_in_a_rest_is_met_all_the_same(make_cue: CueMaker) -> None:
    score = _score(make_cue, "tension", 0.0, hits=(275,))
    assert any(abs(note.start - (_BEATS[0] + 2.0)) < 1e-6 for part in score.parts for note in part.notes)
