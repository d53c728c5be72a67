"""How good the models are, with the baselines beside them: what ``hitpoint evaluate`` calls.

Two protocols. "paper": every second from 1 to at most 299, and END where the song is shorter than 300 s. "clean": the
same without the seconds t with t mod 10 in {0, 1}, where the data set's labels change for reasons outside the music.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from numpy.typing import NDArray

from hitpoint.core.errors import OptionError
from hitpoint.core.model.checkpoint import default_checkpoint, load_chord_model, load_regressor
from hitpoint.core.model.networks.dynamics_net import Regressor
from hitpoint.core.model.vocabulary import CHORDS
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.data.batches import dynamics_batch, published_window, song_video
from hitpoint.core.training.data.datasets import PUBLISHED_STEPS, Song, read_split
from hitpoint.core.training.evaluation.baselines import Baseline, Copy, FadeCurve, KneserNey, SongCache
from hitpoint.core.training.evaluation.generation import compose_songs, generation_metrics
from hitpoint.core.training.evaluation.metrics import (
    SMALLEST_PROBABILITY,
    PerSong,
    area_under_curve,
    away_from_label_artefact,
    change_ranks,
    correlation,
    hits_at,
    log_losses,
    negative_log_likelihoods,
    padded_rmse,
    per_song_mean,
    ranks,
    rmse,
)
from hitpoint.core.training.evaluation.probes import probe
from hitpoint.core.training.evaluation.teacher_forcing import ChordReader, Guesses, chord_guesses, hold_probabilities

Reals = NDArray[np.float64]
Protocol = Literal["paper", "clean"]

_BATCH = 15  # songs a forward pass
_SHAPE_WEIGHT = 0.5  # of correlations beside errors, in what decides which weights are kept


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
        gains: figures of the model less those of each baseline, with the paired intervals.
        without: the model's figures without CLIP rows ("semantic") and without any picture ("picture").
        probes: what the model makes of picture, locks and its own certainty; see ``probes``. Empty if not asked for.
        generation: what it composes, beside real songs; see ``generation``. Empty if not asked for.
        regressor: of the regressor; under ``baselines`` those of the mean curve and of a constant.
    """

    split: str
    songs: int
    protocol: str
    with_semantic: bool
    model: dict[str, Any]
    baselines: dict[str, dict[str, Any]]
    gains: dict[str, dict[str, Any]]
    without: dict[str, dict[str, Any]]
    probes: dict[str, Any]
    generation: dict[str, Any]
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
    shuffles: int = 0,
    takes: int = 0,
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
        shuffles: other pictures that each song is shown for ``probes``, ten or more for figures to rely on; 0 leaves
            the probes out.
        takes: composed to each song for ``generation``; 0 leaves that out.
        progress: told what is being done.

    Raises:
        DatasetError: if the data set is not as published.
        CheckpointError: if the weights cannot be loaded.
    """
    if protocol not in ("paper", "clean"):
        raise OptionError(f"there is no protocol {protocol!r}: choose paper or clean")
    model = load_chord_model(checkpoint_amt or default_checkpoint("amt"))
    regressor = load_regressor(checkpoint_regressor or default_checkpoint("regressor"))
    progress.step(0.0, "reading the data set")
    training = read_split(dataset, "train", with_semantic=False, progress=progress.part(0.0, 0.2))
    songs = read_split(dataset, split, with_semantic=with_semantic, progress=progress.part(0.2, 0.3))
    return _evaluation(model, regressor, training, songs, split, protocol, shuffles, takes, progress)


def _evaluation(
    model: ChordReader,
    regressor: Regressor,
    training: Sequence[Song],
    songs: Sequence[Song],
    split: str,
    protocol: Protocol,
    shuffles: int,
    takes: int,
    progress: Progress,
) -> Evaluation:
    """All figures, of songs that were read."""
    with_semantic = any(song.features.semantic is not None for song in songs)  # a data set may have none
    progress.step(0.3, "measuring the chords")
    guesses = chord_guesses(model, songs, with_semantic=with_semantic)
    found = _scores(guesses, protocol)
    without = _without(model, songs, protocol, with_semantic=with_semantic)
    probed = probe(model, songs, guesses, shuffles, progress.part(0.4, 0.5)) if shuffles else {}
    composed = _generation(model, training, songs, takes, progress.part(0.5, 0.6)) if takes else {}
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
        without=without,
        probes=probed,
        generation=composed,
        regressor=dynamics,
    )


def _without(model: ChordReader, songs: Sequence[Song], protocol: Protocol, *, with_semantic: bool) -> dict[str, Any]:
    """The chord model's figures when it is not shown the picture, or of it not the CLIP rows."""
    without = {"picture": _reported(chord_scores(model, songs, with_picture=False, protocol=protocol))}
    if with_semantic:
        without["semantic"] = _reported(chord_scores(model, songs, with_semantic=False, protocol=protocol))
    return without


