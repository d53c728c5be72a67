"""The Affective Multimodal Transformer of Video2Music (Kang, Poria, Herremans 2023, arXiv 2311.00968).

An encoder reads the video, a row a second; a decoder writes chords, one a second, looking at its own past by relative
attention and at the whole video by cross-attention. Post-norm, ReLU, sinusoidal positions on both sides.

Training, teacher forcing::

    model = AMT(AMTConfig(n_layers=2, n_heads=4, d_model=128, dim_feedforward=512, has_start=True, masks_padding=True))
    model.scaling.feature_mean.copy_(mean)            # (776,), once, before training; feature_scale likewise
    logits = model(video, inputs, is_minor, lengths)  # (batch, time, 159): row t is about the token after inputs[t]
    loss = cross_entropy(logits.flatten(0, 1), targets.flatten(), ignore_index=PAD)

``inputs[t]`` is the token before ``targets[t]``: with ``has_start`` the inputs are END and then the chords (row t is
about second t), without it, as in the paper, chords ``0 .. n-2`` and targets ``1 .. n-1`` (row t is about second t+1).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from hitpoint.core.model.conditions import Conditions
from hitpoint.core.model.config import AMTConfig
from hitpoint.core.model.networks.cross_attention import CrossAttention
from hitpoint.core.model.networks.feature_scaling import FeatureScaling
from hitpoint.core.model.networks.relative_attention import RelativeSelfAttention
from hitpoint.core.model.vocabulary import QUALITY_IDS, ROOT_IDS


@dataclass(frozen=True, eq=False)
class EncodedVideo:
    """The video as encoded: keys and values of each decoder layer, (1, heads, seconds, width), and the mode."""

    layers: tuple[tuple[Tensor, Tensor], ...]
    is_minor: bool


@dataclass(eq=False)
class DecodingState:
    """The state of a batch of takes: the video, the past's keys and values of each layer, and the next position.

    It lives in one decoding and is changed by each step.
    """

    memory: EncodedVideo
    past: tuple[tuple[Tensor, Tensor], ...]
    position: int = 0


class DecoderLayer(nn.Module):
    """Relative self-attention, cross-attention, feed-forward; after each the sum is normalised."""

    def __init__(self, config: AMTConfig) -> None:
        super().__init__()
        self.self_attention = RelativeSelfAttention(config)
        self.self_norm = nn.LayerNorm(config.d_model)
        self.cross_attention = CrossAttention(config)
        self.cross_norm = nn.LayerNorm(config.d_model)
        self.widen = nn.Linear(config.d_model, config.dim_feedforward)
        self.narrow = nn.Linear(config.dim_feedforward, config.d_model)
        self.forward_norm = nn.LayerNorm(config.d_model)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, x: Tensor, memory: Tensor, seen: Tensor | None) -> Tensor:
        """(batch, time, dim) to the same; ``memory`` is (batch, seconds, dim)."""
        x = self.self_norm(x + self.dropout(self.self_attention(x)))
        keys, values = self.cross_attention.keys_and_values(memory)
        return self._after_self_attention(x, keys, values, seen)

    def step(self, x: Tensor, past: tuple[Tensor, Tensor], memory: tuple[Tensor, Tensor], position: int) -> Tensor:
        """One position of :meth:`forward`: ``x`` is (batch, 1, dim), ``past`` and ``memory`` are keys and values."""
        x = self.self_norm(x + self.self_attention.step(x, *past, position))
        return self._after_self_attention(x, *memory, None)

    def _after_self_attention(self, x: Tensor, keys: Tensor, values: Tensor, seen: Tensor | None) -> Tensor:
        x = self.cross_norm(x + self.dropout(self.cross_attention(x, keys, values, seen)))
        inner = self.dropout(functional.relu(self.widen(x)))
        result: Tensor = self.forward_norm(x + self.dropout(self.narrow(inner)))
        return result


class AMT(nn.Module):
    """Video and the chords so far to the next chord.

    :meth:`forward` trains and measures; :meth:`encode`, :meth:`start` and :meth:`step` compose, and make this a
    :class:`~hitpoint.core.model.generate.ChordModel`. They want a model in ``eval()``, on the CPU or elsewhere; in
    float64 (``model.double()``) the chords of a seed are the same on every machine.
    """

    positions: Tensor
    root_of_token: Tensor
    quality_of_token: Tensor

    def __init__(self, config: AMTConfig) -> None:
        super().__init__()
        self.config = config
        self.scaling = FeatureScaling(config)
        self.video_projection = nn.Linear(config.video_features, config.d_model)
        self.encoder = _encoder(config)
        self.root_embedding = nn.Embedding(config.roots, config.d_model)
        self.quality_embedding = nn.Embedding(config.qualities, config.d_model)
        self.chord_projection = nn.Linear(config.d_model + 1, config.d_model)
        self.decoder = nn.ModuleList(DecoderLayer(config) for _ in range(config.n_layers))
        self.decoder_norm = nn.LayerNorm(config.d_model)
        self.output = nn.Linear(config.d_model, config.vocabulary)
        self.dropout = nn.Dropout(config.dropout)
        self.register_buffer("positions", sinusoids(config.max_steps, config.d_model), persistent=False)
        self.register_buffer("root_of_token", torch.tensor(ROOT_IDS), persistent=False)
        self.register_buffer("quality_of_token", torch.tensor(QUALITY_IDS), persistent=False)

    @property
    def max_steps(self) -> int:
        """Longest video and longest sequence of chords, in seconds."""
        return self.config.max_steps

    @property
    def has_start(self) -> bool:
        """Whether it can write the first chord; else it can only go on from one."""
        return self.config.has_start

    def forward(self, video: Tensor, tokens: Tensor, is_minor: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Logits of the token after each of ``tokens``.

        Args:
            video: (batch, seconds, 776) raw features, seconds at most ``max_steps``; NaN where one is unknown.
            tokens: (batch, time) int64, time at most ``max_steps``; padding at the end is harmless.
            is_minor: (batch,) 0 or 1, or bool.
            lengths: (batch,) seconds of each video that are no padding; used if ``config.masks_padding``.

        Returns:
            (batch, time, 159).
        """
        memory = self.encode_video(video, lengths)
        seen = None if not self._masks(lengths) else ~self._padding(memory, lengths)[:, None, None]
        roots, qualities = self.root_of_token[tokens], self.quality_of_token[tokens]
        return self.decode_chords(memory, roots, qualities, is_minor, seen)

    def encode_video(self, video: Tensor, lengths: Tensor | None = None) -> Tensor:
        """(batch, seconds, 776) to (batch, seconds, dim); without ``masks_padding`` seconds grow to ``max_steps``."""
        scaled = self.scaling(video)
        if not self.config.masks_padding:
            scaled = functional.pad(scaled, (0, 0, 0, self.max_steps - scaled.shape[1]))
        x = self.dropout(self.video_projection(scaled) + self.positions[: scaled.shape[1]])
        padding = self._padding(x, lengths) if self._masks(lengths) else None
        result: Tensor = self.encoder(x, src_key_padding_mask=padding)
        return result

    def decode_chords(
        self, memory: Tensor, roots: Tensor, qualities: Tensor, is_minor: Tensor, seen: Tensor | None = None
    ) -> Tensor:
        """Logits (batch, time, 159) after each chord, given as root and quality ids (batch, time).

        Args:
            memory: (batch, seconds, dim), from :meth:`encode_video`.
            roots: ids of :data:`~hitpoint.core.model.vocabulary.ROOT_IDS`.
            qualities: ids of :data:`~hitpoint.core.model.vocabulary.QUALITY_IDS`.
            is_minor: (batch,).
            seen: (batch, 1, 1, seconds), False where a second is padding.
        """
        x = self.dropout(self._embed(roots, qualities, is_minor) + self.positions[: roots.shape[1]])
        for layer in self.decoder:
            x = layer(x, memory, seen)
        result: Tensor = self.output(self.decoder_norm(x))
        return result

    @torch.inference_mode()
    def encode(
        self, video: NDArray[np.float32], *, is_minor: bool, conditions: Conditions | None = None
    ) -> EncodedVideo:
        """Read a video once for any number of steps: (seconds, 776), seconds at most ``max_steps``.

        ``conditions`` are for models that know locks and wishes; this one looks at the video alone.
        """
        rows = torch.as_tensor(video, dtype=self.positions.dtype, device=self.positions.device)
        memory = self.encode_video(rows[None])
        layers = tuple(_layer(layer).cross_attention.keys_and_values(memory) for layer in self.decoder)
        return EncodedVideo(layers, is_minor)

    @torch.inference_mode()
    def start(self, memory: EncodedVideo, batch: int = 1) -> DecodingState:
        """Stand before the first chord, with ``batch`` takes side by side."""
        width = self.config.d_model // self.config.n_heads
        empty = self.positions.new_zeros(2, self.config.n_layers, batch, self.config.n_heads, self.max_steps, width)
        return DecodingState(memory, tuple((empty[0, n], empty[1, n]) for n in range(self.config.n_layers)))

    @torch.inference_mode()
    def step(self, state: DecodingState, tokens: NDArray[np.int64]) -> tuple[NDArray[np.float64], DecodingState]:
        """Take in one token a take, (batch,), and say what may follow.

        Returns:
            Logits (batch, 159), and the state after it: the same object, which has moved on.
        """
        if state.position >= self.max_steps:
            raise ValueError(f"this model has no position {state.position}; it ends at {self.max_steps}")
        given = torch.as_tensor(tokens, device=self.positions.device)[:, None]
        mode = self.positions.new_full((len(given),), float(state.memory.is_minor))
        x = self._embed(self.root_of_token[given], self.quality_of_token[given], mode) + self.positions[state.position]
        for layer, past, memory in zip(self.decoder, state.past, state.memory.layers, strict=True):
            x = _layer(layer).step(x, past, memory, state.position)
        state.position += 1
        logits = self.output(self.decoder_norm(x))[:, 0]
        return logits.to("cpu", torch.float64).numpy(), state

    def _embed(self, roots: Tensor, qualities: Tensor, is_minor: Tensor) -> Tensor:
        """(batch, time) ids and (batch,) modes to (batch, time, dim)."""
        chords = self.root_embedding(roots) + self.quality_embedding(qualities)
        modes = is_minor.to(chords.dtype)[:, None, None].expand(-1, roots.shape[1], 1)
        result: Tensor = self.chord_projection(torch.cat((chords, modes), dim=-1))
        return result

    def _masks(self, lengths: Tensor | None) -> bool:
        return self.config.masks_padding and lengths is not None

    def _padding(self, x: Tensor, lengths: Tensor | None) -> Tensor:
        """(batch, seconds), True where a second lies after the end of its video."""
        assert lengths is not None
        return torch.arange(x.shape[1], device=x.device) >= lengths.to(x.device)[:, None]


def sinusoids(steps: int, width: int) -> Tensor:
    """(steps, width) positions of "Attention is all you need": sines in even columns, cosines in odd ones."""
    angles = torch.arange(steps)[:, None] * torch.exp(torch.arange(0, width, 2) * (-math.log(10000.0) / width))
    return torch.stack((angles.sin(), angles.cos()), dim=-1).flatten(1)


def _encoder(config: AMTConfig) -> nn.TransformerEncoder:
    layer = nn.TransformerEncoderLayer(
        config.d_model, config.n_heads, config.dim_feedforward, config.dropout, batch_first=True
    )
    norm = nn.LayerNorm(config.d_model)
    return nn.TransformerEncoder(layer, config.n_layers, norm=norm, enable_nested_tensor=False)


def _layer(module: nn.Module) -> DecoderLayer:
    assert isinstance(module, DecoderLayer)
    return module
