from fractions import Fraction

import pytest

from hitpoint.bridge.reading.production_sound import read_production_sound
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.errors import EditReadError
from hitpoint.core.timebase import FrameRate

HEAD = "TITLE: cut\nFCM: NON-DROP FRAME\n\n"


@pytest.fixture
def read_edl(tmp_path):
    def read(text: str | bytes, rate: float | None = 25, **options):
        path = tmp_path / "cut.edl"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_edit(path, rate=None if rate is None else FrameRate.from_float(rate), **options)

    return read


def event(number, times, *, reel="AX", channels="V", transition="C    ", name=""):
    line = f"{number:03d}  {reel:<8} {channels:<5} {transition:<8} {times}\n"
    return line + (f"* FROM CLIP NAME: {name}\n" if name else "")


def shots(edit):
    return [(shot.name, shot.start, shot.end, float(shot.source_start), float(shot.speed)) for shot in edit.shots]


TWO = event(1, "00:00:10:00 00:00:14:12 01:00:00:00 01:00:04:12", name="a.mov") + event(
    2, "00:00:00:00 00:00:05:10 01:00:04:12 01:00:09:22", name="b.mov"
)


def test_record_times_place_the_events(read_edl):
    edit = read_edl(HEAD + TWO)
    assert shots(edit) == [("a.mov", 0, 112, 10.0, 1.0), ("b.mov", 112, 247, 0.0, 1.0)]
    assert (edit.name, edit.start_timecode_frame, edit.missing) == ("cut", 90_000, ("a.mov", "b.mov"))
    assert not edit.warnings


def test_the_rate_is_guessed_from_the_timecodes_and_said(read_edl):
    edit = read_edl(HEAD + TWO, None)
    assert str(edit.rate) == "24"
    assert "--rate" in edit.warnings[0]


def test_the_rate_is_that_of_the_media_found(read_edl, filmed, panned, tmp_path):
    filmed(tmp_path / "a.mov", [panned(1, 5)], rate=Fraction(25))
    edit = read_edl(HEAD + TWO, None)
    assert str(edit.rate) == "25"
    assert not [line for line in edit.warnings if "rate" in line]
    assert read_edl(HEAD + TWO, 30).warnings == (
        "the media of this list run at 25 frames a second; it was read at 30, as was asked",
    )


def test_the_rate_given_counts_most_and_must_fit(read_edl):
    assert str(read_edl(HEAD + TWO, 29.97).rate) == "30000/1001"
    with pytest.raises(EditReadError, match="event 001 says 00:00:04:24, which does not exist at 24"):
        read_edl(HEAD + TWO.replace("14:12", "04:24"), 24)


def test_a_note_may_tell_the_rate(read_edl):
    assert str(read_edl(HEAD + TWO + "* FRAME RATE: 29.97\n", None).rate) == "30000/1001"


@pytest.mark.parametrize("mark", [":", ";"])
def test_drop_frame_is_told_by_the_mode_or_by_semicolons(read_edl, mark):
    mode = "DROP FRAME" if mark == ":" else "NON-DROP FRAME"
    times = f"00:00:00{mark}00 00:02:00{mark}04 01:00:00{mark}00 01:02:00{mark}04"
    edit = read_edl(f"TITLE: t\nFCM: {mode}\n" + event(1, times), None)
    assert (str(edit.rate), edit.frames, edit.drop_frame) == ("30000/1001", 3600, True)


def test_5994_drop_frame_is_read(read_edl):
    text = "FCM: DROP FRAME\n" + event(1, "00:00:00;00 00:00:10;45 01:00:00;00 01:00:10;45")
    edit = read_edl(text, None)
    assert (str(edit.rate), edit.frames) == ("60000/1001", 645)


def test_a_source_of_another_length_changes_nothing(read_edl):
    edit = read_edl(HEAD + event(1, "00:00:10:00 00:00:15:00 01:00:00:00 01:00:04:24", name="a.mov"))
    assert shots(edit) == [("a.mov", 0, 124, 10.0, 1.0)]


def test_a_dissolve_is_cut_in_its_middle_and_fades_of_black_move_nothing(read_edl):
    text = (
        event(1, "00:00:00:00 00:00:00:00 01:00:00:00 01:00:00:00", reel="BL")
        + event(1, "00:00:10:00 00:00:15:00 01:00:00:00 01:00:05:00", transition="D    024")
        + "* TO CLIP NAME: a.mov\n"
        + event(2, "00:00:15:00 00:00:15:00 01:00:05:00 01:00:05:00")
        + event(2, "00:00:20:00 00:00:25:00 01:00:05:00 01:00:10:00", transition="D    020")
        + "* FROM CLIP NAME: a.mov\n* TO CLIP NAME: b.mov\n"
        + event(3, "00:00:25:00 00:00:25:00 01:00:10:00 01:00:10:00")
        + event(3, "00:00:00:00 00:00:00:24 01:00:10:00 01:00:10:24", reel="BL", transition="D    024")
    )
    edit = read_edl(HEAD + text)
    assert shots(edit) == [("a.mov", 0, 135, 10.0, 1.0), ("b.mov", 135, 274, 20.4, 1.0)]


