import json
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.edit import ShotKind
from hitpoint.core.errors import EditReadError, OptionError
from hitpoint.core.progress import Cancelled, Progress


@pytest.fixture
def read(otio_build, stored):
    """Reads an edit made of tracks."""

    def of(*tracks, **more):
        return read_edit(stored(otio_build.timeline(*tracks, **more)))

    return of


def test_clips_and_gaps_meet_at_cuts_and_the_end_is_the_last_picture(otio_build, read):
    b = otio_build
    edit = read(
        b.track(b.clip(50, 100), b.gap(10), b.gap(15), b.clip(300, 75), b.gap(500)),
        b.track(b.clip(0, 900), kind="Audio"),
    )
    assert (edit.frames, edit.cut_frames) == (200, (100, 125))
    assert [shot.kind for shot in edit.shots] == [ShotKind.PICTURE, ShotKind.GAP, ShotKind.PICTURE]
    assert [shot.source_start for shot in edit.shots] == [2, 0, 12]


def test_a_razor_cut_in_one_take_is_a_cut(otio_build, read):
    assert read(otio_build.track(otio_build.clip(0, 40), otio_build.clip(40, 60))).cut_frames == (40,)


def test_a_start_timecode_moves_nothing(otio_build, read):
    b = otio_build
    edit = read(b.track(b.clip(0, 50), b.clip(0, 50)), global_start_time=b.time(90000, 25))
    assert (edit.cut_frames, edit.start_timecode_frame) == ((50,), 90000)


def test_ntsc_cuts_stay_on_their_frames(otio_build, read):
    rate = 23.976023976023978
    edit = read(otio_build.track(*[otio_build.clip(0, 997, rate) for _ in range(50)]))
    assert edit.rate.frames_per_second == Fraction(24000, 1001)
    assert edit.cut_frames == tuple(range(997, 997 * 50, 997))


DISSOLVES = {"even": (10, 10, 100), "kdenlive's": (13, 12, 100), "before": (20, 0, 90), "after": (0, 20, 110)}


@pytest.mark.parametrize(("before", "after", "cut"), DISSOLVES.values(), ids=DISSOLVES)
def test_the_cut_is_the_middle_of_a_dissolve(otio_build, read, before, after, cut):
    b = otio_build
    edit = read(b.track(b.clip(0, 100), b.dissolve(before, after), b.clip(100, 100)))
    assert (edit.cut_frames, edit.frames) == ((cut,), 200)
    assert abs(edit.shots[1].source_start - Fraction(cut, 25)) <= Fraction(1, 50)


def test_dissolves_and_titles_are_told_beside_the_shots_and_change_no_edit(otio_build, read):
    b = otio_build
    edit = read(
        b.track(b.clip(0, 100), b.dissolve(13, 12), b.clip(100, 100)),
        b.track(b.gap(20), b.title(30)),
    )
    told = [(one.kind.value, one.start, one.end, one.name) for one in edit.overlays]
    assert told == [("title", 20, 50, "Title"), ("dissolve", 87, 112, "Dissolve")]
    assert edit == replace(edit, overlays=())


def test_fades_from_and_to_nothing_move_no_cut(otio_build, read):
    b = otio_build
    edit = read(b.track(b.dissolve(0, 20), b.clip(0, 100), b.dissolve(20, 0), b.gap(50), b.dissolve(0, 9), b.clip()))
    assert (edit.cut_frames, edit.frames) == ((100, 150), 250)


def test_a_disabled_clip_is_a_gap_and_a_disabled_track_is_nothing(otio_build, read):
    b = otio_build
    edit = read(
        b.track(b.clip(0, 50), b.clip(0, 50, enabled=False), b.clip(0, 50)),
        b.track(b.clip(0, 70), enabled=False),
    )
    assert [shot.kind.value for shot in edit.shots] == ["picture", "gap", "picture"]
    assert edit.cut_frames == (50, 100)


def test_a_cutaway_on_the_upper_track_makes_two_cuts(otio_build, read):
    b = otio_build
    edit = read(b.track(b.clip(0, 100)), b.track(b.gap(30), b.clip(0, 20, url="b.mov")))
    assert [shot.media_name for shot in edit.shots] == ["a.mov", "b.mov", "a.mov"]
    assert edit.cut_frames == (30, 50)


