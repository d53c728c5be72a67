"""Long notes of pads."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.cue.cue import Cue

CueMaker = Callable[..., Cue]


def test_no_pad_holds_a_second_below_e3(make_cue: CueMaker) -> None:
    cue = make_cue("C C C:sus2 C:sus2 G:sus4 G:sus4 D:7 D:7 D#:sus2 D#:sus2 C C " * 2, style="cinematic")
    held = [note for part in arrange(cue).parts if part.role == "pad" for note in part.notes if note.pitch < 54]
    assert held
    together = (pair for pair in combinations(held, 2) if pair[0].start < pair[1].end and pair[1].start < pair[0].end)
    assert not [pair for pair in together if 1 <= abs(pair[0].pitch - pair[1].pitch) <= 2 and pair[0].pitch < 52]
