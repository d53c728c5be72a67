"""Wrong arguments of a tool, told without the words of the library that found them."""

from __future__ import annotations

from typing import Any

import pytest

from hitpoint.plugin.commands.assistant.arguments import unknown_argument, wrong_argument

SCHEMA: dict[str, Any] = {
    "properties": {
        "edit": {"type": "string"},
        "tempo": {"anyOf": [{"type": "number"}, {"type": "null"}]},
        "mood": {"anyOf": [{"type": "array", "items": {"type": "string"}}, {"type": "null"}]},
        "format": {"enum": ["midi", "stems"], "type": "string"},
    }
}


def test_an_argument_that_a_tool_has_not_is_named_with_those_it_has() -> None:
    assert unknown_argument("score", SCHEMA, {"edit": "a.otio"}) is None
    told = unknown_argument("score", SCHEMA, {"edit": "a.otio", "styl": "piano"})
    assert told == "score has no argument 'styl': it takes edit, tempo, mood, format"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"loc": ("edit",), "type": "missing", "input": {}}, "score needs the argument 'edit': give a text"),
        ({"loc": ("tempo",), "type": "float_parsing", "input": "fast"}, "'tempo' cannot be 'fast': give a number"),
        ({"loc": ("mood", 0), "type": "string_type", "input": 3}, "'mood' cannot be 3: give a list, each a text"),
        ({"loc": ("format",), "type": "literal_error", "input": "mp3"}, "give one of midi, stems"),
    ],
)
def test_an_argument_of_the_wrong_kind_is_told_with_what_fits(wrong: dict[str, Any], told: str) -> None:
    assert told in wrong_argument("score", SCHEMA, [wrong])