def test_tracks_named_by_number_lie_in_that_order_however_listed(otio_build, read):
    b = otio_build
    edit = read(b.track(b.gap(30), b.clip(0, 20, url="b.mov"), name="V2"), b.track(b.clip(0, 100), name="V1"))
    assert edit.cut_frames == (30, 50)


def test_early_kdenlive_lists_its_tracks_from_the_top(otio_build, read):
    b = otio_build
    edit = read(
        b.track(b.gap(30), b.clip(0, 20, url="b.mov"), source_range=b.range(0, 50)),
        b.track(b.clip(0, 100), source_range=b.range(0, 100)),
        name="",
    )
    assert edit.cut_frames == (30, 50)


OFFLINE = {"DEFAULT_MEDIA": {"OTIO_SCHEMA": "MissingReference.1"}}


@pytest.mark.parametrize("name", ["Fusion Title", "Opening"])
def test_an_offline_title_over_a_picture_makes_no_cut(otio_build, read, name):
    b = otio_build
    edit = read(b.track(b.clip(0, 100)), b.track(b.gap(30), b.clip(0, 20, name=name, media_references=OFFLINE)))
    assert edit.cut_frames == ()


def test_a_generator_alone_is_a_shot_that_is_drawn(otio_build, read):
    edit = read(otio_build.track(otio_build.title(50), otio_build.clip(0, 50)))
    assert [shot.kind for shot in edit.shots] == [ShotKind.GENERATED, ShotKind.PICTURE]


def test_an_offline_clip_is_named_as_missing(otio_build, read):
    edit = read(otio_build.track(otio_build.clip(0, 50, name="Take 3", media_references=OFFLINE)))
    assert (edit.missing, edit.shots[0].kind) == (("Take 3",), ShotKind.PICTURE)


def test_nested_stacks_show_their_cuts_trimmed_and_retimed(otio_build, read):
    b = otio_build
    inner = b.stack(b.track(b.clip(0, 60), b.clip(0, 60)), source_range=b.range(20, 40), effects=b.warp(2.0))
    edit = read(b.track(b.clip(0, 10), inner))
    assert (edit.cut_frames, edit.frames) == ((10, 30), 50)
    assert [(shot.source_start, shot.speed) for shot in edit.shots[1:]] == [(Fraction(20, 25), 2), (0, 2)]


def test_fifty_levels_of_nesting_are_read(otio_build, read):
    node = otio_build.clip(0, 80)
    for _ in range(50):
        node = otio_build.stack(otio_build.track(node))
    assert read(otio_build.track(node)).frames == 80


def test_endless_nesting_is_refused(otio_build, read):
    node = otio_build.clip(0, 80)
    for _ in range(130):
        node = otio_build.stack(node)
    with pytest.raises(EditReadError, match="nested more than"):
        read(otio_build.track(node))


SPEEDS = {
    "faster": ([{"OTIO_SCHEMA": "LinearTimeWarp.1", "time_scalar": 2.0}], 2, 2),
    "backwards": ([{"OTIO_SCHEMA": "LinearTimeWarp.1", "time_scalar": -1.0}], -1, 6),
    "frozen": ([{"OTIO_SCHEMA": "FreezeFrame.1", "time_scalar": 0}], 0, 2),
    "a ramp": (
        [{"OTIO_SCHEMA": "TimeEffect.1", "metadata": {"Resolve_OTIO": {"Speed Ratio": 0.5}}}],
        Fraction(1, 2),
        2,
    ),
    "unbelievable": ([{"OTIO_SCHEMA": "LinearTimeWarp.1", "time_scalar": 1e300}], 1, 2),
    "unknown": ([{"OTIO_SCHEMA": "PluginOfTheirs.7"}, None, 3], 1, 2),
    "switched off": ([{"OTIO_SCHEMA": "FreezeFrame.1", "enabled": False}], 1, 2),
}


@pytest.mark.parametrize(("effects", "speed", "source_start"), SPEEDS.values(), ids=SPEEDS)
def test_speed_changes_the_source_and_not_the_length(otio_build, read, effects, speed, source_start):
    shot = read(otio_build.track(otio_build.clip(50, 100, effects=effects))).shots[0]
    assert (shot.end, shot.speed, shot.source_start) == (100, speed, source_start)


