"""The range of a window: marked in and out at the playhead, looped, played, and composed in.

It is the span that the shuttle loops, whether it is being looped or not.
"""

from __future__ import annotations

from hitpoint.ui.panel import Panel
from hitpoint.ui.presenter.desk import Desk
from hitpoint.ui.transport.frame_clock import seconds_of
from hitpoint.ui.transport.shuttle import Shuttle


class RangeMarks:
    """Marks a range, and shows it.

    Args:
        shuttle: loops and plays it.
        panel: shows it.
        desk: told of it.
    """

    def __init__(self, shuttle: Shuttle, panel: Panel, desk: Desk) -> None:
        self._shuttle, self._panel, self._desk = shuttle, panel, desk

    def mark_in(self) -> None:
        """The range begins with the frame at the playhead; it goes to the end if it would be empty."""
        start, span = seconds_of(self._shuttle.frame, self._shuttle.rate), self._shuttle.loop_span
        end = self._panel.timeline.stage.data.seconds
        self._mark(start, span[1] if span is not None and span[1] > start else end)

    def mark_out(self) -> None:
        """The range ends with the frame at the playhead, which belongs to it; it begins at 0 if it would be empty."""
        end, span = seconds_of(self._shuttle.frame + 1, self._shuttle.rate), self._shuttle.loop_span
        self._mark(span[0] if span is not None and span[0] < end else 0.0, end)

    def clear(self) -> None:
        """There is no range."""
        self._mark(0.0, 0.0)

    def loop(self, start: float, end: float) -> None:
        """Loop a stretch, in seconds; an empty one ends looping."""
        self._shuttle.set_loop_span(start, end)
        self._shuttle.set_looping(is_looping=end > start)
        self._show(start, end)

    def toggle_loop(self) -> None:
        """Loop the selection if there is one that is not looped yet; else loop, or not, what was looped last."""
        selected, shuttle = self._panel.timeline.stage.selected_seconds, self._shuttle
        if selected is not None and not (shuttle.is_looping and shuttle.loop_span == selected):
            self.loop(*selected)
            return
        shuttle.set_looping(is_looping=not shuttle.is_looping)
        self._show(*(shuttle.loop_span or (0.0, 0.0)))

    def play(self) -> None:
        """Play the selected chords, else the range, to the end of it unless it loops.

        Without either, from the playhead.
        """
        span = self._panel.timeline.stage.selected_seconds or self._shuttle.loop_span
        if span is not None:
            self._shuttle.play_span(*span)
        elif not self._shuttle.player.playing:
            self._shuttle.toggle()

    def _mark(self, start: float, end: float) -> None:
        """Mark a range, in seconds; it is looped if one was looped before. An empty one is none."""
        is_looping = self._shuttle.is_looping and end > start
        self._shuttle.set_loop_span(start, end)
        self._shuttle.set_looping(is_looping=is_looping)
        self._show(start, end)

    def _show(self, start: float, end: float) -> None:
        self._panel.transport.show_loop(is_on=self._shuttle.is_looping)
        self._panel.timeline.show_loop(start, end)
        self._desk.marked = (start, end) if end > start else None
        self._desk.refresh()
