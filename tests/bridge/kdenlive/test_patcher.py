from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hitpoint.bridge.kdenlive.document import project_document
from hitpoint.bridge.kdenlive.marks import Mark, find_music
from hitpoint.bridge.kdenlive.patcher import MusicTrack, with_music_track
from hitpoint.bridge.kdenlive.project import Project
from hitpoint.bridge.kdenlive.removal import without_music_track
from hitpoint.bridge.writing.otio_music import scored_cue
from hitpoint.core.edit import Marker
from hitpoint.core.errors import EditWriteError

PROJECT = Path("/films/cut.kdenlive")
WAV = Path("/films/cut.music/cut_mix.wav")


def music(start=0, end=300, guides=(), **more):
    marked = tuple((guide.frame, guide.text) for guide in guides)
    mark = Mark("0123", "cut.music/cue.json", {"seed": 7}, marked)
    return MusicTrack(WAV, "Music", start, end, more.get("mark", mark), tuple(guides))


def test_pictures_and_mixes_are_those_of_before(edited, mlt):
    before = mlt.play(edited.content)
    after = mlt.play(with_music_track(edited.content, PROJECT, music()))
    assert after.frames == before.frames
    for frame in range(300):
        assert after.seen(frame) == before.seen(frame)
        assert after.heard(frame)[1:] == before.heard(frame)


@pytest.mark.parametrize(("start", "end"), [(0, 300), (25, 60)])
def test_the_music_sounds_from_its_first_frame_to_its_last(edited, mlt, start, end):
    after = mlt.play(with_music_track(edited.content, PROJECT, music(start, end)))
    heard = [[layer for layer, _ in after.heard(frame) if layer[0][0] == str(WAV)] for frame in range(300)]
    assert heard == [[((str(WAV), frame - start),)] if start <= frame < end else [] for frame in range(300)]


def test_every_place_that_counts_tracks_counts_the_new_one(edited, mlt):
    before, after = mlt.play(edited.content), mlt.play(with_music_track(edited.content, PROJECT, music()))
    moved = {"activeTrack": 1, "audioTarget": 0, "videoTarget": 1, "tracks": 1, "tracksCount": 1}
    assert {name: after.number(name) - before.number(name) for name in moved} == moved
    wipe = next(each for each in after.sequence.findall("transition") if after.property(each, "kdenlive_id") == "wipe")
    assert (after.property(wipe, "a_track"), after.property(wipe, "b_track")) == ("4", "5")
    assert [after.property(track, "kdenlive:track_name") for track in after.tracks[1:3]] == ["Music", "Sound"]


def test_every_group_leaf_names_the_same_clip_as_before(edited, mlt):
    before, after = mlt.play(edited.content), mlt.play(with_music_track(edited.content, PROJECT, music()))

    def clips(played, group):
        if "children" in group:
            return [clips(played, child) for child in group["children"]]
        track, frame, _ = (int(part) for part in group["data"].split(":"))
        return (track, frame) if track < 0 else played.layers(played.tracks[track + 1], frame)

    assert [clips(after, group) for group in after.groups()] == [clips(before, group) for group in before.groups()]
    assert after.groups() != before.groups()


def test_all_else_is_the_same_xml(edited):
    after = ET.fromstring(with_music_track(edited.content, PROJECT, music()))
    for parent in list(after.iter()):
        for child in [each for each in parent if "hitpoint" in (each.get("id") or each.get("producer") or "")]:
            parent.remove(child)
    counted = re.compile(r"activeTrack|videoTarget|tracks|tracksCount|groups|[ab]_track")

    def told(root):
        return [
            (
                each.tag,
                tuple(each.attrib.items()),
                "" if counted.search(each.get("name", "")) else (each.text or "").strip(),
            )
            for each in root.iter()
        ]

    assert told(after) == told(ET.fromstring(edited.content))


def test_the_names_and_numbers_given_are_free(edited, mlt):
    edited.file("chain_hitpoint0", kdenlive__id=77)
    after = mlt.play(with_music_track(edited.content, PROJECT, music()))
    ids = [each.get("id") for each in after.root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert after.property(after.named["chain_hitpoint1"], "kdenlive:id") == "78"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(0, 200), st.integers(1, 100), st.lists(st.tuples(st.integers(0, 299), st.text(max_size=9)), max_size=3)
)
def test_what_was_put_in_comes_out_again_byte_for_byte(edited, start, length, guides):
    marks = [Marker(frame, 1, re.sub(r"[^\w <&\"']", "", text)) for frame, text in guides]
    scored = with_music_track(edited.content, PROJECT, music(start, start + length, marks))
    assert without_music_track(scored, PROJECT) == edited.content
    assert with_music_track(scored, PROJECT, music(start, start + length, marks)) == scored


def test_longer_music_makes_the_timeline_longer(edited, mlt):
    edited.sequence["maxduration"] = 300
    after = mlt.play(with_music_track(edited.content, PROJECT, music(0, 400)))
    assert after.frames == 400
    assert [after.time(each.get("out")) for each in (after.root[-1], after.root[-1].find("track"))] == [399, 399]
    assert after.property(after.sequence, "kdenlive:duration") == "00:00:16.000"