@pytest.mark.parametrize(
    ("scalar", "words"), [(0.0, "has a speed of 0 .* freeze frame"), (1e300, "has a speed of 1e.300 .*none can have")]
)
def test_a_speed_that_cannot_be_meant_is_told_with_its_clip(otio_build, read, scalar, words):
    edit = read(otio_build.track(otio_build.clip(50, 100, name="stuck", effects=otio_build.warp(scalar))))
    assert any(re.match(f"clip .stuck. {words}", one) for one in edit.warnings)


def test_premiere_counts_a_retimed_clip_in_source_frames(otio_build, read):
    b = otio_build
    stack = {"metadata": {"PremierePro_OTIO": {"VideoFrameRate": 25.0}}}
    edit = read(b.track(b.clip(0, 100, effects=b.warp(2.0)), b.clip(0, 30, effects=b.warp(1.0))), stack=stack)
    assert (edit.host, edit.cut_frames, edit.frames) == ("premiere", (50,), 80)
    assert "retimed" in edit.warnings[0]


def test_resolve_writes_source_times_in_the_media_s_timecode(otio_build, read):
    b = otio_build
    edit = read(b.track(b.clip(1800050, 100, 50, available=b.range(1800000, 1500, 50))))
    assert edit.shots[0].source_start == 1


def test_a_source_before_a_lying_available_range_stays_as_it_is(otio_build, read):
    b = otio_build
    assert read(b.track(b.clip(50, 100, available=b.range(90000, 500)))).shots[0].source_start == 2


def test_a_rate_of_zero_counts_frames_of_the_timeline(otio_build, read):
    b = otio_build
    clip = b.clip(0, 900, 0, available=b.range(0, 900, 0))
    edit = read(b.track(clip, source_range=b.range(0, 900, 30)))
    assert (str(edit.rate), edit.frames) == ("30", 900)


def test_the_range_of_a_track_is_honoured(otio_build, read):
    b = otio_build
    edit = read(b.track(b.clip(0, 100), b.clip(0, 100), source_range=b.range(60, 80)))
    assert (edit.cut_frames, edit.frames) == ((40,), 80)


def test_sound_alone_is_one_gap_as_long_as_it(otio_build, read):
    b = otio_build
    track, clip = ({"hitpoint": {"schema": f"hitpoint.{place}.1"}} for place in ("track", "clip"))
    ours = b.track(b.clip(0, 999, metadata=clip), kind="Audio", metadata=track)
    edit = read(b.track(b.clip(0, 100), kind="Audio"), b.track(b.clip(0, 250), kind="Audio"), ours)
    assert [(shot.kind, shot.end) for shot in edit.shots] == [(ShotKind.GAP, 250)]


def test_markers_come_from_stack_track_and_clip_each_in_its_own_time(otio_build, read):
    b = otio_build
    clip = b.clip(50, 100, markers=[b.marker(60, comment="clip"), b.marker(10, comment="outside"), b.marker(400)])
    edit = read(
        b.track(b.gap(20), clip, markers=[b.marker(30, name="track")]),
        stack={"markers": [b.marker(5, metadata={"Resolve_OTIO": {"Note": "note"}}), b.marker(5000), b.marker(-3)]},
    )
    assert [(m.frame, m.text) for m in edit.markers] == [(5, "note"), (30, "clip"), (30, "outside"), (30, "track")]


def test_kdenlive_s_clip_markers_count_from_the_in_point(otio_build, read):
    b = otio_build
    clip = b.clip(50, 100, markers=[b.marker(75, comment="in"), b.marker(-25, comment="out")])
    edit = read(b.track(b.gap(20), clip), metadata={"kdenlive": {"version": "26.08.2"}})
    assert [(m.frame, m.text) for m in edit.markers] == [(95, "in")]
    assert any("drop the WAV" in warning for warning in edit.warnings)


def test_a_speed_that_kdenlive_did_not_export_is_suspected(otio_build, read):
    b = otio_build
    edit = read(
        b.track(b.clip(25, 50)),
        b.track(b.clip(50, 100), kind="Audio"),
        metadata={"kdenlive": {"version": "26.08.2"}},
    )
    assert any("changed speed" in warning for warning in edit.warnings)


def test_children_of_unknown_kinds_do_not_stop_the_reading(otio_build, read):
    b = otio_build
    odd = {"OTIO_SCHEMA": "Weird.3", "name": "odd", "source_range": b.range(0, 10)}
    edit = read(b.track(b.clip(0, 10), odd, None, 3, {"OTIO_SCHEMA": 5}, b.clip(0, 10)))
    assert edit.cut_frames == (10, 20)


