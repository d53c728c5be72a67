"""How good the models are, with the baselines beside them: what ``hitpoint evaluate`` calls.

Two protocols. "paper": every second from 1 to at most 299, and END where the song is shorter than 300 s. "clean": the
same without the seconds t with t mod 10 in {0, 1}, where the data set's labels change for reasons outside the music.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray

from hitpoint.core.errors import OptionError
from hitpoint.core.model.amt import AMT
from hitpoint.core.model.bigru import BiGRU
from hitpoint.core.model.checkpoint import default_checkpoint, load_chord_model, load_regressor
from hitpoint.core.model.memory_amt import MemoryAMT
from hitpoint.core.model.vocabulary import CHORDS
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.baselines import Baseline, Copy, FadeCurve, KneserNey, SongCache
from hitpoint.core.training.batches import collated, dynamics_batch, published_window, song_video
from hitpoint.core.training.datasets import PUBLISHED_STEPS, Song, read_split
from hitpoint.core.training.memory_windows import MemoryWindow, collated_windows, whole_window
from hitpoint.core.training.metrics import (
    PerSong,
    area_under_curve,
    away_from_label_artefact,
    change_ranks,
    correlation,
    hits_at,
    negative_log_likelihoods,
    padded_rmse,
    per_song_mean,
    ranks,
    rmse,
)
from hitpoint.core.training.segments import timed_chords

Reals = NDArray[np.float64]
Protocol = Literal["paper", "clean"]
ChordReader = AMT | MemoryAMT

_BATCH = 15  # songs a forward pass
_SMALLEST = 1e-12  # probability, so that a logarithm exists


@dataclass(frozen=True, eq=False)
class Guesses:
    """What a model said about the chords of one song, by teacher forcing.

    Attributes:
        log_probabilities: (n, V) natural logarithms; V is 157, or more if the model knows END.
        previous: (n,) the chord before each target.
        targets: (n,) chords from second 1 on, then END where the song is short enough.
    """

    log_probabilities: Reals
    previous: NDArray[np.int64]
    targets: NDArray[np.int64]


@dataclass(frozen=True)
class Evaluation:
    """Figures of merit on one split; :meth:`json` is the contract of ``hitpoint evaluate --json``.

    Attributes:
        split: of the data set.
        songs: how many.
        protocol: "paper" or "clean".
        with_semantic: whether the models saw the CLIP rows.
        model: of the AMT, each with its 95 % interval under ``NAME_ci``.
        baselines: the same for copy, bigram, trigram, 8-gram (``ngram5``, ``ngram8``) and cache.
        gains: Hits@1 of the AMT less that of each baseline, with the paired interval.
        regressor: of the biGRU; under ``baselines`` those of the mean curve and of a constant.
    """

    split: str
    songs: int
    protocol: str
    with_semantic: bool
    model: dict[str, Any]
    baselines: dict[str, dict[str, Any]]
    gains: dict[str, dict[str, Any]]
    regressor: dict[str, Any]

    def json(self) -> dict[str, Any]:
        """Plain values under the schema ``hitpoint.evaluation.1``."""
        return {"schema": "hitpoint.evaluation.1", **self.__dict__}


def evaluate(
    dataset: Path,
    split: str = "val",
    protocol: Protocol = "paper",
    checkpoint_amt: Path | None = None,
    checkpoint_regressor: Path | None = None,
    *,
    with_semantic: bool = True,
    progress: Progress = SILENT,
) -> Evaluation:
    """Measure both models and the baselines, which are counted on the train split.

    Args:
        dataset: MuVi-Sync in its published layout.
        split: to measure on.
        protocol: see the module.
        checkpoint_amt: weights; None for those that come with Hitpoint.
        checkpoint_regressor: likewise.
        with_semantic: False hides the CLIP rows, as when scoring with ``picture`` features.
        progress: told what is being done.

    Raises:
        DatasetError: if the data set is not as published.
        CheckpointError: if the weights cannot be loaded.
    """
    if protocol not in ("paper", "clean"):
        raise OptionError(f"there is no protocol {protocol!r}: choose paper or clean")
    amt = load_chord_model(checkpoint_amt or default_checkpoint("amt"))
    regressor = load_regressor(checkpoint_regressor or default_checkpoint("regressor"))
    progress.step(0.0, "reading the data set")
    training = read_split(dataset, "train", with_semantic=False, progress=progress.part(0.0, 0.2))
    songs = read_split(dataset, split, with_semantic=with_semantic, progress=progress.part(0.2, 0.3))
    progress.step(0.3, "measuring the chords")
    found = chord_scores(amt, songs, with_semantic=with_semantic, protocol=protocol)
    progress.step(0.6, "measuring the baselines")
    others = baseline_scores(training, songs, protocol)
    progress.step(0.9, "measuring the dynamics")
    dynamics = _reported(dynamics_scores(regressor, songs, with_semantic=with_semantic))
    dynamics["baselines"] = _dynamics_baselines(training, songs)
    return Evaluation(
        split=split,
        songs=len(songs),
        protocol=protocol,
        with_semantic=with_semantic,
        model=_reported(found),
        baselines={name: _reported(scores) for name, scores in others.items()},
        gains={name: _gain(found, scores) for name, scores in others.items()},
        regressor=dynamics,
    )


def chord_scores(
    model: ChordReader, songs: Sequence[Song], *, with_semantic: bool, protocol: Protocol = "paper"
) -> dict[str, PerSong]:
    """A chord model's figures by name: hits_at_1/3/5, change_hits_at_1/3/5, nll, change_auc."""
    return _scores(chord_guesses(model, songs, with_semantic=with_semantic), protocol)


