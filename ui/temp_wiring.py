"""Joins the temp music of the edit to the player: it is streamed, and heard in place of the music at one key."""

from __future__ import annotations

from collections.abc import Callable

from hitpoint.core.media.production_mix import ProductionMix
from hitpoint.core.ports import HeardTemp
from hitpoint.ui.panel import Panel
from hitpoint.ui.players.production_stream import ProductionStream
from hitpoint.ui.presenter.presenter import Presenter
from hitpoint.ui.transport.listening import Listening


class TempWiring:
    """The temp of one window.

    Args:
        panel: shows it.
        presenter: finds it.
        listening: plays it.
    """

    def __init__(self, panel: Panel, presenter: Presenter, listening: Listening) -> None:
        self._panel, self._temp, self._takes, self._listening = panel, presenter.temp, presenter.takes, listening
        self._stream: ProductionStream | None = None
        self._clips: object = None

    def calls(self) -> dict[str, Callable[[], object]]:
        """The call of each action of the menu."""
        panel = self._panel
        return {
            "compare_temp": self.compare,
            "show_temp": lambda: panel.side.setCurrentWidget(panel.temp),
        }

    def connect(self) -> None:
        """Join the signals of page and panel."""
        page = self._panel.temp
        page.follow_toggled.connect(self._temp.follow)
        page.weight_changed.connect(self._temp.set_weight)
        page.compare_requested.connect(lambda: self.compare())
        page.compose_requested.connect(lambda: self._takes.compose())
        self._panel.temp_shown.connect(lambda temp: self._show(temp))

    def compare(self) -> None:
        """The temp in place of the music, or back."""
        if self._stream is None:
            self._panel.show_notes((self._panel.temp.none.text().replace("\n", " "),))
            return
        self._listening.compare(is_on=not self._listening.is_temp)
        self._panel.timeline.temp.show_compared(is_on=self._listening.is_temp)

    def close(self, seconds: float) -> None:
        """End the thread that decodes."""
        if self._stream is not None:
            self._stream.close(seconds)
            self._stream = None

    def _show(self, temp: HeardTemp | None) -> None:
        """Another temp, or the same with more heard of it."""
        clips = None if temp is None else temp.clips
        if temp is not None:
            self._listening.match_temp(temp.loudness, temp.peaks.greatest)
        if clips == self._clips:
            return
        self.close(0.04)
        self._clips = clips
        self._stream = None if clips is None else ProductionStream(ProductionMix(clips))
        self._listening.show_temp(self._stream)
        self._panel.timeline.temp.show_compared(is_on=self._listening.is_temp)
