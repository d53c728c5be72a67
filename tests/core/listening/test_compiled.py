from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from hitpoint.core.files.file_lock import try_lock
from hitpoint.core.listening import compiled

WITHOUT_COMPILING = "from hitpoint.core.listening import compiled; compiled._compile = lambda: print('compiling')"


def process(folder: Path, words: str) -> subprocess.Popen[str]:
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(folder)}
    command = [sys.executable, "-c", f"{WITHOUT_COMPILING}; {words}"]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def test_a_second_process_compiles_nothing(tmp_path: Path) -> None:
    for told in ("compiling\n", ""):
        assert process(tmp_path, "compiled.compiled_librosa()").communicate()[0] == told


def test_one_that_finds_another_at_work_waits(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    with (tmp_path / "lock").open() as lock:
        assert try_lock(lock.fileno())
        other = process(tmp_path, "print('here', flush=True); compiled.compiled_librosa(); print('loaded')")
        assert other.stdout is not None and other.stdout.readline() == "here\n"
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(1.0)
    assert other.communicate()[0] == "compiling\nloaded\n"


def test_a_folder_that_cannot_be_made_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import numba

    (tmp_path / "file").touch()
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path / "file" / "folder"))
    compiled.compiled_librosa.cache_clear()
    assert compiled.compiled_librosa().__name__ == "librosa"
    compiled.compiled_librosa.cache_clear()


def test_that_it_has_to_be_compiled_is_told_before(monkeypatch: pytest.MonkeyPatch) -> None:
    from fractions import Fraction

    from hitpoint.core.listening import hear
    from hitpoint.core.progress import Cancelled, Progress

    said = list[str]()

    def stop() -> None:
        raise Cancelled

    monkeypatch.setattr(hear, "is_compiled", lambda: False)
    monkeypatch.setattr(hear, "compiled_librosa", stop)
    with pytest.raises(Cancelled):
        hear.hear((), Fraction(0), Fraction(1), progress=Progress(lambda _, words: said.append(words)))
    assert said == ["compiling, once on this machine"]
