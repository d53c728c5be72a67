"""The window: tool bar, picture, pages, transport, lanes, status. It shows, and says what the editor wants."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PyQt6.QtWidgets import (
    QLabel,
    QMainWindow,
    QMenu,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from hitpoint.core.arrange.form.hit_points import Hit
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.cue.heard import heard_range, heard_span
from hitpoint.core.edit import Edit
from hitpoint.core.music.progression import chord_runs
from hitpoint.core.ports import Delivered, OpenedEdit, StyleCard, Way, WriteChoice
from hitpoint.ui.actions import ACTIONS, MENUS, enable_actions, make_actions, translated
from hitpoint.ui.cues.cue_table import CueTable
from hitpoint.ui.cues.showing import CueShowing
from hitpoint.ui.cues.temp_page import TempPage
from hitpoint.ui.cues.words_field import WordsField
from hitpoint.ui.dialogs.delivered import DeliveredDialog
from hitpoint.ui.dialogs.places import asked_music_folder
from hitpoint.ui.dialogs.questions import asked
from hitpoint.ui.dialogs.write_back import WriteBackDialog
from hitpoint.ui.lanes.drawing.timeline_data import TimelineData, WavePeaks, timeline_data, with_tune
from hitpoint.ui.lanes.lane_heights import LaneHeights
from hitpoint.ui.lanes.timeline_view import TimelineView
from hitpoint.ui.presenter.questions import Answer, Question
from hitpoint.ui.presenter.view_models import Busy, Menus, TakeRow
from hitpoint.ui.tool_bar import tool_bar
from hitpoint.ui.transport.transport import Transport
from hitpoint.ui.widgets.busy_bar import BusyBar
from hitpoint.ui.widgets.find_page import FindPage
from hitpoint.ui.widgets.listening_page import ListeningPage
from hitpoint.ui.widgets.notice_bar import Holds, MessagePlace, NoticeBar
from hitpoint.ui.widgets.parts_list import PartsList
from hitpoint.ui.widgets.preview import Preview
from hitpoint.ui.widgets.sound_settings import SoundSettings
from hitpoint.ui.widgets.takes_list import TakesList
from hitpoint.ui.widgets.welcome import Welcome

if TYPE_CHECKING:
    from hitpoint.core.media.waveform import Peaks
    from hitpoint.core.render.audition.sound import AuditionSound

_SMALLEST = (1024, 640)
_COMFORTABLE = (1440, 900)
_TITLE_BAR = 40  # pixels that a window manager may add
_KNOWN = 8  # cues that are shown again at once, as by an undo
_SILENCE = WavePeaks(0.0, 1.0, np.zeros(0, np.float32), np.zeros(0, np.float32))


class Panel(QMainWindow, CueShowing):
    """A :class:`~hitpoint.ui.presenter.view.PanelView` of Qt's widgets.

    *Signals*: ``dropped(path)`` when a file was dropped on it, or chosen of the recent ones;
    ``sound_shown(AuditionSound or None, Cue or None)`` and ``edit_shown(OpenedEdit)``,
    ``temp_shown(HeardTemp or None)`` for whoever plays and draws waveforms. Everything else is said by its widgets and
    actions.
    """

    dropped = pyqtSignal(str)
    edit_shown = pyqtSignal(object)
    sound_shown = pyqtSignal(object, object)
    temp_shown = pyqtSignal(object)

    def __init__(self, styles: tuple[StyleCard, ...]) -> None:
        super().__init__()
        self.may_close: Callable[[], bool] = lambda: True
        self.recent: Callable[[], tuple[str, ...]] = tuple
        self.setWindowTitle("Hitpoint")
        self.setAcceptDrops(True)
        self.setMinimumSize(*_SMALLEST)
        screen = self.screen()
        self.resize(first_size(self.maximumSize() if screen is None else screen.availableSize()))
        self.actions_by_name = make_actions(self)
        self.welcome, self.notices, self.busy = Welcome(), NoticeBar(), BusyBar()
        self.preview, self.transport, self.timeline = Preview(), Transport(), TimelineView()
        self.lane_heights = LaneHeights(self.timeline.lanes, self)
        names = tuple(style.name for style in styles)
        self.takes, self.settings, self.parts = TakesList(names), SoundSettings(styles), PartsList(styles)
        self.cues, self.words, self.temp = CueTable(names), WordsField(), TempPage()
        self.listening, self.moments, self.side = ListeningPage(), FindPage(), QTabWidget()
        self.timeline.styles.styles = names
        self._opened: OpenedEdit | None = None
        self._delivered: Delivered | None = None
        self._known: deque[tuple[Edit, Cue, TimelineData]] = deque(maxlen=_KNOWN)
        self._facts = QLabel()
        self._facts.setProperty("faint", True)
        self._facts.setContentsMargins(0, 0, 12, 0)
        for say in (self._facts.setAccessibleName, self._facts.setToolTip):
            say(self.tr("The cue in short"))
        self._lay_out()
        self._name_tabs()
        self._make_menus()
        self.addToolBar(tool_bar(self, self.actions_by_name, self.tr("Tools")))
        self.show_menus(Menus())

    # What is shown: PanelView.

    def show_welcome(self, recent: tuple[str, ...]) -> None:
        """Offer ways in."""
        self.welcome.show_recent(recent)
        self._pages.setCurrentWidget(self.welcome)

    def show_edit(self, opened: OpenedEdit) -> None:
        """Show an edit; its music follows."""
        self._opened = opened
        edit = opened.edit
        self._pages.setCurrentWidget(self._work)
        self.notices.dismiss()
        self.preview.show_edit(edit)
        self.transport.show_edit(edit.rate, edit.frames, edit.start_timecode_frame, drop_frame=edit.drop_frame)
        self.transport.show_production(is_on=False, is_there=bool(opened.production_sound))
        self.cues.show_edit(edit)
        self.moments.show_edit(edit)
        self.timeline.show_timeline(timeline_data(edit))
        self.timeline.zoom_to_fit()
        self.timeline.chords.setFocus(Qt.FocusReason.OtherFocusReason)  # not a tab or a button that has keys of its own
        self.edit_shown.emit(opened)

    def show_cue(self, cue: Cue | None) -> None:
        """Show the music as it is now."""
        if self._opened is not None:
            self.timeline.show_timeline(self._timeline(self._opened.edit, cue))
        self.settings.show_cue(cue)
        self.parts.show_cue(cue)
        self._facts.setText("" if cue is None else self._summary(cue))

    def prepare_cue(self, edit: Edit, cue: Cue) -> TimelineData:
        """Work out what will be shown of a cue; on any thread."""
        data = timeline_data(edit, cue, before=self.timeline.stage.data)
        self._known.append((edit, cue, data))
        return data

    def show_selection(self, span: range) -> None:
        """Show which steps are meant."""
        self.timeline.show_selection(span.start, span.stop)

    def show_takes(self, takes: tuple[TakeRow, ...], chosen: int) -> None:
        """List takes."""
        self.takes.show_takes(takes, chosen)
        self.timeline.moods.show_origin(is_from_cuts=0 <= chosen < len(takes) and takes[chosen].is_from_cuts)

    def show_sound(self, sound: AuditionSound | None, cue: Cue | None) -> None:
        """Play another sound from now on."""
        self.sound_shown.emit(sound, cue)

    def show_hits(self, cue: Cue, hits: tuple[Hit, ...]) -> None:
        """Show how well the notes of a cue meet the picture."""
        if self._opened is not None:
            self.timeline.show_timeline(timeline_data(self._opened.edit, cue, hits, self.timeline.stage.data))

    def show_tune(self, cue: Cue, playing: Cue) -> None:
        """Show the melody of a cue as it is played."""
        if self.timeline.stage.data.source is cue:
            self.timeline.show_timeline(with_tune(self.timeline.stage.data, playing))

    def show_music_wave(self, peaks: Peaks | None) -> None:
        """Draw the sound of the music."""
        self.timeline.show_music_wave(_wave(peaks))

    def show_production_wave(self, peaks: Peaks | None) -> None:
        """Draw the edit's own sound."""
        is_silent = peaks is None and self._opened is not None and not self._opened.production_sound
        self.timeline.show_production_wave(_SILENCE if is_silent else _wave(peaks))

    def show_busy(self, busy: Busy | None) -> None:
        """Show what is being worked at."""
        self.busy.show_busy(busy)

    def show_error(self, message: str, holds: Holds | None = None) -> None:
        """Say what went wrong, and what to do, as long as that is so."""
        self.notices.show_error(message, holds)

    def show_notes(self, notes: tuple[str, ...], holds: Holds | None = None) -> None:
        """Say what is good to know, as long as it is so."""
        self.notices.show_notes(notes, holds)

    def show_menus(self, menus: Menus) -> None:
        """Show what can be done."""
        enable_actions(self.actions_by_name, menus)
        self.notices.look()
        self.actions_by_name["show_delivered"].setEnabled(self._delivered is not None)
        self.takes.show_menus(menus)
        if menus.is_composing != self.timeline.stage.is_composing:
            self.timeline.stage.is_composing = menus.is_composing
            self.timeline.chords.refresh()
        star = "" if menus.is_saved else " •"
        self.setWindowTitle(f"{menus.title}{star} — Hitpoint" if menus.title else "Hitpoint")

    def show_delivered(self, delivered: Delivered) -> None:
        """Say where everything lies; the menu shows it again."""
        self._delivered = delivered
        self.actions_by_name["show_delivered"].setEnabled(True)
        self.show_delivered_again()

    def show_delivered_again(self) -> None:
        """Show what was written last, to drag it out of the window."""
        assert self._delivered is not None
        dialog = DeliveredDialog(self._delivered, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def ask(self, question: Question) -> Answer:
        """Put a question."""
        return asked(question, self)

    def ask_way(
        self, ways: tuple[Way, ...], *, has_duck: bool, film: FilmCues | None = None, approved: bool = False
    ) -> WriteChoice | None:
        """Ask how to write back, and which cues, at first only approved ones or all; None if not at all."""
        dialog = WriteBackDialog(ways, self, has_duck=has_duck, film=film)
        dialog.choose_approved(is_only=approved)
        return dialog.choice if dialog.exec() else None

    def ask_folder(self, reason: str) -> Path | None:
        """Ask where the music is to go, since it cannot go where it would; None if nowhere."""
        self.notices.show_error(reason)
        return asked_music_folder(self)

    def offer_media(self) -> None:
        """Offer to look for media that are missing."""
        tip = self.tr("Name the folder in which the edit's media lie; it is remembered")
        self.notices.offer("find_media", self.tr("Find Media…"), tip)

    def offer_composing(self) -> None:
        """Offer to compose what a wish has made stale."""
        self.notices.offer(
            "compose_stale", self.tr("Compose It Now"), self.tr("Compose that stretch again; locks stay")
        )

    @property
    def media_start(self) -> str:
        """The folder in which looking for media begins: that of the edit."""
        return "" if self._opened is None else str(self._opened.path.parent)

    def close_now(self) -> None:
        """Close without asking again."""
        self.close()

    def closeEvent(self, event: QCloseEvent | None) -> None:
        """Close if nothing is lost by it."""
        if event is not None:
            event.setAccepted(self.may_close())

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        """Take files."""
        data = event.mimeData() if event is not None else None
        if event is not None and data is not None and any(url.isLocalFile() for url in data.urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent | None) -> None:
        """Open the first file dropped."""
        data = event.mimeData() if event is not None else None
        path = next((url.toLocalFile() for url in data.urls() if url.isLocalFile()), "") if data is not None else ""
        if path:
            self.dropped.emit(path)

    def _timeline(self, edit: Edit, cue: Cue | None) -> TimelineData:
        """The data of the lanes; those that were prepared, or shown lately, are at hand."""
        if cue is None:
            return timeline_data(edit)
        known = (data for of, one, data in tuple(self._known) if of is edit and one is cue)
        return next(known, None) or self.prepare_cue(edit, cue)

    def _summary(self, cue: Cue) -> str:
        start, end = heard_range(cue)
        steps = [cue.steps[index] for index in heard_span(cue)]
        seconds, chords = float(cue.edit.rate.seconds(end - start)), len(chord_runs([step.chord for step in steps]))
        runs = groupby((step.chord, step.locked) for step in steps)  # chords as the lane shows them, not steps
        locked = sum(is_locked for (_, is_locked), _ in runs)
        name = f"{cue.name}  ·  " if cue.name else ""
        told = self.tr("1 chord") if chords == 1 else self.tr("{0} chords").format(chords)
        words = name + f"{cue.style}  ·  {cue.key}  ·  {seconds:.1f} s  ·  {told}"
        return f"{words}  ·  " + self.tr("{0} locked").format(locked) if locked else words

    def _lay_out(self) -> None:
        """From the outside in: a page that is put into something else is styled anew with all that is in it."""
        central = QWidget(self)
        self.setCentralWidget(central)
        self._pages = QStackedWidget(central)
        _column(central).addWidget(self._pages, 1)
        self._work = QSplitter(Qt.Orientation.Vertical)
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self._work)
        above, top = QWidget(), QSplitter(Qt.Orientation.Horizontal)
        self._work.addWidget(above)
        self._work.addWidget(self.timeline)
        column = _column(above)
        column.addWidget(top, 1)
        column.addWidget(self.transport)
        self.side.setMinimumWidth(300)
        self.side.setAccessibleName(self.tr("Takes, music, parts, cues, words and temp"))
        top.addWidget(self.preview)
        top.addWidget(self.side)
        self._add_pages()
        for splitter, stretches, sizes in ((top, (3, 2), (860, 500)), (self._work, (2, 3), (380, 480))):
            for number, stretch in enumerate(stretches):
                splitter.setStretchFactor(number, stretch)
            splitter.setSizes(sizes)
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(3)
        status = self.statusBar()
        assert status is not None
        status.setSizeGripEnabled(False)
        status.addWidget(self.busy, 1)
        status.addPermanentWidget(self._facts)

    def _add_pages(self) -> None:
        """Put what is beside the picture on its tabs."""
        for page, title, keys in (
            (self.takes, self.tr("Takes"), "Alt+1"),
            (self.settings, self.tr("Music"), "Alt+2"),
            (self.parts, self.tr("Parts"), "Alt+3"),
            (self.cues, self.tr("Cues"), "Alt+5"),
            (self.words, self.tr("Words"), "Alt+6"),
            (self.temp, self.tr("Temp"), "Alt+7"),
            (self.listening, self.tr("Listening"), "Alt+8"),
            (self.moments, self.tr("Find"), "Ctrl+F"),
        ):
            self.side.setTabToolTip(self.side.addTab(page, title), f"{title} ({keys})")

    def _name_tabs(self) -> None:
        """Say what the tabs are."""
        tabs = self.side.tabBar()
        assert tabs is not None
        tabs.setAccessibleName(self.side.accessibleName())
        tabs.setToolTip(self.side.accessibleName())

    def _make_menus(self) -> None:
        bar = self.menuBar()
        assert bar is not None
        menus: dict[str, QMenu] = {}
        for name, title in MENUS.items():
            menu = bar.addMenu(translated(title))
            assert menu is not None
            menu.setToolTipsVisible(True)
            menus[name] = menu
        for row in ACTIONS:
            menu = menus[row.menu.lstrip("-")]
            if row.menu.startswith("-"):
                menu.addSeparator()
            menu.addAction(self.actions_by_name[row.name])
            if row.name == "open":
                self._recent = menu.addMenu(self.tr("Open &Recent"))
                assert self._recent is not None
                self._recent.aboutToShow.connect(self._list_recent)
        if bar.isNativeMenuBar():  # on a Mac, whose menus lie outside of the window
            self.statusBar().insertWidget(0, self.notices, 1)  # type: ignore[union-attr]
        else:
            MessagePlace(bar, self.notices)

    def _list_recent(self) -> None:
        """The edits opened lately, newest first, at the time the menu opens."""
        assert self._recent is not None
        self._recent.clear()
        for name in self.recent():
            action = self._recent.addAction(Path(name).name, lambda name=name: self.dropped.emit(name))
            assert action is not None
            action.setToolTip(name)
        self._recent.setToolTipsVisible(True)
        if self._recent.isEmpty():
            empty = self._recent.addAction(self.tr("None yet"))
            assert empty is not None
            empty.setEnabled(False)


def first_size(available: QSize) -> QSize:
    """Of a window that was never shown: as large as is comfortable, and with its title bar inside the screen."""
    return QSize(min(_COMFORTABLE[0], available.width()), min(_COMFORTABLE[1], available.height() - _TITLE_BAR))


def _wave(peaks: Peaks | None) -> WavePeaks | None:
    """Peaks as the lanes take them."""
    return None if peaks is None else WavePeaks(peaks.start, peaks.per_second, peaks.low, peaks.high)


def _column(widget: QWidget) -> QVBoxLayout:
    """A layout for what stands in a widget from edge to edge, one below the other."""
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
