"""What hosts expect to find under ``metadata``, and what we keep there ourselves.

A host's keys are only written into files in which that host has left its own: the shapes are those of genuine exports
of DaVinci Resolve 21 and Premiere Pro 25.6; Kdenlive writes none on tracks and clips.

Ours lie under one key, ``hitpoint``, each with a schema of its own::

    timeline  {"schema": "hitpoint.timeline.1", "id": ..., "cue": "cut_hitpoint.music/cue.json"}
    track     {"schema": "hitpoint.track.1", "id": ..., "state": {...}}
    clip      {"schema": "hitpoint.clip.1", "id": ...}
    marker    {"schema": "hitpoint.marker.1", "id": ...}
    track     {"schema": "hitpoint.film.1"}  of pictures that we drew
"""

from __future__ import annotations

import copy
from enum import Enum
from typing import Any

from hitpoint.bridge.otio.otio_json import Node, children_of, object_in

OURS = "hitpoint"


class Host(Enum):
    """A program that leaves its mark in the files it writes; the value is its key under ``metadata``."""

    RESOLVE = "Resolve_OTIO"
    PREMIERE = "PremierePro_OTIO"
    KDENLIVE = "kdenlive"


class Place(Enum):
    """Where our data lies; the value is its schema."""

    TIMELINE = "hitpoint.timeline.1"
    TRACK = "hitpoint.track.1"
    CLIP = "hitpoint.clip.1"
    MARKER = "hitpoint.marker.1"
    FILM = "hitpoint.film.1"


_STEREO_TRACK: dict[Host, Node] = {
    Host.RESOLVE: {"Audio Type": "Stereo", "Locked": False, "SoloOn": False},
    Host.PREMIERE: {"AudioChannels": {"ChannelType": "Stereo", "NumberOfChannels": 2}},
}
_STEREO_CLIP: dict[Host, Node] = {
    Host.RESOLVE: {
        "Channels": [
            {"Source Channel ID": 0, "Source Track ID": 0},
            {"Source Channel ID": 1, "Source Track ID": 0},
        ]
    },
    Host.PREMIERE: {
        "AudioChannels": {
            "ChannelType": "Stereo",
            "SecondaryAssignments": [{"SecondaryChannelIndex": 0}, {"SecondaryChannelIndex": 1}],
        },
        "OriginalChannelGroupIndex": 0,
        "SourceClipIndex": 0,
    },
}


def hosts_in(timeline: Node) -> tuple[Host, ...]:
    """The hosts that have left metadata on the timeline, its stack, tracks or their items."""
    stack = object_in(timeline, "tracks")
    tracks = children_of(stack)
    items = [item for track in tracks for item in children_of(track)]
    found = [object_in(node, "metadata") for node in (timeline, stack, *tracks, *items)]
    return tuple(host for host in Host if any(host.value in metadata for metadata in found))


def track_metadata(hosts: tuple[Host, ...]) -> Node:
    """What the hosts say of a stereo track."""
    return _for_hosts(_STEREO_TRACK, hosts)


def clip_metadata(hosts: tuple[Host, ...]) -> Node:
    """What the hosts say of a clip with both channels of a stereo file."""
    return _for_hosts(_STEREO_CLIP, hosts)


def marker_metadata(hosts: tuple[Host, ...], text: str) -> Node:
    """Resolve reads a marker's text from its own note and nowhere else."""
    return {Host.RESOLVE.value: {"Note": text}} if Host.RESOLVE in hosts else {}


def with_ours(metadata: Any, place: Place, **values: Any) -> Node:
    """A copy of ``metadata`` (anything but an object counts as empty) that holds our values for that place."""
    kept = without_ours(metadata) if isinstance(metadata, dict) else {}
    return {**kept, OURS: {"schema": place.value, **values}}


def without_ours(metadata: Node) -> Node:
    """A copy of ``metadata`` in which nothing is ours."""
    return {key: value for key, value in metadata.items() if key != OURS}


def ours_in(node: Node, place: Place) -> Node | None:
    """Our values on a timeline, track, clip or marker, of this or a newer version; None if it is not ours."""
    ours = object_in(node, "metadata", OURS)
    schema = ours.get("schema")
    family = place.value.rpartition(".")[0]
    return ours if isinstance(schema, str) and schema.rpartition(".")[0] == family else None


def _for_hosts(table: dict[Host, Node], hosts: tuple[Host, ...]) -> Node:
    return {host.value: copy.deepcopy(table[host]) for host in hosts if host in table}
