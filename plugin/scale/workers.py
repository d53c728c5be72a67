"""Workers for tasks: processes of this machine, or a Ray cluster. Both answer results as they come."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from hitpoint.core.errors import OptionError
from hitpoint.core.machine.core_count import core_count
from hitpoint.plugin.scale.ray_cluster import RETRIES, is_ray, on_cluster
from hitpoint.plugin.scale.task import Task, result_of, run_task

_POLL_SECONDS = 0.1
_LOCAL = ("auto", "local")

Results = Iterator[tuple[int, dict[str, Any]]]


def workers_for(where: str) -> Callable[[Sequence[Task], Callable[[], None]], Results]:
    """A function that runs tasks and answers (number of the task, result) as they end.

    Each calls its second argument again and again; whatever that raises stops all workers first.

    Args:
        where: ``auto`` for processes of this machine, ``ray`` for Ray on this machine or where RAY_ADDRESS says,
            ``ray://HOST:PORT`` for a cluster.

    Raises:
        OptionError: if it is none of these.
    """
    if where in _LOCAL:
        return in_processes
    if is_ray(where):
        return lambda tasks, tick: on_ray(tasks, tick, where)
    raise OptionError(f"--on {where}: write auto, ray or ray://HOST:PORT")


def in_processes(tasks: Sequence[Task], tick: Callable[[], None], count: int | None = None) -> Results:
    """Run tasks in processes of their own, as many at a time as there are cores."""
    count = count or core_count()
    waiting = deque((number, 0) for number in range(len(tasks)))
    working: dict[int, tuple[subprocess.Popen[bytes], int]] = {}
    try:
        while waiting or working:
            while waiting and len(working) < count:
                number, tries = waiting.popleft()
                working[number] = (_started(tasks[number]), tries)
            tick()
            ended = [number for number, (process, _) in working.items() if process.poll() is not None]
            for number in ended:
                process, tries = working.pop(number)
                _close(process)
                found = result_of(tasks[number])
                if process.returncode == 0 and found is not None:
                    yield number, found
                elif tries < RETRIES:
                    waiting.append((number, tries + 1))
                else:
                    yield number, died(tasks[number], tries + 1)
            if not ended:
                time.sleep(_POLL_SECONDS)
    finally:
        for process, _ in working.values():
            process.terminate()
        for process, _ in working.values():
            process.wait()
            _close(process)


def on_ray(tasks: Sequence[Task], tick: Callable[[], None], address: str) -> Results:
    """Run tasks on a Ray cluster.

    Raises:
        OptionError: if Ray is not installed, or there is no cluster at that address.
    """
    for number, found in on_cluster(run_task, [(task.document(),) for task in tasks], tick, address):
        yield number, died(tasks[number], RETRIES + 1) if found is None else found


def died(task: Task, tries: int) -> dict[str, Any]:
    """The result of a task whose worker died again and again."""
    return {
        "edit": task.edit,
        "state": "failed",
        "message": f"its worker died {tries} times",
        "node": "",
        "seconds": 0.0,
    }


def _close(process: subprocess.Popen[bytes]) -> None:
    if process.stdin is not None:
        with suppress(OSError):
            process.stdin.close()


def _started(task: Task) -> subprocess.Popen[bytes]:
    line = [sys.executable, "-m", "hitpoint.plugin.scale.task", json.dumps(task.document())]
    quiet = subprocess.DEVNULL
    return subprocess.Popen(line, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet)  # which closes if we are killed
