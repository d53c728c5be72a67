"""Whether an installation has all of Hitpoint's own modules, for ``doctor``. Nothing is imported."""

from __future__ import annotations

import re
from pathlib import Path

_PARTS = ("core", "bridge", "plugin", "ui")
_IMPORTED = re.compile(r"^[ \t]*(?:from|import) (hitpoint(?:\.\w+)+)", re.MULTILINE)


def missing_modules(root: Path) -> tuple[str, ...]:
    """The modules that others in the folder import of each other and that are not there, by name in order."""
    files = [file for part in _PARTS for file in (root / part).rglob("*.py")]
    named = {name for file in files for name in _IMPORTED.findall(file.read_text(encoding="utf-8"))}
    return tuple(name for name in sorted(named) if not _is_module(root.joinpath(*name.split(".")[1:])))


def _is_module(place: Path) -> bool:
    return place.is_dir() or place.with_name(f"{place.name}.py").is_file()
