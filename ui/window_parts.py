"""What a window is made of: its widgets, its presenter, its player, and what runs beside them."""

from __future__ import annotations

from dataclasses import dataclass

from hitpoint.core.cue.documents.autosave import Autosaver
from hitpoint.ui.panel import Panel
from hitpoint.ui.players.device_search import DeviceSearch
from hitpoint.ui.presenter.presenter import Presenter
from hitpoint.ui.presenter.runner import JobRunner
from hitpoint.ui.transport.listening import Listening
from hitpoint.ui.transport.playhead import Playhead
from hitpoint.ui.transport.shuttle import Shuttle
from hitpoint.ui.widgets.thumbnails import Thumbnails


@dataclass(eq=False)
class WindowParts:
    """The parts that are joined to each other, see :mod:`hitpoint.ui.app` and :mod:`hitpoint.ui.wiring`."""

    panel: Panel
    presenter: Presenter
    runner: JobRunner
    changer: JobRunner
    looker: JobRunner
    keeper: Autosaver
    shuttle: Shuttle
    playhead: Playhead
    listening: Listening
    thumbnails: Thumbnails
    devices: DeviceSearch
