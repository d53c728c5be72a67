"""One place after the other, as quick as reading the weights lets it be: the network as composing calls it.

A step is a few hundred operations on tiny tensors, most of whose time is not arithmetic but calling. So a decoding
collects its weights once, ready for use: transposed, those that read the same input beside each other, the scales of
dot products multiplied in, the pairs that rotary positions turn side by side, so that turning them is one complex
product. The results are those of :class:`~hitpoint.core.model.memory_amt.MemoryAMT.forward` but for rounding.

Rows, (variants * takes, dim), are ordered by variants of the conditions, then takes; float64 on the CPU.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from hitpoint.core.model.heard_keys import HeardKeys
from hitpoint.core.model.pointers import INPUTS, LEAST_SINK, OUTPUTS, PairBias, Pointers, completed
from hitpoint.core.model.rotary_attention import HIDDEN, RotaryLayer, side_by_side
from hitpoint.core.model.song_memory import SongMemory

Tokens = NDArray[np.int64]
Reals = NDArray[np.float64]
Turns = NDArray[np.complex128]


@dataclass(frozen=True, eq=False)
class Norm:
    """A layer's :class:`~torch.nn.LayerNorm`."""

    weight: Tensor
    bias: Tensor
    epsilon: float

    @staticmethod
    def of(norm: nn.LayerNorm) -> Norm:
        """The one of a network."""
        return Norm(norm.weight, norm.bias, norm.eps)

    def __call__(self, x: Tensor) -> Tensor:
        """Rows of mean 0 and variance 1, scaled and moved."""
        return torch.layer_norm(x, self.weight.shape, self.weight, self.bias, self.epsilon)


