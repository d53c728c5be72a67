from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from hitpoint.core.errors import OptionError
from hitpoint.core.model.checkpoint import save_amt, save_memory_amt, save_regressor
from hitpoint.core.model.config import AMTConfig, RegressorConfig
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.amt import AMT
from hitpoint.core.model.networks.bigru import BiGRU
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.training.data.datasets import read_split
from hitpoint.core.training.evaluation.evaluate import baseline_scores, chord_scores, dynamics_scores, evaluate
from hitpoint.core.training.evaluation.report import evaluation_table
from hitpoint.core.training.evaluation.teacher_forcing import amt_guesses

SIZES = {"n_layers": 1, "n_heads": 2, "d_model": 8, "dim_feedforward": 8}


def _amt(*, has_start: bool = True) -> AMT:
    torch.manual_seed(0)
    return AMT(AMTConfig(**SIZES, has_start=has_start, masks_padding=has_start)).eval()


@pytest.fixture
def checkpoints(tmp_path: Path) -> tuple[Path, Path]:
    torch.manual_seed(0)
    paths = tmp_path / "amt.safetensors", tmp_path / "regressor.safetensors"
    save_amt(_amt(), paths[0], {})
    save_regressor(BiGRU(RegressorConfig(hidden=4, masks_padding=True)), paths[1], {})
    return paths


@pytest.mark.parametrize("has_start", [True, False], ids=["ours", "as published"])
def test_targets_are_the_chords_from_second_one_and_the_end(muvi: Path, has_start: bool) -> None:
    songs = read_split(muvi, "val")
    guesses = amt_guesses(_amt(has_start=has_start), songs, with_semantic=True)
    for song, found in zip(songs, guesses, strict=True):
        assert found.targets.tolist() == [*song.chords[1:].tolist(), 157]
        assert found.previous.tolist() == song.chords.tolist()
        assert np.exp(found.log_probabilities).sum(axis=1) == pytest.approx(1.0)


def test_a_song_is_measured_alone_or_in_a_batch_alike(muvi: Path) -> None:
    songs = read_split(muvi, "train")
    together = amt_guesses(_amt(), songs, with_semantic=True)
    alone = amt_guesses(_amt(), songs[:1], with_semantic=True)
    assert together[0].log_probabilities == pytest.approx(alone[0].log_probabilities, abs=1e-4)


def test_hiding_the_clip_rows_is_not_having_them(muvi: Path) -> None:
    seen, unseen = read_split(muvi, "val"), read_split(muvi, "val", with_semantic=False)
    hidden = chord_scores(_amt(), seen, with_semantic=False)
    assert hidden["nll"].mean == pytest.approx(chord_scores(_amt(), unseen, with_semantic=True)["nll"].mean)
    assert hidden["nll"].mean != pytest.approx(chord_scores(_amt(), seen, with_semantic=True)["nll"].mean, abs=1e-9)


def test_copying_hits_where_the_chord_is_held_and_misses_the_end(muvi: Path) -> None:
    songs = read_split(muvi, "val")
    copy = baseline_scores(read_split(muvi, "train"), songs)["copy"]["hits_at_1"]
    expected = [(song.chords[1:] == song.chords[:-1]).sum() / len(song) for song in songs]
    assert copy.mean == pytest.approx(np.mean(expected))


def test_the_clean_protocol_counts_fewer_seconds(muvi: Path) -> None:
    songs = read_split(muvi, "val", with_semantic=False)
    paper, clean = (chord_scores(_amt(), songs, with_semantic=False, protocol=name) for name in ("paper", "clean"))
    assert clean["nll"].counts.sum() == pytest.approx(0.8 * paper["nll"].counts.sum(), rel=0.05)


def test_a_regressor_is_measured_on_the_songs_own_seconds(muvi: Path) -> None:
    songs = read_split(muvi, "val")
    model = BiGRU(RegressorConfig(hidden=4, masks_padding=True)).eval()
    torch.nn.init.zeros_(model.output.weight)
    model.output.bias.data = torch.tensor([7.0, -1.0])
    found = dynamics_scores(model, songs, with_semantic=True)
    expected = np.mean([np.sqrt(np.mean((song.density - 7.0) ** 2)) for song in songs])
    silent = np.mean([np.sqrt(np.mean(song.loudness**2)) for song in songs])
    assert found["density_rmse_unpadded"].mean == pytest.approx(expected, rel=1e-5)
    assert found["loudness_rmse_unpadded"].mean == pytest.approx(silent, rel=1e-5)


def test_an_evaluation_keeps_the_contract(muvi: Path, checkpoints: tuple[Path, Path]) -> None:
    report = json.loads(json.dumps(evaluate(muvi, "val", "paper", *checkpoints).json()))
    assert report["schema"] == "hitpoint.evaluation.1"
    assert (report["split"], report["songs"], report["protocol"]) == ("val", 2, "paper")
    for model in (report["model"], *(report["baselines"][name] for name in ("copy", "bigram", "cache"))):
        for name in ("hits_at_1", "hits_at_3", "hits_at_5", "change_hits_at_1"):
            assert 0 <= model[f"{name}_ci"][0] <= model[name] <= model[f"{name}_ci"][1] <= 1
        assert model["nll"] > 0
    for name in ("density_rmse", "loudness_rmse", "density_correlation", "loudness_correlation"):
        assert np.isfinite(report["regressor"][name])


def test_the_table_shows_model_and_baselines(muvi: Path, checkpoints: tuple[Path, Path]) -> None:
    found = evaluate(muvi, "val", "clean", *checkpoints, with_semantic=False)
    table = evaluation_table(found)
    assert all(word in table for word in ("val", "2 songs", "clean", "AMT", "copy", "cache", "regressor"))
    assert f"{found.baselines['cache']['hits_at_1']:.3f}" in table


def test_a_memory_model_is_measured_whole(muvi: Path, checkpoints: tuple[Path, Path], tmp_path: Path) -> None:
    config = MemoryConfig(d_model=8, n_heads=2, n_layers=2, encoder_layers=1, n_pointers=1, pointer_width=4)
    path = tmp_path / "memory.safetensors"
    save_memory_amt(MemoryAMT(config), path, {})
    found = evaluate(muvi, "val", "paper", path, checkpoints[1], shuffles=1, takes=2)
    report = json.loads(json.dumps(found.json()))
    assert set(report["without"]) == {"semantic", "picture"}
    assert report["model"]["nll"] != report["without"]["picture"]["nll"]
    assert "infill_gain_8s_nats" in report["probes"] and report["generation"]["pieces"] == 2
    table = evaluation_table(found)
    assert all(word in table for word in ("no CLIP", "no picture", "of 16 s", "bigrams", "locks broken"))


def test_an_unknown_protocol_is_refused(muvi: Path) -> None:
    with pytest.raises(OptionError, match="choose paper or clean"):
        evaluate(muvi, protocol="dirty")  # type: ignore[arg-type]
