from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from hitpoint.core.model.config import AMTConfig
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.amt import AMT
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.training.data.datasets import Song, read_split
from hitpoint.core.training.evaluation.probes import (
    calibration,
    infill_losses,
    probe,
    song_losses,
    with_pictures_moved,
    with_pictures_of_others,
)
from hitpoint.core.training.evaluation.teacher_forcing import ChordReader, Guesses, chord_guesses

TINY = {"d_model": 8, "n_heads": 2, "n_layers": 2}


def _memory() -> MemoryAMT:
    torch.manual_seed(0)
    config = MemoryConfig(**TINY, encoder_layers=1, n_pointers=1, pointer_width=4, pair_hidden=4)  # type: ignore[arg-type]
    return MemoryAMT(config).eval()


def _paper() -> AMT:
    torch.manual_seed(0)
    return AMT(AMTConfig(**TINY, dim_feedforward=8, has_start=True, masks_padding=True)).eval()  # type: ignore[arg-type]


@pytest.fixture
def songs(muvi: Path) -> tuple[Song, ...]:
    return read_split(muvi, "train")


@pytest.mark.parametrize("model", [_memory(), _paper()], ids=["memory", "paper"])
def test_what_is_hidden_changes_what_is_guessed(songs: tuple[Song, ...], model: ChordReader) -> None:
    said = [
        chord_guesses(model, songs[:1], with_semantic=semantic, with_picture=picture)[0].log_probabilities
        for semantic, picture in ((True, True), (False, True), (True, False))
    ]
    assert said[0].shape == said[1].shape == said[2].shape
    assert all(np.abs(first - second).max() > 1e-6 for first, second in zip(said, [*said[1:], said[0]], strict=True))


def test_memory_guesses_are_probabilities_of_the_chords_from_second_one_on(songs: tuple[Song, ...]) -> None:
    for song, found in zip(songs, chord_guesses(_memory(), songs), strict=True):
        assert found.targets.tolist() == [*song.chords[1:].tolist(), 157]
        assert found.previous.tolist() == song.chords.tolist()
        assert np.exp(found.log_probabilities).sum(axis=1) == pytest.approx(1.0, abs=1e-4)


def test_songs_are_shown_the_next_longer_picture(songs: tuple[Song, ...]) -> None:
    changed = with_pictures_of_others(songs, 1)
    assert len(changed[0].features) == len(songs[0].features)
    assert (changed[0].features.motion == songs[1].features.motion[: len(songs[0].features)]).all()
    assert (changed[3].features.motion[: len(songs[0].features)] == songs[0].features.motion).all()
    assert (changed[2].chords == songs[2].chords).all()


def test_a_picture_moved_is_the_same_rows_in_another_order(songs: tuple[Song, ...]) -> None:
    moved = with_pictures_moved(songs, np.random.default_rng(0))[0].features.motion
    assert sorted(moved) == sorted(songs[0].features.motion) and (moved != songs[0].features.motion).any()


def test_gaps_are_measured_with_the_same_chords_either_way(songs: tuple[Song, ...]) -> None:
    turned, locked, free = infill_losses(_memory(), songs, 8, np.random.default_rng(0))
    assert turned.counts.tolist() == locked.counts.tolist() == free.counts.tolist() == [8.0] * 4
    assert (locked.sums != free.sums).all()


def test_losses_are_of_chords_and_of_those_asked_for() -> None:
    rows = np.log(np.array([[0.5, 0.25, 0.25], [0.1, 0.6, 0.3], [0.2, 0.2, 0.6]]))
    song = Guesses(rows, np.array([0, 0, 1]), np.array([0, 1, 157]))
    assert song_losses([song]).mean == pytest.approx(-np.log(0.5 * 0.6) / 2)
    assert song_losses([song], [np.array([False, True, True])]).mean == pytest.approx(-np.log(0.6))


def test_calibration_by_hand() -> None:
    rows = np.log(np.array([[0.9, 0.1], [0.9, 0.1], [0.3, 0.7], [0.3, 0.7]]))  # changes: .1 .1 .7 .7
    song = Guesses(rows, np.zeros(4, np.int64), np.array([0, 1, 1, 1]))
    assert calibration([song])["change_ece"] == pytest.approx((abs(0.2 - 1) + abs(1.4 - 2)) / 4)


def test_all_probes_have_intervals(songs: tuple[Song, ...]) -> None:
    model = _memory()
    found = probe(model, songs, chord_guesses(model, songs), 2)
    names = [name for name in found if not name.endswith("_ci")]
    assert names == [
        "change_ece", "video_gain_song_bits", "video_gain_moment_bits",
        *(f"{way}_gain_{span}s_nats" for span in (4, 8, 16, 32) for way in ("infill", "refill")),
    ]  # fmt: skip
    assert all(found[f"{name}_ci"][0] <= found[name] <= found[f"{name}_ci"][1] for name in names[1:])
