"""The delivery of programs beside that of the commands: one cue, the same files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hitpoint.bridge import deliver
from hitpoint.core import read_cue

if TYPE_CHECKING:
    from tests.plugin.conftest import Run


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_programs_leave_the_same_files_as_commands(scored: Run, tmp_path: Path) -> None:
    timeline = scored.output("timeline")
    done = deliver(read_cue(scored.output("cue")), tmp_path / timeline.name)
    theirs, ours = _files(timeline.with_suffix(".music")), _files(done.timeline.with_suffix(".music"))
    assert theirs == ours and len(ours) > 6
    here, there = (path.read_text().replace(str(path.parent), "") for path in (timeline, done.timeline))
    assert here == there
