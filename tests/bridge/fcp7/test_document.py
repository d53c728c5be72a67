import re
from fractions import Fraction

import pytest

from hitpoint.core.edit import ShotKind
from hitpoint.core.errors import EditReadError


def shots(edit):
    return [(shot.name, shot.start, shot.end, float(shot.source_start), float(shot.speed)) for shot in edit.shots]


def test_a_sequence_inside_another_shows_its_cuts(fcp7, read_fcp7):
    f = fcp7
    inner = f.sequence(f.track(f.clip("n1.mov", 0, 100), f.clip("n2.mov", 100, 200)), id_="s2")
    first = f.clip("nest", 50, 150, 50, inside=inner)
    again = f.clip("nest", 200, 300, 0, inside='<sequence id="s2"/>')
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("a.mov", 0, 50), first, f.clip("b.mov", 150, 200), again))))
    assert (edit.frames, edit.cut_frames) == (300, (50, 100, 150, 200))
    assert shots(edit)[1:3] == [("n1.mov", 50, 100, 2.0, 1.0), ("n2.mov", 100, 150, 0.0, 1.0)]


def test_a_sequence_of_another_rate_keeps_its_own_time(fcp7, read_fcp7):
    f = fcp7
    inner = f.sequence(f.track(f.clip("n1.mov", 0, 100), f.clip("n2.mov", 100, 200)), id_="s2", rates=f.rate(50))
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("nest", 0, 75, 25, inside=inner)))))
    assert shots(edit) == [("n1.mov", 0, 25, 1.0, 1.0), ("n2.mov", 25, 75, 0.0, 1.0)]


def test_what_lies_in_a_retimed_sequence_is_retimed(fcp7, read_fcp7):
    f = fcp7
    inner = f.sequence(f.track(f.clip("n1.mov", 0, 100), f.clip("n2.mov", 100, 200)), id_="s2")
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("nest", 0, 100, inside=inner, more=f.remap(200))))))
    assert shots(edit) == [("n1.mov", 0, 50, 0.0, 2.0), ("n2.mov", 50, 100, 0.0, 2.0)]


def test_a_nest_of_sounds_is_heard(fcp7, tmp_path):
    from hitpoint.bridge.reading.production_sound import read_production_sound

    f = fcp7
    (tmp_path / "v.wav").write_bytes(b"")
    voice = f.track(f.clip("v.wav", 50, 150, 10))
    inner = f.sequence(f.track(f.clip("n.mov", 0, 200)), sounds=(voice, voice), id_="s2")
    use = f.track(f.clip("nest", 0, 100, 25, inside='<sequence id="s2"/>'))
    path = tmp_path / "cut.xml"
    path.write_text(f.xmeml(f.sequence(f.track(f.clip("nest", 0, 100, 25, inside=inner)), sounds=(use,))))
    heard = [(clip.media.name, clip.start, clip.end, clip.source_start) for clip in read_production_sound(path)]
    assert heard == [("v.wav", 1, 4, Fraction(10, 25))]


def test_a_sequence_may_be_defined_after_its_use_and_the_outer_one_is_taken(fcp7, read_fcp7):
    f = fcp7
    inner = f.sequence(f.track(f.clip("n.mov", 0, 100)), id_="inner")
    outer = f.sequence(f.track(f.clip("nest", 0, 60, 10, inside='<sequence id="inner"/>')), id_="outer")
    edit = read_fcp7(f.xmeml(f"<project><children>{inner}{outer}</children></project>"))
    assert edit.name == "outer"
    assert shots(edit) == [("n.mov", 0, 60, 0.4, 1.0)]
    assert not edit.warnings


def test_of_several_sequences_the_first_is_taken_and_said(fcp7, read_fcp7):
    f = fcp7
    both = [f.sequence(f.track(f.clip(f"{name}.mov", 0, 50)), id_=name) for name in ("one", "two")]
    edit = read_fcp7(f.xmeml(*both))
    assert edit.name == "one"
    assert "several sequences" in edit.warnings[0]


def test_a_sequence_that_contains_itself_is_offline(fcp7, read_fcp7):
    f = fcp7
    loop = f.clip("loop", 50, 100, inside='<sequence id="s1"/>')
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("a.mov", 0, 50), loop))))
    assert edit.cut_frames == (50,)
    assert "contains itself" in " ".join(edit.warnings)


