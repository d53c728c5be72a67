"""Trains the melody network, measures it beside counts, and writes weights, figures and fingerprints.

::

    python -m hitpoint.core.training.melody.train CORPORA OUTPUT --seconds 600

``CORPORA`` holds ``pop909_structure``; ``OUTPUT`` gets ``melody.safetensors`` (float16) and ``melody.json``.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import save_file
from torch import Tensor, nn

from hitpoint.core.melody.decisions import Decisions, decisions_of, without_density, without_phrases
from hitpoint.core.training.melody.baselines import baselines
from hitpoint.core.training.melody.network import MelodyNetwork
from hitpoint.core.training.melody.songs import MelodySong, read_songs, split_songs

_BATCH_FIELDS = tuple(field.name for field in fields(Decisions))


@dataclass(frozen=True)
class MelodyRecipe:
    """How the weights were made.

    Attributes:
        seed: of split, weights and batches.
        held_out: songs to measure with.
        updates: steps of the optimiser.
        batch: stretches in one.
        stretch: decisions in a stretch.
        rate: highest learning rate; it rises for a twentieth and falls as a cosine.
        decay: of weights (AdamW).
        averaged: share of the running mean that a step keeps.
        no_phrases: share of stretches whose phrases are hidden.
        no_density: share whose density is.
    """

    seed: int = 0
    held_out: int = 90
    updates: int = 1000
    batch: int = 24
    stretch: int = 128
    rate: float = 3e-3
    decay: float = 0.02
    averaged: float = 0.995
    no_phrases: float = 0.2
    no_density: float = 0.5


def stretch_batch(songs: Sequence[Decisions], recipe: MelodyRecipe, rng: np.random.Generator) -> dict[str, Tensor]:
    """A batch of stretches, songs by their length, with what is hidden in each."""
    sizes = np.array([len(song) for song in songs], float)
    rows = []
    for number in rng.choice(len(songs), recipe.batch, p=sizes / sizes.sum()).tolist():
        song = songs[number]
        first = int(rng.integers(0, max(len(song) - recipe.stretch, 0) + 1))
        part = _cut(song, first, first + recipe.stretch)
        part = without_phrases(part) if rng.random() < recipe.no_phrases else part
        rows.append(without_density(part) if rng.random() < recipe.no_density else part)
    return batch_of(rows, recipe.stretch)


def trained(songs: Sequence[Decisions], recipe: MelodyRecipe, seconds: float) -> tuple[MelodyNetwork, int]:
    """The running mean of the weights after so many updates, or so many seconds of computing; and the updates made."""
    torch.manual_seed(recipe.seed)
    rng = np.random.Generator(np.random.PCG64([recipe.seed, 1]))
    network = MelodyNetwork()
    mean = {name: value.clone() for name, value in network.state_dict().items()}
    optimiser = torch.optim.AdamW(network.parameters(), recipe.rate, weight_decay=recipe.decay)
    begun, update = time.process_time(), 0
    for update in range(1, recipe.updates + 1):
        share = max(update / recipe.updates, (time.process_time() - begun) / seconds)
        optimiser.param_groups[0]["lr"] = recipe.rate * min(1.0, update / 75) * 0.5 * (1 + math.cos(math.pi * share))
        loss = sum(losses(network, stretch_batch(songs, recipe, rng)), torch.zeros(()))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        keep = min(recipe.averaged, 1 - 1 / update)
        for name, value in network.state_dict().items():
            mean[name].mul_(keep).add_(value.detach(), alpha=1 - keep)
        if update % 50 == 0:
            print(f"{update} {loss.item():.3f} {time.process_time() - begun:.0f} s", flush=True)
        if share >= 1.0:
            break
    network.load_state_dict(mean)
    return network.eval(), update


def losses(network: MelodyNetwork, rows: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    """Mean nats of gaps and of pitches."""
    gaps, pitches = network(rows)
    weight = rows["is_there"]
    total = weight.sum()
    gap = nn.functional.cross_entropy(gaps.transpose(1, 2), rows["gap"], reduction="none")
    pitch = nn.functional.cross_entropy(pitches.transpose(1, 2), rows["pitch"], reduction="none")
    return (gap * weight).sum() / total, (pitch * weight).sum() / total


@torch.no_grad()
def measured(network: MelodyNetwork, songs: Sequence[Decisions]) -> dict[str, float]:
    """Nats a note of whole songs: of rhythm, of pitch, and their sum."""
    sums, count = np.zeros(2), 0
    for song in songs:
        found = losses(network, batch_of([song], len(song)))
        sums += len(song) * np.array([float(one) for one in found])
        count += len(song)
    rhythm, pitch = (sums / count).tolist()
    return {"rhythm": round(rhythm, 4), "pitch": round(pitch, 4), "sum": round(rhythm + pitch, 4)}


def report(network: MelodyNetwork, train: Sequence[Decisions], held: Sequence[Decisions]) -> dict[str, Any]:
    """The network beside uniform choice and counts, nats a held-out note."""
    untold = [without_density(song) for song in held]
    return {
        **baselines(train, held),
        "network": measured(network, untold),
        "network without phrase labels": measured(network, [without_phrases(song) for song in untold]),
        "network told the density": measured(network, held),
    }


def _cut(song: Decisions, first: int, end: int) -> Decisions:
    return replace(song, **{name: getattr(song, name)[first:end] for name in _BATCH_FIELDS})


def batch_of(rows: Sequence[Decisions], length: int) -> dict[str, Tensor]:
    """Stretches one above the other, zeros after their ends."""
    batch: dict[str, Tensor] = {}
    for name in _BATCH_FIELDS:
        first = getattr(rows[0], name)
        stacked = np.zeros((len(rows), length, *first.shape[1:]), first.dtype)
        for row, song in enumerate(rows):
            stacked[row, : len(song)] = getattr(song, name)
        batch[name] = torch.from_numpy(stacked if stacked.dtype == np.int64 else stacked.astype(np.float32))
    there = np.arange(length) < np.array([[len(song)] for song in rows])
    batch["is_there"] = torch.from_numpy(there.astype(np.float32))
    return batch


def _decided(songs: Sequence[MelodySong]) -> list[Decisions]:
    return [decisions_of(song.line) for song in songs]


def main() -> None:
    """The command; see the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--seconds", type=float, default=600.0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    recipe = MelodyRecipe()
    train_songs, held_songs = split_songs(read_songs(options.corpora), recipe.held_out, recipe.seed)
    train, held = _decided(train_songs), _decided(held_songs)
    print(f"{len(train)} songs, {sum(map(len, train))} decisions; {len(held)} held out", flush=True)
    network, updates = trained(train, recipe, options.seconds)
    halved = {name: value.half().contiguous() for name, value in network.state_dict().items()}
    network.load_state_dict({name: value.float() for name, value in halved.items()})
    options.output.mkdir(parents=True, exist_ok=True)
    save_file(halved, options.output / "melody.safetensors")
    figures = {
        "recipe": asdict(recipe),
        "updates": updates,
        "songs": {"train": len(train), "held_out": len(held), "notes": sum(map(len, [*train, *held]))},
        "parameters": sum(value.numel() for value in network.parameters()),
        "nats a held-out note": report(network, train, held),
    }
    text = json.dumps(figures, indent=1) + "\n"
    (options.output / "melody.json").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
