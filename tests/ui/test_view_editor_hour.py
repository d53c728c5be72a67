from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_an_editors_hour_ends_with_files_that_are_right(tmp_path: Path) -> None:
    script = Path(__file__).with_name("editor_hour.py")
    done = subprocess.run([sys.executable, str(script), str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    assert done.stdout.count("round") == 2
