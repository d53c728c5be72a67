"""The chord models that come with Hitpoint, by what they learnt from. Loads no networks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from hitpoint.core.files.digests import sha256_of

# muvi learnt from Billboard, POP909 and MuVi-Sync; open from Billboard (CC0) and POP909 (MIT) alone
CHORD_WEIGHTS = {"muvi": "amt.safetensors", "open": "open_amt.safetensors"}
DEFAULT_WEIGHTS = "muvi"


def chord_weights(name: str) -> Path:
    """The file of one of :data:`CHORD_WEIGHTS`."""
    return Path(str(resources.files("hitpoint.resources").joinpath("checkpoints", CHORD_WEIGHTS[name])))


def last_chord_weights(digests: Sequence[str]) -> str | None:
    """Which of them wrote last, of a cue that notes the SHA-256 of its networks; None for other ones."""
    named = {_digest(name): name for name in CHORD_WEIGHTS}
    return next((named[digest] for digest in reversed(digests) if digest in named), None)


def weights_that_wrote(digests: Sequence[str]) -> Path | None:
    """The file that goes on with a cue that notes these SHA-256; None where that is what is used without a wish."""
    name = last_chord_weights(digests)
    return None if name is None or name == DEFAULT_WEIGHTS else chord_weights(name)


def noted_weights(noted: Sequence[str], used: Iterable[str | None]) -> tuple[str, ...]:
    """The SHA-256 that a cue notes once more networks wrote in it: each once, those of now last."""
    now = tuple(dict.fromkeys(digest for digest in used if digest is not None))
    return (*(digest for digest in noted if digest not in now), *now)


@cache
def _digest(name: str) -> str | None:
    return sha256_of(chord_weights(name))
