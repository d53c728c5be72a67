"""The XML of a project beside what the DAWproject 1.0 schema (bitwig/dawproject, Project.xsd) says of the elements we
write."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from hitpoint.core.compose.one_cue import score_of
from hitpoint.core.music.score import Score, ScoreMarker
from hitpoint.core.render.formats.dawproject import DawFacts, project_xml

NUMBER, WHOLE, NAME, ANY = r"-?\d+(\.\d+)?", r"-?\d+", r"[A-Za-z_][\w.-]*", r".*"
UNIT = "linear|normalized|percent|decibel|hertz|semitones|seconds|beats|bpm"
TIME_UNIT = "beats|seconds"
NAMED = {"name": ANY, "color": ANY, "comment": ANY}
REFERRED = {**NAMED, "id": NAME}
TIMELINE = {**REFERRED, "timeUnit": TIME_UNIT, "track": NAME}
REAL = {**REFERRED, "max": NUMBER, "min": NUMBER, "unit": UNIT, "value": NUMBER, "parameterID": WHOLE}

# element, or its parent and it: the attributes it may have; those it must have; its children in their order, and for
# each how many there must be at least ("*" for a choice of any number in any order)
SCHEMA: dict[str, tuple[dict[str, str], set[str], str]] = {
    "Project": ({"version": ANY}, {"version"}, "Application Transport? Structure? Arrangement? Scenes?"),
    "Application": ({"name": ANY, "version": ANY}, {"name", "version"}, ""),
    "Transport": ({}, set(), "Tempo? TimeSignature?"),
    "Tempo": (REAL, {"unit"}, ""),
    "TimeSignature": ({**REFERRED, "numerator": WHOLE, "denominator": WHOLE}, {"numerator", "denominator"}, ""),
    "Structure": ({}, set(), "Track*"),
    "Track": (
        {**REFERRED, "contentType": "(audio|automation|notes|video|markers|tracks)( .*)?", "loaded": "true|false"},
        set(),
        "Channel? Track*",
    ),
    "Channel": (
        {
            **REFERRED,
            "audioChannels": WHOLE,
            "destination": NAME,
            "role": "regular|master|effect|submix|vca",
            "solo": "true|false",
        },
        set(),
        "Devices? Mute? Pan? Sends? Volume?",
    ),
    "Mute": ({**REFERRED, "value": "true|false", "parameterID": WHOLE}, set(), ""),
    "Pan": (REAL, {"unit"}, ""),
    "Volume": (REAL, {"unit"}, ""),
    "Arrangement": (REFERRED, set(), "Lanes? Markers? TempoAutomation? TimeSignatureAutomation?"),
    "Lanes": (TIMELINE, set(), "Lanes* Clips* markers?"),
    "Clips": (TIMELINE, set(), "Clip*"),
    "Clip": (
        {
            **NAMED,
            "time": NUMBER,
            "duration": NUMBER,
            "contentTimeUnit": TIME_UNIT,
            "playStart": NUMBER,
            "playStop": NUMBER,
        },
        {"time"},
        "Notes? Audio?",
    ),
    "Notes": (TIMELINE, set(), "Note*"),
    "Note": (
        {"time": NUMBER, "duration": NUMBER, "channel": WHOLE, "key": WHOLE, "vel": NUMBER, "rel": NUMBER},
        {"time", "duration", "channel", "key"},
        "",
    ),
    "Audio": (
        {**TIMELINE, "duration": NUMBER, "algorithm": ANY, "channels": WHOLE, "sampleRate": WHOLE},
        {"duration", "channels", "sampleRate"},
        "File",
    ),
    "File": ({"path": ANY, "external": "true|false"}, {"path"}, ""),
    "Markers": (TIMELINE, set(), "Marker+"),
    "markers": (TIMELINE, set(), "Marker+"),  # in a lane
    "Marker": ({**NAMED, "time": NUMBER}, {"time"}, ""),
    "TempoAutomation": ({**TIMELINE, "unit": UNIT}, set(), "Target RealPoint*"),
    "TimeSignatureAutomation": ({**TIMELINE, "unit": UNIT}, set(), "Target TimeSignaturePoint*"),
    "Target": ({"parameter": NAME}, set(), ""),
    "RealPoint": ({"time": NUMBER, "value": NUMBER, "interpolation": "hold|linear"}, {"time", "value"}, ""),
    "TimeSignaturePoint": (
        {"time": NUMBER, "numerator": WHOLE, "denominator": WHOLE},
        {"time", "numerator", "denominator"},
        "",
    ),
    "Scenes": ({}, set(), "Scene*"),
}


def faults(element: ET.Element) -> list[str]:
    """What the schema would not let pass."""
    may, must, children = SCHEMA[element.tag]
    found = [f"{element.tag}.{name} is missing" for name in must - set(element.attrib)]
    found += [
        f"{element.tag}.{name}={value!r}"
        for name, value in element.items()
        if name not in may or not re.fullmatch(may[name], value)
    ]
    order = "".join(f"{child.tag} " for child in element)
    grammar = "".join(f"({one.rstrip('?*+')} ){one[-1] if one[-1] in '?*+' else ''}" for one in children.split())
    if not re.fullmatch(grammar, order):
        found.append(f"{element.tag} holds {order or 'nothing '}instead of {children}")
    return found + [fault for child in element for fault in faults(child)]


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


def test_the_sound_begins_with_the_notes_and_is_as_long_as_it_is(score: Score, tmp_path: Path) -> None:
    stems = {score.parts[0].name: tmp_path / "a.wav"}
    root = project_xml(score, stems, DawFacts("t", "1"), seconds=Fraction(5), samples=96_000)
    audio = next(clip for clip in root.iter("Clip") if clip.find("Audio") is not None)
    assert float(audio.get("time", "")) == 0.0
    assert float(audio.get("duration", "")) == pytest.approx(float(score.tempo.beat_at(Fraction(2))), abs=2e-3)
    sound = audio.find("Audio")
    assert sound is not None and float(sound.get("duration", "")) == 2.0