def test_guides_are_added_in_order_and_the_editors_stay(edited, mlt):
    edited.sequence["guides"] = json.dumps([{"comment": "door", "pos": 50, "type": 2}])
    guides = (Marker(10, 1, "Intro"), Marker(90, 1, "Peak"))
    scored = with_music_track(edited.content, PROJECT, music(guides=guides))
    after = mlt.play(scored)
    listed = json.loads(after.property(after.sequence, "kdenlive:sequenceproperties.guides"))
    assert [(guide["pos"], guide["comment"]) for guide in listed] == [(10, "Intro"), (50, "door"), (90, "Peak")]
    document, _ = project_document(scored, PROJECT)
    ours = ["hitpoint" in marker["metadata"] for marker in document["tracks"]["markers"]]
    assert ours == [True, False, True]


def test_clips_that_an_editor_put_on_our_track_stay(edited, mlt):
    scored = with_music_track(edited.content, PROJECT, music(0, 100)).replace(
        b'   <property name="kdenlive:id">6</property>\n  </entry>',
        b'   <property name="kdenlive:id">6</property>\n  </entry>\n  <entry in="00:00:04.000" out="00:00:04.960" '
        b'producer="voice"/>',
    )
    after = mlt.play(without_music_track(scored, PROJECT))
    assert next(layer for layer, _ in after.heard(110)) == (("/films/voice.wav", 110),)
    assert all(layer[0][0] != str(WAV) for layer, _ in after.heard(50))


def test_music_that_lost_its_mark_is_known_by_its_file(edited, mlt):
    scored = with_music_track(edited.content, PROJECT, music())
    stripped = re.sub(rb'\s*<property name="kdenlive:hitpoint">.*?</property>', b"", scored).replace(b"hitpoint", b"x")
    assert without_music_track(stripped, PROJECT) == edited.content.replace(b"hitpoint", b"x")


def test_the_cue_is_found_in_the_project(edited):
    document, _ = project_document(with_music_track(edited.content, PROJECT, music()), PROJECT)
    assert scored_cue(document) == "cut.music/cue.json"


def test_a_clip_of_ours_in_a_group_leaves_it(edited, mlt):
    scored = with_music_track(edited.content, PROJECT, music())
    played = mlt.play(scored)
    leaves = [{"data": f"{track}:0:-1", "leaf": "clip", "type": "Leaf"} for track in (0, 1)]
    groups = json.dumps([{"children": leaves, "type": "Normal"}, *played.groups()]).replace('"', "&quot;").encode()
    grouped = re.sub(rb'(groups">)[^<]*', lambda found: found[1] + groups, scored)
    assert mlt.play(without_music_track(grouped, PROJECT)).groups() == mlt.play(edited.content).groups()


def test_projects_of_a_format_never_tried_are_refused(edited):
    edited.document["version"] = "1.04"
    with pytest.raises(EditWriteError, match=r"1\.04"):
        with_music_track(edited.content, PROJECT, music())


def test_relative_files_are_found_from_another_folder(edited, tmp_path):
    content = edited.content.replace(b'root="/films"', b'root=""')
    scored = with_music_track(content, tmp_path / "cut.kdenlive", music(), tmp_path / "out")
    assert ET.fromstring(scored).get("root") == str(tmp_path)


def another(number, start, end):
    mark = Mark(f"id{number}", f"c{number}.music/cue.json", {"seed": number}, ())
    return MusicTrack(Path(f"/films/c{number}.music/c{number}_mix.wav"), "Music", start, end, mark)


def test_a_second_cue_lies_on_the_track_of_the_first(edited, mlt):
    one = with_music_track(edited.content, PROJECT, another(1, 10, 60))
    two = with_music_track(one, PROJECT, another(2, 80, 120), kept=["id1"])
    three = with_music_track(two, PROJECT, another(3, 62, 78), kept=["id1", "id2"])
    tracks = (
        [len(mlt.play(content).tracks) for content in (one, two, three)] if hasattr(mlt.play(one), "tracks") else []
    )
    assert len(set(tracks)) <= 1
    document, _ = project_document(three, PROJECT)
    music_track = next(t for t in document["tracks"]["children"] if "hitpoint" in t["metadata"])
    names = [item["metadata"]["hitpoint"]["id"] for item in music_track["children"] if item["metadata"]]
    assert names == ["id1", "id3", "id2"]
    frames = [int(item["source_range"]["duration"]["value"]) for item in music_track["children"]]
    assert frames == [10, 50, 2, 16, 2, 40]


def test_a_cue_over_another_has_a_track_of_its_own(edited):
    one = with_music_track(edited.content, PROJECT, another(1, 10, 60))
    two = with_music_track(one, PROJECT, another(2, 50, 120), kept=["id1"])
    document, _ = project_document(two, PROJECT)
    assert sum("hitpoint" in track["metadata"] for track in document["tracks"]["children"]) == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.integers(0, 240), st.integers(1, 60)), min_size=1, max_size=4),  # inside the timeline
    st.sets(st.integers(0, 3)),
)
def test_of_many_cues_all_come_out_again_byte_for_byte(edited, places, kept):
    content = edited.content
    for number, (start, length) in enumerate(places):
        content = with_music_track(
            content, PROJECT, another(number, start, start + length), kept=[f"id{n}" for n in range(number)]
        )
    some = without_music_track(content, PROJECT, [f"id{n}" for n in kept])
    found = find_music(Project(some, "cut"), PROJECT.parent)
    assert {mark.id for mark in found.marks} == {f"id{n}" for n in kept if n < len(places)} if found else True
    assert without_music_track(some, PROJECT) == edited.content
