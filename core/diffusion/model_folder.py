"""The folder of a model: what kind it is, how large, and under which licence. Loads nothing slow."""

from __future__ import annotations

import json
import re
from pathlib import Path

from hitpoint.core.errors import CheckpointError

KINDS = {
    "StableDiffusionPipeline": "a Riffusion checkpoint",
    "AceStepPipeline": "ACE-Step 1.5",
    "StableAudioPipeline": "Stable Audio Open",
    "StableAudio3Pipeline": "Stable Audio 3",
}
_LICENCE = re.compile(r"^license:\s*['\"]?([^'\"\n]+)", re.MULTILINE)


def kind_of(model_dir: Path) -> str:
    """The pipeline that a folder holds, one of :data:`KINDS`.

    Raises:
        CheckpointError: if it holds none of them.
    """
    *names, last = KINDS.values()
    choices = f"{', '.join(names)} or {last}"
    index = model_dir / "model_index.json"
    try:
        kind = str(json.loads(index.read_text(encoding="utf-8")).get("_class_name"))
    except (OSError, ValueError, AttributeError):
        raise CheckpointError(
            f"{model_dir} holds no model: give the folder of {choices}, with its model_index.json"
        ) from None
    if kind not in KINDS:
        raise CheckpointError(f"{model_dir.name} is a {kind}, which is not supported: use {choices}")
    return kind


def weights_bytes(model_dir: Path) -> int:
    """Size of the weights in a folder; of two formats of one part, one counts."""
    parts: dict[Path, int] = {}
    for file in model_dir.rglob("*"):
        if file.suffix in (".safetensors", ".bin") and file.is_file():
            parts[file.parent] = max(parts.get(file.parent, 0), file.stat().st_size)
    return sum(parts.values())


def licence_of(model_dir: Path) -> str:
    """The licence that a model card names, or that lies beside it; "not told" if there is none."""
    card = model_dir / "README.md"
    if card.is_file():
        found = _LICENCE.search(card.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found[1].strip()
    for name in ("LICENSE", "LICENSE.md", "LICENSE.txt"):
        if (model_dir / name).is_file():
            lines = (model_dir / name).read_text(encoding="utf-8", errors="replace").strip().splitlines()
            return lines[0].strip("# ") if lines else "not told"
    return "not told"
