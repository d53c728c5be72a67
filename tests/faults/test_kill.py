"""``kill -9`` at any moment: the edit, earlier results and the session are always whole, and the next run works.

``python -m pytest -m slow -s tests/faults/test_kill.py`` kills two hundred times and prints what it found.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hitpoint.core.cue.documents.autosave import left_behind

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no kill -9 here")

SAMPLES = 115_200
KILLS = {"score": 70, "reroll": 60, "conform": 40, "list": 40, "autosave": 30}


class KillServer:
    """The process that forks what is killed."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, str(Path(__file__).with_name("kill_server.py")), str(folder / "counter")]
        environment = {**os.environ, "OMP_NUM_THREADS": "1"}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        assert self._process.stdout is not None and self._process.stdout.readline() == '"ready"\n'

    def run(self, words: list[str], **moment: float) -> dict[str, Any]:
        """Run a command line until it ends or is killed."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(json.dumps({"words": words, **moment}) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        return answer

    def close(self) -> None:
        """End it."""
        self._process.communicate()


@pytest.fixture
def server(tmp_path: Path, own_cache: Path) -> Iterator[KillServer]:
    started = KillServer(tmp_path)
    yield started
    started.close()


@pytest.fixture
def scored_edit(film_edit: Path, server: KillServer) -> Path:
    """An edit that was scored, and another cut of it."""
    assert server.run(["score", str(film_edit), "--quiet"])["code"] == 0
    document = json.loads(film_edit.read_text())
    document["tracks"]["children"][0]["children"][0]["source_range"]["duration"]["value"] = 24
    film_edit.with_name("recut.otio").write_text(json.dumps(document))
    return film_edit.with_name("cut_hitpoint.otio")


def words_of(command: str, scored: Path) -> list[str]:
    """A command line whose results lie beside the scored edit."""
    edit = scored.with_name("cut.otio")
    return {
        "score": ["score", str(edit), "--quiet", "--no-cache"],
        "list": [
            "score",
            str(edit),
            "--cue",
            "1M1=0-1,theme=A",
            "--cue",
            "1M2=1.2-2.2,theme=A",
            "--quiet",
            "--no-cache",
        ],
        "reroll": ["reroll", str(scored), "--quiet"],
        "conform": ["conform", str(scored), str(scored.with_name("recut.otio")), "--quiet"],
        "autosave": [
            "autosave",
            str(scored.parent / "state"),
            str(edit),
            str(scored.with_suffix(".music") / "cue.json"),
        ],
    }[command]


def moments(server: KillServer, words: list[str], count: int, seed: int) -> Iterator[dict[str, float]]:
    """Half of them at changes of the disk, the last dozen of a run and others spread over it, half at random times."""
    begin = time.monotonic()
    whole = server.run(words)
    seconds = time.monotonic() - begin
    assert whole["code"] == 0
    random, events = np.random.default_rng(seed), whole["events"]
    last = min(12, count // 4)
    places = [*np.linspace(1, events - last, count // 2 - last).astype(int), *range(events - last + 1, events + 1)]
    for place in places:
        yield {"event": int(place)}
    for moment in random.uniform(0, seconds, count - len(places)):
        yield {"seconds": float(moment)}


def state_of(folder: Path) -> str:
    """What a kill has left to be seen: "whole" results only, or "music" whose timeline had not got its name yet."""
    lonely = [music for music in folder.glob("*.music") if not music.with_suffix(".otio").exists()]
    return "music" if lonely else "whole"


def killed_often(
    server: KillServer, command: str, scored: Path, count: int, digests: Any, check_results: Any
) -> Counter[str]:
    """Kill a command so often, look at everything after each time, and at last let it run."""
    folder, words = scored.parent, words_of(command, scored)
    found: Counter[str] = Counter()
    recut = {"conform": 0.9, "list": 0.4}.get(command, 1.0)
    for moment in moments(server, words, count, seed=7):
        before = digests(folder)
        number = check_results(folder, int(SAMPLES * min(recut, 0.9)))
        answer = server.run(words, **moment)
        after = digests(folder)
        changed = {name for name in before if after.get(name) != before[name] and not name.startswith("state/")}
        assert not changed, f"{moment} changed {changed}"
        now = check_results(folder, int(SAMPLES * recut))
        for recovery in (folder / "state").glob("*.recovery.json"):
            assert recovery in {each.file for each in left_behind(folder / "state")}, f"{recovery} is damaged"
        found["sessions recovered"] = len(left_behind(folder / "state"))
        found["killed" if answer["code"] is None else "ended before"] += 1
        found["new results"] += now - number
        found[f"seen: {state_of(folder)}"] += 1
    assert server.run(words)["code"] == 0
    hidden = [path.name for path in folder.iterdir() if path.name.startswith(".")]
    found["hidden left at the end"] = len(hidden)
    return found


def test_a_few_kills_leave_everything_whole(server, scored_edit, digests, check_results):
    found = killed_often(server, "reroll", scored_edit, 3, digests, check_results)
    assert found["killed"] >= 1 and found["hidden left at the end"] == 0


@pytest.mark.slow
def test_a_few_kills_leave_a_list_of_cues_whole(server, scored_edit, digests, check_results):
    found = killed_often(server, "list", scored_edit, 5, digests, check_results)
    assert found["killed"] >= 2 and found["hidden left at the end"] == 0


@pytest.mark.slow
@pytest.mark.parametrize("command", KILLS)
def test_kills_at_any_moment_leave_everything_whole(server, scored_edit, digests, check_results, command):
    found = killed_often(server, command, scored_edit, KILLS[command], digests, check_results)
    print(f"\n{command}: {KILLS[command]} kills: {dict(found)}")
    assert found["killed"] > KILLS[command] // 2 and found["hidden left at the end"] == 0
    if command == "autosave":
        assert found["sessions recovered"] > 0
    else:
        assert found["seen: music"] > 0 and found["new results"] > found["ended before"]
