"""Runs command lines in children that are killed at a chosen moment: orders come as lines of JSON, answers go back so.

``{"words": [...], "event": 7}`` kills just before the seventh time that something on the disk would change its name or
be opened for writing; ``{"words": [...], "seconds": 0.8}`` after so long; neither lets it end. The answer is
``{"code": exit code or None if killed, "events": how many there were}``. Everything heavy is imported before the first
fork, so that the moments fall into the work and not into imports.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import hitpoint.plugin.jobs.deliver  # noqa: F401  see above
from hitpoint.core.cue.documents.autosave import Autosaver
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.plugin import cli

_CHANGES = {"os.rename", "os.link", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "os.symlink", "sqlite3.connect"}
_WRITES = os.O_WRONLY | os.O_RDWR
_POLL_SECONDS = 0.005
_LONGEST_SECONDS = 120.0


class Moment:
    """Counts changes of the disk as an audit hook, and kills this process at one of them.

    The count begins anew where the folder of the stems is made: clearing what an earlier kill has left takes a number
    of changes that nobody knows.
    """

    def __init__(self, event: int | None, counter: int) -> None:
        self._event, self._counter, self.count = event, counter, 0

    def __call__(self, name: str, values: tuple[Any, ...]) -> None:
        """One thing that this process does."""
        if name in _CHANGES or (name == "open" and isinstance(values[2], int) and values[2] & _WRITES):
            is_begin = name == "os.mkdir" and os.fspath(values[0]).endswith("stems")
            self.count = 1 if is_begin else self.count + 1
            os.pwrite(self._counter, f"{self.count:9}".encode(), 0)
            if self.count == self._event:
                os.kill(os.getpid(), signal.SIGKILL)


def run(words: list[str]) -> int:
    """A command line, or the panel's autosave with a hundred changes of a cue."""
    if words[0] != "autosave":
        return cli.main(words)
    folder, edit, cue = Path(words[1]), Path(words[2]), read_cue(Path(words[3]))
    keeper = Autosaver(folder, seconds=0.0)
    for seed in range(100):
        keeper.note(edit, replace(cue, seed=seed))
        time.sleep(0.01)
    keeper.set_aside()
    return 0


def child(order: dict[str, Any], counter: int) -> None:
    """Does not return."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    sys.addaudithook(Moment(order.get("event"), counter))
    try:
        os._exit(run(order["words"]))
    finally:
        os._exit(99)


def waited(process: int, seconds: float | None) -> int | None:
    """The exit code of a child, which is killed after some seconds; None if it was."""
    end = time.monotonic() + (_LONGEST_SECONDS if seconds is None else seconds)
    while True:
        done, status = os.waitpid(process, os.WNOHANG)
        if done:
            return None if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
        if time.monotonic() >= end:
            os.kill(process, signal.SIGKILL)
            end = float("inf")
        time.sleep(_POLL_SECONDS)


def main() -> None:
    """Serve until there are no more orders."""
    counter = os.open(sys.argv[1], os.O_RDWR | os.O_CREAT)
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        os.truncate(counter, 0)
        process = os.fork()
        if process == 0:
            child(order, counter)
        code = waited(process, order.get("seconds"))
        print(json.dumps({"code": code, "events": int(os.pread(counter, 20, 0) or b"0")}), flush=True)


if __name__ == "__main__":
    main()
