from fractions import Fraction

import opentimelineio as otio
import pytest

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.sources.adapters import load_through_adapter
from hitpoint.core.errors import EditReadError

aaf2 = pytest.importorskip("aaf2")
pytest.importorskip("otio_aaf_adapter")
lean_aaf = pytest.importorskip("hitpoint.bridge.sources.lean_aaf")


@pytest.fixture
def composed(tmp_path):
    """Writes an AAF of two shots, as its options say."""

    def write(*, rate="25", fps=25, start=90_000, drop=False, kind="picture", lengths=(80, 120), marker=None):
        path = tmp_path / "cut.aaf"
        with aaf2.open(str(path), "w") as file:
            master, source, composition = (
                file.create.MasterMob("shot"),
                file.create.SourceMob("tape"),
                file.create.CompositionMob("cut"),
            )
            file.content.mobs.extend([master, source, composition])
            descriptor = file.create.ImportDescriptor()
            source.descriptor = descriptor
            tape = source.create_timeline_slot(rate)
            tape.segment = file.create.Filler(kind, 10_000)
            slot = master.create_timeline_slot(rate)
            slot.segment = source.create_source_clip(tape.slot_id, start=0, length=10_000, media_kind=kind)
            composition.usage = "Usage_TopLevel"
            code = composition.create_timeline_slot(rate)
            code.segment = file.create.Timecode(fps, drop)
            code.segment.start, code.segment.length = start, sum(lengths)
            code["PhysicalTrackNumber"].value = 1
            track = composition.create_timeline_slot(rate)
            track.segment = file.create.Sequence(media_kind=kind)
            for length in lengths:
                clip = master.create_source_clip(slot.slot_id, start=0, length=length, media_kind=kind)
                track.segment.components.append(clip)
            if marker is not None:
                events = file.create.EventMobSlot()
                events["EditRate"].value, events["SlotID"].value = rate, 9
                events.segment = file.create.Sequence(media_kind="DescriptiveMetadata")
                mark = file.create.DescriptiveMarker()
                mark["Length"].value, mark["Position"].value, mark["Comment"].value = 1, marker, "hit"
                events.segment.components.append(mark)
                composition.slots.append(events)
        return path

    return write


def test_a_marker_that_does_not_say_what_it_describes_is_read(composed):
    edit = read_edit(composed(marker=60))
    assert (edit.frames, edit.cut_frames, edit.start_timecode_frame) == (200, (80,), 90_000)
    assert [(m.frame, m.text) for m in edit.markers] == [(60, "hit")]


@pytest.mark.parametrize(
    ("rate", "told", "frame", "drops"),
    [("30", "30", 108_000, False), ("30000/1001", "30000/1001", 107_892, True)],
)
def test_a_drop_frame_start_keeps_its_name(composed, rate, told, frame, drops):
    edit = read_edit(composed(rate=rate, fps=30, start=107_892, drop=True))
    assert (str(edit.rate), edit.start_timecode_frame, edit.drop_frame) == (told, frame, drops)


def test_a_session_of_sound_has_the_rate_of_its_timecode(composed):
    lengths = (48_000, 96_000)
    edit = read_edit(composed(rate="48000", fps=30, start=108_000, kind="sound", lengths=lengths))
    assert (edit.rate.frames_per_second, edit.seconds, edit.start_timecode_frame) == (30, Fraction(3), 108_000)


def test_what_is_no_aaf_is_refused_without_words_of_python(tmp_path):
    path = tmp_path / "cut.aaf"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000)
    with pytest.raises(EditReadError, match="cannot be read as AAF") as caught:
        read_edit(path)
    assert "Error" not in str(caught.value)


def _without_aaf(node):
    if isinstance(node, dict):
        return {key: _without_aaf(value) for key, value in node.items() if key != "AAF"}
    return [_without_aaf(each) for each in node] if isinstance(node, list) else node


def _both(path):
    """What reading and writing take from a file, without the metadata that reading leaves out."""
    return [_without_aaf(load_through_adapter(path, is_lean=is_lean)[0]) for is_lean in (True, False)]


def _span(start, frames):
    return otio.opentime.TimeRange(otio.opentime.RationalTime(start, 25), otio.opentime.RationalTime(frames, 25))


@pytest.mark.parametrize("options", [{}, {"marker": 60}, {"rate": "48000", "fps": 30, "kind": "sound"}])
def test_reading_finds_what_the_adapter_finds(composed, options):
    lean, whole = _both(composed(**options))
    assert lean == whole


def test_reading_finds_the_gaps_dissolves_and_nested_tracks_that_the_adapter_finds(tmp_path):
    def clip(name, start, frames):
        reference = otio.schema.ExternalReference(f"file:///lost/{name}.mov", _span(0, 1000))
        return otio.schema.Clip(name, reference, _span(start, frames))

    mix = otio.schema.Transition("mix", "SMPTE_Dissolve", *[otio.opentime.RationalTime(5, 25)] * 2)
    operation = {
        "DataDefinition": {"Name": "Picture"},
        "Description": "",
        "Name": "Video Dissolve",
        "Identification": "0c3bea40-fc05-11d2-8a29-0050040ef7d2",
        "IsTimeWarp": False,
        "Bypass": 0,
        "NumberInputs": 2,
        "OperationCategory": "OperationCategory_Effect",
    }
    points = [{"Time": 0, "Value": 0}, {"Time": 1, "Value": 1}]
    mix.metadata["AAF"] = {"CutPoint": 5, "OperationGroup": {"Operation": operation}, "PointList": points}
    inside = otio.schema.Track("inside", [clip("c", 0, 30), clip("d", 7, 20)], kind="Video")
    lane = [
        clip("a", 10, 50),
        mix,
        clip("b", 40, 60),
        otio.schema.Gap(source_range=_span(0, 25)),
        inside,
        clip("a", 0, 9),
    ]
    timeline = otio.schema.Timeline("cut")
    timeline.tracks.append(otio.schema.Track("V1", lane, kind="Video"))
    timeline.tracks.append(otio.schema.Track("A1", [clip("e", 100, 120)], kind="Audio"))
    path = tmp_path / "cut.aaf"
    otio.adapters.write_to_file(timeline, str(path), use_empty_mob_ids=True)
    lean, whole = _both(path)
    assert lean == whole
    assert [shot.name for shot in read_edit(path).shots] == ["a", "b", "", "c", "d", "a"]


def test_the_adapter_itself_stays_whole(composed):
    path = composed()
    load_through_adapter(path, is_lean=True)
    timeline = otio.adapters.read_from_file(str(path))
    assert "Slots" in timeline.metadata["AAF"]


def test_reading_opens_the_file_once_and_looks_up_a_track_once_for_all_its_clips(composed, monkeypatch):
    opened, looked_up = [], []
    whole, shown = aaf2.open, lean_aaf._shown_of_master
    monkeypatch.setattr(aaf2, "open", lambda *words: opened.append(words) or whole(*words))
    monkeypatch.setattr(lean_aaf, "_shown_of_master", lambda *words: looked_up.append(words) or shown(*words))
    assert len(read_edit(composed(lengths=(40,) * 5)).shots) == 5
    assert len(opened) == 2 and len(looked_up) == 1, "one is the opening that writes it"
