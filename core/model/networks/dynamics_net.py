"""The regressor: what note density and loudness a picture wants, second by second.

A few small networks answer together: some compare each second with those 1, 4, 16 and 64 before and after it, some are
bidirectional GRUs as the paper's. Each says by how much the curves differ from what any song has at that distance from
its start and its end. CLIP's embeddings are looked at through their first principal components, and as the video's
mean; without them the same weights serve.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from hitpoint.core.model.config import MODALITIES
from hitpoint.core.model.dynamics_config import DynamicsConfig
from hitpoint.core.model.dynamics_rows import COLUMNS, dynamics_rows, held, semantic_rows
from hitpoint.core.model.networks.bigru import BiGRU

_FURTHEST = 4.0  # deviations from the mean that a column may have
_MEAN_SCALE = 2.0  # of a video's mean embedding, which varies less than its seconds


class DynamicsNet(nn.Module):
    """Rows of video -> (note density, loudness).

    Buffers, set before training: ``seen_mean`` and ``seen_scale`` (36,) of
    :func:`~hitpoint.core.model.dynamics_rows.dynamics_rows`; ``clip_mean`` (768,) and ``clip_basis`` (768, components),
    which makes components of deviation 1; ``fade_in`` and ``fade_out`` (fade, 2) and ``level`` (2,), the curves that
    any song has; ``target_scale`` (2,), deviations of density and loudness.
    """

    seen_mean: Tensor
    seen_scale: Tensor
    clip_mean: Tensor
    clip_basis: Tensor
    fade_in: Tensor
    fade_out: Tensor
    level: Tensor
    target_scale: Tensor

    def __init__(self, config: DynamicsConfig) -> None:
        super().__init__()
        self.config = config
        width = COLUMNS + 2 * config.components + 1
        self.convolutions = nn.ModuleList(ShiftNet(width, config) for _ in range(config.convolutions))
        self.recurrents = nn.ModuleList(RecurrentNet(width, config) for _ in range(config.recurrents))
        clip = MODALITIES["semantic"].stop
        for name, value in (
            ("seen_mean", torch.zeros(COLUMNS)),
            ("seen_scale", torch.ones(COLUMNS)),
            ("clip_mean", torch.zeros(clip)),
            ("clip_basis", torch.zeros(clip, config.components)),
            ("fade_in", torch.zeros(config.fade, 2)),
            ("fade_out", torch.zeros(config.fade, 2)),
            ("level", torch.zeros(2)),
            ("target_scale", torch.ones(2)),
        ):
            self.register_buffer(name, value)

    def rows(self, video: Tensor, margin: int = 0) -> Tensor:
        """What the networks see of one whole video (T, 776), in deviations, float64.

        Args:
            video: raw features; NaN where one is unknown.
            margin: rows that the first and the last one are held for, before and after.

        Returns:
            (T + 2 * margin, 36 + 2 * components + 1); the last column tells whether embeddings are known.
        """
        told = video.to("cpu", torch.float64).numpy()
        mean, scale = self.seen_mean.double().cpu(), self.seen_scale.double().cpu()
        seen = (
            ((torch.from_numpy(dynamics_rows(told, margin)) - mean) / scale)
            .clamp(-_FURTHEST, _FURTHEST)
            .nan_to_num(0.0)
        )
        rows = semantic_rows(told)
        if rows is None:
            return torch.cat((seen, seen.new_zeros(len(seen), 2 * self.config.components + 1)), dim=1)
        parts = (torch.from_numpy(rows) - self.clip_mean.double().cpu()) @ self.clip_basis.double().cpu()
        mean_part = _MEAN_SCALE * parts.mean(dim=0)
        parts = torch.from_numpy(held(parts.numpy(), margin))
        means = mean_part.expand_as(parts)
        return torch.cat((seen, parts, means, seen.new_ones(len(seen), 1)), dim=1)

    def usual(self, seconds: int) -> Tensor:
        """(seconds, 2) the curves that any song of this length has."""
        curve = self.level.expand(seconds, 2).clone()
        fade = min(self.config.fade, seconds // 2)
        curve[:fade] = self.fade_in[:fade]
        curve[seconds - fade :] = self.fade_out[self.config.fade - fade :]
        return curve

    def answers(self, rows: Tensor, inside: Tensor) -> Tensor:
        """What each network answers, (networks, batch, time, 2), in deviations from the usual.

        Args:
            rows: (batch, time, columns).
            inside: (batch, time, 1), 1 where there is video and 0 in padding.
        """
        return torch.stack([net(rows, inside) for net in (*self.convolutions, *self.recurrents)])

    def forward(self, video: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Dynamics of a batch of whole videos.

        Args:
            video: (batch, time, 776), raw features; NaN where one is unknown.
            lengths: (batch,) whole seconds of each video, if the rest of it is padding; None if all rows count.

        Returns:
            (batch, time, 2): note density and loudness; meaningless in padding.
        """
        counts = [video.shape[1]] * len(video) if lengths is None else lengths.tolist()
        level = self.level
        rows = level.new_zeros(len(video), video.shape[1], COLUMNS + 2 * self.config.components + 1)
        usual, inside = level.new_zeros(*video.shape[:2], 2), level.new_zeros(*video.shape[:2], 1)
        for place, count in enumerate(counts):
            if count:
                rows[place, :count] = self.rows(video[place, :count]).to(level)
                usual[place, :count], inside[place, :count] = self.usual(count), 1.0
        return usual + self.mean_of(self.answers(rows, inside)) * self.target_scale

    def curves(self, video: Tensor, margin: int = 0) -> Tensor:
        """(T + 2 * margin, 2) density and loudness of one whole video of any length, held at its ends for a margin."""
        rows = self.rows(video, margin).to(self.level)[None]
        answers = self.answers(rows, torch.ones_like(rows[..., :1]))
        return self.usual(rows.shape[1]) + self.mean_of(answers)[0] * self.target_scale

    def mean_of(self, answers: Tensor) -> Tensor:
        """What the networks answer together: (networks, ...) -> (...)."""
        first, share = self.config.convolutions, self.config.recurrent_share
        return (1.0 - share) * answers[:first].mean(dim=0) + share * answers[first:].mean(dim=0)


