"""Learning from the corpora alone: what is held out, and what was never seen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from hitpoint.core.errors import OptionError
from hitpoint.core.model.conditions import conditions_of
from hitpoint.core.model.networks.condition_encoder import stacked
from hitpoint.core.training.data.corpora import read_corpora
from hitpoint.core.training.data.metre_songs import MetreSong, Section, is_held_out, title_of
from hitpoint.core.training.data.segments import TimedChords
from hitpoint.core.training.memory_task import new_memory_amt
from hitpoint.core.training.open_task import OpenTask, without_the_unseen
from hitpoint.core.training.options import TrainingOptions

TINY: dict[str, Any] = {
    "kind": "memory_amt", "updates": 2, "batch_size": 8, "n_layers": 1, "encoder_layers": 1, "n_heads": 2, "d_model": 8,
    "pointers": 1, "pointer_width": 4, "pair_hidden": 4, "place_hidden": 2, "window": 64, "pictures": False,
    "corpora_share": 0.5, "corpora_share_end": 0.5, "metre_share": 0.5,
}  # fmt: skip


def _options(folder: Path, **changes: Any) -> TrainingOptions:
    return TrainingOptions(folder, folder / "run", **{**TINY, **changes})


def _bars(name: str, title: str) -> MetreSong:
    return MetreSong(name, "billboard", title, False, 4, ((1, 1, 5, 5),) * 16, (Section(0, "A", (0, 4, 8, 12)),))


@pytest.fixture
def songs(corpora: Path) -> tuple[TimedChords, ...]:
    return read_corpora(corpora, ())


def test_without_muvi_sync_the_keys_of_pop909_decide_billboards_modes(songs: tuple[TimedChords, ...]) -> None:
    assert [song.source for song in songs] == ["billboard", "pop909"]


def test_a_title_holds_out_the_song_in_seconds_and_in_bars(corpora: Path, songs: tuple[TimedChords, ...]) -> None:
    assert [title_of(corpora, song) for song in songs] == ["t", "pop909 001"]
    assert _bars("0003", "t").is_held_out == is_held_out("t")


def test_windows_are_of_the_corpora_and_some_do_not_say_of_which(corpora: Path, songs: tuple[TimedChords, ...]) -> None:
    held = next(f"song {number}" for number in range(99) if is_held_out(f"song {number}"))
    known = next(f"song {number}" for number in range(99) if not is_held_out(f"song {number}"))
    task = OpenTask(_options(corpora), songs, songs[:1], [_bars("1", held), _bars("2", known)])
    batch = task.batch(0, np.random.default_rng(0), torch.device("cpu"))
    assert set(batch.source.tolist()) > {0} and not batch.conditions.present.get("motion", torch.zeros(1)).any()


def test_shares_that_leave_room_for_pictures_are_refused(corpora: Path, songs: tuple[TimedChords, ...]) -> None:
    with pytest.raises(OptionError, match="1 less metre_share"):
        OpenTask(_options(corpora, corpora_share=0.2), songs, songs, ())


def test_what_was_never_seen_changes_nothing(tmp_path: Path) -> None:
    blind = without_the_unseen(new_memory_amt(_options(tmp_path)).eval())
    rng = np.random.default_rng(1)
    seen = conditions_of(rng.random((6, 776), np.float32))
    loud = replace(seen, levels=np.full_like(seen.levels, -1))
    loud.levels[:, 2:] = 7
    tokens, minor = torch.tensor([[159, 1, 5, 5]]), torch.zeros(1)
    said = [blind(tokens, minor, stacked([one], blind.turns)).log_p for one in (seen.without_picture(), seen, loud)]
    assert torch.equal(said[0], said[1]) and torch.equal(said[0], said[2])
