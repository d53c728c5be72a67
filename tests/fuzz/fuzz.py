"""Fuzz one reader, guided by coverage: ``python tests/fuzz/fuzz.py otio -runs=100000``; needs ``pip install atheris``.

What crashes is written as ``crash-…``; mend it, then keep the file in ``tests/fuzz/crashes`` as ``KIND_what.bin``.
"""

from __future__ import annotations

import random
import sys
import tempfile
import warnings
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["hitpoint"]):
    from fuzz_targets import TARGETS, good_files, survives

    NAME = sys.argv[1]
    for good in good_files(NAME):  # loads, instrumented, everything that reading needs
        survives(TARGETS[NAME], good)


def read_one(content: bytes) -> None:
    """One execution."""
    survives(TARGETS[NAME], content)


def spoil(content: bytes, most: int, seed: int) -> bytes:
    """Half the time by the target's own manner, else by the library's."""
    dice = random.Random(seed)
    if dice.random() < 0.5 or not content:
        return bytes(atheris.Mutate(content, most))
    return TARGETS[NAME].spoil(content, dice)[:most]


def main() -> None:
    """Run until the number of executions asked for is done, or something breaks."""
    warnings.simplefilter("ignore")
    corpus = Path(tempfile.mkdtemp(prefix=f"hitpoint-fuzz-{NAME}-"))
    for index, good in enumerate(good_files(NAME)):
        (corpus / f"seed{index}").write_bytes(good)
    limits = ["-max_len=200000", "-timeout=20", "-rss_limit_mb=2048"]
    atheris.Setup([sys.argv[0], str(corpus), *limits, *sys.argv[2:]], read_one, custom_mutator=spoil)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
