"""Guides of a sequence and markers of clips: JSON lists of ``{"pos": frame, "comment": text, "type": category}``."""

from __future__ import annotations

import colorsys
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from hitpoint.bridge.kdenlive.project import DOCUMENT, MAX_FRAMES, SEQUENCE, Project
from hitpoint.bridge.xml_tree import Element
from hitpoint.core.timebase import FrameRate

GUIDES = SEQUENCE + "guides"

_OLD_GUIDE = "kdenlive:guide."
_SECONDS = re.compile(r"\d{1,6}(\.\d{1,9})?")
_HEX = re.compile(r"#([0-9a-fA-F]{6})")
_DEFAULT_COLORS = ("#9b59b6", "#3daee9", "#1abc9c", "#1cdc9a", "#c9ce3b", "#fdbc4b", "#f39c1f", "#f47750", "#da4453")
_HUES = (  # degrees at which OpenTimelineIO's marker colours lie
    (0, "RED"), (30, "ORANGE"), (60, "YELLOW"), (120, "GREEN"), (180, "CYAN"), (240, "BLUE"), (280, "PURPLE"),
    (310, "MAGENTA"), (340, "PINK"), (360, "RED"),
)  # fmt: skip


@dataclass(frozen=True)
class Guide:
    """A guide or a marker: where, how long, what it says, and the number of its category."""

    frame: int
    frames: int
    text: str
    category: int


def guides_of(element: Element, name: str, fps: float) -> list[Guide]:
    """The guides in a property of an element; what is damaged is left out."""
    return list(_guides(json_list(element.property(name)), fps))


def sequence_guides(project: Project, sequence: Element) -> list[Guide]:
    """The guides of a sequence; before Kdenlive 23.04 they belonged to the document."""
    fps = float(project.rate.frames_per_second)
    found = guides_of(sequence, GUIDES, fps)
    if found or project.bin is None or sequence.property("kdenlive:uuid"):
        return found
    return guides_of(project.bin, DOCUMENT + "guides", fps) or list(_old_guides(project.bin, project.rate))


def category_colors(project: Project) -> dict[int, str]:
    """OpenTimelineIO's name for the colour of each category."""
    colors = dict(enumerate(_DEFAULT_COLORS))
    for category in json_list(project.document_property("guidesCategories")):
        index, color = category.get("index"), category.get("color")
        if isinstance(index, int) and isinstance(color, str):
            colors[index] = color
    return {index: color_name(color) for index, color in colors.items()}


def color_name(color: str) -> str:
    """The marker colour of OpenTimelineIO that is nearest in hue to ``#rrggbb``; empty for what is no colour."""
    matched = _HEX.fullmatch(color)
    if matched is None:
        return ""
    red, green, blue = (int(matched[1][place : place + 2], 16) / 255 for place in (0, 2, 4))
    hue, saturation, value = colorsys.rgb_to_hsv(red, green, blue)
    if saturation < 0.1:
        return "WHITE" if value > 0.5 else "BLACK"
    return min(_HUES, key=lambda each: abs(each[0] - hue * 360))[1]


def guides_text(guides: Sequence[dict[str, Any]]) -> str:
    """A list of guides as Kdenlive writes one."""
    return json.dumps(guides, indent=4, ensure_ascii=False) + "\n" if guides else "[\n]\n"


def json_list(text: str) -> list[dict[str, Any]]:
    """The objects of a JSON list; none for anything else."""
    try:
        found = json.loads(text) if text.strip() else []
    except (ValueError, RecursionError):
        return []
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _old_guides(holder: Element, rate: FrameRate) -> Iterator[Guide]:
    """Guides as Kdenlive wrote them until version 19: a property for each, named by its seconds."""
    for each in holder.children:
        if each.tag == "property" and each.get("name").startswith(_OLD_GUIDE):
            text = each.get("name").removeprefix(_OLD_GUIDE).replace(",", ".")
            if _SECONDS.fullmatch(text):
                yield Guide(rate.nearest_frame(Fraction(text)), 1, each.text.strip(), 0)


def _length(told: object, fps: float) -> int:
    """Length of a range marker in frames: a whole number counts frames, another seconds."""
    if isinstance(told, bool) or not isinstance(told, int | float) or not 0 < told < 1e9:
        return 1
    return max(1, told if isinstance(told, int) else round(told * fps))


def _guides(values: Sequence[dict[str, Any]], fps: float) -> Iterator[Guide]:
    for value in values:
        frame, text, category = value.get("pos"), value.get("comment"), value.get("type")
        if not isinstance(frame, int) or not 0 <= frame < MAX_FRAMES:
            continue
        length = value.get("duration")
        yield Guide(
            frame,
            _length(length, fps),
            text if isinstance(text, str) else "",
            category if isinstance(category, int) else 0,
        )
