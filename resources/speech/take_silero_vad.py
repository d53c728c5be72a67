"""Takes the weights of Silero VAD for sound at 16 kHz out of its package.

How the file in this folder was made::

    pip install silero-vad==6.2.3
    python resources/speech/take_silero_vad.py resources/speech/silero_vad.safetensors

The package itself is no dependency: importing it sets torch to one thread for the whole process, it brings the same
weights in eight forms (13 MB), and it looks at one window of 32 ms in a call. MIT licence: see NOTICE.
"""

from __future__ import annotations

import argparse
from importlib import resources
from pathlib import Path

import torch
from safetensors.torch import save_file

_FROM = "_model."
_NAMES = {
    "stft.forward_basis_buffer": "spectrum.weight",
    **{f"encoder.{n}.reparam_conv.{kind}": f"encoder.{2 * n}.{kind}" for n in range(4) for kind in ("weight", "bias")},
    **{f"decoder.rnn.{kind}": f"memory.{kind}_l0" for kind in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")},
    **{f"decoder.decoder.2.{kind}": f"output.{kind}" for kind in ("weight", "bias")},
}


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path)
    path: Path = parser.parse_args().path
    source = resources.files("silero_vad") / "data" / "silero_vad.jit"
    weights = torch.jit.load(str(source)).state_dict()  # type: ignore[no-untyped-call]
    taken = {ours: weights[_FROM + theirs].contiguous() for theirs, ours in _NAMES.items()}
    taken["output.weight"] = taken["output.weight"].squeeze(-1)  # a convolution over one place is a product
    save_file(taken, path, {"source": "silero-vad 6.2.3, 16 kHz, MIT"})


if __name__ == "__main__":
    main()
