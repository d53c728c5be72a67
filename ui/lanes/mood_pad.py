"""The plane of valence and arousal, to choose a mood on: one of the six classes, or any point between them."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, QEvent, QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PyQt6.QtWidgets import QWidget

from hitpoint.core.affect import Affect
from hitpoint.core.mood import MOODS, VALENCE_AROUSAL, Mood, nearest_mood
from hitpoint.ui.lanes.drawing.ink import ink, sized
from hitpoint.ui.theme import current_theme

_MARGIN = 18.0  # pixels around the plane, for the names of its axes
_REACH = 11.0  # pixels from a class within which the class is meant
_KEY_STEP = 0.05


def mood_of_key(event: QKeyEvent) -> Mood | None:
    """The mood of Ctrl and a digit from 1 to 6; None for other keys. Digits alone are timecode."""
    plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    is_mood = plain == Qt.KeyboardModifier.ControlModifier and Qt.Key.Key_1 <= event.key() <= Qt.Key.Key_6
    return MOODS[event.key() - Qt.Key.Key_1] if is_mood else None


def mood_name(mood: Mood) -> str:
    """A mood for people."""
    names = {
        Mood.EXCITING: QCoreApplication.translate("Mood", "Exciting"),
        Mood.FEARFUL: QCoreApplication.translate("Mood", "Fearful"),
        Mood.TENSE: QCoreApplication.translate("Mood", "Tense"),
        Mood.SAD: QCoreApplication.translate("Mood", "Sad"),
        Mood.RELAXING: QCoreApplication.translate("Mood", "Relaxing"),
        Mood.NEUTRAL: QCoreApplication.translate("Mood", "Neutral"),
    }
    return names[mood]


class MoodPad(QWidget):
    """A plane to click on; left is unhappy, right happy, below calm, above excited.

    Arrow keys move the point, 1 to 6 take a class, Return chooses what is shown.

    Signals:
        mood_chosen(str): a class ("tense"), or a point ("0.20,-0.45"), as ``parse_mood`` reads them.
        mood_shown(str): likewise, while the point is still being moved.
    """

    mood_chosen = pyqtSignal(str)
    mood_shown = pyqtSignal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mood: Mood | None = Mood.NEUTRAL
        self._point = Affect(0.0, 0.0)
        self.setAccessibleName(self.tr("Mood"))
        self.setToolTip(self.tr("Click a mood or a point between. Arrows move it, 1 to 6 take a mood, Return chooses."))
        self.setAccessibleDescription(self.toolTip())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(200, 200)

    @property
    def mood(self) -> str:
        """The mood or point that is shown, as it would be chosen."""
        if self._mood is not None:
            return self._mood.value
        return f"{self._point.valence:.2f},{self._point.arousal:.2f}"

    def show_mood(self, mood: Mood, point: Affect | None = None) -> None:
        """Show a class, or a point if one is given. Emits nothing."""
        self._mood = mood if point is None else None
        self._point = point or Affect(*VALENCE_AROUSAL[mood])
        self.setAccessibleDescription(self._words())
        self.update()

    def place_of(self, affect: Affect) -> QPointF:
        """The place of a feeling, in pixels of the widget."""
        plane = self._plane()
        x = plane.center().x() + affect.valence * plane.width() / 2
        return QPointF(x, plane.center().y() - affect.arousal * plane.height() / 2)

    def affect_at(self, place: QPointF) -> Affect:
        """The feeling at a place; the nearest one on the plane for a place outside."""
        plane = self._plane()
        valence = (place.x() - plane.center().x()) / (plane.width() / 2)
        arousal = (plane.center().y() - place.y()) / (plane.height() / 2)
        return Affect(min(max(valence, -1.0), 1.0), min(max(arousal, -1.0), 1.0))

    def sizeHint(self) -> QSize:
        """Room for the names."""
        return QSize(260, 260)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        """The plane, the six moods, the point."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), ink(theme.raised))
        plane = self._plane()
        painter.setPen(QPen(ink(theme.line), 1))
        painter.setBrush(ink(theme.field))
        painter.drawRoundedRect(plane, 5, 5)
        painter.setPen(QPen(ink(theme.line), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(plane.left(), plane.center().y()), QPointF(plane.right(), plane.center().y()))
        painter.drawLine(QPointF(plane.center().x(), plane.top()), QPointF(plane.center().x(), plane.bottom()))
        self._paint_axes(painter, plane)
        for number, mood in enumerate(MOODS, 1):
            self._paint_mood(painter, mood, number)
        self._paint_point(painter)
        painter.end()

    def _paint_axes(self, painter: QPainter, plane: QRectF) -> None:
        painter.setFont(sized(self.font(), 0.82))
        painter.setPen(ink(current_theme().faint))
        center = Qt.AlignmentFlag.AlignCenter
        painter.drawText(QRectF(0, 0, self.width(), _MARGIN), center, self.tr("excited"))
        painter.drawText(QRectF(0, self.height() - _MARGIN, self.width(), _MARGIN), center, self.tr("calm"))
        for degrees, text in ((-90, self.tr("unhappy")), (90, self.tr("happy"))):
            painter.save()
            painter.translate(_MARGIN / 2 if degrees < 0 else self.width() - _MARGIN / 2, self.height() / 2)
            painter.rotate(degrees)
            painter.drawText(QRectF(-80, -_MARGIN / 2, 160, _MARGIN), center, text)
            painter.restore()

    def _paint_mood(self, painter: QPainter, mood: Mood, number: int) -> None:
        theme = current_theme()
        place = self.place_of(Affect(*VALENCE_AROUSAL[mood]))
        is_chosen = mood is self._mood
        painter.setFont(sized(self.font(), 0.9, bold=is_chosen))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink(theme.moods[mood]))
        painter.drawEllipse(place, 5.5, 5.5)
        text = mood_name(mood)
        wide = QFontMetricsF(painter.font()).horizontalAdvance(text)
        left = min(max(place.x() - wide / 2, self._plane().left() + 3), self._plane().right() - wide - 3)
        painter.setPen(ink(theme.text if is_chosen else theme.faint))
        above = mood in (Mood.FEARFUL, Mood.EXCITING)  # fearful and tense lie too close for both names below
        painter.drawText(QPointF(left, place.y() + (-10 if above else 20)), text)

    def _paint_point(self, painter: QPainter) -> None:
        theme, place = current_theme(), self.place_of(self._point)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink(theme.accent), 2.2))
        painter.drawEllipse(place, 9, 9)
        if self._mood is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink(theme.accent))
            painter.drawEllipse(place, 3, 3)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(ink(theme.accent), 1))
            painter.drawRoundedRect(self._plane(), 5, 5)

    def mousePressEvent(self, event: QMouseEvent | None) -> None:
        """Show what is under the mouse."""
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self._take(event.position())

    def mouseMoveEvent(self, event: QMouseEvent | None) -> None:
        """Follow the mouse while it is pressed."""
        if event is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._take(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent | None) -> None:
        """Choose what is shown."""
        if event is not None and event.button() == Qt.MouseButton.LeftButton:
            self.mood_chosen.emit(self.mood)

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Arrows, 1 to 6, Return."""
        if event is None:
            return
        moves: dict[int, tuple[int, int]] = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        key = event.key()
        if key in moves:
            right, up = moves[key]
            point = (self._point.valence + right * _KEY_STEP, self._point.arousal + up * _KEY_STEP)
            self._show_point(Affect(*(min(max(value, -1.0), 1.0) for value in point)))
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_6:
            self.show_mood(MOODS[key - Qt.Key.Key_1])
            self.mood_shown.emit(self.mood)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.mood_chosen.emit(self.mood)
        else:
            event.ignore()

    def event(self, event: QEvent | None) -> bool:
        """Keys that a window's shortcuts would take."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def _plane(self) -> QRectF:
        return QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)

    def _take(self, place: QPointF) -> None:
        for mood in MOODS:
            away = place - self.place_of(Affect(*VALENCE_AROUSAL[mood]))
            if away.x() ** 2 + away.y() ** 2 <= _REACH**2:
                self.show_mood(mood)
                self.mood_shown.emit(self.mood)
                return
        self._show_point(self.affect_at(place))

    def _show_point(self, point: Affect) -> None:
        self.show_mood(nearest_mood(point), point)
        self.mood_shown.emit(self.mood)

    def _words(self) -> str:
        if self._mood is not None:
            return mood_name(self._mood)
        near = mood_name(nearest_mood(self._point))
        return self.tr("valence {valence:.2f}, arousal {arousal:.2f}, nearest to {mood}").format(
            valence=self._point.valence, arousal=self._point.arousal, mood=near
        )
