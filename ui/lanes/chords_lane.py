"""The chords: what is heard, what is locked, what is selected."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PyQt6.QtCore import QPointF, QRect, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QBrush, QFontMetricsF, QKeyEvent, QPainter, QPen
from PyQt6.QtWidgets import QMenu

from hitpoint.core.cue.heard import heard_span
from hitpoint.core.music.chord import Chord
from hitpoint.ui.lanes.chords.chord_editor import ChordEditor
from hitpoint.ui.lanes.chords.chord_selection import ChordSelection
from hitpoint.ui.lanes.drawing.columns import runs_of, share_of_pixels, visible_range
from hitpoint.ui.lanes.drawing.ink import ink, label, mixed, padlock, sized, strip
from hitpoint.ui.lanes.drawing.labels import chord_label, chord_parts
from hitpoint.ui.lanes.drawing.lane import Lane, Modifiers
from hitpoint.ui.lanes.drawing.stage import Stage
from hitpoint.ui.lanes.drawing.timeline_data import StepCurves
from hitpoint.ui.lanes.mood_pad import mood_of_key

LEAST_PIXELS = 5  # of a chord that is drawn by itself
_LEAST_NAME = 15.0
_LOCK_ROOM = 15.0  # pixels at the right of a chord for its padlock
_LEAST_LOCK = 30.0  # pixels of a chord that has one
_LETTERS = range(Qt.Key.Key_A, Qt.Key.Key_G + 1)


class ChordsLane(Lane):
    """Chords over steps; neighbours that are the same chord, locked or not, are one block.

    Signals:
        selection_changed(int, int): first step and end step; both 0 for none.
        chord_set_requested(int, int, str): a Harte symbol, or a degree, for steps.
        mood_set_requested(float, float, str): a mood for the seconds of the selection.
        lock_toggled(int, int): steps.
        chord_clicked(int): the first step of the chord that was clicked.
    """

    selection_changed = pyqtSignal(int, int)
    chord_set_requested = pyqtSignal(int, int, str)
    mood_set_requested = pyqtSignal(float, float, str)
    lock_toggled = pyqtSignal(int, int)
    chord_clicked = pyqtSignal(int)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "", "", 42)
        self.name = self.tr("Chords")
        self.setAccessibleName(self.name)
        self.setToolTip(
            self.tr(
                "Click to select, Shift+click or drag for a range, double-click or type to change, "
                "padlock or X to lock. Ctrl+Left, Ctrl+Right: from chord to chord, with Shift a longer range; "
                "Alt+Left, Alt+Right: single steps."
            )
        )
        self.setAccessibleDescription(self.toolTip())
        self._blocks: NDArray[np.int64] = np.zeros(0, np.int64)
        self._edges = np.zeros(0)
        self._heard = range(0)  # steps of which something sounds
        self._selection = ChordSelection()
        self._hovered: int | None = None
        self._on_padlock = False
        self.editor = ChordEditor(self)
        self.editor.chord_typed.connect(self._set_chord)

    def show_steps(self) -> None:
        """Show the stage's chords."""
        steps = self._steps
        self._blocks = np.array(runs_of(list(zip(steps.chords, steps.locked.tolist(), strict=True))), np.int64)
        self._edges = steps.edges[self._blocks] if len(steps) else np.zeros(0)
        self._selection = ChordSelection(tuple(self._blocks.tolist()))
        source = self.stage.data.source
        self._heard = range(len(steps)) if source is None else heard_span(source)
        self._hovered = None
        self.refresh()

    @property
    def _steps(self) -> StepCurves:
        return self.stage.data.steps

    def caption(self) -> str:
        """The chord at the playhead."""
        now = self.stage.heard_playhead
        step = None if now is None else self._steps.step_at(now)
        return "" if step is None else self._name(step)

    def paint_content(self, painter: QPainter) -> None:
        """Blocks that have room by themselves, the others as a band."""
        theme = self.stage.theme
        if not len(self._steps):
            words = self.tr("Composing…") if self.stage.is_composing else self.tr("No music yet: press Ctrl+Shift+R")
            label(painter, QRectF(12, 0, 500, self.height()), words, ink(theme.faint))
            return
        seen = visible_range(self._edges, *self.stage.visible)
        if not seen:
            return
        x = self._edges[seen.start : seen.stop + 1] * self.stage.scale.pixels_per_second - self.stage.scale.offset
        wide = np.diff(x) >= LEAST_PIXELS
        locked = self._steps.locked[self._blocks[seen.start : seen.stop]]
        self._paint_crowd(painter, x[:-1][~wide], x[1:][~wide], locked[~wide])
        painter.setFont(sized(self.font(), 0.98, bold=True))
        for place in np.flatnonzero(wide).tolist():
            self._paint_block(painter, seen.start + place, float(x[place]), float(x[place + 1]))
        self._paint_steps(painter, seen)

    def _paint_crowd(
        self, painter: QPainter, left: NDArray[np.float64], right: NDArray[np.float64], locked: NDArray[np.bool_]
    ) -> None:
        """Many chords at once: lighter where they change more often, with a line where they are locked."""
        if not len(left):
            return
        theme, width = self.stage.theme, self.stage.width
        box = self._box(0, width)
        strip(painter, box, theme.chord, share_of_pixels(left, right, width))
        changes = np.bincount(np.clip(left, 0, width - 1).astype(int), minlength=width)
        rate = np.convolve(changes, np.ones(7) / 7, mode="same")
        strip(painter, box, theme.chord_text, np.minimum(rate * 0.2, 0.2) * (changes > 0))
        held = share_of_pixels(left[locked], right[locked], width)
        strip(painter, QRectF(0, box.top(), width, 3), theme.locked, np.sqrt(held))

    def _paint_block(self, painter: QPainter, block: int, left: float, right: float) -> None:
        theme, steps = self.stage.theme, self._steps
        first = int(self._blocks[block])
        chord, locked = steps.chords[first], bool(steps.locked[first])
        start = max(round(left), -6)
        box = self._box(start, min(round(right), self.stage.width + 6) - start - 1)
        if chord.is_silent:
            painter.fillRect(box, QBrush(ink(theme.faint, 0.35), Qt.BrushStyle.BDiagPattern))
        else:
            painter.fillRect(box, mixed(theme.chord, theme.background, 0.3 if chord.is_minor_type else 0.0))
        if locked:
            painter.fillRect(QRectF(box.left(), box.top(), box.width(), 2), ink(theme.locked))
        if locked and box.width() >= _LEAST_LOCK:
            padlock(painter, self._lock_place(box), ink(theme.locked), 10 * self.unit)
        taken = _LOCK_ROOM if locked and box.width() >= _LEAST_LOCK else 0.0
        room = self.room_of(box).adjusted(4, 0, -2 - taken, 0)
        if room.width() >= _LEAST_NAME:
            self._paint_name(painter, room, chord)

    def _paint_name(self, painter: QPainter, room: QRectF, chord: Chord) -> None:
        """The whole symbol, the quality below the root where it does not fit beside it, or nothing.

        Never cut short: a truncated symbol names another chord.
        """
        color, font = ink(self.stage.theme.chord_text), painter.font()
        root, quality = chord_parts(chord, flats=self._steps.uses_flats)
        if QFontMetricsF(font).horizontalAdvance(root + quality) <= room.width():
            label(painter, room, root + quality, color)
            return
        small, half = sized(self.font(), 0.78), room.height() / 2
        wide = max(QFontMetricsF(font).horizontalAdvance(root), QFontMetricsF(small).horizontalAdvance(quality))
        if quality and wide <= room.width():
            label(painter, room.adjusted(0, 1, 0, -half), root, color)
            painter.setFont(small)
            label(painter, room.adjusted(0, half - 2, 0, -2), quality, color)
            painter.setFont(font)

    def _paint_steps(self, painter: QPainter, seen: range) -> None:
        """A notch at the bottom for each step inside a block, where there is room."""
        steps = self._steps
        first, end = int(self._blocks[seen.start]), int(self._blocks[seen.stop])
        x = steps.edges[first : end + 1] * self.stage.scale.pixels_per_second - self.stage.scale.offset
        if (x[-1] - x[0]) / max(len(x) - 1, 1) < 9:
            return
        bottom = self.height() - 5.0
        for place in x.tolist():
            painter.fillRect(QRectF(round(place) - 1, bottom - 4, 1, 4), ink(self.stage.theme.faint, 0.7))

    def paint_over(self, painter: QPainter) -> None:
        """The outline of the selection, and a padlock to click on under the mouse."""
        theme, selected = self.stage.theme, self.stage.selected_seconds
        if selected is not None:
            left, right = round(self.x_of(selected[0])), round(self.x_of(selected[1]))
            painter.setPen(QPen(ink(theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self._box(left, right - left - 1).adjusted(0, 0, -1, 0))
        if self._hovered is not None and not self._steps.locked[self._blocks[self._hovered]]:
            box = self._visible_box(self._hovered)
            if box.width() >= _LEAST_LOCK + _LOCK_ROOM:
                padlock(
                    painter,
                    self._lock_place(box),
                    ink(theme.chord_text, 0.9 if self._on_padlock else 0.4),
                    10 * self.unit,
                )

    def tip_at(self, x: float, y: float) -> str:
        """The chord, and whether it is locked."""
        block = self._block_at(x)
        if block is None:
            return ""
        first, end = self._span(block)
        state = self.tr("locked") if self._steps.locked[first] else self.tr("free")
        bars = self.tr("steps {first} to {last}").format(first=first + 1, last=end)
        return f"{self._name(first)}, {state}\n{bars}"

    # Mouse.

    def press(self, x: float, y: float, modifiers: Modifiers) -> None:
        """Lock by the padlock, else select."""
        block = self._block_at(x)
        if block is None:
            self._select((0, 0))
        elif self._is_on_padlock(block, x) and not modifiers & Qt.KeyboardModifier.ShiftModifier:
            self.lock_toggled.emit(*self._span(block))
        else:
            step = self._steps.nearest_step(self.stage.scale.seconds(x))
            selection = self._selection
            if modifiers & Qt.KeyboardModifier.ShiftModifier and self.stage.selection is not None:
                self._select(selection.extended_to(step))
            elif modifiers & Qt.KeyboardModifier.ControlModifier:
                self._select(selection.of_step(step))
            else:
                self._select(selection.of_block(step))
                self.chord_clicked.emit(self._span(block)[0])

    def drag(self, x: float, y: float) -> None:
        """Select a range."""
        if len(self._steps) and self.stage.selection is not None:
            self._select(self._selection.extended_to(self._steps.nearest_step(self.stage.scale.seconds(x))))

    def double_click(self, x: float, y: float) -> None:
        """Change the chord."""
        block = self._block_at(x)
        if block is not None and not self._is_on_padlock(block, x):
            self.edit_selected()

    def hover(self, x: float, y: float) -> None:
        """Offer a padlock."""
        block = self._block_at(x) if x >= 0 else None
        on_padlock = block is not None and self._is_on_padlock(block, x)
        if (block, on_padlock) != (self._hovered, self._on_padlock):
            self._hovered, self._on_padlock = block, on_padlock
            self.update()
        self.setCursor(Qt.CursorShape.PointingHandCursor if on_padlock else Qt.CursorShape.ArrowCursor)

    def leaveEvent(self, event: object) -> None:
        """No padlock without a mouse."""
        self._hovered = None
        self.update()

    def fill_menu(self, menu: QMenu, x: float, y: float) -> None:
        """Offer to change and lock the selection, or the chord under the mouse if that is not selected."""
        step = self._steps.step_at(self.stage.scale.seconds(x))
        selected = self.stage.selection
        if step is not None and (selected is None or not selected[0] <= step < selected[1]):
            self._select(self._selection.of_block(step))
        span = self.stage.selection
        if span is None:
            return
        menu.addAction(self.tr("Change Chord…\tReturn"), self.edit_selected)
        locked = bool(self._steps.locked[span[0] : span[1]].all())
        text = self.tr("Unlock\tX") if locked else self.tr("Lock\tX")
        menu.addAction(text, lambda: self.lock_toggled.emit(*span))

    def key_place(self) -> tuple[float, float]:
        """In the selection."""
        selected = self.stage.selected_seconds
        return (self.x_of(sum(selected) / 2), self.height() / 2) if selected is not None else super().key_place()

    # Keys.

    def uses_key(self, event: QKeyEvent) -> bool:
        """Arrows with Ctrl or Alt, the keys of moods; without Ctrl and Alt Return, X, and the letters of chords."""
        if self._arrow(event):
            return True
        if mood_of_key(event) is not None:
            return self.stage.selection is not None
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return False
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2, Qt.Key.Key_X, Qt.Key.Key_N)
        return self.stage.selection is not None and (event.key() in keys or event.key() in _LETTERS)

    def key(self, event: QKeyEvent) -> bool:
        """Move the selection, change it, lock it."""
        if not self.uses_key(event) or not len(self._steps):
            return False
        pressed = event.key()
        if self._arrow(event):
            self._move(self._arrow(event), event.modifiers())
        elif pressed == Qt.Key.Key_X and self.stage.selection is not None:
            self.lock_toggled.emit(*self.stage.selection)
        elif (mood := mood_of_key(event)) is not None and self.stage.selected_seconds is not None:
            self.mood_set_requested.emit(*self.stage.selected_seconds, mood.value)
        elif pressed in _LETTERS or pressed == Qt.Key.Key_N:
            self._open_editor(event.text().upper() or chr(pressed), replacing=False)
        else:
            self.edit_selected()
        return True

    def _arrow(self, event: QKeyEvent) -> int:
        """As :meth:`things_by`, with Alt too."""
        by = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        return self.things_by(event) or (by if event.modifiers() & Qt.KeyboardModifier.AltModifier else 0)

    def _move(self, by: int, modifiers: Modifiers) -> None:
        near = self._steps.nearest_step(self.stage.playhead or 0.0)
        if modifiers & Qt.KeyboardModifier.ShiftModifier:
            self._select(self._selection.grown(self.stage.selection, by, near, len(self._steps)))
        elif modifiers & Qt.KeyboardModifier.AltModifier:
            self._select(self._selection.next_step(self.stage.selection, by, near, len(self._steps)))
        else:
            self._select(self._selection.next_block(self.stage.selection, by, near))

    def _select(self, asked: tuple[int, int]) -> None:
        """Select what is heard of a span; a span of which nothing is heard leaves the selection as it is."""
        span = max(asked[0], self._heard.start), min(asked[1], self._heard.stop)
        if span[0] >= span[1]:
            if asked[0] < asked[1]:
                return
            span = (0, 0)
        if span[0] < span[1]:
            self.setAccessibleDescription(
                self.tr("{chord}, steps {first} to {last}").format(
                    chord=self._name(span[0]), first=span[0] + 1, last=span[1]
                )
            )
        if span != (self.stage.selection or (0, 0)):
            self.selection_changed.emit(*span)

    # The editor.

    def edit_selected(self) -> None:
        """Open the editor with the chord of the selection."""
        if self.stage.selection is not None:
            self._open_editor(self._name(self.stage.selection[0]), replacing=True)

    def close_editor(self) -> None:
        """The chord is somewhere else now."""
        if self.editor.isVisible():
            self.editor.leave()

    def _open_editor(self, text: str, *, replacing: bool) -> None:
        selected = self.stage.selected_seconds
        if selected is None:
            return
        left, right = max(self.x_of(selected[0]), 0.0), min(self.x_of(selected[1]), float(self.stage.width))
        box = QRect(self.stage.header + round(left), 3, min(max(round(right - left), 1), 160), self.height() - 7)
        self.editor.open_over(box, text, replacing=replacing)

    def _set_chord(self, harte: str) -> None:
        if self.stage.selection is not None:
            self.chord_set_requested.emit(*self.stage.selection, harte)

    # Places.

    def _name(self, step: int) -> str:
        return chord_label(self._steps.chords[step], flats=self._steps.uses_flats)

    def _box(self, left: float, width: float) -> QRectF:
        return QRectF(left, 4, max(width, 1), self.height() - 9)

    def _visible_box(self, block: int) -> QRectF:
        left = max(round(self.x_of(float(self._edges[block]))), -6)
        right = min(round(self.x_of(float(self._edges[block + 1]))), self.stage.width + 6)
        return self._box(left, right - left - 1)

    def _lock_place(self, box: QRectF) -> QPointF:
        return QPointF(box.right() - 9, box.center().y() + 1)

    def _is_on_padlock(self, block: int, x: float) -> bool:
        box = self._visible_box(block)
        least = _LEAST_LOCK if self._steps.locked[self._blocks[block]] else _LEAST_LOCK + _LOCK_ROOM
        return box.width() >= least and box.right() - _LOCK_ROOM - 2 <= x <= box.right()

    def _block_at(self, x: float) -> int | None:
        if self._steps.step_at(self.stage.scale.seconds(x)) is None or not self.is_heard_at(x):
            return None
        place = int(np.searchsorted(self._edges, self.stage.scale.seconds(x), side="right")) - 1
        return min(max(place, 0), len(self._blocks) - 2)

    def _span(self, block: int) -> tuple[int, int]:
        return int(self._blocks[block]), int(self._blocks[block + 1])
