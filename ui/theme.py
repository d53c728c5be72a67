"""The panel's colours: one table for a light room, one for a dark one, and nothing else paints with colours of its own.

The system says which it is to be (:func:`current_theme`); views ask again on ``changeEvent(PaletteChange)``. Text and
lines keep a contrast of at least 4.5 : 1 and 3 : 1 to what they stand on (WCAG 2.2), which a test holds the tables to.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QGuiApplication, QPalette

from hitpoint.core.mood import Mood


@dataclass(frozen=True)
class Theme:
    """Colours as ``#rrggbb``; moods by class, everything else by what it paints.

    Attributes:
        background: of lanes; ``raised`` of bars and panels, ``field`` of what can be typed into.
        text: on all of these; ``faint`` for what is said in passing.
        line: between things.
        accent: what is chosen or to be pressed; ``on_accent`` is the text on it.
        danger: what went wrong; ``warning`` what may go wrong; ``good`` what is as it should be.
        ruler, shot, shot_text, cut: of the picture's lane.
        hit_wanted, hit_unwanted: moments to meet, and moments to let pass.
        chord, chord_text, locked: of the harmony.
        selection: laid over lanes (to be painted half transparent); ``playhead`` over everything.
        density, loudness, tempo: of the curves.
        wave, production_wave: of the music and of the edit's own sound.
        moods: one colour for each class.
    """

    is_dark: bool
    background: str
    raised: str
    field: str
    text: str
    faint: str
    line: str
    accent: str
    on_accent: str
    danger: str
    warning: str
    good: str
    ruler: str
    shot: str
    shot_text: str
    cut: str
    hit_wanted: str
    hit_unwanted: str
    chord: str
    chord_text: str
    locked: str
    selection: str
    playhead: str
    density: str
    loudness: str
    tempo: str
    wave: str
    production_wave: str
    moods: Mapping[Mood, str]


DARK = Theme(
    is_dark=True,
    background="#1b1d21",
    raised="#25282d",
    field="#15171a",
    text="#e4e6ea",
    faint="#9aa1ab",
    line="#3a3f47",
    accent="#3f8ae0",
    on_accent="#06121f",
    danger="#ff7b72",
    warning="#e3b341",
    good="#56c271",
    ruler="#2b2f35",
    shot="#35506b",
    shot_text="#eaf1f8",
    cut="#7d8794",
    hit_wanted="#ffb454",
    hit_unwanted="#767f8b",
    chord="#2f4f46",
    chord_text="#e6f4ee",
    locked="#e8c15a",
    selection="#4f9cf5",
    playhead="#ff5c5c",
    density="#7ec8e3",
    loudness="#b39ddb",
    tempo="#c5cbd3",
    wave="#5fb38a",
    production_wave="#8d95a1",
    moods={
        Mood.EXCITING: "#e8743b",
        Mood.FEARFUL: "#8e6bd1",
        Mood.TENSE: "#cf4b6b",
        Mood.SAD: "#4a7bd0",
        Mood.RELAXING: "#4fae7b",
        Mood.NEUTRAL: "#7f8791",
    },
)

LIGHT = Theme(
    is_dark=False,
    background="#f4f5f7",
    raised="#e8eaee",
    field="#ffffff",
    text="#1c2026",
    faint="#596270",
    line="#bfc5ce",
    accent="#1667c0",
    on_accent="#ffffff",
    danger="#b3261e",
    warning="#8a5a00",
    good="#1d7239",
    ruler="#dde1e6",
    shot="#b9cfe6",
    shot_text="#12263a",
    cut="#5d6773",
    hit_wanted="#b35c00",
    hit_unwanted="#77808c",
    chord="#cfe5da",
    chord_text="#10302a",
    locked="#8f6400",
    selection="#3b86dd",
    playhead="#d11f1f",
    density="#0f7395",
    loudness="#6a4bb0",
    tempo="#4c545f",
    wave="#2a7d55",
    production_wave="#77808c",
    moods={
        Mood.EXCITING: "#d2602a",
        Mood.FEARFUL: "#7a55c4",
        Mood.TENSE: "#bd3a5b",
        Mood.SAD: "#3567bd",
        Mood.RELAXING: "#35895d",
        Mood.NEUTRAL: "#737b86",
    },
)


_CHOSEN: list[Theme] = []  # by the editor; empty to follow the system


def choose_theme(name: str) -> None:
    """Stay with a theme: "light" or "dark"; anything else follows the system. Put it on with ``dress`` afterwards."""
    _CHOSEN[:] = {"light": [LIGHT], "dark": [DARK]}.get(name, [])


def current_theme() -> Theme:
    """The table that the editor chose, else for the room that the system is set to, else as its own windows look."""
    if _CHOSEN:
        return _CHOSEN[0]
    hints = QGuiApplication.styleHints()
    scheme = hints.colorScheme() if hints is not None else Qt.ColorScheme.Unknown
    if scheme is Qt.ColorScheme.Unknown:
        is_dark = QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128
    else:
        is_dark = scheme is Qt.ColorScheme.Dark
    return DARK if is_dark else LIGHT
