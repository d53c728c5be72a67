"""Whose the files are that music is made with: weights, fonts, played bars."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

from hitpoint.core.files.digests import sha256_of

_OURS = {  # folder of hitpoint.resources: licence of what lies in it, and where that is told
    "checkpoints": "MIT, as Hitpoint; what it learnt from: resources/checkpoints/README.md",
    "soundfonts": "MIT (resources/soundfonts/NOTICE)",
    "speech": "MIT (resources/speech/NOTICE)",
    "textures": "MIT (resources/textures/NOTICE)",
}
_THEIRS = "not known to Hitpoint: ask whoever gave the file"


def shipped(folder: str, name: str = "") -> Path:
    """A file that comes with Hitpoint, or a folder of such."""
    return Path(str(files("hitpoint.resources") / folder / name))


def licence_of(path: Path) -> str:
    """The licence of a file as far as Hitpoint can know it."""
    ours = (licence for folder, licence in _OURS.items() if path.parent == shipped(folder))
    return next(ours, _THEIRS)


def file_fact(path: Path, **more: object) -> dict[str, object]:
    """A file by name, SHA-256 and licence."""
    return {"file": path.name, "sha256": sha256_of(path), "licence": licence_of(path), **more}


def weights_facts(digests: Iterable[str], named: Iterable[Path] = ()) -> list[dict[str, object]]:
    """Weights that are known by their SHA-256: those that ship are found by it, and those that are named."""
    places = [*sorted(shipped("checkpoints").glob("*.safetensors")), *named]
    known = {sha256_of(path): path for path in reversed(places)}
    facts: list[dict[str, object]] = []
    for digest in digests:
        path = known.get(digest)
        name, licence = (None, _THEIRS) if path is None else (path.name, licence_of(path))
        facts.append({"file": name, "sha256": digest, "licence": licence})
    return facts
