"""What all lanes share: the data, the scale, the playhead, the selection. The timeline view changes it, lanes look."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from hitpoint.core.timebase import FrameRate
from hitpoint.ui.lanes.drawing.scale import TimecodeRuler, TimeScale
from hitpoint.ui.lanes.drawing.timeline_data import TimelineData
from hitpoint.ui.theme import Theme, current_theme

SNAP_PIXELS = 7  # from a thing within which a place is the thing's
HEADER = 118  # pixels at the left of each lane for its name, in type of the usual size


def no_timeline() -> TimelineData:
    """What is shown before an edit is open."""
    return TimelineData(TimecodeRuler(FrameRate(Fraction(25))), 60.0)


@dataclass
class Stage:
    """The state of one timeline view.

    Attributes:
        data: what is shown.
        scale: where it is shown.
        width: pixels of a lane right of its header.
        playhead: seconds; None while there is none.
        selection: first step and end step (exclusive); None when nothing is selected.
        loop: start and end in seconds; None without a loop.
        theme: colours.
        header: pixels at the left of each lane, for its name.
        is_composing: whether music is on its way.
        is_snapping: whether places stop at cuts, markers and hits near by.
    """

    data: TimelineData = field(default_factory=no_timeline)
    scale: TimeScale = field(default_factory=lambda: TimeScale(10.0))
    width: int = 1
    playhead: float | None = None
    selection: tuple[int, int] | None = None
    loop: tuple[float, float] | None = None
    theme: Theme = field(default_factory=current_theme)
    header: int = HEADER
    is_composing: bool = False
    is_snapping: bool = False

    @property
    def visible(self) -> tuple[float, float]:
        """The stretch of the timeline that can be seen, in seconds."""
        return self.scale.seconds(0), self.scale.seconds(self.width)

    @property
    def heard_playhead(self) -> float | None:
        """The playhead in seconds, where the music of the cue sounds; None in silence."""
        music, now = self.data.music, self.playhead
        if music is None or now is None or not music[0] - 1e-6 <= now < music[1]:
            return None
        return None if any(start <= now + 1e-6 < end for start, end in self.data.unheard) else now

    @property
    def selected_seconds(self) -> tuple[float, float] | None:
        """The selected stretch."""
        if self.selection is None:
            return None
        edges = self.data.steps.edges
        first, end = self.selection
        return (float(edges[first]), float(edges[end])) if 0 <= first < end < len(edges) else None

    def frame_at(self, x: float) -> int:
        """The timeline frame whose start is nearest to a pixel, inside the edit."""
        rate = self.data.ruler.rate
        last = rate.nearest_frame(self.data.seconds)
        frame = min(max(rate.nearest_frame(self.scale.seconds(x)), 0), last)
        return self._snapped(x, frame) if self.is_snapping else frame

    def _snapped(self, x: float, frame: int) -> int:
        """The cut, marker or hit within a few pixels, else the frame itself."""
        near = [hit for hit in self.data.hits if abs(self.scale.x(hit.time) - x) <= SNAP_PIXELS]
        return min(near, key=lambda hit: abs(self.scale.x(hit.time) - x)).frame if near else frame

    def time_at(self, x: float) -> float:
        """The time of that frame, in seconds."""
        return float(self.data.ruler.rate.seconds(self.frame_at(x)))
