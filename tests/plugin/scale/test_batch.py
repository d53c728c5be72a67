from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from hitpoint.core.errors import OptionError, PlaceError
from hitpoint.core.progress import Cancelled, Progress
from hitpoint.plugin import cli
from hitpoint.plugin.scale import task as task_module
from hitpoint.plugin.scale import workers
from hitpoint.plugin.scale.batch import BatchJob, run_batch, summary_page, write_summary
from hitpoint.plugin.scale.task import RESULT, Task, planned, result_of, run_task
from hitpoint.plugin.scale.workers import in_processes, workers_for

DONE: dict[str, Any] = {"state": "done", "message": "", "node": "here", "timeline": "t", "report": "r", "music_seconds": 8.0, "cues": 1,
        "missing": ["a.mov"], "warnings": [], "seconds": 1.0}  # fmt: skip
# stands in for a worker: notes that it ran, dies the first time if the folder says so, else writes a result
WORKER = """
import json, os, pathlib, sys
folder = pathlib.Path(sys.argv[1]); folder.mkdir(parents=True, exist_ok=True)
runs = folder / "runs"; runs.write_text(runs.read_text() + "x" if runs.exists() else "x")
dies = int((folder / "dies").read_text()) if (folder / "dies").exists() else 0
if len(runs.read_text()) <= dies: os.kill(os.getpid(), 9)
(folder / "result.json").write_text(json.dumps({**json.loads(sys.argv[2]), "edit": sys.argv[3]}))
"""


