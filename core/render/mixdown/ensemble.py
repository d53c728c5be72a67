"""Other processes that play along in a mixdown, started before there is a score.

Each runs :mod:`hitpoint.core.render.mixdown.part_worker` and loads for most of a second before it can play. Who knows
that there will be something to play, and has to load and compose until then, starts them first and hands them on to the
mixdown. Nothing slow is imported here.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import TypeAlias

from hitpoint.core.machine.core_count import core_count

_MOST_PROCESSES = 3  # with the one that asks; each keeps up to 384 MB of signals
_SHORTEST = 60.0  # seconds of a cue for which it is worth while before its parts are known
_PLAYED_BY_MANY = ("auto", "sampler")  # of the synthesisers' names

Player: TypeAlias = "subprocess.Popen[bytes]"
Ensemble: TypeAlias = tuple[Player, ...]


@contextmanager
def ensemble() -> Iterator[Ensemble]:
    """As many as this machine has cores for, good for one mixdown; gone at the end, whatever they do."""
    with ExitStack() as stack:
        players: list[Player] = []
        for _ in range(min(core_count(), _MOST_PROCESSES) - 1):
            with suppress(OSError):  # no more processes: then with fewer
                players.append(stack.enter_context(_player()))
        yield tuple(players)


@contextmanager
def ensemble_for(synth: str, seconds: float) -> Iterator[Ensemble | None]:
    """The same for a cue that is about to be composed; None where the mixdown had better decide when it knows more.

    Args:
        synth: the synthesiser's name, as an editor asks for it.
        seconds: length of the cue.
    """
    if synth not in _PLAYED_BY_MANY or seconds < _SHORTEST:
        yield None
        return
    with ensemble() as players:
        yield players


@contextmanager
def _player() -> Iterator[Player]:
    player = subprocess.Popen(
        [sys.executable, "-P", "-m", "hitpoint.core.render.mixdown.part_worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert player.stdin is not None and player.stdout is not None
    try:
        yield player
    finally:
        player.kill()
        player.wait()
        with suppress(OSError):  # what was on its way to it
            player.stdin.close()
        player.stdout.close()
