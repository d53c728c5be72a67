"""The form of a recording as a cue can have it: where sections begin, which return, the arc, and its climaxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.compose.like.curves import intensity
from hitpoint.core.compose.like.temp import Temp

_APART = 12.0  # seconds between two climaxes
_A_MINUTE = 3.0  # climaxes at most
_RISE = 0.25  # by which intensity must rise within four seconds
_OVER = 4  # seconds
_LEAST_SECONDS = 3.0  # of a section

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shape:
    """What of a recording's form a cue follows; times in seconds from the start of the cue.

    Attributes:
        borders: (time, letter) of each section, the first at 0.
        arc: 0..1 by the second.
        climaxes: moments at which it breaks out.
    """

    borders: tuple[tuple[float, str], ...]
    arc: tuple[float, ...]
    climaxes: tuple[float, ...]


def shape_of(temp: Temp, seconds: float) -> Shape:
    """The shape that a recording gives to a cue of this length."""
    arc = intensity(temp, max(int(np.ceil(seconds)), 1))
    return Shape(_borders(temp, seconds), tuple(float(value) for value in arc), climaxes(arc, temp, seconds))


def _borders(temp: Temp, seconds: float) -> tuple[tuple[float, str], ...]:
    """Sections of at least three seconds, and one before the recording begins and after it has ended."""
    found = temp.sections(seconds)
    end = temp.offset + temp.heard.seconds
    if found and found[0][0] > _LEAST_SECONDS:
        found.insert(0, (0.0, ""))
    if found and end < seconds - _LEAST_SECONDS:
        found.append((end, ""))
    kept: list[tuple[float, str]] = []
    for start, label in found or [(0.0, "A")]:
        if not kept or start - kept[-1][0] >= _LEAST_SECONDS:
            kept.append((start, label))
    return ((0.0, kept[0][1]), *kept[1:])


def climaxes(arc: Floats, temp: Temp, seconds: float) -> tuple[float, ...]:
    """Where intensity rises most, each on the nearest bar line that was heard; three a minute at most."""
    rises = [
        (float(arc[at : at + _OVER].mean() - arc[max(at - _OVER, 0) : at].mean()), at)
        for at in range(_OVER, len(arc) - _OVER)
    ]
    most = max(int(_A_MINUTE * seconds / 60), 1)
    chosen: list[float] = []
    for rise, at in sorted(rises, key=lambda pair: (-round(pair[0], 6), pair[1])):
        if rise < _RISE or len(chosen) >= most:
            break
        time = _on_bar(temp, float(at))
        if 0 < time < seconds and all(abs(time - other) >= _APART for other in chosen):
            chosen.append(time)
    return tuple(sorted(chosen))


def _on_bar(temp: Temp, time: float) -> float:
    near = temp.downbeats[np.abs(temp.downbeats - time) < 2.5] if len(temp.downbeats) else temp.downbeats
    return float(near[np.abs(near - time).argmin()]) if len(near) else time


def themes_from(letters: Sequence[str]) -> tuple[str, ...]:
    """Letters with a prime for each return: A, B, A', A''; free sections stay free."""
    seen: dict[str, int] = {}
    names: dict[str, str] = {}
    found = []
    for letter in letters:
        if not letter:
            found.append("")
            continue
        name = names.setdefault(letter, chr(ord("A") + len(names) % 26))
        found.append(name + "'" * (seen.get(name, 0) % 4))
        seen[name] = seen.get(name, 0) + 1
    return tuple(found)
