"""What is done to the zones of a preset before they are written: fewer of them, one side, shorter, with new loops."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby, pairwise

import numpy as np
from flat_zones import LEFT, RIGHT, FlatZone, Recording
from recipe import Preset
from scipy.signal import resample_poly

from hitpoint.core.render.sampler.generators import Generator

_G = Generator
_WIDE = 400  # tenths of a per cent of panning from which a recording is one of two sides, whatever it says of itself
_BOTH_SIDES = 75  # of a font's attenuation: 3 dB, which one side in the middle has less than two at the sides
_LAYER_KEEPS = (_G.ROOT_KEY, _G.FINE_TUNE, _G.COARSE_TUNE)
_TO_PITCH = (_G.VIBRATO_LFO_TO_PITCH, _G.MOD_LFO_TO_PITCH, _G.MOD_ENVELOPE_TO_PITCH)
_HARDLY = 12  # cents
_LONGEST_RELEASE = 1900  # timecents: 3 seconds to 96 dB down
_RATE = 32_000
_LOOP_FADE = 0.4  # seconds in which a new loop's end becomes its beginning
_LOOP_FROM = 0.5  # seconds, before which no new loop begins
_FADED = 0.35  # share of a shortened recording in which it fades
_GUARD = 64  # samples kept after a loop, for those who look beyond its end
_LEVELLED = 0.3  # seconds, the loudest of which are made equally loud
_EQUAL = 0.25  # root mean square they are brought to
_RISEN = 0.6  # seconds in which a note has come to its full level
_HIGH_SOFTER = 1.5  # decibels an octave above middle C: short notes are louder at their beginning than they seem


def treated(zones: Sequence[tuple[FlatZone, int]], preset: Preset, made: dict[object, Recording]) -> list[FlatZone]:
    """The zones of a preset as the recipe wants them.

    Args:
        zones: of the source, with the side each was recorded from.
        preset: of the recipe.
        made: recordings treated before, so that what two presets share is stored once.
    """
    chosen = [(zone, side) for zone, side in zones if _is_wanted(zone, preset)]
    found = [zone for zone, _ in chosen] if preset.is_stereo else _one_side(chosen)
    if preset.layers:
        found = _layered(found, preset)
    if preset.gap:
        found = _thinned(found, preset.gap)
    found = [_shortened(zone, preset, made) for zone in found]
    found = [_steadied(_set(zone, preset)) for zone in found]
    if preset.crisp is not None:
        found = [_crisp(zone, preset.crisp) for zone in found]
    if preset.layers:
        found = [_levelled(zone) for zone in found]
    return [_spread(zone, preset.spread) for zone in found]


def _is_wanted(zone: FlatZone, preset: Preset) -> bool:
    inside = zone.keys[1] >= preset.keys[0] and zone.keys[0] <= preset.keys[1]
    named = not preset.only or any(part in zone.recording.name for part in preset.only)
    return inside and named and not any(part in zone.recording.name for part in preset.without)


def _one_side(zones: Iterable[tuple[FlatZone, int]]) -> list[FlatZone]:
    """Of recordings from two sides the left ones, put in the middle: two microphones summed would cancel in places."""
    found = []
    for zone, side in zones:
        pan = zone.generators.get(_G.PAN, 0)
        if pan >= _WIDE or (side & RIGHT and pan > 0):
            continue
        if pan <= -_WIDE or (side & LEFT and pan < 0):
            softer = zone.generators.get(_G.ATTENUATION, 0) - _BOTH_SIDES
            zone = zone.with_generators([(_G.PAN, 0), (_G.ATTENUATION, softer)])
        found.append(zone)
    return found


def _layered(zones: Sequence[FlatZone], preset: Preset) -> list[FlatZone]:
    """Layers of velocity in place of the source's, with none of its modulators."""
    found: list[FlatZone] = []
    for names, low, high in preset.layers:
        named = {zone.root: zone for zone in zones if any(name in zone.recording.name for name in names)}
        lowest, highest = min(named), max(named)
        for root, zone in sorted(named.items()):
            generators = {number: amount for number, amount in zone.generators.items() if number in _LAYER_KEEPS}
            keys = (0 if root == lowest else root, 127 if root == highest else root)
            found.append(FlatZone(keys, (low, high), zone.recording, generators, ()))
    return found


