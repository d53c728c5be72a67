"""Processes that were started beforehand: only where they are of use, and gone whatever happens."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hitpoint.core.render.mixdown import ensemble as ensemble_module
from hitpoint.core.render.mixdown.ensemble import ensemble, ensemble_for
from hitpoint.core.render.mixdown.part_worker import serve

STARTED = """
import sys, time
from hitpoint.core.render.mixdown import ensemble
ensemble.core_count = lambda: 2
with ensemble.ensemble() as players:
    print(players[0].pid, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def cores(monkeypatch):
    return lambda count: monkeypatch.setattr(ensemble_module, "core_count", lambda: count)


@pytest.mark.parametrize(("cores_there", "others"), [(1, 0), (2, 1), (3, 2), (16, 2)])
def test_there_are_players_for_the_other_cores(cores, cores_there, others):
    cores(cores_there)
    with ensemble() as players:
        assert len(players) == others and all(player.poll() is None for player in players)
    assert all(player.poll() is not None for player in players)


@pytest.mark.parametrize(("synth", "seconds"), [("fluidsynth", 600.0), ("auto", 5.0)])
def test_none_are_started_where_they_are_of_little_use(cores, synth, seconds):
    cores(2)
    with ensemble_for(synth, seconds) as players:
        assert players is None


def test_players_are_gone_after_an_error(cores):
    cores(2)
    with pytest.raises(KeyboardInterrupt), ensemble_for("auto", 180.0) as players:
        raise KeyboardInterrupt
    assert players is not None and players[0].poll() is not None


def test_a_player_that_was_never_asked_ends_with_its_input():
    answers = io.BytesIO()
    serve(io.BytesIO(), answers)
    assert answers.getvalue() == b""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes of others are looked up in /proc")
def test_a_player_ends_when_its_starter_is_killed():
    starter = subprocess.Popen([sys.executable, "-c", STARTED], stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    with starter.stdout:
        player = int(starter.stdout.readline())
        starter.kill()
        starter.wait()
    deadline = time.monotonic() + 20
    while is_running(player) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(player)


def is_running(process):
    """Whether it does anything still; one that nobody has waited for does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
