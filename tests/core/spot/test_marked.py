from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from hitpoint.core.edit import Edit, Marker, Shot
from hitpoint.core.spot.marked import marked_cues
from hitpoint.core.timebase import FrameRate


def edit(*markers: Marker) -> Edit:
    return Edit("f", Path("f.otio"), FrameRate(Fraction(25)), 5000, (Shot("a", 0, 5000),), markers=markers)


def found(*markers: Marker) -> list[tuple[str, int, int]]:
    return [(cue.name, cue.start_frame, cue.end_frame) for cue in marked_cues(edit(*markers))]


def test_ranges_with_a_cues_name_are_cues_exact_to_the_frame() -> None:
    marks = Marker(100, 250, "1M1 opening"), Marker(600, 33, "VFX fix sky"), Marker(1000, 401, "1m2")
    assert found(*marks) == [("1M1", 100, 350), ("1m2", 1000, 1401)]


def test_without_such_names_every_long_range_is_a_cue() -> None:
    assert found(Marker(100, 250, "chase"), Marker(600, 20, "fix")) == [("chase", 100, 350)]


def test_a_pair_of_markers_is_a_cue() -> None:
    marks = (
        Marker(50, 1, "1M1 in"),
        Marker(300, 1, "1M1 out"),
        Marker(400, 1, "Music start"),
        Marker(900, 1, "Music end"),
    )
    assert found(*marks) == [("1M1", 50, 300), ("Music", 400, 900)]


def test_single_marks_last_to_the_next() -> None:
    assert found(Marker(50, 1, "MUS-003"), Marker(700, 1, "MUS-004"), Marker(900, 1, "music out")) == [
        ("MUS-003", 50, 700),
        ("MUS-004", 700, 900),
    ]


def test_every_cue_tells_why() -> None:
    assert marked_cues(edit(Marker(100, 250, "1M1")))[0].reason == "range marker '1M1'"


@pytest.mark.parametrize("text", ["door slams", "VFX 12", "", "check colour"])
def test_other_marks_are_no_cues(text: str) -> None:
    assert found(Marker(100, 1, text)) == []
