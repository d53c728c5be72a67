from __future__ import annotations

import json
from fractions import Fraction

import pytest

from hitpoint.bridge.kdenlive.document import project_document
from hitpoint.bridge.reading.production_sound import read_production_sound
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.edit import ShotKind
from hitpoint.core.errors import EditReadError


@pytest.fixture
def read(tmp_path):
    """Reads a project as an edit."""

    def read_project(text, *folders):
        path = tmp_path / "cut.kdenlive"
        path.write_bytes(text.content)
        return read_edit(path, folders)

    return read_project


def shots(edit):
    return [(shot.name, shot.start, shot.end, shot.source_start * 25) for shot in edit.shots]


def test_clips_gaps_and_mixes_are_where_kdenlive_shows_them(edited, read):
    edit = read(edited)
    assert (edit.frames, edit.cut_frames) == (300, (40, 60, 100, 175, 200))
    assert shots(edit)[-3:] == [("a.mp4", 100, 175, Fraction(399, 2)), ("", 175, 200, 0), ("a.mp4", 200, 300, 300)]
    assert edit.host == "kdenlive" and edit.warnings == () and edit.missing == ("a.mp4",)


def test_a_sped_up_clip_shows_its_own_frames(project_text, read):
    text = project_text()
    text.producer(
        "fast",
        mlt_service="timewarp",
        resource="2:/films/a.mp4",
        warp_speed=2,
        warp_resource="/films/a.mp4",
        length=250,
    )
    text.track("V1", [("fast", 25, 74)])
    (shot,) = read(text).shots
    assert (shot.source_start, shot.speed, shot.end, shot.media_name) == (2, 2, 50, "a.mp4")


def test_a_clip_played_backwards_begins_at_its_end(project_text, read):
    text = project_text()
    text.producer("back", mlt_service="timewarp", resource="-1:/films/a.mp4", warp_speed=-1, length=100)
    text.track("V1", [("back", 0, 24)])
    (shot,) = read(text).shots
    assert (shot.source_start, shot.speed) == (4, -1)


def test_a_speed_ramp_is_read_as_its_mean_and_told(project_text, read):
    text = project_text()
    link = "\n  <link>\n   <property name='mlt_service'>timeremap</property><property name='time_map'>0=0;50=1;100=5</property></link>"
    text.producer("ramp", link, mlt_service="avformat", resource="/films/a.mp4", length=100)
    text.track("V1", [("ramp", 0, 99)])
    edit = read(text)
    assert edit.shots[0].speed == Fraction(5, 4) and "speed" in edit.warnings[0]


def test_what_is_switched_off_is_neither_seen_nor_heard(project_text, read):
    text = project_text()
    text.file("film")
    text.producer("off", mlt_service="avformat", resource="/films/b.mp4", length=500, **{"set.test_image": 1})
    text.track("V1", [("film", 0, 99)])
    text.track("V2", [("off", 0, 49)])
    text.track("V3", [("film", 200, 299)], hide="both")
    assert shots(read(text)) == [("a.mp4", 0, 100, 0)]


def test_muted_tracks_are_not_heard(project_text, tmp_path):
    (tmp_path / "voice.wav").write_bytes(b"")
    text = project_text(root=str(tmp_path))
    text.file("voice", "voice.wav")
    text.track("A2", [("voice", 0, 49)], is_audio=True, hide="both")
    text.track("A1", [("voice", 50, 99)], is_audio=True)
    text.track("V1", [("voice", 0, 99)])
    (tmp_path / "cut.kdenlive").write_bytes(text.content)
    (clip,) = read_production_sound(tmp_path / "cut.kdenlive")
    assert (clip.source_start, clip.media.name) == (2, "voice.wav")


def test_a_colour_hides_what_lies_below_and_a_title_does_not(project_text, read):
    text = project_text()
    text.file("film")
    text.producer("white", mlt_service="color", resource="0xffffffff", length=500)
    text.producer("clear", mlt_service="color", resource="0xffffff00", length=500)
    text.producer("title", mlt_service="kdenlivetitle", length=500)
    text.track("V1", [("film", 0, 99)])
    text.track("V2", [(None, 0, 10), ("white", 0, 4), ("title", 0, 9), ("clear", 0, 9)])
    edit = read(text)
    assert edit.cut_frames == (10, 15) and edit.shots[1].kind is ShotKind.GENERATED


