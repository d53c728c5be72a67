"""What the published DAWproject 1.0 format says of the elements that we write, as a table of our own, and a reader
that holds a file to it.

Taken from ``Project.xsd`` and ``MetaData.xsd`` of https://github.com/bitwig/dawproject (1.0, MIT): names, the order of
children, attributes that may and must stand there, enumerations. Beyond the schema the reader follows references:
every ``id`` is there once, every reference leads to one, every sound file lies in the zip and is as it is told.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import soundfile

NUMBER, WHOLE, NAME, ANY = r"-?\d+(\.\d+)?", r"-?\d+", r"[A-Za-z_][\w.-]*", r".*"
UNIT = "linear|normalized|percent|decibel|hertz|semitones|seconds|beats|bpm"
TIME_UNIT = "beats|seconds"
NAMED = {"name": ANY, "color": ANY, "comment": ANY}
REFERRED = {**NAMED, "id": NAME}
TIMELINE = {**REFERRED, "timeUnit": TIME_UNIT, "track": NAME}
REAL = {**REFERRED, "max": NUMBER, "min": NUMBER, "unit": UNIT, "value": NUMBER, "parameterID": WHOLE}

METADATA = (
    "Title", "Artist", "Album", "OriginalArtist", "Composer", "Songwriter", "Producer", "Arranger", "Year", "Genre",
    "Copyright", "Website", "Comment",
)  # fmt: skip

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
    "MetaData": (
        {},
        set(),
        " ".join(f"{one}?" for one in METADATA),
    ),
    "Title": ({}, set(), ""),
    "Comment": ({}, set(), ""),
}
REFERENCES = {"track", "parameter", "destination", "reference"}  # attributes that name an id


def faults(root: ET.Element) -> list[str]:
    """What the format does not let pass in a project or its metadata."""
    ids = Counter(element.attrib["id"] for element in root.iter() if "id" in element.attrib)
    found = [f"the id {one} stands there {count} times" for one, count in ids.items() if count > 1]
    for element in root.iter():
        for name in REFERENCES & set(element.attrib):
            if element.attrib[name] not in ids:
                found.append(f"{element.tag}.{name} leads to {element.attrib[name]}, which is not there")
    return found + _of_element(root)


def faults_of_file(path: Path) -> list[str]:
    """What the format does not let pass in a file."""
    with zipfile.ZipFile(path) as project:
        names = project.namelist()
        found = [f"{one} is not there" for one in {"project.xml", "metadata.xml"} - set(names)]
        if found or len(set(names)) < len(names):
            return found or ["a file is there twice"]
        root = ET.fromstring(project.read("project.xml"))
        found += faults(root) + faults(ET.fromstring(project.read("metadata.xml")))
        for audio in root.iter("Audio"):
            found += _of_sound(audio, project)
    return found


def _of_sound(audio: ET.Element, project: zipfile.ZipFile) -> list[str]:
    place = audio.find("File")
    name = "" if place is None else place.get("path", "")
    if name not in project.namelist():
        return [f"{name} is not in the file"]
    with soundfile.SoundFile(io.BytesIO(project.read(name))) as sound:
        told = (int(audio.get("channels", "0")), int(audio.get("sampleRate", "0")))
        if told != (sound.channels, sound.samplerate):
            return [f"{name} is told to have {told}"]
        seconds = sound.frames / sound.samplerate
    return [] if abs(float(audio.get("duration", "0")) - seconds) < 1e-6 else [f"{name} has {seconds} s"]


def _of_element(element: ET.Element) -> list[str]:
    if element.tag not in SCHEMA:
        return [f"{element.tag} is no element of the format that we write"]
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
    return found + [fault for child in element for fault in _of_element(child)]
