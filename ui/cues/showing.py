"""The part of the window that shows cues, their words and the temp: one of a panel's two halves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QCoreApplication

from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.ports import FoundMoment, HeardTemp
from hitpoint.ui.presenter.view_models import ShownFollowing, ShownWords

if TYPE_CHECKING:
    from PyQt6.QtCore import pyqtBoundSignal

    from hitpoint.ui.cues.cue_table import CueTable
    from hitpoint.ui.cues.temp_page import TempPage
    from hitpoint.ui.cues.words_field import WordsField
    from hitpoint.ui.lanes.timeline_view import TimelineView
    from hitpoint.ui.widgets.find_page import FindPage
    from hitpoint.ui.widgets.notice_bar import NoticeBar
    from hitpoint.ui.widgets.sound_settings import SoundSettings


class CueShowing:
    """Hands what it is told to lane, list and pages, which the window makes."""

    if TYPE_CHECKING:
        timeline: TimelineView
        cues: CueTable
        words: WordsField
        temp: TempPage
        moments: FindPage
        notices: NoticeBar
        settings: SoundSettings
        temp_shown: pyqtBoundSignal

        def tr(self, text: str, /) -> str:
            """The window's own."""

    def show_cues(self, film: FilmCues, name: str) -> None:
        """Show the list of cues, one of which is worked at."""
        self.timeline.cues.show_cues(film, name)
        self.cues.show_cues(film, name)
        self.settings.show_programme(film.cues.programme)

    def show_words(self, shown: ShownWords) -> None:
        """Show what is said of the cue."""
        self.words.show_words(shown)

    def show_temp(self, temp: HeardTemp | None) -> None:
        """Show the temp music of the edit."""
        self.timeline.temp.show_temp(temp)
        self.temp_shown.emit(temp)

    def show_following(self, shown: ShownFollowing) -> None:
        """Show how the cue follows it."""
        self.temp.show_following(shown)

    def show_found(self, found: tuple[FoundMoment, ...], told: str) -> None:
        """Show moments that were looked for, or why there are none."""
        self.moments.show_found(found, told)

    def show_chosen_cues(self, names: tuple[str, ...]) -> None:
        """Mark the cues that are meant."""
        self.timeline.cues.show_chosen(names)
        self.cues.show_chosen(names)

    def offer_composing_rest(self) -> None:
        """Offer to compose what a cue reaches beyond its music."""
        tip = QCoreApplication.translate("CueShowing", "Compose what the range has more than the music; that stays")
        self.notices.offer("compose_rest", QCoreApplication.translate("CueShowing", "Compose the Rest"), tip)
