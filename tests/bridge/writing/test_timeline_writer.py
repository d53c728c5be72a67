from __future__ import annotations

import copy
import dataclasses
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.bridge.writing.bundle_writer import bundled_names
from hitpoint.bridge.writing.music_clip import MusicClip
from hitpoint.bridge.writing.otio_music import remove_music, scored_cue, scored_state, with_music
from hitpoint.bridge.writing.timeline_writer import renamed, write_scored_timeline
from hitpoint.core.edit import Marker
from hitpoint.core.errors import EditReadError, EditWriteError
from hitpoint.core.files.output import Outputs
from hitpoint.core.timebase import FrameRate

Node = dict[str, Any]
PAL = FrameRate(Fraction(25))
FILM = FrameRate(Fraction(24000, 1001))


def time_of(value: float, rate: float) -> Node:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": rate, "value": value}


def range_of(start: float, frames: float, rate: float) -> Node:
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": time_of(start, rate),
        "duration": time_of(frames, rate),
    }


def clip(url: str = "/films/a b.mov", rate: float = 25.0, metadata: Node | None = None) -> Node:
    reference = {"OTIO_SCHEMA": "ExternalReference.1", "metadata": {}, "name": "", "target_url": url}
    return {
        "OTIO_SCHEMA": "Clip.2",
        "metadata": metadata or {},
        "name": "a",
        "source_range": range_of(0, 100, rate),
        "media_references": {"DEFAULT_MEDIA": reference},
        "active_media_reference_key": "DEFAULT_MEDIA",
    }


def track(kind: str, *children: Node) -> Node:
    return {"OTIO_SCHEMA": "Track.1", "metadata": {}, "name": kind, "kind": kind, "children": list(children)}


def timeline(*tracks: Node, **more: Any) -> Node:
    stack = {"OTIO_SCHEMA": "Stack.1", "metadata": {}, "name": "tracks", "markers": [], "children": list(tracks)}
    return {"OTIO_SCHEMA": "Timeline.1", "metadata": {}, "name": "cut", "tracks": stack, **more}


def music(**more: Any) -> MusicClip:
    values = {"wav": Path("/films/ü 1%.wav"), "name": "ü 1%.wav", "rate": PAL, "start_frame": 0, "end_frame": 90}
    return MusicClip(**{**values, "state": {"seed": 7}, **more})


def music_track_of(document: Node) -> Node:
    found = [each for each in document["tracks"]["children"] if "hitpoint" in each["metadata"]]
    assert len(found) == 1
    return found[0]


def url_of(document: Node) -> str:
    reference = music_track_of(document)["children"][-1]["media_references"]["DEFAULT_MEDIA"]
    return str(reference["target_url"])


def opened(document: Node) -> otio.schema.Timeline:
    return otio.adapters.read_from_string(json.dumps(document), "otio_json")


odd_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=5,
)
odd_nodes = st.dictionaries(st.sampled_from(["OTIO_SCHEMA", "metadata", "kind", "children", "rate", "x"]), odd_values)
tracks = st.builds(
    track,
    st.sampled_from(["Video", "Audio", "Subtitle"]),
    st.sampled_from([clip(), clip("file:///a%20b.mov"), clip("C:\\a.mov", 24.0)]),
)
documents = st.builds(
    lambda tracks, odd, metadata, wrapped: _wrapped(timeline(*tracks, *odd, metadata=metadata), wrapped),
    st.lists(tracks, max_size=4),
    st.lists(odd_nodes, max_size=2),
    st.dictionaries(st.text(max_size=4), odd_values, max_size=3),
    st.booleans(),
)
clips_of_music = st.builds(
    music,
    start_frame=st.integers(0, 10),
    end_frame=st.integers(11, 99),
    rate=st.sampled_from([PAL, FILM]),
    state=st.dictionaries(st.text(max_size=4), st.integers() | st.text(max_size=4), max_size=3),
    section_markers=st.lists(st.builds(Marker, st.integers(0, 99), st.integers(1, 5), st.text(max_size=4))).map(tuple),
    cue=st.sampled_from(["", "a.music/cue.json"]),
)


def _wrapped(document: Node, wrapped: bool) -> Node:
    if not wrapped:
        return document
    clips = {"OTIO_SCHEMA": "SerializableCollection.1", "metadata": {}, "name": "", "children": [clip()]}
    return {**clips, "children": [clips, {**clips, "children": [document]}]}


