"""One window's presenter, in ten concerns over one desk. It knows no Qt: tests drive it with a view of plain Python.

::

    presenter = Presenter(view, ports, runner, keeper, RecentEdits(folder), EditPlaces(folder), folder)
    presenter.files.open(path)
    presenter.changes.toggle_lock(4, 6)
    presenter.takes.regenerate_selection()
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from hitpoint.core.ports import Ports
from hitpoint.ui.presenter.changes import ChangePresenter
from hitpoint.ui.presenter.composing.varying import VaryPresenter
from hitpoint.ui.presenter.cues import CuePresenter
from hitpoint.ui.presenter.desk import COMPOSE, FILES, LOOK, PICTURE, SOUND, TAKES, Desk, Keeper
from hitpoint.ui.presenter.edit_places import EditPlaces
from hitpoint.ui.presenter.files import FilePresenter
from hitpoint.ui.presenter.finding import FindPresenter
from hitpoint.ui.presenter.mixing import MixPresenter
from hitpoint.ui.presenter.recent_edits import RecentEdits
from hitpoint.ui.presenter.runner import Runner
from hitpoint.ui.presenter.sound import SoundPresenter
from hitpoint.ui.presenter.taking.takes import TakePresenter
from hitpoint.ui.presenter.temp import TempPresenter
from hitpoint.ui.presenter.view import PanelView
from hitpoint.ui.presenter.words import WordsPresenter


class Presenter:
    """Everything a window can be asked for.

    Args:
        view: the window.
        ports: what is done elsewhere.
        runner: runs what takes long.
        keeper: keeps open work where a crash cannot reach it.
        recent: edits opened lately.
        places: where the files of edits are.
        recovery_folder: where crashed windows left their work.
        playhead: answers the second of timeline that is heard.
        tr: translates what is shown.
        changer: runs changes of long cues; None for the runner.
        looker: looks at pictures beside other work; None for the runner.
    """

    def __init__(
        self,
        view: PanelView,
        ports: Ports,
        runner: Runner,
        keeper: Keeper,
        recent: RecentEdits,
        places: EditPlaces,
        recovery_folder: Path,
        playhead: Callable[[], float] = lambda: 0.0,
        tr: Callable[[str], str] = str,
        changer: Runner | None = None,
        looker: Runner | None = None,
    ) -> None:
        self.desk = Desk(view, ports, runner, keeper, tr, changer, looker)
        self.changes = ChangePresenter(self.desk)
        self.mix = MixPresenter(self.desk)
        self.takes = TakePresenter(self.desk, recovery_folder.parent / "takes")
        self.varying = VaryPresenter(self.desk, self.takes)
        self.cues = CuePresenter(self.desk, self.takes)
        self.words = WordsPresenter(self.desk)
        self.finding = FindPresenter(self.desk)
        self.sound = SoundPresenter(self.desk, playhead)
        self.temp = TempPresenter(self.desk, places)
        self.files = FilePresenter(self.desk, recent, places, recovery_folder, self.takes.compose)

    def keep(self) -> None:
        """Write what is kept of the open edit, at once: the window goes."""
        self.takes.shelf.keep_now()

    def is_music_awaited(self) -> bool:
        """Whether something is being composed that nobody has heard yet; on any thread."""
        desk = self.desk
        return desk.runner.is_busy(COMPOSE) or (desk.heard is None and desk.runner.is_busy(SOUND))

    def cancel(self) -> None:
        """Stop what the editor waits for; the music that is there is still played in."""
        self.desk.runner.cancel(COMPOSE, TAKES, PICTURE, FILES, LOOK)
        self.desk.looker.cancel(PICTURE)
        self.desk.refresh()
