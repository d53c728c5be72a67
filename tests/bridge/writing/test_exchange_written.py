"""Edits of exchange formats written as .otio.

What Resolve wants to find its media again, and the same edit when read.
"""

from __future__ import annotations

import json
from fractions import Fraction

import pytest

from hitpoint.bridge.otio.otio_json import children_of, load_timeline_document
from hitpoint.bridge.reading.production_sound import read_production_sound
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.writing.music_clip import MusicClip
from hitpoint.bridge.writing.timeline_writer import write_scored_timeline
from hitpoint.core.timebase import FrameRate

RATE = "<rate><timebase>25</timebase><ntsc>FALSE</ntsc></rate>"
CODE = f"<timecode>{RATE}<string>10:00:00:00</string><frame>900000</frame></timecode>"
FILE = (
    f'<file id="f{{0}}"><name>{{0}}</name><pathurl>file://localhost/lost/my%20films/{{0}}</pathurl>{RATE}'
    f"<duration>5000</duration>{CODE}</file>"
)
CLIP = f"<clipitem><name>{{0}}</name>{RATE}<start>{{1}}</start><end>{{2}}</end><in>50</in><out>{{3}}</out>{FILE}</clipitem>"
TRACK = f"<track>{CLIP.format('a.mov', 0, 100, 150)}{CLIP.format('b.mov', 100, 250, 200)}</track>"
XMEML = (
    f'<xmeml version="5"><sequence><name>Timeline 1</name>{RATE}<timecode>{RATE}<string>01:00:00:00</string></timecode>'
    f"<media><video>{TRACK}</video><audio>{TRACK}</audio></media></sequence></xmeml>"
)
ASSET = (
    '<asset id="{0}" name="{0}" start="36000s" duration="200s" hasVideo="1" hasAudio="1" format="r1">'
    '<media-rep kind="original-media" src="file:///lost/my%20films/{0}"/></asset>'
)
FCPXML = (
    '<fcpxml version="1.10"><resources><format id="r1" frameDuration="1/25s"/>'
    f"{ASSET.format('a.mov')}{ASSET.format('b.mov')}</resources><library><event>"
    '<project name="Timeline 1"><sequence format="r1" tcStart="3600s"><spine>'
    '<asset-clip ref="a.mov" name="a.mov" offset="3600s" start="36002s" duration="4s"/>'
    '<asset-clip ref="b.mov" name="b.mov" offset="3604s" start="36002s" duration="6s"/>'
    "</spine></sequence></project></event></library></fcpxml>"
)
EDL = """TITLE: Timeline 1
FCM: NON-DROP FRAME
001  AX       B     C        10:00:02:00 10:00:06:00 01:00:00:00 01:00:04:00
* FROM CLIP NAME: a.mov
002  AX       B     C        10:00:02:00 10:00:08:00 01:00:04:00 01:00:10:00
* FROM CLIP NAME: b.mov
"""
SOURCES = {"cut.xml": XMEML, "cut.fcpxml": FCPXML, "cut.edl": EDL}


@pytest.fixture(params=SOURCES, ids=list(SOURCES))
def scored(request, tmp_path, filmed, panned):
    """A scored copy, the edit it was made of, and where the media were found."""
    media = tmp_path / "found films"
    media.mkdir()
    for name in ("a.mov", "b.mov"):
        filmed(media / name, [panned(1, 55)], timecode="10:00:00:00")
    source, out = tmp_path / request.param, tmp_path / "cut_hitpoint.otio"
    source.write_text(SOURCES[request.param])
    edit = read_edit(source, [media], rate=FrameRate(Fraction(25)))
    music = MusicClip(tmp_path / "m.wav", "m.wav", edit.rate, 0, edit.frames, {})
    write_scored_timeline(source, out, [music], edit)
    return out, edit, media


def test_the_same_edit_is_read_from_what_was_written(scored):
    out, edit, _ = scored
    again = read_edit(out)
    assert (again.rate, again.frames, again.cut_frames, again.start_timecode_frame) == (edit.rate, 250, (100,), 90_000)
    assert [shot.source_start for shot in again.shots] == [shot.source_start for shot in edit.shots] == [2, 2]
    assert again.media_files == edit.media_files
    assert [clip.media.name for clip in read_production_sound(out)] == ["a.mov", "b.mov"]


def test_resolve_finds_the_media_again(scored):
    """Source ranges start at the media's timecode, and references are in a map.

    Paths are bare and lead to what was found.
    """
    out, _, media = scored
    tracks = load_timeline_document(out)["tracks"]["children"]
    for clip in children_of(tracks[0]):
        reference = clip["media_references"][clip["active_media_reference_key"]]
        assert clip["OTIO_SCHEMA"] == "Clip.2"
        assert clip["source_range"]["start_time"]["value"] == 900_050
        assert reference["target_url"] == str(media / clip["name"])
    assert tracks[-1]["name"] == "Music"
    assert json.loads(out.read_bytes())["global_start_time"]["value"] == 90_000


def test_the_timeline_is_called_as_its_file(scored):
    """Resolve imports no timeline whose name it has already."""
    assert load_timeline_document(scored[0])["name"] == "cut_hitpoint"


@pytest.mark.parametrize(("name", "written"), [("Timeline 1", "cut_hitpoint"), ("", "")])
def test_resolves_own_timeline_gets_another_name_if_it_has_one(tmp_path, otio_build, stored, name, written):
    b = otio_build
    metadata = {"Resolve_OTIO": {"Resolve OTIO Meta Version": "1.0"}}
    source = stored(b.timeline(b.track(b.clip()), name=name, metadata=metadata))
    out = tmp_path / "cut_hitpoint.otio"
    write_scored_timeline(source, out, [MusicClip(tmp_path / "m.wav", "m.wav", FrameRate(Fraction(25)), 0, 50, {})])
    assert load_timeline_document(out)["name"] == written
