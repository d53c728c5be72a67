from __future__ import annotations

import pytest
from PyQt6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QStyle, QStyleOptionButton
from pytestqt.qtbot import QtBot

from hitpoint.core.mood import MOODS
from hitpoint.ui.app import make_application
from hitpoint.ui.style_sheet import palette, style_sheet
from hitpoint.ui.theme import DARK, LIGHT, Theme

_TEXT = [
    ("text", "background"), ("text", "raised"), ("text", "field"), ("faint", "background"), ("faint", "raised"),
    ("danger", "raised"), ("warning", "raised"), ("good", "raised"), ("shot_text", "shot"), ("chord_text", "chord"),
    ("on_accent", "accent"), ("text", "ruler"),
]  # fmt: skip
_LINES = (
    "accent", "cut", "hit_wanted", "hit_unwanted", "locked", "selection", "playhead", "density", "loudness", "tempo",
    "wave", "production_wave",
)  # fmt: skip


def _luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize(("text", "ground"), _TEXT)
def test_text_can_be_read_on_what_it_stands_on(theme: Theme, text: str, ground: str) -> None:
    assert _contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_lines_and_moods_stand_out_from_the_lanes(theme: Theme) -> None:
    colours = [*(getattr(theme, name) for name in _LINES), *(theme.moods[mood] for mood in MOODS)]
    assert min(_contrast(colour, theme.background) for colour in colours) >= 3.0


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("kind", [QCheckBox, QRadioButton])
def test_a_box_is_seen_whether_ticked_or_not(theme: Theme, kind: type[QAbstractButton], qtbot: QtBot) -> None:
    make_application()
    button = kind("Only approved cues")
    qtbot.addWidget(button)
    button.setAutoExclusive(False)
    button.setPalette(palette(theme))
    button.setStyleSheet(style_sheet(theme))
    parts = QStyle.SubElement
    part = parts.SE_CheckBoxIndicator if kind is QCheckBox else parts.SE_RadioButtonIndicator
    button.resize(button.sizeHint())
    option = QStyleOptionButton()
    option.initFrom(button)
    for is_on in (False, True):
        button.setChecked(is_on)
        picture = button.grab().toImage()
        place = button.style().subElementRect(part, option, button)
        colours = [picture.pixelColor(x, place.center().y()).name() for x in range(place.left(), place.right() + 1)]
        assert max(_contrast(colour, theme.raised) for colour in colours) >= 3.0, is_on
