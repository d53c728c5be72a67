import json
import math
from pathlib import Path

import pytest

from hitpoint.bridge.otio.otio_json import (
    find_timeline,
    load_timeline_document,
    number_in,
    parse_document,
    with_readable_markers,
)
from hitpoint.core.errors import EditReadError

DAMAGED = {
    "empty": (b"", "is empty"),
    "blank": (b" \n", "is empty"),
    "truncated": (b'{"OTIO_SCHEMA": "Timeline.1", "tracks": {', "damaged at line 1"),
    "binary": (b"\xff\xfe\x00\x9c", "not text"),
    "a list": (b"[]", "holds a list"),
    "nested without end": (b"[" * 100_000, "nested too deep"),
    "a number of 5000 digits": (b'{"a": ' + b"9" * 5000 + b"}", "number"),
}


@pytest.mark.parametrize(("content", "said"), DAMAGED.values(), ids=DAMAGED)
def test_damaged_documents_are_refused_in_one_line(content, said):
    with pytest.raises(EditReadError, match=said) as caught:
        parse_document(content, "cut.otio")
    assert "\n" not in str(caught.value)


def test_inf_as_opentimelineio_writes_it_is_read_and_texts_keep_theirs():
    document = parse_document(b'{"a": Inf, "b": -Inf, "c": NaN, "d": "to Inf, and \\" Inf"}', "cut.otio")
    assert document["a"] == math.inf and document["b"] == -math.inf and math.isnan(document["c"])
    assert document["d"] == 'to Inf, and " Inf'


def test_a_byte_order_mark_is_no_damage():
    assert parse_document(b"\xef\xbb\xbf{}", "cut.otio") == {}


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path):
    with pytest.raises(EditReadError, match="is a folder"):
        load_timeline_document(tmp_path)
    with pytest.raises(EditReadError, match="nothing found at"):
        load_timeline_document(tmp_path / "none.otio")


def test_the_first_timeline_of_a_collection_is_found(otio_build):
    wanted = otio_build.timeline()
    inner = {"OTIO_SCHEMA": "SerializableCollection.1", "children": [otio_build.timeline(), None]}
    collection = {"OTIO_SCHEMA": "SerializableCollection.1", "children": [otio_build.clip(), inner, wanted]}
    assert find_timeline(collection) is wanted


def test_a_root_without_a_timeline_is_refused(otio_build):
    with pytest.raises(EditReadError, match="its root is Clip"):
        find_timeline(otio_build.clip())


def test_new_markers_are_made_readable_in_a_copy_only():
    marker = {"OTIO_SCHEMA": "Marker.3", "color": {"OTIO_SCHEMA": "Color.1", "name": "RED"}}
    document = {"markers": [marker]}
    before = json.dumps(document)
    assert with_readable_markers(document)["markers"] == [{"OTIO_SCHEMA": "Marker.2", "color": "RED"}]
    assert json.dumps(document) == before


def test_an_integer_beyond_floats_is_infinite():
    assert number_in({"a": 10**400}, "a") == math.inf
    assert number_in({"a": True}, "a") is None