def test_a_wipe_is_a_transition_too(read_edl):
    text = TWO.replace("C        00:00:00:00", "W001 020 00:00:00:00")
    assert read_edl(HEAD + text).cut_frames == (122,)


def test_keys_let_the_picture_through(read_edl):
    text = (
        event(1, "00:00:10:00 00:00:20:00 01:00:00:00 01:00:10:00", transition="K B", name="a.mov")
        + event(1, "00:00:00:00 00:00:02:00 01:00:03:00 01:00:05:00", reel="TITLE", transition="K    000")
        + event(2, "00:00:10:00 00:00:12:00 01:00:10:00 01:00:12:00", name="b.mov")
    )
    assert read_edl(HEAD + text).cut_frames == (250,)


def test_pictures_and_sounds_of_one_number_are_told_apart(read_edl, tmp_path):
    for name in ("a.mov", "m.wav"):
        (tmp_path / name).write_bytes(b"")
    text = (
        event(1, "00:00:10:00 00:00:14:24 01:00:00:00 01:00:04:24", channels="AA/V", name="a.mov")
        + event(1, "00:00:00:00 00:00:09:24 01:00:00:00 01:00:09:24", channels="A2", name="m.wav")
        + event(2, "00:00:00:00 00:00:05:00 01:00:04:24 01:00:09:24", channels="B", name="a.mov")
    )
    edit = read_edl(HEAD + text)
    assert edit.cut_frames == (124,)
    clips = read_production_sound(tmp_path / "cut.edl", rate=edit.rate)
    heard = [(clip.media.name, float(clip.start), float(clip.end)) for clip in clips]
    assert heard == [("a.mov", 0.0, 4.96), ("a.mov", 4.96, 9.96), ("m.wav", 0.0, 9.96)]


def test_an_event_of_no_channel_shows_nothing(read_edl):
    text = TWO + event(3, "00:00:00:00 00:00:09:00 01:00:00:00 01:00:09:00", channels="NONE", name="fx")
    assert read_edl(HEAD + text).cut_frames == (112,)


@pytest.mark.parametrize(("speed", "meant"), [("050.0", (10.0, 2.0)), ("012.5", (10.0, 0.5)), ("-025.0", (12.0, -1.0)),
                                              ("000.0", (10.0, 0.0))])  # fmt: skip
def test_speeds_are_read(read_edl, speed, meant):
    out = {"050.0": "14:00", "012.5": "11:00", "-025.0": "12:00", "000.0": "12:00"}[speed]
    text = event(1, f"00:00:10:00 00:00:{out} 01:00:00:00 01:00:02:00", reel="R1", name="a.mov")
    edit = read_edl(HEAD + text + f"M2   R1       {speed}       00:00:10:00\n")
    assert (float(edit.shots[0].source_start), float(edit.shots[0].speed)) == meant


def test_missing_frames_between_all_events_are_last_frames_shown(read_edl):
    text = (
        event(1, "00:00:00:00 00:00:02:03 00:00:00:00 00:00:02:03")
        + event(2, "00:00:02:04 00:00:06:10 00:00:02:04 00:00:06:10")
        + event(3, "00:00:06:11 00:00:09:00 00:00:06:11 00:00:09:00")
    )
    edit = read_edl("* MADE BY A TOOL\n" + HEAD + text)
    assert (edit.frames, edit.cut_frames) == (226, (54, 161))
    assert "last frame shown" in edit.warnings[0]


def test_one_missing_frame_among_events_that_meet_is_closed_and_said(read_edl):
    more = event(3, "00:00:05:10 00:00:06:10 01:00:09:23 01:00:10:23", name="c.mov")
    edit = read_edl(HEAD + TWO + more)
    assert edit.cut_frames == (112, 248)
    assert "holes of one frame" in edit.warnings[0]


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_coding_is_read(read_edl, coding):
    text = (HEAD + TWO.replace("a.mov", "Café über.mov")).replace("\n", "\r\n")
    assert read_edl(text.encode(coding)).shots[0].name == "Café über.mov"


def test_locators_are_markers(read_edl):
    edit = read_edl(HEAD + TWO + "* LOC: 01:00:02:00 RED     hit here\n")
    assert [(m.frame, m.text, m.color) for m in edit.markers] == [(50, "hit here", "RED")]


