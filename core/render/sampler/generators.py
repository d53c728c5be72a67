"""The generators of a sound font: their numbers, defaults and ranges (SoundFont 2.04 specification, 8.1.2 and 8.1.3).

Units are the specification's: timecents (1200 * log2 of seconds), absolute cents (1200 * log2 of Hz / 8.176),
centibels, and tenths of a percent.
"""

from __future__ import annotations

from enum import IntEnum


class Generator(IntEnum):
    """The meaning of a number of a zone."""

    START_OFFSET = 0
    END_OFFSET = 1
    LOOP_START_OFFSET = 2
    LOOP_END_OFFSET = 3
    START_COARSE_OFFSET = 4
    MOD_LFO_TO_PITCH = 5
    VIBRATO_LFO_TO_PITCH = 6
    MOD_ENVELOPE_TO_PITCH = 7
    FILTER_CUTOFF = 8
    FILTER_RESONANCE = 9
    MOD_LFO_TO_FILTER = 10
    MOD_ENVELOPE_TO_FILTER = 11
    END_COARSE_OFFSET = 12
    MOD_LFO_TO_VOLUME = 13
    CHORUS_SEND = 15
    REVERB_SEND = 16
    PAN = 17
    MOD_LFO_DELAY = 21
    MOD_LFO_FREQUENCY = 22
    VIBRATO_LFO_DELAY = 23
    VIBRATO_LFO_FREQUENCY = 24
    MOD_DELAY = 25
    MOD_ATTACK = 26
    MOD_HOLD = 27
    MOD_DECAY = 28
    MOD_SUSTAIN = 29
    MOD_RELEASE = 30
    KEY_TO_MOD_HOLD = 31
    KEY_TO_MOD_DECAY = 32
    VOLUME_DELAY = 33
    VOLUME_ATTACK = 34
    VOLUME_HOLD = 35
    VOLUME_DECAY = 36
    VOLUME_SUSTAIN = 37
    VOLUME_RELEASE = 38
    KEY_TO_VOLUME_HOLD = 39
    KEY_TO_VOLUME_DECAY = 40
    INSTRUMENT = 41
    KEY_RANGE = 43
    VELOCITY_RANGE = 44
    LOOP_START_COARSE_OFFSET = 45
    FIXED_KEY = 46
    FIXED_VELOCITY = 47
    ATTENUATION = 48
    LOOP_END_COARSE_OFFSET = 50
    COARSE_TUNE = 51
    FINE_TUNE = 52
    SAMPLE = 53
    SAMPLE_MODES = 54
    SCALE_TUNING = 56
    EXCLUSIVE_CLASS = 57
    ROOT_KEY = 58


GENERATOR_COUNT = 61
_ANY = (-32768, 32767)
_DEPTH = (-12000, 12000)
_DELAY = (-12000, 5000)
_TIME = (-12000, 8000)
_G = Generator

# generator: default, smallest, largest
_LIMITS: dict[Generator, tuple[int, int, int]] = {
    _G.MOD_LFO_TO_PITCH: (0, *_DEPTH),
    _G.VIBRATO_LFO_TO_PITCH: (0, *_DEPTH),
    _G.MOD_ENVELOPE_TO_PITCH: (0, *_DEPTH),
    _G.FILTER_CUTOFF: (13500, 1500, 13500),
    _G.FILTER_RESONANCE: (0, 0, 960),
    _G.MOD_LFO_TO_FILTER: (0, *_DEPTH),
    _G.MOD_ENVELOPE_TO_FILTER: (0, *_DEPTH),
    _G.MOD_LFO_TO_VOLUME: (0, -960, 960),
    _G.CHORUS_SEND: (0, 0, 1000),
    _G.REVERB_SEND: (0, 0, 1000),
    _G.PAN: (0, -500, 500),
    _G.MOD_LFO_DELAY: (-12000, *_DELAY),
    _G.MOD_LFO_FREQUENCY: (0, -16000, 4500),
    _G.VIBRATO_LFO_DELAY: (-12000, *_DELAY),
    _G.VIBRATO_LFO_FREQUENCY: (0, -16000, 4500),
    _G.MOD_DELAY: (-12000, *_DELAY),
    _G.MOD_ATTACK: (-12000, *_TIME),
    _G.MOD_HOLD: (-12000, *_DELAY),
    _G.MOD_DECAY: (-12000, *_TIME),
    _G.MOD_SUSTAIN: (0, 0, 1000),
    _G.MOD_RELEASE: (-12000, *_TIME),
    _G.KEY_TO_MOD_HOLD: (0, -1200, 1200),
    _G.KEY_TO_MOD_DECAY: (0, -1200, 1200),
    _G.VOLUME_DELAY: (-12000, *_DELAY),
    _G.VOLUME_ATTACK: (-12000, *_TIME),
    _G.VOLUME_HOLD: (-12000, *_DELAY),
    _G.VOLUME_DECAY: (-12000, *_TIME),
    _G.VOLUME_SUSTAIN: (0, 0, 1440),
    _G.VOLUME_RELEASE: (-12000, *_TIME),
    _G.KEY_TO_VOLUME_HOLD: (0, -1200, 1200),
    _G.KEY_TO_VOLUME_DECAY: (0, -1200, 1200),
    _G.FIXED_KEY: (-1, -1, 127),
    _G.FIXED_VELOCITY: (-1, -1, 127),
    _G.ATTENUATION: (0, 0, 1440),
    _G.COARSE_TUNE: (0, -120, 120),
    _G.FINE_TUNE: (0, -99, 99),
    _G.SCALE_TUNING: (100, 0, 1200),
    _G.ROOT_KEY: (-1, -1, 127),
}

DEFAULTS = tuple(
    _LIMITS.get(_G(number), (0, *_ANY))[0] if number in _G._value2member_map_ else 0
    for number in range(GENERATOR_COUNT)
)

# Generators that an instrument alone may set; in a preset they are ignored (8.5).
INSTRUMENT_ONLY = frozenset(
    {
        _G.START_OFFSET,
        _G.END_OFFSET,
        _G.LOOP_START_OFFSET,
        _G.LOOP_END_OFFSET,
        _G.START_COARSE_OFFSET,
        _G.END_COARSE_OFFSET,
        _G.LOOP_START_COARSE_OFFSET,
        _G.LOOP_END_COARSE_OFFSET,
        _G.FIXED_KEY,
        _G.FIXED_VELOCITY,
        _G.SAMPLE_MODES,
        _G.EXCLUSIVE_CLASS,
        _G.ROOT_KEY,
    }
)


def clipped(number: int, amount: float) -> float:
    """An amount brought into its generator's range."""
    if number not in _G._value2member_map_:
        return amount
    _, low, high = _LIMITS.get(_G(number), (0, *_ANY))
    return min(max(amount, low), high)
