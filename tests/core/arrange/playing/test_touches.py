"""Cuts that the plan lets pass get a small accent where the metre meets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.form.form_plan import plain_plan
from hitpoint.core.music.score import Score

CueMaker = Callable[..., Cue]
_CHORDS = "C C A:min A:min F F G G " * 2
_BEAT, _FRAME = 9.0, 112  # an eighth off the bar line, within half a frame of the frame


def _with_cuts(make_cue: CueMaker, *cuts: int) -> Cue:
    cue = make_cue(_CHORDS, style="strings", cuts=cuts, density=6.0)
    return altered(cue, plan=plain_plan(len(cue.steps), cue.key))


def _struck(score: Score, beat: float) -> list[int]:
    return [n.velocity for part in score.parts if part.role != "lead" for n in part.notes if abs(n.start - beat) < 1e-6]


def test_a_passing_cut_on_an_eighth_is_struck(make_cue: CueMaker) -> None:
    plain, touched = (arrange(_with_cuts(make_cue, *cuts)) for cuts in ((), (_FRAME,)))
    assert form_of(_with_cuts(make_cue, _FRAME)).touches == {_BEAT}
    assert len(_struck(touched, _BEAT)) >= max(len(_struck(plain, _BEAT)), 1)
    assert max(_struck(touched, _BEAT)) > max(_struck(plain, _BEAT), default=0)
    assert _struck(touched, _BEAT + 4) == _struck(plain, _BEAT + 4)


def test_of_cuts_in_a_row_only_the_first_is_touched(make_cue: CueMaker) -> None:
    assert form_of(_with_cuts(make_cue, _FRAME, _FRAME + 25)).touches == {_BEAT}


def test_what_the_editor_refuses_or_no_beat_meets_is_not(make_cue: CueMaker) -> None:
    assert not form_of(_with_cuts(make_cue, 107)).touches
    unplanned = replace(_with_cuts(make_cue, _FRAME), plan=None)
    assert not form_of(unplanned).touches
