"""What a training run is told, checked in one place."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Literal

from hitpoint.core.errors import OptionError

# Those that may differ between a run and its continuation, for they change no number.
_NOT_OF_THE_RECIPE = ("dataset", "corpora", "initial", "output", "resume", "max_seconds", "device", "threads")

# Options that mean something to one kind of model only.
_OF_MEMORY = (
    "corpora_share", "corpora_share_end", "metre_share", "place_hidden", "muon_rate", "encoder_rate", "decay",
    "vocabulary_weight", "affect_weight", "window",
    "from_start", "cleaned", "group_dropout", "lock_points", "lock_around", "lock_before", "lock_spans", "lock_turned",
    "locked_weight",
    "wishes", "wish_dropout",
    "encoder_layers", "pointers", "pointer_width", "pair_hidden", "experts", "pictures",
)  # fmt: skip
_OF_DYNAMICS = (
    "channels", "convolutions", "recurrents", "recurrent_share", "components", "mean_noise", "shape_weight",
)  # fmt: skip
_NOT_OF_DYNAMICS = ("n_layers", "n_heads", "d_model", "dim_feedforward", "label_smoothing", "stretch", "transposition")
_NOT_OF_MEMORY = ("label_smoothing", "dim_feedforward", "hidden", "transposition")


@dataclass(frozen=True)
class TrainingOptions:
    """One run. The same options and data give the same weights on the same machine.

    Attributes:
        dataset: MuVi-Sync in its published layout.
        output: folder for the weights, the run's state (``state.pt``) and its log (``log.jsonl``); made if missing.
        kind: which model: "memory_amt" writes chords, "amt" is the paper's way to do so; "dynamics" gives density and
            loudness, "regressor" is the paper's way to do so.
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
        corpora: folder that holds Billboard and POP909, for "memory_amt"; None trains on MuVi-Sync alone.
        corpora_share: share of windows from the corpora at the start.
        corpora_share_end: likewise after 70 % of the run, to where it falls in a straight line.
        metre_share: share of windows from songs with bars, in steps of beats or bars (:mod:`.data.metre_songs`).
        place_hidden: width of the network that weighs what two places in bar, phrase and section have in common; 0 for
            a model that knows no places.
        initial: weights to begin with, for "memory_amt"; None begins with weights drawn by the seed.
        muon_rate: learning rate of Muon, for the matrices inside the blocks; 0 leaves them to AdamW.
        encoder_rate: learning rate of what reads picture, locks and wishes, but for the matrices that are Muon's: it
            has little to go by, for the chords so far tell so much.
        decay: share of the run over which the learning rate falls, in a straight line at the end; 0 is half a cosine
            over all of it.
        vocabulary_weight: of the vocabulary head's own likelihood, which learns little inside the mixture alone.
        affect_weight: of guessing the attribute levels of what sounds.
        window: longest stretch of a song, in steps.
        from_start: share of windows that begin where their song does.
        cleaned: share of windows whose chords below .3 s give way to the one before.
        group_dropout: share of windows shown without scene offset; without motion; without clock.
        lock_points: share of windows with 5 to 50 % of their chords locked.
        lock_around: share of windows with all but a span of 4 to 64 s locked.
        lock_before: share of windows with a beginning locked.
        lock_spans: most spans that are left free in the windows of ``lock_around``.
        lock_turned: share of all windows in which what follows a span is heard before it, and locked.
        locked_weight: of the likelihood of locked chords, which need only be read off, beside that of free ones.
        wishes: share of windows that carry attribute levels.
        wish_dropout: of those, each attribute's share that is left out.
        encoder_layers: of the memory model; ``n_layers`` are its decoder's.
        pointers: heads that copy what followed before, of each kind.
        pointer_width: of their queries.
        pair_hidden: width of the network that weighs how alike two moments of a song are.
        experts: refine the mixture by a product of experts.
        channels: width of each network of convolutions of the dynamics.
        convolutions: how many of them.
        recurrents: how many bidirectional GRUs, each ``hidden`` wide.
        recurrent_share: of the GRUs in what all answer together.
        components: of CLIP's embeddings that the dynamics are told by.
        mean_noise: on the mean of a song's components, in deviations of a second's.
        shape_weight: of correlation beside squared error.
        pictures: learn from MuVi-Sync too; False learns from Billboard and POP909 alone, whose folder ``dataset`` is
            then, and whose songs have no pictures (:mod:`.open_task`).
    """

    dataset: Path
    output: Path
    kind: Literal["amt", "regressor", "memory_amt", "dynamics"] = "amt"
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
    corpora: Path | None = None
    corpora_share: float = 0.35
    corpora_share_end: float = 0.1
    metre_share: float = 0.0
    place_hidden: int = 0
    initial: Path | None = None
    muon_rate: float = 0.0
    encoder_rate: float = 4e-3
    decay: float = 0.0
    vocabulary_weight: float = 0.1
    affect_weight: float = 0.05
    window: int = 256
    from_start: float = 0.75
    cleaned: float = 0.3
    group_dropout: float = 0.1
    lock_points: float = 0.15
    lock_around: float = 0.2
    lock_before: float = 0.1
    lock_spans: int = 1
    lock_turned: float = 0.0
    locked_weight: float = 1.0
    wishes: float = 0.5
    wish_dropout: float = 0.3
    encoder_layers: int = 2
    pointers: int = 3
    pointer_width: int = 32
    pair_hidden: int = 16
    experts: bool = True
    pictures: bool = True
    channels: int = 64
    convolutions: int = 3
    recurrents: int = 1
    recurrent_share: float = 0.4
    components: int = 24
    mean_noise: float = 0.5
    shape_weight: float = 0.25

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
        if self.lock_points + self.lock_around + self.lock_before > 1.0:
            raise OptionError("lock_points, lock_around and lock_before are shares of one whole; they exceed it")

        if self.corpora_share + self.metre_share > 1.0:
            raise OptionError("corpora_share and metre_share are shares of one whole; they exceed it")

    def recipe(self) -> dict[str, str | int | float]:
        """The options that decide the weights of this kind of model, as plain values."""
        foreign = {
            "memory_amt": (*_NOT_OF_MEMORY, *_OF_DYNAMICS),
            "dynamics": (*_OF_MEMORY, *_NOT_OF_DYNAMICS),
        }.get(self.kind, (*_OF_MEMORY, *_OF_DYNAMICS))
        return {
            name: value
            for name, value in asdict(self).items()
            if name not in _NOT_OF_THE_RECIPE and name not in foreign
        }

    def recipe_text(self) -> str:
        """:meth:`recipe` as JSON with sorted names: equal recipes are equal texts."""
        return json.dumps(self.recipe(), sort_keys=True)


_CHOICES = {
    "kind": ("amt", "regressor", "memory_amt", "dynamics"),
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
    "patience": _COUNT, "threads": (0, 1024), "corpora_share": _SHARE, "corpora_share_end": _SHARE,
    "muon_rate": (0.0, 1.0), "encoder_rate": (1e-8, 1.0), "decay": _SHARE, "vocabulary_weight": (0.0, 10.0),
    "affect_weight": (0.0, 10.0),
    "metre_share": _SHARE, "place_hidden": (0, 256), "window": (64, 4096), "from_start": _SHARE,
    "cleaned": _SHARE, "group_dropout": _SHARE, "lock_points": _SHARE,
    "lock_around": _SHARE, "lock_before": _SHARE, "lock_spans": (1, 16), "lock_turned": _SHARE, 
    "locked_weight": _SHARE, "wishes": _SHARE, "wish_dropout": _SHARE,
    "channels": (1, 1024), "convolutions": (1, 16), "recurrents": (1, 16), "recurrent_share": (0.0, 0.99),
    "components": (1, 768), "mean_noise": (0.0, 10.0), "shape_weight": (0.0, 10.0),
    "encoder_layers": (1, 48), "pointers": (1, 16), "pointer_width": (1, 256), "pair_hidden": (1, 256),
}  # fmt: skip