def _set(zone: FlatZone, preset: Preset) -> FlatZone:
    """The zone with the recipe's generators, which no modulator of the source moves any more."""
    numbers = {number for number, _ in preset.generators}
    kept = tuple(one for one in zone.modulators if one.destination not in numbers)
    found = replace(zone.with_generators(preset.generators), modulators=kept)
    if found.generators.get(_G.MOD_ENVELOPE_TO_FILTER) and _G.MOD_RELEASE not in found.generators:
        release = found.generators.get(_G.VOLUME_RELEASE, -2400)  # else the filter would jump, and click
        return found.with_generators([(_G.MOD_RELEASE, release)])
    return found


def _steadied(zone: FlatZone) -> FlatZone:
    """The zone without movements of pitch too small to hear, which cost as much as large ones, and let go sooner."""
    generators = {
        number: 0 if number in _TO_PITCH and abs(amount) <= _HARDLY else amount
        for number, amount in zone.generators.items()
    }
    if zone.recording.loop is not None and generators.get(_G.VOLUME_RELEASE, -12000) > _LONGEST_RELEASE:
        generators[_G.VOLUME_RELEASE] = _LONGEST_RELEASE
    return replace(zone, generators=generators)


def _levelled(zone: FlatZone) -> FlatZone:
    """The zone as loud as all others of its preset, high ones a little softer."""
    recording = zone.recording
    start = zone.generators.get(_G.START_OFFSET, 0) + 32768 * zone.generators.get(_G.START_COARSE_OFFSET, 0)
    power = np.square(recording.frames[start : start + int(1.5 * recording.rate)], dtype=np.float64)
    width = min(int(_LEVELLED * recording.rate), len(power))
    level = max(float(np.sqrt(np.convolve(power, np.full(width, 1.0 / width), "valid").max())), 1e-4)
    decibels = 20.0 * np.log10(level / _EQUAL) + _HIGH_SOFTER * max(zone.root - 60, 0) / 12.0
    return zone.with_generators([(_G.ATTENUATION, round(10.0 * decibels / 0.4))])


