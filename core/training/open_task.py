"""Training the chord model on Billboard (CC0) and POP909 (MIT) alone: the task behind the weights called "open".

Their songs have neither pictures nor loudness. The model learns chords, locks, places in the bar and the wishes that
chords alone decide, minor share and change rate, which are how a mood reaches it. What it never met changes nothing
that it says: see :func:`without_the_unseen`.

Every tenth title is held out, in seconds and in bars alike, and decides which weights are kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from hitpoint.core.errors import DatasetError, OptionError
from hitpoint.core.model.checkpoint import save_memory_amt
from hitpoint.core.model.conditions import ATTRIBUTES
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.data.corpora import pop909_profiles, read_corpora
from hitpoint.core.training.data.memory_windows import PICTURE, MemoryWindow
from hitpoint.core.training.data.metre_songs import MetreSong, is_held_out, read_metre_songs, title_of
from hitpoint.core.training.data.segments import TimedChords
from hitpoint.core.training.loop import Scores
from hitpoint.core.training.memory_task import MemoryTask, autocast_of, placed_scores
from hitpoint.core.training.options import TrainingOptions

_UNHEARD = ("loudness", "density")  # attributes of sound, which the corpora have not
_NAMELESS = 0.5  # share of windows that do not tell their corpus: so are pieces without bars written


def read_open_task(options: TrainingOptions, progress: Progress = SILENT) -> OpenTask:
    """The task on the songs of the corpora in ``options.corpora``, or else in ``options.dataset``.

    Raises:
        DatasetError: if a corpus is not there as published.
    """
    folder = options.corpora or options.dataset
    songs = read_corpora(folder, (), progress)
    held_out = [song for song in songs if is_held_out(title_of(folder, song))]
    names = {(song.source, song.name) for song in held_out}
    known = [song for song in songs if (song.source, song.name) not in names]
    return OpenTask(options, known, held_out, read_metre_songs(folder, pop909_profiles(folder)))


class OpenTask(MemoryTask):
    """See :class:`~hitpoint.core.training.loop.Task`.

    Args:
        options: of the run; the shares of the corpora in seconds and in bars are all there is.
        songs: to train on, in seconds.
        held_out: to measure on, in seconds.
        metre_songs: with bars, to train on and to measure on, which by their titles.

    Raises:
        OptionError: if the shares leave room for songs with pictures.
        DatasetError: if none of the songs is held out: part of the corpora is missing.
    """

    def __init__(
        self,
        options: TrainingOptions,
        songs: Sequence[TimedChords],
        held_out: Sequence[TimedChords],
        metre_songs: Sequence[MetreSong],
    ) -> None:
        if min(options.corpora_share, options.corpora_share_end) + options.metre_share < 1.0:
            raise OptionError("without pictures corpora_share and corpora_share_end are each 1 less metre_share")
        super().__init__(options, (), (), songs, metre_songs)
        self._seconds = held_out
        if not held_out or not self._placed_held_out:
            raise DatasetError(
                f"{options.corpora or options.dataset}: no song is held out; unpack the whole corpora there"
            )

    def validate(self, model: nn.Module, device: torch.device) -> Scores:
        """Nats a chord of the songs held out, in seconds and in bars; their mean is the score."""
        assert isinstance(model, MemoryAMT)
        with autocast_of(self._options, device):
            placed = placed_scores(model, self._placed_held_out)
            seconds = placed_scores(model, self._seconds)
        named = {name.replace("placed", "seconds"): value for name, value in seconds.items()}
        return {"score": (placed["placed_nll"] + named["seconds_nll"]) / 2, **placed, **named}

    def save(self, model: nn.Module, path: Path, about: dict[str, Any]) -> None:
        """Write it with float16 weights, the unseen left out."""
        assert isinstance(model, MemoryAMT)
        save_memory_amt(without_the_unseen(model), path, about, half=True)

    def _drawn(self, rng: np.random.Generator, share: float) -> MemoryWindow:
        window = super()._drawn(rng, share)
        return replace(window, source=0) if rng.random() < _NAMELESS else window


@torch.no_grad()
def without_the_unseen(model: MemoryAMT) -> MemoryAMT:
    """A copy to which a picture, and wishes about sound, say what their absence says."""
    blind = deepcopy(model)
    assert blind.encoder is not None and blind.wishes is not None
    for name in PICTURE:
        projection = blind.encoder.projections[name]
        assert isinstance(projection, nn.Linear)
        projection.weight.zero_()
        projection.bias.copy_(blind.encoder.unknown[name])
    for tables in (blind.encoder.levels, blind.wishes.levels):
        for name in _UNHEARD:
            table = tables[ATTRIBUTES.index(name)]
            assert isinstance(table, nn.Embedding)
            table.weight.copy_(table.weight[:1].expand_as(table.weight))
    return blind
