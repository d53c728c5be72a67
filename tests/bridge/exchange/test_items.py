from fractions import Fraction

import pytest

from hitpoint.bridge.exchange.items import Item, cut_to, item_node, track_children
from hitpoint.bridge.exchange.nodes import file_reference, time
from hitpoint.bridge.otio.flatten import Mark
from hitpoint.core.timebase import FrameRate

RATE = FrameRate(Fraction(25))
NTSC = FrameRate(Fraction(30000, 1001))


def item(name, start, end, source=0, speed=1, **more):
    times = (Fraction(start), Fraction(end), file_reference(name, name, None), Fraction(source), Fraction(speed))
    return Item(name, *times, **more)


def laid(children):
    """Schema, first frame of the source and length of each child; offsets of transitions."""
    found = []
    for child in children:
        if child["OTIO_SCHEMA"] == "Transition.1":
            found.append(("fade", child["in_offset"]["value"], child["out_offset"]["value"]))
            continue
        span = child["source_range"]
        found.append((child["name"] or "gap", span["start_time"]["value"], span["duration"]["value"]))
    return found


def test_items_lie_at_their_times_whatever_their_order():
    children = track_children([item("b", 6, 8), item("a", 1, 4, 2)], [], RATE)
    assert laid(children) == [("gap", 0, 25), ("a", 50, 75), ("gap", 0, 50), ("b", 0, 50)]


def test_where_two_overlap_the_later_is_seen():
    assert laid(track_children([item("a", 0, 4), item("b", 2, 6)], [], RATE)) == [("a", 0, 50), ("b", 0, 100)]


def test_where_two_are_mixed_the_cut_is_in_the_middle():
    children = track_children([item("a", 0, 4), item("b", 2, 6, 10)], [(Fraction(2), Fraction(4))], RATE)
    assert laid(children) == [("a", 0, 75), ("fade", 25, 25), ("b", 275, 75)]


@pytest.mark.parametrize(("off", "cut"), [("a", 50), ("b", 100)])
def test_what_is_switched_off_is_mixed_with_nothing(off, cut):
    items = [item("a", 0, 4, is_on=off != "a"), item("b", 2, 6, is_on=off != "b")]
    children = track_children(items, [(Fraction(2), Fraction(4))], RATE)
    assert children[0]["source_range"]["duration"]["value"] == cut


def test_an_item_that_another_covers_is_gone():
    assert laid(track_children([item("a", 2, 3), item("b", 2, 6)], [], RATE)) == [("gap", 0, 50), ("b", 0, 100)]


def test_a_cut_moves_source_and_markers_with_the_speed():
    moved = cut_to(item("a", 2, 6, 10, 2, marks=(Mark(Fraction(1), Fraction(0), "m", ""),)), Fraction(3), Fraction(5))
    assert (moved.source, moved.marks[0].start) == (12, 0)


def test_what_plays_backwards_is_told_by_where_it_ends():
    node = item_node(item("a", 0, 2, 10, -1), RATE)
    assert node["source_range"]["start_time"]["value"] == 200
    assert node["effects"][0]["time_scalar"] == -1


def test_a_frozen_item_has_a_freeze_frame():
    assert item_node(item("a", 0, 2, 10, 0), RATE)["effects"][0]["OTIO_SCHEMA"] == "FreezeFrame.1"


def test_a_still_has_no_time():
    node = item_node(item("a.PNG", 0, 2, 3452, 0), RATE)
    assert (node["source_range"]["start_time"]["value"], node["effects"]) == (0, [])


def test_numbered_images_are_a_sequence():
    reference = file_reference("shot", "file:///films/shot.[1001-1050].exr", None, RATE)
    told = [
        reference[key] for key in ("target_url_base", "name_prefix", "start_frame", "frame_zero_padding", "name_suffix")
    ]
    assert told == ["/films", "shot.", 1001, 4, ".exr"]
    assert "OTIO_SCHEMA" in reference and reference["rate"] == 25


def test_times_are_exact_at_any_rate():
    assert time(Fraction(1001 * 107_892, 30_000), NTSC) == {
        "OTIO_SCHEMA": "RationalTime.1", "rate": 30000 / 1001, "value": 107_892.0,
    }  # fmt: skip


def test_addresses_of_files_become_plain_paths():
    assert file_reference("a", "file://localhost/my%20films/a.mov", None)["target_url"] == "/my films/a.mov"
    assert file_reference("a", "/my%20films/a.mov", None)["target_url"] == "/my%20films/a.mov"
    assert file_reference("a", "", None)["OTIO_SCHEMA"] == "MissingReference.1"
