"""The schema of Hitpoint's metadata in OpenTimelineIO.

One cue of music, in ``timeline.metadata["hitpoint"]["cues"]``.
"""

from __future__ import annotations

from typing import Any

import opentimelineio as otio


@otio.core.register_type
class HitpointCue(otio.core.SerializableObject):  # type: ignore[misc]  # OpenTimelineIO ships no types
    """What a cue is beyond its sound and its markers.

    Args:
        name: among the cues of its timeline.
        state: proposed, composed or approved.
        style: name of the arrangement.
        key: such as "A minor".
        seed: of every choice; None of a cue that is not composed.
        cue: URL of its cue file; empty of a cue that is not composed.
        prompts: what was asked for in words.
        reason: why music was proposed there.
    """

    _serializable_label = "HitpointCue.1"
    _name = "HitpointCue"

    def __init__(
        self,
        name: str = "",
        state: str = "",
        style: str = "",
        key: str = "",
        seed: int | None = None,
        cue: str = "",
        prompts: tuple[str, ...] = (),
        reason: str = "",
    ) -> None:
        otio.core.SerializableObject.__init__(self)
        self.name = name
        self.state = state
        self.style = style
        self.key = key
        self.seed = seed
        self.cue = cue
        self.prompts = list(prompts)
        self.reason = reason

    name = otio.core.serializable_field("name", str, "Among the cues of its timeline.")
    state = otio.core.serializable_field("state", str, "proposed, composed or approved.")
    style = otio.core.serializable_field("style", str, "Name of the arrangement.")
    key = otio.core.serializable_field("key", str, "Such as A minor.")
    seed: Any = otio.core.serializable_field("seed", doc="Of every choice.")
    cue = otio.core.serializable_field("cue", str, "URL of its cue file.")
    prompts: Any = otio.core.serializable_field("prompts", doc="What was asked for in words.")
    reason = otio.core.serializable_field("reason", str, "Why music was proposed there.")