def baseline_scores(
    training: Sequence[Song], songs: Sequence[Song], protocol: Protocol = "paper"
) -> dict[str, dict[str, PerSong]]:
    """The same figures for each counting model, trained on whole songs."""
    chords = [song.chords for song in training]
    ngram5 = KneserNey(chords, 5)
    models: dict[str, Baseline] = {
        "copy": Copy(chords),
        "bigram": KneserNey(chords, 2),
        "ngram3": KneserNey(chords, 3),
        "ngram5": ngram5,
        "ngram8": KneserNey(chords, 8),
        "cache": SongCache(ngram5),
    }
    return {
        name: _scores([_baseline_guesses(model, song) for song in songs], protocol) for name, model in models.items()
    }


def chord_guesses(model: ChordReader, songs: Sequence[Song], *, with_semantic: bool) -> list[Guesses]:
    """What a chord model of either kind says about the chords of each song, given all of the song before."""
    if isinstance(model, MemoryAMT):
        windows = [whole_window(timed_chords(song), model.max_steps, _unseen(with_semantic)) for song in songs]
        return memory_guesses(model, windows)
    return amt_guesses(model, songs, with_semantic=with_semantic)


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
def amt_guesses(model: AMT, songs: Sequence[Song], *, with_semantic: bool) -> list[Guesses]:
    """What an AMT says about the chords of each song, given all of the song before."""
    device = next(model.parameters()).device
    found = []
    for first in range(0, len(songs), _BATCH):
        some = songs[first : first + _BATCH]
        windows = [published_window(song, with_semantic=with_semantic, max_steps=model.max_steps) for song in some]
        batch = collated(windows)
        inputs = batch.inputs if model.has_start else batch.inputs[:, 1:]
        logits = model(batch.video.to(device), inputs.to(device), batch.is_minor.to(device), batch.lengths.to(device))
        scores = logits.double().log_softmax(dim=-1).cpu().numpy()[:, 1 if model.has_start else 0 :]
        for row, window in zip(scores, windows, strict=True):
            found.append(Guesses(row[: len(window.targets) - 1], window.inputs[1:], window.targets[1:]))
    return found


@torch.inference_mode()
def dynamics_scores(model: BiGRU, songs: Sequence[Song], *, with_semantic: bool) -> dict[str, PerSong]:
    """The regressor's figures by name, for density and loudness: rmse, rmse_unpadded and correlation.

    ``rmse`` is the paper's: songs padded with zeros to 300 s, predictions too. Nothing is predicted below 0.
    """
    device = next(model.parameters()).device
    curves: list[Reals] = []
    for first in range(0, len(songs), _BATCH):
        some = songs[first : first + _BATCH]
        batch = dynamics_batch(some, [song_video(song, with_semantic=with_semantic) for song in some])
        predicted = model(batch.video.to(device), batch.lengths).clamp(min=0.0).double().cpu().numpy()
        curves += [rows[:length] for rows, length in zip(predicted, batch.lengths.tolist(), strict=True)]
    return _dynamics_figures(curves, songs)


def _unseen(with_semantic: bool) -> tuple[str, ...]:
    return () if with_semantic else ("semantic",)


