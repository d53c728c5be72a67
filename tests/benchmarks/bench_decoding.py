"""How fast chords are composed: beside the reference's way, and beside what reading the weights alone would take.

``python tests/benchmarks/bench_decoding.py [--steps N] [--json FILE]``; 300 steps are a cue of five minutes, and the
reference's way takes a minute for them. All in one run on one thread, by processor seconds, which a busy machine
changes least:

* the paper's AMT at its published size, the reference's way (encoder and decoder again for every chord) and cached;
* the shipped AMT with a memory, in float64 as in composing: one take, eight at once, one with guided wishes; beside
  each, the seconds it takes to read the decoder's weights once a chord at the memory bandwidth measured here (a step
  whose guesses are right reads them once for several chords);
* a minute and two hours, in the same way;
* re-rolling 30 steps of 180 between chords that stay: for the first time, and again;
* opening the weights.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from benchmark import Row, show
from numpy.typing import NDArray

from hitpoint.core.model.checkpoint import default_checkpoint, load_chord_model
from hitpoint.core.model.conditions import conditions_of
from hitpoint.core.model.config import AMTConfig
from hitpoint.core.model.generate import compose_takes
from hitpoint.core.model.guidance import GuidedAMT
from hitpoint.core.model.networks.amt import AMT
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.refill import Refill, refill_takes
from hitpoint.core.model.rules.approach import ApproachLocks
from hitpoint.core.model.vocabulary import token_named

LENGTHS = (60, 7200)  # a minute, and a feature film

Video = NDArray[np.float32]


@torch.inference_mode()
def reference_way(model: AMT, video: Video, steps: int) -> list[int]:
    """Greedy; encoder and decoder are run again for each chord."""
    tokens, rows, mode = [token_named("C")], torch.from_numpy(video).to(model.positions.dtype)[None], torch.zeros(1)
    while len(tokens) <= steps:
        logits = model(rows, torch.tensor([tokens]), mode)
        tokens.append(int(logits[0, -1].argmax()))
    return tokens


def cached(model: AMT, video: Video, steps: int) -> list[int]:
    """Greedy; the encoder is run once, and each step looks only at its own chord."""
    tokens, state = [token_named("C")], model.start(model.encode(video, is_minor=False))
    while len(tokens) <= steps:
        logits, state = model.step(state, np.array(tokens[-1:]))
        tokens.append(int(logits[0].argmax()))
    return tokens


def spent(task: Callable[[], object]) -> float:
    """Processor seconds."""
    begun = time.process_time()
    task()
    return time.process_time() - begun


def bandwidth(megabytes: int = 256) -> float:
    """Bytes a second at which one thread reads memory: the best of a few sums over a large array."""
    values = np.ones(megabytes << 17)
    return values.nbytes / min(spent(values.sum) for _ in range(7))


def weights_read_a_step(model: MemoryAMT) -> int:
    """Bytes of the weights that every step reads: all but the encoder's, and of tables only some rows."""
    tables = {id(module.weight) for module in model.modules() if isinstance(module, torch.nn.Embedding)}
    read = [
        weight
        for name, weight in model.named_parameters()
        if not name.startswith(("encoder.", "wishes.", "affect.")) and id(weight) not in tables
    ]
    return sum(weight.numel() * weight.element_size() for weight in read)


def remembered(model: MemoryAMT, takes: int, steps: int, strength: float = 1.0) -> float:
    """Processor seconds of so many takes with a wish, at once, encoding and drawing included."""
    video = np.random.default_rng(0).random((steps, 776)).astype(np.float32)
    asked = conditions_of(video, levels=np.full((steps, 4), 3))
    rngs = [np.random.default_rng(seed) for seed in range(takes)]
    guided = GuidedAMT(model, strength)
    return spent(lambda: compose_takes(guided, video, is_minor=False, rngs=rngs, conditions=asked))


def rerolled(model: MemoryAMT, seeds: Sequence[int], steps: int = 180, span: range = range(80, 110)) -> list[float]:
    """Processor seconds of writing a stretch again, once for each seed, all else of the piece staying."""
    video = np.full((steps, 776), np.nan, np.float32)
    written = compose_takes(model, video, is_minor=False, rngs=[np.random.default_rng(0)])[0]
    kept = {row: token for row, token in enumerate(written) if row not in span}
    refill = Refill(span, written, guides=(ApproachLocks(kept),))
    asked, guided = conditions_of(video, locks=kept), GuidedAMT(model)

    def again(seed: int) -> object:
        rngs = [np.random.default_rng(seed)]
        return refill_takes(guided, video, refill, is_minor=False, rngs=rngs, conditions=asked)

    return [spent(lambda seed=seed: again(seed)) for seed in seeds]  # type: ignore[misc]


def published_rows(steps: int) -> list[Row]:
    """The paper's AMT both ways, which must agree."""
    torch.manual_seed(0)
    model, found = AMT(AMTConfig()).eval(), {}
    video = np.random.default_rng(0).normal(size=(300, 776)).astype(np.float32)
    cached(model, video, 5)
    slow = spent(lambda: found.update(slow=reference_way(model, video, steps)))
    quick = spent(lambda: found.update(quick=cached(model, video, steps)))
    assert found["slow"] == found["quick"], "the two ways disagree"
    name = f"{steps} steps"
    return [
        Row(f"{name}, AMT of the paper, reference's way", slow),
        Row(f"{name}, AMT of the paper, cached", quick, "reference's way", slow),
    ]


def main() -> int:
    """Time all ways; answers how many limits were missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=100, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE")
    options = parser.parse_args()
    torch.set_num_threads(1)
    steps = options.steps
    opening = min(spent(lambda: load_chord_model(default_checkpoint("amt")).double()) for _ in range(3))
    model = load_chord_model(default_checkpoint("amt")).double()
    assert isinstance(model, MemoryAMT)
    remembered(model, 1, 5)
    rows = published_rows(steps)
    slow, bound = rows[0].seconds, steps * weights_read_a_step(model) / bandwidth()
    ways = {"one take": (1, 1.0), "eight takes": (8, 1.0), "one take, guided": (1, 2.0)}
    for name, (takes, strength) in ways.items():
        rows.append(
            Row(f"{steps} steps, {name}", remembered(model, takes, steps, strength), "reference's way", takes * slow)
        )
    quick = rows[2].seconds
    rows.append(Row(f"{steps} steps, one take", quick, "reading the weights", bound))
    for length in LENGTHS:
        reading = bound * length / steps
        rows.append(Row(f"{length} steps, one take", remembered(model, 1, length), "reading the weights", reading))
    first, *others = rerolled(model, range(5))
    rows.append(Row("re-roll of 30 steps of 180, first", first))
    rows.append(Row("re-roll of 30 steps of 180, again", min(others)))
    rows.append(Row("opening the weights", opening))
    show("composing, processor seconds", rows, options.json)
    limits = {"100 times the reference's way": slow / quick >= 100, "3 times reading the weights": quick / bound <= 3}
    print(f"\n{steps / quick:.0f} chords a second, {slow / quick:.0f} times the reference's way, ", end="")
    print(f"{quick / bound:.1f} times reading {weights_read_a_step(model) / 1e6:.1f} MB a step")
    print(f"missed: {', '.join(name for name, kept in limits.items() if not kept) or 'none'}")
    return sum(not kept for kept in limits.values())


if __name__ == "__main__":
    sys.exit(main())
