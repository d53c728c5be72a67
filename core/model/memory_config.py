"""Sizes of the AMT with a memory of the song, and how a file says them; the companion of :mod:`.config`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from hitpoint.core.errors import CheckpointError
from hitpoint.core.model.config import known_values

_LARGEST = {  # far above any sensible model: a bound on what a hostile file can make us allocate
    "d_model": 2048, "n_heads": 64, "n_layers": 48, "encoder_layers": 48, "max_steps": 4096, "n_pointers": 64,
    "pointer_width": 1024, "pair_hidden": 1024, "place_hidden": 1024, "sources": 64,
}  # fmt: skip


@dataclass(frozen=True)
class MemoryConfig:
    """Sizes of a :class:`~hitpoint.core.model.networks.memory_amt.MemoryAMT`.

    Attributes:
        d_model: width of the streams.
        n_heads: of every attention; divides ``d_model`` into heads of even width.
        n_layers: of the decoder.
        encoder_layers: of the encoder.
        max_steps: longest sequence of chords, and of seconds the encoder reads at once (the end's row not counted).
        n_pointers: heads that copy the chord that came next, and as many that copy the next different chord.
        pointer_width: of a pointer's query and key.
        pair_hidden: units between the likeness features and the biases; 0 leaves them out.
        biased_layers: decoder layers, from 0, whose attention is drawn to what followed similar places.
        dropout: 0..1, in training only.
        has_encoder: whether it sees picture and wishes; else it knows chords and mode only.
        has_expert: whether a last linear layer refines the mixture (log-linearly).
        place_hidden: units between what two places have in common and the biases; 0 for a model that knows no places.
        sources: corpora it was trained on; the first is MuVi-Sync, whose manner it composes in.
    """

    d_model: int = 192
    n_heads: int = 6
    n_layers: int = 4
    encoder_layers: int = 2
    max_steps: int = 300
    n_pointers: int = 3
    pointer_width: int = 32
    pair_hidden: int = 16
    biased_layers: tuple[int, ...] = (1,)
    dropout: float = 0.2
    has_encoder: bool = True
    has_expert: bool = True
    sources: int = 3
    place_hidden: int = 0

    def __post_init__(self) -> None:
        _check_kinds(self)
        if self.max_steps < 3:
            raise CheckpointError(f"a model of {self.max_steps} steps cannot go on from its own past")
        if self.d_model % (2 * self.n_heads):
            raise CheckpointError(f"a model of width {self.d_model} cannot have {self.n_heads} heads of even width")
        if not 0.0 <= self.dropout < 1.0:
            raise CheckpointError(f"dropout lies between 0 and 1, not {self.dropout}")


def memory_config_json(config: MemoryConfig) -> dict[str, Any]:
    """The configuration as plain JSON values."""
    return asdict(config)


def memory_config_from(values: object) -> MemoryConfig:
    """The configuration that :func:`memory_config_json` wrote.

    Raises:
        CheckpointError: if the values are of other names, kinds or sizes.
    """
    return MemoryConfig(**known_values(values, MemoryConfig, "biased_layers"))


def _check_kinds(config: MemoryConfig) -> None:
    wanted: dict[str, tuple[type, ...]] = {
        "int": (int,),
        "bool": (bool,),
        "float": (int, float),
        "tuple[int, ...]": (tuple,),
    }
    for field in fields(config):
        value = getattr(config, field.name)
        if type(value) not in wanted[str(field.type)]:
            raise CheckpointError(f"{field.name} of a model cannot be {value!r:.60}")
        least = 0 if field.name in ("pair_hidden", "place_hidden") else 1
        if field.name in _LARGEST and not least <= value <= _LARGEST[field.name]:
            raise CheckpointError(
                f"{field.name} of a model lies between {least} and {_LARGEST[field.name]}, not {value}"
            )
    for layer in config.biased_layers:
        if type(layer) is not int or not 0 <= layer < config.n_layers:
            raise CheckpointError(f"a model of {config.n_layers} layers has no layer {layer!r:.20} to bias")
    if list(config.biased_layers) != sorted(set(config.biased_layers)):
        raise CheckpointError("the biased layers of a model are each told once, in order")
