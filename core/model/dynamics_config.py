"""Sizes of the regressor of note density and loudness, and how a file says them; the companion of :mod:`.config`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from hitpoint.core.errors import CheckpointError
from hitpoint.core.model.config import known_values

_LARGEST = {  # far above any sensible model: a bound on what a hostile file can make us allocate
    "channels": 1024, "convolutions": 16, "hidden": 1024, "recurrents": 16, "components": 768, "fade": 512,
    "max_steps": 4096,
}  # fmt: skip
_MOST_SHIFTS, _FURTHEST = 16, 1024


@dataclass(frozen=True)
class DynamicsConfig:
    """Sizes of a :class:`~hitpoint.core.model.networks.dynamics_net.DynamicsNet`.

    Attributes:
        channels: width of each network of convolutions.
        shifts: seconds between what its layers compare, a layer each.
        convolutions: networks of that kind.
        hidden: width of each bidirectional GRU, in each direction.
        recurrents: networks of that kind.
        recurrent_share: of the GRUs in what is answered, 0..1.
        components: of CLIP's embeddings that are looked at.
        fade: seconds at either end that have a mean of their own.
        max_steps: longest video that is read at once, seconds.
        dropout: 0..1, in training only.
    """

    channels: int = 64
    shifts: tuple[int, ...] = (1, 4, 16, 64)
    convolutions: int = 3
    hidden: int = 32
    recurrents: int = 1
    recurrent_share: float = 0.4
    components: int = 24
    fade: int = 24
    max_steps: int = 2048
    dropout: float = 0.2

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in _LARGEST and not (type(value) is int and 1 <= value <= _LARGEST[field.name]):
                raise CheckpointError(
                    f"{field.name} of a model lies between 1 and {_LARGEST[field.name]}, not {value!r:.60}"
                )
        for name in ("recurrent_share", "dropout"):
            value = getattr(self, name)
            if type(value) not in (int, float) or not 0.0 <= value < 1.0:
                raise CheckpointError(f"{name} lies between 0 and 1, not {value!r:.60}")
        if not 1 <= len(self.shifts) <= _MOST_SHIFTS:
            raise CheckpointError(f"a model has 1 to {_MOST_SHIFTS} shifts, not {len(self.shifts)}")
        for shift in self.shifts:
            if type(shift) is not int or not 1 <= shift <= _FURTHEST:
                raise CheckpointError(f"a shift lies between 1 and {_FURTHEST}, not {shift!r:.60}")


def dynamics_config_json(config: DynamicsConfig) -> dict[str, Any]:
    """The configuration as plain JSON values."""
    return asdict(config)


def dynamics_config_from(values: object) -> DynamicsConfig:
    """The configuration that :func:`dynamics_config_json` wrote.

    Raises:
        CheckpointError: if the values are of other names, kinds or sizes.
    """
    return DynamicsConfig(**known_values(values, DynamicsConfig, "shifts"))
