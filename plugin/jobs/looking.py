"""What is seen and heard of an edit before a note is written. Imports no networks.

Decoding leaves much of the interpreter's time to others: while the pictures are looked at, the edit's own sound is
listened to and the networks are loaded.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from threading import Event

from hitpoint.bridge.reading.production_sound import read_production_sound
from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.cue.sound import Speech
from hitpoint.core.edit import Edit
from hitpoint.core.features.cache import FeatureCache
from hitpoint.core.features.extract import Extraction, extract_features
from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.progress import Cancelled, Progress
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.job import Job
from hitpoint.plugin.jobs.loading import lasting

_LOADED = "hitpoint.plugin.jobs.deliver"  # imports all that composes and plays


@dataclass(frozen=True)
class Looked:
    """What an edit looks and sounds like."""

    seen: Extraction
    speech: tuple[Speech, ...]


def features_of(engine: Engine, edit: Edit, start_frame: int, end_frame: int, progress: Progress) -> Extraction:
    """What the picture says from one timeline frame to another.

    Raises:
        HitpointError: if CLIP is asked for and not to be had.
        Cancelled: if stopped.
    """
    cache = FeatureCache(user_cache_folder()) if engine.use_cache else None
    return extract_features(
        edit, engine.features, start_frame=start_frame, end_frame=end_frame, cache=cache, progress=progress
    )


def look(job: Job, edit: Edit, wishes: Wishes, progress: Progress) -> Looked:
    """Look at the pictures and listen to the sound of an edit, and load what will compose meanwhile.

    Raises:
        HitpointError: if CLIP is asked for and not to be had, or the edit cannot be read any more.
        Cancelled: if stopped.
    """
    stopped = Event()
    with ThreadPoolExecutor(2) as others:
        try:
            speech = others.submit(_speech, job, stopped.is_set)
            others.submit(_load)  # an error will be told by whoever imports it in earnest
            seen = features_of(job.engine, edit, *stretch(edit, wishes), progress.part(0.0, 0.9))
            return Looked(seen, _waited_for(speech, progress.part(0.9, 1.0)))
        finally:
            stopped.set()


def _load() -> None:
    with lasting():
        import_module(_LOADED)


def _speech(job: Job, is_stopped: Callable[[], bool]) -> tuple[Speech, ...]:
    clips = read_production_sound(job.edit, job.media_folders)
    if not clips:
        return ()
    with lasting():
        from hitpoint.core.features.speech import speech_in  # loads all that filters sound

    return speech_in(clips, Progress(is_cancelled=is_stopped))


def _waited_for(speech: Future[tuple[Speech, ...]], progress: Progress) -> tuple[Speech, ...]:
    while not speech.done():
        progress.step(0.0, "listening to the edit")
        with suppress(TimeoutError, Cancelled):
            speech.result(timeout=0.1)
    return speech.result()
