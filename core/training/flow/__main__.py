"""``python -m hitpoint.core.training.flow DATASET -o FOLDER``: read, train, measure; what is there already stays."""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from hitpoint.core.model.checkpoint import default_checkpoint, load_regressor
from hitpoint.core.model.curve_flow import read_curve_flow
from hitpoint.core.training.data.datasets import read_split
from hitpoint.core.training.flow.learning import FlowSchedule, save_flow, train_flow
from hitpoint.core.training.flow.measures import block_draw, curve_scores, flow_draw, wrong_draw
from hitpoint.core.training.flow.songs import FlowSong, flow_songs, load_songs, save_songs
from hitpoint.core.training.progress_lines import progress_lines


def main() -> None:
    """Do all steps."""
    parser = argparse.ArgumentParser(prog="hitpoint.core.training.flow")
    parser.add_argument("dataset", type=Path, help="MuVi-Sync in its published layout")
    parser.add_argument("-o", "--output", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=4000)
    parser.add_argument("--seconds", type=float, default=300.0, help="the most of processor time")
    options = parser.parse_args()
    torch.set_num_threads(1)
    options.output.mkdir(parents=True, exist_ok=True)
    training, held_out = (_songs(options.dataset, split, options.output) for split in ("train", "val"))
    path = options.output / "curve_flow.safetensors"
    if not path.exists():
        net, scale = train_flow(training, FlowSchedule(options.steps, seconds=options.seconds), progress_lines())
        save_flow(net, scale, path)
    flow = read_curve_flow(path)
    for name, draw in (
        ("mean and blocks", block_draw(training)),
        ("flow", flow_draw(flow)),
        ("flow, guidance 1.5", flow_draw(flow, 1.5)),
        ("flow, with a reference", flow_draw(flow, referred=True)),
        ("flow, a wrong picture", wrong_draw(flow, held_out)),
    ):
        print(f"{name}: {curve_scores(held_out, draw).line()}", flush=True)


def _songs(dataset: Path, split: str, folder: Path) -> list[FlowSong]:
    path = folder / f"{split}.npz"
    if not path.exists():
        songs = read_split(dataset, split, with_semantic=False)
        save_songs(flow_songs(songs, load_regressor(default_checkpoint("regressor")), progress_lines()), path)
    return load_songs(path)


if __name__ == "__main__":
    main()
