"""OpenTimelineIO files in, edits out; cues in, timelines out.

No other package knows OpenTimelineIO. A timeline is read into :class:`hitpoint.core.edit.Edit` and
written back as a copy with one track more. What programs need of it can be had from here by name, see
``resources/docs/api.md``.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hitpoint.bridge.delivery import Delivered, deliver
    from hitpoint.bridge.reading.timeline_reader import read_edit

_PLACES = {
    "Delivered": "hitpoint.bridge.delivery",
    "deliver": "hitpoint.bridge.delivery",
    "read_edit": "hitpoint.bridge.reading.timeline_reader",
}

__all__ = ["Delivered", "deliver", "read_edit"]


def __getattr__(name: str) -> object:
    """A name of the programming interface, loaded now."""
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PLACES[name]), name)
