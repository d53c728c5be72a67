"""Dissolves and titles as the lane of shots draws them. No Qt."""

from __future__ import annotations

from dataclasses import dataclass

from hitpoint.core.edit import Edit, OverlayKind


@dataclass(frozen=True)
class OverlayItem:
    """A dissolve or a title, in seconds."""

    start: float
    end: float
    name: str
    is_title: bool


def overlay_items(edit: Edit) -> tuple[OverlayItem, ...]:
    """Those of an edit, in order of time."""
    seconds = edit.rate.seconds
    return tuple(
        OverlayItem(float(seconds(one.start)), float(seconds(one.end)), one.name, one.kind is OverlayKind.TITLE)
        for one in edit.overlays
    )
