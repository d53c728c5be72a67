"""Long notes of pads."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import pytest

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.form.form_plan import plain_plan

CueMaker = Callable[..., Cue]


def test_no_pad_holds_a_second_below_e3(make_cue: CueMaker) -> None:
    cue = make_cue("C C C:sus2 C:sus2 G:sus4 G:sus4 D:7 D:7 D#:sus2 D#:sus2 C C " * 2, style="cinematic")
    held = [note for part in arrange(cue).parts if part.role == "pad" for note in part.notes if note.pitch < 54]
    assert held
    together = (pair for pair in combinations(held, 2) if pair[0].start < pair[1].end and pair[1].start < pair[0].end)
    assert not [pair for pair in together if 1 <= abs(pair[0].pitch - pair[1].pitch) <= 2 and pair[0].pitch < 52]


@pytest.mark.parametrize("style", ["strings", "ambient", "tension"])
def test_a_low_voice_is_held_over_where_a_phrase_ends_and_the_top_breathes(make_cue: CueMaker, style: str) -> None:
    cue = make_cue("C C A:min A:min F F G C " * 4, style=style, density=6.0)
    cue = altered(cue, plan=plain_plan(len(cue.steps), cue.key))
    joins = [step.beat for step in form_of(cue).steps if step.begins_phrase and step.beat]
    held = [note for part in arrange(cue).parts if part.role in ("pad", "bass") for note in part.notes]
    assert joins
    for join in joins:
        last = [note for note in held if note.start < join - 0.3 and note.end > join - 1.0]
        over = [note for note in last if note.end >= join]
        assert over
        if len(last) > 2:
            assert max(last, key=lambda note: note.pitch) not in over
