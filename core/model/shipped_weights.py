"""The chord models that come with Hitpoint, by what they learnt from. Loads no networks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from hitpoint.core.files.digests import sha256_of

# muvi learnt from Billboard, POP909 and MuVi-Sync; open from Billboard (CC0) and POP909 (MIT) alone
CHORD_WEIGHTS = {"muvi": "amt.safetensors", "open": "open_amt.safetensors"}


def chord_weights(name: str) -> Path:
    """The file of one of :data:`CHORD_WEIGHTS`."""
    return Path(str(resources.files("hitpoint.resources").joinpath("checkpoints", CHORD_WEIGHTS[name])))


def last_chord_weights(digests: Sequence[str]) -> str | None:
    """Which of them wrote last, of a cue that notes the SHA-256 of its networks; None for other ones."""
    named = {_digest(name): name for name in CHORD_WEIGHTS}
    return next((named[digest] for digest in reversed(digests) if digest in named), None)


@cache
def _digest(name: str) -> str | None:
    return sha256_of(chord_weights(name))
