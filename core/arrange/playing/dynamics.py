"""Density and loudness into playing: levels of activity, velocities, expression.

Density is what MuVi-Sync counts, notes sounding in a second; loudness is its RMS, linear 0..1. Both tables below put
the data's quantiles (5, 25, 50, 75, 95 %: densities 1, 6, 10, 14, 20; loudnesses .021, .099, .164, .246, .345) where a
player has pianissimo to fortissimo. Everything here is plain arithmetic on single numbers, the same on every machine,
and monotone: a cue that is nowhere quieter is nowhere played softer, one that is nowhere thinner has nowhere fewer
notes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

# Notes sounding in a step at which levels 0..8 begin; between the counts that styles have there (4 4 6 8 9 10 12 18
# 23).
LEVEL_FLOORS = (0.0, 3.0, 5.0, 7.0, 8.5, 9.5, 11.0, 14.5, 20.0)
HYSTERESIS = 0.75  # notes by which a floor must be passed before the level changes

# loudness -> MIDI velocity
_LOUDNESS = (0.0, 0.021, 0.099, 0.164, 0.246, 0.345, 0.398, 0.6, 1.0)
_VELOCITY = (34.0, 42.0, 56.0, 66.0, 79.0, 93.0, 100.0, 112.0, 118.0)

FADE_IN_BEATS = 2.0  # a cue does not start with a bang
_FIRST_BEAT = 0.82  # share of the velocity at its very beginning
_BOWED_CENTRE, _BOWED_SHARE = 70.0, 0.4  # expression does most of what velocity does elsewhere
HUMAN = 5  # velocities wander by up to this much
_DOWNBEAT = 4
_TOP, _INNER, _PASSING = 4, -7, -4
_WEIGHTS = {
    **dict.fromkeys("sd", _TOP), **dict.fromkeys("fota", _INNER),
    **dict.fromkeys("HYT", -12), **dict.fromkeys("ZOW", -16), **dict.fromkeys("RP", -8), "C": -18,
}  # fmt: skip
_SWELL = 7.0  # velocity that a crescendo into a new section adds
SWELL_BEATS = 8.0  # and how long it takes
_ACCENT = 10
_SOFTER = 25  # velocity by which a note of a played bar may be softer than it at the most
_SOFTEST = 20  # what is softer is heard as a note that is missing

_FULL_EXPRESSION = 118.0
_LEAST_EXPRESSION = 62.0


def smoothed(values: Sequence[float]) -> tuple[float, ...]:
    """Each value averaged with its neighbours, weights 1 2 1.

    Rounded to a millionth so that ties fall alike everywhere.
    """
    padded = [values[0], *values, values[-1]] if values else []
    return tuple(
        round((before + 2.0 * value + after) / 4.0, 6)
        for before, value, after in zip(padded, padded[1:], padded[2:], strict=False)
    )


def levels_of(notes_per_step: Sequence[float], heard: Sequence[int | None] | None = None) -> tuple[int, ...]:
    """The level of activity of each step: smoothed, and held until a floor is clearly passed.

    Args:
        notes_per_step: density times the seconds a step lasts.
        heard: the level that each step has had, if any; it stays where it could be held, so that a change is not handed
            on from step to step.
    """
    levels: list[int] = []
    for notes, known in zip(smoothed(notes_per_step), heard or [None] * len(notes_per_step), strict=True):
        lowest, highest = _level_at(notes - HYSTERESIS), _level_at(notes + HYSTERESIS)
        held = known if known is not None else levels[-1] if levels else _level_at(notes)
        levels.append(min(max(held, lowest), highest))
    return tuple(levels)


def velocity_curve(loudnesses: Sequence[float]) -> tuple[float, ...]:
    """The velocity at the middle of each step."""
    return tuple(velocity_of(loudness) for loudness in smoothed(loudnesses))


def velocity_of(loudness: float) -> float:
    """The velocity that a loudness asks for."""
    return _interpolated(_LOUDNESS, _VELOCITY, loudness)


def curve_at(curve: Sequence[float], beat: float, step_beats: float = 2.0) -> float:
    """A curve with one value a step, at a beat: straight lines between the middles of the steps."""
    place = min(max(beat / step_beats - 0.5, 0.0), len(curve) - 1.0)
    index = min(int(place), len(curve) - 2)
    if index < 0:
        return curve[0]
    return curve[index] + (place - index) * (curve[index + 1] - curve[index])


def swell(beats_left: float) -> float:
    """What a crescendo adds to the velocity so many beats before the section it leads to."""
    return _SWELL * max(1.0 - beats_left / SWELL_BEATS, 0.0)


def struck_velocity(
    base: float, beat: float, role: str, wander: int, weight: int = 0, *, accented: bool, passing: bool
) -> int:
    """The velocity of one note.

    Args:
        base: what the loudness asks for.
        beat: from the start of the cue, which is gentle.
        role: the top line sings, inner voices and cymbals stay behind.
        wander: whole number -HUMAN..HUMAN, the player's hand.
        weight: of the place in the bar.
        accented: whether this meets a hit; it has the weight of a downbeat, and more.
        passing: whether this is a passing tone.
    """
    velocity = base * _opening(beat) + (max(weight, _DOWNBEAT) if accented else weight) + wander
    velocity += _WEIGHTS.get(role, 0)
    velocity += (_ACCENT if accented else 0) + (_PASSING if passing else 0)
    return min(max(round(velocity), _SOFTEST), 124)


def played_velocity(base: float, beat: float, touch: int, wander: int, *, accented: bool) -> int:
    """The velocity of one note of a played bar.

    Args:
        base: what the loudness asks for.
        beat: from the start of the cue, which is gentle.
        touch: what the pianist struck it louder or softer than the bars around it.
        wander: whole number -HUMAN..HUMAN, the player's hand.
        accented: whether this meets a hit; it is no softer than the bar's mean, and has an accent.
    """
    own = max(touch, _DOWNBEAT) + _ACCENT if accented else max(touch, -_SOFTER)
    return min(max(round(base * _opening(beat) + own + wander), _SOFTEST), 124)


def bowed(base: float) -> float:
    """The velocity for a sustained part, drawn to the middle: its loudness is mostly in its expression."""
    return _BOWED_CENTRE + _BOWED_SHARE * (base - _BOWED_CENTRE)


def expression(base: float, beat: float, ending: float, release: float) -> int:
    """CC 11 of a sustained part: follows the velocity curve, opens over the first beats, gives way after ``ending``.

    Args:
        base: velocity the loudness asks for, 34..118.
        beat: from the start of the cue.
        ending: beat of the last chord.
        release: beat at which it is let go.
    """
    share = min(max((base - _VELOCITY[0]) / (_VELOCITY[-1] - _VELOCITY[0]), 0.0), 1.0)
    value = _LEAST_EXPRESSION + share * (_FULL_EXPRESSION - _LEAST_EXPRESSION)
    closing = 1.0 - 0.35 * (beat - ending) / (release - ending) if ending < beat <= release else 1.0
    return min(max(round(value * _opening(beat) * closing), 1), 127)


def _opening(beat: float) -> float:
    return min(1.0, _FIRST_BEAT + (1.0 - _FIRST_BEAT) * beat / FADE_IN_BEATS)


def _level_at(notes: float) -> int:
    return max(bisect_right(LEVEL_FLOORS, notes) - 1, 0)


def _interpolated(places: Sequence[float], values: Sequence[float], at: float) -> float:
    inside = min(max(at, places[0]), places[-1])
    index = min(bisect_right(places, inside), len(places) - 1)
    low, high = places[index - 1], places[index]
    return values[index - 1] + (inside - low) / (high - low) * (values[index] - values[index - 1])
