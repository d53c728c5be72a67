"""The look and sound of an edit, before a note is written. Imports no networks."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Event, Lock

from hitpoint.bridge.reading.production_sound import read_production_sound
from hitpoint.core.cue.sound import Speech
from hitpoint.core.edit import Edit
from hitpoint.core.features.cache import FeatureCache
from hitpoint.core.features.extract import Extraction, extract_features, known_features
from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.progress import SILENT, Cancelled, Progress
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.loading import lasting
from hitpoint.plugin.jobs.preload import preload_torch

_LOADED = "hitpoint.plugin.jobs.composer"  # imports all that composes and plays
_HEARING = 0.93  # share of the time that looking takes beside listening
_TURN = 0.1  # seconds between two looks at whether another has done with the pictures

Speeches = tuple[Speech, ...]


@dataclass(frozen=True, eq=False)
class Sight:
    """What a stretch of an edit looks and sounds like.

    Attributes:
        pictures: its features.
        speech: the stretches of speech in it.
        is_whole: whether nothing is left to look at or to listen to.
    """

    pictures: Extraction
    speech: Speeches
    is_whole: bool = True


def features_of(engine: Engine, edit: Edit, start_frame: int, end_frame: int, progress: Progress) -> Extraction:
    """Features of the picture from one timeline frame to another.

    Raises:
        HitpointError: if CLIP is asked for and not to be had.
        Cancelled: if stopped.
    """
    cache = FeatureCache(user_cache_folder()) if engine.use_cache else None
    return extract_features(
        edit, engine.features, start_frame=start_frame, end_frame=end_frame, cache=cache, progress=progress
    )


class Observer:
    """Looks at the pictures of an edit and listens to its sound, and remembers its last answers.

    Several threads may ask it: one looks at a time, and who comes second finds it done.

    Args:
        engine: says how pictures are read.
        media_folders: where to look for media that moved.
    """

    def __init__(self, engine: Engine, media_folders: tuple[Path, ...] = ()) -> None:
        self.engine, self.media_folders = engine, media_folders
        self._seen: tuple[tuple[Edit, int, int], Extraction] | None = None
        self._heard: tuple[tuple[SoundClip, ...], Speeches] | None = None
        self._turn = Lock()

    @property
    def is_looking(self) -> bool:
        """Whether a thread is looking now."""
        return self._turn.locked()

    def sight(self, edit: Edit, start_frame: int, end_frame: int, progress: Progress = SILENT) -> Sight:
        """Look at a stretch and listen to the edit.

        Raises:
            HitpointError: as :meth:`seen` and :meth:`heard`.
            Cancelled: if stopped.
        """
        pictures = self.seen(edit, start_frame, end_frame, progress.part(0.0, _HEARING))
        return Sight(pictures, self.heard(edit, progress.part(_HEARING, 1.0)) or ())

    def known(self, edit: Edit, start_frame: int, end_frame: int) -> Sight:
        """What can be told of a stretch without looking or listening: the cuts, and what was seen and heard before.

        Raises:
            HitpointError: if the edit cannot be read any more.
        """
        asked = (edit, start_frame, end_frame)
        if self._seen is not None and self._seen[0] == asked:
            pictures = self._seen[1]
        else:
            cache = FeatureCache(user_cache_folder()) if self.engine.use_cache else None
            pictures = known_features(edit, start_frame=start_frame, end_frame=end_frame, cache=cache)
        clips = read_production_sound(edit.path, self.media_folders, rate=edit.rate)
        is_heard = self._heard is not None and self._heard[0] == clips
        speech = self._heard[1] if is_heard and self._heard is not None else ()
        return Sight(pictures, speech, not pictures.left_seconds and (is_heard or not clips))

    def seen(self, edit: Edit, start_frame: int, end_frame: int, progress: Progress = SILENT) -> Extraction:
        """Features of the picture from one timeline frame to another.

        Raises:
            HitpointError: if CLIP is asked for and not to be had.
            Cancelled: if stopped.
        """
        asked = (edit, start_frame, end_frame)
        with self._taking_turns(progress):
            if self._seen is None or self._seen[0] != asked:
                self._seen = (asked, features_of(self.engine, edit, start_frame, end_frame, progress))
            return self._seen[1]

    @contextmanager
    def _taking_turns(self, progress: Progress) -> Iterator[None]:
        """Wait until nobody else looks."""
        while not self._turn.acquire(timeout=_TURN):
            progress.step(0.0, "looking at the picture")
        try:
            yield
        finally:
            self._turn.release()

    def heard(self, edit: Edit, progress: Progress = SILENT) -> Speeches | None:
        """The stretches of speech in an edit; None if it has no sound that can be heard here.

        Raises:
            EditReadError: if the edit cannot be read any more.
            Cancelled: if stopped.
        """
        clips = read_production_sound(edit.path, self.media_folders, rate=edit.rate)
        if not clips:
            return None
        if self._heard is None or self._heard[0] != clips:
            with lasting():
                from hitpoint.core.features.speech import speech_in  # loads all that filters sound

            progress.step(0.0, "listening to the edit")
            self._heard = (clips, speech_in(clips, progress))
        return self._heard[1]

    def observe(self, edit: Edit, start_frame: int, end_frame: int, progress: Progress = SILENT) -> None:
        """Look, listen and load what composes at the same time; :meth:`seen` and :meth:`heard` then answer at once.

        Decoding leaves much of the interpreter's time to other threads.

        Raises:
            HitpointError: if CLIP is asked for and not to be had, or the edit cannot be read any more.
            Cancelled: if stopped.
        """
        stopped = Event()
        with ThreadPoolExecutor(2) as others:
            try:
                heard = others.submit(self.heard, edit, Progress(is_cancelled=stopped.is_set))
                others.submit(_load)  # an error will be told by whoever imports it in earnest
                self.seen(edit, start_frame, end_frame, progress.part(0.0, 0.9))
                _wait_for(heard, progress.part(0.9, 1.0))
            finally:
                stopped.set()


def _load() -> None:
    with lasting():
        if "torch" not in sys.modules:
            preload_torch()
        import_module(_LOADED)


def _wait_for(heard: Future[Speeches | None], progress: Progress) -> None:
    while not heard.done():
        progress.step(0.0, "listening to the edit")
        with suppress(TimeoutError, Cancelled):
            heard.result(timeout=0.1)
    heard.result()
