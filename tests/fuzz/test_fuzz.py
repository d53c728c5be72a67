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
CRASHES = {  # what crashed once: whether it is read today, or refused
    "kdenlive_entry_of_ours_inside_ours.bin": True,
    "otio_rate_next_to_nothing.bin": True,
    "otioz_file_without_a_name.bin": False,
}
KINDS = pytest.mark.parametrize("name", TARGETS)


@KINDS
def test_good_files_are_read(name: str, tmp_path: Path) -> None:
    expected = len(good_files(name)) - (name == "checkpoint")  # one is a pickle of no known model
    assert sum(survives(TARGETS[name], content, tmp_path) for content in good_files(name)) == expected


@KINDS
@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(dice=st.randoms(use_true_random=True))
def test_bad_files_end_in_a_value_or_in_one_line(name: str, dice: random.Random) -> None:
    survives(TARGETS[name], bad_file(name, dice))


@pytest.mark.parametrize(("file", "is_read"), CRASHES.items())
def test_what_crashed_once_does_no_more(file: str, is_read: bool, tmp_path: Path) -> None:
    content = (HERE / "crashes" / file).read_bytes()
    assert survives(TARGETS[file.split("_")[0]], content, tmp_path) is is_read


def test_every_kept_crash_is_tried() -> None:
    assert {path.name for path in (HERE / "crashes").iterdir()} == set(CRASHES)


@pytest.mark.slow
@KINDS
def test_coverage_guided(name: str, tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="pip install atheris")
    run = [sys.executable, HERE / "fuzz.py", name, "-runs=20000", f"-artifact_prefix={tmp_path}/"]
    done = subprocess.run(run, check=False, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
