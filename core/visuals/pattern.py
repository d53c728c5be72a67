"""A compositional pattern-producing network: a picture as a function of place, without weights to download.

After Stanley 2007, "Compositional pattern producing networks: a novel abstraction of development": a graph of nodes,
each with a few inputs and a function of its own (sine for repetition, a bell for symmetry, a sigmoid, a fold), which
takes the coordinates of a pixel and answers what is there. The graph is drawn from a seed; its weights hang linearly on
a latent vector, so that a way through latent space is a way from picture to picture. The answers are a relief, which is
lit from one side, and a tint; the latent vector's last numbers choose the palette.

Everything is sums, products, quotients and square roots in float32: the same bits on every processor.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.visuals.palette import Palette, Plane, painted

FORM_SIZE = 20  # numbers of a latent vector that shape the picture
COLOUR_SIZE = 7  # that choose its colours
LATENT_SIZE = FORM_SIZE + COLOUR_SIZE

_NODES = 14
_INPUTS = 3  # of each node
_PLACES = 4  # x, y, distance from the middle, and 1
_OUTPUTS = 2  # relief and tint
_ROWS = 32  # of pixels that are computed at once, so that they stay in the processor's cache
_FIRST = 4  # nodes that see places alone
_DEEPER = 0.85  # weight of the nodes after them: waves on waves get fine soon
_RELIEF = 0.55  # steepness of the light's relief

Latent = NDArray[np.float64]


@dataclass(frozen=True)
class View:
    """From where a picture is looked at.

    Attributes:
        turn: of the camera, in turns.
        zoom: 1 shows the whole picture, 2 its middle half.
        x: of the middle of the view, in half heights.
        y: the same, downwards.
        flow: how far the waves have run, in turns.
        light: factor on lightness; 1 leaves it.
        glow: 0..1, of the highlights.
    """

    turn: float = 0.0
    zoom: float = 1.0
    x: float = 0.0
    y: float = 0.0
    flow: float = 0.0
    light: float = 1.0
    glow: float = 0.0


@dataclass(frozen=True)
class _Node:
    sources: tuple[int, ...]
    function: int
    drift: float  # turns by which a sine runs for each turn of flow


class PatternNetwork:
    """A picture generator: latent vectors of :data:`LATENT_SIZE` to pictures of any size.

    Args:
        seed: of the graph.
    """

    latent_size = LATENT_SIZE

    def __init__(self, seed: int) -> None:
        rng = np.random.default_rng([seed, 0xC0FFEE])
        self._nodes = [_node(rng, number) for number in range(_NODES)]
        count = _NODES * (_INPUTS + 1)
        self._mixing = rng.normal(0.0, 1.0, (count + _OUTPUTS * _NODES, FORM_SIZE)) / FORM_SIZE**0.5
        self._mixing[_FIRST * (_INPUTS + 1) : count] *= _DEEPER

    def planes(self, latent: Latent, view: View, height: int, width: int) -> tuple[Plane, Plane, Plane]:
        """Red, green and blue, (height, width) each, gamma-coded 0..1."""
        weights = np.sum(self._mixing * latent[:FORM_SIZE], axis=1)
        relief, tint = np.empty((2, height, width), np.float32)
        xs, ys = _places(view, height, width)
        for top in range(0, height, _ROWS):
            rows = slice(top, min(top + _ROWS, height))
            relief[rows], tint[rows] = self._fields(weights, view, xs[rows], ys[rows])
        _smooth(relief)
        palette = palette_of(latent, view)
        planes = tuple(np.empty((height, width), np.float32) for _ in range(3))
        for top in range(0, height, _ROWS):
            end = min(top + _ROWS, height)
            tone = _lit(relief, top, end, view)
            for plane, part in zip(planes, painted(tone, tint[top:end], palette), strict=True):
                plane[top:end] = part
        return planes[0], planes[1], planes[2]

    def picture(self, latent: Latent, view: View, height: int, width: int) -> NDArray[np.uint8]:
        """A (height, width, 3) uint8 RGB picture."""
        planes = self.planes(latent, view, height, width)
        return np.asarray(np.rint(np.stack(planes, axis=-1) * np.float32(255.0)).astype(np.uint8))

    def _fields(self, weights: Latent, view: View, x: Plane, y: Plane) -> tuple[Plane, Plane]:
        distance = np.sqrt(x * x + y * y + np.float32(0.01))
        values: list[Plane] = [x, y, distance]
        scratch = np.empty_like(x)
        for number, node in enumerate(self._nodes):
            own = weights[number * (_INPUTS + 1) : (number + 1) * (_INPUTS + 1)]
            total = np.full_like(x, own[-1] + node.drift * view.flow)
            for weight, source in zip(own, node.sources, strict=False):
                total += np.multiply(values[source], np.float32(weight), out=scratch)
            values.append(_FUNCTIONS[node.function](total))
        found = []
        for output in range(_OUTPUTS):
            start = _NODES * (_INPUTS + 1) + output * _NODES
            total = np.zeros_like(x)
            for weight, value in zip(weights[start : start + _NODES], values[3:], strict=True):
                total += np.multiply(value, np.float32(weight), out=scratch)
            found.append(_bounded(total * np.float32(0.8)))
        return found[0], found[1]


def palette_of(latent: Latent, view: View = View()) -> Palette:
    """The colours that a latent vector chooses, under the light of a view."""
    a, b, turn, chroma, key, contrast, _ = (float(number) for number in latent[FORM_SIZE:])
    length = (a * a + b * b) ** 0.5 or 1.0
    middle = 0.5 + 0.3 * _squashed(0.9 * key)
    reach = 0.24 + 0.12 * _squashed(contrast)
    low, high = max(middle - reach, 0.06), min(middle + reach, 0.97)
    return Palette(
        hue=(a / length, b / length),
        turn=0.22 + 0.30 * _squashed(abs(turn)) + 0.12 * _squashed(turn),
        chroma=0.115 + 0.085 * _squashed(chroma),
        low=min(low * view.light, 0.9),
        high=min(high * view.light, 0.985),
    )


def _node(rng: np.random.Generator, number: int) -> _Node:
    """A node of the graph; the first see places alone, later ones mostly the nodes before them."""
    known = 3 + number
    if number < _FIRST:
        sources = (0, 1, 2)
    else:
        recent = rng.choice(np.arange(3, known), 2, replace=False)
        sources = (int(recent[0]), int(recent[1]), int(rng.integers(0, 3)))
    return _Node(sources, int(rng.integers(0, len(_FUNCTIONS))), float(rng.uniform(-1.0, 1.0)))


def _places(view: View, height: int, width: int) -> tuple[Plane, Plane]:
    """Where each pixel's middle lies, in half heights from the middle of the picture."""
    side = 2.0 / height / view.zoom
    column = (np.arange(width) - (width - 1) / 2) * side
    row = ((np.arange(height) - (height - 1) / 2) * side)[:, None]
    cosine, sine = float(_sine(np.float64(view.turn + 0.25))), float(_sine(np.float64(view.turn)))
    length = (cosine * cosine + sine * sine) ** 0.5
    cosine, sine = cosine / length, sine / length
    x = column * cosine - row * sine + view.x
    y = column * sine + row * cosine + view.y
    return x.astype(np.float32), y.astype(np.float32)