@given(documents, clips_of_music)
def test_taking_the_music_away_gives_the_edit_back(document: Node, first: MusicClip) -> None:
    assert json.dumps(remove_music(with_music(document, first))) == json.dumps(document)


@given(documents, clips_of_music, clips_of_music)
def test_scoring_again_is_scoring_once(document: Node, first: MusicClip, second: MusicClip) -> None:
    again = with_music(with_music(document, first), second)
    assert json.dumps(again) == json.dumps(with_music(document, second))


@given(documents, clips_of_music)
def test_the_document_given_is_not_changed(document: Node, first: MusicClip) -> None:
    before = copy.deepcopy(document)
    remove_music(with_music(document, first))
    assert document == before


@given(documents, clips_of_music)
def test_state_and_cue_are_found_again(document: Node, first: MusicClip) -> None:
    scored = with_music(document, first)
    assert scored_state(scored) == first.state
    assert scored_cue(scored) == (first.cue or None)
    assert scored_state(document) is None


def test_an_edit_without_our_music_has_no_cue() -> None:
    assert scored_cue(timeline()) is None


@pytest.mark.parametrize(
    ("kinds", "place"),
    [
        (["Video"], 1),
        (["Video", "Video", "Audio", "Audio"], 4),
        (["Audio", "Video"], 1),
        (["Video", "Audio", "Subtitle"], 2),
        ([], 0),
    ],
)
def test_music_comes_after_the_last_audio_track(kinds: list[str], place: int) -> None:
    scored = with_music(timeline(*(track(kind, clip()) for kind in kinds)), music())
    assert scored["tracks"]["children"].index(music_track_of(scored)) == place


@pytest.mark.parametrize("start", [0, 1, 40])
def test_music_lies_where_it_should_in_the_library_too(start: int) -> None:
    scored = opened(with_music(timeline(track("Video", clip())), music(start_frame=start)))
    added = scored.audio_tracks()[0].find_clips()[0]
    expected = otio.opentime.TimeRange(
        otio.opentime.RationalTime(start, 25.0), otio.opentime.RationalTime(90 - start, 25.0)
    )
    assert added.range_in_parent() == expected
    assert added.source_range.start_time.value == 0
    assert added.available_range() == added.source_range
    assert len(added.parent()) == (1 if start == 0 else 2)


def test_a_trimmed_stack_shifts_the_music() -> None:
    document = timeline(track("Video", clip()))
    document["tracks"]["source_range"] = range_of(24, 48, 24.0)
    gap = music_track_of(with_music(document, music()))["children"][0]
    assert gap["source_range"] == range_of(0.0, 25.0, 25.0)


@pytest.mark.parametrize(
    ("written", "rate"),
    [
        (23.976024627685547, FILM),
        (23.976, FILM),
        (23.98, FILM),
        (29.97002997002997, FrameRate(Fraction(30000, 1001))),
        (30, FrameRate(Fraction(30))),
        (25.0, PAL),
    ],
)
def test_times_have_the_number_that_the_file_has(written: float, rate: FrameRate) -> None:
    sound = {**clip(), "source_range": range_of(0, 48000 * 4, 48000.0)}
    document = timeline(track("Video", clip(rate=written)), track("Audio", sound))
    duration = music_track_of(with_music(document, music(rate=rate)))["children"][0]["source_range"]["duration"]
    assert json.dumps([duration["rate"], duration["value"]]) == json.dumps([written, type(written)(90)])


def test_a_rate_that_stands_nowhere_is_exact() -> None:
    clip_added = music_track_of(with_music(timeline(), music(rate=FILM)))["children"][0]
    assert clip_added["source_range"]["duration"]["rate"] == 24000 / 1001


