"""What chord models say about songs by teacher forcing: every chord is guessed given all of the song before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from hitpoint.core.model.networks.amt import AMT
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.training.data.batches import ChordWindow, collated, published_window
from hitpoint.core.training.data.datasets import Song
from hitpoint.core.training.data.memory_windows import PICTURE, MemoryWindow, collated_windows, whole_window
from hitpoint.core.training.data.segments import timed_chords

Reals = NDArray[np.float64]
ChordReader = AMT | MemoryAMT

_BATCH = 15  # songs a forward pass


@dataclass(frozen=True, eq=False)
class Guesses:
    """What a model said about the chords of one song.

    Attributes:
        log_probabilities: (n, V) natural logarithms; V is 157, or more if the model knows END.
        previous: (n,) the chord before each target.
        targets: (n,) chords from second 1 on, then END where the song is short enough.
    """

    log_probabilities: Reals
    previous: NDArray[np.int64]
    targets: NDArray[np.int64]


def chord_guesses(
    model: ChordReader, songs: Sequence[Song], *, with_semantic: bool = True, with_picture: bool = True
) -> list[Guesses]:
    """What a chord model of either kind says, with the CLIP rows or without, with a picture or with none at all."""
    if isinstance(model, MemoryAMT):
        hidden = PICTURE if not with_picture else () if with_semantic else ("semantic",)
        return memory_guesses(model, [whole_window(timed_chords(song), model.max_steps, hidden) for song in songs])
    return amt_guesses(model, songs, with_semantic=with_semantic, with_picture=with_picture)


@torch.inference_mode()
def memory_guesses(model: MemoryAMT, windows: Sequence[MemoryWindow]) -> list[Guesses]:
    """What a memory model says about the chords of each window from its second step on."""
    device = next(model.parameters()).device
    found = []
    for first in range(0, len(windows), _BATCH):
        some = windows[first : first + _BATCH]
        batch = collated_windows(some, device)
        said = model(batch.tokens, batch.is_minor, batch.conditions, batch.source)
        for row, window in zip(said.log_p.double().cpu().numpy(), some, strict=True):
            found.append(Guesses(row[1 : len(window.targets)], window.tokens[1:], window.targets[1:]))
    return found


@torch.inference_mode()
def amt_guesses(model: AMT, songs: Sequence[Song], *, with_semantic: bool, with_picture: bool = True) -> list[Guesses]:
    """What an AMT says about the chords of each song."""
    device = next(model.parameters()).device
    found = []
    for first in range(0, len(songs), _BATCH):
        some = songs[first : first + _BATCH]
        windows = [published_window(song, with_semantic=with_semantic, max_steps=model.max_steps) for song in some]
        batch = collated(windows if with_picture else [_blind(window) for window in windows])
        inputs = batch.inputs if model.has_start else batch.inputs[:, 1:]
        logits = model(batch.video.to(device), inputs.to(device), batch.is_minor.to(device), batch.lengths.to(device))
        scores = logits.double().log_softmax(dim=-1).cpu().numpy()[:, 1 if model.has_start else 0 :]
        for row, window in zip(scores, windows, strict=True):
            found.append(Guesses(row[: len(window.targets) - 1], window.inputs[1:], window.targets[1:]))
    return found


def hold_probabilities(song: Guesses) -> Reals:
    """(n,) probability that the chord before is held."""
    return np.asarray(np.exp(np.take_along_axis(song.log_probabilities, song.previous[:, None], axis=1)[:, 0]))


def _blind(window: ChordWindow) -> ChordWindow:
    return replace(window, video=np.full_like(window.video, np.nan))
