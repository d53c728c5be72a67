"""Wrong arguments of a call, told in our words.

The SDK tells it in those of the library that checks them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_KINDS = {
    "string": "a text", "number": "a number", "integer": "a whole number", "boolean": "true or false",
    "object": "a table",
}  # fmt: skip
_SHOWN = 80  # letters of a value


def unknown_argument(tool: str, schema: Mapping[str, Any], arguments: Mapping[str, Any]) -> str | None:
    """A refusal of the first argument that a tool does not have; None if it has them all.

    Args:
        tool: its name.
        schema: JSON schema of its arguments.
        arguments: of the call.
    """
    known = schema.get("properties", {})
    strange = next((name for name in arguments if name not in known), None)
    if strange is None:
        return None
    return f"{tool} has no argument {strange[:_SHOWN]!r}: it takes {', '.join(known)}"


def wrong_argument(tool: str, schema: Mapping[str, Any], wrong: Sequence[Mapping[str, Any]]) -> str:
    """A refusal of the first argument that does not fit the schema.

    Args:
        tool: its name.
        schema: JSON schema of its arguments.
        wrong: as the checking library lists it: ``loc`` is the argument and places in it, ``type`` "missing" for one
            that is not there, ``input`` what was given.
    """
    first = wrong[0]
    name = str(first["loc"][0]) if first["loc"] else ""
    wanted = _wanted(schema.get("properties", {}).get(name, {}))
    if first["type"] == "missing":
        return f"{tool} needs the argument {name!r}: give {wanted}"
    return f"{tool}: {name!r} cannot be {repr(first['input'])[:_SHOWN]}: give {wanted}"


def _wanted(schema: Mapping[str, Any]) -> str:
    """The values that fit a schema."""
    if "anyOf" in schema:
        return " or ".join(_wanted(one) for one in schema["anyOf"] if one.get("type") != "null")
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    if schema.get("type") == "array":
        return f"a list, each {_wanted(schema.get('items', {}))}"
    return _KINDS.get(str(schema.get("type")), "what its description says")