def chord_scores(
    model: ChordReader,
    songs: Sequence[Song],
    *,
    with_semantic: bool = True,
    with_picture: bool = True,
    protocol: Protocol = "paper",
) -> dict[str, PerSong]:
    """A chord model's figures by name: hits_at_1/3/5, change_hits_at_1/3/5, nll, change_auc."""
    return _scores(chord_guesses(model, songs, with_semantic=with_semantic, with_picture=with_picture), protocol)


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


def validation_scores(
    model: Regressor, songs: Sequence[Song], scale: Sequence[float], error: Literal["rmse", "rmse_unpadded"]
) -> dict[str, float]:
    """What decides which weights of a regressor are kept, as "score", the less the better, and what it is made of.

    Errors in standard deviations and half of what correlations lack of 1, on the mean of density and loudness, with
    and without CLIP rows.

    Args:
        model: the regressor.
        songs: held out.
        scale: standard deviations of density and loudness.
        error: which of :func:`dynamics_scores` is minimised.
    """
    scores = {"score": 0.0}
    for with_semantic, end in ((True, ""), (False, "_without_semantic")):
        found = dynamics_scores(model, songs, with_semantic=with_semantic)
        for name, deviation in zip(("density", "loudness"), scale, strict=True):
            missed, r = found[f"{name}_{error}"].mean, found[f"{name}_correlation"].mean
            scores[f"{name}_{error}{end}"], scores[f"{name}_correlation{end}"] = missed, r
            scores["score"] += (missed / deviation + _SHAPE_WEIGHT * (1.0 - r)) / 4
    return scores


@torch.inference_mode()
def dynamics_scores(model: Regressor, songs: Sequence[Song], *, with_semantic: bool) -> dict[str, PerSong]:
    """The regressor's figures by name, for density and loudness: rmse, rmse_unpadded and correlation.

    ``rmse`` is the paper's: songs padded with zeros to 300 s, predictions too. Nothing is predicted below 0. A
    regressor that reads whole songs is shown those of more than 300 s whole, and measured on the first 300.
    """
    device = next(model.parameters()).device
    curves: list[Reals] = []
    for first in range(0, len(songs), _BATCH):
        some = songs[first : first + _BATCH]
        videos = [song_video(song, with_semantic=with_semantic) for song in some]
        batch = dynamics_batch(some, videos, model.config.max_steps)
        predicted = model(batch.video.to(device), batch.lengths).clamp(min=0.0).double().cpu().numpy()
        lengths = batch.lengths.clamp(max=PUBLISHED_STEPS).tolist()
        curves += [rows[:length] for rows, length in zip(predicted, lengths, strict=True)]
    return _dynamics_figures(curves, songs)


def _generation(
    model: ChordReader, training: Sequence[Song], songs: Sequence[Song], takes: int, progress: Progress
) -> dict[str, Any]:
    """The model is doubled for it: composing is in float64."""
    composed = compose_songs(deepcopy(model).double(), songs, takes, progress=progress)
    return generation_metrics(composed, [song.chords for song in training], [song.chords for song in songs])


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
    return Guesses(np.log(np.maximum(rows, SMALLEST_PROBABILITY)), window.inputs[1:], window.targets[1:])


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
    changing = [(1.0 - hold_probabilities(song), song.previous != song.targets) for song in chords]
    scores["change_log_loss"] = per_song_mean([log_losses(*song) for song in changing], is_pooled=True)
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
    """Model less the other, each figure with its paired interval; of ``nll``, less is better."""
    report: dict[str, Any] = {}
    for name in ("hits_at_1", "hits_at_3", "hits_at_5", "change_hits_at_1", "nll"):
        low, high = model[name].interval_of_gain_over(other[name])
        report[name] = round(model[name].mean - other[name].mean, 4)
        report[f"{name}_ci"] = [round(low, 4), round(high, 4)]
    return report
