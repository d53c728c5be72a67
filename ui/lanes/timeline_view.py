"""The timeline: all lanes over one ruler, one playhead, one selection, zoom and scroll."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QEvent, QObject, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QImage, QKeyEvent, QNativeGestureEvent, QWheelEvent
from PyQt6.QtWidgets import QHBoxLayout, QScrollArea, QScrollBar, QToolButton, QVBoxLayout, QWidget

from hitpoint.core.arrange.form.hit_points import Hit
from hitpoint.ui.lanes.chords_lane import ChordsLane
from hitpoint.ui.lanes.cue_lane import CueLane
from hitpoint.ui.lanes.drawing.ink import type_size
from hitpoint.ui.lanes.drawing.labels import MINUS
from hitpoint.ui.lanes.drawing.lane import Lane
from hitpoint.ui.lanes.drawing.scale import TimeScale, fitted, limited, showing
from hitpoint.ui.lanes.drawing.stage import HEADER, Stage
from hitpoint.ui.lanes.drawing.timeline_data import TimelineData, WavePeaks, with_errors
from hitpoint.ui.lanes.dynamics_lane import density_lane, loudness_lane
from hitpoint.ui.lanes.form_lane import FormLane
from hitpoint.ui.lanes.hits_lane import HitsLane
from hitpoint.ui.lanes.mood_lane import MoodLane
from hitpoint.ui.lanes.notes_lane import NotesLane
from hitpoint.ui.lanes.ruler_lane import RulerLane
from hitpoint.ui.lanes.shots_lane import ShotsLane
from hitpoint.ui.lanes.style_lane import StyleLane
from hitpoint.ui.lanes.temp_lane import TempLane
from hitpoint.ui.lanes.tempo_lane import TempoLane
from hitpoint.ui.lanes.wave_lane import WaveLane
from hitpoint.ui.theme import current_theme

_ZOOM_STEP = 1.5
_WHEEL_ZOOM = 1.2  # by a notch of the wheel
_NOTCH = 120  # eighths of a degree
_WHEEL_PIXELS = 90  # scrolled by a notch
_THUMBNAIL_DELAY = 120  # milliseconds of rest before pictures are asked for


class TimelineView(QWidget):
    """Lanes over one time ruler. It is given data and says what the editor wants; it changes no cue.

    Steps are numbered from 0, ends are exclusive; frames and seconds count from the start of the timeline.

    Signals:
        seek_requested(float): to a time in seconds.
        selection_changed(int, int): first step and end step; both 0 when nothing is selected.
        chord_set_requested(int, int, str): a Harte symbol for steps.
        lock_toggled(int, int): lock steps, or free them if all of them are locked.
        hit_wanted(int, bool), hit_moved(int, int), hit_added(int), hit_removed(int): by frames.
        note_moved(object, float, int), note_added(float, int), note_removed(object), note_locked(object, bool): notes
            of the melody by their beat, to seconds and pitches.
        mood_set_requested(float, float, str): a class ("tense") or a point ("0.20,-0.45") as ``parse_mood`` reads it.
        mood_released(float, float): left to the picture again.
        border_moved(int, int): a section is to begin with a bar.
        summit_set(int): the cue is to culminate in a bar.
        theme_named(int, str): of a section.
        section_locked(int, bool): or free.
        density_drawn(int, list), loudness_drawn(int, list): first step, a value for each step from there.
        density_released(int, int), loudness_released(int, int): that of steps left to the picture again.
        loop_requested(float, float): start and end in seconds; both 0 for no loop.
        thumbnails_wanted(list): frames in view without a picture, for :meth:`show_thumbnail`.
        menu_opened(str, QMenu, float): a lane's name ("chords"), the menu about to be shown, and the time it is for;
            add actions while this is emitted.
    """

    seek_requested = pyqtSignal(float)
    selection_changed = pyqtSignal(int, int)
    chord_set_requested = pyqtSignal(int, int, str)
    lock_toggled = pyqtSignal(int, int)
    hit_wanted = pyqtSignal(int, bool)
    hit_moved = pyqtSignal(int, int)
    hit_added = pyqtSignal(int)
    hit_removed = pyqtSignal(int)
    note_moved = pyqtSignal(object, float, int)
    note_added = pyqtSignal(float, int)
    note_removed = pyqtSignal(object)
    note_locked = pyqtSignal(object, bool)
    mood_set_requested = pyqtSignal(float, float, str)
    mood_released = pyqtSignal(float, float)
    border_moved = pyqtSignal(int, int)
    summit_set = pyqtSignal(int)
    theme_named = pyqtSignal(int, str)
    section_locked = pyqtSignal(int, bool)
    density_drawn = pyqtSignal(int, list)
    loudness_drawn = pyqtSignal(int, list)
    density_released = pyqtSignal(int, int)
    loudness_released = pyqtSignal(int, int)
    loop_requested = pyqtSignal(float, float)
    thumbnails_wanted = pyqtSignal(list)
    menu_opened = pyqtSignal(str, object, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.stage = Stage()
        self.stage.header = round(HEADER * type_size(self.font()))
        self.is_following = True  # whether the view turns the page when the playhead leaves it
        self._is_fitted = True
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_THUMBNAIL_DELAY)
        self._rest.timeout.connect(self._ask_for_thumbnails)
        self._bar = QScrollBar(Qt.Orientation.Horizontal)
        self._make_lanes()
        self._lay_out()
        self._connect()
        self.setAccessibleName(self.tr("Timeline"))

    # What is shown.

    def show_timeline(self, data: TimelineData) -> None:
        """Show an edit and its cue; zoom and place stay unless it is another length of timeline."""
        is_other = data.seconds != self.stage.data.seconds
        self.stage.data = data
        if self.stage.selection is not None and self.stage.selection[1] > len(data.steps):
            self.stage.selection = None
        self.shots.show_shots(data.shots)
        self.hits.show_hits()
        self.chords.show_steps()
        if is_other or self._is_fitted:
            self.zoom_to_fit()
        else:
            self._show_scale(self.stage.scale)

    def show_playhead(self, seconds: float | None) -> None:
        """Show where the sound is; turn the page if it has left the view."""
        before, self.stage.playhead = self.stage.playhead, seconds
        if seconds is not None and self.is_following and not 0 <= self.stage.scale.x(seconds) <= self.stage.width:
            self._show_scale(
                self.stage.scale.scrolled(seconds * self.stage.scale.pixels_per_second - self.stage.width * 0.1)
            )
        for lane in self.all_lanes:
            lane.move_playhead(before, seconds)

    def show_selection(self, first_step: int, end_step: int) -> None:
        """Show which steps are selected; none if there is nothing between them. Emits nothing."""
        self.stage.selection = (
            (first_step, end_step) if 0 <= first_step < end_step <= len(self.stage.data.steps) else None
        )
        for lane in self.all_lanes:
            lane.update()

    def show_loop(self, start: float, end: float) -> None:
        """Show the stretch that is looped; none if it is empty. Emits nothing."""
        self.stage.loop = (start, end) if end > start else None
        for lane in self.all_lanes:
            lane.update()

    def show_measured(self, measured: Sequence[Hit]) -> None:
        """Show how well the hits are met, from ``measured_hits`` of the cue's score."""
        self.stage.data = with_errors(self.stage.data, measured)
        self.hits.show_hits()

    def show_music_wave(self, peaks: WavePeaks | None) -> None:
        """Show the sound of the music."""
        self.music.show_peaks(peaks)

    def show_production_wave(self, peaks: WavePeaks | None) -> None:
        """Show the edit's own sound."""
        self.production.show_peaks(peaks)

    def show_thumbnail(self, frame: int, image: QImage) -> None:
        """Show the picture of a frame."""
        self.shots.show_thumbnail(frame, image)

    # Zoom and scroll.

    def zoom_in(self) -> None:
        """Half as long again, around the playhead if it is in view."""
        self._zoom_by(_ZOOM_STEP, self._anchor())

    def zoom_out(self) -> None:
        """The reverse of :meth:`zoom_in`."""
        self._zoom_by(1 / _ZOOM_STEP, self._anchor())

    def zoom_to_fit(self) -> None:
        """The whole timeline."""
        self._show_scale(fitted(self.stage.data.seconds, self.stage.width))
        self._is_fitted = True

    def zoom_to_selection(self) -> None:
        """The selected steps and some air, or the loop; without either nothing changes."""
        span = self.stage.selected_seconds or self.stage.loop
        if span is not None:
            air = (span[1] - span[0]) * 0.08
            self.show_span(max(span[0] - air, 0.0), span[1] + air)

    def show_span(self, start: float, end: float) -> None:
        """Zoom to a stretch of the timeline, in seconds."""
        self._show_scale(showing(start, end, self.stage.width))

    def scroll_to(self, seconds: float) -> None:
        """Bring a time to the left edge."""
        self._show_scale(self.stage.scale.scrolled(seconds * self.stage.scale.pixels_per_second))

    def _zoom_by(self, factor: float, x: float) -> None:
        data = self.stage.data
        zoom = limited(self.stage.scale.pixels_per_second * factor, data.seconds, self.stage.width, data.ruler.rate)
        self._show_scale(self.stage.scale.zoomed(zoom, x))

    def _anchor(self) -> float:
        """The place that stays where it is: the playhead, or the middle."""
        x = self.stage.scale.x(self.stage.playhead) if self.stage.playhead is not None else -1.0
        return x if 0 <= x <= self.stage.width else self.stage.width / 2

    def _show_scale(self, scale: TimeScale) -> None:
        data, width = self.stage.data, self.stage.width
        zoom = limited(scale.pixels_per_second, data.seconds, width, data.ruler.rate)
        least = fitted(data.seconds, width).pixels_per_second
        room = (
            max(TimeScale(zoom).length(data.seconds) - width + min(width // 8, 120), 0) if zoom > least * 1.0001 else 0
        )
        self.stage.scale = TimeScale(zoom, min(scale.offset, room))
        self._is_fitted = zoom <= least * 1.0001
        self._bar.blockSignals(True)
        self._bar.setRange(0, room)
        self._bar.setPageStep(width)
        self._bar.setSingleStep(max(width // 20, 1))
        self._bar.setValue(self.stage.scale.offset)
        self._bar.blockSignals(False)
        self.chords.close_editor()
        for lane in self.all_lanes:
            lane.refresh()
        self._rest.start()

    # Making.

    def _make_lanes(self) -> None:
        stage = self.stage
        self.ruler, self.shots, self.hits = RulerLane(stage), ShotsLane(stage), HitsLane(stage)
        self.form, self.moods, self.cues = FormLane(stage), MoodLane(stage), CueLane(stage)
        self.chords, self.notes = ChordsLane(stage), NotesLane(stage)
        self.density, self.loudness = density_lane(stage), loudness_lane(stage)
        self.music, self.production = WaveLane(stage, is_music=True), WaveLane(stage, is_music=False)
        self.tempo, self.temp, self.styles = TempoLane(stage), TempLane(stage), StyleLane(stage)
        self.lanes: dict[str, Lane] = {
            "shots": self.shots, "cues": self.cues, "hits": self.hits, "form": self.form, "style": self.styles,
            "mood": self.moods, "chords": self.chords, "notes": self.notes, "density": self.density,
            "loudness": self.loudness, "music": self.music, "production": self.production, "temp": self.temp,
            "tempo": self.tempo,
        }  # fmt: skip
        self.all_lanes: tuple[Lane, ...] = (self.ruler, *self.lanes.values())
        for name, lane in self.lanes.items():
            lane.is_of_music = name not in ("shots", "cues", "production", "temp")

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for lane in self.lanes.values():
            rows.addWidget(lane, 1)
        rows.addStretch(0)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QScrollArea.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        self._area.viewport().installEventFilter(self)  # type: ignore[union-attr]
        self._ruler_row = QHBoxLayout()
        self._ruler_row.addWidget(self.ruler)
        self._bar.setAccessibleName(self.tr("Scroll through the timeline"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._ruler_row)
        layout.addWidget(self._area, 1)
        layout.addLayout(self._bottom_row())

    def _bottom_row(self) -> QHBoxLayout:
        buttons = QWidget()
        buttons.setFixedWidth(self.stage.header)
        inside = QHBoxLayout(buttons)
        inside.setContentsMargins(6, 1, 6, 1)
        inside.setSpacing(2)
        for text, name, keys, slot in (
            (MINUS, self.tr("Zoom out"), "Ctrl+-", self.zoom_out),
            ("+", self.tr("Zoom in"), "Ctrl++", self.zoom_in),
            (self.tr("Fit"), self.tr("Show the whole timeline"), "\\", self.zoom_to_fit),
        ):
            button = QToolButton()
            button.setText(text)
            button.setAutoRaise(True)
            button.setAccessibleName(name)
            button.setToolTip(f"{name} ({keys})")
            button.clicked.connect(slot)
            inside.addWidget(button)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(buttons)
        row.addWidget(self._bar, 1)
        return row

    def _connect(self) -> None:
        for name, lane in (("ruler", self.ruler), *self.lanes.items()):
            lane.seek_requested.connect(self.seek_requested)
            lane.wheel_turned.connect(self._turn_wheel)
            lane.scroll_asked.connect(
                lambda by: self._show_scale(self.stage.scale.scrolled(self.stage.scale.offset + by))
            )
            lane.menu_opened.connect(lambda menu, seconds, name=name: self.menu_opened.emit(name, menu, seconds))
        self.ruler.loop_requested.connect(self.loop_requested)
        self.shots.shot_chosen.connect(self._select_span)
        for name in ("hit_wanted", "hit_moved", "hit_added", "hit_removed"):
            getattr(self.hits, name).connect(getattr(self, name))
        for name in ("note_moved", "note_added", "note_removed", "note_locked"):
            getattr(self.notes, name).connect(getattr(self, name))
        self.moods.mood_set_requested.connect(self.mood_set_requested)
        self.moods.mood_released.connect(self.mood_released)
        for name in ("border_moved", "summit_set", "theme_named", "section_locked"):
            getattr(self.form, name).connect(getattr(self, name))
        self.chords.chord_set_requested.connect(self.chord_set_requested)
        self.chords.mood_set_requested.connect(self.mood_set_requested)
        self.chords.lock_toggled.connect(self.lock_toggled)
        for name, curve in (("density", self.density), ("loudness", self.loudness)):
            curve.drawn.connect(getattr(self, f"{name}_drawn"))
            curve.released.connect(getattr(self, f"{name}_released"))
            curve.selection_changed.connect(self._select)
        self.chords.selection_changed.connect(self._select)
        self._bar.valueChanged.connect(lambda value: self._show_scale(self.stage.scale.scrolled(value)))

    # Slots and events.

    def _select(self, first: int, end: int) -> None:
        self.show_selection(first, end)
        self.selection_changed.emit(first, end)

    def _select_span(self, start: float, end: float) -> None:
        """Select the steps that sound for the most part between two times."""
        steps = self.stage.data.steps
        if not len(steps) or end <= steps.edges[0] or start >= steps.edges[-1]:
            return
        first = steps.nearest_step(start + 1e-3)
        last = steps.nearest_step(end - 1e-3)
        if last > first and steps.edges[first + 1] - start < start - steps.edges[first]:
            first += 1
        if last > first and end - steps.edges[last] < steps.edges[last + 1] - end:
            last -= 1
        self._select(first, last + 1)

    def _turn_wheel(self, event: QWheelEvent) -> None:
        """Ctrl zooms at the mouse; sideways or with shift scrolls; else lanes move up and down if they do not fit."""
        angle = event.angleDelta()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_by(_WHEEL_ZOOM ** (angle.y() / _NOTCH), event.position().x() - self.stage.header)
            event.accept()
            return
        bar = self._area.verticalScrollBar()
        upright = bar is not None and bar.maximum() > 0 and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        turn = angle.x() or (0 if upright else angle.y())
        if turn:
            self._bar.setValue(self._bar.value() - round(turn / _NOTCH * _WHEEL_PIXELS))
            event.accept()

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Escape selects nothing."""
        if event is not None and event.key() == Qt.Key.Key_Escape:
            self._select(0, 0)
        elif event is not None:
            event.ignore()

    def event(self, event: QEvent | None) -> bool:
        """Two fingers on a trackpad zoom."""
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self._zoom_by(1 + event.value(), event.position().x() - self.stage.header)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent | None) -> None:
        """Another room, other colours."""
        if event is not None and event.type() == QEvent.Type.PaletteChange:
            self.stage.theme = current_theme()
            for lane in self.all_lanes:
                lane.refresh()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        """Lanes are as wide as what their scroll area leaves them; a fitted timeline stays fitted."""
        if event is not None and event.type() == QEvent.Type.Resize and watched is self._area.viewport():
            wide = self._area.viewport().width()  # type: ignore[union-attr]
            self._ruler_row.setContentsMargins(0, 0, max(self._area.width() - wide, 0), 0)
            self.stage.width = max(wide - self.stage.header, 1)
            self._show_scale(fitted(self.stage.data.seconds, self.stage.width) if self._is_fitted else self.stage.scale)
        return super().eventFilter(watched, event)

    def _ask_for_thumbnails(self) -> None:
        if wanted := self.shots.wanted_thumbnails():
            self.thumbnails_wanted.emit(wanted)
