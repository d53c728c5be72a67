from __future__ import annotations

import numpy as np
import pytest
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QColor, QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from hitpoint.core.mood import MOODS, Mood
from hitpoint.ui.lanes.drawing.ink import fill_between, label, sized, strip, text_on
from hitpoint.ui.theme import DARK, LIGHT, Theme


def canvas(width: int, height: int, ratio: float = 1.0) -> QImage:
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.black)
    return image


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_columns_are_filled_from_top_to_bottom_on_every_screen(qtbot: QtBot, ratio: float) -> None:
    image = canvas(4, 40, ratio)
    painter = QPainter(image)
    columns = round(4 * ratio)
    fill_between(painter, 40, "#ff0000", np.full(columns, 10.0), np.full(columns, 20.0))
    painter.end()
    red = [image.pixelColor(1, y).red() for y in range(image.height())]
    assert (red.index(255), red.count(255)) == (round(10 * ratio), round(10 * ratio))


def test_half_a_pixel_is_half_as_bright_and_nothing_is_nothing(qtbot: QtBot) -> None:
    image = canvas(2, 10)
    painter = QPainter(image)
    fill_between(painter, 10, "#ffffff", np.array([2.5, np.nan]), np.array([4.0, np.nan]))
    painter.end()
    assert [image.pixelColor(0, y).red() for y in (1, 2, 3, 4)] == [0, pytest.approx(127, abs=1), 255, 0]
    assert all(image.pixelColor(1, y).red() == 0 for y in range(10))


def test_a_strip_is_as_opaque_as_its_shares(qtbot: QtBot) -> None:
    image = canvas(3, 4)
    painter = QPainter(image)
    strip(painter, QRectF(0, 1, 3, 2), "#ffffff", np.array([0.0, 0.5, 7.0]))
    painter.end()
    assert [image.pixelColor(x, 1).red() for x in range(3)] == [0, pytest.approx(127, abs=1), 255]
    assert image.pixelColor(2, 0).red() == 0


def test_text_that_would_say_nothing_is_left_out(qtbot: QtBot) -> None:
    image = canvas(12, 20)
    blank = image.copy()
    painter = QPainter(image)
    label(painter, QRectF(0, 0, 12, 20), "A012_C003", QColor("white"))
    painter.end()
    assert image == blank


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("mood", MOODS)
def test_the_name_of_a_mood_is_legible_on_its_colour(theme: Theme, mood: Mood) -> None:
    color = theme.moods[mood]
    assert contrast(text_on(color).name(), color) >= 4.5


def test_type_is_never_too_small_to_read(qtbot: QtBot) -> None:
    font = QFont()
    font.setPixelSize(9)
    assert sized(font, 0.5).pixelSize() == 8


def contrast(one: str, other: str) -> float:
    """WCAG 2.2."""
    lights = sorted(luminance(color) for color in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
