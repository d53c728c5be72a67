"""The sound of a cue while it is worked on: only what changed is rendered again, and what is far away is forgotten.

A part's performance says where it differs from the one before; the tiles of its stem that this reaches, the room's tail
included, are rendered again, and all other tiles stay the very objects they were. Tiles come out the same to the last
bit whichever of them are rendered, so nothing has to be spliced. Gain, balance, fades and target cost no rendering.

Every tile of a cue is rendered once, because the gain of the bus hangs on all of them. What was rendered is kept as
long as the store (``audition_store.py``) has room; beyond that, the tiles farthest from the playhead go, once they are
measured, and are rendered again when the playhead comes back.

Once settled, a sound is what ``render_score`` writes: before the bus the same floating-point numbers, and the gain of
the bus within 0.0002 dB, which leaves at most 2e-5 of full scale. Before, the notes are the same and the gain is near::

    renderer = AuditionRenderer(choose_synthesizer())
    for sound in renderer.updates(arrange(cue), cue.samples, settings, heard_from=playhead):
        player.play(sound)                  # more of it is ready each time, from the playhead on; the last is settled

    sound = renderer.update(arrange(changed), changed.samples, settings)     # all notes, and a curve near the right one
    sound = renderer.settle()                                                # the curve that the files get
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.score import Part, Score
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.render.audition.curve import TiledCurve
from hitpoint.core.render.audition.levels import AuditionLevels
from hitpoint.core.render.audition.part import KeptPart, PartKey
from hitpoint.core.render.audition.sound import AuditionSound, Outline, outline_of
from hitpoint.core.render.audition.store import TileStore
from hitpoint.core.render.mix.mix import MixSettings, stem_gains
from hitpoint.core.render.mix.stem import TILE, kernel_of, tile_count
from hitpoint.core.render.parts.performance import Spans, merged, performance
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.core.timebase import SAMPLE_RATE

_MEASURED_FROM = 0.85  # of the progress
_NEW = 0.5  # share of the cue that is rendered again from which its loudness before says nothing
_AHEAD = 128  # tiles after the playhead that are rendered again if they were forgotten: three minutes
_BATCH = 8  # tiles that are measured at once when there is no more room
_BEHIND = 4  # times as far away is what lies before the playhead


class AuditionRenderer:
    """Renders a cue again and again as it changes. It belongs to one thread; the sounds it gives belong to all.

    Args:
        synth: what plays, and nothing else plays with it.
        store: keeps what was rendered; None for one of the usual size.
    """

    def __init__(self, synth: Synthesizer, store: TileStore | None = None) -> None:
        self._synth, self._store = synth, store or TileStore()
        self._score: Score | None = None
        self._samples, self._count, self._here = -1, 0, 0
        self._settings = MixSettings()
        self._parts: list[KeptPart] = []
        self._outlines: list[Outline | None] = []
        self._waiting: set[int] = set()  # tiles whose levels are not those of the parts
        self._changed: set[int] = set()  # tiles since the last sound
        self._levels = AuditionLevels(0)
        self._curve: TiledCurve | None = None  # that the files get; None while it is not known
        self._last: AuditionSound | None = None

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
        done = 0
        for done, waiting in self._rendering(score, samples, settings or MixSettings(), heard_from, progress):
            if done & (done - 1) == 0 or not waiting:
                yield self._sounding()
        if not done and self._curve is None:
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
        return self._sounding()

    def settle(self, progress: Progress = SILENT) -> AuditionSound:
        """The last sound, all of which must be known, under the very curve that the files get.

        Raises:
            Cancelled: if the caller has asked for an end; what was measured is kept.
        """
        assert not self._waiting, "only a cue of which all is known has its curve"
        if self._curve is None:
            self._measure_all(progress.part(0.0, 0.5))
            self._curve = self._levels.exact_curve(self._settings, progress.part(0.5, 1.0))
        return self._sounding()

    def _rendering(
        self, score: Score, samples: int, settings: MixSettings, heard_from: int, progress: Progress
    ) -> Iterator[tuple[int, int]]:
        """Render what is to be heard, a tile at a time; answers how many are done and how many wait."""
        progress.step(0.0, "reading the notes")
        self._plan(score, samples, settings)
        if len(self._waiting) > _NEW * self._count:
            self._levels.forget(self._waiting)
        self._here = heard_from // TILE
        order = self._order()
        for done, index in enumerate(order):
            progress.step(_MEASURED_FROM * done / len(order), "playing")
            self._render(index)
            self._make_room()
            yield done + 1, len(order) - done - 1

    def _order(self) -> list[int]:
        """The tiles to render: those from the playhead on first, even those that are only wanted again."""
        here = self._here
        near = range(here, min(here + max(min(_AHEAD, self._most // 2), 1), self._count))
        wanted = self._waiting.union(index for index in near if not self._is_there(index))
        return sorted(wanted, key=lambda index: (index < here, index))

    def _plan(self, score: Score, samples: int, settings: MixSettings) -> None:
        """Find out what of the kept tiles is stale for a score."""
        known = {part.key: part for part in self._parts}
        if score is self._score and (samples, settings) == (self._samples, self._settings):
            return
        is_same_time = self._score is not None and samples == self._samples and score.tempo == self._score.tempo
        parts = [self._planned(part, score, samples, settings, known, is_same_time) for part in score.parts]
        is_mixed_alike = len(parts) == len(self._parts) and all(
            new.is_mixed_like(old) for new, old in zip(parts, self._parts, strict=True)
        )
        if samples != self._samples:
            self._levels = AuditionLevels(samples, self._store.folder)
            self._count = tile_count(samples)
            self._outlines = [None] * self._count
        elif _fades(settings) != _fades(self._settings):
            self._levels.doubt(_faded(settings, self._count) | _faded(self._settings, self._count))
        if samples != self._samples or not is_mixed_alike:
            self._waiting = set(range(self._count))
        self._waiting = self._waiting.union(*(part.stale for part in parts))
        self._levels.doubt(self._waiting)
        if self._waiting or settings != self._settings:
            self._curve = self._last = None
        self._parts, self._samples, self._settings, self._score = parts, samples, settings, score

    def _planned(
        self,
        part: Part,
        score: Score,
        samples: int,
        settings: MixSettings,
        known: dict[PartKey, KeptPart],
        is_same_time: bool,
    ) -> KeptPart:
        kernel, gains = kernel_of(part, settings), stem_gains(part).astype(np.float32)
        old = known.get((part.name, part.bank, part.program, part.channel))
        if old is not None and is_same_time and old.part == part and old.kernel is kernel:
            return old
        played = performance(self._synth, part, score.tempo, samples)
        new = KeptPart(part, played, kernel, gains, samples)
        if old is not None and old.kernel is kernel:
            new.take_over(old, self._store)
        return new

    def _render(self, index: int) -> None:
        """Bring one tile of the parts and of the sum up to date."""
        was_waiting = index in self._waiting
        whole = np.zeros((min(TILE, self._samples - index * TILE), 2), np.float32)
        for part in self._parts:
            whole += part.rendered(index, self._store).T * part.gains
        if not was_waiting:
            return
        self._outlines[index] = outline_of(whole)
        self._levels.guess(index, whole, self._settings)
        self._waiting.discard(index)
        self._changed.add(index)

    @property
    def _most(self) -> int:
        """Tiles of all parts that are kept; as many again may be held by sounds of before."""
        return max(self._store.capacity // (2 * max(len(self._parts), 1)), 2)

    def _make_room(self) -> None:
        """Forget what is farthest from the playhead, if there is too much; what is not measured is measured first."""
        there = [index for index in range(self._count) if self._is_there(index)]
        if len(there) <= self._most:
            return
        unmeasured = [index for index in there if index not in self._levels.measured]
        if len(unmeasured) >= _BATCH:
            self._measure(unmeasured, SILENT)
        here, too_many = self._here, len(there) - self._most
        farthest = sorted(there, key=lambda index: here - index if index >= here else _BEHIND * (index - here))
        for index in filter(self._may_go, farthest[:too_many]):
            for part in self._parts:
                part.tiles[index] = None

    def _may_go(self, index: int) -> bool:
        """Whether nothing needs a tile any more.

        Its neighbours are heard in it, and it in them, when they are measured.
        """
        near = range(max(index - 1, 0), min(index + 2, self._count))
        return self._levels.measured.issuperset(near)

    def _measure_all(self, progress: Progress) -> None:
        """Measure what is not measured yet."""
        tiles = [index for index in range(self._count) if index not in self._levels.measured]
        for done in range(0, len(tiles), _BATCH):
            self._measure(tiles[done : done + _BATCH], progress.part(done / len(tiles), 1.0))
            self._make_room()

    def _measure(self, tiles: list[int], progress: Progress) -> None:
        """Measure tiles; those that were forgotten, and their neighbours, are rendered again for it."""
        for index in tiles:
            for near in range(max(index - 1, 0), min(index + 2, self._count)):
                if near not in self._waiting and not self._is_there(near):
                    self._render(near)
        self._levels.measure(tiles, self._sounds, self._is_there, self._settings, progress)

    def _sounds(self, first: int, last: int) -> list[NDArray[np.float32]]:
        return [part.stem().sound(first, last) for part in self._parts]

    def _is_there(self, index: int) -> bool:
        """Whether all parts have a tile that is up to date."""
        return index < self._count and all(
            part.tiles[index] is not None and index not in part.stale for part in self._parts
        )

    def _sounding(self) -> AuditionSound:
        """All as it stands, with the curve of the files if that is known, else the quick one."""
        ready = {index for index in range(self._count) if index not in self._waiting and self._is_there(index)}
        spans = _spans(ready, self._samples)
        if self._last is not None and self._last.is_settled and self._last.ready == spans:
            return self._last
        changed, self._changed = self._changed, set()
        curve = self._curve or self._levels.quick_curve(self._settings)
        self._last = AuditionSound(
            self._samples,
            tuple(part.stem() for part in self._parts),
            self._settings,
            curve,
            spans,
            _spans(changed, self._samples),
            tuple(self._outlines),
            is_settled=self._curve is not None,
        )
        return self._last


def _fades(settings: MixSettings) -> tuple[float, float]:
    return settings.fade_in_seconds, settings.fade_out_seconds


def _faded(settings: MixSettings, count: int) -> set[int]:
    """The tiles of a cue in which its fades are heard."""
    first, last = (int(seconds * SAMPLE_RATE) // TILE + 2 for seconds in _fades(settings))
    return {index for index in range(count) if index < first or index >= count - last}


def _spans(tiles: set[int], samples: int) -> Spans:
    return merged([(index * TILE, min((index + 1) * TILE, samples)) for index in tiles])
