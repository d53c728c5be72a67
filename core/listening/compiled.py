"""librosa, whose functions are compiled by numba when they are first needed: once a machine, by one process at a time.

Compiling takes forty seconds of a core, and two processes that compile into one folder at once can crash. The first
locks the folder, the others wait; what it compiled serves all that come later.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.files.file_lock import try_lock

_FOLDER = "compiled"
_WAIT = 0.2  # seconds between two looks at the lock
_RATE = 22_050


@cache
def compiled_librosa() -> Any:
    """The module, with what listening needs of it compiled.

    Compiled functions lie where ``NUMBA_CACHE_DIR`` says, else in this user's cache, else, where neither can be written
    to, in numba's own place.
    """
    import numba

    config: Any = numba.config  # whose attributes are made when it is loaded
    folder, done = _place()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder / "lock", done):
            config.CACHE_DIR = str(folder)
            if not done.exists():
                _compile()
                done.touch()
    import librosa

    return librosa


def is_compiled() -> bool:
    """Whether :func:`compiled_librosa` answers without compiling."""
    return compiled_librosa.cache_info().currsize > 0 or _place()[1].exists()


def _place() -> tuple[Path, Path]:
    """The folder of compiled functions, and the file in it that tells that all are there."""
    import numba

    config: Any = numba.config
    folder = Path(config.CACHE_DIR or user_cache_folder() / _FOLDER)
    return folder, folder / f"librosa-{version('librosa')}-numba-{version('numba')}"


@contextmanager
def _alone(lock: Path, done: Path) -> Iterator[None]:
    """No other process is in here, or all is done."""
    descriptor = os.open(lock, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        while not (done.exists() or try_lock(descriptor)):
            time.sleep(_WAIT)
        yield
    finally:
        os.close(descriptor)


def _compile() -> None:
    """Call each function that is compiled when it is called; the others are compiled as they are loaded."""
    import librosa

    sound = np.sin(np.arange(4 * _RATE, dtype=np.float32) / 8)
    librosa.cqt(sound, sr=_RATE)
    librosa.estimate_tuning(y=sound, sr=_RATE)
    librosa.pyin(sound, fmin=65.4, fmax=1568.0, sr=_RATE)
    librosa.util.peak_pick(np.zeros(8), pre_max=1, post_max=1, pre_avg=1, post_avg=1, delta=1.0, wait=1)
