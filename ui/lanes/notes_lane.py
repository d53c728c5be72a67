"""The melody as a small piano roll: notes to move, add, delete and lock."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QPainter, QPen
from PyQt6.QtWidgets import QMenu

from hitpoint.core.music.pitch import SHARP_NAMES
from hitpoint.ui.lanes.drawing.columns import moments_in_pixels
from hitpoint.ui.lanes.drawing.ink import ink, label, strip
from hitpoint.ui.lanes.drawing.lane import Lane, Modifiers
from hitpoint.ui.lanes.drawing.stage import Stage
from hitpoint.ui.lanes.drawing.timeline_data import NoteItem

_AIR = 2  # semitones above the highest and below the lowest note
_LEAST_SPAN = 14  # semitones from bottom to top, at least
_CROWDED = 3.0  # pixels between notes, below which they are drawn as a band
_REACH = 4.0  # pixels around a note that belong to it


class NotesLane(Lane):
    """Each note a bar at its pitch; a locked one has an edge.

    Signals:
        note_moved(object, float, int): the note that begins at a beat, to a time in seconds and a pitch.
        note_added(float, int): at a time and a pitch.
        note_removed(object): that begins at a beat.
        note_locked(object, bool): whether the note at a beat may not be written anew.
    """

    note_moved = pyqtSignal(object, float, int)
    note_added = pyqtSignal(float, int)
    note_removed = pyqtSignal(object)
    note_locked = pyqtSignal(object, bool)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "", "", 64, grows=True)
        self.name = self.tr("Melody")
        self.setAccessibleName(self.name)
        self.setToolTip(
            self.tr(
                "Click a note to lock or free it, drag it to another time or pitch, double-click to add one. "
                "Ctrl+Left, Ctrl+Right: from note to note; Alt+Up, Alt+Down: another pitch; Alt+Left, Alt+Right: move; "
                "Return: lock; Delete: remove."
            )
        )
        self.setAccessibleDescription(self.toolTip())
        self._current: Fraction | None = None
        self._grabbed: NoteItem | None = None
        self._grip = 0.0
        self._moved_to: tuple[float, int] | None = None

    @property
    def _notes(self) -> tuple[NoteItem, ...]:
        notes, unheard = self.stage.data.notes, self.stage.data.unheard
        if not unheard:
            return notes
        return tuple(one for one in notes if not any(start <= one.start and one.end <= end for start, end in unheard))

    def caption(self) -> str:
        """The note at the playhead."""
        now = self.stage.heard_playhead
        sounding = next((one for one in self._notes if now is not None and one.start <= now < one.end), None)
        return "" if sounding is None else pitch_name(sounding.pitch)

    def paint_content(self, painter: QPainter) -> None:
        """A bar for each note, or a band where they crowd."""
        starts = np.array([one.start for one in self._notes])
        x = starts * self.stage.scale.pixels_per_second - self.stage.scale.offset
        first, last = self.stage.visible
        seen = [one for one in self._notes if one.end > first and one.start < last]
        if self.stage.data.music is not None and not self._notes:
            text = self.tr("No melody is written here; a double click adds a note")
            label(painter, QRectF(12, 0, 500, self.height()), text, ink(self.stage.theme.faint))
        if len(seen) * _CROWDED > self.stage.width:
            counts = moments_in_pixels(x, self.stage.width)
            area = QRectF(0, self.height() * 0.3, self.stage.width, self.height() * 0.4)
            strip(painter, area, self.stage.theme.accent, np.minimum(0.25 + counts * 0.2, 1.0) * (counts > 0))
            return
        for one in seen:
            self._paint_note(painter, one, self.x_of(one.start), one.pitch)

    def _paint_note(self, painter: QPainter, one: NoteItem, x: float, pitch: int) -> None:
        theme = self.stage.theme
        wide = max((one.end - one.start) * self.stage.scale.pixels_per_second - 1, 2.0)
        area = QRectF(round(x), self._y(pitch) - self._tall / 2, wide, self._tall)
        painter.fillRect(area, ink(theme.accent, 0.9 if one.locked else 0.55))
        if one.locked:
            painter.setPen(QPen(ink(theme.text), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area.adjusted(0.5, 0.5, -0.5, -0.5))

    def paint_over(self, painter: QPainter) -> None:
        """The note that has the keys, and where a dragged one would go."""
        current = self._note_on(self._current)
        if current is not None and self.hasFocus():
            painter.setPen(QPen(ink(self.stage.theme.accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            wide = max((current.end - current.start) * self.stage.scale.pixels_per_second, 4.0)
            tall = self._tall + 5
            painter.drawRect(QRectF(self.x_of(current.start) - 2, self._y(current.pitch) - tall / 2, wide + 4, tall))
        if self._grabbed is not None and self._moved_to is not None:
            seconds, pitch = self._moved_to
            self._paint_note(painter, self._grabbed, self.x_of(seconds), pitch)

    def tip_at(self, x: float, y: float) -> str:
        """What the note is."""
        one = self._note_at(x, y)
        if one is None:
            return ""
        state = self.tr("locked") if one.locked else self.tr("free")
        return self.tr("{pitch}, beat {beat:g}, {state}").format(
            pitch=pitch_name(one.pitch), beat=float(one.beat), state=state
        )

    def press(self, x: float, y: float, modifiers: Modifiers) -> None:
        """Grab a note, or go there."""
        self._grabbed = self._note_at(x, y)
        if self._grabbed is None:
            self.seek_requested.emit(self.stage.time_at(x))
        else:
            self._grip = x - self.x_of(self._grabbed.start)
            self._current = self._grabbed.beat
            self.update()

    def drag(self, x: float, y: float) -> None:
        """Move the note."""
        if self._grabbed is not None:
            self._moved_to = (self.stage.scale.seconds(x - self._grip), self._pitch_at(y))
            self.update()

    def release(self, x: float, y: float, *, dragged: bool) -> None:
        """Ask for what was meant: another place, or locked the other way."""
        grabbed, moved_to = self._grabbed, self._moved_to
        self.cancel()
        if grabbed is None:
            return
        if dragged and moved_to is not None:
            self.note_moved.emit(grabbed.beat, *moved_to)
        elif not dragged:
            self.note_locked.emit(grabbed.beat, not grabbed.locked)

    def cancel(self) -> None:
        """Forget the drag."""
        self._grabbed = self._moved_to = None
        self.update()

    def double_click(self, x: float, y: float) -> None:
        """Add a note where there is none."""
        if self._note_at(x, y) is None and self.stage.data.music is not None:
            self.note_added.emit(self.stage.scale.seconds(x), self._pitch_at(y))

    def hover(self, x: float, y: float) -> None:
        """Show what can be taken."""
        is_note = self._note_at(x, y) is not None
        self.setCursor(Qt.CursorShape.SizeAllCursor if is_note else Qt.CursorShape.ArrowCursor)

    def fill_menu(self, menu: QMenu, x: float, y: float) -> None:
        """What can be done with a note, or without one."""
        one = self._note_at(x, y)
        if one is not None:
            text = self.tr("Free This Note") if one.locked else self.tr("Lock This Note")
            menu.addAction(text, lambda: self.note_locked.emit(one.beat, not one.locked))
            menu.addAction(self.tr("Remove Note"), lambda: self.note_removed.emit(one.beat))
        elif self.stage.data.music is not None:
            seconds, pitch = self.stage.scale.seconds(x), self._pitch_at(y)
            menu.addAction(self.tr("Add Note Here"), lambda: self.note_added.emit(seconds, pitch))

    def key_place(self) -> tuple[float, float]:
        """At the note that has the keys."""
        current = self._note_on(self._current)
        return super().key_place() if current is None else (self.x_of(current.start), self._y(current.pitch))

    def uses_key(self, event: QKeyEvent) -> bool:
        """Left and right with Ctrl, arrows with Alt, Return, Delete: plain arrows are the transport's."""
        arrows = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
        if event.key() in arrows:
            return self.things_by(event) != 0 or bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Delete)

    def key(self, event: QKeyEvent) -> bool:
        """Go from note to note, move, lock, remove."""
        if not self.uses_key(event):
            return False
        current, pressed = self._note_on(self._current), event.key()
        if self.things_by(event):
            self._go(self.things_by(event))
        elif current is not None:
            self._change(current, pressed)
        return True

    def _change(self, current: NoteItem, pressed: int) -> None:
        """Do what a key asks of the note that has the keys."""
        if pressed == Qt.Key.Key_Return:
            self.note_locked.emit(current.beat, not current.locked)
        elif pressed == Qt.Key.Key_Delete:
            self.note_removed.emit(current.beat)
        elif pressed in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.note_moved.emit(current.beat, current.start, current.pitch + (1 if pressed == Qt.Key.Key_Up else -1))
        else:
            by = current.slot_seconds * (1 if pressed == Qt.Key.Key_Right else -1)
            self._current = current.beat + Fraction(1 if by > 0 else -1, 4)
            self.note_moved.emit(current.beat, current.start + by, current.pitch)

    def _go(self, by: int) -> None:
        """Go to the note before or after the current one, or else the playhead."""
        if not self._notes:
            return
        current = self._note_on(self._current)
        now = current.start if current is not None else self.stage.playhead or 0.0
        starts = np.array([one.start for one in self._notes])
        place = int(np.searchsorted(starts, now + 1e-6 * by, side="right" if by > 0 else "left")) - (by < 0)
        one = self._notes[min(max(place, 0), len(self._notes) - 1)]
        self._current = one.beat
        self.setAccessibleDescription(self.tip_at(self.x_of(one.start) + 1, self._y(one.pitch)))
        self.seek_requested.emit(one.start)
        self.update()

    @property
    def _span(self) -> tuple[int, int]:
        """The lowest and the highest pitch that are shown."""
        pitches = [one.pitch for one in self._notes] or [60]
        low, high = min(pitches) - _AIR, max(pitches) + _AIR
        missing = max(_LEAST_SPAN - (high - low), 0)
        return low - missing // 2, high + (missing + 1) // 2

    @property
    def _tall(self) -> float:
        low, high = self._span
        return max((self.height() - 4) / (high - low + 1), 2.0)

    def _y(self, pitch: int) -> float:
        low, high = self._span
        return self.height() - 2 - (pitch - low + 0.5) * (self.height() - 4) / (high - low + 1)

    def _pitch_at(self, y: float) -> int:
        low, high = self._span
        step = int((self.height() - 2 - y) // ((self.height() - 4) / (high - low + 1)))
        return min(max(low + step, 0), 127)

    def _note_on(self, beat: Fraction | None) -> NoteItem | None:
        return next((one for one in self._notes if one.beat == beat), None)

    def _note_at(self, x: float, y: float) -> NoteItem | None:
        """The note at a place, give or take a little."""
        place = QPointF(x, y)
        for one in self._notes:
            wide = max((one.end - one.start) * self.stage.scale.pixels_per_second, 4.0)
            area = QRectF(self.x_of(one.start), self._y(one.pitch) - self._tall / 2, wide, self._tall)
            if area.adjusted(0, -_REACH, 0, _REACH).contains(place):
                return one
        return None


def pitch_name(pitch: int) -> str:
    """``C4`` for middle C."""
    return f"{SHARP_NAMES[pitch % 12]}{pitch // 12 - 1}"
