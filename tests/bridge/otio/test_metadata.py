from __future__ import annotations

from typing import Any

import pytest

from hitpoint.bridge.otio.metadata import (
    Host,
    Place,
    clip_metadata,
    hosts_in,
    marker_metadata,
    ours_in,
    track_metadata,
    with_ours,
    without_ours,
)


def timeline(where: str, key: str) -> dict[str, Any]:
    clip = {"OTIO_SCHEMA": "Clip.2", "metadata": {key: {}} if where == "clip" else {}}
    track = {"OTIO_SCHEMA": "Track.1", "metadata": {key: {}} if where == "track" else {}, "children": [clip]}
    stack = {"OTIO_SCHEMA": "Stack.1", "metadata": {key: {}} if where == "stack" else {}, "children": [track]}
    return {"OTIO_SCHEMA": "Timeline.1", "metadata": {key: {}} if where == "timeline" else {}, "tracks": stack}


@pytest.mark.parametrize("where", ["timeline", "stack", "track", "clip"])
@pytest.mark.parametrize("host", list(Host))
def test_a_host_is_known_by_what_it_left(where: str, host: Host) -> None:
    assert hosts_in(timeline(where, host.value)) == (host,)


def test_a_file_of_nobody_has_no_host() -> None:
    assert hosts_in(timeline("timeline", "someone_else")) == ()
    assert hosts_in({"OTIO_SCHEMA": "Timeline.1", "metadata": None, "tracks": [3]}) == ()


def test_only_the_hosts_found_are_mirrored() -> None:
    assert track_metadata((Host.KDENLIVE,)) == clip_metadata(()) == {}
    assert set(track_metadata((Host.RESOLVE,))) == {"Resolve_OTIO"}
    assert clip_metadata((Host.PREMIERE,))["PremierePro_OTIO"]["AudioChannels"]["ChannelType"] == "Stereo"


def test_resolve_reads_a_marker_from_its_note() -> None:
    assert marker_metadata((Host.RESOLVE,), "Verse") == {"Resolve_OTIO": {"Note": "Verse"}}
    assert marker_metadata((Host.PREMIERE,), "Verse") == {}


def test_tables_cannot_be_changed_through_what_was_given() -> None:
    clip_metadata((Host.RESOLVE,))["Resolve_OTIO"]["Channels"].clear()
    assert len(clip_metadata((Host.RESOLVE,))["Resolve_OTIO"]["Channels"]) == 2


@pytest.mark.parametrize("theirs", [{}, {"b": 1, "a": 2}, None, [1]])
def test_ours_lies_beside_theirs(theirs: Any) -> None:
    node = {"metadata": with_ours(theirs, Place.TRACK, id="x")}
    assert ours_in(node, Place.TRACK) == {"schema": "hitpoint.track.1", "id": "x"}
    assert ours_in(node, Place.CLIP) is None
    assert without_ours(node["metadata"]) == (theirs if isinstance(theirs, dict) else {})


def test_a_newer_schema_is_still_ours() -> None:
    assert ours_in({"metadata": {"hitpoint": {"schema": "hitpoint.track.2"}}}, Place.TRACK) is not None


@pytest.mark.parametrize("damage", [None, [], "text", {"schema": 1}, {"schema": "hitpoint.tracks.1"}, {}])
def test_a_damaged_key_is_not_ours(damage: Any) -> None:
    assert ours_in({"metadata": {"hitpoint": damage}}, Place.TRACK) is None
