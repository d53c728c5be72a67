"""Sizes of the models, as the paper names them, and how a file says them.

A configuration travels inside its checkpoint as JSON, so a file tells what it is. Everything is checked in one place,
when a configuration is made: whoever holds one may build the model from it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from hitpoint.core.errors import CheckpointError

# Columns of the video matrix, in the paper's order (see generate.video_matrix).
MODALITIES = {
    "semantic": slice(0, 768),  # CLIP ViT-L/14@336 image embedding
    "scene_offset": slice(768, 769),  # seconds since the last cut, plus 1
    "motion": slice(769, 770),  # mean absolute RGB difference, 0..255
    "emotion": slice(770, 776),  # probabilities of the six moods
}
VIDEO_FEATURES = 776

_LARGEST = {  # far above any sensible model: a bound on what a hostile file can make us allocate
    "n_layers": 48, "n_heads": 64, "d_model": 2048, "dim_feedforward": 8192, "max_steps": 4096, "hidden": 2048,
}  # fmt: skip

_KINDS: dict[str, tuple[type, ...]] = {
    "int": (int,),
    "bool": (bool,),
    "float": (int, float),
    "tuple[str, ...]": (tuple,),
}


@dataclass(frozen=True)
class AMTConfig:
    """Sizes of an Affective Multimodal Transformer; the defaults are those of the published one.

    Attributes:
        n_layers: of the encoder, and of the decoder.
        n_heads: of every attention; divides ``d_model``.
        d_model: width of the streams.
        dim_feedforward: width inside the feed-forward blocks.
        max_steps: longest sequence of seconds (video) and of chords.
        dropout: 0..1, in training only.
        video_features: width of a row of video, always 776.
        vocabulary: chord tokens, END and PAD included.
        roots: root ids, END and PAD included.
        qualities: quality ids, END and PAD included.
        has_start: trained with END put before the first chord, so that it can begin; the published model cannot, and
            begins with the tonic.
        masks_padding: trained with padding hidden from attention; the published model sees rows of zeros to
            ``max_steps``, and is given them.
        log_features: scene offset and motion enter as log(1 + x).
        null_modalities: names from :data:`MODALITIES` that the model was trained without and does not look at.
    """

    n_layers: int = 6
    n_heads: int = 8
    d_model: int = 512
    dim_feedforward: int = 1024
    max_steps: int = 300
    dropout: float = 0.1
    video_features: int = VIDEO_FEATURES
    vocabulary: int = 159
    roots: int = 15
    qualities: int = 16
    has_start: bool = False
    masks_padding: bool = False
    log_features: bool = False
    null_modalities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_common(self)
        for name, wanted in (("vocabulary", 159), ("roots", 15), ("qualities", 16)):
            _check_equal(name, getattr(self, name), wanted)
        if self.max_steps < 3:
            raise CheckpointError(f"a model of {self.max_steps} steps cannot go on from its own past")
        if self.d_model % self.n_heads or self.d_model % 2:
            raise CheckpointError(f"a model of width {self.d_model} cannot have {self.n_heads} heads")


@dataclass(frozen=True)
class RegressorConfig:
    """Sizes of the bidirectional GRU that reads note density and loudness; the defaults are the published one's.

    Attributes:
        n_layers: of the GRU.
        hidden: its width in each direction.
        max_steps: length of the training sequences; longer videos are read in windows.
        dropout: 0..1, between the layers, in training only.
        video_features: width of a row of video, always 776.
        masks_padding: False if it was trained on videos padded with rows of zeros to ``max_steps``, as the published.
        log_features: as in :class:`AMTConfig`.
        null_modalities: as in :class:`AMTConfig`.
    """

    n_layers: int = 2
    hidden: int = 64
    max_steps: int = 300
    dropout: float = 0.1
    video_features: int = VIDEO_FEATURES
    masks_padding: bool = False
    log_features: bool = False
    null_modalities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_common(self)


def config_json(config: AMTConfig | RegressorConfig) -> dict[str, Any]:
    """The configuration as plain JSON values."""
    return asdict(config)


def amt_config_from(values: object) -> AMTConfig:
    """The configuration that :func:`config_json` wrote.

    Raises:
        CheckpointError: if the values are of other names, kinds or sizes.
    """
    return AMTConfig(**known_values(values, AMTConfig, "null_modalities"))


def regressor_config_from(values: object) -> RegressorConfig:
    """The configuration that :func:`config_json` wrote.

    Raises:
        CheckpointError: if the values are of other names, kinds or sizes.
    """
    return RegressorConfig(**known_values(values, RegressorConfig, "null_modalities"))


def known_values(values: object, kind: type[Any], listed: str) -> dict[str, Any]:
    """The values of a stored configuration, as they make one.

    Args:
        values: read from a file.
        kind: dataclass of the configuration.
        listed: its field that is a tuple, and a list in the file.

    Raises:
        CheckpointError: if they are no table, or of names that the configuration has not.
    """
    if not isinstance(values, dict):
        raise CheckpointError("the checkpoint's configuration is not a table; it may be damaged")
    unknown = set(values) - {field.name for field in fields(kind)}
    if unknown:
        raise CheckpointError(f"the checkpoint asks for {min(unknown)!r:.60}: it needs a newer Hitpoint")
    found = values.get(listed, getattr(kind, listed))
    if not isinstance(found, (list, tuple)):
        raise CheckpointError(f"the checkpoint's {listed} is not a list; it may be damaged")
    return {**values, listed: tuple(found)}


def _check_common(config: AMTConfig | RegressorConfig) -> None:
    for field in fields(config):
        value = getattr(config, field.name)
        wanted = _KINDS[str(field.type)]
        if type(value) not in wanted:
            raise CheckpointError(f"{field.name} of a model cannot be {value!r:.60}")
        if field.name in _LARGEST and not 1 <= value <= _LARGEST[field.name]:
            raise CheckpointError(f"{field.name} of a model lies between 1 and {_LARGEST[field.name]}, not {value}")
    _check_equal("video_features", config.video_features, VIDEO_FEATURES)
    if not 0.0 <= config.dropout < 1.0:
        raise CheckpointError(f"dropout lies between 0 and 1, not {config.dropout}")
    for name in config.null_modalities:
        if not isinstance(name, str) or name not in MODALITIES:
            raise CheckpointError(f"{name!r:.60} is no modality; there are {', '.join(MODALITIES)}")


def _check_equal(name: str, value: int, wanted: int) -> None:
    if value != wanted:
        raise CheckpointError(f"{name} of a model is {wanted} here, not {value}")