def test_fades_of_one_side_move_no_cut(fcp7, read_fcp7):
    f = fcp7
    items = (
        f.clip("a.mov", 0, -1, 0, 100),
        f.fade(75, 100, "end-black"),
        f.clip("b.mov", 100, 200),
        f.fade(200, 260, "start-black"),
        f.clip("c.mov", -1, 300, 0, 100),
    )
    assert read_fcp7(f.xmeml(f.sequence(f.track(*items)))).cut_frames == (100, 200)


def test_fades_at_the_head_and_the_tail_keep_the_length(fcp7, read_fcp7):
    f = fcp7
    items = (f.fade(0, 20, "start-black"), f.clip("a.mov", -1, -1, 0, 100), f.fade(80, 100, "end-black"))
    edit = read_fcp7(f.xmeml(f.sequence(f.track(*items))))
    assert shots(edit) == [("a.mov", 0, 100, 0.0, 1.0)]


def test_a_dissolve_is_cut_in_its_middle(fcp7, read_fcp7):
    f = fcp7
    items = (f.clip("a.mov", 0, -1, 0, 112), f.fade(88, 112), f.clip("b.mov", -1, 200, 50, 162))
    edit = read_fcp7(f.xmeml(f.sequence(f.track(*items))))
    assert shots(edit) == [("a.mov", 0, 100, 0.0, 1.0), ("b.mov", 100, 200, 2.48, 1.0)]


@pytest.mark.parametrize("switched", ["clip", "track"])
def test_what_is_switched_off_is_not_shown(fcp7, read_fcp7, switched):
    f = fcp7
    state = {"clip": ("FALSE", "TRUE"), "track": ("TRUE", "FALSE")}[switched]
    above = f.track(f.clip("b.mov", 50, 100, enabled=state[0]), enabled=state[1])
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("a.mov", 0, 200)), above)))
    assert shots(edit) == [("a.mov", 0, 200, 0.0, 1.0)]


def test_tracks_lie_as_they_are_listed_whatever_their_names(fcp7, read_fcp7):
    f = fcp7
    low, high = f.track(f.clip("low.mov", 0, 50)), f.track(f.clip("high.mov", 0, 50))
    named = [each.replace("<track>", f'<track MZ.TrackName="{name}">') for each, name in ((low, "V2"), (high, "V1"))]
    assert [shot.name for shot in read_fcp7(f.xmeml(f.sequence(*named))).shots] == ["high.mov"]


def test_an_in_point_counts_frames_of_the_sequence_where_the_lengths_agree(fcp7, read_fcp7):
    f = fcp7
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("fifty.mov", 0, 100, 100, 200, timebase=50)))))
    assert shots(edit) == [("fifty.mov", 0, 100, 4.0, 1.0)]


def test_an_in_point_counts_frames_of_the_clip_where_those_agree(fcp7, read_fcp7):
    f = fcp7
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("fifty.mov", 0, 100, 100, 300, timebase=50)))))
    assert shots(edit) == [("fifty.mov", 0, 100, 2.0, 1.0)]


def test_an_item_that_lies_nowhere_is_left_out_and_said(fcp7, read_fcp7):
    f = fcp7
    sound = f.track(f.clip("x.caf", 0, 19), f.clip("x.caf", 19, 5, 17, 3), f.clip("y.caf", 20, 40))
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("a.mov", 0, 200)), sounds=(sound,))))
    assert edit.frames == 200
    assert edit.warnings == (
        "'x.caf' ends before it starts, or lies nowhere, and was left out: look at it in the host",
    )


def test_impossible_times_of_one_item_refuse_nothing(fcp7, read_fcp7):
    f = fcp7
    items = (f.clip("a.mov", 0, 100, 10**11), f.clip("far.mov", 10**11, 10**11 + 5), f.clip("b.mov", 100, 200))
    edit = read_fcp7(f.xmeml(f.sequence(f.track(*items))))
    assert (edit.frames, edit.cut_frames) == (200, (100,))
    assert "far.mov" in edit.warnings[0]


def test_a_clip_without_a_file_is_offline_and_said(fcp7, read_fcp7):
    f = fcp7
    items = (f.clip("a.mov", 0, 100), f.clip("Multicam", 100, 140, 2539, inside=""), f.clip("b.mov", 140, 200))
    edit = read_fcp7(f.xmeml(f.sequence(f.track(*items))))
    assert edit.cut_frames == (100, 140)
    assert "Multicam" in edit.missing
    assert "shown as offline" in edit.warnings[0]


