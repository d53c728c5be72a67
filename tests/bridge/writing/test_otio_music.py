"""Several cues in one document: each has its clip, none lies on another, and what is kept stays as it is."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.bridge.otio.otio_json import Node
from hitpoint.bridge.writing.music_clip import MusicClip
from hitpoint.bridge.writing.otio_music import music_clips, remove_music, with_music
from hitpoint.bridge.writing.timeline_writer import with_cues
from hitpoint.core.timebase import FrameRate

PAL = FrameRate(Fraction(25))
Place = tuple[int, int]


def document() -> Node:
    span = {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": {"OTIO_SCHEMA": "RationalTime.1", "value": 0, "rate": 25},
        "duration": {"OTIO_SCHEMA": "RationalTime.1", "value": 1000, "rate": 25},
    }
    shot = {"OTIO_SCHEMA": "Clip.2", "name": "a", "source_range": span, "media_references": {}}
    track = {"OTIO_SCHEMA": "Track.1", "name": "V1", "kind": "Video", "children": [shot]}
    stack = {"OTIO_SCHEMA": "Stack.1", "name": "tracks", "children": [track]}
    return {"OTIO_SCHEMA": "Timeline.1", "name": "cut", "metadata": {}, "tracks": stack}


def clip(number: int, place: Place) -> MusicClip:
    name = f"c{number}"
    return MusicClip(Path(f"/x.music/{name}_mix.wav"), name, PAL, *place, {"seed": number}, cue=f"x.music/{name}.json")


def places(found: Node) -> dict[str, list[Place]]:
    """Where our clips lie by their names, counted along their tracks."""
    result: dict[str, list[Place]] = {}
    for track in found["tracks"]["children"]:
        at = 0
        for item in track["children"]:
            frames = int(item["source_range"]["duration"]["value"])
            if item["OTIO_SCHEMA"] != "Gap.1" and track["kind"] == "Audio":
                result.setdefault(item["name"], []).append((at, at + frames))
            at += frames
    return result


def ids(found: Node) -> dict[str, str]:
    return {each["name"]: each["metadata"]["hitpoint"]["id"] for each in music_clips(found)}


stretches = st.lists(
    st.tuples(st.integers(0, 900), st.integers(1, 200)).map(lambda p: (p[0], p[0] + p[1])), min_size=1, max_size=6
)


@given(stretches)
def test_each_cue_lies_where_it_belongs(wanted: list[Place]) -> None:
    found = with_cues(document(), [clip(number, place) for number, place in enumerate(wanted)])
    assert places(found) == {f"c{number}": [place] for number, place in enumerate(wanted)}


@given(stretches)
def test_cues_that_do_not_overlap_share_one_track(wanted: list[Place]) -> None:
    edges = sorted({edge for place in wanted for edge in place})
    apart = list(zip(edges[::2], edges[1::2], strict=False))
    found = with_cues(document(), [clip(number, place) for number, place in enumerate(apart)])
    assert [track["kind"] for track in found["tracks"]["children"]] == ["Video", "Audio"]


@given(stretches, st.data())
def test_what_is_kept_stays_byte_for_byte(wanted: list[Place], data: st.DataObject) -> None:
    first = with_cues(document(), [clip(number, place) for number, place in enumerate(wanted)])
    known = ids(first)
    kept = data.draw(st.sets(st.sampled_from(sorted(known))))
    second = with_music(first, clip(99, (0, 1000)), [known[name] for name in kept])
    before: dict[str, Any] = {each["name"]: each for each in music_clips(first)}
    after: dict[str, Any] = {each["name"]: each for each in music_clips(second)}
    assert set(after) == kept | {"c99"}
    assert all(after[name] == before[name] for name in kept)
    assert {name: place for name, place in places(second).items() if name in kept} == {
        name: place for name, place in places(first).items() if name in kept
    }


@given(stretches)
def test_taking_all_music_out_gives_the_edit_back(wanted: list[Place]) -> None:
    scored = with_cues(document(), [clip(number, place) for number, place in enumerate(wanted)])
    assert remove_music(scored) == document()