@pytest.mark.parametrize(
    ("urls", "key", "expected"),
    [
        ([], "", "/films/ü 1%.wav"),
        (["/a b.mov", "file:///a.mov"], "", "/films/ü 1%.wav"),
        (["file:///a%20b.mov", "file:///c.mov", "/d.mov"], "", "file:///films/%C3%BC%201%25.wav"),
        (["/a.mov"], "PremierePro_OTIO", "file:///films/%C3%BC%201%25.wav"),
        (["file:///a.mov"], "Resolve_OTIO", "/films/ü 1%.wav"),
        (["file:///a.mov"], "kdenlive", "/films/ü 1%.wav"),
    ],
    ids=["no media", "mixed", "urls", "Premiere", "Resolve", "Kdenlive"],
)
def test_the_path_is_written_as_the_host_reads_it(urls: list[str], key: str, expected: str) -> None:
    document = timeline(track("Video", *(clip(url) for url in urls)), metadata={key: {}} if key else {})
    assert url_of(with_music(document, music())) == expected


def test_a_path_that_is_no_text_becomes_a_url() -> None:
    assert url_of(with_music(timeline(), music(wav=Path("/films/\udcff.wav")))) == "file:///films/%FF.wav"


def test_resolve_and_premiere_are_told_the_channels() -> None:
    document = timeline(track("Video", clip(metadata={"PremierePro_OTIO": {}})), metadata={"Resolve_OTIO": {}})
    added = music_track_of(with_music(document, music()))
    assert added["metadata"]["Resolve_OTIO"]["Audio Type"] == "Stereo"
    assert added["metadata"]["PremierePro_OTIO"]["AudioChannels"]["NumberOfChannels"] == 2
    assert len(added["children"][0]["metadata"]["Resolve_OTIO"]["Channels"]) == 2


def test_a_file_with_clips_of_the_first_kind_gets_one() -> None:
    old = {"OTIO_SCHEMA": "Clip.1", "name": "a", "source_range": range_of(0, 9, 25.0), "media_reference": None}
    scored = with_music(timeline(track("Video", old)), music())
    added = music_track_of(scored)["children"][0]
    assert added["OTIO_SCHEMA"] == "Clip.1"
    assert added["media_reference"]["target_url"] == "/films/ü 1%.wav"
    assert opened(scored).audio_tracks()[0].find_clips()[0].media_reference.target_url == "/films/ü 1%.wav"


def test_what_nobody_understands_is_kept() -> None:
    strange = {"OTIO_SCHEMA": "Teapot.9", "big": 10**30, "parts": [None, {"rate": "fast"}]}
    document = timeline(track("Video", {**clip(), "effects": [strange], "markers": [{"OTIO_SCHEMA": "Marker.3"}]}))
    assert with_music(document, music())["tracks"]["children"][0] == document["tracks"]["children"][0]


def test_sections_are_marked_on_the_stack_beside_the_editors_markers() -> None:
    document = timeline(track("Video", clip()), metadata={"Resolve_OTIO": {}})
    document["tracks"]["markers"] = [{"OTIO_SCHEMA": "Marker.2", "name": "mine"}]
    scored = with_music(document, music(section_markers=(Marker(30, 1, "Verse"),)))
    mine, ours = scored["tracks"]["markers"]
    assert mine == {"OTIO_SCHEMA": "Marker.2", "name": "mine"}
    assert (ours["name"], ours["comment"], ours["metadata"]["Resolve_OTIO"]["Note"]) == ("Verse",) * 3
    assert ours["marked_range"] == range_of(30.0, 1.0, 25.0)


def test_clips_that_an_editor_put_on_our_track_stay_in_time() -> None:
    scored = with_music(timeline(track("Video", clip())), music(start_frame=10))
    music_track_of(scored)["children"].append(clip("/films/bang.wav"))
    plain = remove_music(scored)["tracks"]["children"][1]
    assert "hitpoint" not in plain["metadata"]
    assert [child["OTIO_SCHEMA"] for child in plain["children"]] == ["Gap.1", "Gap.1", "Clip.2"]
    assert sum(child["source_range"]["duration"]["value"] for child in plain["children"][:2]) == 90


def test_a_new_name_is_only_given_when_asked() -> None:
    document = timeline(track("Video", clip()))
    assert with_music(document, music())["name"] == "cut"
    assert renamed(document, "cut v2") == {**document, "name": "cut v2"}


def test_the_same_music_has_the_same_id_and_other_music_another() -> None:
    assert music().id == music().id
    assert len({music().id, music(start_frame=1).id, music(state={"seed": 8}).id, music(rate=FILM).id}) == 4


