"""Reading TOML: what is wrong with a text is said in our words and with its place."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from hitpoint.core.errors import OptionError

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


def read_toml(path: Path, option: str, largest: int) -> dict[str, Any]:
    """The values of a TOML file that an option names, of at most so many bytes.

    Raises:
        OptionError: if it cannot be read, or is not TOML.
    """
    try:
        return tomllib.loads(path.read_bytes()[: largest + 1].decode("utf-8-sig"))
    except OSError as error:
        raise OptionError(f"{path} cannot be read ({error.strerror}): check the path after {option}") from None
    except UnicodeDecodeError:
        raise OptionError(f"{path} is not a text in UTF-8: save it as such, or check the path after {option}") from None
    except tomllib.TOMLDecodeError as error:
        raise OptionError(f"{path} is not TOML: {toml_trouble(error)}") from None
