"""Training the chord model with a memory, on MuVi-Sync and the corpora: the task behind ``hitpoint train --model amt``.

The corpora teach chords and how songs repeat themselves; MuVi-Sync teaches that and the picture. A share of the windows
comes from the corpora, and falls: merged once and for all they make the model worse on MuVi-Sync.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from hitpoint.core.errors import DatasetError
from hitpoint.core.model.checkpoint import load_chord_model, save_memory_amt
from hitpoint.core.model.conditions import FREE
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.places import Unit
from hitpoint.core.model.vocabulary import CHORDS
from hitpoint.core.training.data.datasets import Floats, Song
from hitpoint.core.training.data.memory_windows import (
    MemoryBatch,
    MemoryWindow,
    WindowRecipe,
    collated_windows,
    drawn_window,
    native_picture,
    whole_window,
)
from hitpoint.core.training.data.metre_songs import MetreSong
from hitpoint.core.training.data.metre_steps import UNITS, stepped
from hitpoint.core.training.data.segments import TimedChords, has_harmony, timed_chords
from hitpoint.core.training.distributed import place
from hitpoint.core.training.evaluation.evaluate import chord_scores
from hitpoint.core.training.evaluation.teacher_forcing import memory_guesses
from hitpoint.core.training.loop import Scores
from hitpoint.core.training.losses import mixture_loss
from hitpoint.core.training.options import TrainingOptions

_CORPORA_FALL_UNTIL = 0.7  # of the run
_OF_PLACES = ("places.", "place_likeness.")
_UNITS: tuple[Unit, ...] = ("half",) * 7 + ("beat",) * 2 + ("bar",)  # each as often as it stands here
_WISH_SPREAD = 0.02  # of the short way's embeddings, which begin as a whisper


def new_memory_amt(options: TrainingOptions) -> MemoryAMT:
    """An untrained model of the size asked for, its weights drawn with the seed."""
    config = MemoryConfig(
        d_model=options.d_model,
        n_heads=options.n_heads,
        n_layers=options.n_layers,
        encoder_layers=options.encoder_layers,
        n_pointers=options.pointers,
        pointer_width=options.pointer_width,
        pair_hidden=options.pair_hidden,
        dropout=options.dropout,
        has_expert=options.experts,
        place_hidden=options.place_hidden,
        biased_layers=(min(1, options.n_layers - 1),),
    )
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(options.seed)
        model = MemoryAMT(config)
        model.apply(_begin)
        for name, weight in model.named_parameters():
            if name.startswith("wishes."):
                nn.init.normal_(weight, std=_WISH_SPREAD)
        if model.expert is not None:
            nn.init.zeros_(model.expert.weight)
        for quiet in (model.places, None if model.place_likeness is None else model.place_likeness.outer):
            for weight in () if quiet is None else quiet.parameters() if isinstance(quiet, nn.Module) else (quiet,):
                nn.init.zeros_(weight)
    if options.initial is not None:
        _begin_with(model, options.initial)
    return model


def _begin_with(model: MemoryAMT, path: Path) -> None:
    """Take over the weights of a trained model; what that does not have keeps its own."""
    trained = load_chord_model(path)
    if not isinstance(trained, MemoryAMT):
        raise DatasetError(f"{path}: holds no model with a memory to begin with")
    known = trained.state_dict()
    own = {name: weight for name, weight in model.state_dict().items() if name.startswith(_OF_PLACES)}
    model.load_state_dict({**own, **known})


class MemoryTask:
    """See :class:`~hitpoint.core.training.loop.Task`.

    Args:
        options: of the run.
        songs: of MuVi-Sync to train on.
        held_out: of MuVi-Sync to measure on.
        corpora: chords of other corpora; none will do.
        metre_songs: songs with bars, to train on and to measure on; none will do.
    """

    def __init__(
        self,
        options: TrainingOptions,
        songs: Sequence[Song],
        held_out: Sequence[Song],
        corpora: Sequence[TimedChords] = (),
        metre_songs: Sequence[MetreSong] = (),
    ) -> None:
        self.model = new_memory_amt(options)
        self._options, self._held_out = options, held_out
        self._songs = [timed_chords(song) for song in songs if has_harmony(song)]
        if not self._songs and options.pictures:
            raise DatasetError(f"{options.dataset}: no song of the train split has chords to learn from")
        by_source = {source: [song for song in corpora if song.source == source] for source in ("billboard", "pop909")}
        self._corpora = [found for found in by_source.values() if found]
        self._placed = placed_songs([song for song in metre_songs if not song.is_held_out])
        self._placed_held_out = [
            timed for song in metre_songs if song.is_held_out and (timed := stepped(song, "half")) is not None
        ]
        self._recipe = window_recipe(options)
        self._pictures: dict[str, dict[str, Floats]] = {}

    def loss(self, update: int, rng: np.random.Generator, device: torch.device) -> Tensor:
        """See :func:`~hitpoint.core.training.losses.mixture_loss`."""
        options = self._options
        batch = self.batch(update, rng, device)
        said = self.model(batch.tokens, batch.is_minor, batch.conditions, batch.source)
        return mixture_loss(
            said.log_p,
            said.vocabulary,
            said.attributes,
            batch.targets,
            batch.levels,
            options.vocabulary_weight,
            options.affect_weight,
            weights_of(batch, options.locked_weight),
        )

    def batch(self, update: int, rng: np.random.Generator, device: torch.device) -> MemoryBatch:
        """This process's share of an update's windows; each has a generator of its own, seeded by ``rng``."""
        seeds = rng.integers(0, 2**63, size=self._options.batch_size)
        share = self.corpora_share(update)
        own = place().share(seeds.tolist())
        return collated_windows([self._drawn(np.random.default_rng(seed), share) for seed in own], device)

    def corpora_share(self, update: int) -> float:
        """Share of windows from the corpora at an update; 0 without corpora."""
        options = self._options
        done = min(1.0, update / max(1.0, _CORPORA_FALL_UNTIL * options.updates))
        share = options.corpora_share + (options.corpora_share_end - options.corpora_share) * done
        return share if self._corpora else 0.0

    def validate(self, model: nn.Module, device: torch.device) -> Scores:
        """Likelihood with and without CLIP rows by the paper's protocol; their mean is the score."""
        assert isinstance(model, MemoryAMT)
        with autocast_of(self._options, device):
            with_semantic = chord_scores(model, self._held_out, with_semantic=True)
            without = chord_scores(model, self._held_out, with_semantic=False)
            placed = placed_scores(model, self._placed_held_out) if self._placed_held_out else {}
        seconds = (with_semantic["nll"].mean + without["nll"].mean) / 2
        return {
            "score": (seconds + placed["placed_nll"]) / 2 if placed else seconds,
            **placed,
            "nll": with_semantic["nll"].mean,
            "nll_without_semantic": without["nll"].mean,
            "hits_at_1": with_semantic["hits_at_1"].mean,
            "hits_at_1_without_semantic": without["hits_at_1"].mean,
            "change_hits_at_1": with_semantic["change_hits_at_1"].mean,
        }

    def save(self, model: nn.Module, path: Path, about: dict[str, Any]) -> None:
        """Write it with float16 weights."""
        assert isinstance(model, MemoryAMT)
        save_memory_amt(model, path, about, half=True)

    def _drawn(self, rng: np.random.Generator, share: float) -> MemoryWindow:
        """A window of MuVi-Sync or, with the chance of ``share``, of one of the corpora, each as often."""
        songs, chance = self._songs, rng.random()
        if chance < share:
            songs = self._corpora[int(rng.integers(len(self._corpora)))]
        elif self._placed and chance > 1.0 - self._options.metre_share:
            songs = self._placed[_UNITS[int(rng.integers(len(_UNITS)))]][int(rng.integers(2))]
        chosen = songs[int(rng.integers(len(songs)))]
        return drawn_window(chosen, rng, self._recipe, self._picture(chosen))

    def _picture(self, chords: TimedChords) -> dict[str, Floats]:
        """What the model reads of the picture, computed once a song."""
        if chords.song is None:
            return {}
        if chords.name not in self._pictures:
            self._pictures[chords.name] = native_picture(chords.song)
        return self._pictures[chords.name]


