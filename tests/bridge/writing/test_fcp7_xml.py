from __future__ import annotations

import xml.etree.ElementTree as ET
from fractions import Fraction
from pathlib import Path

import pytest

from hitpoint.bridge.reading.scored_edit import find_cue
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.sources.adapters import can_read
from hitpoint.bridge.writing.fcp7_xml import placed_in_fcp7, scored_fcp7, without_music
from hitpoint.bridge.writing.music_clip import MusicClip
from hitpoint.core.errors import EditReadError, EditWriteError
from hitpoint.core.timebase import FrameRate

PATH = Path("/films/cut.xml")
RATE = "<rate><timebase>30</timebase><ntsc>TRUE</ntsc></rate>"
CLIP = f"""<clipitem id="c1"><name>a</name><duration>99</duration>{RATE}<start>0</start><end>90</end><in>0</in><out>90</out>
<file id="f1"><name>a.mov</name><pathurl>file://localhost/films/a%20b.mov</pathurl>{RATE}<duration>99</duration>
<media><video/></media></file></clipitem>"""
VOICE = CLIP.replace("c1", "c2").replace("f1", "f2").replace("a%20b.mov", "voice.wav").replace("<video/>", "<audio/>")
AUDIO = f'<audio><format/>\n<track MZ.TrackName="Dialog">{VOICE}</track>\n</audio>'


def xml(audio=AUDIO):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n<xmeml version="5">\n<sequence '
        f'id="s"><name>cut</name>'
        f"<duration>90</duration>{RATE}\n<media><video><track>{CLIP}</track></video>{audio}</media>\n</sequence></xmeml>\n"
    ).encode()


def music(folder=Path("/films"), **more):
    ntsc = FrameRate(Fraction(30000, 1001))
    values = {"wav": folder / "ü.music" / "ü_mix.wav", "start_frame": 10, "end_frame": 80, "state": {}, **more}
    return MusicClip(name="ü <mix>.wav", rate=ntsc, **values)


@pytest.mark.parametrize("audio", [AUDIO, "", "<audio/>", "<audio></audio>"], ids=["tracks", "none", "empty", "open"])
def test_the_music_lies_on_two_linked_tracks_behind_the_others(audio):
    root = ET.fromstring(scored_fcp7(xml(audio), PATH, [music()]))
    left, right = (track.find("clipitem") for track in root.findall(".//audio/track")[-2:])
    places = [[clip.findtext(each) for each in ("start", "end", "in", "out")] for clip in (left, right)]
    assert places == [["10", "80", "0", "70"]] * 2
    assert [clip.findtext("sourcetrack/trackindex") for clip in (left, right)] == ["1", "2"]
    first = len(root.findall(".//audio/track")) - 1
    assert [link.findtext("trackindex") for link in left.findall("link")] == [str(first), str(first + 1)]
    assert left.findtext("file/pathurl") == "file://localhost/films/%C3%BC.music/%C3%BC_mix.wav"
    assert left.find("rate/ntsc").text == "TRUE" and left.findtext("name") == "ü <mix>.wav"


def test_what_was_put_in_comes_out_again_byte_for_byte():
    scored = scored_fcp7(xml(), PATH, [music()])
    assert without_music(scored, PATH) == xml()
    assert scored_fcp7(scored, PATH, [music()]) == scored


def test_all_else_keeps_its_bytes_and_track_names():
    scored = scored_fcp7(xml(), PATH, [music()])
    cut = scored.index(b"\n<track currentExploded")
    assert xml().startswith(scored[:cut]) and b'MZ.TrackName="Dialog"' in scored
    assert scored.endswith(xml()[cut:])


def test_clips_that_an_editor_put_on_our_track_stay():
    scored = scored_fcp7(xml(), PATH, [music()]).replace(
        b"<enabled>TRUE</enabled><locked>", VOICE.encode() + b"<locked>", 1
    )
    left = ET.fromstring(without_music(scored, PATH)).findall(".//audio/track")
    assert [len(track.findall("clipitem")) for track in left] == [1, 1]


def test_longer_music_makes_the_sequence_longer():
    assert ET.fromstring(scored_fcp7(xml(), PATH, [music(end_frame=120)])).findtext("sequence/duration") == "120"


@pytest.mark.parametrize(
    ("content", "error"),
    [(b"<fcpxml/>", EditReadError), (b"<xmeml/>", EditReadError), (b"<xmeml><sequence/></xmeml>", EditWriteError)],
)
def test_other_xml_is_refused(content, error):
    with pytest.raises(error):
        scored_fcp7(content, PATH, [music()])


@pytest.mark.skipif(not can_read(PATH), reason="needs hitpoint[formats]")
def test_the_adapter_reads_the_copy_and_the_cue_goes_on(tmp_path):
    (tmp_path / "ü.music").mkdir()
    (tmp_path / "ü.music" / "cue.json").write_text("{}")
    (tmp_path / "out.xml").write_bytes(scored_fcp7(xml(), tmp_path / "cut.xml", [music(tmp_path)]))
    edit = read_edit(tmp_path / "out.xml")
    assert (edit.frames, str(edit.rate), len(edit.shots)) == (90, "30000/1001", 1)
    assert find_cue(tmp_path / "out.xml").samefile(tmp_path / "ü.music" / "cue.json")


def test_the_music_goes_into_the_sequence_that_is_read():
    nested = f'<sequence id="in"><name>in</name>{RATE}<media><video><track>{CLIP}</track></video></media></sequence>'
    use = CLIP.partition("<file")[0] + '<sequence id="in"/></clipitem>'
    outer = nested.replace('id="in"', 'id="out"').replace(CLIP, use)
    root = ET.fromstring(
        scored_fcp7(f'<xmeml version="5"><bin>{nested}{outer}</bin></xmeml>'.encode(), PATH, [music()])
    )
    assert [len(each.findall("media/audio/track")) for each in root.iter("sequence") if each.find("media")] == [0, 2]


def second(start=50, end=80):
    return MusicClip(
        Path("/films/b.music/b_mix.wav"), "b_mix.wav", FrameRate(Fraction(30000, 1001)), start, end, {"seed": 2}
    )


def test_a_second_cue_lies_behind_the_first_on_the_same_tracks():
    scored = scored_fcp7(xml(), PATH, [music(end_frame=40), second()])
    pairs = [track.findall("clipitem") for track in ET.fromstring(scored).findall(".//audio/track")[-2:]]
    assert [[(clip.findtext("start"), clip.findtext("end")) for clip in clips] for clips in pairs] == [
        [("10", "40"), ("50", "80")]
    ] * 2
    assert [clip.findtext("link/clipindex") for clip in pairs[0]] == ["1", "2"]


def test_what_is_kept_stays_and_the_rest_goes():
    scored = scored_fcp7(xml(), PATH, [music(end_frame=40), second()])
    keys = [address for address, _ in placed_in_fcp7(scored, PATH)]
    assert len(keys) == 2
    again = scored_fcp7(scored, PATH, [second(100, 120)], keys[:1])
    assert next(address for address, _ in placed_in_fcp7(again, PATH)) == keys[0]
    assert scored_fcp7(xml(), PATH, [music(end_frame=40), second(100, 120)]) == again
