from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file

from hitpoint.core.errors import OptionError
from hitpoint.core.training.distributed import Place, average_gradients, mean_over_processes, place
from hitpoint.core.training.options import TrainingOptions
from hitpoint.core.training.recipe import recipe_toml
from hitpoint.core.training.train import train

TINY: dict[str, Any] = {
    "updates": 10, "batch_size": 5, "warmup": 2, "n_layers": 1, "encoder_layers": 1, "n_heads": 2, "d_model": 8,
    "dim_feedforward": 8, "hidden": 4, "pointers": 1, "pointer_width": 4, "pair_hidden": 4, "validate_every": 5,
    "dropout": 0.0, "muon_rate": 0.0, "window": 64, "learning_rate": 1e-3, "seed": 3,
}  # fmt: skip


def test_a_lone_process_is_the_first_of_one() -> None:
    assert place() == Place(0, 1) and place().is_first
    weight = torch.nn.Parameter(torch.ones(2))
    weight.grad = torch.tensor([1.0, 2.0])
    average_gradients([weight])
    assert weight.grad.tolist() == [1.0, 2.0]
    assert float(mean_over_processes(torch.tensor(6.0), torch.tensor(4))) == 1.5
    assert float(mean_over_processes(torch.tensor(0.0), torch.tensor(0))) == 0.0


def test_shares_make_up_the_whole_batch() -> None:
    parts = [Place(rank, 3).share(range(8)) for rank in range(3)]
    assert sorted(item for part in parts for item in part) == list(range(8)) and min(map(len, parts)) == 2


def test_a_batch_too_small_for_the_processes_is_refused(muvi: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORLD_SIZE", "6")
    with pytest.raises(OptionError, match="batch of 5 cannot be shared by 6"):
        train(TrainingOptions(muvi, muvi.parent / "run", **TINY))


@pytest.mark.slow
@pytest.mark.parametrize(("model", "kind"), [("amt", "memory_amt"), ("paper-amt", "amt"), ("regressor", "dynamics")])
def test_two_processes_do_what_one_does(muvi: Path, tmp_path: Path, model: str, kind: Any) -> None:
    """By the command line, as ``torchrun`` starts it: losses, validation and weights agree."""
    options = TrainingOptions(muvi, tmp_path / "one", kind=kind, device="cpu", threads=1, **TINY)
    recipe = tmp_path / "recipe.toml"
    recipe.write_text(recipe_toml(options.recipe()))
    alone = train(options)
    command = ["train", str(muvi), "-o", str(tmp_path / "two"), "--model", model, "--recipe", str(recipe), "--quiet"]
    outputs = _started_together(2, command)
    assert str(alone.checkpoint.name) in outputs[0] and outputs[1] == ""
    one, two = ([json.loads(line) for line in _log(tmp_path / name)] for name in ("one", "two"))
    assert [line["update"] for line in one] == [line["update"] for line in two] == [5, 10, 10]
    for first, second in zip(one, two, strict=True):
        assert second.get("loss") == pytest.approx(first.get("loss"), abs=2e-4)
        assert second.get("validation") == pytest.approx(first.get("validation"), abs=5e-3)
    weights = [load_file(tmp_path / name / alone.checkpoint.name) for name in ("one", "two")]
    assert all(torch.allclose(weights[0][key], weights[1][key], atol=5e-3) for key in weights[0])


@pytest.mark.slow
def test_two_processes_go_on_where_they_stopped(muvi: Path, tmp_path: Path) -> None:
    options = {**TINY, "muon_rate": 0.02, "dropout": 0.2}
    told = TrainingOptions(muvi, tmp_path, kind="memory_amt", device="cpu", threads=1, **options)
    recipe = tmp_path / "recipe.toml"
    recipe.write_text(recipe_toml(told.recipe()))
    shared = ["--recipe", str(recipe), "--quiet"]
    _started_together(2, ["train", str(muvi), "-o", str(tmp_path / "whole"), *shared])
    _started_together(2, ["train", str(muvi), "-o", str(tmp_path / "parts"), "--max-seconds", "1", *shared])
    output = _started_together(2, ["train", str(muvi), "-o", str(tmp_path / "parts"), "--resume", *shared])[0]
    assert "10 updates" in output
    weights = [torch.load(tmp_path / name / "state.pt", weights_only=True)["model"] for name in ("whole", "parts")]
    assert all(weights[0][key].equal(weights[1][key]) for key in weights[0])


def _started_together(count: int, arguments: list[str]) -> list[str]:
    """What each of the processes printed; they are told what torchrun tells."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    shared = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": str(port), "WORLD_SIZE": str(count), "OMP_NUM_THREADS": "1"}
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "hitpoint.plugin", *arguments],
            env={**os.environ, **shared, "RANK": str(rank), "LOCAL_RANK": str(rank)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for rank in range(count)
    ]
    ended = [process.communicate(timeout=300) for process in started]
    for process, (_, errors) in zip(started, ended, strict=True):
        assert process.returncode == 0, errors
    return [output for output, _ in ended]


def _log(folder: Path) -> list[str]:
    return (folder / "log.jsonl").read_text().splitlines()
