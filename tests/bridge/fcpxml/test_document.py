import pytest

from hitpoint.bridge.reading.production_sound import read_production_sound
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.edit import ShotKind
from hitpoint.core.errors import EditReadError


def shots(edit):
    return [(shot.name, shot.start, shot.end, float(shot.source_start), float(shot.speed)) for shot in edit.shots]


@pytest.mark.parametrize(
    ("rate", "unit", "told"), [(23.976, "1001/24000s", "24000/1001"), (29.97, "1001/30000s", "30000/1001")]
)
def test_the_rate_is_exact(fcpxml, read_fcpxml, rate, unit, told):
    top, bottom = (int(part.rstrip("s")) for part in unit.split("/"))
    time = [f"{top * frames}/{bottom}s" for frames in (0, 48, 100)]
    text = fcpxml.project(fcpxml.clip(time[0], time[1], "a"), fcpxml.clip(time[1], time[2], "b"), rate=rate)
    edit = read_fcpxml(text)
    assert (str(edit.rate), edit.frames, edit.cut_frames) == (told, 148, (48,))


def test_a_project_that_starts_at_one_hour_has_no_gap(fcpxml, read_fcpxml):
    f = fcpxml
    text = f.project(f.clip("3600s", "2s"), f.clip("3602s", "8s", start="5s"), start="3600s", more='tcFormat="NDF"')
    edit = read_fcpxml(text)
    assert (edit.frames, edit.cut_frames, edit.start_timecode_frame) == (250, (50,), 90_000)
    assert edit.shots[1].source_start == 5


def test_drop_frame_is_told(fcpxml, read_fcpxml):
    text = fcpxml.project(fcpxml.clip("0s", "10s"), rate=29.97, more='tcFormat="DF"')
    assert read_fcpxml(text).drop_frame


def test_the_medias_timecode_is_no_part_of_where_a_shot_starts(fcpxml, read_fcpxml):
    f = fcpxml
    text = f.project(f.clip("0s", "2s", start="3605s"), f.clip("2s", "2s"), resources=f.asset(start="3600s"))
    assert [float(shot.source_start) for shot in read_fcpxml(text).shots] == [5.0, 0.0]


def test_connected_clips_lie_above_by_their_lanes(fcpxml, read_fcpxml):
    f = fcpxml
    high = f.clip("11s", "2s", "high", lane="2")
    low = f.clip("10.5s", "2s", "low", lane="1")
    under = f.clip("10s", "4s", "under", lane="-1")
    text = f.project(f.clip("0s", "4s", "main", start="10s", inside=high + low + under))
    assert [(shot.name, shot.start, shot.end) for shot in read_fcpxml(text).shots] == [
        ("main", 0, 13), ("low", 13, 25), ("high", 25, 75), ("main", 75, 100),
    ]  # fmt: skip


def test_gaps_show_nothing_but_what_is_connected_to_them(fcpxml, read_fcpxml):
    f = fcpxml
    over = f.clip("3601s", "1s", "over", lane="1")
    gap = f'<gap offset="2s" duration="4s" start="3600s">{over}</gap>'
    edit = read_fcpxml(f.project(f.clip("0s", "2s", "a"), gap, f.clip("6s", "1s", "b")))
    assert [shot.name for shot in edit.shots] == ["a", "", "over", "", "b"]
    assert edit.cut_frames == (50, 75, 100, 150)


def test_a_secondary_storyline_counts_from_its_own_start(fcpxml, read_fcpxml):
    f = fcpxml
    spine = f'<spine lane="1" offset="101s">{f.clip("0s", "1s", "x")}{f.clip("1s", "1s", "y")}</spine>'
    edit = read_fcpxml(f.project(f.clip("0s", "4s", "main", start="100s", inside=spine)))
    assert [(shot.name, shot.start) for shot in edit.shots] == [("main", 0), ("x", 25), ("y", 50), ("main", 75)]


def test_a_transition_is_cut_in_its_middle(fcpxml, read_fcpxml):
    f = fcpxml
    fade = '<transition offset="1.6s" duration="1.04s"/>'
    edit = read_fcpxml(f.project(f.clip("0s", "2s", "a", start="1s"), fade, f.clip("2s", "2s", "b", start="10s")))
    assert shots(edit) == [("a", 0, 53, 1.0, 1.0), ("b", 53, 100, 10.12, 1.0)]


