"""The speed that the time effects of an item tell, and warnings on speeds that no media has."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from hitpoint.bridge.otio.otio_json import Node, is_enabled, nodes_in, number_in, object_in, schema_of

_SLOWEST, _FASTEST = 1e-4, 1e4  # believable speeds other than a freeze
_LOOK = "look at it in the host"


def speed_of(item: Node, called: str, warn: Callable[[str], None]) -> Fraction:
    """Seconds of media per second of timeline, by all enabled time effects of an item together.

    Args:
        item: a clip or a composition.
        called: what warnings call it.
        warn: gets a sentence for each speed that cannot be meant.
    """
    speed = Fraction(1)
    for effect in nodes_in(item, "effects"):
        if is_enabled(effect):
            speed *= _effect_speed(effect, called, warn)
    return speed


def _effect_speed(effect: Node, called: str, warn: Callable[[str], None]) -> Fraction:
    schema = schema_of(effect)
    if schema == "FreezeFrame":
        return Fraction(0)
    if schema == "TimeEffect":  # Resolve's ramps: the mean over the clip
        mean = _believable(number_in(object_in(effect, "metadata", "Resolve_OTIO"), "Speed Ratio"))
        return Fraction(1) if mean is None else mean
    if schema != "LinearTimeWarp":
        return Fraction(1)
    told = number_in(effect, "time_scalar")
    speed = _believable(told)
    if speed is None:
        warn(
            f"{called} has a speed of {told:g} (time_scalar), which none can have, and was read at normal speed: "
            f"{_LOOK}"
        )
    elif speed == 0:
        warn(f"{called} has a speed of 0 (time_scalar) and was read as a freeze frame of its first image: {_LOOK}")
    return Fraction(1) if speed is None else speed


def _believable(speed: float | None) -> Fraction | None:
    """A speed as it is meant: normal where none is told, 0 for one too slow to be seen, None for what can be none."""
    if speed is None:
        return Fraction(1)
    if not math.isfinite(speed) or abs(speed) > _FASTEST:
        return None
    return Fraction(speed).limit_denominator(100_000) if abs(speed) >= _SLOWEST else Fraction(0)
