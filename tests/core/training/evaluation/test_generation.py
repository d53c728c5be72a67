from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import torch

from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.training.data.datasets import read_split
from hitpoint.core.training.evaluation.generation import Composed, compose_songs, generation_metrics


def _songs(count: int, seed: int = 0) -> list[np.ndarray[tuple[int], np.dtype[np.int64]]]:
    rng = np.random.default_rng(seed)
    return [np.repeat(rng.choice([1, 5, 40, 70, 79, 118], size=40), rng.integers(1, 4, size=40)) for _ in range(count)]


def test_real_songs_lie_within_the_floors_and_copies_raise_an_alarm() -> None:
    training, real = _songs(80), _songs(20, seed=1)
    free = generation_metrics([Composed((song,), {}) for song in real], training, real)
    copied = generation_metrics([Composed((training[0],), {})] * 3, training, real)
    for name, distance in free["distance_bits"].items():
        assert 0 < distance["value"] == distance["real"] < 1.2 * distance["bound"], name
        assert distance["within"] == (distance["value"] <= distance["bound"])
    assert not any(free["copies"][name] for name in ("alarms_seconds", "alarms_chords"))
    assert copied["copies"]["alarms_seconds"] == 3
    assert copied["copies"]["longest_seconds"] == len(training[0])


def test_other_music_lies_outside_the_floors() -> None:
    strange = [Composed((song + 3,), {}) for song in _songs(12, seed=1)]
    found = generation_metrics(strange, _songs(40), _songs(12, seed=2))
    assert not found["distance_bits"]["unigram"]["within"] and found["distance_bits"]["unigram"]["value"] > 0.5


def test_takes_are_compared_where_nothing_is_locked() -> None:
    first, second = np.array([1, 2, 3, 4] * 5), np.array([1, 2, 5, 6] * 5)
    piece = Composed((first, second), {at: 9 for at in range(0, 20, 2)})
    found = generation_metrics([piece], _songs(8), _songs(4, seed=1))
    assert found["diversity"]["hamming"] == 0.5
    assert found["lock_violations"] == 20


def test_composing_follows_seed_and_picture(muvi: Path) -> None:
    songs = read_split(muvi, "val")
    torch.manual_seed(0)
    config = MemoryConfig(d_model=8, n_heads=2, n_layers=2, encoder_layers=1, n_pointers=1, pointer_width=4)
    model = MemoryAMT(config).eval().double()
    first, again = (compose_songs(model, songs, 2, seed=1) for _ in range(2))
    assert [len(piece.takes[0]) for piece in first] == [len(song.features) for song in songs]
    for one, two in zip(first, again, strict=True):
        assert all((a == b).all() for a, b in zip(one.takes, two.takes, strict=True))
    assert (first[0].takes[0] != first[0].takes[1]).any()
    report = generation_metrics(first, [song.chords for song in read_split(muvi, "train")], [s.chords for s in songs])
    assert json.loads(json.dumps(report))["takes"] == 2
