"""``hitpoint doctor``: what this machine has, and what to do about what it has not."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from hitpoint.core.errors import HitpointError


@dataclass(frozen=True)
class Finding:
    """One thing looked for: whether it is there, what it is, and what to do if it is not."""

    what: str
    good: bool
    detail: str


def run(options: argparse.Namespace) -> None:
    """Print all findings; something missing is no error."""
    findings = examine()
    if options.json:
        print(json.dumps({"schema": "hitpoint.doctor.1", "findings": [asdict(f) for f in findings]}, indent=1))
        return
    for finding in findings:
        print(f"{'ok ' if finding.good else '-- '} {finding.what:<18} {finding.detail}")


def examine() -> list[Finding]:
    """Look for everything that Hitpoint can use."""
    checks = (_versions, _synthesizer, _fluidsynth, _soundfont, _audio_device, _features, _clip, _checkpoint, _adapters)
    return [*(_tried(check) for check in checks), *_host_folders()]


def _tried(check: Callable[[], Finding]) -> Finding:
    try:
        return check()
    except HitpointError as error:
        return Finding(check.__name__.strip("_"), False, str(error))