def _dynamics_figures(curves: Sequence[Reals], songs: Sequence[Song]) -> dict[str, PerSong]:
    figures = {}
    for column, name in enumerate(("density", "loudness")):
        pairs = []
        for curve, song in zip(curves, songs, strict=True):
            target = (song.density if column == 0 else song.loudness).astype(np.float64)[: len(curve)]
            pairs.append((curve[:, column], target))
        padded = [np.array([padded_rmse(*pair, PUBLISHED_STEPS)]) for pair in pairs]
        figures[f"{name}_rmse"] = per_song_mean(padded)
        figures[f"{name}_rmse_unpadded"] = per_song_mean([np.array([rmse(*pair)]) for pair in pairs])
        together = np.array([correlation(*pair) for pair in pairs])
        figures[f"{name}_correlation"] = per_song_mean([value[~np.isnan(value)] for value in together[:, None]])
    return figures


def _dynamics_baselines(training: Sequence[Song], songs: Sequence[Song]) -> dict[str, dict[str, Any]]:
    dynamics = [np.stack((song.density, song.loudness), axis=1).astype(np.float64) for song in training]
    lengths = [min(len(song.density), PUBLISHED_STEPS) for song in songs]
    models = {"constant": FadeCurve(dynamics, 0), "fade": FadeCurve(dynamics)}
    return {
        name: _reported(_dynamics_figures([model.curve(length) for length in lengths], songs))
        for name, model in models.items()
    }


def _baseline_guesses(model: Baseline, song: Song) -> Guesses:
    window = published_window(song)
    chords = min(len(song), PUBLISHED_STEPS)
    rows = model.probabilities(song.chords[:chords])
    if len(window.targets) > chords:  # END follows, of which the counting models know nothing
        rows = np.concatenate((rows, np.full((1, CHORDS), 1.0 / CHORDS)))
    return Guesses(np.log(np.maximum(rows, _SMALLEST)), window.inputs[1:], window.targets[1:])


def _scores(guesses: Sequence[Guesses], protocol: Protocol) -> dict[str, PerSong]:
    """All figures of one model."""
    counted = [_counted(song, protocol) for song in guesses]
    all_ranks = [ranks(song.log_probabilities, song.targets) for song in counted]
    chords = [_without_end(song) for song in counted]
    changes = [change_ranks(song.log_probabilities[:, :CHORDS], song.previous, song.targets) for song in chords]
    scores = {f"hits_at_{k}": per_song_mean([hits_at(found, k) for found in all_ranks]) for k in (1, 3, 5)}
    for k in (1, 3, 5):
        scores[f"change_hits_at_{k}"] = per_song_mean([hits_at(found, k) for found in changes], is_pooled=True)
    nats = [negative_log_likelihoods(song.log_probabilities, song.targets) for song in chords]
    scores["nll"] = per_song_mean(nats, is_pooled=True)
    scores["change_auc"] = per_song_mean([_change_auc(song) for song in chords])
    return scores


def _counted(song: Guesses, protocol: Protocol) -> Guesses:
    """The positions that the protocol counts; row 0 is about second 1."""
    if protocol == "paper":
        return song
    kept = away_from_label_artefact(np.arange(1, len(song.targets) + 1))
    return Guesses(song.log_probabilities[kept], song.previous[kept], song.targets[kept])


def _without_end(song: Guesses) -> Guesses:
    kept = song.targets < CHORDS
    return Guesses(song.log_probabilities[kept], song.previous[kept], song.targets[kept])


def _change_auc(song: Guesses) -> Reals:
    """Of telling changes from holds by the probability of holding, inside one song; empty where it has only one."""
    hold = -np.take_along_axis(song.log_probabilities, song.previous[:, None], axis=1)[:, 0]
    value = area_under_curve(hold, song.previous != song.targets)
    return np.array([] if np.isnan(value) else [value])


def _reported(scores: dict[str, PerSong]) -> dict[str, Any]:
    """Means and intervals, rounded to what the songs can tell."""
    report: dict[str, Any] = {}
    for name, score in scores.items():
        report[name] = round(score.mean, 4)
        report[f"{name}_ci"] = [round(bound, 4) for bound in score.interval()]
    return report


def _gain(model: dict[str, PerSong], other: dict[str, PerSong]) -> dict[str, Any]:
    first, second = model["hits_at_1"], other["hits_at_1"]
    low, high = first.interval_of_gain_over(second)
    return {"hits_at_1": round(first.mean - second.mean, 4), "hits_at_1_ci": [round(low, 4), round(high, 4)]}
