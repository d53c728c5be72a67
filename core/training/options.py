"""What a training run is told, checked in one place."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal

from hitpoint.core.errors import OptionError

# Those that may differ between a run and its continuation, for they change no number.
_NOT_OF_THE_RECIPE = ("dataset", "output", "resume", "max_seconds", "device", "threads")


@dataclass(frozen=True)
class TrainingOptions:
    """One run. The same options and data give the same weights on the same machine.

    Attributes:
        dataset: MuVi-Sync in its published layout.
        output: folder for the weights, the run's state (``state.pt``) and its log (``log.jsonl``); made if missing.
        kind: which model.
        updates: of the weights; the learning rate falls to its end over so many.
        batch_size: songs an update.
        learning_rate: at its highest.
        warmup: updates until it is reached.
        weight_decay: of AdamW, on matrices.
        gradient_limit: norm to which gradients are cut.
        dropout: inside the model.
        label_smoothing: of the chords' cross-entropy.
        averaging: decay of the running mean of the weights, which is what is kept.
        n_layers: of the AMT's encoder and of its decoder; of the regressor's GRU.
        n_heads: of the AMT.
        d_model: width of the AMT.
        dim_feedforward: of the AMT.
        hidden: of the regressor, each direction.
        semantic_dropout: share of songs shown without CLIP rows, so that the model works without them.
        emotion_dropout: share of songs shown without emotion.
        video_dropout: share of songs shown without any picture.
        stretch: chords are sampled every ``1 / stretch`` to ``stretch`` seconds.
        transposition: share of songs moved to a random key at the start of training, so that repetition is learnt
            before habits; it falls to 0 over the first 60 % of the run.
        seed: of everything random.
        validate_every: updates between two looks at the validation split.
        patience: looks without a new best after which training ends.
        max_seconds: of this call; the state is kept and ``resume`` goes on. None for no limit.
        resume: go on from the state in ``output``; start anew if there is none.
        precision: of the matrix products while training.
        device: "auto" takes a GPU where there is one.
        threads: of the CPU; 0 leaves it to torch.
    """

    dataset: Path
    output: Path
    kind: Literal["amt", "regressor"] = "amt"
    updates: int = 1200
    batch_size: int = 12
    learning_rate: float = 1e-3
    warmup: int = 100
    weight_decay: float = 0.05
    gradient_limit: float = 1.0
    dropout: float = 0.2
    label_smoothing: float = 0.0
    averaging: float = 0.99
    n_layers: int = 3
    n_heads: int = 4
    d_model: int = 192
    dim_feedforward: int = 384
    hidden: int = 64
    semantic_dropout: float = 0.5
    emotion_dropout: float = 0.2
    video_dropout: float = 0.1
    stretch: float = 1.15
    transposition: float = 0.5
    seed: int = 0
    validate_every: int = 50
    patience: int = 8
    max_seconds: float | None = None
    resume: bool = False
    precision: Literal["float32", "bfloat16"] = "float32"
    device: Literal["auto", "cpu", "cuda"] = "auto"
    threads: int = 0

    def __post_init__(self) -> None:
        for name, choices in _CHOICES.items():
            if getattr(self, name) not in choices:
                raise OptionError(f"{name} is one of {', '.join(choices)}, not {getattr(self, name)!r}")
        for field in fields(self):
            value = getattr(self, field.name)
            if field.name in _BOUNDS and not _BOUNDS[field.name][0] <= value <= _BOUNDS[field.name][1]:
                low, high = _BOUNDS[field.name]
                raise OptionError(f"{field.name} lies between {low:g} and {high:g}, not {value:g}")
        if self.max_seconds is not None and not self.max_seconds > 0:
            raise OptionError(f"max_seconds is positive, not {self.max_seconds:g}")

    def recipe(self) -> dict[str, str | int | float]:
        """The options that decide the weights, as plain values."""
        return {name: value for name, value in asdict(self).items() if name not in _NOT_OF_THE_RECIPE}

    def recipe_text(self) -> str:
        """:meth:`recipe` as JSON with sorted names: equal recipes are equal texts."""
        return json.dumps(self.recipe(), sort_keys=True)


_CHOICES = {
    "kind": ("amt", "regressor"),
    "precision": ("float32", "bfloat16"),
    "device": ("auto", "cpu", "cuda"),
}

_COUNT = (1, 1_000_000)
_SHARE = (0.0, 1.0)
_BOUNDS = {
    "updates": _COUNT, "batch_size": (1, 4096), "learning_rate": (1e-8, 1.0), "warmup": (0, 1_000_000),
    "weight_decay": (0.0, 10.0), "gradient_limit": (1e-6, 1e6), "dropout": (0.0, 0.9), "label_smoothing": (0.0, 0.5),
    "averaging": (0.0, 0.99999), "semantic_dropout": _SHARE, "emotion_dropout": _SHARE, "video_dropout": _SHARE,
    "stretch": (1.0, 2.0), "transposition": _SHARE, "seed": (0, 2**31 - 1), "validate_every": _COUNT,
    "patience": _COUNT, "threads": (0, 1024),
}  # fmt: skip
