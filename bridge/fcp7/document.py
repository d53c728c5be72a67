"""A file of Final Cut Pro 7 XML as the document of an edit, so that it takes the same road as every .otio file."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from hitpoint.bridge.exchange import nodes
from hitpoint.bridge.exchange.damage import told_damage
from hitpoint.bridge.exchange.xml_text import Element, child, parsed_xml, text
from hitpoint.bridge.fcp7.clips import Definitions
from hitpoint.bridge.fcp7.damaged_times import damaged_times
from hitpoint.bridge.fcp7.rates import rate_of, timecode_frame
from hitpoint.bridge.fcp7.sequences import Build, marks_of, sequence_tracks
from hitpoint.bridge.otio.otio_json import Node
from hitpoint.core.errors import EditReadError
from hitpoint.core.timebase import FrameRate

_ASSUMED = FrameRate(Fraction(25))


def fcp7_document(content: bytes, path: Path, rate: FrameRate | None = None) -> tuple[Node, list[str]]:
    """The document of a file's main sequence, and warnings for the editor.

    Args:
        content: of the file.
        path: of the file.
        rate: of the sequence, if the file does not tell it.

    Raises:
        EditReadError: if it is no such XML, damaged, or holds no sequence.
    """
    root = parsed_xml(content, path.name)
    if root.tag != "xmeml":
        raise EditReadError(f"{path.name} is no Final Cut Pro 7 XML: its root is <{root.tag[:40]}>; export it again")
    sequences = [each for each in root.iter("sequence") if child(each, "media") is not None]
    if not sequences:
        raise EditReadError(f"{path.name} holds no sequence with tracks: export a sequence, not a clip")
    sequence = main_sequence(sequences)
    told = told_damage(path.name, damaged_times(root))
    own = _rate(sequence, rate, path, told)
    build = Build(Definitions(root), own, told)
    build.built[sequence] = None  # it cannot lie inside itself
    tracks = sequence_tracks(sequence, build)
    told += _lost(build.lost)
    others = [each for each in outer_sequences(sequences) if each is not sequence]
    if others:
        told.append(f"{path.name} holds several sequences; the first, {text(sequence, 'name')!r}, was taken")
    frame, counted, is_drop = timecode_frame(sequence, own)
    marks = [nodes.marker(mark.start, mark.length, mark.text, mark.color, own) for mark in marks_of(sequence, own)]
    document = nodes.timeline(
        text(sequence, "name") or path.stem,
        tracks,
        own,
        start=counted.seconds(frame),
        is_drop_frame=is_drop,
        markers=marks,
    )
    return document, list(dict.fromkeys(told))


def main_sequence(sequences: Sequence[Element]) -> Element:
    """The sequence that is the edit: the first that lies in no other one."""
    return next(iter(outer_sequences(sequences)), sequences[0])


def outer_sequences(sequences: Sequence[Element]) -> list[Element]:
    """The sequences of a file that are not clips of other ones."""
    inside = {
        id(nested) if len(nested) else nested.get("id")
        for sequence in sequences
        for item in sequence.iter("clipitem")
        for nested in item.iterfind("sequence")
    }
    return [each for each in sequences if id(each) not in inside and (each.get("id") or each) not in inside]


def _rate(sequence: Element, told_rate: FrameRate | None, path: Path, told: list[str]) -> FrameRate:
    places = (sequence, child(sequence, "media", "video", "format", "samplecharacteristics"))
    rates = [rate_of(each) for each in places] + [told_rate]
    rates += [rate_of(next(sequence.iter("clipitem"), None))]
    found = next((each for each in rates if each is not None), None)
    if found is None:
        told.append(f"{path.name} tells no frame rate; {_ASSUMED} frames a second were assumed: give it with --rate")
    return found or _ASSUMED


def _lost(names: Sequence[str]) -> list[str]:
    """The warning on items without a place; one sentence for all."""
    if not names:
        return []
    first = ", ".join(repr(name[:60]) for name in dict.fromkeys(names[:3]))
    if len(names) == 1:
        return [f"{first} ends before it starts, or lies nowhere, and was left out: look at it in the host"]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return [f"{first}{more} end before they start, or lie nowhere, and were left out: look at them in the host"]
