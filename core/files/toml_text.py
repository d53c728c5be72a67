"""What is wrong with a TOML text, in our words and with its place."""

from __future__ import annotations

import re
import tomllib

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_TWICE = re.compile(r"twice|overwrite|already|immutable|mutate|conflict", re.IGNORECASE)


def toml_trouble(error: tomllib.TOMLDecodeError) -> str:
    """Where a text stops being TOML, and what to write.

    >>> try:
    ...     tomllib.loads("key = ")
    ... except tomllib.TOMLDecodeError as error:
    ...     print(toml_trouble(error))
    the last line is not understood: write [TABLE] or NAME = "TEXT"
    """
    found = _PLACE.search(str(error))
    place = f"line {found[1]}, column {found[2]}" if found else "the last line"
    if _TWICE.search(str(error)):
        return f"{place} says again what stands above: say it once"
    return f'{place} is not understood: write [TABLE] or NAME = "TEXT"'
