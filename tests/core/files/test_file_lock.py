from __future__ import annotations

import os
from pathlib import Path

from hitpoint.core.files.file_lock import try_lock


def test_a_file_is_locked_once(tmp_path: Path) -> None:
    one, other = (os.open(tmp_path / "lock", os.O_RDWR | os.O_CREAT) for _ in range(2))
    assert try_lock(one)
    assert not try_lock(other)
    os.close(one)
    assert try_lock(other)
    os.close(other)
