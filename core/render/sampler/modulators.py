"""Modulators: how velocity, key and controllers move the generators of a note (SoundFont 2.04, 8.2, 8.4 and 9.5).

The default modulators are the specification's with FluidSynth's reading: the one from velocity to filter cutoff (2.01
and 2.04, 8.4.2: source 0x0102, -2400 cents at the softest) does nothing unless the font states it with an amount of its
own, because every known font was made so; the font that ships states it in every pitched preset. Volume (7) and
expression (11) act on the whole part over time, so they are left out here, see ``sampled_part.py``; what expression
does to the filter is told by :func:`closed_by_expression`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from hitpoint.core.render.sampler.generators import Generator
from hitpoint.core.render.sampler.soundfont import Modulator, Zone

VOLUME, PAN, EXPRESSION, MODULATION = 7, 10, 11, 1
_CONTROLLER = 0x80  # bit of a source: the index is a MIDI controller
_VELOCITY, _KEY, _PITCH_WHEEL = 2, 3, 14
_CURVE_DECIBELS = 40.0 / 96.0

# source, destination, amount, amount source, transform
DEFAULT_MODULATORS = (
    Modulator(0x0502, Generator.ATTENUATION, 960, 0, 0),  # velocity, concave, falling
    Modulator(0x0081, Generator.VIBRATO_LFO_TO_PITCH, 50, 0, 0),  # modulation wheel
    Modulator(0x028A, Generator.PAN, 500, 0, 0),  # pan, from -1 to 1
)
_WHOLE_PART = frozenset({_CONTROLLER | VOLUME, _CONTROLLER | EXPRESSION})
# before a part says anything, General MIDI
CONTROLLER_DEFAULTS = {VOLUME: 100, PAN: 64, EXPRESSION: 127, MODULATION: 0}


def moved_by(zone: Zone, pitch: int, velocity: int, controllers: Mapping[int, int]) -> dict[int, float]:
    """The amounts that a note's modulators add to the generators they move."""
    added: dict[int, float] = {}
    for modulator in _effective(zone):
        amount = float(modulator.amount)
        for source in (modulator.source, modulator.amount_source):
            amount = amount * _source_value(source, pitch, velocity, controllers)
        if modulator.transform == 2:
            amount = abs(amount)
        added[modulator.destination] = added.get(modulator.destination, 0.0) + amount
    return added


def closed_by_expression(zone: Zone) -> float:
    """Cents, 0 or less, by which a zone's filter closes as expression (controller 11) falls from full to nothing."""
    return sum(
        float(one.amount) * _source_value(one.source, 60, 64, {EXPRESSION: 0})
        for one in (*zone.modulators, *zone.preset_modulators)
        if one.source & 0xFF == _CONTROLLER | EXPRESSION and one.destination == Generator.FILTER_CUTOFF
    )


def _effective(zone: Zone) -> list[Modulator]:
    if not zone.modulators and not zone.preset_modulators:
        return list(DEFAULT_MODULATORS)
    combined = {modulator.identity: modulator for modulator in (*DEFAULT_MODULATORS, *zone.modulators)}
    found = [*combined.values(), *zone.preset_modulators]
    return [one for one in found if one.source & 0xFF not in _WHOLE_PART]


def _source_value(source: int, pitch: int, velocity: int, controllers: Mapping[int, int]) -> float:
    """A source's value 0..1, or -1..1 when bipolar; no source at all is 1."""
    index = source & 0x7F
    if source & _CONTROLLER:
        raw = float(controllers.get(index, CONTROLLER_DEFAULTS.get(index, 0)))
    elif index == 0:
        return 1.0
    else:
        raw = float({_VELOCITY: velocity, _KEY: pitch, _PITCH_WHEEL: 64, 16: 2}.get(index, 0))
    bipolar, falling, kind = bool(source & 0x200), bool(source & 0x100), source >> 10
    position = min(raw / (128.0 if bipolar or kind == 0 else 127.0), 1.0)
    position = 1.0 - position if falling else position
    if not bipolar:
        return _curved(kind, position)
    around = 2.0 * position - 1.0
    return math.copysign(_curved(kind, abs(around)), around) if kind != 3 else math.copysign(1.0, around)


def _curved(kind: int, position: float) -> float:
    """Linear, concave, convex or switch, 0..1 to 0..1."""
    if kind == 1:
        return min(1.0, -_CURVE_DECIBELS * math.log10(max(1.0 - position, 1e-9)))
    if kind == 2:
        return max(0.0, 1.0 + _CURVE_DECIBELS * math.log10(max(position, 1e-9)))
    if kind == 3:
        return float(position >= 0.5)
    return position
