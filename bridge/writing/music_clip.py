"""The music as it goes into a timeline of any format."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from hitpoint.bridge.otio.otio_json import Node
from hitpoint.core.edit import Marker
from hitpoint.core.timebase import FrameRate

TRACK_NAME = "Music"


@dataclass(frozen=True)
class MusicClip:
    """The music, and where it goes.

    Attributes:
        wav: where the sound file will lie, absolute.
        name: of the clip, usually the file's name.
        rate: of the timeline.
        start_frame: timeline frame at which the music starts.
        end_frame: first timeline frame after it.
        state: JSON values to find again on the track (:func:`scored_state`).
        section_markers: marks for the timeline, such as section names.
        cue: path of the cue file, relative to the timeline's folder; empty if there is none.
        url: written for the media instead of ``wav``, for a file inside a bundle.
        folder: where the timeline will lie; None for beside the edit it is a copy of.
        sound: where its file lies now, for a bundle to take in; None for where the planned mix lies.
    """

    wav: Path
    name: str
    rate: FrameRate
    start_frame: int
    end_frame: int
    state: Node
    section_markers: tuple[Marker, ...] = ()
    cue: str = ""
    url: str = ""
    folder: Path | None = None
    sound: Path | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start_frame < self.end_frame:
            raise ValueError(f"music lasts from frame {self.start_frame} to {self.end_frame}")
        if not self.wav.is_absolute():
            raise ValueError(f"hosts look for {self.wav} in their own folder: make the path absolute")

    @property
    def id(self) -> str:
        """The same for the same music at the same place; 16 hexadecimal digits."""
        told = [self.name, self.start_frame, self.end_frame, str(self.rate), self.state]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:16]