def test_the_active_angle_of_a_multicam_clip_is_shown(fcp7, read_fcp7):
    f = fcp7
    angle = "<angle><activevideoangle>{}</activevideoangle><clip><name>{}</name>{}</clip></angle>"
    angles = angle.format("FALSE", "cam1", f.file("cam1.mov")) + angle.format("TRUE", "cam2", f.file("cam2.mov"))
    items = f.clip("Multi", 0, 50, 25, inside=f'<multiclip id="m1">{angles}</multiclip>')
    items += f.clip("Multi", 50, 80, 75, inside='<multiclip id="m1"/>')
    edit = read_fcp7(f.xmeml(f.sequence(f.track(items))))
    assert [(shot.media_name, float(shot.source_start)) for shot in edit.shots] == [
        ("cam2.mov", 1.0),
        ("cam2.mov", 3.0),
    ]


def test_slug_and_colour_hide_the_picture_and_titles_do_not(fcp7, read_fcp7):
    f = fcp7
    above = f.track(f.generator("Slug", 50, 100), f.generator("Blue", 150, 200, "Color"), f.generator("Text", 220, 260))
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("a.mov", 0, 300)), above)))
    assert edit.cut_frames == (50, 100, 150, 200)
    assert [shot.kind for shot in edit.shots][1] is ShotKind.GENERATED


@pytest.mark.parametrize(
    ("name", "alpha", "cuts"),
    [("Black Video", "none", (50, 100)), ("Transparent Video", "straight", ()), ("Adjustment Layer", "none", ())],
)
def test_what_premiere_draws_hides_the_picture_if_it_is_opaque(fcp7, read_fcp7, name, alpha, cuts):
    f = fcp7
    slug = f"<alphatype>{alpha}</alphatype><file id='f'><name>{name}</name><mediaSource>Slug</mediaSource></file>"
    above = f.track(f.clip(name, 50, 100, 86313, inside=slug))
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("a.mov", 0, 300)), above)))
    assert edit.cut_frames == cuts
    assert edit.missing == ("a.mov",)


def test_a_placeholder_at_rate_0_is_shown(fcp7, read_fcp7):
    f = fcp7
    slate = f'<file id="f0"><name>slate</name><mediaSource>Slug</mediaSource>{f.rate(0)}<duration>0</duration></file>'
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("slate", 0, 75, inside=slate), f.clip("b.mov", 75, 200)))))
    assert edit.cut_frames == (75,)


@pytest.mark.parametrize(
    ("filter_", "used", "meant"),
    [
        (("200", "", ""), (50, 150), (4.0, 2.0)),
        (("200", "", ""), (50, 250), (2.0, 2.0)),  # a writer that counts frames of the media
        (("50", "", ""), (100, 200), (2.0, 0.5)),
        (("100", "TRUE", ""), (100, 200), (36.0, -1.0)),
        (("-100", "", ""), (100, 200), (36.0, -1.0)),
        (("0", "", "1234"), (86400, 86500), (49.36, 0.0)),
        (("0.25", "", ""), ("100.0", "200.0"), (1.0, 0.25)),  # as Hiero writes it
    ],
)
def test_time_remaps_are_read(fcp7, read_fcp7, filter_, used, meant):
    f = fcp7
    speed, reverse, frozen = filter_
    keys = f.key(0, frozen) + f.key(90_000, frozen) if frozen else ""
    filter_ = f.remap(speed, reverse=reverse or "FALSE", keys=keys)
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("a.mov", 0, 100, *used, more=filter_)))))
    assert (float(edit.shots[0].source_start), float(edit.shots[0].speed)) == meant


def test_the_mean_of_a_ramp_is_read_and_said_and_rubbish_in_virtual_keys_is_not(fcp7, read_fcp7):
    f = fcp7
    keys = f.key(0, 0) + f.key(100, 100, virtual=False) + f.key(150, 200, virtual=False)
    keys += f.key(200, 250, virtual=False) + f.key(180, -1815255671)
    filter_ = f.remap("120", keys=keys, variable=1)
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("a.mov", 0, 100, 100, 200, more=filter_)))))
    assert (float(edit.shots[0].source_start), float(edit.shots[0].speed)) == (4.0, 1.5)
    assert "varies" in edit.warnings[0]


