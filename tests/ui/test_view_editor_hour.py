from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
@pytest.mark.parametrize("minutes", [0, 10], ids=["demo", "ten minutes"])
def test_an_editors_hour_ends_with_files_that_are_right(tmp_path: Path, minutes: int) -> None:
    script = Path(__file__).with_name("editor_hour.py")
    command = [sys.executable, str(script), "--minutes", str(minutes), str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.count("round") == 2
