"""Conforming between edits of any kind: freezes, backwards, gaps, titles, single frames, ranges, any rate."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.conform.conforming import conformed
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import cue_from_document, cue_to_document
from hitpoint.core.edit import Edit, Marker, Shot, ShotKind
from hitpoint.core.errors import OptionError
from hitpoint.core.timebase import FrameRate

RATES = [Fraction(25), Fraction(24), Fraction(30000, 1001)]
SPEEDS = [Fraction(1), Fraction(2), Fraction(1, 2), Fraction(0), Fraction(-1), Fraction(-3, 2)]


@st.composite
def any_edit(draw: st.DrawFn) -> Edit:
    rate, shots, start = draw(st.sampled_from(RATES)), list[Shot](), 0
    for number in range(draw(st.integers(1, 9))):
        kind, frames = draw(st.sampled_from(ShotKind)), draw(st.sampled_from([1, 2, 7, 40, 90, 200]))
        name = f"m{draw(st.integers(0, 2))}" if kind is ShotKind.PICTURE else None
        source = Fraction(draw(st.integers(0, 200)), 25)
        speed = draw(st.sampled_from(SPEEDS))
        shots.append(Shot(f"s{number}", start, start + frames, kind, None, name, source, speed))
        start += frames
    markers = (Marker(draw(st.integers(0, start - 1)), 1, "here"),)
    return Edit("any", Path("any.otio"), FrameRate(rate), start, tuple(shots), markers)


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(any_edit(), any_edit(), st.data())
def test_any_cue_can_be_taken_to_any_edit_or_is_refused(
    make_cue: Callable[..., Cue], old: Edit, new: Edit, data: st.DataObject
) -> None:
    first = data.draw(st.integers(0, old.frames - 1))
    end = data.draw(st.integers(first + 1, old.frames))
    locks = data.draw(st.sets(st.integers(0, 20)))
    cue = make_cue(old, first=first, end=end, locks=locks, bpm=data.draw(st.sampled_from([None, 97])))
    try:
        plan = conformed(cue, new)
    except OptionError:
        assume(False)
    assert plan.cue.moods[0].start == float(plan.cue.start)
    assert plan.cue.moods[-1].end == float(plan.cue.start + plan.cue.seconds)
    assert conformed(plan.cue, new).cue == plan.cue
    assert cue_from_document(cue_to_document(plan.cue)) == plan.cue
    assert arrange(plan.cue).parts and plan.changes.lines()
    locked = {step.chord for step in cue.steps if step.locked}
    assert locked <= {s.chord for s in plan.cue.steps if s.locked} | {lock.chord for lock in plan.changes.lost_locks}
