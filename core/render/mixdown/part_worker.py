"""``python -m hitpoint.core.render.mixdown.part_worker``.

A process that plays chunks of a mixdown for the one that started it.

On its standard input come a :class:`~hitpoint.core.render.mixdown.playing.Playing` and then chunks, pickled; for each
chunk a line with its checksum goes out. It ends when the input does, as it does when the other process is gone. It may
be started long before there is anything to play.
"""

from __future__ import annotations

import pickle
import signal
import sys
from typing import BinaryIO

from hitpoint.core.render.mixdown.playing import ChunkPlayer
from hitpoint.core.render.sampler.sampler import Sampler


def serve(asked: BinaryIO, answers: BinaryIO) -> None:
    """Play what is asked for until nothing more comes."""
    try:
        playing = pickle.load(asked)
        player = ChunkPlayer(playing, Sampler(playing.soundfont))
        answers.write(b"ready\n")
        answers.flush()
        while True:
            answers.write(b"%d\n" % player.play(pickle.load(asked)))
            answers.flush()
    except (EOFError, BrokenPipeError):  # the one that asked has enough, or is gone
        return


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that started this
    serve(sys.stdin.buffer, sys.stdout.buffer)
