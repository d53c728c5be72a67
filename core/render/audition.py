"""The sound of a cue while it is worked on: only what changed is rendered again.

A part's performance says where it differs from the one before; the tiles of its stem that this reaches, the room's tail
included, are rendered again, and all other tiles stay the very arrays they were. Tiles come out the same to the last bit
whichever of them are rendered, so nothing has to be spliced. Gain, balance, fades and target cost no rendering.

Once settled, a sound is what ``render_score`` writes: before the bus the same floating-point numbers, and the gain of the
bus within 0.0002 dB, which leaves at most 2e-5 of full scale. Before, the notes are the same and the gain is near::

    renderer = AuditionRenderer(choose_synthesizer())
    for sound in renderer.updates(arrange(cue), cue.samples, settings, heard_from=playhead):
        player.play(sound)                  # more of it is ready each time, from the playhead on; the last is settled

    sound = renderer.update(arrange(changed), changed.samples, settings)     # all notes, and a curve near the right one
    sound = renderer.settle()                                                # the curve that the files get
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.score import Part, Score
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.render.audition_levels import AuditionLevels
from hitpoint.core.render.audition_sound import AuditionSound, Stem
from hitpoint.core.render.mix import MixSettings, stem_gains
from hitpoint.core.render.performance import Performance, Spans, merged, performance
from hitpoint.core.render.room import PARTITION, RoomKernel
from hitpoint.core.render.stem import TILE, StemPlayer, Tile, kernel_of, tile_count
from hitpoint.core.render.synth import Synthesizer

_MEASURED_FROM = 0.85  # of the progress
_NEW = 0.5  # share of the cue that is rendered again from which its loudness before says nothing


@dataclass
class _KeptPart:
    """A part as it was rendered last.

    Attributes:
        part: as the score has it.
        played: how the synthesiser plays it.
        kernel: its room.
        player: renders its tiles.
        gains: (2,).
        tiles: None where there is none yet.
        stale: the tiles that are not as it is played.
    """

    part: Part
    played: Performance
    kernel: RoomKernel
    player: StemPlayer
    gains: NDArray[np.float32]
    tiles: list[Tile | None]
    stale: set[int]

    @property
    def key(self) -> tuple[str, int, int]:
        """The same for the same player of two scores."""
        return self.part.name, self.part.program, self.part.channel

    def is_mixed_like(self, other: _KeptPart) -> bool:
        """Whether the same tiles give the same share of the sum."""
        return self.key == other.key and bool(np.array_equal(self.gains, other.gains))


class AuditionRenderer:
    """Renders a cue again and again as it changes. It belongs to one thread; the sounds it gives belong to all.

    Args:
        synth: what plays, and nothing else plays with it.
    """

    def __init__(self, synth: Synthesizer) -> None:
        self._synth = synth
        self._samples = -1
        self._settings = MixSettings()
        self._parts: list[_KeptPart] = []
        self._whole: list[Tile | None] = []
        self._unmixed: set[int] = set()  # tiles of the sum that are not that of the parts
        self._changed: set[int] = set()  # tiles since the last sound
        self._levels = AuditionLevels(0)
        self._settled: AuditionSound | None = None

    def updates(
        self,
        score: Score,
        samples: int,
        settings: MixSettings | None = None,
        *,
        heard_from: int = 0,
        progress: Progress = SILENT,
    ) -> Iterator[AuditionSound]:
        """The sound of a score, again whenever twice as much of it is ready; the last one is settled.

        Args:
            score: what is played.
            samples: length of the cue.
            settings: loudness, fades and room.
            heard_from: sample from which it is rendered first; what lies before comes last.
            progress: stepped all the way. Whatever was rendered before a cancel is kept for the next call.

        Raises:
            SoundFontError: if the synthesiser's font is damaged.
            Cancelled: if the caller has asked for an end.
        """
        for done, waiting in self._rendering(score, samples, settings or MixSettings(), heard_from, progress):
            if done & (done - 1) == 0 or not waiting:
                yield self._sounding()
        yield self.settle(progress.part(_MEASURED_FROM, 1.0))

    def update(
        self,
        score: Score,
        samples: int,
        settings: MixSettings | None = None,
        *,
        heard_from: int = 0,
        progress: Progress = SILENT,
    ) -> AuditionSound:
        """The sound of a score as soon as all of it is up to date; see :meth:`updates`, :meth:`settle` follows."""
        for _ in self._rendering(score, samples, settings or MixSettings(), heard_from, progress):
            pass
        return self._settled or self._sounding()

    def settle(self, progress: Progress = SILENT) -> AuditionSound:
        """The last sound, which must be complete, under the very curve that the files get.

        Raises:
            Cancelled: if the caller has asked for an end; what was measured is kept.
        """
        if self._settled is None:
            sound = self._sounding(is_quick=False)
            assert sound.is_complete, "only a complete cue has its curve"
            curve = self._levels.exact_curve(sound.whole, sound.stems, self._settings, progress)
            self._settled = replace(sound, curve=curve, is_settled=True)
        return self._settled

    def _rendering(
        self, score: Score, samples: int, settings: MixSettings, heard_from: int, progress: Progress
    ) -> Iterator[tuple[int, int]]:
        """Render what is stale, a tile at a time; answers how many are done and how many wait."""
        progress.step(0.0, "reading the notes")
        self._plan(score, samples, settings)
        stale = sorted(self._unmixed.union(*(part.stale for part in self._parts)))
        if len(stale) > _NEW * len(self._whole):
            self._levels.forget()
        here = heard_from // TILE
        order = [index for index in stale if index >= here] + [index for index in stale if index < here]
        for done, index in enumerate(order):
            progress.step(_MEASURED_FROM * done / len(order), "playing")
            self._render(index)
            yield done + 1, len(order) - done - 1

    def _plan(self, score: Score, samples: int, settings: MixSettings) -> None:
        """Find out what of the kept tiles is stale for a score."""
        before, self._settled = self._settled, None
        known = {part.key: part for part in self._parts}
        parts = [self._planned(part, score, samples, settings, known) for part in score.parts]
        is_mixed_alike = len(parts) == len(self._parts) and all(
            new.is_mixed_like(old) for new, old in zip(parts, self._parts, strict=True)
        )
        if samples != self._samples:
            self._levels = AuditionLevels(samples)
        elif _fades(settings) != _fades(self._settings):
            self._levels.doubt()
        if samples != self._samples or not is_mixed_alike:
            self._whole = [None] * tile_count(samples)
            self._unmixed = set(range(len(self._whole)))
        is_same = before is not None and settings == before.settings and not self._unmixed
        if is_same and not any(part.stale for part in parts):
            self._settled = before
        self._parts, self._samples, self._settings = parts, samples, settings

    def _planned(
        self,
        part: Part,
        score: Score,
        samples: int,
        settings: MixSettings,
        known: dict[tuple[str, int, int], _KeptPart],
    ) -> _KeptPart:
        played = performance(self._synth, part, score.tempo, samples)
        kernel = kernel_of(part, settings)
        player = StemPlayer(played, kernel, samples)
        gains = stem_gains(part).astype(np.float32)
        tiles: list[Tile | None] = [None] * tile_count(samples)
        new = _KeptPart(part, played, kernel, player, gains, tiles, set(range(len(tiles))))
        old = known.get(new.key)
        if old is None or old.kernel is not kernel:
            return new
        reached = old.stale | _tiles_reached(played.differences(old.played), kernel, len(tiles))
        new.tiles = [_cut_short(tile, index, samples) for index, tile in enumerate(_fitted(old.tiles, len(tiles)))]
        new.stale = {index for index, tile in enumerate(new.tiles) if index in reached or tile is None}
        return new

    def _render(self, index: int) -> None:
        """Bring one tile of the parts and of the sum up to date."""
        length = min(TILE, self._samples - index * TILE)
        whole = np.zeros((2, length), np.float32)
        for part in self._parts:
            if index in part.stale:
                part.tiles[index] = part.player.tile(index)
                part.stale.discard(index)
            tile = part.tiles[index]
            assert tile is not None, "a tile that is not stale is there"
            whole += tile * part.gains[:, None]
        self._whole[index] = whole
        self._unmixed.discard(index)
        self._changed.add(index)
        self._levels.guess(index, whole.T, self._settings)

    def _sounding(self, *, is_quick: bool = True) -> AuditionSound:
        """All as it stands, with the quick curve or with none yet."""
        stems = tuple(Stem(part.part.name, part.gains, tuple(part.tiles)) for part in self._parts)
        stale = self._unmixed.union(*(part.stale for part in self._parts))
        ready = set(range(len(self._whole))) - stale
        changed, self._changed = self._changed, set()
        curve = self._levels.quick_curve(self._settings)
        spans = _spans(ready, self._samples), _spans(changed, self._samples)
        return AuditionSound(self._samples, stems, tuple(self._whole), self._settings, curve, *spans)


def _fades(settings: MixSettings) -> tuple[float, float]:
    return settings.fade_in_seconds, settings.fade_out_seconds


def _tiles_reached(spans: Spans, kernel: RoomKernel, count: int) -> set[int]:
    """The tiles in which a difference in the dry sound is heard, or moves the last bit of what is heard."""
    per_tile = TILE // PARTITION
    found: set[int] = set()
    for first, last in spans:
        last_piece = (last - 1) // PARTITION + kernel.memory
        found.update(range(min(first // TILE, count), min(last_piece // per_tile + 1, count)))
    return found


def _fitted(tiles: list[Tile | None], count: int) -> list[Tile | None]:
    return tiles[:count] + [None] * (count - len(tiles))


def _cut_short(tile: Tile | None, index: int, samples: int) -> Tile | None:
    """A tile as long as a cue of so many samples has it; None if it is too short for that."""
    length = min(TILE, samples - index * TILE)
    if tile is None or tile.shape[1] == length:
        return tile
    return tile[:, :length] if tile.shape[1] > length else None


def _spans(tiles: set[int], samples: int) -> Spans:
    return merged([(index * TILE, min((index + 1) * TILE, samples)) for index in tiles])
