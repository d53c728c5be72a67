"""The times at which the voices of a part sound: from which sample to which, let go when, cut off when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from hitpoint.core.machine.exact import decibels_of
from hitpoint.core.render.parts.events import TimedBend, bends_within
from hitpoint.core.render.sampler.envelope import PEAK_DECIBELS
from hitpoint.core.render.sampler.voice import Voice
from hitpoint.core.timebase import SAMPLE_RATE

SILENCE = 3e-6  # amplitude, -110 dB: below it a voice is over
_EXCLUSIVE_RELEASE = 2.0 ** (-200 / 1200)  # seconds, of a voice cut off by its class, as FluidSynth
CUT_FALL = 1.0 / (_EXCLUSIVE_RELEASE * SAMPLE_RATE)  # of the envelope's value in a sample


@dataclass(frozen=True)
class Sounding:
    """A voice with its times: samples from the start of the cue.

    Attributes:
        voice: one zone playing one note.
        start: its first sample.
        released: when it is let go.
        level: of the envelope, 0..1 in decibels, when released.
        fall: of the level in a sample from then on.
        end: first sample at which nothing sounds any more.
        cut: when it was cut off, if that was after its release.
    """

    voice: Voice
    start: int
    released: int
    level: float
    fall: float
    end: int
    cut: int | None = None

    @property
    def identity(self) -> tuple[object, ...]:
        """The same for two that sound the same, if equal voices are the same object."""
        return (id(self.voice), self.start, self.released, self.end, self.cut)


def sounding(voice: Voice, start: int, released: int) -> Sounding:
    """The end of a voice: its recording is over, its envelope at nothing, or it is too soft to hear."""
    length = voice.timbre.length
    level, fall = voice.envelope.level_at(released - start), voice.envelope.fall
    end = _end(start, released, level, fall, max(voice.left, voice.right))
    if voice.envelope.sustain <= 0.0:
        end = min(end, start + int(voice.envelope.settled * SAMPLE_RATE) + 1)
    if length is not None:
        end = min(end, start + length)
    return Sounding(voice, start, released, level, fall, end)


def bent(one: Sounding, bends: tuple[TimedBend, ...]) -> Sounding:
    """The voice under the bends that it hears, a recording that they slow down included."""
    heard = bends_within(bends, one.start, one.start + 2 * (one.end - one.start)) if bends else ()
    if not heard:
        return one
    return sounding(replace(one.voice, timbre=one.voice.timbre.bent(heard)), one.start, one.released)


def cut_off(found: list[Sounding], struck: list[Voice], at: int, last_of_class: dict[int, list[int]]) -> None:
    """End quickly the voices before that share an exclusive class with those now struck (an open hi-hat closes).

    Args:
        found: all voices before; those cut off are replaced.
        struck: the voices now struck.
        at: their sample.
        last_of_class: places in ``found`` of the last note of each class; brought up to date.
    """
    classes = {voice.exclusive_class for voice in struck} - {0}
    for index in (index for number in classes for index in last_of_class.get(number, [])):
        one = found[index]
        if one.start < at < one.end and one.cut is None:
            found[index] = _ended_quickly(one, at)
    for number in classes:
        own = [place for place, voice in enumerate(struck) if voice.exclusive_class == number]
        together = [index for index in last_of_class.get(number, []) if found[index].start == at]
        last_of_class[number] = together + [len(found) + place for place in own]


def _end(start: int, released: int, level: float, fall: float, loudest: float) -> int:
    if loudest <= SILENCE:
        return start
    lost = level - max(0.0, 1.0 - _audible(loudest))
    return released + max(0, int(lost / fall))


@lru_cache(maxsize=8192)
def _audible(loudest: float) -> float:
    """The value of an envelope that may be lost from its peak before a voice is silent; notes share their loudness."""
    return float(decibels_of(loudest / SILENCE) / PEAK_DECIBELS)


def _ended_quickly(one: Sounding, at: int) -> Sounding:
    if at <= one.released:
        envelope = replace(one.voice.envelope, release=_EXCLUSIVE_RELEASE)
        return sounding(replace(one.voice, envelope=envelope), one.start, at)
    if one.fall >= CUT_FALL:
        return one
    left = max(0.0, one.level - (at - one.released) * one.fall)
    return replace(one, cut=at, end=min(one.end, at + int(left / CUT_FALL) + 1))