def test_a_still_has_no_place_in_its_file(project_text, read):
    text = project_text()
    text.producer("still", mlt_service="qimage", resource="/films/a.png", length=9000)
    text.track("V1", [("still", 500, 524)])
    (shot,) = read(text).shots
    assert (shot.source_start, shot.media_name) == (0, "a.png")


def test_guides_and_clip_markers_are_read_with_the_colours_of_their_categories(project_text, read):
    text = project_text()
    text.document["guidesCategories"] = json.dumps([{"index": 3, "color": "#ff0000", "comment": "Hits"}])
    text.sequence["guides"] = json.dumps([{"pos": 30, "comment": "Tür", "type": 3}, {"pos": -1}, "damaged"])
    text.file(
        "film",
        kdenlive__markers=json.dumps([{"pos": 75, "comment": "look", "type": 0}, {"pos": 5, "comment": "cut away"}]),
    )
    text.producer(
        "slow", mlt_service="timewarp", resource="0.5:/films/a.mp4", warp_speed=0.5, length=1000, kdenlive__id=4
    )
    text.track("V1", [("film", 50, 99), ("slow", 100, 199)])
    found = [(marker.frame, marker.text, marker.color) for marker in read(text).markers]
    assert found == [(25, "look", "PURPLE"), (30, "Tür", "RED"), (100, "look", "PURPLE")]


def test_a_sequence_inside_the_sequence_is_seen_through(project_text, read):
    text = project_text()
    text.file("film")
    text.track("inner", [("film", 100, 149), ("film", 300, 349)])
    inner = "".join(f'\n  <track producer="{each}"/>' for each in ("black", "inner"))
    text.tracks.clear()
    text.definitions.append(
        f'<tractor id="{{other}}"><property name="kdenlive:uuid">{{other}}</property>{inner}</tractor>'
    )
    text.track("V1", [("{other}", 25, 74)])
    edit = read(text)
    assert shots(edit) == [("a.mp4", 0, 25, 125), ("a.mp4", 25, 50, 300)]
    assert "several sequences" in edit.warnings[0]


def test_a_sequence_inside_itself_is_refused(project_text, read, mlt):
    text = project_text()
    text.track("V1", [(mlt.uuid, 0, 9)])
    with pytest.raises(EditReadError, match="each other"):
        read(text)