def test_transitions_at_the_ends_and_beside_gaps_move_nothing(fcpxml, read_fcpxml):
    f = fcpxml
    fades = [f'<transition offset="{offset}s" duration="0.4s"/>' for offset in (0, 1.6, 4)]
    gap = '<gap offset="2s" duration="2s"/>'
    edit = read_fcpxml(f.project(fades[0], f.clip("0s", "2s", "a"), fades[1], gap, fades[2], f.clip("4s", "2s", "b")))
    assert [(shot.name, shot.start, shot.end) for shot in edit.shots] == [("a", 0, 50), ("", 50, 100), ("b", 100, 150)]


def test_what_is_switched_off_is_not_shown(fcpxml, read_fcpxml):
    f = fcpxml
    off = f.clip("1s", "1s", "off", lane="1", enabled="0") + f.clip("2s", "1s", "sound", lane="1", srcEnable="audio")
    assert read_fcpxml(f.project(f.clip("0s", "4s", inside=off))).cut_frames == ()


def test_titles_let_the_picture_through_and_solids_do_not(fcpxml, read_fcpxml):
    f = fcpxml
    effects = (
        '<effect id="r8" name="Basic Title" uid=".../Titles/x"/><effect id="r9" name="Custom" uid=".../Solids/x"/>'
    )
    title = f.clip("0.5s", "1s", "Hello", "title", lane="1", ref="r8")
    solid = f.clip("2s", "1s", "Black", "video", lane="1", ref="r9")
    edit = read_fcpxml(f.project(f.clip("0s", "4s", inside=title + solid), resources=f.asset() + effects))
    assert [(shot.name, shot.kind) for shot in edit.shots][1] == ("Black", ShotKind.GENERATED)
    assert edit.cut_frames == (50, 75)


def test_a_clip_shows_the_video_inside_it(fcpxml, read_fcpxml):
    f = fcpxml
    video = f.clip("0s", "100s", "", "video", inside=f.clip("0s", "100s", "", "audio", lane="-1"))
    edit = read_fcpxml(f.project(f.clip("0s", "2s", "a", "clip", start="5s", ref="", inside=video)))
    assert [(shot.media_name, shot.start, shot.end, float(shot.source_start)) for shot in edit.shots] == [
        ("c.mov", 0, 50, 5.0)
    ]


def test_a_synchronized_clip_shows_its_own_storyline(fcpxml, read_fcpxml):
    f = fcpxml
    spine = f"<spine>{f.clip('0s', '3s', 'a')}{f.clip('3s', '9s', 'b', start='20s')}</spine>"
    sound = f.clip("0s", "12s", "x", lane="-1", srcEnable="audio")
    edit = read_fcpxml(f.project(f.clip("0s", "4s", "sync", "sync-clip", start="2s", ref="", inside=spine + sound)))
    assert shots(edit) == [("a", 0, 25, 2.0, 1.0), ("b", 25, 100, 20.0, 1.0)]


def test_what_is_connected_to_a_synchronized_clip_is_not_inside_it(fcpxml, read_fcpxml):
    f = fcpxml
    held = f.clip("100s", "60s", "held", start="100s", inside=f.clip("100s", "60s", "sound", lane="-1"))
    beside = f.clip("103s", "4s", "beside", lane="1")
    below = f.clip("100s", "9s", "below", "sync-clip", lane="-3", ref="", inside=f.clip("0s", "9s", "x"))
    sync = f.clip("0s", "4s", "s", "sync-clip", start="100s", ref="", inside=held + beside + below)
    edit = read_fcpxml(f.project(sync, f.clip("4s", "1s", "after")))
    assert [(shot.name, shot.start, shot.end) for shot in edit.shots] == [
        ("held", 0, 75), ("beside", 75, 175), ("x", 175, 225),
    ]  # fmt: skip


