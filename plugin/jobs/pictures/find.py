"""Moments of an edit that look like some words, for the command, for ``--hit find:…`` and ``--mood find:…=…``."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError
from hitpoint.core.progress import SILENT, Progress
from hitpoint.plugin.hit_option import FIND

if TYPE_CHECKING:
    from hitpoint.core.features.semantic import ClipEncoder
    from hitpoint.core.finding.finding import Moment

_LOOKING = 0.95  # share of the time


def find_moments(
    edit: Edit, text: str, top: int = 5, progress: Progress = SILENT, *, use_cache: bool = True
) -> tuple[Moment, ...]:
    """The moments that look like some words, the likest first.

    What CLIP sees is kept with the picture features, so that a second search decodes nothing.

    Raises:
        CheckpointError: if CLIP is not to be had on this machine.
        MediaReadError: if no picture can be seen.
        OptionError: if there are no words.
        Cancelled: if stopped.
    """
    if not text.strip():
        raise OptionError('nothing to look for: write words, such as "a door opens"')
    encoder = _encoder()
    from hitpoint.core.features.cache import FeatureCache
    from hitpoint.core.features.extract import extract_features
    from hitpoint.core.files.cache_folder import user_cache_folder
    from hitpoint.core.finding.finding import moments, scores_of

    cache = FeatureCache(user_cache_folder()) if use_cache else None
    looked = extract_features(edit, "clip", cache=cache, encoder=encoder, progress=progress.part(0.0, _LOOKING))
    found = moments(edit, scores_of(looked.features, encoder.encode_words([text])[0]), top)
    progress.step(1.0)
    return found


def found_frame(edit: Edit, text: str) -> int:
    """The frame that is likest to ``find:WORDS``."""
    return find_moments(edit, text.removeprefix(FIND), 1)[0].frame


def found_stretch(edit: Edit, text: str) -> tuple[int, int]:
    """The frames (end exclusive) of the stretch that is likest to ``find:WORDS``."""
    moment = find_moments(edit, text.removeprefix(FIND), 1)[0]
    return moment.start_frame, moment.end_frame


@lru_cache(maxsize=1)
def _encoder() -> ClipEncoder:
    """CLIP, loaded once a process."""
    from hitpoint.core.features.semantic import load_clip

    return load_clip()