def test_relative_paths_start_at_the_root_of_the_project(project_text, read, tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.mp4").write_bytes(b"")
    text = project_text(root=str(tmp_path))
    text.file("film", "media/a.mp4")
    text.track("V1", [("film", 0, 9)])
    assert read(text).shots[0].media == tmp_path / "media" / "a.mp4"


def test_the_original_is_taken_and_not_its_proxy(project_text, read):
    text = project_text()
    text.file("film", "/cache/proxy/12.mkv", kdenlive__originalurl="/films/real.mov")
    text.track("V1", [("film", 0, 9)])
    assert read(text).shots[0].media_name == "real.mov"


def test_times_at_ntsc_rates_are_exact(project_text, read):
    text = project_text((30000, 1001))
    text.file("film", length=100000)
    text.track("V1", [("film", 0, 0)])
    text.definitions = [each.replace('out="00:00:00.000"', 'out="00:59:59.966"') for each in text.definitions]
    edit = read(text)
    assert (str(edit.rate), edit.frames) == ("30000/1001", 107891)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('producer="film"', 'producer="gone"', "'gone'"),
        ("<mlt ", "<svg ", "svg"),
        ('frame_rate_num="25"', 'frame_rate_num="0"', "frame rate"),
        ('in="00:00:02.000"', 'in="soon"', "impossible time"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(edited, tmp_path, old, new, says):
    content = edited.content.replace(b"</mlt>", b"</svg>") if "svg" in new else edited.content
    with pytest.raises(EditReadError, match=says):
        project_document(content.replace(old.encode(), new.encode()), tmp_path / "cut.kdenlive")


def test_another_version_of_kdenlive_is_read_with_a_warning(edited, read):
    edited.document["kdenliveversion"] = "23.08.1"
    assert "23.08.1" in read(edited).warnings[0]
    edited.document["version"] = "1.04"
    assert ".otio" in read(edited).warnings[0]


def test_a_playlist_that_is_hidden_hides_no_other(project_text, tmp_path):
    text = project_text()
    text.file("film")
    text.track("V1", [("film", 0, 49), ("film", 100, 149)])
    hidden = str(text).replace('<track hide="audio" producer="V1_1"/>', '<track hide="both" producer="V1_1"/>')
    path = tmp_path / "hidden.kdenlive"
    path.write_text(hidden)
    assert read_edit(path).cut_frames == (50,)


def test_numbers_and_guides_of_old_languages_are_read(tmp_path):
    path = tmp_path / "old.kdenlive"
    path.write_text(
        """<mlt LC_NUMERIC="cs_CZ.UTF-8" producer="main bin" root="">
 <profile frame_rate_num="25" frame_rate_den="1"/>
 <producer id="slow" in="0" out="199"><property name="length">200</property><property name="resource">0,5:a.mp4</property>
  <property name="warp_speed">0,5</property><property name="warp_resource">a.mp4</property>
  <property name="mlt_service">timewarp</property></producer>
 <producer id="older" in="0" out="199"><property name="length">200</property>
  <property name="resource">b.mp4?2&amp;strobe=1</property><property name="mlt_service">framebuffer</property></producer>
 <playlist id="main bin"><property name="kdenlive:docproperties.kdenliveversion">17.12.3</property>
  <property name="kdenlive:guide.2,4">hit here</property></playlist>
 <playlist id="V1"><entry producer="slow" in="50" out="99"/><entry producer="older" in="10" out="59"/></playlist>
 <playlist id="A1"><entry producer="older" in="0" out="9"/></playlist>
 <tractor id="maintractor"><track hide="video" producer="A1"/><track producer="V1"/></tractor>
</mlt>"""
    )
    edit = read_edit(path)
    shots = [(shot.media_name, float(shot.source_start), float(shot.speed)) for shot in edit.shots]
    assert shots == [("a.mp4", 1.0, 0.5), ("b.mp4", 0.8, 2.0)]
    assert [(m.frame, m.text) for m in edit.markers] == [(60, "hit here")]
    assert "17.12.3" in edit.warnings[0]


def test_a_clip_of_another_mlt_file_hides_what_lies_below(project_text, read):
    text = project_text()
    text.file("film")
    text.producer("lib", mlt_service="xml", resource="/films/blue.mlt", length=100)
    text.track("V1", [("film", 0, 49)])
    text.track("V2", [("lib", 0, 99)])
    assert [(shot.name, shot.kind) for shot in read(text).shots] == [("blue.mlt", ShotKind.GENERATED)]


@pytest.mark.parametrize(("resource", "found"), [("img_%03d.png", "img_%03d.png"), (".all.png", "img_004.png")])
def test_the_images_of_a_slide_show_are_found(project_text, tmp_path, resource, found):
    for number in (4, 5, 6):
        (tmp_path / f"img_{number:03d}.png").write_bytes(b"")
    text = project_text()
    text.producer("show", mlt_service="qimage", resource=f"{tmp_path}/{resource}", ttl=25, length=75)
    text.track("V1", [("show", 25, 74)])
    path = tmp_path / "cut.kdenlive"
    path.write_bytes(text.content)
    edit = read_edit(path)
    assert edit.missing == ()
    assert edit.shots[0].media == tmp_path / found


@pytest.mark.parametrize(("told", "frames"), [(50, 50), (2.5, 62), (0, 1), (None, 1)])
def test_a_range_marker_is_read_with_its_end(project_text, read, told, frames):
    text = project_text()
    text.file("film")
    text.track("V1", [("film", 0, 99)])
    more = {} if told is None else {"duration": told}
    text.sequence["guides"] = json.dumps([{"pos": 10, "comment": "act", "type": 0, **more}])
    assert [(m.frame, m.frames) for m in read(text).markers] == [(10, frames)]
