"""A whole panel in a process of its own, killed in the middle of work."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hitpoint.core.cue.documents.autosave import SECONDS_BETWEEN, left_behind

_PANEL = """
import sys
from pathlib import Path
from PyQt6.QtCore import QTimer
sys.path.insert(0, sys.argv[1])
import conftest
from hitpoint.ui.app import make_application, make_window, start
from hitpoint.ui.players.choice import recorded_player

application = make_application()
room = conftest.Room(Path(sys.argv[2]))
window = make_window(room.presenter.desk.ports, recorded_player()[0], Path(sys.argv[2]) / "state")
window.panel.show()
start(window, Path(sys.argv[2]) / "cut.otio", finds_device=False)
seed = 0

def work():
    global seed
    if window.presenter.desk.cue is not None:
        seed += 1
        window.presenter.changes.change_players_seed()
        print(window.presenter.desk.cue.seed, flush=True)

timer = QTimer()
timer.timeout.connect(work)
timer.start(20)
application.exec()
"""


@pytest.mark.slow
def test_a_killed_panel_loses_no_more_than_was_done_since_it_last_kept(tmp_path: Path) -> None:
    (tmp_path / "cut.otio").write_text("{}")
    command = [sys.executable, "-c", _PANEL, str(Path(__file__).parent), str(tmp_path)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HITPOINT_STATE": str(tmp_path / "state")}
    folder, kept = tmp_path / "state" / "recovery", set[int]()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as panel:
        assert panel.stdout is not None
        for line, _ in zip(panel.stdout, range(3000), strict=False):
            done = int(line)
            kept |= {json.loads(file.read_text())["cue"]["seed"] for file in folder.glob("*.recovery.json")}
            if len(kept) == 2:  # and while it works on, it keeps again
                break
        panel.kill()
    (found,) = left_behind(folder)
    assert found.edit == tmp_path / "cut.otio"
    assert len(kept) == 2 and max(kept) <= found.cue.seed <= done + 1
    assert SECONDS_BETWEEN <= 5.0
