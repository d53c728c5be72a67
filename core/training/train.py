"""Training the models on MuVi-Sync: what ``hitpoint train`` calls.

::

    options = TrainingOptions(Path("MuVi-Sync"), Path("run"), kind="amt", updates=1200, seed=1)
    result = train(options, progress)
    print(result.checkpoint, result.best_score)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from hitpoint.core.model.checkpoint import save_amt, save_regressor
from hitpoint.core.model.config import AMTConfig, RegressorConfig
from hitpoint.core.model.networks.amt import AMT
from hitpoint.core.model.networks.bigru import BiGRU
from hitpoint.core.model.networks.cross_attention import CrossAttention
from hitpoint.core.model.networks.relative_attention import RelativeSelfAttention
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.data.batches import (
    Hiding,
    chord_batch,
    dynamics_batch,
    feature_statistics,
    hidden,
    song_video,
)
from hitpoint.core.training.data.corpora import mode_profiles, read_corpora
from hitpoint.core.training.data.datasets import Song, read_split
from hitpoint.core.training.data.metre_songs import MetreSong, read_metre_songs
from hitpoint.core.training.distributed import place
from hitpoint.core.training.dynamics_task import DynamicsTask
from hitpoint.core.training.evaluation.evaluate import chord_scores, validation_scores
from hitpoint.core.training.initial_weights import draw_in_repetition
from hitpoint.core.training.loop import Scores, TrainingResult, fit
from hitpoint.core.training.losses import chord_loss, dynamics_loss
from hitpoint.core.training.memory_task import MemoryTask
from hitpoint.core.training.open_task import read_open_task
from hitpoint.core.training.options import TrainingOptions

_PLAIN_KEYS_FROM = 0.6  # of the run: from there on nothing is transposed
_SHAPE_WEIGHT = 0.5  # of correlation beside squared error
_DISTANCE_SPREAD = 0.02  # of the relative positions at the start; 1, as drawn, drowns the content


def train(options: TrainingOptions, progress: Progress = SILENT) -> TrainingResult:
    """Train the model that the options name, on the train split, watched on the val split.

    Raises:
        DatasetError: if the data set is not as published.
        Cancelled: when asked to stop; ``resume`` goes on.
    """
    kinds = {
        "amt": train_amt,
        "memory_amt": train_memory_amt,
        "regressor": train_regressor,
        "dynamics": train_dynamics,
    }
    return kinds[options.kind](options, progress)


def train_memory_amt(options: TrainingOptions, progress: Progress = SILENT) -> TrainingResult:
    """Train an AMT with a memory, on the corpora too if their folder is given; see :func:`train`.

    Without them the recipe that is kept says so: its corpora shares are 0. A recipe without pictures learns from the
    corpora alone.
    """
    if not options.pictures:
        return fit(read_open_task(options, progress.part(0.0, 0.05)), options, progress.part(0.05, 1.0))
    if options.corpora is None:
        options = replace(options, corpora_share=0.0, corpora_share_end=0.0)
    songs, held_out = _splits(options, progress.part(0.0, 0.04))
    others = read_corpora(options.corpora, songs, progress.part(0.04, 0.05)) if options.corpora is not None else ()
    placed: tuple[MetreSong, ...] = ()
    if options.corpora is not None and options.metre_share:
        placed = read_metre_songs(options.corpora, mode_profiles(songs))
    return fit(MemoryTask(options, songs, held_out, others, placed), options, progress.part(0.05, 1.0))


def train_amt(options: TrainingOptions, progress: Progress = SILENT) -> TrainingResult:
    """Train an AMT; see :func:`train`."""
    songs, held_out = _splits(options, progress.part(0.0, 0.05))
    return fit(_ChordTask(options, songs, held_out), options, progress.part(0.05, 1.0))


def train_regressor(options: TrainingOptions, progress: Progress = SILENT) -> TrainingResult:
    """Train the paper's regressor of note density and loudness; see :func:`train`."""
    songs, held_out = _splits(options, progress.part(0.0, 0.05))
    return fit(_DynamicsTask(options, songs, held_out), options, progress.part(0.05, 1.0))


def train_dynamics(options: TrainingOptions, progress: Progress = SILENT) -> TrainingResult:
    """Train a regressor of several networks; see :func:`train`."""
    songs, held_out = _splits(options, progress.part(0.0, 0.05))
    return fit(DynamicsTask(options, songs, held_out), options, progress.part(0.05, 1.0))


