"""A file of FCPXML as the document of an edit, so that it takes the same road as every .otio file."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from hitpoint.bridge.exchange import nodes
from hitpoint.bridge.exchange.damage import told_damage
from hitpoint.bridge.exchange.xml_text import Element, child, new_element, parsed_xml
from hitpoint.bridge.fcpxml.damaged_times import damaged_times
from hitpoint.bridge.fcpxml.resources import Resources, seconds
from hitpoint.bridge.fcpxml.stories import Build, sequence_tracks
from hitpoint.bridge.fcpxml.story import ELEMENTS
from hitpoint.bridge.otio.otio_json import Node
from hitpoint.core.errors import EditReadError
from hitpoint.core.timebase import FrameRate

BUNDLE_SUFFIX = ".fcpxmld"
_INSIDE = "Info.fcpxml"
_ASSUMED = FrameRate(Fraction(25))


def fcpxml_file(path: Path) -> Path:
    """The XML of a file or of an ``.fcpxmld`` bundle, which is a folder."""
    if not path.is_dir():
        return path
    found = sorted(path.glob("*.fcpxml"))
    return next((each for each in found if each.name == _INSIDE), found[0] if found else path / _INSIDE)


def fcpxml_document(content: bytes, path: Path, rate: FrameRate | None = None) -> tuple[Node, list[str]]:
    """The document of a file's first project, and warnings for the editor.

    Args:
        content: of the file.
        path: of the file or bundle.
        rate: of the project, if the file does not tell it.

    Raises:
        EditReadError: if it is no such XML, damaged, or holds no project.
    """
    root = parsed_xml(content, path.name)
    if root.tag != "fcpxml":
        raise EditReadError(f"{path.name} is no FCPXML: its root is <{root.tag[:40]}>; export it again")
    resources = Resources(root)
    sequences = _sequences(root, resources)
    if not sequences:
        raise EditReadError(f"{path.name} holds no project: export a project, not clips or an event")
    name, sequence = sequences[0]
    told = told_damage(path.name, damaged_times(root))
    if len(sequences) > 1 and child(root, "project") is None:
        told.append(f"{path.name} holds several projects; the first, {name!r}, was taken")
    own = _rate(sequence, resources, rate, path, told)
    build = Build(resources, own, told)
    tracks = sequence_tracks(sequence, build)
    document = nodes.timeline(
        name or path.stem,
        [*tracks.video, *tracks.audio],
        own,
        start=max(seconds(sequence.get("tcStart")), Fraction(0)),
        is_drop_frame=sequence.get("tcFormat") == "DF",
        markers=[nodes.marker(mark.start, mark.length, mark.text, mark.color, own) for mark in tracks.marks],
    )
    return document, list(dict.fromkeys(told))


def _sequences(root: Element, resources: Resources) -> list[tuple[str, Element]]:
    """The sequences of all projects with their names; without a project, those of compound clips and clips alone."""
    projects = [(project.get("name", ""), child(project, "sequence")) for project in root.iter("project")]
    found = [(name, sequence) for name, sequence in projects if sequence is not None]
    alone = [each for holder in (root, *root.iter("event")) for each in holder if each.tag in ELEMENTS]
    return found or [("", each) for each in resources.sequences()] or [(e.get("name", ""), _around(e)) for e in alone]


def _around(clip: Element) -> Element:
    """A sequence that holds one clip."""
    sequence = new_element("sequence", {"format": clip.get("format", "")})
    spine = new_element("spine", {})
    spine.append(clip)
    sequence.append(spine)
    return sequence


def _rate(sequence: Element, resources: Resources, given: FrameRate | None, path: Path, told: list[str]) -> FrameRate:
    """The rate of the sequence's format; else the one given, else that of the first media with one."""
    found = resources.rate(sequence.get("format")) or given or _media_rate(sequence.iter(), resources)
    if found is None:
        told.append(f"{path.name} tells no frame rate; {_ASSUMED} frames a second were assumed: give it with --rate")
    return found or _ASSUMED


def _media_rate(elements: Iterable[Element], resources: Resources) -> FrameRate | None:
    for element in elements:
        asset = resources.get(element.get("ref"))
        formats = [element.get("format"), asset.get("format") if asset is not None else None]
        found = next((rate for each in formats if (rate := resources.rate(each)) is not None), None)
        if found is not None:
            return found
    return None