def test_what_is_unknown_is_named_once_with_what_it_was_taken_for(otio_build, read):
    b = otio_build
    odd = {"OTIO_SCHEMA": "Clop.2", "source_range": b.range(0, 10)}
    edit = read(b.track(odd, b.clip(0, 10), {**odd, "name": "another"}))
    (told,) = edit.warnings
    assert "'Clop' in the file is unknown: each was taken for a shot without media" in told


def test_what_is_unknown_on_a_sound_track_is_named_too(otio_build, read):
    b = otio_build
    odd = {"OTIO_SCHEMA": "Clop.2", "source_range": b.range(0, 10)}
    edit = read(b.track(b.clip(0, 10)), b.track(odd, b.clip(0, 10), odd, kind="Audio"))
    (told,) = edit.warnings
    assert "'Clop' on the sound tracks is unknown and is not heard" in told


SENSELESS = {
    "no frames a second": (0, 10, 0.0),
    "a negative length": (0, -10, 25.0),
    "no number": (0, float("nan"), 25.0),
    "endless": (0, float("inf"), 25.0),
    "gigantic": (0, 1e300, 25.0),
    "a week": (0, 25 * 86400 * 7, 25.0),
    "nothing": (0, 0, 25.0),
}


@pytest.mark.parametrize("clip", SENSELESS.values(), ids=SENSELESS)
def test_senseless_times_give_one_line(otio_build, read, clip):
    with pytest.raises(EditReadError) as caught:
        read(otio_build.track(otio_build.clip(*clip)))
    assert "\n" not in str(caught.value)


def test_a_collection_with_two_timelines_says_which_was_taken(otio_build, stored):
    b = otio_build
    timelines = [b.timeline(b.track(b.clip(0, n))) for n in (30, 60)]
    edit = read_edit(stored({"OTIO_SCHEMA": "SerializableCollection.1", "children": timelines}))
    assert edit.frames == 30
    assert "several timelines" in edit.warnings[0]


def test_clips_of_the_first_schema_are_read(otio_build, read):
    clip = otio_build.clip(0, 50)
    clip["media_reference"] = clip.pop("media_references")["DEFAULT_MEDIA"]
    assert read(otio_build.track({**clip, "OTIO_SCHEMA": "Clip.1"})).shots[0].media_name == "a.mov"


def test_an_endless_available_range_is_ignored(otio_build, stored):
    b = otio_build
    document = b.timeline(b.track(b.clip(0, 50, available=b.range(0, float("inf")))))
    path = stored(document)
    path.write_text(json.dumps(document).replace("Infinity", "Inf"))
    assert read_edit(path).frames == 50


def test_ten_thousand_clips_are_read(otio_build, read):
    assert len(read(otio_build.track(*[otio_build.clip(0, 24) for _ in range(10_000)])).shots) == 10_000


def test_a_media_folder_that_is_not_there_is_named(otio_build, stored, tmp_path):
    with pytest.raises(OptionError, match="no folder"):
        read_edit(stored(otio_build.timeline(otio_build.track(otio_build.clip()))), [tmp_path / "none"])


def test_reading_stops_when_asked(otio_build, stored):
    path = stored(otio_build.timeline(otio_build.track(otio_build.clip())))
    with pytest.raises(Cancelled):
        read_edit(path, progress=Progress(is_cancelled=lambda: True))


def test_an_edl_is_read_through_its_adapter(tmp_path):
    pytest.importorskip("otio_cmx3600_adapter")
    path = tmp_path / "cut.edl"
    path.write_text(
        "TITLE: cut\n\n"
        "001  AX V C 00:00:01:00 00:00:03:24 01:00:00:00 01:00:02:24\n* FROM CLIP NAME: a.mov\n"
        "002  AX V C 00:00:05:00 00:00:06:00 01:00:02:24 01:00:03:24\n* FROM CLIP NAME: b.mov\n"
    )
    edit = read_edit(path)
    assert (str(edit.rate), edit.cut_frames, edit.missing) == ("25", (74,), ("a.mov", "b.mov"))


@pytest.mark.parametrize("name", ["cut.edl", "cut.xml", "cut.aaf", "cut.otioz", "cut.mp4", "cut.foo"])
def test_foreign_nonsense_gives_one_line(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(b"\xfe\x00<nonsense>")
    with pytest.raises(EditReadError) as caught:
        read_edit(path)
    assert "\n" not in str(caught.value)
