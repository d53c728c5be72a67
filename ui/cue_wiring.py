"""Joins what is asked of cues, in menu, lane, list and by the playhead, to what the presenter does."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QCoreApplication

from hitpoint.ui.panel import Panel
from hitpoint.ui.presenter.presenter import Presenter
from hitpoint.ui.transport.frame_clock import seconds_of
from hitpoint.ui.transport.playhead import Playhead
from hitpoint.ui.transport.shuttle import Shuttle


class CueWiring:
    """The cues of one window.

    Args:
        panel: shows them.
        presenter: changes them.
        shuttle: goes to them, and knows the marked range.
    """

    def __init__(self, panel: Panel, presenter: Presenter, shuttle: Shuttle) -> None:
        self._panel, self._cues, self._shuttle = panel, presenter.cues, shuttle
        self._words, self._takes = presenter.words, presenter.takes

    def calls(self) -> dict[str, Callable[[], object]]:
        """The call of each action of the menu."""
        cues, panel = self._cues, self._panel
        return {
            "new_cue": self.create,
            "split_cue": lambda: cues.split_at(self._shuttle.frame),
            "join_cues": cues.join,
            "duplicate_cue": lambda: self._each(lambda name: cues.duplicate(name, self._shuttle.frame)),
            "rename_cue": lambda: self._each(panel.timeline.cues.ask_name),
            "delete_cue": cues.delete,
            "approve_cue": cues.approve,
            "compose_cues": cues.compose,
            "compose_all_cues": cues.compose_all,
            "compose_all_anew": cues.compose_all_anew,
            "compose_rest": cues.compose_rest,
            "spot": cues.spot,
            "next_cue": lambda: self.go_by(1),
            "previous_cue": lambda: self.go_by(-1),
            "show_words": self.go_to_words,
            "show_cues": lambda: panel.side.setCurrentWidget(panel.cues),
        }

    def connect(self, playhead: Playhead) -> None:
        """Join the signals of lane, list and playhead."""
        cues, lane, table = self._cues, self._panel.timeline.cues, self._panel.cues
        for signal, call in (
            (lane.cue_resized, cues.resize), (lane.cue_drawn, cues.create), (lane.cue_opened, self.go_to),
            (lane.cue_split, cues.split), (lane.cue_renamed, cues.rename),
            (table.chosen, self._choose), (table.opened, self.go_to), (table.renamed, cues.rename),
            (table.resized, cues.resize), (table.style_set, cues.set_style), (table.noted, cues.note),
            (table.refused, self._panel.show_error), (table.new_requested, self.create),
            (table.compose_all_requested, cues.compose_all), (table.spot_requested, cues.spot),
        ):  # fmt: skip
            signal.connect(call)
        lane.cue_chosen.connect(lambda name: cues.choose((name,) if name else ()))
        lane.cue_joined.connect(lambda name: cues.join((name,)))
        lane.cue_duplicated.connect(lambda name: cues.duplicate(name, self._shuttle.frame))
        lane.cue_deleted.connect(lambda name: cues.delete((name,)))
        lane.cue_approved.connect(lambda name: cues.approve((name,)))
        lane.cue_composed.connect(self._compose_one)
        lane.cue_extended.connect(lambda name: cues.compose_rest((name,)))
        table.compose_requested.connect(lambda: cues.compose())
        table.approve_requested.connect(lambda: cues.approve())
        table.delete_requested.connect(lambda: cues.delete())
        words = self._panel.words
        words.said.connect(self._say)
        words.chip_removed.connect(self._words.remove_chip)
        words.chip_changed.connect(self._words.change_chip)
        words.line_removed.connect(self._words.remove)
        words.compose_requested.connect(lambda: self._takes.compose())
        self._panel.timeline.seek_requested.connect(
            lambda seconds: cues.follow(self._shuttle.rate.nearest_frame(seconds), is_asked=True)
        )
        playhead.moved.connect(lambda seconds, frame: cues.follow(frame))

    def _choose(self, names: tuple[str, ...]) -> None:
        """The cues that were marked in the list are meant; at rest the playhead goes to the only one."""
        self._cues.choose(names)
        if len(names) == 1 and not self._shuttle.player.playing and self._cues.here != names[0]:
            self.go_to(names[0])

    def _compose_one(self, name: str) -> None:
        """Compose the cue whose menu that was: it is shown, so that it is seen what becomes of it."""
        self._cues.choose((name,))
        self._cues.compose((name,))

    def go_to_words(self) -> None:
        """The field to say what the cue is to be."""
        self._panel.side.setCurrentWidget(self._panel.words)
        self._panel.words.field.setFocus()

    def _say(self, text: str, is_stretch: bool) -> None:
        span = self._panel.timeline.stage.selected_seconds or self._shuttle.loop_span if is_stretch else None
        if is_stretch and span is None:
            self._panel.show_error(
                QCoreApplication.translate(
                    "CueWiring", "No stretch is selected: select chords, or mark a range with I and O."
                )
            )
        else:
            self._words.say(text, span)

    def create(self) -> None:
        """A new cue for the marked range, else for the selected chords, else for the silence at the playhead."""
        span = self._shuttle.loop_span or self._panel.timeline.stage.selected_seconds
        if span is not None:
            self._cues.create(*self._frames(span))
        else:
            self._cues.create_at(self._shuttle.frame)

    def compose_range(self) -> None:
        """A new cue for the marked range, composed at once; without a range that is told."""
        span = self._shuttle.loop_span
        if span is None:
            text = QCoreApplication.translate(
                "CueWiring", "There is no range: mark one with I and O, or drag along the upper half of the ruler."
            )
            self._panel.show_notes((text,))
        else:
            self._cues.compose_range(*self._frames(span))

    def go_to(self, name: str) -> None:
        """The playhead to the start of a cue."""
        self._shuttle.stop()
        self._shuttle.seek(seconds_of(self._cues.start_of(name), self._shuttle.rate))

    def go_by(self, by: int) -> None:
        """The playhead to the start of the cue after, or before."""
        starts = self._cues.starts
        frame = self._shuttle.frame
        later, earlier = [one for one in starts if one > frame], [one for one in starts if one < frame]
        target = (later[:1] if by > 0 else earlier[-1:]) or [frame]
        self._shuttle.seek(seconds_of(target[0], self._shuttle.rate))

    def _each(self, call: Callable[[str], object]) -> None:
        for name in self._cues.meant[:1]:
            call(name)

    def _frames(self, span: tuple[float, float]) -> tuple[int, int]:
        start, end = (self._shuttle.rate.nearest_frame(time) for time in span)
        return start, end