class ShiftNet(nn.Module):
    """Layers that compare each second with those some way before and after it."""

    def __init__(self, width: int, config: DynamicsConfig) -> None:
        super().__init__()
        self.shifts, channels = config.shifts, config.channels
        self.first, self.last = nn.Linear(width, channels), nn.Linear(channels, 2)
        self.layers = nn.ModuleList(nn.Linear(3 * channels, channels) for _ in config.shifts)
        self.mixes = nn.ModuleList(nn.Linear(channels, channels) for _ in config.shifts)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, rows: Tensor, inside: Tensor) -> Tensor:
        """(batch, time, columns), (batch, time, 1) -> (batch, time, 2)."""
        x = torch.relu(self.first(rows)) * inside
        for layer, mix, shift in zip(self.layers, self.mixes, self.shifts, strict=True):
            before = functional.pad(x, (0, 0, shift, 0))[:, : x.shape[1]]
            after = functional.pad(x, (0, 0, 0, shift))[:, shift:]
            found = torch.relu(layer(torch.cat((before, x, after), dim=-1)))
            x = (x + mix(self.dropout(found))) * inside
        answer: Tensor = self.last(self.dropout(torch.relu(x)))
        return answer


class RecurrentNet(nn.Module):
    """A bidirectional GRU."""

    def __init__(self, width: int, config: DynamicsConfig) -> None:
        super().__init__()
        self.first = nn.Linear(width, config.hidden)
        self.gru = nn.GRU(config.hidden, config.hidden, batch_first=True, bidirectional=True)
        self.last = nn.Linear(2 * config.hidden, 2)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, rows: Tensor, inside: Tensor) -> Tensor:
        """(batch, time, columns), (batch, time, 1) -> (batch, time, 2)."""
        lengths = inside[..., 0].sum(dim=1).long().clamp(min=1).cpu()
        x = self.dropout(torch.relu(self.first(rows)))
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths, batch_first=True, enforce_sorted=False)
        hidden, _ = nn.utils.rnn.pad_packed_sequence(self.gru(packed)[0], batch_first=True, total_length=x.shape[1])
        answer: Tensor = self.last(self.dropout(hidden))
        return answer


Regressor = BiGRU | DynamicsNet
