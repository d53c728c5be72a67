"""Stretches of other styles go with their shots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hitpoint.core.conform.conforming import conformed
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.styling import StyleSpan
from hitpoint.core.edit import Edit

CUT = [("a", 0, 100), ("b", 0, 100), ("c", 0, 100), ("d", 0, 100)]
SPANS = (StyleSpan(100, 200, "piano", "strings"), StyleSpan(200, 400, "strings"))


def carried(
    make_edit: Callable[..., Edit], make_cue: Callable[..., Cue], cut: list[tuple[str, int, int]]
) -> tuple[object, ...]:
    cue = replace(make_cue(make_edit(CUT)), styling=SPANS)
    found = conformed(cue, make_edit(cut))
    spans = tuple((one.start_frame, one.end_frame, *one.names) for one in found.cue.styling)
    return (*spans, *(line for line in found.changes.lines() if line.startswith("style")))


def test_a_shot_before_moves_them(make_edit: Callable[..., Edit], make_cue: Callable[..., Cue]) -> None:
    assert carried(make_edit, make_cue, [("x", 0, 50), *CUT]) == ((150, 250, "piano", "strings"), (250, 450, "strings"))


def test_a_shot_between_two_leaves_no_gap(make_edit: Callable[..., Edit], make_cue: Callable[..., Cue]) -> None:
    spans = carried(make_edit, make_cue, [*CUT[:2], ("x", 0, 50), *CUT[2:]])
    assert spans == ((100, 250, "piano", "strings"), (250, 450, "strings"))


def test_what_lost_its_picture_is_told(make_edit: Callable[..., Edit], make_cue: Callable[..., Cue]) -> None:
    span, line = carried(make_edit, make_cue, [CUT[0], *CUT[2:]])
    assert span == (100, 300, "strings")
    assert line == "style piano>strings 4.000-8.000 s is lost: its picture is gone"
