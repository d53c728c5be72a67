"""The melody network in numpy: small enough to need no PyTorch, in float64 so that draws agree on every machine.

The weights are those that :mod:`hitpoint.core.training.melody` trained, kept in float16; the arithmetic is that of its
``network`` module. Logits are rounded to six decimals before anything is drawn, far above what machines differ by.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load_file

from hitpoint.core.errors import CheckpointError
from hitpoint.core.melody.line import GAPS, PITCHES
from hitpoint.core.melody.memory import POINTERS

Real = NDArray[np.float64]
Whole = NDArray[np.int64]

_DECIMALS = 6
_SHAPES = {
    "pitch.weight": (PITCHES + 1, 32),
    "gap.weight": (GAPS + 1, 16),
    "when_out.weight": (GAPS + POINTERS, 192),
    "which_out.weight": (PITCHES + 2 * POINTERS, 192),
}  # by which a file is known to be one of this network


@dataclass(frozen=True, eq=False)
class MelodyNetwork:
    """The weights by name."""

    weights: dict[str, Real]

    def heard(self, state: Real, note: Whole, chroma: Real) -> Real:
        """The state (B, H) after one more note each; rows as in ``Decisions.note``."""
        told: list[Real | Whole] = [
            self._row("pitch", note[:, 0]),
            self._row("gap", note[:, 1]),
            self._row("place", note[:, 2]),
            self._row("root", note[:, 3]),
            chroma,
        ]
        size = state.shape[1]
        into: Real = (
            np.concatenate(told, 1, dtype=np.float64) @ self.weights["gru.weight_ih_l0"].T
            + self.weights["gru.bias_ih_l0"]
        )
        back: Real = state @ self.weights["gru.weight_hh_l0"].T + self.weights["gru.bias_hh_l0"]
        reset = _sigmoid(into[:, :size] + back[:, :size])
        update = _sigmoid(into[:, size : 2 * size] + back[:, size : 2 * size])
        fresh = np.tanh(into[:, 2 * size :] + reset * back[:, 2 * size :])
        heard: Real = (1 - update) * fresh + update * state
        return heard

    def initial(self, rows: int) -> Real:
        """The state before the first note."""
        return np.zeros((rows, self.weights["gru.weight_hh_l0"].shape[1]))

    def gap_logits(self, state: Real, when: Whole, pointers: Whole, trust: Real) -> Real:
        """(B, GAPS) of the time to the next note."""
        told: list[Real | Whole] = [
            self._row("place", when[:, 0]),
            self._flat("bars", when[:, 1:3]),
            self._row("change", when[:, 3]),
            self._row("density", when[:, 4]),
            when[:, 5:6],
            self._flat("gap_proposal", pointers),
            trust.reshape(len(trust), -1),
        ]
        return self._head("when", [state, *told], pointers, GAPS)

    def pitch_logits(self, state: Real, last: Whole, which: Whole, chroma: Real, pointers: Whole, trust: Real) -> Real:
        """(B, PITCHES) of the next pitch; ``last`` (B,) is the one before."""
        told: list[Real | Whole] = [
            self._row("place", which[:, 0]),
            self._row("gap", which[:, 1]),
            self._flat("bars", which[:, 2:4]),
            self._row("root", which[:, 4]),
            chroma,
            self._row("pitch", last),
            self._flat("pitch_proposal", pointers.reshape(len(pointers), -1)),
            trust.reshape(len(trust), -1),
        ]
        return self._head("which", [state, *told], pointers.reshape(len(pointers), -1), PITCHES)

    def _head(self, name: str, inputs: list[Real | Whole], pointers: Whole, classes: int) -> Real:
        row = np.concatenate([np.asarray(one, np.float64) for one in inputs], 1)
        hidden = row @ self.weights[f"{name}_hidden.weight"].T + self.weights[f"{name}_hidden.bias"]
        out = np.maximum(hidden, 0.0) @ self.weights[f"{name}_out.weight"].T + self.weights[f"{name}_out.bias"]
        logits = np.concatenate([out[:, :classes], np.zeros((len(out), 1))], 1)
        for at in range(pointers.shape[1]):
            logits[np.arange(len(out)), pointers[:, at]] += out[:, classes + at]
        rounded: Real = np.round(logits[:, :classes], _DECIMALS)
        return rounded

    def _row(self, name: str, index: Whole) -> Real:
        return self.weights[f"{name}.weight"][index]

    def _flat(self, name: str, index: Whole) -> Real:
        return self._row(name, index).reshape(len(index), -1)


@lru_cache(maxsize=1)
def melody_network() -> MelodyNetwork:
    """The network that comes with Hitpoint.

    Raises:
        CheckpointError: if this installation has none.
    """
    return read_melody_network(Path(str(resources.files("hitpoint.resources") / "checkpoints" / "melody.safetensors")))


def read_melody_network(path: Path) -> MelodyNetwork:
    """A network from a file.

    Raises:
        CheckpointError: if it is missing, damaged or of another network.
    """
    try:
        weights = {name: value.astype(np.float64) for name, value in load_file(path).items()}
    except (OSError, SafetensorError) as error:
        raise CheckpointError(f"{path}: the melody weights cannot be read ({error}); install again") from None
    for name, shape in _SHAPES.items():
        if name not in weights or weights[name].shape != shape or not np.isfinite(weights[name]).all():
            raise CheckpointError(f"{path}: these are no weights of the melody network; install again")
    return MelodyNetwork(weights)


def _sigmoid(values: Real) -> Real:
    result: Real = 1.0 / (1.0 + np.exp(-values))
    return result
