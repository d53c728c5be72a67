"""Speed of a clip: Final Cut's filter "Time Remap", and freeze frames.

Its graph maps frames of the clip to frames of the media. Keys marked as virtual only mark the ends of what is used and
may hold rubbish (Premiere), so others count first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from hitpoint.bridge.exchange.xml_text import Element, text
from hitpoint.bridge.fcp7.rates import decimal

_FASTEST = 1000  # times
_MOST = 10**8  # frames of a media file
_AGREES = Fraction(1, 50)


@dataclass(frozen=True)
class Retime:
    """The speed and direction at which a clip plays its media.

    Attributes:
        speed: media per clip; 0 is a freeze frame, negative plays backwards. The mean of a ramp is that of the graph.
        graph: media frames at clip frames, in order; empty if the file tells none that can be believed.
        is_ramp: whether the speed varies.
    """

    speed: Fraction
    graph: tuple[tuple[Fraction, Fraction], ...] = ()
    is_ramp: bool = False

    def media_frame(self, frame: Fraction) -> Fraction | None:
        """The frame of the media at one of the clip; None if no graph tells it."""
        return _interpolated(self.graph, frame) if self.graph else None


def retime_of(clip: Element) -> Retime | None:
    """The retime of a clip item; None for normal speed."""
    for effect in clip.iterfind("filter/effect"):
        is_remap = text(effect, "effectid").casefold() == "timeremap" or text(effect, "name") == "Time Remap"
        if is_remap and _is_on(clip, effect):
            return _remap(effect)
    return Retime(Fraction(0)) if text(clip, "stillframe").casefold() == "true" else None


def _is_on(clip: Element, effect: Element) -> bool:
    owner = next(each for each in clip.iterfind("filter") if effect in list(each))
    return text(owner, "enabled").casefold() != "false" and text(effect, "pproBypass").casefold() != "true"


def _remap(effect: Element) -> Retime | None:
    parameters = {_id(each): each for each in effect.iterfind("parameter")}
    told = decimal(text(parameters.get("speed"), "value"))
    percent = Fraction(100) if told is None or abs(told) > _FASTEST * 100 else told
    speed = percent if 0 < abs(percent) < 1 else percent / 100  # Hiero writes the part itself
    if text(parameters.get("reverse"), "value").casefold() in ("true", "1"):
        speed = -abs(speed)
    graph = _graph(parameters.get("graphdict"))
    is_ramp = text(parameters.get("variablespeed"), "value").casefold() in ("1", "true") and len(graph) > 1
    if not is_ramp:
        graph = graph if _agrees(graph, speed) else ()
    if speed == 1 and not is_ramp:
        return None
    return Retime(speed, graph, is_ramp)


def _id(parameter: Element) -> str:
    return (text(parameter, "parameterid") or text(parameter, "name")).casefold()


def _graph(parameter: Element | None) -> tuple[tuple[Fraction, Fraction], ...]:
    own: dict[Fraction, Fraction] = {}
    virtual: dict[Fraction, Fraction] = {}
    for key in parameter.iterfind("keyframe") if parameter is not None else ():
        when, value = decimal(text(key, "when")), decimal(text(key, "value"))
        if when is not None and value is not None and 0 <= value <= _MOST and abs(when) <= _MOST:
            is_virtual = text(key, "speedvirtualkf").casefold() == "true"
            (virtual if is_virtual else own)[when] = value
    keys = own if len(own) > 1 else {**virtual, **own}
    return tuple(sorted(keys.items())) if len(keys) > 1 else ()


def _agrees(graph: Sequence[tuple[Fraction, Fraction]], speed: Fraction) -> bool:
    """Whether a graph is the straight line of a speed, rounded to frames."""
    if not graph:
        return False
    (first, start), (last, end) = graph[0], graph[-1]
    if speed == 0:
        return abs(end - start) <= 1
    return abs((end - start) / (last - first) - speed) <= abs(speed) * _AGREES + 2 / (last - first)


def _interpolated(graph: Sequence[tuple[Fraction, Fraction]], frame: Fraction) -> Fraction:
    pairs = list(pairwise(graph))
    (first, start), (last, end) = next((pair for pair in pairs if frame <= pair[1][0]), pairs[-1])
    return start + (end - start) * (frame - first) / (last - first)
