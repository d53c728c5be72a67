"""Training the regressor of note density and loudness: all its networks at once, each by its own error.

A song's picture is worked out once; what is drawn for an update are songs, what of them is hidden, and noise on the
embeddings' mean, which else tells which song it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from hitpoint.core.model.checkpoint import save_dynamics
from hitpoint.core.model.dynamics_config import DynamicsConfig
from hitpoint.core.model.dynamics_rows import COLUMNS, GROUPS, dynamics_rows, semantic_rows
from hitpoint.core.model.networks.dynamics_net import DynamicsNet
from hitpoint.core.training.data.batches import song_video
from hitpoint.core.training.data.datasets import Song
from hitpoint.core.training.distributed import place
from hitpoint.core.training.evaluation.evaluate import validation_scores
from hitpoint.core.training.loop import Scores
from hitpoint.core.training.losses import dynamics_loss
from hitpoint.core.training.options import TrainingOptions

_WINDOW = 320  # seconds of a song that are learnt from at once
_EVERY = 4  # rows of the songs from which components are found
_LEAST = 1e-6
_MEAN_NOISE_SCALE = 2.0

_PICTURE = tuple(GROUPS[name] for name in GROUPS if name != "clock")
_EMOTION = (GROUPS["emotion"], GROUPS["emotion_mean"])


@dataclass(frozen=True, eq=False)
class _Lesson:
    """A song as it is learnt: its rows, the usual curves and its own, (T, columns), (T, 2), (T, 2)."""

    rows: Tensor
    usual: Tensor
    targets: Tensor


class DynamicsTask:
    """Note density and loudness; see :class:`~hitpoint.core.training.loop.Task`."""

    def __init__(self, options: TrainingOptions, songs: Sequence[Song], held_out: Sequence[Song]) -> None:
        self.model = new_dynamics(options, songs)
        self._options, self._held_out = options, held_out
        self._lessons = [_lesson(self.model, song) for song in songs]

    def loss(self, update: int, rng: np.random.Generator, device: torch.device) -> Tensor:
        """The mean over the networks of :func:`~hitpoint.core.training.losses.dynamics_loss`."""
        size, count = self._options.batch_size, len(self._lessons)
        drawn = [self._drawn(self._lessons[index], rng) for index in rng.choice(count, size, replace=size > count)]
        shared = place().share(drawn)
        lengths = torch.tensor([len(lesson.rows) for lesson in shared])
        rows, usual, targets = (
            nn.utils.rnn.pad_sequence([getattr(lesson, name) for lesson in shared], batch_first=True).to(device)
            for name in ("rows", "usual", "targets")
        )
        inside = (torch.arange(rows.shape[1])[None, :] < lengths[:, None])[..., None].to(rows)
        scale = self.model.target_scale
        losses = [
            dynamics_loss(usual + answer * scale, targets, lengths, scale, self._options.shape_weight)
            for answer in self.model.answers(rows, inside)
        ]
        return torch.stack(losses).mean()

    def _drawn(self, lesson: _Lesson, rng: np.random.Generator) -> _Lesson:
        """A stretch of a song with some of its picture hidden."""
        options, draws = self._options, rng.random(3)
        first = int(rng.integers(max(len(lesson.rows) - _WINDOW, 0) + 1))
        noise = rng.standard_normal(options.components).astype(np.float32)
        stretch = slice(first, first + _WINDOW)
        rows = lesson.rows[stretch].clone()
        own, means = slice(COLUMNS, COLUMNS + options.components), slice(COLUMNS + options.components, -1)
        rows[:, means] += options.mean_noise * _MEAN_NOISE_SCALE * torch.from_numpy(noise)
        if draws[0] < options.semantic_dropout or draws[2] < options.video_dropout or not bool(lesson.rows[0, -1]):
            rows[:, own], rows[:, means], rows[:, -1] = 0.0, 0.0, 0.0
        hidden = _PICTURE if draws[2] < options.video_dropout else _EMOTION
        if draws[1] < options.emotion_dropout or draws[2] < options.video_dropout:
            for columns in hidden:
                rows[:, columns] = 0.0
        return _Lesson(rows, lesson.usual[stretch], lesson.targets[stretch])

    def validate(self, model: nn.Module, device: torch.device) -> Scores:
        """The paper's errors in standard deviations less correlations, with and without CLIP rows."""
        assert isinstance(model, DynamicsNet)
        return validation_scores(model, self._held_out, model.target_scale.tolist(), "rmse")

    def save(self, model: nn.Module, path: Path, about: dict[str, Any]) -> None:
        """Write it with float16 weights."""
        assert isinstance(model, DynamicsNet)
        save_dynamics(model, path, about, half=True)