def test_a_role_that_is_switched_off_is_not_heard(fcpxml, tmp_path):
    f = fcpxml
    for name in ("c.mov", "m.wav"):
        (tmp_path / name).write_bytes(b"")
    wav = f.asset("r3", "m.wav").replace('hasVideo="1"', 'hasAudio="1"')
    inner = f.clip("0s", "4s", "m", lane="-1", ref="r3", inside='<audio-channel-source srcCh="1" role="effects.e-1"/>')
    held = f.clip("0s", "4s", "a", audioRole="music.music-1", inside=inner)
    off = '<sync-source sourceID="storyline"><audio-role-source role="music.music-1" active="0"/></sync-source>'
    path = tmp_path / "cut.fcpxml"
    sync = f.clip("0s", "4s", "s", "sync-clip", ref="", inside=held + off)
    path.write_text(f.project(sync, resources=f.asset(more='hasAudio="1"') + wav))
    assert [clip.media.name for clip in read_production_sound(path)] == ["m.wav"]


def test_media_of_nearly_the_same_rate_is_shown_frame_by_frame(fcpxml, read_fcpxml):
    f = fcpxml
    edit = read_fcpxml(f.project(f.clip("0s", "2s", start="25s", inside='<conform-rate srcFrameRate="24"/>')))
    assert (float(edit.shots[0].source_start), float(edit.shots[0].speed)) == pytest.approx(
        (25 * 25 / 24, 25 / 24), 1e-5
    )
    other = f.project(f.clip("0s", "2s", start="25s", inside='<conform-rate scaleEnabled="0" srcFrameRate="24"/>'))
    assert read_fcpxml(other).shots[0].speed == 1


def test_a_clip_without_a_project_is_read_by_itself(fcpxml, read_fcpxml):
    f = fcpxml
    text = f.project("X", resources=f.asset(start="3600s"))
    alone = f.clip("", "5s", "a", start="3602s", format_="r1").replace('offset=""', "")
    edit = read_fcpxml(text[: text.index("<library>")] + alone + "</fcpxml>")
    assert shots(edit) == [("a", 0, 125, 2.0, 1.0)]


def test_a_compound_clip_shows_its_sequence(fcpxml, read_fcpxml):
    f = fcpxml
    story = f.clip("0s", "3s", "a") + f.clip("3s", "9s", "b")
    media = (
        f'<media id="r7"><sequence format="r1" duration="12s" tcStart="0s"><spine>{story}</spine></sequence></media>'
    )
    uses = f.clip("0s", "2s", "comp", "ref-clip", ref="r7", start="2s") + f.clip(
        "2s", "2s", "comp", "ref-clip", ref="r7"
    )
    edit = read_fcpxml(f.project(uses, resources=f.asset() + media))
    assert shots(edit) == [("a", 0, 25, 2.0, 1.0), ("b", 25, 50, 0.0, 1.0), ("a", 50, 100, 0.0, 1.0)]


def test_a_compound_clip_that_contains_itself_is_left_out_and_said(fcpxml, read_fcpxml):
    f = fcpxml
    story = f.clip("0s", "3s", "a") + f.clip("3s", "9s", "b", "ref-clip", ref="r7")
    media = f'<media id="r7"><sequence format="r1" duration="12s"><spine>{story}</spine></sequence></media>'
    edit = read_fcpxml(f.project(f.clip("0s", "12s", "comp", "ref-clip", ref="r7"), resources=f.asset() + media))
    assert edit.frames == 75
    assert "contains itself" in edit.warnings[0]


def test_a_multicam_clip_shows_its_active_angle(fcpxml, read_fcpxml):
    f = fcpxml
    angle = '<mc-angle name="{0}" angleID="{0}">{1}</mc-angle>'
    angles = angle.format("one", f.clip("0s", "60s", "cam1")) + angle.format(
        "two", '<gap offset="0s" duration="10s"/>' + f.clip("10s", "50s", "cam2", start="3s")
    )
    media = f'<media id="r7"><multicam format="r1" tcStart="0s">{angles}</multicam></media>'
    sources = '<mc-source angleID="one" srcEnable="audio"/><mc-source angleID="two" srcEnable="video"/>'
    edit = read_fcpxml(
        f.project(
            f.clip("0s", "2s", "mc", "mc-clip", ref="r7", start="12s", inside=sources),
            f.clip("2s", "2s", "mc", "mc-clip", ref="r7", start="12s"),
            resources=f.asset() + media,
        )
    )
    assert shots(edit) == [("cam2", 0, 50, 5.0, 1.0), ("cam1", 50, 100, 12.0, 1.0)]