@dataclass(frozen=True, eq=False)
class LayerStep:
    """A :class:`~.rotary_attention.RotaryLayer`, one place at a time; matrices are (input, output)."""

    number: int
    n_heads: int
    norm1: Norm
    norm2: Norm
    qkv: Tensor
    out: Tensor
    up: Tensor
    up_bias: Tensor
    down: Tensor
    down_bias: Tensor

    @staticmethod
    def of(number: int, layer: RotaryLayer) -> LayerStep:
        """The ``number``-th layer of a network."""
        heads, dim = layer.n_heads, layer.out.in_features
        parts = layer.qkv.weight.detach().view(3, heads, dim // heads, dim).transpose(2, 3)
        query, key = side_by_side(parts[:2]).unbind()
        qkv = torch.stack((query * (dim // heads) ** -0.5, key, parts[2]))
        return LayerStep(
            number=number,
            n_heads=heads,
            norm1=Norm.of(layer.norm1),
            norm2=Norm.of(layer.norm2),
            qkv=qkv.permute(2, 0, 1, 3).reshape(dim, 3 * dim),
            out=_transposed(layer.out.weight),
            up=_transposed(layer.up.weight),
            up_bias=layer.up.bias,
            down=_transposed(layer.down.weight),
            down_bias=layer.down.bias,
        )

    def __call__(self, x: Tensor, turn: Turns, keys: HeardKeys, length: int, bias: Tensor | None) -> Tensor:
        """The layer's output at place ``length - 1``, which is written to ``keys``.

        Args:
            x: (variants * takes, dim); it is changed.
            turn: (dim,) by which queries and keys are turned there.
            keys: of all layers.
            length: places heard, this one included.
            bias: (heads, takes, length - 1) added to the scores of all places but the first.
        """
        rows = torch.mm(self.norm1(x), self.qkv)
        pairs = rows.numpy()[:, : 2 * x.shape[1]].view(np.complex128)
        pairs *= turn
        mixed = self._attended(rows, keys, length, bias)
        x.addmm_(mixed, self.out)
        inner = torch.addmm(self.up_bias, self.norm2(x), self.up)
        x += self.down_bias
        return x.addmm_(functional.gelu(inner, approximate="tanh"), self.down)

    def _attended(self, rows: Tensor, keys: HeardKeys, length: int, bias: Tensor | None) -> Tensor:
        """(variants * takes, dim) what the heads read, of queries, keys and values beside each other."""
        kind, (_, variants, heads, takes, _, width) = 2 * self.number, keys.own.shape
        parts = rows.view(variants, takes, 3, heads, width).permute(2, 0, 3, 1, 4)
        keys.at(slice(kind, kind + 2), length - 1).copy_(parts[1:])
        scores = keys.scores(kind, parts[0].reshape(-1, takes, width), length)
        if bias is not None:
            scores.view(variants, heads, takes, length)[..., 1:] += bias
        mixed = keys.mixed(kind + 1, scores.softmax(-1))
        return mixed.view(variants, heads, takes, width).transpose(1, 2).reshape(len(rows), -1)


@dataclass(frozen=True, eq=False)
class PairBiasStep:
    """A :class:`~.pointers.PairBias`, of the newest place; its results are those of each biased layer, then pointers."""

    inner: Tensor | None
    outer: Tensor
    layers: tuple[int, ...]
    n_heads: int

    @staticmethod
    def of(bias: PairBias, layers: tuple[int, ...], n_heads: int) -> PairBiasStep:
        """The one of a network."""
        return PairBiasStep(bias.inner, bias.outer, layers, n_heads)

    def __call__(self, pairs: Reals) -> tuple[dict[int, Tensor], Tensor]:
        """Of pair features (features, takes, length): layer -> (heads, takes, length - 1), and (pointers, takes, length).

        Attention at a place is biased by the likeness of the place before it, see ``MemoryAMT``.
        """
        flat = torch.from_numpy(pairs).flatten(1)
        if self.inner is not None:
            flat = torch.mm(self.inner, flat).relu_()
        biases = torch.mm(self.outer, flat).view(-1, *pairs.shape[1:])
        drawn, heads = {}, self.n_heads
        for number, layer in enumerate(self.layers):
            drawn[layer] = biases[heads * number : heads * (number + 1), :, :-1]
        return drawn, biases[heads * len(self.layers) :]


@dataclass(frozen=True, eq=False)
class MixtureStep:
    """The last norm, :class:`~.pointers.Pointers`, the softmax part and the expert: from the stream to what may follow.

    ``matrix`` makes of each row, in this order: the pointers' queries, their keys of the place and of the place after
    it, the gate's scores, the softmax's logits, and the expert's, if there is one.
    """

    norm: Norm
    matrix: Tensor
    biases: Tensor
    sizes: list[int]
    sink: Reals
    trust: Reals

    @staticmethod
    def of(norm: nn.LayerNorm, pointers: Pointers, head: nn.Linear, expert: nn.Linear | None) -> MixtureStep:
        """The one of a network."""
        readers = [pointers.query, pointers.key_here, pointers.key_next, pointers.gate, head]
        readers += [] if expert is None else [expert]
        weights: list[Tensor] = [reader.weight.detach() for reader in readers]
        weights[0] = weights[0] * pointers.width**-0.5
        nothing = [weight.new_zeros(len(weight)) for weight in weights]
        biases = [zeros if reader.bias is None else reader.bias for zeros, reader in zip(nothing, readers, strict=True)]
        return MixtureStep(
            norm=Norm.of(norm),
            matrix=_transposed(torch.cat(weights)),
            biases=torch.cat(biases).detach(),
            sizes=[len(weight) for weight in weights],
            sink=pointers.sink.detach().numpy(),
            trust=pointers.trust.detach().numpy(),
        )

    def __call__(self, x: Tensor, tokens: Tokens, memory: SongMemory, bias: Tensor, keys: HeardKeys) -> Tensor:
        """(variants * takes, OUTPUTS) log-probabilities.

        Args:
            x: (variants * takes, dim).
            tokens: (takes,) heard last.
            memory: of the takes.
            bias: (pointers, takes, length).
            keys: of the pointers.
        """
        rows = torch.addmm(self.biases, self.norm(x), self.matrix)
        query, here, after, gate, logits, *expert = rows.split_with_sizes(self.sizes, 1)
        weights = self._pointed(query, here, after, memory, bias, keys)
        claimed = self._claimed(weights, gate.numpy(), tokens, memory)
        log_p = completed(torch.from_numpy(claimed), logits)
        return (log_p + expert[0]).log_softmax(-1) if expert else log_p

    def _pointed(
        self, query: Tensor, here: Tensor, after: Tensor, memory: SongMemory, bias: Tensor, keys: HeardKeys
    ) -> Reals:
        """(variants, pointers, takes, length) shares of each place; the last is the sink's."""
        length, (_, variants, heads, takes, _, width) = memory.length, keys.own.shape

        def by_pointer(rows: Tensor) -> Tensor:
            return rows.view(variants, takes, heads, width).transpose(1, 2)

        if length > 1:
            keys.at(slice(0, 1), length - 2)[0] += by_pointer(after)
        keys.at(slice(0, 1), length - 1)[0] = by_pointer(here)
        asked = by_pointer(query.contiguous()).reshape(-1, takes, width)
        scores = keys.scores(0, asked, length).view(variants, heads, takes, length)
        scores += bias
        known = scores.numpy()
        for take, start in enumerate(memory.starts[:, length - 1]):
            known[:, heads // 2 :, take, start:] = HIDDEN
        known[..., -1] = self.sink[:, None]
        shares: Reals = scores.softmax(-1).numpy()
        return shares

    def _claimed(self, weights: Reals, gate: Reals, tokens: Tokens, memory: SongMemory) -> Reals:
        """(variants * takes, OUTPUTS) probability that each outcome gets by being held or copied."""
        variants, heads, takes, length = weights.shape
        holding, shares = self._shared_out(weights[..., -1], gate)
        kinds = (weights[..., :-1] * shares[..., None]).reshape(variants, 2, heads // 2, takes, length - 1).sum(2)
        values = np.stack((memory.tokens[:, 1:length], memory.followers[:, : length - 1]))
        first = np.arange(0, variants * takes * INPUTS, INPUTS).reshape(variants, 1, takes, 1)
        outcomes = np.bincount((values + first).ravel(), kinds.ravel(), variants * takes * INPUTS)
        claimed = outcomes.reshape(variants, takes, INPUTS).astype(np.float64, copy=False)
        claimed[:, np.arange(takes), tokens] += holding
        return claimed.reshape(-1, INPUTS)[:, :OUTPUTS]

    def _shared_out(self, sink_weight: Reals, gate: Reals) -> tuple[Reals, Reals]:
        """Shares of holding (variants, takes) and of each pointer (variants, pointers, takes), given the sink's weight."""
        variants, heads, takes = sink_weight.shape
        scores = gate.reshape(variants, takes, 2 + heads).transpose(0, 2, 1).copy()
        found = self.sink[:, None] - np.log(np.maximum(sink_weight, LEAST_SINK))
        scores[:, 2:] += self.trust[:, None] * found
        shares = np.exp(scores - scores.max(1, keepdims=True))
        shares /= shares.sum(1, keepdims=True)
        return shares[:, 1], shares[:, 2:]


@dataclass(frozen=True, eq=False)
class NetworkStep:
    """All of a network's decoder: what a decoding needs of it.

    Attributes:
        words: (words, dim) of which a chord's input is the sum.
        rows: (variants, rows, dim) added to it at each place.
        turns: (steps, dim) by which queries and keys are turned at each place.
    """

    words: Reals
    rows: Reals
    turns: Turns
    biases: PairBiasStep
    layers: Sequence[LayerStep]
    mixture: MixtureStep

    def __call__(
        self, indices: Tokens, pairs: Reals, tokens: Tokens, memory: SongMemory, keys: HeardKeys, pointed: HeardKeys
    ) -> Tensor:
        """(variants * takes, OUTPUTS) log-probabilities of what follows the place heard last.

        Args:
            indices: (takes, n) the ``words`` of it.
            pairs: (features, takes, length) its likeness to each place.
            tokens: (takes,) heard there.
            memory: that heard them.
            keys: of the layers.
            pointed: of the pointers.
        """
        place = memory.length - 1
        heard = self.rows[:, place, None] + self.words[indices].sum(1)
        x = torch.from_numpy(heard.reshape(-1, heard.shape[2]))
        attention, pointing = self.biases(pairs)
        for number, layer in enumerate(self.layers):
            x = layer(x, self.turns[place], keys, memory.length, attention.get(number))
        return self.mixture(x, tokens, memory, pointing, pointed)


def complex_turns(turns: Tensor, heads: int) -> Turns:
    """(steps, heads * width) numbers on the unit circle, of (2, steps, width): the queries' turns, then the keys'."""
    half = turns.shape[2] // 2
    cos, sin = turns[0, :, :half].numpy(), turns[1, :, half:].numpy()
    result: Turns = np.tile(cos + 1j * sin, (1, 2 * heads)).astype(np.complex128)
    return result


def _transposed(weight: Tensor) -> Tensor:
    return weight.detach().t().contiguous()
