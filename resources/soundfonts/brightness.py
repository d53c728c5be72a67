"""How far velocity has to close a recording's filter so that soft notes are duller than loud ones.

A string that is struck harder, a reed that is blown harder have more overtones. Where a font has one recording for all
velocities, the modulator from velocity to filter cutoff (SoundFont 2.04, 8.4.2) makes up for it; its amount is found
here from the recording's own spectrum: the centre of it at velocity 100 is to be so many times that at 40.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from flat_zones import FlatZone
from numpy.typing import NDArray

from hitpoint.core.render.sampler.generators import Generator
from hitpoint.core.render.sampler.soundfont import Modulator

_G = Generator
SOFT, LOUD = 40, 100  # velocities that are compared
_HEARD = 0.6  # seconds of a note that are looked at
_KEPT = 0.97  # of the spectrum's centre that the open filter leaves
_SPARED = 0.3  # decibels that it may take
_OPEN, _LOWEST = 13500.0, 4000.0  # absolute cents of a cutoff
_DEEPEST = 12000.0  # cents that velocity may move
_LOST = 5.0  # decibels that a soft note may lose by it
_TO_CUTOFF = 0x0102  # source of the modulator: velocity, unipolar, linear, falling
_EXPRESSION = 0x018B  # controller 11, unipolar, linear, falling

_Spectrum = tuple[NDArray[np.float64], NDArray[np.float64]]  # Hz, power


def brightened(zone: FlatZone, ratio: float) -> FlatZone:
    """The zone with a cutoff, and a modulator from velocity to it, for a ratio of centres; itself if it is to stay.

    From velocity 100 on it sounds as recorded.
    """
    if not ratio:
        return zone
    spectrum = _spectrum(zone)
    written = float(zone.generators.get(_G.FILTER_CUTOFF, 13500))
    top = min(written, _open_cutoff(spectrum))
    amount = _amount(spectrum, top, ratio)
    own = Modulator(_TO_CUTOFF, _G.FILTER_CUTOFF, -round(amount), 0, 0)
    others = tuple(one for one in zone.modulators if one.destination != _G.FILTER_CUTOFF)
    cutoff = round(min(top + amount * (1.0 - LOUD / 128.0), 13500.0))
    found = zone.with_generators([(_G.FILTER_CUTOFF, cutoff)])
    return replace(found, modulators=(*others, own))


def swelling(zone: FlatZone, cents: int) -> FlatZone:
    """The zone with a modulator that closes its filter by so many cents as expression falls to nothing."""
    if not cents:
        return zone
    own = Modulator(_EXPRESSION, _G.FILTER_CUTOFF, -cents, 0, 0)
    return replace(zone, modulators=(*zone.modulators, own))


def _spectrum(zone: FlatZone) -> _Spectrum:
    recording = zone.recording
    start = zone.generators.get(_G.START_OFFSET, 0) + 32768 * zone.generators.get(_G.START_COARSE_OFFSET, 0)
    frames = recording.frames[start : start + int(_HEARD * recording.rate)].astype(np.float64)
    power = np.abs(np.fft.rfft(frames * np.hanning(len(frames)))) ** 2
    middle = min(max((max(zone.keys[0], 24) + min(zone.keys[1], 100)) / 2, 24), 100)
    hertz = np.fft.rfftfreq(len(frames), 1 / recording.rate) * 2.0 ** ((middle - zone.root) / 12.0)
    heard = (hertz > 20.0) & (hertz < 16_000.0)
    return hertz[heard], power[heard]


def _centre(spectrum: _Spectrum, cutoff: float) -> float:
    """Hz of the spectrum's centre under a low-pass of second order with a cutoff in absolute cents."""
    through = _through(spectrum, cutoff)
    return float((spectrum[0] * through).sum() / max(through.sum(), 1e-30))


def _through(spectrum: _Spectrum, cutoff: float) -> NDArray[np.float64]:
    hertz, power = spectrum
    return power / (1.0 + (hertz / (8.1757989156 * 2.0 ** (cutoff / 1200.0))) ** 4) if cutoff < _OPEN else power


def _open_cutoff(spectrum: _Spectrum) -> float:
    whole = _centre(spectrum, _OPEN)
    for cutoff in np.arange(_LOWEST, _OPEN, 50.0):
        if _centre(spectrum, float(cutoff)) >= _KEPT * whole and _lost(spectrum, _OPEN, float(cutoff)) < _SPARED:
            return float(cutoff)
    return _OPEN


def _amount(spectrum: _Spectrum, top: float, ratio: float) -> float:
    """Cents between velocities 0 and 128.

    Fewer than the ratio needs where the recording would lose too much of itself.
    """
    loud = _centre(spectrum, top)
    amount = 0.0
    while amount < _DEEPEST:
        soft = top - amount * (LOUD - SOFT) / 128.0
        if loud >= ratio * _centre(spectrum, soft) or _lost(spectrum, top, soft) > _LOST:
            break
        amount += 100.0
    return amount


def _lost(spectrum: _Spectrum, top: float, cutoff: float) -> float:
    """Decibels that a lower cutoff takes."""
    before, after = (float(_through(spectrum, at).sum()) for at in (top, cutoff))
    return 10.0 * float(np.log10(max(before, 1e-30) / max(after, 1e-30)))
