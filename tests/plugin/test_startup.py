import json
import subprocess
import sys

import pytest

HEAVY = {
    "PyQt6", "av", "librosa", "mido", "numpy", "opentimelineio", "scipy", "sounddevice", "soundfile", "torch", "tqdm", "transformers",
}  # fmt: skip
LOADED = """
import json, sys
from hitpoint.plugin import cli
try:
    code = cli.main(sys.argv[1:])
except SystemExit as stopped:
    code = stopped.code
print("\\n" + json.dumps([code, sorted({name.partition(".")[0] for name in sys.modules})]))
"""


def started(*words):
    """The exit code of a command line in a process of its own, and the heavy packages that it loaded."""
    done = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True)
    code, names = json.loads(done.stdout.splitlines()[-1])
    return code, HEAVY & set(names)


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["score", "--help"],
        ["install", "resolve", "--dry-run", "--folder", "."],
        ["score", "--style", "list"],
    ],
    ids=" ".join,
)
def test_words_alone_load_nothing_heavy(words):
    assert started(*words) == (0, set())


def test_an_otio_file_is_inspected_without_heavy_packages(small_edit):
    assert started("inspect", str(small_edit)) == (0, set())


@pytest.mark.parametrize("command", ["score", "reroll", "inspect"])
def test_an_edit_that_cannot_be_read_is_told_before_anything_heavy_loads(command, tmp_path):
    damaged = tmp_path / "damaged.otio"
    damaged.write_text('{"OTIO_SCHEMA": "Timeline.1"')
    assert started(command, str(damaged)) == (1, set())


@pytest.mark.parametrize(
    "words", [["--range", "5", "4"], ["--mood", "9-8=sad"], ["-o", "/nowhere/at/all.otio"]], ids=" ".join
)
def test_a_wish_that_cannot_be_met_is_told_before_anything_heavy_loads(small_edit, words):
    assert started("score", str(small_edit), *words) == (1, set())


def test_the_newest_music_is_found_without_heavy_packages(tmp_path):
    module = "import sys; sys.argv[1:] = ['/', 'x']; import hitpoint.plugin.hosts.placement; print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", module], capture_output=True, text=True, check=True)
    assert not any(f"'{name}'" in done.stdout for name in HEAVY)


def test_a_window_waits_for_no_network():
    pytest.importorskip("PyQt6.QtWidgets", exc_type=ImportError)
    code = "import sys; import hitpoint.plugin.panel.ports, hitpoint.ui.app; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names = {name.partition(".")[0] for name in done.stdout.split()}
    assert names & HEAVY <= {"PyQt6", "numpy"} and "av" not in names


WATCHED = """
import sys
from hitpoint.plugin import cli
sys.addaudithook(lambda name, _: name == "subprocess.Popen" and sys.exit(99))
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("words", "code"),
    [(["--help"], 0), (["score", "--style", "list"], 0), (["inspect", "EDIT"], 0), (["score", "EDIT", "--range", "5", "4"], 1)],
)  # fmt: skip
def test_no_process_is_started_before_there_is_work(words, code, small_edit):
    words = [str(small_edit) if word == "EDIT" else word for word in words]
    assert subprocess.run([sys.executable, "-c", WATCHED, *words], capture_output=True, check=False).returncode == code
