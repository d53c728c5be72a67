from __future__ import annotations

from pathlib import Path

import pytest

from hitpoint.bridge.writing.advice import advice


@pytest.mark.parametrize(
    ("source", "out", "says"),
    [
        ("cut.kdenlive", "cut.otio", "in-points"),
        ("cut.edl", "cut.otio", "EDL"),
        ("cut.aaf", "cut.otio", "Avid"),
        ("cut.fcpxml", "cut.otio", "Final Cut"),
        ("cut.xml", "cut.otio", "OUT.xml"),
        ("cut.otioz", "cut.otio", "cache"),
    ],
)
def test_it_is_said_what_to_do_with_what_a_host_cannot_take_back(source, out, says):
    (told,) = advice(Path(source), Path(out))
    assert says in told


@pytest.mark.parametrize("name", ["cut.otio", "cut.kdenlive", "cut.xml", "cut.otioz", "cut.unknown"])
def test_of_a_copy_of_the_same_kind_nothing_is_said(name):
    assert advice(Path(name), Path(name)) == ()


def test_markers_that_are_not_written_are_told():
    assert "markers" in advice(Path("a.xml"), Path("b.xml"), section_markers=True)[0]