def new_dynamics(options: TrainingOptions, songs: Sequence[Song]) -> DynamicsNet:
    """An untrained regressor of the size asked for, scaled to the songs' pictures and dynamics."""
    config = DynamicsConfig(
        channels=options.channels,
        convolutions=options.convolutions,
        hidden=options.hidden,
        recurrents=options.recurrents,
        recurrent_share=options.recurrent_share,
        components=options.components,
        dropout=options.dropout,
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(options.seed)
        model = DynamicsNet(config)
    for name, weight in model.named_parameters():  # begin with the usual curves, and with little from afar
        if name.endswith("last.weight"):
            weight.data.mul_(0.1)
        elif ".mixes." in name and name.endswith("weight"):
            weight.data.mul_(0.3)
    seen = np.concatenate([dynamics_rows(song_video(song)) for song in songs])
    _fill(model.seen_mean, seen.mean(axis=0))
    _fill(model.seen_scale, np.maximum(seen.std(axis=0), _LEAST))
    _look_at_components(model, songs, options.components)
    _expect_the_usual(model, songs)
    return model


def _look_at_components(model: DynamicsNet, songs: Sequence[Song], count: int) -> None:
    """The principal components of the songs' embeddings, each of deviation 1; noughts where there are none."""
    found = [rows[::_EVERY] for song in songs if (rows := semantic_rows(song_video(song))) is not None]
    if not found:
        return
    rows = np.concatenate(found)
    variances, directions = np.linalg.eigh(np.cov(rows.T))
    order = np.argsort(-variances, kind="stable")[:count]
    _fill(model.clip_mean, rows.mean(axis=0))
    _fill(model.clip_basis, directions[:, order] / np.sqrt(np.maximum(variances[order], _LEAST)))


def _expect_the_usual(model: DynamicsNet, songs: Sequence[Song]) -> None:
    """The mean curves of songs, and the deviations of density and loudness."""
    curves = [_curves(song) for song in songs]
    fade = model.config.fade
    long_enough = [curve for curve in curves if len(curve) > 2 * fade]
    _fill(model.target_scale, np.maximum(np.concatenate(curves).std(axis=0), _LEAST))
    if not long_enough:
        level = np.concatenate(curves).mean(axis=0)
        for buffer in (model.level, model.fade_in, model.fade_out):
            _fill(buffer, np.broadcast_to(level, buffer.shape))
        return
    _fill(model.level, np.concatenate([curve[fade:-fade] for curve in long_enough]).mean(axis=0))
    _fill(model.fade_in, np.mean([curve[:fade] for curve in long_enough], axis=0))
    _fill(model.fade_out, np.mean([curve[-fade:] for curve in long_enough], axis=0))


def _lesson(model: DynamicsNet, song: Song) -> _Lesson:
    video, curves = song_video(song), _curves(song).astype(np.float32)
    rows = model.rows(torch.from_numpy(video)).float()
    return _Lesson(rows, model.usual(len(rows)), torch.from_numpy(curves[: len(rows)]))


def _curves(song: Song) -> NDArray[np.float64]:
    rows = len(song.features)
    return np.stack((song.density[:rows], song.loudness[:rows]), axis=1).astype(np.float64)


def _fill(buffer: Tensor, values: NDArray[np.float64]) -> None:
    buffer.copy_(torch.from_numpy(np.ascontiguousarray(values)))