def new_amt(options: TrainingOptions, songs: Sequence[Song]) -> AMT:
    """An untrained AMT of the size asked for, scaled to the songs' features."""
    config = AMTConfig(
        n_layers=options.n_layers,
        n_heads=options.n_heads,
        d_model=options.d_model,
        dim_feedforward=options.dim_feedforward,
        dropout=options.dropout,
        has_start=True,
        masks_padding=True,
        log_features=True,
        null_modalities=_never_shown(options),
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(options.seed)
        model = AMT(config)
        for name, weight in model.named_parameters():
            if name.endswith("distances"):
                weight.data.mul_(_DISTANCE_SPREAD)
        draw_in_repetition(model)
    for module in model.modules():
        if isinstance(module, (RelativeSelfAttention, CrossAttention, nn.MultiheadAttention)):
            module.dropout = 0.0  # of the attention's own weights: a third of the time on a CPU, for no gain seen
    _scale(model, songs)
    return model


def _never_shown(options: TrainingOptions) -> tuple[str, ...]:
    """What the model will not look at, because it is never shown in training."""
    return ("semantic",) if options.semantic_dropout == 1.0 else ()


def new_regressor(options: TrainingOptions, songs: Sequence[Song]) -> BiGRU:
    """An untrained regressor of the size asked for, scaled to the songs' features and dynamics."""
    config = RegressorConfig(
        n_layers=options.n_layers,
        hidden=options.hidden,
        dropout=options.dropout,
        masks_padding=True,
        log_features=True,
        null_modalities=_never_shown(options),
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(options.seed)
        model = BiGRU(config)
    _scale(model, songs)
    both = np.concatenate([np.stack((song.density, song.loudness), axis=1) for song in songs])
    model.target_mean.copy_(torch.from_numpy(both.mean(axis=0)))
    model.target_scale.copy_(torch.from_numpy(both.std(axis=0)))
    return model


class _ChordTask:
    """Chords by teacher forcing."""

    def __init__(self, options: TrainingOptions, songs: Sequence[Song], held_out: Sequence[Song]) -> None:
        self.model = new_amt(options, songs)
        self._options, self._songs, self._held_out = options, songs, held_out
        self._hiding = _hiding(options)

    def loss(self, update: int, rng: np.random.Generator, device: torch.device) -> Tensor:
        """Cross-entropy of the next chord; see :class:`~hitpoint.core.training.loop.Task`."""
        options = self._options
        left = max(0.0, 1.0 - update / (_PLAIN_KEYS_FROM * options.updates))
        batch = chord_batch(
            self._songs,
            rng,
            size=options.batch_size,
            stretch=options.stretch,
            transposition=options.transposition * left,
            hiding=self._hiding,
            max_steps=self.model.max_steps,
        )
        logits = self.model(
            batch.video.to(device), batch.inputs.to(device), batch.is_minor.to(device), batch.lengths.to(device)
        )
        return chord_loss(logits, batch.targets.to(device), options.label_smoothing)

    def validate(self, model: nn.Module, device: torch.device) -> Scores:
        """Likelihood with and without CLIP rows; their mean is the score."""
        assert isinstance(model, AMT)
        with_semantic = chord_scores(model, self._held_out, with_semantic=True)
        without = chord_scores(model, self._held_out, with_semantic=False)
        return {
            "score": (with_semantic["nll"].mean + without["nll"].mean) / 2,
            "nll": with_semantic["nll"].mean,
            "nll_without_semantic": without["nll"].mean,
            "hits_at_1": with_semantic["hits_at_1"].mean,
            "hits_at_1_without_semantic": without["hits_at_1"].mean,
        }

    def save(self, model: nn.Module, path: Path, about: dict[str, Any]) -> None:
        """Write it with float16 weights."""
        assert isinstance(model, AMT)
        save_amt(model, path, about, half=True)


class _DynamicsTask:
    """Note density and loudness of whole songs."""

    def __init__(self, options: TrainingOptions, songs: Sequence[Song], held_out: Sequence[Song]) -> None:
        self.model = new_regressor(options, songs)
        self._options, self._songs, self._held_out = options, songs, held_out
        self._hiding = _hiding(options)

    def loss(self, update: int, rng: np.random.Generator, device: torch.device) -> Tensor:
        """See :func:`~hitpoint.core.training.losses.dynamics_loss`."""
        size = self._options.batch_size
        drawn = [self._songs[index] for index in rng.choice(len(self._songs), size, replace=size > len(self._songs))]
        videos = [hidden(song_video(song), rng, self._hiding) for song in drawn]
        batch = dynamics_batch(place().share(drawn), place().share(videos), self.model.config.max_steps)
        predicted = self.model(batch.video.to(device), batch.lengths)
        scale = self.model.target_scale
        return dynamics_loss(predicted, batch.targets.to(device), batch.lengths, scale, _SHAPE_WEIGHT)

    def validate(self, model: nn.Module, device: torch.device) -> Scores:
        """Un-padded errors in standard deviations less correlations, with and without CLIP rows."""
        assert isinstance(model, BiGRU)
        return validation_scores(model, self._held_out, model.target_scale.tolist(), "rmse_unpadded")

    def save(self, model: nn.Module, path: Path, about: dict[str, Any]) -> None:
        """Write it with float16 weights."""
        assert isinstance(model, BiGRU)
        save_regressor(model, path, about, half=True)


def _splits(options: TrainingOptions, progress: Progress) -> tuple[tuple[Song, ...], tuple[Song, ...]]:
    train_songs = read_split(options.dataset, "train", progress=progress.part(0.0, 0.9))
    return train_songs, read_split(options.dataset, "val", progress=progress.part(0.9, 1.0))


def _hiding(options: TrainingOptions) -> Hiding:
    return Hiding(options.semantic_dropout, options.emotion_dropout, options.video_dropout)


def _scale(model: AMT | BiGRU, songs: Sequence[Song]) -> None:
    mean, deviation = feature_statistics(songs)
    model.scaling.feature_mean.copy_(torch.from_numpy(mean))
    model.scaling.feature_scale.copy_(torch.from_numpy(deviation))
