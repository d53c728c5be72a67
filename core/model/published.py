"""The authors' published state dictionaries: their keys, and ours.

The files are ``best_loss_weights.pickle`` (AMT) and ``best_rmse_weights.pickle`` (regressor) of
github.com/AMAAI-Lab/Video2Music. They tell no sizes, so these are read from the shapes. Only
:mod:`hitpoint.core.model.checkpoint` calls this.
"""

from __future__ import annotations

import torch
from torch import Tensor

from hitpoint.core.errors import CheckpointError
from hitpoint.core.model.config import AMTConfig, RegressorConfig

# Published prefix -> ours. Longest match first.
_AMT_TABLE = (
    ("transformer.encoder.", "encoder."),
    ("transformer.decoder.norm.", "decoder_norm."),
    ("transformer.decoder.layers.", "decoder."),
    ("embedding_root.", "root_embedding."),
    ("embedding_attr.", "quality_embedding."),
    ("Linear_vis.", "video_projection."),
    ("Linear_chord.", "chord_projection."),
    ("Wout.", "output."),
)
# Within a decoder layer.
_LAYER_TABLE = (
    (".self_attn.in_proj_", ".self_attention.query_key_value."),
    (".self_attn.Er", ".self_attention.distances"),
    (".self_attn.out_proj.", ".self_attention.output."),
    (".multihead_attn.in_proj_", ".cross_attention."),  # and cut in two, see _cut_in_projection
    (".multihead_attn.out_proj.", ".cross_attention.output."),
    (".linear1.", ".widen."),
    (".linear2.", ".narrow."),
    (".norm1.", ".self_norm."),
    (".norm2.", ".cross_norm."),
    (".norm3.", ".forward_norm."),
)
# In the files, but not used by the authors' forward pass.
_AMT_UNUSED = ("embedding.", "condition_linear.", "positional_encoding.", "positional_encoding_video.", "Wout_root.",
               "Wout_attr.")  # fmt: skip
_REGRESSOR_TABLE = (("bigru.", "gru."), ("bifc.", "output."))
_REGRESSOR_UNUSED = ("bilstm.", "lstm.", "gru.", "fc.")


def published_amt(state: dict[str, Tensor], name: str) -> tuple[AMTConfig, dict[str, Tensor]]:
    """Configuration and our state dictionary of a published AMT; ``name`` is the file's, for messages.

    Raises:
        CheckpointError: if the state is of another model.
    """
    what = f"{name}: not a published AMT"
    max_steps, width = _shape(state, "transformer.decoder.layers.0.self_attn.Er", 2, what)
    _, d_model = _shape(state, "Wout.weight", 2, what)
    dim_feedforward, _ = _shape(state, "transformer.encoder.layers.0.linear1.weight", 2, what)
    config = AMTConfig(
        n_layers=_count(state, "transformer.decoder.layers.{}.self_attn.Er"),
        n_heads=d_model // max(width, 1),
        d_model=d_model,
        dim_feedforward=dim_feedforward,
        max_steps=max_steps,
    )
    tensors = _scaling(config)
    for key, value in state.items():
        if not key.startswith(_AMT_UNUSED):
            tensors |= _cut_in_projection(_amt_key(key, what), value)
    return config, tensors


def published_regressor(state: dict[str, Tensor], name: str) -> tuple[RegressorConfig, dict[str, Tensor]]:
    """Configuration and our state dictionary of a published regressor of kind ``bigru``; ``name`` is the file's.

    Raises:
        CheckpointError: if the state is of another model.
    """
    what = f"{name}: not a published regressor"
    _, hidden = _shape(state, "bigru.weight_hh_l0", 2, what)
    config = RegressorConfig(n_layers=_count(state, "bigru.weight_hh_l{}"), hidden=hidden)
    tensors = _scaling(config) | {"target_mean": torch.zeros(2), "target_scale": torch.ones(2)}
    for key, value in state.items():
        if not key.startswith(_REGRESSOR_UNUSED):
            tensors[_renamed(key, _REGRESSOR_TABLE, what)] = value.float()
    return config, tensors


def _shape(state: dict[str, Tensor], key: str, dimensions: int, what: str) -> tuple[int, ...]:
    if key not in state or state[key].dim() != dimensions:
        raise CheckpointError(f"{what} ({key} is missing or misshapen)")
    return tuple(state[key].shape)


def _count(state: dict[str, Tensor], pattern: str) -> int:
    """The number of layers, without a gap."""
    layer = 0
    while pattern.format(layer) in state:
        layer += 1
    return layer


def _scaling(config: AMTConfig | RegressorConfig) -> dict[str, Tensor]:
    """The published models take features as they are."""
    size = config.video_features
    return {"scaling.feature_mean": torch.zeros(size), "scaling.feature_scale": torch.ones(size)}


def _amt_key(key: str, what: str) -> str:
    ours = _renamed(key, _AMT_TABLE, what)
    if not ours.startswith("decoder."):
        return ours
    for theirs, replacement in _LAYER_TABLE:
        if theirs in ours:
            return ours.replace(theirs, replacement, 1)
    raise CheckpointError(f"{what} ({key!r:.80} is no part of one)")


def _renamed(key: str, table: tuple[tuple[str, str], ...], what: str) -> str:
    for theirs, ours in table:
        if key.startswith(theirs):
            return ours + key.removeprefix(theirs)
    raise CheckpointError(f"{what} ({key!r:.80} is no part of one)")


def _cut_in_projection(key: str, value: Tensor) -> dict[str, Tensor]:
    """Cross-attention's one projection of query, key and value as our two; any other tensor as it is, in float32."""
    for kind in ("weight", "bias"):
        prefix = key.removesuffix(f".{kind}")
        if prefix != key and prefix.endswith(".cross_attention"):
            query, keys_and_values = value.float().tensor_split([len(value) // 3])
            return {f"{prefix}.query.{kind}": query, f"{prefix}.key_value.{kind}": keys_and_values}
    return {key: value.float()}
