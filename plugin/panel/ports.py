"""The panel's ports made real, so that a window opens before anything slow is imported.

That happens on its worker thread.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from functools import cached_property
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from hitpoint.core.arrange.form.hit_points import Hit
from hitpoint.core.arrange.styles.styles import own_style_names, style_named, style_names
from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.cue.changes import span_unlocked
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.edit import Edit
from hitpoint.core.errors import HitpointError, StyleFileError
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.mood import MoodSpan
from hitpoint.core.music.chord import Chord
from hitpoint.core.ports import (
    Composed,
    Conformed,
    Delivered,
    FoundMoment,
    HeardTemp,
    LikeWish,
    OpenedEdit,
    Order,
    Ports,
    Proposals,
    StyleCard,
    Variation,
    Way,
    WriteChoice,
)
from hitpoint.core.progress import Progress
from hitpoint.core.timebase import FrameRate, format_timecode
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.loading import lasting
from hitpoint.plugin.jobs.preload import preload_torch
from hitpoint.plugin.panel.levels import DeliveredLevels

_MOMENTS = 12  # that are listed of a search
_COMPOSER = "hitpoint.plugin.jobs.composer"
_SEEING = 0.7  # share of the first composing's time that looking takes
_SUGGESTIONS = 12  # takes of one chord, of which some are alike

if TYPE_CHECKING:
    from hitpoint.core.media.waveform import Peaks
    from hitpoint.core.render.audition.sound import AuditionSound
    from hitpoint.plugin.jobs import composer
    from hitpoint.plugin.jobs.looking import Observer, Sight
    from hitpoint.plugin.panel import playing, sink, writing
    from hitpoint.plugin.panel.source import PanelSource


def panel_ports(media_folders: tuple[Path, ...] = (), rate: FrameRate | None = None) -> Ports:
    """Everything a window is given; ``rate`` is for edits that do not tell theirs."""
    work = _Work(media_folders, rate)
    return Ports(work, work, work, work, style_cards())


def style_cards() -> tuple[StyleCard, ...]:
    """The styles there are, the editor's own last, and who plays in each; own ones that make no sense are left out."""
    return tuple(_cards((*style_names(), *own_style_names())))


def _cards(names: Iterable[str]) -> Iterator[StyleCard]:
    for name in names:
        with suppress(StyleFileError):
            players = style_named(name).players
            kits = tuple(player.name for player in players if player.is_kit)
            yield StyleCard(name, tuple(player.name for player in players), kits)