def autocast_of(options: TrainingOptions, device: torch.device) -> AbstractContextManager[object]:
    """Measures in the precision that the run trains in."""
    return torch.autocast(device.type, torch.bfloat16) if options.precision == "bfloat16" else nullcontext()


def placed_songs(songs: Sequence[MetreSong]) -> dict[Unit, tuple[list[TimedChords], ...]]:
    """The songs in steps of each unit, by corpus; a corpus that has none is served by the other.

    Empty without songs.
    """
    found: dict[Unit, tuple[list[TimedChords], ...]] = {}
    for unit in UNITS if songs else ():
        timed = [one for song in songs if (one := stepped(song, unit)) is not None]
        parts = [[song for song in timed if song.source == source] for source in ("billboard", "pop909")]
        found[unit] = tuple(part or timed for part in parts)
    return found


def placed_scores(model: MemoryAMT, songs: Sequence[TimedChords]) -> Scores:
    """Nats a step of songs with bars, of all and by corpus, and Hits@1 where the chord changes; END is not counted."""
    guesses = memory_guesses(model, [whole_window(song, model.max_steps) for song in songs])
    nats: dict[str, list[float]] = {"billboard": [], "pop909": []}
    hits: list[bool] = []
    for song, guess in zip(songs, guesses, strict=True):
        inside = guess.targets < CHORDS
        rows = guess.log_probabilities[inside]
        targets, before = guess.targets[inside], guess.previous[inside]
        nats[song.source] += (-rows[np.arange(len(targets)), targets]).tolist()
        others = rows[:, :CHORDS].copy()
        others[np.arange(len(targets)), before] = -np.inf
        hits += (others.argmax(axis=1) == targets)[targets != before].tolist()
    scores = {f"placed_nll_{name}": float(np.mean(values)) for name, values in nats.items() if values}
    return {
        "placed_nll": float(np.mean([nat for values in nats.values() for nat in values])),
        **scores,
        "placed_change_hits_at_1": float(np.mean(hits)),
    }


