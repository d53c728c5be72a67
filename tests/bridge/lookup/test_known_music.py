from __future__ import annotations

import copy
import json
import shutil
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from hitpoint.bridge.lookup.known_music import KnownMusic, known_music, with_known_music
from hitpoint.bridge.reading.scored_edit import find_cue
from hitpoint.bridge.writing.music_clip import MusicClip
from hitpoint.bridge.writing.otio_music import remove_music, with_music
from hitpoint.bridge.writing.timeline_writer import write_scored_timeline
from hitpoint.core.errors import CueFileError
from hitpoint.core.render.formats.sound_note import SoundNote, cue_id
from hitpoint.core.render.formats.wav import WavWriter
from hitpoint.core.timebase import FrameRate

CUE = b'{"schema": "hitpoint.cue.1"}\n'
PAL = FrameRate(Fraction(25))


def stripped(node):
    """A document without anything of ours, as hosts give it back, its tracks and clips named as they like."""
    if isinstance(node, dict):
        renamed = {"name": "Audio 3"} if node.get("OTIO_SCHEMA", "").startswith(("Track", "Clip")) else {}
        return {key: stripped(value) for key, value in {**node, **renamed}.items() if key != "hitpoint"}
    return [stripped(each) for each in node] if isinstance(node, list) else node


@pytest.fixture
def scored(otio_build, tmp_path):
    """A scored edit with its music, on the disk."""
    b = otio_build
    folder = tmp_path / "cut_hitpoint.music"
    (folder / "stems").mkdir(parents=True)
    (folder / "cue.json").write_bytes(CUE)
    note = SoundNote(cue_id(CUE))
    for name in ("cut_hitpoint_mix.wav", "stems/cut_hitpoint_piano.wav"):
        with WavWriter(folder / name, 4, note=note) as writer:
            writer.write(np.zeros((4, 2), np.int32))
    document = b.timeline(b.track(b.clip(0, 100)), b.track(b.clip(url="voice.wav"), kind="Audio"))
    (tmp_path / "cut.otio").write_text(json.dumps(document))
    music = MusicClip(folder / "cut_hitpoint_mix.wav", "mix", PAL, 0, 100, {"seed": 1}, cue=f"{folder.name}/cue.json")
    write_scored_timeline(tmp_path / "cut.otio", tmp_path / "cut_hitpoint.otio", [music])
    return tmp_path


@pytest.fixture
def returned(scored):
    """Lets the scored edit come back from a host, its music at an address."""

    def come_back(address=None, name="from_host.otio"):
        document = stripped(json.loads((scored / "cut_hitpoint.otio").read_text()))
        clip = document["tracks"]["children"][-1]["children"][0]
        if address is not None:
            clip["media_references"]["DEFAULT_MEDIA"]["target_url"] = str(address)
        (scored / name).write_text(json.dumps(document))
        return scored / name

    return come_back


def test_the_cue_goes_on_from_the_file_the_music_has(scored, returned):
    assert find_cue(returned()) == scored / "cut_hitpoint.music" / "cue.json"


def test_a_copy_of_the_sound_elsewhere_leads_back_by_the_note_in_it(scored, returned):
    (scored / "media").mkdir()
    copied = shutil.copy(scored / "cut_hitpoint.music" / "cut_hitpoint_mix.wav", scored / "media" / "track7.wav")
    (scored / "cut_hitpoint.music").rename(scored / "renamed.music")
    assert find_cue(returned(copied)).resolve() == (scored / "renamed.music" / "cue.json").resolve()


def test_a_note_leads_to_its_own_cue_and_to_no_other(scored, returned):
    copied = shutil.copy(scored / "cut_hitpoint.music" / "cut_hitpoint_mix.wav", scored / "track7.wav")
    (scored / "cut_hitpoint.music" / "cue.json").write_bytes(b"{}")
    with pytest.raises(CueFileError):
        find_cue(returned(copied))


def test_the_folder_beside_the_edit_is_asked_when_nothing_else_tells(scored, returned):
    assert find_cue(returned("/gone/other.wav", "cut_hitpoint.otio")) == scored / "cut_hitpoint.music" / "cue.json"


@pytest.mark.parametrize("name", ["cut_hitpoint_mix.wav", "stems/cut_hitpoint_piano.wav"])
def test_music_that_came_back_is_replaced_and_not_doubled(scored, returned, name):
    path = returned(scored / "cut_hitpoint.music" / name)
    music = MusicClip(scored / "new.music" / "new_mix.wav", "new", PAL, 0, 100, {})
    write_scored_timeline(path, scored / "new.otio", [music])
    tracks = json.loads((scored / "new.otio").read_text())["tracks"]["children"]
    urls = [track["children"][0]["media_references"]["DEFAULT_MEDIA"]["target_url"] for track in tracks]
    assert urls == ["a.mov", "voice.wav", str(scored / "new.music" / "new_mix.wav")]


def test_clips_beside_the_music_that_came_back_stay(scored, otio_build):
    b = otio_build
    ours = b.clip(url=str(scored / "cut_hitpoint.music" / "cut_hitpoint_mix.wav"))
    document = b.timeline(b.track(b.clip()), b.track(ours, b.clip(url="voice.wav"), kind="Audio"))
    left = remove_music(with_known_music(document, scored))["tracks"]["children"][1]["children"]
    assert [item["OTIO_SCHEMA"] for item in left] == ["Gap.1", "Clip.2"]


@pytest.mark.parametrize(
    "address", ["voice.wav", "https://x.org/a_mix.wav", "", "a.mp4", "/a/x.music/y_mix.wav", "/a/.music/_mix.wav"]
)
def test_sounds_of_others_are_not_ours(scored, address):
    assert known_music(address, scored) is None


@pytest.mark.parametrize("address", ["/gone/x.music/x_mix.wav", "file:///gone/x.music/stems/x_piano.wav"])
def test_a_name_of_ours_is_known_though_the_file_is_gone(scored, address):
    assert known_music(address, scored) == KnownMusic("", "")


def test_where_our_metadata_is_left_nothing_is_guessed(scored, otio_build):
    b = otio_build
    music = MusicClip(Path("/new.music/new_mix.wav"), "new", PAL, 0, 100, {})
    other = b.track(b.clip(url=str(scored / "cut_hitpoint.music" / "cut_hitpoint_mix.wav")), kind="Audio")
    document = with_music(b.timeline(b.track(b.clip()), other), music)
    assert with_known_music(copy.deepcopy(document), scored) == document