class _Work:
    """All four ports; each call imports and makes what it needs if it is the first."""

    def __init__(self, media_folders: tuple[Path, ...], rate: FrameRate | None) -> None:
        self._media, self._rate, self._engine, self._levels = media_folders, rate, Engine(), DeliveredLevels()
        self._loading: Thread | None = None

    def open(self, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> OpenedEdit:
        return self._source(media).open(path, progress)

    def reopened(self, cue: Cue, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> OpenedEdit:
        return self._source(media).reopened(cue, path, progress)

    def demo(self, progress: Progress) -> Path:
        self.prepare()  # it is composed next
        return self._source().demo(progress)

    def conform(self, cue: Cue, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> Conformed:
        return self._source(media).conform(self._levels.on(cue), path, progress)

    def reopened_film(self, film: FilmCues, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> OpenedEdit:
        return self._source(media).reopened_film(film, path, progress)

    def conform_film(self, film: FilmCues, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> Conformed:
        return self._source(media).conform_film(self._levels.on_film(film), path, progress)

    def spot(self, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> Proposals:
        return self._source(media).spot(path, progress)

    def find(self, edit: Edit, text: str, progress: Progress) -> tuple[FoundMoment, ...]:
        from hitpoint.plugin.jobs.pictures.find import find_moments  # brings networks, which a window does without

        found = find_moments(edit, text, _MOMENTS, progress, use_cache=self._engine.use_cache)
        return tuple(FoundMoment(one.frame, one.start_frame, one.end_frame, one.stands_out, one.shot) for one in found)

    def prepare(self) -> None:
        if self._loading is None:
            self._loading = Thread(target=self._load, name="loading", daemon=True)
            self._loading.start()

    def _load(self) -> None:
        with suppress(HitpointError, ImportError, OSError):  # told by whoever needs it in earnest
            self._composer.prepare()
            _ = self._writing, self._performer

    def compose_at_once(self, edit: Edit, wishes: Wishes, progress: Progress, beside: tuple[Cue, ...] = ()) -> Composed:
        self.prepare()
        if self._loading is not None:
            progress.step(0.0, "loading the models")
            self._loading.join()
        sight = self._observer.known(edit, *stretch(edit, wishes))
        order = Order(wishes.name, wishes)
        composed = self._writing.composed(edit, order, 1, self._writing.together(beside), progress, sight)
        return replace(composed, is_from_cuts=not sight.is_whole)

    def look(self, edit: Edit, wishes: Wishes, progress: Progress) -> None:
        self._observer.observe(edit, *stretch(edit, wishes), progress)

    def compose(
        self,
        edit: Edit,
        wishes: Wishes,
        count: int,
        progress: Progress,
        like: LikeWish | None = None,
        beside: tuple[Cue, ...] = (),
    ) -> Composed:
        if _COMPOSER not in sys.modules:  # seconds, in which the pictures can be looked at
            self._observer.observe(edit, *stretch(edit, wishes), progress.part(0.0, _SEEING))
            progress = progress.part(_SEEING, 1.0)
        order = Order(wishes.name, wishes, like)
        return self._writing.composed(edit, order, count, self._writing.together(beside), progress)

    def compose_film(
        self, edit: Edit, orders: tuple[Order, ...], beside: tuple[Cue, ...], progress: Progress
    ) -> Iterator[tuple[str, Composed | str]]:
        return self._writing.film(edit, orders, beside, progress)

    def extended(self, cue: Cue, start: int, end: int, progress: Progress) -> Composed:
        carried = self._composer.extended(cue, start, end, progress)
        return self._writing.alone(carried)

    def temp(self, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> Iterator[HeardTemp]:
        from hitpoint.plugin.panel.temp import heard_temp  # reads edits, as below

        return heard_temp(path, (*self._media, *media), progress)

    def regenerate(self, cue: Cue, span: range, count: int, progress: Progress) -> Composed:
        sight = self._known_of(cue)
        composed = self._composer.alternatives(cue, span, count, progress, sight)
        return replace(composed, is_from_cuts=sight is not None and not sight.is_whole)

    def _known_of(self, cue: Cue) -> Sight | None:
        """What is known of a cue's picture while it is being looked at, for who will not wait; None if it is not."""
        if not self._observer.is_looking:
            return None
        return self._observer.known(cue.edit, cue.start_frame, cue.end_frame)

    def varied(self, cue: Cue, wish: Variation, count: int, progress: Progress) -> Composed:
        return self._writing.varied(cue, wish, count, progress)

    def suggested(self, cue: Cue, span: range, progress: Progress) -> tuple[Chord, ...]:
        first = range(span.start, span.start + 1)
        sight = self._known_of(cue)
        composed = self._composer.alternatives(span_unlocked(cue, first), first, _SUGGESTIONS, progress, sight)
        takes = sorted(composed.takes, key=lambda take: -take.likelihood)
        chords = [take.cue.steps[span.start].chord for take in takes]
        return tuple(dict.fromkeys(chord for chord in chords if chord != cue.steps[span.start].chord))

    def proposed_moods(self, cue: Cue, progress: Progress) -> tuple[MoodSpan, ...]:
        return self._composer.proposed_moods(cue, progress)

    def perform(self, cue: Cue, heard_from: float, progress: Progress) -> Iterator[AuditionSound]:
        return self._performer.perform(self._levels.on(cue), heard_from, progress)

    def hits(self, cue: Cue, progress: Progress) -> tuple[Hit, ...]:
        return self._performer.hits(cue, progress)

    def waveform(self, sound: AuditionSound, start: float, progress: Progress) -> Peaks:
        return self._performer.waveform(sound, start, progress)

    def production_waveform(self, clips: tuple[SoundClip, ...], progress: Progress) -> Peaks:
        return self._performer.production_waveform(clips, progress)

    def ways(self, source: Path, cue: Cue, folder: Path | None = None) -> tuple[Way, ...]:
        from hitpoint.plugin.panel.ways_back import ways_back

        return ways_back(source, cue, folder)

    def write(self, source: Path, work: Cue | FilmCues, choice: WriteChoice, progress: Progress) -> Delivered:
        on_level = self._levels.on_film(work) if isinstance(work, FilmCues) else self._levels.on(work)
        return self._sink.write(source, on_level, choice, progress)

    def _source(self, media: tuple[Path, ...] = ()) -> PanelSource:
        from hitpoint.plugin.panel.source import PanelSource  # every format of an edit, when one is opened

        return PanelSource(self._carried, (*self._media, *media), self._rate)

    def _carried(self, cue: Cue, edit: Edit, progress: Progress) -> tuple[Cue, tuple[str, ...]]:
        carried = self._composer.carried(cue, edit, progress=progress)
        return carried.cue, (*carried.changes.lines(_clock_of(edit)), *carried.warnings)

    @cached_property
    def _composer(self) -> composer.Composer:
        module = _loaded("composer")
        made: composer.Composer = module.Composer(self._observer)
        return made

    @cached_property
    def _observer(self) -> Observer:
        from hitpoint.plugin.jobs.looking import Observer

        return Observer(self._engine, self._media)

    @cached_property
    def _writing(self) -> writing.PanelWriting:
        made: writing.PanelWriting = _loaded("writing").PanelWriting(self._composer, self._engine, self._media)
        return made

    @cached_property
    def _performer(self) -> playing.PanelPerformer:
        with lasting():
            module: Any = import_module("hitpoint.plugin.panel.playing")
        made: playing.PanelPerformer = module.PanelPerformer(self._engine)
        return made

    @cached_property
    def _sink(self) -> sink.PanelSink:
        made: sink.PanelSink = _loaded("sink").PanelSink(self._engine, self._levels.note)
        return made


def _clock_of(edit: Edit) -> Callable[[Fraction], str]:
    """Writes seconds of the timeline as the edit's own timecode."""

    def written(seconds: Fraction) -> str:
        frame = edit.rate.nearest_frame(seconds) + edit.start_timecode_frame
        return format_timecode(frame, edit.rate, drop_frame=edit.drop_frame)

    return written


_MODULES = {
    "composer": _COMPOSER,
    "sink": "hitpoint.plugin.panel.sink",
    "writing": "hitpoint.plugin.panel.writing",
}


def _loaded(name: str) -> Any:
    """A module that composes; it imports torch, seconds that a window does not wait for."""
    with lasting():
        if "torch" not in sys.modules:
            preload_torch()
        return import_module(_MODULES[name])
