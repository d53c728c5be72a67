"""All text can be read, in both themes, and all that has the keys is reached in the order in which it is seen."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from PyQt6.QtCore import QPoint, Qt
from PyQt6.QtGui import QImage
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from hitpoint.core.mood import MOODS
from hitpoint.ui.app import Window
from hitpoint.ui.lanes.drawing.ink import text_on
from hitpoint.ui.lanes.drawing.lane import Lane
from hitpoint.ui.style_sheet import style_sheet
from hitpoint.ui.theme import DARK, LIGHT, Theme, choose_theme

LEAST = 4.5
THEMES = pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@THEMES
def test_every_rule_of_the_style_sheet_can_be_read(theme: Theme) -> None:
    grounds = (theme.background, theme.raised)
    for selector, body in re.findall(r"([^{}]+)\{([^}]*)\}", style_sheet(theme)):
        colour = re.search(r"(?<![-\w])color: (#\w+)", body)
        ground = re.search(r"(?<![-\w])background: (#\w+)", body)
        if colour is not None:
            for each in (ground[1],) if ground is not None else grounds:
                assert _contrast(colour[1], each) >= LEAST, f"{selector.strip()}: {colour[1]} on {each}"


@THEMES
def test_moods_can_be_read_on_their_own_colours(theme: Theme) -> None:
    for mood in MOODS:
        assert _contrast(text_on(theme.moods[mood]).name(), theme.moods[mood]) >= LEAST, mood


def _measured(image: QImage) -> float | None:
    """The contrast of the darkest or lightest ink to the ground that most pixels have; None for one plain colour."""
    counted = Counter(image.pixelColor(x, y).name() for y in range(image.height()) for x in range(image.width()))
    ground = counted.most_common(1)[0][0]
    best = max((_contrast(colour, ground) for colour in counted), default=1.0)
    return None if len(counted) == 1 else best


@THEMES
def test_text_in_the_window_has_contrast_as_it_is_painted(at_work: Window, theme: Theme, qtbot: QtBot) -> None:
    at_work.extras.use_theme("dark" if theme.is_dark else "light", keeps=False)
    try:
        weak = []
        for tab in range(at_work.panel.side.count()):
            at_work.panel.side.setCurrentIndex(tab)
            qtbot.wait(10)
            picture = at_work.panel.grab().toImage()
            for widget in at_work.panel.findChildren(QWidget):
                if not isinstance(widget, QLabel | QAbstractButton) or not widget.isVisible() or not widget.text():
                    continue
                seen = widget.visibleRegion().boundingRect()
                if seen.size() != widget.size():
                    continue  # it is scrolled out of sight, in part at least
                found = _measured(picture.copy(seen.translated(widget.mapTo(at_work.panel, QPoint(0, 0)))))
                if found is not None and found < LEAST:
                    weak.append((type(widget).__name__, widget.text(), round(found, 2)))
        for lane in at_work.panel.timeline.all_lanes:
            found = _measured(lane.grab().toImage().copy(8, 0, lane.stage.header - 16, lane.height() - 2))
            if found is None or found < LEAST:
                weak.append(("lane", lane.name, found))
        assert weak == []
    finally:
        choose_theme("")
        at_work.extras.use_theme("", keeps=False)


def test_tab_goes_through_the_window_from_top_to_bottom(at_work: Window, qtbot: QtBot) -> None:
    panel = at_work.panel
    panel.resize(1440, 1200)  # all lanes fit, so that none is scrolled
    panel.activateWindow()
    panel.timeline.chords.setFocus()
    reached: list[QWidget] = []
    for _ in range(80):
        QTest.keyClick(QApplication.focusWidget() or panel, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None
        if reached and now is reached[0]:
            break
        reached.append(now)
    lanes = [widget for widget in reached if isinstance(widget, Lane)]
    tops = [lane.mapTo(panel, QPoint(0, 0)).y() for lane in lanes]
    begin = lanes.index(panel.timeline.ruler)
    assert tops[begin:] + tops[:begin] == sorted(tops)
    wanted = {lane for lane in panel.timeline.all_lanes if lane.isVisible()}
    assert wanted <= set(reached)
    assert panel.takes._table in reached
    assert all(widget.accessibleName() for widget in reached), [w for w in reached if not w.accessibleName()]
