"""The XML of a project beside what the published format says (``dawproject_format.py``)."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from dawproject_format import faults

from hitpoint.core.compose.one_cue import score_of
from hitpoint.core.music.score import Score, ScoreMarker
from hitpoint.core.render.formats.dawproject import DawFacts, project_xml


@pytest.fixture(scope="module")
def score(make_chord_cue) -> Score:
    return score_of(make_chord_cue("C A:min F G C"))


@pytest.mark.parametrize("markers", [(), (ScoreMarker(0.0, "Theme"), ScoreMarker(2.5, "Build & <rise>"))])
@pytest.mark.parametrize("has_sound", [True, False])
def test_a_project_is_as_the_schema_wants_it(score: Score, markers: tuple[ScoreMarker, ...], has_sound: bool) -> None:
    from dataclasses import replace

    stems = {part.name: Path("x.wav") for part in score.parts} if has_sound else {}
    marked = replace(score, markers=markers)
    root = project_xml(marked, stems, DawFacts("t", "1"), seconds=Fraction(5), samples=240_000)
    assert faults(ET.fromstring(ET.tostring(root))) == []


def test_an_element_that_the_schema_does_not_allow_is_found(score: Score) -> None:
    root = project_xml(score, {}, DawFacts("t", "1"), seconds=Fraction(5), samples=240_000)
    arrangement = root.find("Arrangement")
    assert arrangement is not None
    ET.SubElement(arrangement, "Markers")
    assert any("holds nothing" in fault for fault in faults(root))


def test_a_reference_that_leads_nowhere_and_an_id_that_stands_twice_are_found(score: Score) -> None:
    root = project_xml(score, {}, DawFacts("t", "1"), seconds=Fraction(5), samples=240_000)
    lanes, first = root.findall("Arrangement/Lanes/Lanes"), root.find("Structure/Track")
    assert first is not None
    lanes[0].set("track", "nobody")
    first.set("id", "tempo")
    assert {"Lanes.track leads to nobody, which is not there", "the id tempo stands there 2 times"} <= set(faults(root))


def test_the_sound_begins_with_the_notes_and_is_as_long_as_it_is(score: Score, tmp_path: Path) -> None:
    stems = {score.parts[0].name: tmp_path / "a.wav"}
    root = project_xml(score, stems, DawFacts("t", "1"), seconds=Fraction(5), samples=96_000)
    audio = next(clip for clip in root.iter("Clip") if clip.find("Audio") is not None)
    assert float(audio.get("time", "")) == 0.0
    assert float(audio.get("duration", "")) == pytest.approx(float(score.tempo.beat_at(Fraction(2))), abs=2e-3)
    sound = audio.find("Audio")
    assert sound is not None and float(sound.get("duration", "")) == 2.0
