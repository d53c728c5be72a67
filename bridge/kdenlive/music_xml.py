"""The XML of a music track, as Kdenlive 26.08 writes one: a chain for the file, two playlists, a tractor, and a mix.

The mix is what makes MLT sum the track's sound with the others'; Kdenlive adds one for each audio track.
"""

from __future__ import annotations

from collections.abc import Sequence

from hitpoint.bridge.kdenlive.project import Project
from hitpoint.bridge.xml_tree import Element, escaped

_MIX = (
    ("mlt_service", "mix"),
    ("kdenlive_id", "mix"),
    ("internal_added", "237"),
    ("always_active", "1"),
    ("accepts_blanks", "1"),
    ("sum", "1"),
)

Properties = Sequence[tuple[str, str]]


def chain_xml(id_: str, frames: int, properties: Properties, project: Project) -> str:
    """The sound file; ``frames`` is its length."""
    common = (
        ("length", str(frames)),
        ("eof", "pause"),
        ("mlt_service", "avformat"),
        ("seekable", "1"),
        ("audio_index", "0"),
        ("video_index", "-1"),
        ("astream", "0"),
        ("kdenlive:folderid", "-1"),
        ("kdenlive:clip_type", "1"),
    )
    attributes = f'id="{escaped(id_)}" out="{project.clock(frames - 1)}"'
    return _element("chain", attributes, _property_lines((*common, *properties)), 1)


def playlists_xml(ids: tuple[str, str], chain: str, kdenlive_id: str, start: int, frames: int, project: Project) -> str:
    """The playlist with the music from a frame on, and the empty one that every track has for mixes."""
    blank = [blank_xml(start, project)] if start else []
    entry = entry_xml(chain, kdenlive_id, frames, project)
    first = _element("playlist", f'id="{escaped(ids[0])}"', [*blank, *entry], 1)
    return f'{first}\n <playlist id="{escaped(ids[1])}"/>'


def blank_xml(frames: int, project: Project) -> str:
    """A gap."""
    return f'<blank length="{project.clock(frames)}"/>'


def entry_xml(chain: str, kdenlive_id: str, frames: int, project: Project) -> tuple[str, ...]:
    """The use of a whole sound on a track, line by line."""
    return (
        f'<entry in="{project.clock(0)}" out="{project.clock(frames - 1)}" producer="{escaped(chain)}">',
        f' <property name="kdenlive:id">{escaped(kdenlive_id)}</property>',
        "</entry>",
    )


def tractor_xml(id_: str, playlists: tuple[str, str], name: str, end: int, project: Project) -> str:
    """The track itself; ``end`` is the first frame after its last clip."""
    properties = (
        ("kdenlive:track_name", name),
        ("kdenlive:audio_track", "1"),
        ("kdenlive:trackheight", "75"),
        ("kdenlive:timeline_active", "1"),
    )
    tracks = [f'<track hide="video" producer="{escaped(playlist)}"/>' for playlist in playlists]
    attributes = f'id="{escaped(id_)}" in="{project.clock(0)}" out="{project.clock(end - 1)}"'
    return _element("tractor", attributes, [*_property_lines(properties), *tracks], 1)


def mix_xml(id_: str, index: int, like: Element | None) -> str:
    """The transition that sums a track with those below; ``like`` is that of another track in the same sequence."""
    properties: Properties = _MIX
    if like is not None:
        told = [(each.get("name"), each.text) for each in like.all("property")]
        properties = [(name, text) for name, text in told if name not in ("a_track", "b_track")]
    lines = _property_lines((("a_track", "0"), ("b_track", str(index)), *properties))
    return _element("transition", f'id="{escaped(id_)}"', lines, 2)


def _property_lines(properties: Properties) -> list[str]:
    return [
        f'<property name="{escaped(name)}">{escaped(text)}</property>'
        if text
        else f'<property name="{escaped(name)}"/>'
        for name, text in properties
    ]


def _element(tag: str, attributes: str, lines: Sequence[str], depth: int) -> str:
    """An element over several lines, a space for each level, the first line without."""
    inside = "".join(f"\n{' ' * (depth + 1)}{line}" for line in lines)
    return f"<{tag} {attributes}>{inside}\n{' ' * depth}</{tag}>"
