"""Presets of a sound font as flat zones: one recording over a range of keys, with all that preset and instrument say.

The modulators of preset and instrument become one list for each zone (SoundFont 2.04, 9.5): what a preset adds to one
of the same identity, be it a default, is added to its amount.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.render.sampler.generators import DEFAULTS, Generator
from hitpoint.core.render.sampler.modulators import DEFAULT_MODULATORS
from hitpoint.core.render.sampler.soundfont import Modulator, SoundFont, Zone

_G = Generator
LEFT, RIGHT = 4, 2  # of a sample's kind
_LEFT_OUT = {_G.START_OFFSET, _G.START_COARSE_OFFSET, _G.END_OFFSET, _G.END_COARSE_OFFSET, _G.LOOP_START_OFFSET,
             _G.LOOP_END_OFFSET, _G.LOOP_START_COARSE_OFFSET, _G.LOOP_END_COARSE_OFFSET, _G.CHORUS_SEND, _G.REVERB_SEND,
             _G.INSTRUMENT, _G.SAMPLE, _G.KEY_RANGE, _G.VELOCITY_RANGE}  # fmt: skip
_VELOCITY_PLAYED = 90  # at which velocity's say over where a recording starts is taken


@dataclass(frozen=True, eq=False)
class Recording:
    """Sound of one pitch.

    Attributes:
        name: at most 20 letters.
        frames: mono, -1..1.
        rate: samples a second.
        root: MIDI pitch.
        correction: cents.
        loop: first sample of the loop and first after it; None plays once.
    """

    name: str
    frames: NDArray[np.float32]
    rate: int
    root: int
    correction: int
    loop: tuple[int, int] | None


@dataclass(frozen=True, eq=False)
class FlatZone:
    """A recording over keys and velocities; ``generators`` has only what differs from the defaults."""

    keys: tuple[int, int]
    velocities: tuple[int, int]
    recording: Recording
    generators: dict[int, int] = field(default_factory=dict)
    modulators: tuple[Modulator, ...] = ()

    @property
    def root(self) -> int:
        """The key at which the recording sounds as it is."""
        return self.generators.get(_G.ROOT_KEY, self.recording.root)

    def with_generators(self, changed: Iterable[tuple[int, int]]) -> FlatZone:
        """The zone with other values of some generators."""
        return replace(self, generators={**self.generators, **dict(changed)})


class Source:
    """A font from which zones are taken; a recording that two zones share stays one.

    Args:
        font: where they are.
    """

    def __init__(self, font: SoundFont) -> None:
        self._font = font
        self._recordings: dict[tuple[int, int, bool], Recording] = {}

    def zones(self, bank: int, program: int, *, is_cut: bool) -> list[tuple[FlatZone, int]]:
        """The zones of a preset, and of each the side it is recorded from: ``LEFT``, ``RIGHT`` or 0.

        Args:
            bank: of the preset.
            program: of the preset.
            is_cut: whether what a zone skips of its recording is cut off; otherwise it goes on being skipped.
        """
        zones = self._font.zones(bank, program)
        return [(self._flat(zone, is_cut), zone.sample.kind & (LEFT | RIGHT)) for zone in zones]

    def _flat(self, zone: Zone, is_cut: bool) -> FlatZone:
        modulators = _joined(zone)
        start = _start(zone, modulators)
        generators = {
            number: amount
            for number, amount in enumerate(zone.generators)
            if amount != DEFAULTS[number] and number not in _LEFT_OUT
        }
        kept = tuple(one for one in modulators if one.destination not in _LEFT_OUT)
        if not is_cut:
            generators |= {int(_G.START_OFFSET): start % 32768, int(_G.START_COARSE_OFFSET): start // 32768}
        recording = self._recording(zone, start if is_cut else 0)
        return FlatZone(zone.keys, zone.velocities, recording, generators, kept)

    def _recording(self, zone: Zone, start: int) -> Recording:
        loops = zone.generators[_G.SAMPLE_MODES] in (1, 3)
        key = (zone.sample.index, start, loops)
        if key not in self._recordings:
            sample, frames = zone.sample, self._font.frames(zone.sample)
            first, after = sample.loop_start - start, min(sample.loop_end, len(frames)) - start
            loop = (first, after) if loops and first >= 0 and after - first >= 8 else None
            self._recordings[key] = Recording(
                sample.name, frames[start:], sample.rate, sample.root_key, sample.correction, loop
            )
        return self._recordings[key]


def _start(zone: Zone, modulators: Iterable[Modulator]) -> int:
    """Sample at which the recording starts when it is played with a firm hand."""
    moved = sum(
        one.amount * (1.0 - _VELOCITY_PLAYED / 128.0)
        for one in modulators
        if one.destination == _G.START_OFFSET and one.source == 0x0102
    )
    start = zone.generators[_G.START_OFFSET] + 32768 * zone.generators[_G.START_COARSE_OFFSET]
    return max(0, round(start + moved))


def _joined(zone: Zone) -> tuple[Modulator, ...]:
    found = {one.identity: one for one in zone.modulators}
    defaults = {one.identity: one for one in DEFAULT_MODULATORS}
    for one in zone.preset_modulators:
        base = found.get(one.identity) or defaults.get(one.identity)
        amount = one.amount + (base.amount if base else 0)
        found[one.identity] = replace(one, amount=min(max(amount, -32768), 32767))
    return tuple(one for one in found.values() if one.amount or one.identity in defaults)