@pytest.mark.parametrize("stack", [None, [], {"OTIO_SCHEMA": "Stack.1", "children": 3}, track("Video", clip())])
def test_a_timeline_without_tracks_is_one_line(stack: Any) -> None:
    with pytest.raises(EditWriteError, match="no tracks"):
        with_music({"OTIO_SCHEMA": "Timeline.1", "tracks": stack}, music())


def test_a_document_without_a_timeline_is_one_line() -> None:
    with pytest.raises(EditReadError, match="no timeline"):
        with_music(clip(), music())


def test_music_of_no_length_or_of_no_folder_is_a_bug() -> None:
    with pytest.raises(ValueError, match="lasts"):
        music(start_frame=90)
    with pytest.raises(ValueError, match="absolute"):
        dataclasses.replace(music(), wav=Path("a.wav"))


def written(folder: Path, source: bytes, name: str = "out.otio", **more: Any) -> Path:
    (folder / "cut.otio").write_bytes(source)
    mix = Outputs(folder / name).mix
    mix.parent.mkdir()
    mix.write_bytes(b"sound")
    write_scored_timeline(folder / "cut.otio", folder / name, [music(**{"wav": mix, "name": mix.name, **more})])
    return folder / name


def test_a_scored_file_is_spelled_like_its_source(tmp_path: Path) -> None:
    source = json.dumps(timeline(track("Video", clip()), odd=[1.0, 198771.99999999997]), indent=3)
    source = source.replace('"name": "cut"', '"name": "cut", "most": Inf, "least": -Inf')
    out = written(tmp_path, source.encode()).read_text()
    head, tail = out[: out.index('"tracks"')], out[out.index('"odd"') :]
    assert '"least": -Inf' in head and "   " in head
    assert tail == source[source.index('"odd"') :]
    assert otio.adapters.read_from_file(str(tmp_path / "out.otio")).audio_tracks()[0].name == "Music"


def test_a_file_that_exists_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "out.otio").write_text("theirs")
    with pytest.raises(FileExistsError):
        written(tmp_path, json.dumps(timeline()).encode())
    assert (tmp_path / "out.otio").read_text() == "theirs"


@pytest.mark.parametrize("name", ["out.otioz", "out.otiod"])
def test_a_bundle_holds_its_music(tmp_path: Path, name: str) -> None:
    out = written(tmp_path, json.dumps(timeline(track("Video", clip()))).encode(), name)
    opened_again = otio.adapters.read_from_file(str(out))
    reference = opened_again.audio_tracks()[0].find_clips()[0].media_reference
    assert reference.target_url == "media/out_mix.wav"
    assert bundled_names(out) == ["media/out_mix.wav"]


def test_scoring_a_scored_file_gives_the_bytes_of_scoring_once(tmp_path: Path) -> None:
    source = json.dumps(timeline(track("Video", clip())), indent=4).encode()
    (tmp_path / "once").mkdir()
    once = written(tmp_path / "once", source, wav=Path("/m.wav"))
    first = written(tmp_path, source, state={"seed": 1})
    write_scored_timeline(first, tmp_path / "again.otio", [music(wav=Path("/m.wav"), name="out_mix.wav")])
    assert (tmp_path / "again.otio").read_bytes() == once.read_bytes()


def test_a_bundle_scored_again_leaves_the_old_music_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    first = written(tmp_path, json.dumps(timeline(track("Video", clip()))).encode(), "one.otioz")
    sound = tmp_path / "two_mix.wav"
    sound.write_bytes(b"sound")
    write_scored_timeline(first, tmp_path / "two.otioz", [music(wav=sound, sound=sound)])
    assert bundled_names(tmp_path / "two.otioz") == ["media/two_mix.wav"]


def test_relative_media_are_found_from_another_folder(tmp_path: Path) -> None:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.mov").write_bytes(b"")
    document = timeline(track("Video", clip("media/a.mov"), clip("gone.mov")))
    (tmp_path / "cut.otio").write_text(json.dumps(document))
    write_scored_timeline(tmp_path / "cut.otio", tmp_path / "out.otio", [music(folder=tmp_path / "elsewhere")])
    clips = json.loads((tmp_path / "out.otio").read_text())["tracks"]["children"][0]["children"]
    urls = [each["media_references"]["DEFAULT_MEDIA"]["target_url"] for each in clips]
    assert urls == [str(tmp_path / "media" / "a.mov"), "gone.mov"]
