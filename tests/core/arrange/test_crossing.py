"""Two ensembles in one cue: who plays where, one bass at a time, no gap, and levels that pass."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.cue.changes import part_left_out
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import cue_from_document, cue_to_document
from hitpoint.core.cue.styling import StyleSpan, laid
from hitpoint.core.music.score import Part, Score

Maker = Callable[..., Cue]
MORPH = (StyleSpan(100, 300, "piano", "strings"), StyleSpan(300, 400, "strings"))


@pytest.fixture(scope="module")
def plain(make_cue: Maker) -> Cue:
    return with_playing(make_cue("C C F F G G C C A:min A:min F F G G C C"))


@pytest.fixture(scope="module")
def morph(plain: Cue) -> Cue:
    return with_playing(replace(plain, styling=MORPH))


@pytest.fixture(scope="module")
def score(morph: Cue) -> Score:
    return arrange(morph)


def of(score: Score, style: str) -> list[Part]:
    return [part for part in score.parts if part.style == style]


def test_before_it_the_first_ensemble_plays_as_it_would_alone(plain: Cue, score: Score) -> None:
    for alone, part in zip(arrange(plain).parts, of(score, "piano"), strict=True):
        early = [note for note in part.notes if note.end <= 7]
        assert early == [note for note in alone.notes if note.end <= 7]


def test_after_it_the_second_plays_alone(score: Score) -> None:
    assert all(note.start < 24 for part in of(score, "piano") for note in part.notes)
    assert all(note.start >= 8 for part in of(score, "strings") for note in part.notes)


def test_there_is_always_one_bass_and_never_two(score: Score) -> None:
    own, other = (
        [note for part in of(score, style) if part.role == "bass" for note in part.notes]
        for style in ("piano", "strings")
    )
    assert max(note.end for note in own) <= min(note.start for note in other)
    assert min(note.start for note in other) - max(note.end for note in own) < 1.0


def test_the_tune_is_handed_over_on_a_bar_line(score: Score) -> None:
    first, second = (
        [note for part in of(score, style) if part.role == "lead" for note in part.notes]
        for style in ("piano", "strings")
    )
    assert first and second and max(note.start for note in first) < min(note.start for note in second)


def test_something_sounds_in_every_beat(score: Score) -> None:
    notes = [note for part in score.parts for note in part.notes]
    assert all(any(note.start < beat + 1 and note.end > beat for note in notes) for beat in range(30))


def test_levels_pass_without_a_jump(score: Score) -> None:
    def level(part: Part, beat: float) -> float:
        values = [(one.beat, one.value) for one in part.controls if one.number == 11]
        place = bisect_right([at for at, _ in values], beat) - 1
        return values[place][1] if place >= 0 else 127

    pad = next(part for part in of(score, "strings") if part.name == "Strings")
    gains = [(level(pad, beat) / 127) ** 2 for beat in range(8, 25)]
    steps = np.diff([20 * np.log10(gain) for gain in gains[1:]])
    assert gains[0] < 0.35 and max(np.abs(steps)) < 3.0


def test_parts_with_one_name_are_told_apart_and_switched_off_by_it(plain: Cue) -> None:
    both = replace(plain, style="strings", styling=(StyleSpan(100, 200, "strings", "chamber", 0.5, 0.5),))
    names = [part.name for part in arrange(both).parts]
    assert "Strings" in names and "Strings (chamber)" in names and len(set(names)) == len(names)
    without = part_left_out(both, "Strings (chamber)", left_out=True)
    assert [part.name for part in arrange(without).parts] == [name for name in names if name != "Strings (chamber)"]


def test_a_cue_without_stretches_is_written_as_before(plain: Cue) -> None:
    document = cue_to_document(plain)
    assert "styling" not in document and "hands" not in document
    assert cue_from_document(document) == plain


def test_stretches_are_written_and_read(morph: Cue) -> None:
    assert cue_from_document(cue_to_document(morph)) == morph and with_playing(morph) == morph


def test_a_later_stretch_cuts_an_earlier_passage_where_it_stands() -> None:
    first, second, third = laid(MORPH[:1], [StyleSpan(150, 200, "jazz")])
    assert (first.first, first.last, third.first, third.last) == (0.0, 0.25, 0.5, 1.0)
    assert second.style == "jazz" and (third.start_frame, third.end_frame) == (200, 300)
