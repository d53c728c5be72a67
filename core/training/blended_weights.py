"""Weights between those a run began from and those it came to: as good at the old, nearly as good at the new.

Fine-tuned weights lose a little of what they began with; on the line between both, most of the new is there and the old
comes back (Wortsman et al. 2022, "Robust fine-tuning of zero-shot models", arXiv 2109.01903). The share was chosen on
val.

::

    python -m hitpoint.core.training.blended_weights TRAINED INITIAL 0.7 OUT.safetensors
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from hitpoint.core.errors import CheckpointError
from hitpoint.core.model.checkpoint import fingerprint, load_chord_model, read_metadata, save_memory_amt
from hitpoint.core.model.networks.memory_amt import MemoryAMT


def blend(trained: Path, initial: Path, share: float, output: Path) -> None:
    """Write a model with ``share`` of the trained weights and the rest of the initial ones; what those lack stays.

    Raises:
        CheckpointError: if either is no model with a memory, or their sizes differ.
    """
    new, old = load_chord_model(trained), load_chord_model(initial)
    if not isinstance(new, MemoryAMT) or not isinstance(old, MemoryAMT):
        raise CheckpointError(f"{trained}, {initial}: only two models with a memory can be blended")
    known = old.state_dict()
    mixed = {}
    for name, weight in new.state_dict().items():
        other = known.get(name)
        if other is not None and other.shape != weight.shape:
            raise CheckpointError(f"{initial}: {name} has another size than in {trained.name}")
        mixed[name] = weight if other is None or not weight.is_floating_point() else weight.lerp(other, 1.0 - share)
    new.load_state_dict(mixed)
    about = {**read_metadata(trained), "initial": fingerprint(initial), "share": share}
    save_memory_amt(new, output, about, half=True)


def main(arguments: Sequence[str]) -> int:
    """Blend two files into a third."""
    trained, initial, share, output = arguments
    blend(Path(trained), Path(initial), float(share), Path(output))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
