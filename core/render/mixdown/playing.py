"""The first pass of a mixdown: every part with room, gain, balance and fades into its rough file.

Our sampler begins anywhere and always gives the same samples, so a long cue is played by several processes, a chunk
each at a time (:mod:`hitpoint.core.render.mixdown.part_worker`); threads would wait for each other, as half of the work
is many small steps in Python. This process plays along. What a process does not finish, because it is killed, cannot
start or takes for ever, is played here: the bytes are the same whoever played them.
"""

from __future__ import annotations

import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.machine.freed_memory import keep_freed
from hitpoint.core.music.score import Part, Score
from hitpoint.core.progress import Progress
from hitpoint.core.render.mix.mix import MixSettings, balanced, faded, stem_gains
from hitpoint.core.render.mix.stem import TILE, StemPlayer, kernel_of
from hitpoint.core.render.mixdown.board import Board
from hitpoint.core.render.mixdown.ensemble import Ensemble, Player, ensemble
from hitpoint.core.render.mixdown.rough_sound import Chunk, RoughSound, chunks_of
from hitpoint.core.render.parts.performance import Performer, performance
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.core.render.sampler.sampler import Sampler
from hitpoint.core.timebase import SAMPLE_RATE

_FEWEST_CHUNKS = 32  # two seconds of playing: below that a process has hardly begun when all is done
_LONG = 1800 * SAMPLE_RATE
_PATIENCE = 20.0  # seconds of waiting for a chunk before it is played here as well
_LARGEST = 8 << 20  # bytes of an array that comes and goes


@dataclass(frozen=True)
class Playing:
    """A score to be played and the folder of its sound: all that another process must know.

    Attributes:
        score: what is played.
        samples: length of the cue.
        settings: gain, room and fades.
        folder: of the rough sound.
        keeps: see :class:`RoughSound`.
        soundfont: that the sampler plays.
    """

    score: Score
    samples: int
    settings: MixSettings
    folder: Path
    keeps: bool
    soundfont: Path


class ChunkPlayer:
    """Plays chunks of parts, best one after another of the same part.

    Args:
        playing: what is played.
        synth: what plays it.
    """

    def __init__(self, playing: Playing, synth: Synthesizer) -> None:
        self._playing, self._synth = playing, synth
        self._rough = RoughSound(playing.folder, playing.samples, keeps=playing.keeps)
        self._part: int | None = None
        keep_freed(_LARGEST)

    def play(self, chunk: Chunk, step: Callable[[int], None] = lambda tile: None) -> int:
        """Write a chunk into its file; answers its checksum. ``step`` is told each tile before it is played."""
        if chunk.part != self._part:
            self._load(chunk.part)
        return self._rough.write(chunk, self._tiles(chunk, step))

    def _load(self, number: int) -> None:
        part, asked = self._playing.score.parts[number], self._playing
        played = performance(self._synth, part, asked.score.tempo, asked.samples)
        self._player = StemPlayer(played, kernel_of(part, asked.settings), asked.samples)
        self._gains = stem_gains(part).astype(np.float32)
        self._part = number

    def _tiles(self, chunk: Chunk, step: Callable[[int], None]) -> Iterator[NDArray[np.float32]]:
        samples, settings = self._playing.samples, self._playing.settings
        for tile in range(chunk.first, chunk.end):
            step(tile)
            yield faded(balanced(self._player.tile(tile).T, self._gains), tile * TILE, samples, settings)


def play_parts(
    score: Score,
    samples: int,
    synth: Synthesizer,
    settings: MixSettings,
    folder: Path,
    *,
    keeps: bool,
    progress: Progress,
    players: Ensemble | None = None,
) -> RoughSound:
    """Play all parts into a folder, as far as they are not there already.

    Players that were started beforehand are gone afterwards; None starts some if there is much to play.

    Raises:
        OSError: if the disk is full.
        SoundFontError: if the synthesiser's font is damaged.
        Cancelled: if the caller has asked for an end.
    """
    rough = RoughSound(folder, samples, keeps=keeps)
    playing = Playing(score, samples, settings, folder, keeps, synth.soundfont)
    chunks = chunks_of(len(score.parts), samples)
    if not isinstance(synth, Performer):  # it plays from the start on: whole parts, in order
        chunks = [[Chunk(each[0].part, 0, each[-1].end)] for each in chunks if each]
    progress.step(0.0, "looking for what was played before" if keeps else "")
    missing = [rough.missing(each) for each in chunks]
    board = Board(sorted(missing, key=lambda each: -len(score.parts[each[0].part].notes) if each else 0))
    with _players(players, board, synth) as others, _helped(playing, board, rough, others):
        _play_along(ChunkPlayer(playing, synth), board, rough, score.parts, progress)
    if isinstance(synth, Sampler) and samples > _LONG:
        synth.forget()  # the levels of a long cue need the memory
    return rough


def _play_along(
    player: ChunkPlayer, board: Board, rough: RoughSound, parts: Sequence[Part], progress: Progress
) -> None:
    """Play chunks until there are none, then wait for those of others, or lose patience."""
    begun: Chunk | None = None
    waited = time.monotonic()
    while not board.is_done:
        chunk = board.take(begun)
        if chunk is None:
            progress.step(board.done / board.total, "playing")
            chunk = board.left_over(0.1)
            if chunk is None or time.monotonic() - waited < _PATIENCE:
                continue
        begun = chunk

        def step(tile: int, begun: Chunk = chunk) -> None:
            """Report how much is played when ``tile`` of this chunk is."""
            share = (tile - begun.first) / (begun.end - begun.first)
            progress.step((board.done + share) / board.total, f"playing {parts[begun.part].name}")

        checksum = player.play(chunk, step)
        waited = time.monotonic()
        if board.finish(chunk):
            rough.note(chunk, checksum)


def _players(given: Ensemble | None, board: Board, synth: Synthesizer) -> AbstractContextManager[Ensemble]:
    """Those that were started beforehand, else new ones if there is much to play; they play as our sampler does."""
    if not isinstance(synth, Sampler):
        return nullcontext(())
    if given is not None:
        return nullcontext(given)
    return ensemble() if board.total >= _FEWEST_CHUNKS else nullcontext(())


@contextmanager
def _helped(playing: Playing, board: Board, rough: RoughSound, players: Ensemble) -> Iterator[None]:
    """Players play along while inside, and end then: what they keep is needed for the levels."""
    try:
        for player in players:
            Thread(target=_keep_busy, args=(player, playing, board, rough), daemon=True).start()
        yield
    finally:
        for player in players:
            player.kill()


def _keep_busy(player: Player, playing: Playing, board: Board, rough: RoughSound) -> None:
    """Hand chunks to a process until there are none or it is gone."""
    assert player.stdin is not None and player.stdout is not None
    chunk: Chunk | None = None
    with suppress(OSError, ValueError):
        pickle.dump(playing, player.stdin)
        player.stdin.flush()
        player.stdout.readline()  # it is ready
        while (chunk := board.take(chunk)) is not None:
            pickle.dump(chunk, player.stdin)
            player.stdin.flush()
            checksum = int(player.stdout.readline())
            if board.finish(chunk):
                rough.note(chunk, checksum)
    if chunk is not None:
        board.give_back(chunk)