def test_a_name_without_ending_finds_its_file(read_edl, tmp_path):
    (tmp_path / "A001C003.mov").write_bytes(b"")
    edit = read_edl(HEAD + event(1, "00:00:10:00 00:00:14:00 01:00:00:00 01:00:04:00", reel="A001C003"))
    assert edit.shots[0].media == tmp_path / "A001C003.mov"


def test_numbered_images_are_found_and_counted_from_the_first(read_edl, tmp_path):
    for number in (1001, 1002):
        (tmp_path / f"shot.{number}.exr").write_bytes(b"")
    name = "shot.[1001-1050].exr"
    edit = read_edl(HEAD + event(1, "00:00:40:11 00:00:41:11 01:00:00:00 01:00:01:00", name=name))
    assert edit.shots[0].media == tmp_path / "shot.%04d.exr"
    assert edit.shots[0].source_start == Fraction(10, 25)


def test_a_source_file_is_found_by_its_path(read_edl, tmp_path):
    (tmp_path / "x y.mov").write_bytes(b"")
    note = f"* FROM CLIP NAME: other\n* SOURCE FILE: {tmp_path / 'x y.mov'}\n"
    edit = read_edl(HEAD + event(1, "00:00:10:00 00:00:14:00 01:00:00:00 01:00:04:00") + note)
    assert (edit.shots[0].name, edit.shots[0].media) == ("other", tmp_path / "x y.mov")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no event"),
        ("TITLE: x\nnothing here\n", "holds no event"),
        (event(1, "00:00:10:00 00:00:14:00 01:00:00:00 01:00:04:00", channels="NONE"), "shows and plays nothing"),
        (event(1, "00:00:10:00 00:00:10:01 01:00:00:00 01:00:00:01") + " |C:ResolveColorBlue |M:Marker 1 |D:1\n",
         "holds markers"),
        (event(7, "00:00:00:00 00:00:05:00 01:00:05:00 01:00:00:00"),
         "shows nothing: line 1, event 007 ends at 01:00:00:00 before it begins at 01:00:05:00; mend"),
        (event(7, "00:00:00:00 00:00:05:00 01:00:05:00 01:00:05:00"), "event 007 begins and ends at 01:00:05:00"),
        (event(7, "00:00:00:00 00:00:05:00 01:61:00:00 01:61:05:00"), "line 1 .* 01:61:00:00 has minutes or seconds"),
        (event(7, "00:00:00:00 00:00:05:00 01:00:00 01:00:05:00"), "line 1 .* an event has four timecodes"),
        (event(7, "00:00:00:00 00:00:05:00 01:00:00:00 01:00:04:99"), "line 1, event 007 says 01:00:04:99, which"),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused_in_one_line(read_edl, text, message):
    with pytest.raises(EditReadError, match=message):
        read_edl(text)


def test_an_event_that_ends_before_it_begins_is_told_with_its_line(read_edl) -> None:
    good = event(1, "00:00:00:00 00:00:04:00 01:00:00:00 01:00:04:00")
    bad = event(2, "00:00:00:00 00:00:04:00 01:00:08:00 01:00:04:00")
    edit = read_edl(good + bad)
    told = next(one for one in edit.warnings if "before it begins" in one)
    assert told.startswith("cut.edl: line 2, event 002 ends at 01:00:04:00 before it begins at 01:00:08:00")


def test_a_source_that_ends_before_it_begins_is_told_unless_it_plays_backwards(read_edl) -> None:
    back = event(1, "00:00:04:00 00:00:00:00 01:00:00:00 01:00:04:00")
    assert any("its source ends at 00:00:00:00 before" in one for one in read_edl(back).warnings)
    assert not any("its source" in one for one in read_edl(back + "M2   AX  -025.0  00:00:04:00\n").warnings)


def test_a_line_that_is_no_event_is_told_with_its_number(read_edl) -> None:
    good = event(1, "00:00:00:00 00:00:04:00 01:00:00:00 01:00:04:00")
    bad = "002  AX  V  Q  00:00:00:00 00:00:04:00 01:00:04:00 01:00:08:00\n"
    assert any(
        "cut.edl: line 2 (002 AX V Q 00:00:00:00 …) is no event: its channels" in w
        for w in read_edl(good + bad).warnings
    )
    assert any("2 more lines are damaged" in one for one in read_edl(good + 5 * bad).warnings)


def test_a_frame_number_that_hardly_any_rate_has_is_told_with_its_line(read_edl) -> None:
    wrong = event(3, "00:00:00:00 00:00:04:00 01:00:09:22 01:00:13:99")
    assert read_edl(TWO + wrong, None).warnings[0].startswith("line 5, event 003 says 01:00:13:99, and no usual")