def _lit(relief: Plane, top: int, end: int, view: View) -> Plane:
    """Tone of some rows of a relief (-1..1) under a light from the upper left, 0 .. 1.15; its own height counts too."""
    steep = np.float32(_RELIEF * len(relief) / view.zoom * 0.25)
    own = relief[top:end]
    above, below = relief[max(top - 1, 0) : end - 1], relief[top + 1 : end + 1]
    down = np.zeros_like(own)
    down[len(own) - len(above) :] -= above
    down[: len(below)] += below
    if top == 0:
        down[0] -= own[0]
    if end == len(relief):
        down[-1] += own[-1]
    across = np.empty_like(own)
    np.subtract(own[:, 2:], own[:, :-2], out=across[:, 1:-1])
    across[:, 0], across[:, -1] = own[:, 1] - own[:, 0], own[:, -1] - own[:, -2]
    down *= steep
    across *= steep
    norm = down * down
    norm += across * across
    norm += np.float32(1.0)
    across *= np.float32(-0.55)
    across -= np.float32(0.56) * down
    across += np.float32(0.62)
    facing = np.divide(across, np.sqrt(norm, out=norm), out=across)
    shine = np.maximum(facing, np.float32(0.0))
    shine *= shine
    shine *= shine
    shine *= shine
    shine *= np.float32(0.25 + 0.5 * view.glow)
    facing *= np.float32(0.34)
    shine += facing
    shine += np.float32(0.34) + np.float32(0.26) * own
    np.clip(shine, np.float32(0.0), np.float32(1.15), out=shine)
    return np.asarray(shine)


def _smooth(relief: Plane) -> None:
    """Weigh each pixel with its neighbours, 1 2 1 both ways, in place: creases finer than a pixel would have steps."""
    half, quarter = np.float32(0.5), np.float32(0.25)
    inner = (relief[:-2] + relief[2:]) * quarter + relief[1:-1] * half
    relief[1:-1] = inner
    inner = (relief[:, :-2] + relief[:, 2:]) * quarter + relief[:, 1:-1] * half
    relief[:, 1:-1] = inner


def _squashed(value: float) -> float:
    """A number pressed into -1..1."""
    return value / (0.6 + abs(value))


def _sine(turns: Any) -> Any:
    """A sine of whole turns, by two parabolas and their correction: within 0.0011."""
    dtype = turns.dtype.type
    part = turns - np.rint(turns)
    wave = dtype(8.0) * part - dtype(16.0) * part * np.abs(part)
    return np.asarray(dtype(0.775) * wave + dtype(0.225) * wave * np.abs(wave))


def _bell(value: Plane) -> Plane:
    """A bump around 0, -1..1."""
    one = np.float32(1.0)
    return np.float32(2.0) / (one + np.float32(4.0) * value * value) - one


def _bounded(value: Plane) -> Plane:
    """A sigmoid, -1..1."""
    return np.asarray(value / np.sqrt(np.float32(1.0) + value * value))


def _fold(value: Plane) -> Plane:
    """A soft fold: the distance from 0, about -1..1 where it counts."""
    return _bounded(np.sqrt(value * value + np.float32(0.02)) * np.float32(1.6) - np.float32(0.8))


def _half_sine(value: Plane) -> Plane:
    return np.asarray(_sine(value * np.float32(0.6)))


_FUNCTIONS = (_half_sine, _bell, _bounded, _fold)
