"""What is said of results, once each."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hitpoint.core.files.output import Outputs
from hitpoint.plugin.commands.score import tell


def told(name: str, *further: SimpleNamespace) -> Any:
    """The facts of a scored cue that are told."""
    cue = SimpleNamespace(
        name=name, seconds=8, style="piano", key="C major", chord_spans=(), seed=1, rerolls=(), styling=(), like=None,
        prompts=(), join="", entry=None, heard=(0, 1), end_frame=1,
    )  # fmt: skip
    return SimpleNamespace(
        cue=cue, outputs=Outputs(Path("film.otio")), timeline="film.otio", further=further, told=("far",), kept=(),
        takes=(), ducked=None, searched="", script=None,
    )  # fmt: skip


def test_the_timeline_and_warnings_of_several_cues_are_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    tell(told("1M1", told("1M2"), told("1M3")), quiet=False)
    printed = capsys.readouterr()
    assert printed.out.count("  timeline ") == 1 and printed.out.count("  mix ") == 3
    assert printed.err.count("far") == 1
