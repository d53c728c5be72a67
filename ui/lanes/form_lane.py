"""The form: sections with their themes over one curve of tension, and its summit."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from PyQt6.QtCore import QPointF, QRectF, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QPainter, QPen, QPolygonF
from PyQt6.QtWidgets import QMenu

from hitpoint.ui.lanes.drawing.ink import ink, label
from hitpoint.ui.lanes.drawing.labels import EN_DASH
from hitpoint.ui.lanes.drawing.lane import Lane, Modifiers
from hitpoint.ui.lanes.drawing.stage import Stage
from hitpoint.ui.lanes.drawing.timeline_data import FormCurve, SectionItem

_EDGE_REACH = 5.0  # pixels around a border that take hold of it
_LEAST_NAME = 26.0
_THEMES = ("A", "A'", "A''", "B", "B'", "C", "C'", "D")
_LETTERS = range(Qt.Key.Key_A, Qt.Key.Key_D + 1)
_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_X, Qt.Key.Key_S, Qt.Key.Key_Delete)


@dataclass
class _Drag:
    """A border that the mouse moves: the section that begins with it, and the bar it would begin with."""

    section: int
    bar: int


class FormLane(Lane):
    """Sections as blocks, the higher the tension the fuller, names above its curve; the summit has a mark.

    Signals:
        border_moved(int, int): a section is to begin with a bar.
        summit_set(int): the cue is to culminate in a bar.
        theme_named(int, str): a section is to have a theme.
        section_locked(int, bool): the plan of a section is to stay, or is free.
    """

    border_moved = pyqtSignal(int, int)
    summit_set = pyqtSignal(int)
    theme_named = pyqtSignal(int, str)
    section_locked = pyqtSignal(int, bool)

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "", "", 36)
        self.name = self.tr("Form")
        self.setAccessibleName(self.name)
        self.setToolTip(
            self.tr(
                "Sections, themes and tension. Drag a border to another bar line; the menu sets the summit, names the "
                "theme and locks a section. "
                "Ctrl+Left, Ctrl+Right: from section to section; Alt+Left, Alt+Right: its border; "
                "A to D: its theme, again for a variant; X: lock; S: summit at the playhead; Return: menu. "
                "What changed is heard when it is composed again, a summit at once."
            )
        )
        self.setAccessibleDescription(self.toolTip())
        self._names = {
            "Intro": self.tr("Intro"), "Theme": self.tr("Theme"), "Episode": self.tr("Episode"),
            "Build": self.tr("Build"), "Summit": self.tr("Summit"), "Release": self.tr("Release"),
            "Finale": self.tr("Finale"),
        }  # fmt: skip
        self._drag: _Drag | None = None
        self._current = 0  # the section that has the keys

    def _shown(self, section: SectionItem) -> str:
        """The name of a section in the language of the window; the editor's own stays as it is."""
        return self._names.get(section.name, section.name)

    @property
    def _form(self) -> FormCurve:
        return self.stage.data.form

    def caption(self) -> str:
        """The section at the playhead."""
        playhead = self.stage.heard_playhead
        found = None if playhead is None else self._section_at(playhead)
        return "" if found is None else f"{self._shown(found)} {found.theme}".strip()

    def paint_content(self, painter: QPainter) -> None:
        """The sections that can be seen, the curve over them, the summit."""
        seen_from, seen_to = self.stage.visible
        for section in self._form.sections:
            if section.end > seen_from and section.start < seen_to:
                self._paint_section(painter, section)
        self._paint_tension(painter)

    @property
    def _names_end(self) -> float:
        """Pixels from the top down to which names stand; the tension has the rest."""
        return 3 + (self.height() - 7) / 2

    def _paint_section(self, painter: QPainter, section: SectionItem) -> None:
        theme = self.stage.theme
        left, right = round(self.x_of(section.start)), round(self.x_of(section.end))
        box = QRectF(max(left, -4), 3, max(min(right, self.stage.width + 4) - max(left, -4) - 1, 1), self.height() - 7)
        painter.fillRect(box, ink(theme.accent if section.is_summit else theme.tempo, 0.12 + 0.3 * section.tension))
        if section.is_locked:
            painter.fillRect(QRectF(box.left(), box.top(), box.width(), 2), ink(theme.accent))
        room = self.room_of(box).adjusted(6, 0, -4, self._names_end - box.bottom())
        if room.width() >= _LEAST_NAME:
            name = self._shown(section)
            label(painter, room, f"{section.theme}  {name}" if section.theme else name, ink(theme.text))

    def _paint_tension(self, painter: QPainter) -> None:
        """Steps from bar to bar, and a mark where they are highest."""
        form, theme, bottom = self._form, self.stage.theme, self.height() - 5
        if not form.tension:
            return
        edges = [self.x_of(time) for time in form.bars]
        high = bottom - self._names_end - 1
        heights = [bottom - high * value for value in form.tension]
        points = [QPointF(x, y) for at, y in enumerate(heights) for x in edges[at : at + 2]]
        painter.setPen(QPen(ink(theme.text, 0.7), 1))
        painter.drawPolyline(QPolygonF(points))
        top = form.tension.index(max(form.tension))
        x = (edges[top] + edges[top + 1]) / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(theme.accent))
        painter.drawPolygon(QPolygonF([QPointF(x - 4, 2), QPointF(x + 4, 2), QPointF(x, 8)]))

    def paint_over(self, painter: QPainter) -> None:
        """The section that has the keys, and the border that is dragged."""
        if self.hasFocus() and self._drag is None and self._current < len(self._form.sections):
            section = self._form.sections[self._current]
            left, right = self.x_of(section.start), self.x_of(section.end)
            painter.setPen(QPen(ink(self.stage.theme.accent), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(left, 3, right - left - 1, self.height() - 7))
        if self._drag is not None:
            x = round(self.x_of(self._form.bars[self._drag.bar]))
            painter.fillRect(QRectF(x - 1, 0, 2, self.height() - 1), ink(self.stage.theme.accent))

    def tip_at(self, x: float, y: float) -> str:
        """The section, its key and where it lies."""
        section = self._section_at(self.stage.scale.seconds(x))
        if section is None:
            return ""
        ruler = self.stage.data.ruler
        where = f"{ruler.label_at(section.start)} {EN_DASH} {ruler.label_at(section.end)}"
        return f"{self._shown(section)} {section.theme}, {section.key}\n{where}"

    def press(self, x: float, y: float, modifiers: Modifiers) -> None:
        """Take a border, or go there."""
        border, section = self._border_at(x), self._section_at(self.stage.scale.seconds(x))
        if border is not None or section is not None:
            self._make_current(self._form.sections.index(section) if border is None and section else border or 0)
        if border is None:
            super().press(x, y, modifiers)
            return
        self._drag = _Drag(border, self._form.sections[border].first_bar)

    def drag(self, x: float, y: float) -> None:
        """Move the border to the nearest bar line between its neighbours."""
        if self._drag is None:
            super().drag(x, y)
            return
        seconds, own = self.stage.scale.seconds(x), self._form.sections[self._drag.section]
        lines = self._lines(self._drag.section)
        self._drag.bar = min(lines, key=lambda bar: abs(self._form.bars[bar] - seconds), default=own.first_bar)
        self.update()

    def _lines(self, section: int) -> range:
        """The bars that a section can begin with."""
        sections = self._form.sections
        end = sections[section + 1].first_bar if section + 1 < len(sections) else len(self._form.tension)
        return range(sections[section - 1].first_bar + 1, end)

    def release(self, x: float, y: float, *, dragged: bool) -> None:
        """Ask for the border's new place."""
        drag, self._drag = self._drag, None
        if drag is not None and drag.bar != self._form.sections[drag.section].first_bar:
            self.border_moved.emit(drag.section, drag.bar)
        self.update()

    def cancel(self) -> None:
        """Forget the drag."""
        self._drag = None
        self.update()

    def hover(self, x: float, y: float) -> None:
        """Show that a border can be taken."""
        is_border = self._border_at(x) is not None
        self.setCursor(Qt.CursorShape.SplitHCursor if is_border else Qt.CursorShape.ArrowCursor)

    def fill_menu(self, menu: QMenu, x: float, y: float) -> None:
        """Summit, themes and lock for what is at a place."""
        seconds = self.stage.scale.seconds(x)
        section = self._section_at(seconds)
        if section is None:
            return
        index, bar = self._form.sections.index(section), self._bar_at(seconds)
        menu.addAction(self.tr("Summit Here"), lambda: self.summit_set.emit(bar))
        themes = menu.addMenu(self.tr("Theme"))
        assert themes is not None, "a menu makes its submenus"
        for theme in _THEMES:
            self._add_checked(
                themes, theme, theme == section.theme, lambda _=False, theme=theme: self.theme_named.emit(index, theme)
            )
        self._add_checked(themes, self.tr("Free"), not section.theme, lambda _=False: self.theme_named.emit(index, ""))
        self._add_checked(
            menu, self.tr("Lock Section"), section.is_locked,
            lambda _=False: self.section_locked.emit(index, not section.is_locked),
        )  # fmt: skip

    def key_place(self) -> tuple[float, float]:
        """In the section that has the keys."""
        if self._current >= len(self._form.sections):
            return super().key_place()
        section = self._form.sections[self._current]
        return self.x_of((section.start + section.end) / 2), self.height() / 2

    def uses_key(self, event: QKeyEvent) -> bool:
        """Left and right with Ctrl or Alt; without these Return, X, S, Delete and the letters of themes."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            return bool(event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier))
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or not self._form.sections:
            return False
        return event.key() in _KEYS or event.key() in _LETTERS

    def key(self, event: QKeyEvent) -> bool:
        """Go from section to section; move its border, name its theme, lock it, set the summit."""
        if not self.uses_key(event) or not self._form.sections:
            return False
        self._current = min(self._current, len(self._form.sections) - 1)
        current, pressed = self._form.sections[self._current], event.key()
        if pressed in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            by = 1 if pressed == Qt.Key.Key_Right else -1
            is_border = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self._move_border(by) if is_border else self._go(by)
        elif pressed == Qt.Key.Key_X:
            self.section_locked.emit(self._current, not current.is_locked)
        elif pressed == Qt.Key.Key_S:
            self.summit_set.emit(self._bar_at(current.start if self.stage.playhead is None else self.stage.playhead))
        elif pressed in _LETTERS:
            self.theme_named.emit(self._current, _next_theme(current.theme, chr(pressed)))
        elif pressed == Qt.Key.Key_Delete:
            self.theme_named.emit(self._current, "")
        else:
            place = QPointF(*self.key_place()) + QPointF(self.stage.header, 0)
            event_of_key = QContextMenuEvent.Reason.Keyboard
            self.contextMenuEvent(QContextMenuEvent(event_of_key, place.toPoint(), self.mapToGlobal(place.toPoint())))
        return True

    def _move_border(self, by: int) -> None:
        bar = self._form.sections[self._current].first_bar + by
        if self._current and bar in self._lines(self._current):
            self.border_moved.emit(self._current, bar)

    def _go(self, by: int) -> None:
        """Go to the section before or after, and to its beginning."""
        self._make_current(min(max(self._current + by, 0), len(self._form.sections) - 1))
        self.seek_requested.emit(self._form.sections[self._current].start)

    def _make_current(self, index: int) -> None:
        self._current = index
        section = self._form.sections[index]
        self.setAccessibleDescription(self.tip_at(self.x_of((section.start + section.end) / 2), 0).replace("\n", ", "))
        self.update()

    def _bar_at(self, seconds: float) -> int:
        """The bar at a time; the first or the last beside the music."""
        return min(max(bisect_right(self._form.bars, seconds) - 1, 0), len(self._form.tension) - 1)

    def _add_checked(self, menu: QMenu, text: str, checked: bool, chosen: Callable[..., None]) -> None:
        action = QAction(text, menu)
        action.setCheckable(True)
        action.setChecked(checked)
        action.triggered.connect(chosen)
        menu.addAction(action)

    def _section_at(self, seconds: float) -> SectionItem | None:
        return next((one for one in self._form.sections if one.start <= seconds < one.end), None)

    def _border_at(self, x: float) -> int | None:
        """The section whose border is near; the first has none."""
        for index, section in enumerate(self._form.sections[1:], 1):
            if abs(self.x_of(section.start) - x) <= _EDGE_REACH:
                return index
        return None


def _next_theme(now: str, letter: str) -> str:
    """The theme that a letter asks for: pressed again its variants, then the theme itself again."""
    variants = [theme for theme in _THEMES if theme[0] == letter]
    return variants[(variants.index(now) + 1) % len(variants)] if now in variants else letter
