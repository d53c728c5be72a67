"""MuVi-Sync as a flow sees it.

A second a row, what the picture shows, what the regressor expects, and what was heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.model.curve_flow import seen_rows
from hitpoint.core.model.generate import predict_dynamics
from hitpoint.core.model.networks.dynamics_net import Regressor
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.data.batches import song_video
from hitpoint.core.training.data.datasets import Song

Reals = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class FlowSong:
    """One song.

    Attributes:
        seen: (T, 16) of the picture and the clock, as :func:`~hitpoint.core.model.curve_flow.seen_rows` makes them.
        expected: (T, 2) density and loudness by the regressor, without CLIP.
        heard: (T, 2) as they are.
    """

    seen: Reals
    expected: Reals
    heard: Reals


def flow_songs(songs: Sequence[Song], regressor: Regressor, progress: Progress = SILENT) -> list[FlowSong]:
    """The songs of a split."""
    found = []
    for number, song in enumerate(songs):
        progress.step(number / len(songs), "reading what the picture shows")
        video = song_video(song)
        video[:, :768] = np.nan
        rows = min(len(video), len(song.density), len(song.loudness))
        expected = np.stack(predict_dynamics(regressor, video[:rows]), axis=1)
        heard = np.stack((song.density[:rows], song.loudness[:rows]), axis=1)
        found.append(FlowSong(seen_rows(video[:rows]), expected.astype(np.float32), heard.astype(np.float32)))
    return found


def save_songs(songs: Sequence[FlowSong], path: Path) -> None:
    """All songs in one file."""
    lengths = np.array([len(song.seen) for song in songs])
    seen, expected, heard = (
        np.concatenate([getattr(song, name) for song in songs]) for name in ("seen", "expected", "heard")
    )
    with path.open("wb") as file:
        np.savez(file, lengths=lengths, seen=seen, expected=expected, heard=heard)


def load_songs(path: Path) -> list[FlowSong]:
    """Those that :func:`save_songs` wrote."""
    with np.load(path) as data:
        borders = np.concatenate(([0], np.cumsum(data["lengths"])))
        parts = [data[name] for name in ("seen", "expected", "heard")]
    return [FlowSong(*(part[a:b] for part in parts)) for a, b in pairwise(borders)]