def test_the_pick_of_an_audition_is_shown(fcpxml, read_fcpxml):
    f = fcpxml
    takes = f.clip("0s", "2s", "picked").replace(' offset="0s"', "") + f.clip("0s", "9s", "other")
    edit = read_fcpxml(f.project(f.clip("0s", "1s", "a"), f'<audition offset="1s">{takes}</audition>'))
    assert [(shot.name, shot.start, shot.end) for shot in edit.shots] == [("a", 0, 25), ("picked", 25, 75)]


@pytest.mark.parametrize(
    ("points", "start", "meant"),
    [
        ("0s:0s 50s:100s", "5s", (10.0, 2.0)),
        ("0s:0s 200s:100s", "10s", (5.0, 0.5)),
        ("0s:100s 100s:0s", "40s", (60.0, -1.0)),
        ("0s:7s 100s:7s", "0s", (7.0, 0.0)),
    ],
)
def test_time_maps_are_read(fcpxml, read_fcpxml, points, start, meant):
    f = fcpxml
    pairs = [point.split(":") for point in points.split()]
    map_ = "".join(f'<timept time="{time}" value="{value}" interp="linear"/>' for time, value in pairs)
    edit = read_fcpxml(f.project(f.clip("0s", "2s", start=start, inside=f"<timeMap>{map_}</timeMap>")))
    assert (float(edit.shots[0].source_start), float(edit.shots[0].speed)) == meant
    assert not edit.warnings


def test_the_mean_of_a_ramp_is_read_and_said(fcpxml, read_fcpxml):
    f = fcpxml
    points = (("0s", "0s"), ("1s", "1s"), ("2s", "5s"))
    map_ = "".join(f'<timept time="{time}" value="{value}"/>' for time, value in points)
    edit = read_fcpxml(f.project(f.clip("0s", "2s", inside=f"<timeMap>{map_}</timeMap>")))
    assert float(edit.shots[0].speed) == 2.5
    assert "varies" in edit.warnings[0]


def test_markers_and_chapters_are_read(fcpxml, read_fcpxml):
    f = fcpxml
    marks = '<marker start="11s" duration="1/25s" value="hit"/><chapter-marker start="12s" value="act"/>'
    marks += '<marker start="99s" value="outside"/>'
    edit = read_fcpxml(f.project(f.clip("0s", "1s"), f.clip("1s", "4s", start="10s", inside=marks)))
    assert [(m.frame, m.text) for m in edit.markers] == [(50, "hit"), (75, "act")]


def test_sounds_are_heard_by_their_roles(fcpxml, tmp_path):
    f = fcpxml
    (tmp_path / "c.mov").write_bytes(b"")
    (tmp_path / "m.wav").write_bytes(b"")
    sound = f.asset("r3", "m.wav").replace('hasVideo="1"', 'hasAudio="1"')
    music = f.clip("1s", "3s", "m", lane="-1", ref="r3", audioRole="music.music-1")
    muted = f.clip("0s", "4s", "m", lane="-2", ref="r3", inside='<audio-channel-source enabled="0"/>')
    main = f.clip("0s", "4s", "a", inside=music + muted, audioStart="0s", audioDuration="2s", audioRole="dialogue")
    resources = f.asset(more='hasAudio="1"') + sound
    path = tmp_path / "cut.fcpxml"
    path.write_text(f.project(main, resources=resources))
    heard = [(clip.media.name, float(clip.start), float(clip.end)) for clip in read_production_sound(path)]
    assert heard == [("c.mov", 0.0, 2.0), ("m.wav", 1.0, 4.0)]
    assert read_edit(path).cut_frames == ()


def test_a_bundle_is_read_and_its_media_found_inside(fcpxml, tmp_path):
    f = fcpxml
    bundle = tmp_path / "cut.fcpxmld"
    (bundle / "Media").mkdir(parents=True)
    (bundle / "Media" / "c.mov").write_bytes(b"")
    text = f.project(f.clip("0s", "2s")).replace("file:///media/", "./Media/")
    (bundle / "Info.fcpxml").write_text(text)
    edit = read_edit(bundle)
    assert edit.shots[0].media == bundle / "Media" / "c.mov"


