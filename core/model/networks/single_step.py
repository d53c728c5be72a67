"""One place after the other, as quick as reading the weights lets it be: the network as composing calls it.

A step is a few hundred operations on tiny tensors, most of whose time is not arithmetic but calling. So a decoding
collects its weights once, ready for use: transposed, those that read the same input beside each other, the scales of
dot products multiplied in, the pairs that rotary positions turn side by side, so that turning them is one complex
product. The results are those of :class:`~hitpoint.core.model.networks.memory_amt.MemoryAMT.forward` but for rounding.

A step is of the newest place of each take, or, of a single take, of its newest places. Rows, (rows, dim), are ordered
by variants of the conditions, then takes, then places; float64 on the CPU.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from hitpoint.core.model.networks.key_cache import HeardKeys
from hitpoint.core.model.networks.pointers import BEGIN, INPUTS, LEAST_SINK, OUTPUTS, PairBias, Pointers, completed
from hitpoint.core.model.networks.rotary_attention import HIDDEN, RotaryLayer, side_by_side
from hitpoint.core.model.networks.speculation import Hearing

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

    def __call__(self, x: Tensor, turns: Turns, keys: HeardKeys, length: int, bias: Tensor | None) -> Tensor:
        """The layer's output at the newest places, which are written to ``keys``.

        Args:
            x: (rows, dim); it is changed.
            turns: (places, dim) by which queries and keys are turned there.
            keys: of all layers.
            length: places heard, these included.
            bias: (heads, takes * places, length - 1) added to the scores of all places but the first.
        """
        places, dim = turns.shape
        rows = torch.mm(self.norm1(x), self.qkv)
        pairs = rows.numpy().reshape(-1, places, 3 * dim)[..., : 2 * dim].view(np.complex128)
        pairs *= turns
        mixed = self._attended(rows, keys, length, places, bias)
        x.addmm_(mixed, self.out)
        inner = torch.addmm(self.up_bias, self.norm2(x), self.up)
        x += self.down_bias
        return x.addmm_(functional.gelu(inner, approximate="tanh"), self.down)

    def _attended(self, rows: Tensor, keys: HeardKeys, length: int, places: int, bias: Tensor | None) -> Tensor:
        """(rows, dim) what the heads read, of queries, keys and values beside each other."""
        kind, (_, variants, heads, takes, _, width) = 2 * self.number, keys.own.shape
        parts = rows.view(variants, takes, places, 3, heads, width).permute(3, 0, 4, 1, 2, 5)
        keys.at(slice(kind, kind + 2), length - places, places).copy_(parts[1:])
        scores = keys.scores(kind, parts[0].reshape(-1, takes * places, width), length)
        if bias is not None:
            scores.view(variants, heads, -1, length)[..., 1:] += bias
        for place in range(places - 1):
            scores[:, place, length - places + place + 1 :] = HIDDEN
        mixed = keys.mixed(kind + 1, scores.softmax(-1))
        return mixed.view(variants, heads, -1, width).transpose(1, 2).reshape(len(rows), -1)


@dataclass(frozen=True, eq=False)
class PairBiasStep:
    """A :class:`~.pointers.PairBias` of the newest places: results of each biased layer, then of the pointers."""

    inner: Tensor | None
    outer: Tensor
    layers: tuple[int, ...]
    n_heads: int
    alike: Tensor | None = None

    @staticmethod
    def of(bias: PairBias, layers: tuple[int, ...], n_heads: int, alike: Tensor | None = None) -> PairBiasStep:
        """The one of a network; ``alike`` (heads and pointers, rows, rows) is added, whatever the chords are."""
        return PairBiasStep(bias.inner, bias.outer, layers, n_heads, alike)

    def __call__(self, pairs: Reals, places: int = 1) -> tuple[dict[int, Tensor], Tensor]:
        """Of features (features, takes * places, length): layer -> (heads, rows, length - 1), (pointers, rows, length).

        Attention at a place is biased by the likeness of the place before it, see ``MemoryAMT``.
        """
        flat = torch.from_numpy(pairs).flatten(1)
        if self.inner is not None:
            flat = torch.mm(self.inner, flat).relu_()
        biases = torch.mm(self.outer, flat).view(-1, *pairs.shape[1:])
        if self.alike is not None:
            length = pairs.shape[2]
            known = self.alike[:, None, length - places : length, :length]
            biases.view(len(biases), -1, places, length).add_(known)
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
        biases: list[Tensor] = [
            zeros if reader.bias is None else reader.bias for zeros, reader in zip(nothing, readers, strict=True)
        ]
        return MixtureStep(
            norm=Norm.of(norm),
            matrix=_transposed(torch.cat(weights)),
            biases=torch.cat(biases).detach(),
            sizes=[len(weight) for weight in weights],
            sink=pointers.sink.detach().numpy(),
            trust=pointers.trust.detach().numpy(),
        )

    def __call__(self, x: Tensor, heard: Hearing, bias: Tensor, keys: HeardKeys) -> Tensor:
        """(rows, OUTPUTS) log-probabilities.

        Args:
            x: (rows, dim).
            heard: in this step.
            bias: (pointers, takes * places, length).
            keys: of the pointers: complete ones of all places before the last, and what each place itself gave to its
                own.
        """
        rows = torch.addmm(self.biases, self.norm(x), self.matrix)
        query, here, after, gate, logits, *expert = rows.split_with_sizes(self.sizes, 1)
        weights = self._pointed(query, here, after, heard, bias, keys)
        claimed = self._claimed(weights, gate.numpy(), heard)
        log_p = completed(torch.from_numpy(claimed), logits)
        return (log_p + expert[0]).log_softmax(-1) if expert else log_p

    def _pointed(
        self, query: Tensor, here: Tensor, after: Tensor, heard: Hearing, bias: Tensor, keys: HeardKeys
    ) -> Reals:
        """(variants, pointers, takes * places, length) shares of each place; a row's own is the sink's."""
        _, variants, heads, takes, _, width = keys.own.shape
        length, places = heard.memories[-1].length, len(heard.memories)
        first = length - places

        def by_pointer(rows: Tensor) -> Tensor:
            """(rows, heads * width) as (variants, heads, takes, places, width)."""
            return rows.reshape(variants, takes, places, heads, width).permute(0, 3, 1, 2, 4)

        keys.at(slice(1, 2), first, places)[0] = by_pointer(here)
        if first:
            known = keys.at(slice(1, 2), first - 1, places)[0]
            torch.add(known, by_pointer(after), out=keys.at(slice(0, 1), first - 1, places)[0])
        asked = by_pointer(query).reshape(-1, takes * places, width)
        scores = keys.scores(0, asked, length).view(variants, heads, -1, length)
        scores += bias
        self._hide(scores.numpy(), heard)
        shares: Reals = scores.softmax(-1).numpy()
        return shares

    def _hide(self, scores: Reals, heard: Hearing) -> None:
        """Put the sink at each row's own place, and hide what comes after it and what its pointers may not copy."""
        heads, places = scores.shape[1], len(heard.memories)
        for place, memory in enumerate(heard.memories):
            last = memory.length - 1
            scores[:, :, place::places, last:] = HIDDEN
            for take, start in enumerate(memory.starts[:, last].tolist()):
                scores[:, heads // 2 :, take * places + place, start:] = HIDDEN
            scores[:, :, place::places, last] = self.sink[:, None]

    def _claimed(self, weights: Reals, gate: Reals, heard: Hearing) -> Reals:
        """(rows, OUTPUTS) probability that each outcome gets by being held or copied."""
        variants, heads, rows, length = weights.shape
        places, values = len(heard.memories), np.full((2, rows, length), BEGIN)
        sink_weight = np.empty((variants, heads, rows))
        for place, memory in enumerate(heard.memories):
            last = memory.length - 1
            values[0, place::places, :last] = memory.tokens[:, 1 : last + 1]
            values[1, place::places, :last] = memory.followers[:, :last]
            sink_weight[..., place::places] = weights[:, :, place::places, last]
        holding, shares = self._shared_out(sink_weight, gate)
        kinds = (weights * shares[..., None]).reshape(variants, 2, heads // 2, rows, length).sum(2)
        first = np.arange(0, variants * rows * INPUTS, INPUTS).reshape(variants, 1, rows, 1)
        outcomes = np.bincount((values + first).ravel(), kinds.ravel(), variants * rows * INPUTS)
        claimed = outcomes.reshape(variants, rows, INPUTS).astype(np.float64, copy=False)
        claimed[:, np.arange(rows), heard.tokens.T.ravel()] += holding
        return claimed.reshape(-1, INPUTS)[:, :OUTPUTS]

    def _shared_out(self, sink_weight: Reals, gate: Reals) -> tuple[Reals, Reals]:
        """Shares of holding (variants, rows) and of pointers (variants, pointers, rows), given the sink's weight."""
        variants, heads, rows = sink_weight.shape
        scores = gate.reshape(variants, rows, 2 + heads).transpose(0, 2, 1).copy()
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

    def __call__(self, heard: Hearing, indices: Tokens, keys: HeardKeys, pointed: HeardKeys) -> Tensor:
        """(variants, takes * places, OUTPUTS) log-probabilities of what follows the newest places.

        Args:
            heard: in this step.
            indices: (places, takes, n) their ``words``.
            keys: of the layers.
            pointed: of the pointers.
        """
        length, places = heard.memories[-1].length, len(heard.memories)
        newest = slice(length - places, length)
        stream = self.rows[:, None, newest] + self.words[indices].sum(2).transpose(1, 0, 2)
        x = torch.from_numpy(stream.reshape(-1, stream.shape[3]))
        attention, pointing = self.biases(heard.pairs, places)
        for number, layer in enumerate(self.layers):
            x = layer(x, self.turns[newest], keys, length, attention.get(number))
        return self.mixture(x, heard, pointing, pointed).view(len(self.rows), -1, OUTPUTS)


def complex_turns(turns: Tensor, heads: int) -> Turns:
    """(steps, heads * width) numbers on the unit circle, of (2, steps, width): the queries' turns, then the keys'."""
    half = turns.shape[2] // 2
    cos, sin = turns[0, :, :half].numpy(), turns[1, :, half:].numpy()
    result: Turns = np.tile(cos + 1j * sin, (1, 2 * heads)).astype(np.complex128)
    return result


def _transposed(weight: Tensor) -> Tensor:
    return weight.detach().t().contiguous()
