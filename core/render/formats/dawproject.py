"""Writes a cue as DAWproject 1.0, the open exchange format of Bitwig Studio, Studio One, Cubase and others.

A ``.dawproject`` is a zip with ``project.xml`` (tempo map, metre, markers, a track of chord names, one of notes
and one of sound for each part), ``metadata.xml`` and the sound files (https://github.com/bitwig/dawproject, 1.0, MIT).
Tempi are written as the MIDI file has them, constant from point to point, because importers lose ramps; notes lie on
the MIDI file's ticks.
"""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree as ET

from hitpoint.core.errors import EditWriteError
from hitpoint.core.music.metre import Metre
from hitpoint.core.music.score import DRUM_CHANNEL, Part, Score, ScoreMarker
from hitpoint.core.render.formats.midi import TICKS_PER_BEAT, tempo_events, tick_of
from hitpoint.core.render.parts.events import without_overlap
from hitpoint.core.timebase import SAMPLE_RATE

_SAME_DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class DawFacts:
    """What the file says of the piece: its title, the program's version, and a comment."""

    title: str
    version: str
    comment: str = ""


def write_dawproject(
    score: Score, stems: Mapping[str, Path], path: Path, facts: DawFacts, *, seconds: Fraction, samples: int
) -> None:
    """Write a project.

    Args:
        score: what is played.
        stems: sound files by the names of their parts; parts without one have notes alone.
        path: of the file; it must not exist.
        facts: what it says of the piece.
        seconds: length of the cue.
        samples: length of the stems at 48 kHz; they begin where the score does.

    Raises:
        EditWriteError: if a sound file cannot be read, or the project cannot be written.
    """
    root = project_xml(score, stems, facts, seconds=seconds, samples=samples)
    try:
        with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as project:
            project.writestr(_entry("project.xml"), _text(root))
            project.writestr(_entry("metadata.xml"), _text(_metadata(facts)))
            for name, stem in stems.items():
                project.writestr(_entry(_place(name)), stem.read_bytes(), zipfile.ZIP_STORED)
    except OSError as error:
        raise EditWriteError(
            f"{path.name} cannot be written ({error.strerror}); use -o to write somewhere else"
        ) from None


def project_xml(
    score: Score, stems: Mapping[str, Path], facts: DawFacts, *, seconds: Fraction, samples: int
) -> ET.Element:
    """The ``<Project>`` element."""
    end = tick_of(score.tempo.beat_at(seconds))
    root = ET.Element("Project", version="1.0")
    ET.SubElement(root, "Application", name="Hitpoint", version=facts.version)
    _transport(root, score, end)
    structure = ET.SubElement(root, "Structure")
    for number, part in enumerate(score.parts):
        _track(structure, f"n{number}", part.name, "notes", part)
        if part.name in stems:
            _track(structure, f"s{number}", f"{part.name} (sound)", "audio", part)
    if score.chords:
        chords = {"contentType": "markers", "loaded": "true", "id": "chords", "name": "Chords"}
        ET.SubElement(structure, "Track", chords)
    _arrangement(root, score, stems, end, samples)
    ET.SubElement(root, "Scenes")
    return root


def _transport(root: ET.Element, score: Score, end: int) -> None:
    transport = ET.SubElement(root, "Transport")
    first = next(iter(tempo_events(score.tempo, end)))[1]
    bpm = {
        "max": "666",
        "min": "20",
        "unit": "bpm",
        "value": _number(60_000_000 / first),
        "id": "tempo",
        "name": "Tempo",
    }
    ET.SubElement(transport, "Tempo", bpm)
    metre = _metres(score)[0][1]
    signature = {"denominator": str(metre.denominator), "numerator": str(metre.numerator), "id": "metre"}
    ET.SubElement(transport, "TimeSignature", signature)


def _track(structure: ET.Element, id_: str, name: str, kind: str, part: Part) -> None:
    track = ET.SubElement(structure, "Track", contentType=kind, loaded="true", id=id_, name=name)
    channel = ET.SubElement(track, "Channel", audioChannels="2", role="regular", solo="false", id=f"c{id_}")
    is_muted = "true" if kind == "notes" else "false"  # so that sound and notes are not heard at once
    ET.SubElement(channel, "Mute", value=is_muted, id=f"m{id_}", name="Mute")
    pan = {
        "max": "1",
        "min": "0",
        "unit": "normalized",
        "value": _number((part.pan + 1) / 2),
        "id": f"p{id_}",
        "name": "Pan",
    }
    ET.SubElement(channel, "Pan", pan)
    ET.SubElement(channel, "Volume", max="2", min="0", unit="linear", value="1", id=f"v{id_}", name="Volume")


