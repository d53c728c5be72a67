"""Weights to begin with, from which a chord model need not first find out that songs repeat themselves.

What a song did before says nearly everything about what it does next. A Transformer learns to look it up ("induction
heads", Olsson et al. 2022, arXiv 2209.11895) only after seeing far more than the 150,000 chords there are. So the first
two decoder layers begin with that circuit drawn in, in the ordinary weights, free to be changed by training:

* layer 1, heads 0..3: fetch a code of the chord 0, 1, 2 and 3 steps back, each into its own quarter of the stream;
* layer 2, heads 0..2: find the earlier steps before which came the last one, two or three chords, and fetch the code of
  the chord there: what came next, then.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from hitpoint.core.model.networks.amt import AMT, DecoderLayer
from hitpoint.core.model.networks.relative_attention import RelativeSelfAttention

_LOOKS_BACK = 4  # heads of the first layer that fetch a chord, from 0 steps back
_SHARPNESS = 7.0  # logit by which a head prefers its distance, against some hundred others
_GAIN = 2.0  # of what is fetched, beside what was in the stream
_MATCH = 1.3  # of queries and keys of the second layer


@torch.no_grad()
def draw_in_repetition(model: AMT) -> None:
    """Change a new model's weights as the module says; a model of one layer or fewer than four heads stays as it is.

    Random directions come from torch's generator.
    """
    config = model.config
    if config.n_layers < 2 or config.n_heads < _LOOKS_BACK:
        return
    first, second = (_self_attention(model.decoder[index]) for index in (0, 1))
    width = config.d_model // config.n_heads
    basis = torch.linalg.qr(torch.randn(config.d_model, config.d_model))[0]
    quarters = [basis[:, head * width : (head + 1) * width] for head in range(_LOOKS_BACK)]
    model.chord_projection.weight.mul_(2.0)  # the chord is louder than its position
    _fetch_by_distance(first, quarters)
    _fetch_by_match(second, quarters)


def _self_attention(layer: nn.Module) -> RelativeSelfAttention:
    assert isinstance(layer, DecoderLayer)
    return layer.self_attention


def _fetch_by_distance(attention: RelativeSelfAttention, quarters: list[Tensor]) -> None:
    """Head h looks h steps back and writes a code of that chord into quarter h of the stream."""
    dim, width = quarters[0].shape
    code = torch.linalg.qr(torch.randn(dim, width))[0].T
    directions = torch.linalg.qr(torch.randn(width, width))[0]
    query, _, value = attention.query_key_value.weight.view(3, -1, width, dim).unbind()
    query_bias = attention.query_key_value.bias.view(3, -1, width)[0]
    size = (_SHARPNESS * width**0.5) ** 0.5
    for head, quarter in enumerate(quarters):
        query[head] *= 0.1
        query_bias[head] = size * directions[head]
        attention.distances[-1 - head] = size * directions[head]
        value[head] = code
        attention.output.weight[:, head * width : (head + 1) * width] = _GAIN * quarter


def _fetch_by_match(attention: RelativeSelfAttention, quarters: list[Tensor]) -> None:
    """Head h compares the last h + 1 chords with those before each step, and fetches the chord of the step."""
    dim, width = quarters[0].shape
    query, key, value = attention.query_key_value.weight.view(3, -1, width, dim).unbind()
    for head in range(_LOOKS_BACK - 1):
        share = width // (head + 1)  # numbers for each chord compared
        mixing = torch.linalg.qr(torch.randn(width, width))[0][:share] * (width / share) ** 0.25
        for back in range(head + 1):
            rows = slice(back * share, (back + 1) * share)
            query[head, rows] = _MATCH * mixing @ quarters[back].T
            key[head, rows] = _MATCH * mixing @ quarters[back + 1].T
        value[head] = quarters[0].T
        attention.output.weight[:, head * width : (head + 1) * width] *= _GAIN