def window_recipe(options: TrainingOptions) -> WindowRecipe:
    """What the options say about windows."""
    return WindowRecipe(
        steps=options.window,
        stretch=options.stretch,
        from_start=options.from_start,
        cleaned=options.cleaned,
        hide_semantic=options.semantic_dropout,
        hide_emotion=options.emotion_dropout,
        hide_group=options.group_dropout,
        hide_picture=options.video_dropout,
        lock_points=options.lock_points,
        lock_around=options.lock_around,
        lock_before=options.lock_before,
        wishes=options.wishes,
        hide_wish=options.wish_dropout,
        most_spans=options.lock_spans,
        lock_turned=options.lock_turned,
    )


def weights_of(batch: MemoryBatch, locked_weight: float) -> Tensor:
    """(batch, time) how much each target counts: 1, or ``locked_weight`` where its chord is locked."""
    is_locked = batch.conditions.locks[:, : batch.targets.shape[1]] != FREE
    return torch.where(is_locked, locked_weight, 1.0)


def _begin(module: nn.Module) -> None:
    """Weights of one module: small, so that Muon and the mixture begin quietly."""
    if isinstance(module, nn.Linear):
        nn.init.normal_(module.weight, std=0.5 / math.sqrt(module.in_features))
        if module.bias is not None:
            nn.init.zeros_(module.bias)
    elif isinstance(module, nn.Embedding):
        nn.init.normal_(module.weight, std=0.1)