def test_older_shapes_are_read(fcpxml, read_fcpxml):
    f = fcpxml
    old = '<asset id="r2" name="c" src="file:///media/c.mov" start="0s" duration="100s" hasVideo="1" format="r1"/>'
    text = f.project(f.clip("0s", "2s"), resources=old)
    text = text.replace('frameDuration="100/2500s"', "").replace('name="f"', 'name="FFVideoFormat1080p2398"')
    edit = read_fcpxml(text.replace('<library><event name="e">', "").replace("</event></library>", ""))
    assert (str(edit.rate), edit.missing) == ("24000/1001", ("c.mov",))


def test_of_several_projects_the_first_is_taken_and_said(fcpxml, read_fcpxml):
    text = fcpxml.project(fcpxml.clip("0s", "2s"))
    start, end = text.index("<project"), text.index("</event>")
    text = text[:end] + text[start:end].replace('name="p"', 'name="q"') + text[end:]
    edit = read_fcpxml(text)
    assert edit.name == "p"
    assert "several projects" in edit.warnings[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("<fcpxml><resources>", "is damaged"),
        ('<fcpxml version="1.9"><resources/></fcpxml>', "holds no project"),
        ("<html/>", "is no FCPXML"),
        ("<fcpxml>" + "<gap>" * 300 + "</gap>" * 300 + "</fcpxml>", "nested too deep"),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_line(read_fcpxml, text, message):
    with pytest.raises(EditReadError, match=message):
        read_fcpxml(text)


@pytest.mark.parametrize("duration", ["nan", "99999999999999999s", "-5s", "5/0s"])
def test_a_length_that_is_none_is_told_with_its_clip(fcpxml, read_fcpxml, duration: str) -> None:
    edit = read_fcpxml(fcpxml.project(fcpxml.clip("0s", "4s"), fcpxml.clip("4s", duration, "late")))
    (told,) = (one for one in edit.warnings if "duration=" in one)
    assert f"cut.fcpxml: asset-clip 'late' has duration=\"{duration}\", which is no" in told


def test_a_project_of_nothing_but_a_damaged_length_says_so(fcpxml, read_fcpxml) -> None:
    with pytest.raises(EditReadError, match="shows nothing that lasts: asset-clip 'late' has duration=\"-5s\""):
        read_fcpxml(fcpxml.project(fcpxml.clip("0s", "-5s", "late")))


def test_a_clip_that_begins_before_its_timeline_moves_nothing_and_is_told(fcpxml, read_fcpxml) -> None:
    edit = read_fcpxml(fcpxml.project(fcpxml.clip("0s", "4s", "a"), fcpxml.clip("-3s", "5s", "early")))
    assert [(shot.name, shot.start, shot.end) for shot in edit.shots] == [("a", 0, 100)]
    assert any("asset-clip 'early' (offset '-3s') begins 3 s before" in one for one in edit.warnings)


def test_a_start_before_the_media_is_told_with_its_clip(fcpxml, read_fcpxml) -> None:
    edit = read_fcpxml(fcpxml.project(fcpxml.clip("0s", "4s", "deep", start="-3s")))
    assert any("asset-clip 'deep' has start=\"-3s\", which lies before its media" in one for one in edit.warnings)


@pytest.mark.parametrize("length", ["0/0s", "0/1s", "nan"])
def test_a_frame_of_no_length_is_told(fcpxml, read_fcpxml, length: str) -> None:
    text = fcpxml.project(fcpxml.clip("0s", "4s")).replace("100/2500s", length)
    edit = read_fcpxml(text)
    assert any(
        f"format 'f' has frameDuration=\"{length}\", which is no length of a frame" in one for one in edit.warnings
    )


def test_a_sound_file_has_no_damaged_times(fcpxml, read_fcpxml) -> None:
    assert not any("has duration=" in one for one in read_fcpxml(fcpxml.project(fcpxml.clip("0s", "4s"))).warnings)
