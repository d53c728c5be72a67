"""The look and sound of an edit, before a note is written. Imports no networks."""

from __future__ import annotations

import sys
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Event

from hitpoint.bridge.reading.production_sound import read_production_sound
from hitpoint.core.cue.sound import Speech
from hitpoint.core.edit import Edit
from hitpoint.core.features.cache import FeatureCache
from hitpoint.core.features.extract import Extraction, extract_features
from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.progress import SILENT, Cancelled, Progress
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.loading import lasting
from hitpoint.plugin.jobs.preload import preload_torch

_LOADED = "hitpoint.plugin.jobs.composer"  # imports all that composes and plays


Speeches = tuple[Speech, ...]


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

    Args:
        engine: says how pictures are read.
        media_folders: where to look for media that moved.
    """

    def __init__(self, engine: Engine, media_folders: tuple[Path, ...] = ()) -> None:
        self.engine, self.media_folders = engine, media_folders
        self._seen: tuple[tuple[Edit, int, int], Extraction] | None = None
        self._heard: tuple[tuple[SoundClip, ...], Speeches] | None = None

    def seen(self, edit: Edit, start_frame: int, end_frame: int, progress: Progress = SILENT) -> Extraction:
        """Features of the picture from one timeline frame to another.

        Raises:
            HitpointError: if CLIP is asked for and not to be had.
            Cancelled: if stopped.
        """
        asked = (edit, start_frame, end_frame)
        if self._seen is None or self._seen[0] != asked:
            self._seen = (asked, features_of(self.engine, edit, start_frame, end_frame, progress))
        return self._seen[1]

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