def _arrangement(root: ET.Element, score: Score, stems: Mapping[str, Path], end: int, samples: int) -> None:
    last = max(tick_of(score.tempo.beat_at(Fraction(samples, SAMPLE_RATE))), 1)
    arrangement = ET.SubElement(root, "Arrangement", id="arrangement")
    lanes = ET.SubElement(arrangement, "Lanes", timeUnit="beats", id="lanes")
    for number, part in enumerate(score.parts):
        _notes(lanes, f"n{number}", part, end)
        if part.name in stems:
            _sound(lanes, f"s{number}", part, end if last >= end - 1 else last, samples)
    if score.chords:
        lane = ET.SubElement(lanes, "Lanes", track="chords", id="lchords")
        _markers(lane, "markers", "names", score.chords, end)  # small in a lane, by the schema
    _markers(arrangement, "Markers", "markers", score.markers, end)
    tempo = ET.SubElement(arrangement, "TempoAutomation", timeUnit="beats", unit="bpm", id="tempi")
    ET.SubElement(tempo, "Target", parameter="tempo")
    for tick, microseconds in tempo_events(score.tempo, end):
        point = {"value": _number(60_000_000 / microseconds), "interpolation": "hold", "time": _beat(tick)}
        ET.SubElement(tempo, "RealPoint", point)
    metres = ET.SubElement(arrangement, "TimeSignatureAutomation", timeUnit="beats", id="metres")
    ET.SubElement(metres, "Target", parameter="metre")
    for beat, metre in _metres(score):
        point = {"numerator": str(metre.numerator), "denominator": str(metre.denominator), "time": _beat(tick_of(beat))}
        ET.SubElement(metres, "TimeSignaturePoint", point)


def _markers(parent: ET.Element, tag: str, id_: str, markers: Sequence[ScoreMarker], end: int) -> None:
    """Those before the end, as a list of their own; none if there is none, because the schema wants no empty list."""
    found = [(tick_of(marker.beat), marker.text) for marker in markers if tick_of(marker.beat) < end]
    if found:
        element = ET.SubElement(parent, tag, id=id_)
        for tick, text in found:
            ET.SubElement(element, "Marker", time=_beat(tick), name=text)


def _notes(lanes: ET.Element, track: str, part: Part, end: int) -> None:
    clips = ET.SubElement(ET.SubElement(lanes, "Lanes", track=track, id=f"l{track}"), "Clips", id=f"k{track}")
    clip = ET.SubElement(clips, "Clip", time="0", duration=_beat(end), playStart="0", name=part.name)
    notes = ET.SubElement(clip, "Notes", id=f"o{track}")
    channel = str(DRUM_CHANNEL if part.channel == DRUM_CHANNEL else 0)
    for note in without_overlap(part.notes):
        start = tick_of(note.start)
        stop = min(max(tick_of(note.end), start + 1), end)
        if start < stop:
            values = {"time": _beat(start), "duration": _beat(stop - start), "channel": channel, "key": str(note.pitch)}
            ET.SubElement(notes, "Note", {**values, "vel": _number(note.velocity / 127), "rel": "0.5"})


def _sound(lanes: ET.Element, track: str, part: Part, ticks: int, samples: int) -> None:
    clips = ET.SubElement(ET.SubElement(lanes, "Lanes", track=track, id=f"l{track}"), "Clips", id=f"k{track}")
    length = samples / SAMPLE_RATE
    clip = {
        "time": "0",
        "duration": _beat(ticks),
        "contentTimeUnit": "seconds",
        "playStart": "0",
        "name": part.name,
    }
    audio = {
        "channels": "2",
        "duration": _number(length),
        "sampleRate": str(SAMPLE_RATE),
        "algorithm": "raw",
        "id": f"a{track}",
    }
    sound = ET.SubElement(ET.SubElement(clips, "Clip", clip), "Audio", audio)
    ET.SubElement(sound, "File", path=_place(part.name), external="false")


def _metres(score: Score) -> Sequence[tuple[float, Metre]]:
    return score.metres or ((0.0, Metre(score.tempo.beats_per_bar, 4)),)


def _metadata(facts: DawFacts) -> ET.Element:
    root = ET.Element("MetaData")
    ET.SubElement(root, "Title").text = facts.title
    ET.SubElement(root, "Comment").text = facts.comment
    return root


def _place(name: str) -> str:
    return f"audio/{''.join(letter if letter.isalnum() else '_' for letter in name)}.wav"


def _beat(tick: int) -> str:
    """A tick as beats, written so that it is that tick again."""
    return _number(tick / TICKS_PER_BEAT)


def _number(value: float) -> str:
    return f"{value:.9f}".rstrip("0").rstrip(".") or "0"


def _text(root: ET.Element) -> bytes:
    ET.indent(root)
    found: bytes = ET.tostring(root, encoding="UTF-8", xml_declaration=True)
    return found


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _SAME_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