def _thinned(zones: Sequence[FlatZone], gap: int) -> list[FlatZone]:
    """Fewer recordings, at least so many semitones apart, over all keys; each layer of velocities by itself."""
    found: list[FlatZone] = []
    by_layer = sorted(zones, key=lambda zone: (_layer(zone), zone.root))
    for _, group in groupby(by_layer, key=_layer):
        layer = list(group)
        lowest = min(zone.keys[0] for zone in layer)
        highest = max(zone.keys[1] for zone in layer)
        kept = _nearest_to_grid(layer, gap)
        edges = [lowest, *((a.root + b.root) // 2 + 1 for a, b in pairwise(kept)), highest + 1]
        found += [replace(zone, keys=(edges[at], edges[at + 1] - 1)) for at, zone in enumerate(kept)]
    return [zone for zone in found if zone.keys[0] <= zone.keys[1]]


def _nearest_to_grid(layer: Sequence[FlatZone], gap: int) -> list[FlatZone]:
    """Of each stretch of ``gap`` semitones the recording nearest to its middle; all presets agree on the stretches."""
    found: dict[int, FlatZone] = {}
    for zone in layer:
        place = zone.root // gap
        if place not in found or _from_middle(zone, gap) < _from_middle(found[place], gap):
            found[place] = zone
    return list(found.values())


def _from_middle(zone: FlatZone, gap: int) -> int:
    return abs(zone.root % gap - gap // 2)


def _layer(zone: FlatZone) -> tuple[int, int]:
    return zone.velocities


def _shortened(zone: FlatZone, preset: Preset, made: dict[object, Recording]) -> FlatZone:
    if not (preset.loop or preset.seconds):
        return zone
    before = zone.recording
    length = preset.seconds * _share(zone.root) if preset.layers else preset.seconds
    key = (id(before.frames.base), before.name, len(before.frames), preset.loop, length)
    if key not in made:
        found = _at_rate(before) if preset.gap else before
        if preset.loop:
            found = _relooped(found, preset.loop)
        elif length and len(found.frames) > length * found.rate:
            found = _faded(found, int(length * found.rate))
        made[key] = found
    loops = made[key].loop is not None
    return replace(zone, recording=made[key]).with_generators([(_G.SAMPLE_MODES, int(loops))])


def _at_rate(recording: Recording) -> Recording:
    """A recording at 32 kHz, which has all that is in one of an ensemble; its loop is lost."""
    if recording.rate <= _RATE:
        return recording
    ratio = Fraction(_RATE, recording.rate)
    frames = resample_poly(recording.frames, ratio.numerator, ratio.denominator).astype(np.float32)
    return replace(recording, frames=frames, rate=_RATE, loop=None)


def _share(root: int) -> float:
    """Low strings ring longer than high ones."""
    return 1.25 if root < 48 else 1.0 if root < 72 else 0.65


def _faded(recording: Recording, length: int) -> Recording:
    frames = recording.frames[:length].copy()
    count = int(_FADED * length)
    frames[-count:] *= (0.5 + 0.5 * np.cos(np.pi * np.arange(count) / count)).astype(np.float32)
    return replace(recording, frames=frames, loop=None)


def _relooped(recording: Recording, seconds: float) -> Recording:
    """A loop that is as long as told, its end faded into what precedes its beginning; many players hide the seam."""
    rate, frames = recording.rate, recording.frames
    fade, length = int(_LOOP_FADE * rate), int(seconds * rate)
    end = min(len(frames), int((_LOOP_FROM + _LOOP_FADE) * rate) + length)
    first = max(end - length, fade)
    if end - first < 2 * fade:
        return recording
    found = frames[: end + _GUARD].copy()
    angle = np.pi / 2.0 * np.arange(fade) / fade
    faded = np.cos(angle) * frames[end - fade : end] + np.sin(angle) * frames[first - fade : first]
    found[end - fade : end] = faded.astype(np.float32)
    found[end:] = frames[first : first + len(found) - end]
    return replace(recording, frames=found, loop=(first, end))


def _crisp(zone: FlatZone, seconds: float) -> FlatZone:
    """The zone as it starts so late in its recording that half of the rise is over after so many seconds."""
    recording = zone.recording
    start = zone.generators.get(_G.START_OFFSET, 0) + 32768 * zone.generators.get(_G.START_COARSE_OFFSET, 0)
    power = np.square(recording.frames[start : start + recording.rate], dtype=np.float64)
    width = recording.rate // 100
    level = np.sqrt(np.convolve(power, np.full(width, 1.0 / width), "same"))
    rise = int(np.argmax(level >= 0.5 * level[: int(_RISEN * recording.rate)].max(initial=0.0)))
    start += max(0, rise - int(seconds * recording.rate))
    return zone.with_generators([(_G.START_OFFSET, start % 32768), (_G.START_COARSE_OFFSET, start // 32768)])


def _spread(zone: FlatZone, by_octave: int) -> FlatZone:
    """Low keys to the left, high ones to the right, as the player hears them."""
    if not by_octave:
        return zone
    middle = (max(zone.keys[0], 21) + min(zone.keys[1], 108)) / 2
    return zone.with_generators([(_G.PAN, round(by_octave * (middle - 60.0) / 12.0))])
