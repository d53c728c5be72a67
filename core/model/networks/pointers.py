"""The next chord as a mixture: a softmax over all chords, holding the last one, and copying from the song itself.

Pointers are attention whose weights are probabilities of copying (pointer sentinel mixture, Merity et al. 2016, arXiv
1609.07843; pointer-generator, See, Liu & Manning 2017, arXiv 1704.04368). Half of them copy the chord that came right
after an earlier place, half the next *different* chord after it, which finds the harmony however long chords last.
How good a pointer's best matches are (the logarithm of the sum of its exponentiated scores, against a sink of learnt
height) helps the gate decide how far to trust it.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.rotary_attention import HIDDEN
from hitpoint.core.model.networks.song_memory import PAIR_FEATURES, SongRecord
from hitpoint.core.model.places import PLACE_FEATURES
from hitpoint.core.model.vocabulary import PAD

BEGIN = PAD + 1  # 159: the input before the first chord of a piece or of a window
INPUTS = BEGIN + 1
OUTPUTS = PAD  # 158: the chords and END

LEAST_SINK = 1e-6  # of the sink's weight, before its logarithm
_FLOOR = 1e-7  # probability added to every outcome before the logarithm


class PairBias(nn.Module):
    """From pair features to what is added to the scores of biased attention heads and of pointers."""

    def __init__(self, config: MemoryConfig) -> None:
        super().__init__()
        heads = config.n_heads * len(config.biased_layers) + 2 * config.n_pointers
        inner, features = config.pair_hidden, len(PAIR_FEATURES)
        self.inner = nn.Parameter(nn.init.normal_(torch.empty(inner, features), std=0.5)) if inner else None
        self.outer = nn.Parameter(nn.init.normal_(torch.empty(heads, inner or features), std=0.1))

    def forward(self, pairs: Tensor) -> Tensor:
        """(features, batch, ...) to (batch, heads, ...)."""
        flat = pairs.flatten(1)
        if self.inner is not None:
            flat = functional.relu(self.inner @ flat)
        return (self.outer @ flat).view(-1, *pairs.shape[1:]).transpose(0, 1)


class PlaceBias(nn.Module):
    """From what two places have in common to what is added to the same scores, beside :class:`PairBias`."""

    def __init__(self, config: MemoryConfig) -> None:
        super().__init__()
        heads = config.n_heads * len(config.biased_layers) + 2 * config.n_pointers
        inner, features = config.place_hidden, len(PLACE_FEATURES)
        self.inner = nn.Parameter(nn.init.normal_(torch.empty(inner, features), std=0.7))
        self.outer = nn.Parameter(torch.zeros(heads, inner))

    def forward(self, alike: Tensor) -> Tensor:
        """(batch, features, rows, rows) to (batch, heads, rows, rows)."""
        flat = functional.relu(self.inner @ alike.flatten(2))
        return (self.outer @ flat).view(len(alike), -1, *alike.shape[2:])


class Pointers(nn.Module):
    """The copying part of the mixture, and the gate that shares out probability.

    In every shape, pointers are 2 K: K for the next chord, then K for the next different chord. Place ``t`` itself,
    whose follower is not known, serves as the sink.
    """

    def __init__(self, config: MemoryConfig) -> None:
        super().__init__()
        heads, width = 2 * config.n_pointers, config.d_model
        self.heads, self.width = heads, config.pointer_width
        self.query = nn.Linear(width, heads * config.pointer_width, bias=False)
        self.key_here = nn.Linear(width, heads * config.pointer_width, bias=False)
        self.key_next = nn.Linear(width, heads * config.pointer_width, bias=False)
        self.sink = nn.Parameter(torch.zeros(heads))
        self.gate = nn.Linear(width, 2 + heads)
        self.trust = nn.Parameter(torch.full((heads,), 0.1))

    def forward(self, x: Tensor, tokens: Tensor, record: SongRecord, bias: Tensor) -> Tensor:
        """Probability that each outcome gets by being held or copied.

        Args:
            x: (batch, time, dim) of the decoder.
            tokens: (batch, time) inputs.
            record: of them.
            bias: (batch, pointers, time, time).

        Returns:
            (batch, time, OUTPUTS), each row at most 1 in all; what is missing is left to the softmax.
        """
        batch, time, _ = x.shape
        after = torch.cat((x[:, 1:], torch.zeros_like(x[:, :1])), 1)
        keys = self._split(self.key_here(x) + self.key_next(after))
        scores = self._split(self.query(x)) @ keys.transpose(-1, -2) * self.width**-0.5 + bias
        unfinished = record.starts[:, None, :] >= record.starts[:, :, None]
        later = torch.ones(time, time, dtype=torch.bool, device=x.device).triu(1).expand(batch, time, time)
        following = torch.cat((tokens[:, 1:], torch.full_like(tokens[:, :1], PAD)), 1)
        hidden, values = torch.stack((later, unfinished), 1), torch.stack((following, record.followers), 1)
        return self._mixed(x, tokens, scores, hidden, values, torch.eye(time, dtype=torch.bool, device=x.device))

    def read(self, x: Tensor) -> Tensor:
        """(2, batch, pointers, time, width) keys of first places, ``x`` (batch, time, dim), for :mod:`.single_step`.

        First complete ones, but for the last place, which waits for what follows it; then what each place itself gives.
        """
        here = self._split(self.key_here(x))
        keys = torch.stack((here, here))
        keys[0, :, :, :-1] += self._split(self.key_next(x[:, 1:]))
        return keys

    def _split(self, x: Tensor) -> Tensor:
        """(batch, time, pointers * width) to (batch, pointers, time, width)."""
        return x.view(*x.shape[:2], self.heads, self.width).transpose(1, 2)

    def _mixed(self, x: Tensor, tokens: Tensor, scores: Tensor, hidden: Tensor, values: Tensor, own: Tensor) -> Tensor:
        """Held and copied probability of some rows.

        Args:
            x: (batch, rows, dim).
            tokens: (batch, rows) their own.
            scores: (batch, pointers, rows, time).
            hidden: (batch, 2, rows, time) what each kind of pointer may not copy.
            values: (batch, 2, time) what each kind copies from a place.
            own: (rows, time) True where a place is the row itself.
        """
        kinds = self._by_kind(torch.where(own, self.sink[:, None, None], scores))
        weights = kinds.masked_fill((hidden & ~own)[:, :, None], HIDDEN).softmax(-1)
        gate, shares = self._gate(x, (weights * own).sum(-1).flatten(1, 2))
        mixed = (weights * self._by_kind(shares)[..., None]).sum(2).masked_fill(own, 0.0)
        claimed = torch.cat((gate[..., None], mixed.transpose(1, 2).flatten(2)), -1)
        copied = values.flatten(1)[:, None].expand(*tokens.shape, -1)
        outcomes = torch.zeros(*tokens.shape, INPUTS, dtype=x.dtype, device=x.device)
        return outcomes.scatter_add(-1, torch.cat((tokens[..., None], copied), -1), claimed)[..., :OUTPUTS]

    def _by_kind(self, x: Tensor) -> Tensor:
        """(batch, pointers, ...) to (batch, 2, pointers / 2, ...)."""
        return x.reshape(len(x), 2, self.heads // 2, *x.shape[2:])

    def _gate(self, x: Tensor, sink_weight: Tensor) -> tuple[Tensor, Tensor]:
        """Shares of holding (batch, rows) and of each pointer (batch, pointers, rows), from the sink's weight in it."""
        found = self.sink[:, None] - sink_weight.clamp(min=LEAST_SINK).log()
        scores = self.gate(x)
        copying = scores[..., 2:] + (self.trust[:, None] * found).transpose(1, 2)
        shares = torch.cat((scores[..., :2], copying), -1).softmax(-1)
        return shares[..., 1], shares[..., 2:].transpose(1, 2)


def completed(claimed: Tensor, logits: Tensor) -> Tensor:
    """Logarithm of the whole mixture: what is not ``claimed``, (..., OUTPUTS), goes by the softmax of ``logits``."""
    left = (1.0 - claimed.sum(-1, keepdim=True)).clamp(min=0.0)
    return (logits.softmax(-1) * left + claimed + _FLOOR).log()
