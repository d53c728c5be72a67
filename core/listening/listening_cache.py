"""Listenings kept on disk, so that a recording is heard once.

A listening belongs to the content of the files that were heard, to where each lies in the timeline, to the stretch, the
tempo factor, and the version of what listens. A cache can always be lost: what is wrong with it is heard anew.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

from hitpoint.core.features.cache import content_of
from hitpoint.core.listening.hear import VERSION, hear, weights_path
from hitpoint.core.listening.listening import Listening
from hitpoint.core.listening.listening_file import listening_document, listening_of
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.progress import SILENT, Progress

_FOLDER = "listenings-1"
_MOST = 200  # kept; those not used for longest go first


def heard_before_or_now(
    clips: Sequence[SoundClip],
    start: Fraction,
    seconds: Fraction,
    tempo_factor: float = 1.0,
    cache: Path | None = None,
    progress: Progress = SILENT,
) -> Listening:
    """:func:`~hitpoint.core.listening.hear.hear`, kept in a folder; None keeps nothing.

    Raises:
        OptionError: if there is too much to listen to.
        Cancelled: if stopped.
    """
    place = None if cache is None else _place(cache, clips, start, seconds, tempo_factor)
    known = None if place is None else _read(place)
    if known is not None:
        progress.step(1.0, "heard before")
        return known
    heard = hear(clips, start, seconds, tempo_factor, progress)
    if place is not None:
        _keep(place, heard)
    return listening_of(listening_document(heard))


def _place(
    cache: Path, clips: Sequence[SoundClip], start: Fraction, seconds: Fraction, tempo_factor: float
) -> Path | None:
    """The file of a listening; None if a recording cannot be read."""
    digest = hashlib.blake2b(digest_size=16)
    try:
        for clip in clips:
            lies = (clip.start - start, clip.end - start, clip.source_start, clip.speed)
            digest.update(repr((content_of(clip.media), *map(str, lies))).encode())
        digest.update(repr((VERSION, content_of(weights_path()), str(seconds), tempo_factor)).encode())
    except OSError:
        return None
    return cache / _FOLDER / f"{digest.hexdigest()}.json"


def _read(place: Path) -> Listening | None:
    try:
        heard = listening_of(json.loads(place.read_text(encoding="utf-8")))
        os.utime(place)
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    return heard


def _keep(place: Path, heard: Listening) -> None:
    """Write it whole or not at all; what cannot be kept is no trouble."""
    temporary = place.with_suffix(f".{os.getpid()}.tmp")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(listening_document(heard)), encoding="utf-8")
        temporary.replace(place)
        oldest_first = sorted(place.parent.glob("*.json"), key=lambda path: path.stat().st_mtime)
        for path in oldest_first[:-_MOST]:
            path.unlink(missing_ok=True)
