"""The frame rate of the media that an edit names, for edits that do not tell their own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hitpoint.bridge.formats import MOVIE_SUFFIXES
from hitpoint.bridge.lookup.media import MediaFinder
from hitpoint.bridge.otio.flatten import MediaReference
from hitpoint.bridge.otio.references import media_name
from hitpoint.core.timebase import FrameRate

_MOST_NAMES = 500
_MOST_FILES = 12


def rate_of_media(finder: MediaFinder, names: Sequence[str]) -> FrameRate | None:
    """The rate that most of the movies have that are found, the most used first; None if none is found.

    Args:
        finder: knows where to look.
        names: paths or names of files, those most used first.
    """
    movies: dict[Path, None] = {}
    for name in names[:_MOST_NAMES]:
        found = finder.find(MediaReference(name, media_name(name)))
        if found is not None and found.suffix.casefold() in MOVIE_SUFFIXES:
            movies[found] = None
        if len(movies) == _MOST_FILES:
            break
    if not movies:
        return None
    from hitpoint.bridge.lookup.media_probe import probed  # decoding is loaded only where a file must be asked

    facts = [probed(movie) for movie in movies]
    rates = [each.rate for each in facts if each is not None]
    return max(rates, key=rates.count) if rates else None