def test_the_medias_timecode_is_no_part_of_where_a_shot_starts(fcp7, read_fcp7):
    f = fcp7
    code = f"<timecode>{f.rate()}<string>10:00:00:00</string><frame>900000</frame></timecode>"
    inside = f.file("a.mov", more=code)
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("a.mov", 0, 100, 50, inside=inside)))))
    assert edit.shots[0].source_start == 2


@pytest.mark.parametrize(
    ("string", "shown", "frame", "drops"),
    [("01:00:00:00", "NDF", 107892 + 108, False), ("01;00;00;00", "DF", 107892, True)],
)
def test_start_timecode_and_drop_frame_are_kept(fcp7, read_fcp7, string, shown, frame, drops):
    f = fcp7
    rates = f.rate(30, "TRUE")
    code = f"<timecode>{rates}<string>{string}</string><displayformat>{shown}</displayformat></timecode>"
    edit = read_fcp7(f.xmeml(f.sequence(f.track(f.clip("a.mov", 0, 100)), rates=rates, more=code)))
    assert (str(edit.rate), edit.start_timecode_frame, edit.drop_frame) == ("30000/1001", frame, drops)


def test_markers_of_the_sequence_and_of_its_clips_are_read(fcp7, read_fcp7):
    f = fcp7
    mark = "<marker><name>M</name><comment>{}</comment><in>{}</in><out>{}</out></marker>"
    inside = f.clip("a.mov", 100, 200, 30, more=mark.format("in clip", 40, -1) + mark.format("outside", 500, -1))
    text = f.sequence(f.track(f.clip("b.mov", 0, 100), inside), more=mark.format("act", 25, 50))
    edit = read_fcp7(f.xmeml(text))
    assert [(m.frame, m.frames, m.text) for m in edit.markers] == [(25, 25, "act"), (110, 1, "in clip")]


def test_a_rate_that_the_file_does_not_tell_can_be_given(fcp7, read_fcp7):
    from fractions import Fraction

    from hitpoint.core.timebase import FrameRate

    f = fcp7
    text = f.xmeml(f.sequence(f.track(f.clip("a.mov", 0, 100)))).replace(f.rate(), "")
    assert read_fcp7(text, rate=FrameRate(Fraction(30))).rate.nominal == 30
    assert "--rate" in read_fcp7(text).warnings[0]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is empty"),
        ("<xmeml", "is damaged at line 1"),
        ("<xmeml version='4'/>", "holds no sequence"),
        ("<other/>", "no edit that can be read"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><xmeml>&a;</xmeml>', "document type"),
        ("<xmeml>" + "<a>" * 200 + "</a>" * 200 + "</xmeml>", "nested too deep"),
    ],
)
def test_what_is_no_such_file_is_refused_in_one_line(read_fcp7, text, message):
    with pytest.raises(EditReadError, match=message) as caught:
        read_fcp7(text)
    assert not set("<>[]{}").intersection(str(caught.value).replace("<other>", ""))


def test_bare_ampersands_and_utf_16_are_read(fcp7, tmp_path):
    from hitpoint.bridge.reading.timeline_reader import read_edit

    f = fcp7
    text = f.xmeml(f.sequence(f.track(f.clip("a & b.mov", 0, 100))))
    path = tmp_path / "cut.xml"
    path.write_bytes(text.replace("UTF-8", "UTF-16").encode("utf-16"))
    assert read_edit(path).shots[0].name == "a & b.mov"


@pytest.mark.parametrize(("tag", "value"), [("end", "99999999999999999999"), ("start", "-7"), ("in", "nan")])
def test_a_frame_that_is_none_is_told_with_its_clip(fcp7, read_fcp7, tag: str, value: str) -> None:
    bad = re.sub(f"<{tag}>[^<]*", f"<{tag}>{value}", fcp7.clip("late.mov", 100, 200))
    edit = read_fcp7(fcp7.xmeml(fcp7.sequence(fcp7.track(fcp7.clip("a.mov", 0, 100), bad))))
    told = next(one for one in edit.warnings if f"<{tag}>" in one)
    assert "cut.xml: clipitem 'late.mov' has <" in told and "which is no frame" in told


def test_an_edge_at_a_transition_is_no_damage(fcp7, read_fcp7) -> None:
    items = (fcp7.clip("a.mov", 0, -1, 0, 100), fcp7.fade(90, 110), fcp7.clip("b.mov", -1, 200, 0, 110))
    edit = read_fcp7(fcp7.xmeml(fcp7.sequence(fcp7.track(*items))))
    assert not any("no frame" in one for one in edit.warnings)
