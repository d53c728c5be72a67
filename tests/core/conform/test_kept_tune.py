"""The tune goes with its bars when the cut changes."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hitpoint.core.arrange.arranger import with_playing
from hitpoint.core.conform.conforming import conformed
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.tune_changes import note_added, tune_of
from hitpoint.core.edit import Edit

CUT = [(f"m{number}", 100, 100) for number in range(8)]


def test_a_locked_note_goes_with_the_picture_under_it(
    make_edit: Callable[..., Edit], make_cue: Callable[..., Cue]
) -> None:
    cue = with_playing(make_cue(make_edit(CUT), bpm=120.0))
    own = note_added(cue, Fraction(41), Fraction(1), 77)
    later = make_edit([("new", 0, 100), *CUT])
    carried = with_playing(conformed(own, later).cue)
    locked = [one for one in tune_of(carried) if one.note.locked]
    assert [(one.start, one.note.pitch) for one in locked] == [(Fraction(49), 77)]


def test_what_is_behind_a_cut_keeps_its_tune(make_edit: Callable[..., Edit], make_cue: Callable[..., Cue]) -> None:
    cue = with_playing(make_cue(make_edit(CUT), bpm=120.0))
    carried = with_playing(conformed(cue, make_edit([*CUT, ("new", 0, 100)])).cue)
    kept = [one for one in tune_of(cue) if one.start < 48]
    assert kept == [one for one in tune_of(carried) if one.start < 48]
