"""The waveform of the music, with how far it gives way to speech, and that of the edit's own sound."""

from __future__ import annotations

import math

import numpy as np
from PyQt6.QtCore import QRectF, Qt
from PyQt6.QtGui import QKeyEvent, QPainter
from PyQt6.QtWidgets import QMenu

from hitpoint.core.cue.sound import DuckPoint, gain_at
from hitpoint.ui.lanes.drawing.ink import device_ratio, fill_between, ink, label, strip
from hitpoint.ui.lanes.drawing.labels import signed
from hitpoint.ui.lanes.drawing.lane import Lane
from hitpoint.ui.lanes.drawing.scale import TimeScale
from hitpoint.ui.lanes.drawing.stage import Stage
from hitpoint.ui.lanes.drawing.timeline_data import WavePeaks

_MOST_ZOOM, _STEP = 16.0, 1.5
_ZOOMS = {int(Qt.Key.Key_Up): _STEP, int(Qt.Key.Key_Down): 1 / _STEP}
_DEEPEST = 24.0  # decibels from the top to the bottom of the lane


class WaveLane(Lane):
    """A sound from its lowest to its highest sample in each pixel."""

    def __init__(self, stage: Stage, *, is_music: bool) -> None:
        super().__init__(stage, "", "", 46 if is_music else 40, grows=True)
        self._is_music = is_music
        self._peaks: WavePeaks | None = None
        self._zoom = 1.0
        self.name = self.tr("Music") if is_music else self.tr("Production")
        self.setAccessibleName(self.tr("Sound of the music") if is_music else self.tr("Production sound"))
        more = self.tr(" The line shows how far it gives way to speech.") if is_music else ""
        self.setToolTip(self.tr("Click to go there. Alt+Up, Alt+Down: a larger or smaller wave.") + more)
        self.setAccessibleDescription(self.toolTip())

    def show_peaks(self, peaks: WavePeaks | None) -> None:
        """Show another sound, or none."""
        self._peaks = peaks
        self.refresh()

    def zoom(self, factor: float) -> None:
        """Draw the wave so much higher, between its own height and sixteen times that; the sound stays as it is."""
        self._zoom = min(max(self._zoom * factor, 1.0), _MOST_ZOOM)
        self.refresh()

    def uses_key(self, event: QKeyEvent) -> bool:
        """Up and down with Alt."""
        return bool(event.modifiers() == Qt.KeyboardModifier.AltModifier) and event.key() in _ZOOMS

    def key(self, event: QKeyEvent) -> bool:
        """A larger or smaller wave."""
        if not self.uses_key(event):
            return False
        self.zoom(_ZOOMS[event.key()])
        return True

    def fill_menu(self, menu: QMenu, x: float, y: float) -> None:
        """The same with the mouse."""
        menu.addAction(self.tr("Larger Wave") + "\tAlt+Up", lambda: self.zoom(_STEP))
        menu.addAction(self.tr("Smaller Wave") + "\tAlt+Down", lambda: self.zoom(1 / _STEP))

    @property
    def _duck(self) -> tuple[DuckPoint, ...]:
        return self.stage.data.duck if self._is_music else ()

    def caption(self) -> str:
        """How far the music gives way at the playhead."""
        if self.stage.playhead is None or not self._duck:
            return ""
        gain = gain_at(self._duck, self.stage.playhead)
        if gain < -0.5:
            return self.tr("duck {gain} dB").format(gain=signed(gain))
        return ""

    def paint_content(self, painter: QPainter) -> None:
        """The wave, then the envelope over it."""
        theme = self.stage.theme
        if self._peaks is None or not len(self._peaks.high):
            if self.stage.data.music is not None if self._is_music else self.stage.data.shots:
                text = self.tr("Not rendered yet") if self._is_music else self.tr("Not read yet")
                if self._peaks is not None:
                    text = self.tr("No sound")
                label(painter, QRectF(12, 0, 400, self.height()), text, ink(theme.faint))
        else:
            self._paint_wave(painter, self._peaks)
        if self._duck:
            self._paint_duck(painter)

    def _paint_wave(self, painter: QPainter, peaks: WavePeaks) -> None:
        color = self.stage.theme.wave if self._is_music else self.stage.theme.production_wave
        ratio = device_ratio(painter)
        scale = TimeScale(self.stage.scale.pixels_per_second * ratio, round(self.stage.scale.offset * ratio))
        low, high = peaks.columns(scale, math.ceil(self.stage.width * ratio))
        middle, half = (self.height() - 1) / 2, (self.height() - 1) / 2 - 3
        high, low = np.minimum(high * self._zoom, 1.0), np.maximum(low * self._zoom, -1.0)
        tops, bottoms = middle - np.maximum(high * half, 0.5), middle - np.minimum(low * half, -0.5)
        fill_between(painter, self.height() - 1, color, tops, bottoms, 0.9)

    def _paint_duck(self, painter: QPainter) -> None:
        """0 dB at the top, :data:`_DEEPEST` below it at the bottom.

        A shade where single points could not be told apart.
        """
        theme = self.stage.theme
        times = np.array([point.time for point in self._duck]) * self.stage.scale.pixels_per_second
        x = times - self.stage.scale.offset
        y = 4 + np.minimum([-point.gain_decibels / _DEEPEST for point in self._duck], 1.0) * (self.height() - 9.0)
        seen = np.flatnonzero((x >= 0) & (x <= self.stage.width))
        if len(seen) * 16 > self.stage.width:
            deepest = np.interp(np.arange(self.stage.width) + 0.5, x, y)
            strip(painter, QRectF(0, 4, self.stage.width, float(y.max()) - 4), theme.warning, (deepest > 6) * 0.4)
            return
        ratio = device_ratio(painter)
        edges = np.arange(math.ceil(self.stage.width * ratio) + 1) / ratio
        line = np.interp(edges, x, y)
        first, last = (self.x_of(time) for time in self.stage.data.music or (0.0, 0.0))
        line[(edges < first) | (edges > last)] = np.nan
        tops, bottoms = np.minimum(line[:-1], line[1:]), np.maximum(line[:-1], line[1:])
        fill_between(painter, self.height() - 1, theme.background, tops - 1.8, bottoms + 1.8, 0.8)
        fill_between(painter, self.height() - 1, theme.warning, tops - 0.8, bottoms + 0.8)

    def tip_at(self, x: float, y: float) -> str:
        """The place, and the gain there."""
        text = self.stage.data.ruler.label(self.stage.frame_at(x))
        if not self._duck:
            return text
        gain = signed(gain_at(self._duck, self.stage.scale.seconds(x)))
        return f"{text}\n" + self.tr("music gives way by {gain} dB").format(gain=gain)
