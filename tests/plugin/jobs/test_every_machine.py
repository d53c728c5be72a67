"""The same edit scored on a machine that can do more and on one that can do less."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest

_COMMAND = "import sys; from hitpoint.plugin.cli import main; sys.exit(main(sys.argv[1:]))"


class Run(Protocol):
    edit: Path

    def output(self, name: str) -> Path: ...


def digests(cue: Path) -> dict[str, str]:
    """Of all music that lies beside a cue, and of the cue."""
    paths = (path for path in sorted(cue.parent.rglob("*")) if path.is_file())
    return {str(path.relative_to(cue.parent)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


@pytest.mark.determinism
def test_an_edit_becomes_the_same_bytes_on_the_simplest_machine(
    scored: Run, tmp_path: Path, simplest_machine: dict[str, str]
) -> None:
    timeline = tmp_path / "small_hitpoint.otio"
    subprocess.run(
        [sys.executable, "-c", _COMMAND, "score", str(scored.edit), "-o", str(timeline), "--no-cache", "--quiet"],
        env=simplest_machine, check=True,
    )  # fmt: skip
    assert digests(timeline.with_suffix(".music") / "cue.json") == digests(scored.output("cue"))
