"""Spoiled files of every kind that is read: refused in one line or read, never a crash, nothing outside the folder."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from fuzz_targets import TARGETS, bad_file, good_files, survives
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

HERE = Path(__file__).parent
CRASHES = sorted((HERE / "crashes").glob("*_*"))
KINDS = pytest.mark.parametrize("name", TARGETS)


@KINDS
def test_good_files_are_read(name: str, tmp_path: Path) -> None:
    expected = 2 if name == "checkpoint" else len(good_files(name))  # the third is a pickle of no known model
    assert sum(survives(TARGETS[name], content, tmp_path) for content in good_files(name)) == expected


@KINDS
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dice=st.randoms(use_true_random=True))
def test_bad_files_end_in_a_value_or_in_one_line(name: str, dice: random.Random) -> None:
    survives(TARGETS[name], bad_file(name, dice))


@pytest.mark.parametrize("path", CRASHES, ids=lambda path: path.name)
def test_what_crashed_once_does_no_more(path: Path, tmp_path: Path) -> None:
    survives(TARGETS[path.name.split("_")[0]], path.read_bytes(), tmp_path)


@pytest.mark.slow
@KINDS
def test_coverage_guided(name: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="pip install atheris")
    run = [sys.executable, HERE / "fuzz.py", name, "-runs=20000", f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run(run, check=False, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
