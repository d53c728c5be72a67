"""Songs with bars in steps of a beat, half a bar or a bar, as training windows read them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from hitpoint.core.model.places import PlacedSection, Places, Unit, places_of
from hitpoint.core.training.data.datasets import Segments
from hitpoint.core.training.data.metre_songs import MetreSong
from hitpoint.core.training.data.segments import TimedChords

_HALVED = (2, 3, 4)  # beats of bars that have a half
UNITS: tuple[Unit, ...] = ("half", "beat", "bar")


def stepped(song: MetreSong, unit: Unit) -> TimedChords | None:
    """The song with a step for a second; None where its bars have no halves."""
    if unit == "half" and song.beats_per_bar not in _HALVED:
        return None
    starts = [_starts(len(bar), unit, song.beats_per_bar) for bar in song.bars]
    tokens = np.array([bar[beat] for bar, beats in zip(song.bars, starts, strict=True) for beat in beats], np.int64)
    places = song_places(song, unit, [len(beats) for beats in starts])
    ends = np.arange(1.0, len(tokens) + 1.0)
    return TimedChords(song.name, song.source, song.is_minor, Segments(ends, tokens), float(len(tokens)), places=places)


def song_places(song: MetreSong, unit: Unit, steps_per_bar: Sequence[int]) -> Places:
    """Where each step of a song stands."""
    sections, count = [], len(song.bars)
    ends = [*(section.first for section in song.sections[1:]), count]
    for section, end in zip(song.sections, ends, strict=True):
        borders = [*section.phrases, end] if section.phrases else [section.first, end]
        phrases = tuple(after - begin for begin, after in pairwise(borders))
        sections.append(PlacedSection(end - section.first, section.letter, phrases))
    return places_of(sections, unit, steps_per_bar)


def _starts(beats: int, unit: Unit, usual: int) -> range:
    """The beats of a bar on which its steps begin, or in which: the half of three beats lies in the second.

    The usual bar of 6/8 has two dotted beats, which are its halves.
    """
    if unit == "bar":
        return range(0, beats, beats)
    if unit == "beat" or usual == 2:
        return range(beats)
    return range(min(beats, 2)) if usual == 3 else range(0, beats, 2)
