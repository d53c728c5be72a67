"""What keeping keys and values saves, at the published size, and how fast the AMT with a memory is.

Run ``python tests/benchmarks/bench_decoding.py [steps]`` (100 by default; 300 is a cue of five minutes). The
reference's way, the encoder and the whole decoder again for every chord, and ours compose the same number of steps in
one run, in turns, with the same random weights and the same chords; one thread. Ours is timed in float32 and, as in
composing, in float64. The AMT with a memory writes one take, eight takes at once, and one with guided wishes, in
float64, encoding and drawing included; seconds of the processor, which a busy machine changes least, stand beside.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray

from hitpoint.core.model.amt import AMT
from hitpoint.core.model.conditions import conditions_of
from hitpoint.core.model.config import AMTConfig
from hitpoint.core.model.generate import compose_takes
from hitpoint.core.model.guidance import GuidedAMT
from hitpoint.core.model.memory_amt import MemoryAMT
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.vocabulary import token_named

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


def timed(way: Callable[[AMT, Video, int], list[int]], model: AMT, video: Video, steps: int) -> tuple[float, list[int]]:
    """Wall-clock seconds, and the chords."""
    begun = time.perf_counter()
    tokens = way(model, video, steps)
    return time.perf_counter() - begun, tokens


def remembered(model: MemoryAMT, takes: int, steps: int, strength: float = 1.0) -> tuple[float, float]:
    """Seconds by the clock and of the processor for so many takes with a wish, at once."""
    video = np.random.default_rng(0).random((steps, 776)).astype(np.float32)
    asked = conditions_of(video, levels=np.full((steps, 4), 3))
    rngs = [np.random.default_rng(seed) for seed in range(takes)]
    begun, busy = time.perf_counter(), time.process_time()
    compose_takes(GuidedAMT(model, strength), video, is_minor=False, rngs=rngs, conditions=asked)
    return time.perf_counter() - begun, time.process_time() - busy


def main(steps: int) -> None:
    """Time all ways and print their ratio."""
    torch.set_num_threads(1)
    torch.manual_seed(0)
    model = AMT(AMTConfig()).eval()
    video = np.random.default_rng(0).normal(size=(300, 776)).astype(np.float32)
    cached(model, video, 5)
    before = timed(cached, model, video, steps)
    slow = timed(reference_way, model, video, steps)
    after = timed(cached, model, video, steps)
    exact = timed(cached, model.double(), video, steps)
    assert before[1] == slow[1] == after[1], "the two ways disagree"
    ours = (before[0] + after[0]) / 2
    print(f"{steps} steps, 32.5 M parameters, one thread")
    print(f"reference's way       {slow[0]:7.2f} s")
    print(f"cached                {ours:7.2f} s  {steps / ours:6.1f} steps/s  {slow[0] / ours:5.1f} x")
    print(f"cached, float64       {exact[0]:7.2f} s  {steps / exact[0]:6.1f} steps/s  {slow[0] / exact[0]:5.1f} x")
    memory = MemoryAMT(MemoryConfig()).eval().double()
    remembered(memory, 1, 5)
    for name, takes, strength in (("one take", 1, 1.0), ("eight takes", 8, 1.0), ("one, guided", 1, 2.0)):
        seconds, busy = remembered(memory, takes, steps, strength)
        ratio = takes * slow[0] / seconds
        print(f"memory, {name:12s}  {seconds:7.2f} s  ({busy:.2f} s of the processor)  {ratio:5.1f} x a take")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
