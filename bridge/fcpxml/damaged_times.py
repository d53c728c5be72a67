"""Times of FCPXML that are none, such as ``nan`` or a frame of no length."""

from __future__ import annotations

from fractions import Fraction

from hitpoint.bridge.exchange.damage import shown
from hitpoint.bridge.exchange.xml_text import Element
from hitpoint.bridge.fcpxml.resources import frame_rate_of, seconds

_TIMES = ("offset", "start", "duration", "tcStart", "audioStart", "audioDuration")
_LENGTHS = ("duration", "audioDuration")
_MEDIA = ("asset", "asset-clip", "audio", "video")
_NONE = Fraction(-(10**18))


def damaged_times(root: Element) -> list[str]:
    """A sentence for each time that says nothing, with the element that has it."""
    found = []
    for element in root.iter():
        for name in _TIMES:
            value = element.get(name)
            if value is None:
                continue
            length = seconds(value, _NONE)
            if length == _NONE:
                found.append(_sentence(element, name, value, "is no length" if name in _LENGTHS else "is no time"))
            elif length < 0 and name in _LENGTHS:
                found.append(_sentence(element, name, value, "is no length", "is read as 0 s"))
            elif length < 0 and name == "start" and element.tag in _MEDIA:
                found.append(_sentence(element, name, value, "lies before its media begins", "is read as it stands"))
        told = element.get("frameDuration")
        if told is not None and frame_rate_of(told) is None:
            found.append(_sentence(element, "frameDuration", told, "is no length of a frame, give --rate"))
    return found


def _sentence(element: Element, name: str, value: str, why: str, read: str = "is read as if it told none") -> str:
    called = element.get("name") or element.get("id") or element.get("value") or ""
    who = f"{element.tag} {shown(called)!r}" if called else f"an unnamed {element.tag}"
    return f'{who} has {name}="{shown(value)}", which {why}, and {read}: look at it in the host'
