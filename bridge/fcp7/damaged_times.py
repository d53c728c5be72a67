"""Frames of Final Cut Pro 7 XML that are none, such as an end of twenty digits or a start below zero."""

from __future__ import annotations

from hitpoint.bridge.exchange.damage import shown
from hitpoint.bridge.exchange.xml_text import Element, text
from hitpoint.bridge.fcp7.rates import whole

_ITEMS = ("clipitem", "generatoritem", "transitionitem")
_FRAMES = ("start", "end", "in", "out", "duration")
_MEANT = {"duration": "length"}
_LEAST = {"start": -1, "end": -1}  # -1 is the edge of the transition beside it


def damaged_times(root: Element) -> list[str]:
    """A sentence for each frame that says nothing, with the item that has it."""
    found = []
    for tag in _ITEMS:
        for item in root.iter(tag):
            for name in _FRAMES:
                value = text(item, name)
                frame = whole(value) if value else 0
                if frame is None or (name in _LEAST and frame < _LEAST[name]):
                    who = f"{tag} {shown(text(item, 'name'))!r}" if text(item, "name") else f"an unnamed {tag}"
                    found.append(
                        f"{who} has <{name}>{shown(value)}</{name}>, which is no {_MEANT.get(name, 'frame')}, and is "
                        "placed by what lies beside it: look at it in the host"
                    )
    return found