def nothing() -> None:
    """A tick that goes on."""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that only write what they were told."""

    def started(task: Task) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-c", WORKER, task.folder, json.dumps(DONE), task.edit])

    monkeypatch.setattr(workers, "_started", started)


@pytest.fixture
def edits(small_document: dict[str, Any], tmp_path: Path) -> list[Path]:
    found = [tmp_path / f"{name}.otio" for name in ("one", "two", "three")]
    for number, path in enumerate(found):
        path.write_text(json.dumps({**small_document, "name": f"cut {number}"}))
    return found


def job_of(edits: Sequence[Path], folder: Path, **fields: Any) -> BatchJob:
    return BatchJob(tuple(edits), folder / "out", **fields)


def test_a_folder_is_named_after_all_that_decides_its_result(edits: list[Path], tmp_path: Path) -> None:
    folders = {planned(edits[0], tmp_path, (), spots=False).folder for _ in range(2)}
    folders.add(planned(edits[1], tmp_path, (), spots=False).folder)
    folders.add(planned(edits[0], tmp_path, ("--seed", "2"), spots=False).folder)
    folders.add(planned(edits[0], tmp_path, (), spots=True).folder)
    edits[0].write_text(edits[0].read_text() + " ")
    folders.add(planned(edits[0], tmp_path, (), spots=False).folder)
    assert len(folders) == 5


def test_all_are_done_and_summed_up(quick: None, edits: list[Path], tmp_path: Path) -> None:
    batch = run_batch(job_of(edits, tmp_path, report=tmp_path / "out" / "sum.json"))
    assert [Path(result["edit"]) for result in batch.results] == edits and batch.failed == 0
    told = json.loads((tmp_path / "out" / "sum.json").read_text())
    assert (told["schema"], told["done"], told["music_seconds"]) == ("hitpoint.batch.1", 3, 24.0)
    assert "a.mov" in (tmp_path / "out" / "sum.html").read_text()


def test_the_longest_are_begun_first_and_told_in_the_order_given(
    quick: None, small_document: dict[str, Any], tmp_path: Path
) -> None:
    found = []
    for name, clips in (("short", 1), ("long", 3), ("middle", 2)):
        document = json.loads(json.dumps(small_document))
        document["tracks"]["children"][0]["children"] = document["tracks"]["children"][0]["children"][:clips]
        found.append(tmp_path / f"{name}.otio")
        found[-1].write_text(json.dumps(document))
    ended: list[str] = []
    job, one_by_one = job_of(found, tmp_path), lambda tasks, tick: in_processes(tasks, tick, 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hitpoint.plugin.scale.batch.workers_for", lambda where: one_by_one)
        batch = run_batch(job, ended=lambda result: ended.append(Path(result["edit"]).stem))
    assert ended == ["long", "middle", "short"]
    assert [Path(result["edit"]) for result in batch.results] == found


def test_what_is_done_is_not_done_again(quick: None, edits: list[Path], tmp_path: Path) -> None:
    run_batch(job_of(edits[:2], tmp_path))
    batch = run_batch(job_of(edits, tmp_path))
    assert [result.get("known", False) for result in batch.results] == [True, True, False]
    assert [path.read_text() for path in (tmp_path / "out").glob("*/runs")] == ["x", "x", "x"]


def test_stopped_it_keeps_what_is_done_and_goes_on(quick: None, edits: list[Path], tmp_path: Path) -> None:
    ended: list[Any] = []
    progress = Progress(None, lambda: bool(ended))
    with pytest.raises(Cancelled):
        run_batch(job_of(edits, tmp_path), progress, ended.append)
    again = run_batch(job_of(edits, tmp_path))
    assert again.failed == 0 and any(result.get("known") for result in again.results)


def test_stopped_the_command_tells_what_is_done(
    quick: None, edits: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run_batch(job_of(edits[:1], tmp_path))

    def stopped(task: Task) -> subprocess.Popen[bytes]:
        raise KeyboardInterrupt

    monkeypatch.setattr(workers, "_started", stopped)
    assert cli.main(["batch", *map(str, edits), "-o", str(tmp_path / "out"), "--quiet"]) == 130
    told = capsys.readouterr().err
    assert "stopped; 1 of 3 edits are done" in told and "the same command goes on with the rest" in told


def test_a_worker_that_died_is_replaced(quick: None, tmp_path: Path) -> None:
    task = Task("cut.otio", str(tmp_path / "a"))
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "dies").write_text("2")
    assert [result["state"] for _, result in in_processes([task], nothing)] == ["done"]


def test_one_that_dies_again_and_again_is_told(quick: None, tmp_path: Path) -> None:
    task = Task("cut.otio", str(tmp_path / "a"))
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "dies").write_text("9")
    ((number, result),) = in_processes([task], nothing)
    assert number == 0 and result["state"] == "failed" and "died 3 times" in result["message"]


def test_an_edit_that_cannot_be_read_does_not_stop_the_others(
    quick: None, edits: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edits[1].write_text("{")
    line = ["batch", *map(str, edits), "-o", str(tmp_path / "out"), "--report", str(tmp_path / "sum.json")]
    assert cli.main(line) == 1
    out, err = capsys.readouterr()
    assert "1 of 3 edits could not be done" in err and "two.otio    failed" in out
    assert json.loads((tmp_path / "sum.json").read_text())["done"] == 2


def test_a_node_without_the_edit_says_so(tmp_path: Path) -> None:
    result = run_task(Task(str(tmp_path / "gone.otio"), str(tmp_path / "out")).document())
    assert result["state"] == "failed" and "gone.otio is not on" in result["message"]


def test_what_a_stopped_worker_left_is_cleared_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task_module, "_scored", lambda task, folder: {**DONE, "edit": task.edit})
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    for folder in (ours, theirs):
        folder.mkdir()
        (folder / "half.otio").touch()
    (ours / task_module._MARK).touch()
    for folder in (ours, theirs):
        assert run_task(Task("cut.otio", str(folder)).document())["state"] == "done"
    assert not (ours / "half.otio").exists() and (theirs / "half.otio").exists()


def test_a_result_that_is_no_result_counts_as_none(tmp_path: Path) -> None:
    task = Task("cut.otio", str(tmp_path))
    assert result_of(task) is None
    (tmp_path / RESULT).write_text("[1")
    assert result_of(task) is None


def test_names_are_told_as_text_in_the_page() -> None:
    assert "&lt;b&gt;" in summary_page([{**DONE, "edit": "/x/<b>.otio"}])


def test_an_earlier_summary_is_replaced_and_what_is_none_stays(tmp_path: Path) -> None:
    (tmp_path / "sum.html").write_text("<title>mine</title>")
    for name in ("one.otio", "two.otio"):
        written = write_summary([{**DONE, "edit": name}], tmp_path / "sum.json")
    assert [path.name for path in written] == ["sum.json", "sum_v3.html"]
    assert "two.otio" in (tmp_path / "sum.json").read_text() and "mine" in (tmp_path / "sum.html").read_text()


def test_the_lines_have_a_head(
    quick: None, edits: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["batch", *map(str, edits), "-o", str(tmp_path / "out")]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.split() == ["edit", "state", "cues", "music", "seconds", "missing", "told"]
    assert len(lines) == 3 and all(line[head.index("state") :].startswith("done") for line in lines)


def test_a_worker_ends_with_who_started_it() -> None:
    code = "import time; from hitpoint.plugin.scale.task import end_with_parent; end_with_parent(); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as worker:
        assert worker.stdin is not None
        worker.stdin.close()  # as the system does when the process that holds the other end is killed
        assert worker.wait(30) == 1


def test_a_worker_that_has_ended_says_so_while_who_started_it_lives() -> None:
    code = "import time; from hitpoint.plugin.scale.task import end_with_parent; end_with_parent(); time.sleep(0.2)"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE) as worker:
        assert worker.wait(30) == 0


def test_a_worker_has_a_pipe_from_who_started_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with workers._started(Task("cut.otio", "folder")) as worker:
        assert worker.stdin is not None


def test_a_place_nobody_knows_is_refused() -> None:
    with pytest.raises(OptionError, match="ray://HOST:PORT"):
        workers_for("moon")


def test_a_summary_of_another_kind_is_refused(edits: list[Path], tmp_path: Path) -> None:
    with pytest.raises(PlaceError, match="json"):
        run_batch(job_of(edits, tmp_path, report=tmp_path / "sum.txt"))


@pytest.mark.slow
def test_real_edits_are_really_scored(edits: list[Path], tmp_path: Path) -> None:
    batch = run_batch(job_of(edits[:2], tmp_path, options=("--style", "strings")))
    assert batch.failed == 0
    for result in batch.results:
        assert Path(result["timeline"]).is_file() and result["missing"]
        assert json.loads(Path(result["report"]).read_text())["cue"]["style"] == "strings"


@pytest.mark.slow
def test_ray_gives_the_task_of_a_killed_worker_to_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ray = pytest.importorskip("ray")

    def run(document: dict[str, Any]) -> dict[str, Any]:
        import os
        import pathlib

        folder = pathlib.Path(document["folder"])
        folder.mkdir(parents=True, exist_ok=True)
        if document["edit"] == "dies.otio" and not (folder / "died").exists():
            (folder / "died").touch()
            os.kill(os.getpid(), 9)
        return {**DONE, "edit": document["edit"]}

    monkeypatch.setattr(workers, "run_task", run)
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        tasks = [Task(name, str(tmp_path / name)) for name in ("a.otio", "dies.otio", "b.otio")]
        found = dict(workers_for("ray")(tasks, nothing))
        assert {number: result["state"] for number, result in found.items()} == {0: "done", 1: "done", 2: "done"}
        assert (tmp_path / "dies.otio" / "died").exists()
    finally:
        ray.shutdown()
