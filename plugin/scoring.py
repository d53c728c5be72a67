"""The main job, end to end: read, analyse, compose, arrange, render, write.

``score``, ``demo`` and the tests all come through :func:`score_edit`.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from hitpoint.core.cue.cue import Cue
from hitpoint.core.edit import Edit
from hitpoint.core.music.score import Score


@dataclass
class Stopwatch:
    """Seconds each part of a job took, by name, in order."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def lap(self, name: str) -> Iterator[None]:
        """Add the time spent inside to ``name``."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
