import os
import subprocess
import sys

import pytest

QUITS_AT_ONCE = """
import sys
from PyQt6.QtCore import QTimer
from hitpoint.plugin import cli
from hitpoint.ui import app
made = app.make_application
def making(*words):
    application = made(*words)
    QTimer.singleShot(int(sys.argv[1]), application.quit)
    return application
app.make_application = making
sys.exit(cli.main(["panel"]))
"""


@pytest.mark.parametrize("milliseconds", [20, 300])  # a sound device is being opened, has been opened
def test_a_window_that_is_closed_ends_the_process_in_order(tmp_path, milliseconds):
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", QUITS_AT_ONCE, str(milliseconds)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr  # a machine without a sound card may say so there
