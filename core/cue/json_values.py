"""Values read from JSON that anyone may have edited: each function takes what was found and where it stood.

Whatever is wrong is a :class:`CueFileError` that says where. Sizes are bounded, so that no file can make us work for
hours. Fractions are written ``"24000/1001"``, or ``"25"`` when whole.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any, TypeVar

from hitpoint.core.errors import CueFileError

Value = TypeVar("Value")

MOST_ITEMS = 200_000
LONGEST_TEXT = 10_000  # characters
LARGEST_WHOLE = 2**128

_FRACTION = re.compile(r"-?\d{1,1000}(/\d{1,1000})?", re.ASCII)


def field(value: Any, name: str, where: str) -> Any:
    """What an object holds under a name."""
    if not isinstance(value, dict):
        raise CueFileError(f"{where} is not an object: the cue file is damaged")
    if name not in value:
        raise CueFileError(f"{where} has no {name!r}: the cue file is damaged")
    return value[name]


def whole(value: Any, where: str, low: int = 0, high: int = LARGEST_WHOLE) -> int:
    """A whole number within ``low .. high``."""
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise CueFileError(f"{where} is {_shown(value)}, not a whole number from {low} to {high}")
    return value


def number(value: Any, where: str, low: float, high: float) -> float:
    """A finite number within ``low .. high``."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise CueFileError(f"{where} is {_shown(value)}, not a number")
    if not low <= value <= high or not math.isfinite(value):
        raise CueFileError(f"{where} is {_shown(value)}, not a number from {low} to {high}")
    return float(value)


def truth(value: Any, where: str) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise CueFileError(f"{where} is {_shown(value)}, not true or false")
    return value


def text(value: Any, where: str, longest: int = LONGEST_TEXT) -> str:
    """A string of at most ``longest`` characters."""
    if not isinstance(value, str) or len(value) > longest:
        raise CueFileError(f"{where} is {_shown(value)}, not a text of at most {longest} characters")
    return value


def fraction(value: Any, where: str, low: Fraction | None = None) -> Fraction:
    """An exact number, at least ``low`` if that is given."""
    if not isinstance(value, str) or _FRACTION.fullmatch(value) is None:
        raise CueFileError(f"{where} is {_shown(value)}, not a fraction such as '24000/1001'")
    try:
        exact = Fraction(value)
    except ZeroDivisionError:
        raise CueFileError(f"{where} is {_shown(value)}, which divides by nothing") from None
    if low is not None and exact < low:
        raise CueFileError(f"{where} is {_shown(value)}, less than {low}")
    return exact


def items(value: Any, where: str, read: Callable[[Any, str], Value]) -> tuple[Value, ...]:
    """A list of at most :data:`MOST_ITEMS`, each read by ``read(item, where)``."""
    if not isinstance(value, list) or len(value) > MOST_ITEMS:
        raise CueFileError(f"{where} is not a list of at most {MOST_ITEMS}")
    return tuple(read(item, f"{where}[{index}]") for index, item in enumerate(value))


def formatted(document: Any) -> str:
    """JSON for people: indented, but whatever holds no list or object of its own stands on one line."""
    return "".join(_lines(document, "\n")) + "\n"


def _lines(value: Any, margin: str) -> Iterator[str]:
    children = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    if not any(isinstance(child, dict | list) and child for child in children):
        yield json.dumps(value, ensure_ascii=False, allow_nan=False)
        return
    opening, closing = "{}" if isinstance(value, dict) else "[]"
    names = [f"{json.dumps(name, ensure_ascii=False)}: " for name in value] if isinstance(value, dict) else None
    yield opening
    for index, child in enumerate(children):
        yield f"{',' if index else ''}{margin}  {names[index] if names else ''}"
        yield from _lines(child, f"{margin}  ")
    yield f"{margin}{closing}"


_NAMES = {type(None): "null", dict: "an object", list: "a list"}


def _shown(value: Any) -> str:
    shown = str(value) if isinstance(value, bool | int | float) and abs(value) < 1e30 else None
    shown = repr(value[:40]) if isinstance(value, str) else shown
    return shown if shown is not None else _NAMES.get(type(value), "too large a number")
