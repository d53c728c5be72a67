from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.bridge.otio.otio_json import parse_document
from hitpoint.bridge.otio.timeline_text import text_like

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def spelled(value: Any) -> str:
    """Tells 1 from 1.0 and keeps the order of keys, as == does not."""
    return json.dumps(value)


@given(
    st.dictionaries(st.text(max_size=5), values, max_size=4), st.sampled_from([b"{\n\t1", b'{"a":1}', b'{"a": 1}\n'])
)
def test_every_value_survives(document: dict[str, Any], source: bytes) -> None:
    assert spelled(parse_document(text_like(document, source), "x")) == spelled(document)


@pytest.mark.parametrize(
    "source",
    [
        '{\n  "a": 1,\n  "b": [\n    1.0,\n    198771.99999999997\n  ]\n}',
        '{\n\t"a": "ü"\n}',
        '{"a":1,"b":[1,2]}\n',
        '{"a": 1, "b": [1, 2]}',
        '{"a": "\\u00fc", "b": Infinity}',
        '{"a": [Inf, -Inf, NaN], "b": "Inf, Infinity"}',
        '{"a": "\\" Inf", "b": -Infinity}',
        '{"a": 123456789012345678901234567890, "b": 1e-07}',
    ],
    ids=["two", "tab", "tight", "loose", "escapes", "Inf", "Inf in text", "numbers"],
)
def test_a_file_is_written_as_it_was_spelled(source: str) -> None:
    content = source.encode("utf-8")
    assert text_like(parse_document(content, "x"), content) == content


def test_half_a_character_survives() -> None:
    document = {"a": "\ud800", "b": math.pi}
    assert parse_document(text_like(document), "x") == document
