"""Songs as batches for the models: crops, resampling, transposition, and features hidden now and then.

Absolute time is kept from the chord model: the data set's labels change on every tenth second far too often, and a
model that counts seconds learns that. So chords are sampled again from their sub-second boundaries at a random phase
and step, and windows start anywhere. The picture's row is the one of the second in which a step falls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from hitpoint.core.model.config import MODALITIES, VIDEO_FEATURES
from hitpoint.core.model.generate import video_matrix
from hitpoint.core.model.vocabulary import END, PAD, QUALITIES
from hitpoint.core.training.data.datasets import PUBLISHED_STEPS, Song
from hitpoint.core.training.distributed import place

Floats = NDArray[np.float32]
Tokens = NDArray[np.int64]

_FROM_THE_START = 0.5  # share of windows that begin where their song does
_SHORTEST_WINDOW = 64  # seconds a window has at least, where the song allows


@dataclass(frozen=True)
class Hiding:
    """Shares of songs shown without CLIP rows, without emotion, and without any picture."""

    semantic: float = 0.5
    emotion: float = 0.2
    everything: float = 0.1


@dataclass(frozen=True, eq=False)
class ChordWindow:
    """A stretch of a song for teacher forcing; row t of ``inputs`` is the token before ``targets[t]``.

    Attributes:
        video: (m, 776) raw features, NaN where unknown; a row for each chord among the targets, none for END.
        inputs: (n,) tokens; END first where the window begins with the song.
        targets: (n,) tokens; END last where the song ends inside the window.
        is_minor: the song's mode.
    """

    video: Floats
    inputs: Tokens
    targets: Tokens
    is_minor: bool


@dataclass(frozen=True, eq=False)
class ChordBatch:
    """Windows side by side, as :meth:`hitpoint.core.model.networks.amt.AMT.forward` takes them.

    Targets padded with PAD.
    """

    video: Tensor
    inputs: Tensor
    is_minor: Tensor
    lengths: Tensor
    targets: Tensor


@dataclass(frozen=True, eq=False)
class DynamicsBatch:
    """Whole songs for the regressor.

    Attributes:
        video: (batch, time, 776).
        lengths: (batch,) seconds.
        targets: (batch, time, 2) note density and loudness, 0 in the padding.
    """

    video: Tensor
    lengths: Tensor
    targets: Tensor


def published_window(song: Song, *, with_semantic: bool = True, max_steps: int = PUBLISHED_STEPS) -> ChordWindow:
    """The song from its first second on, as it is measured: not resampled, not longer than ``max_steps``."""
    tokens = np.append(song.chords, END)[:max_steps]
    video = song_video(song, with_semantic=with_semantic)
    rows = np.minimum(np.arange(min(len(song), max_steps)), len(video) - 1)
    return ChordWindow(video[rows], np.append([END], tokens[:-1]), tokens, song.is_minor)


def random_window(song: Song, rng: np.random.Generator, stretch: float, max_steps: int) -> ChordWindow:
    """A stretch of the song, its chords sampled at a random phase and a step of ``1 / stretch .. stretch`` seconds."""
    step = float(np.exp(rng.uniform(-np.log(stretch), np.log(stretch))))
    last_start = max(0, len(song) - _SHORTEST_WINDOW)
    start = 0 if rng.random() < _FROM_THE_START else int(rng.integers(0, last_start + 1))
    phase = rng.random() * (step if start == 0 else 1.0)
    times = start + phase + step * np.arange(-1, max_steps, dtype=np.float64)
    inside = times[times < len(song)]
    tokens = _sampled(song, inside)
    if start == 0:
        tokens[0] = END
    if len(inside) < len(times):
        tokens = np.append(tokens, END)
    seconds = np.clip(inside[1:], 0, len(song.features) - 1).astype(np.intp)
    return ChordWindow(song_video(song)[seconds], tokens[:-1], tokens[1:], song.is_minor)


def _sampled(song: Song, times: NDArray[np.float64]) -> Tokens:
    clipped = np.maximum(times, 0.0)
    if song.segments is not None:
        return song.segments.sampled(clipped)
    return song.chords[clipped.astype(np.intp)]


def song_video(song: Song, *, with_semantic: bool = True) -> Floats:
    """(R, 776) raw rows of a song; NaN for semantic rows that are not there or not wanted."""
    seen = song.features
    return video_matrix(seen.scene_offset, seen.motion, seen.emotion, seen.semantic if with_semantic else None)


def transposed(tokens: Tokens, semitones: int) -> Tokens:
    """Chord tokens moved up by so many semitones; N, END and PAD stay."""
    qualities = len(QUALITIES)
    moved = 1 + (tokens - 1 + semitones * qualities) % (12 * qualities)
    return np.where((tokens == 0) | (tokens >= END), tokens, moved)


def hidden(video: Floats, rng: np.random.Generator, hiding: Hiding) -> Floats:
    """A copy of the rows with modalities made unknown (NaN) at random, each for the whole window."""
    shown = video.copy()
    draws = rng.random(3)
    if draws[0] < hiding.semantic:
        shown[:, MODALITIES["semantic"]] = np.nan
    if draws[1] < hiding.emotion:
        shown[:, MODALITIES["emotion"]] = np.nan
    if draws[2] < hiding.everything:
        shown[:] = np.nan
    return shown


def collated(windows: Sequence[ChordWindow]) -> ChordBatch:
    """Windows of any lengths as one batch."""
    lengths = [len(window.video) for window in windows]
    video = np.zeros((len(windows), max(lengths), VIDEO_FEATURES), dtype=np.float32)
    inputs = np.full((len(windows), max(len(window.inputs) for window in windows)), PAD, dtype=np.int64)
    targets = inputs.copy()
    for row, window in enumerate(windows):
        video[row, : len(window.video)] = window.video
        inputs[row, : len(window.inputs)] = window.inputs
        targets[row, : len(window.targets)] = window.targets
    is_minor = torch.tensor([float(window.is_minor) for window in windows])
    return ChordBatch(
        torch.from_numpy(video), torch.from_numpy(inputs), is_minor, torch.tensor(lengths), torch.from_numpy(targets)
    )


def chord_batch(
    songs: Sequence[Song],
    rng: np.random.Generator,
    *,
    size: int,
    stretch: float,
    transposition: float,
    hiding: Hiding,
    max_steps: int = PUBLISHED_STEPS,
) -> ChordBatch:
    """A batch for training, or this process's share of it: ``size`` different songs where there are so many.

    Args:
        songs: to draw from.
        rng: decides everything.
        size: songs in the batch.
        stretch: see :func:`random_window`.
        transposition: share of windows moved to a random key.
        hiding: what is hidden, how often.
        max_steps: longest window.
    """
    windows = []
    for index in rng.choice(len(songs), size=size, replace=size > len(songs)):
        window = random_window(songs[index], rng, stretch, max_steps)
        shift = int(rng.integers(1, 12)) if rng.random() < transposition else 0
        inputs, targets = transposed(window.inputs, shift), transposed(window.targets, shift)
        windows.append(ChordWindow(hidden(window.video, rng, hiding), inputs, targets, window.is_minor))
    return collated(place().share(windows))


def dynamics_batch(songs: Sequence[Song], videos: Sequence[Floats], max_steps: int = PUBLISHED_STEPS) -> DynamicsBatch:
    """Songs, cut at ``max_steps``, with the rows of picture given for each."""
    lengths = [min(len(video), max_steps) for video in videos]
    video = np.zeros((len(songs), max(lengths), VIDEO_FEATURES), dtype=np.float32)
    targets = np.zeros((len(songs), max(lengths), 2), dtype=np.float32)
    for row, (song, shown, length) in enumerate(zip(songs, videos, lengths, strict=True)):
        video[row, :length] = shown[:length]
        targets[row, :length, 0] = song.density[:length]
        targets[row, :length, 1] = song.loudness[:length]
    return DynamicsBatch(torch.from_numpy(video), torch.tensor(lengths), torch.from_numpy(targets))


def feature_statistics(songs: Sequence[Song]) -> tuple[Floats, Floats]:
    """Mean and standard deviation, each (776,), of the rows of all songs; scene offset and motion as log(1 + x)."""
    total = np.zeros(VIDEO_FEATURES)
    squares = np.zeros(VIDEO_FEATURES)
    count = np.zeros(VIDEO_FEATURES)
    logarithmic = slice(MODALITIES["scene_offset"].start, MODALITIES["motion"].stop)
    for song in songs:
        rows = song_video(song).astype(np.float64)
        rows[:, logarithmic] = np.log1p(rows[:, logarithmic])
        total += np.nansum(rows, axis=0)
        squares += np.nansum(rows**2, axis=0)
        count += (~np.isnan(rows)).sum(axis=0)
    count = np.maximum(count, 1)
    mean = total / count
    deviation = np.sqrt(np.maximum(squares / count - mean**2, 0.0))
    return mean.astype(np.float32), np.where(deviation > 1e-6, deviation, 1.0).astype(np.float32)
