"""Cues where an editor has laid temp music: each stretch of clips on a music track that touch or nearly touch."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from hitpoint.core.cue.film.cue_list import CueEntry, free_name
from hitpoint.core.edit import Edit
from hitpoint.core.media.sound_clip import SoundTrack

_TRACK = re.compile(r"\b(music|temp|tmp|score|mx|mus|musik|soundtrack)\b", re.IGNORECASE)
_APART = Fraction(1, 2)  # seconds between two clips of one cue: an edit in the temp, not a new cue
_SHORTEST = Fraction(2)  # seconds; less is a sting on an effects track


def temp_cues(edit: Edit, tracks: Sequence[SoundTrack]) -> tuple[CueEntry, ...]:
    """A cue for each stretch of temp music, exact to the frame; none if no track is named as one.

    Args:
        edit: the cut.
        tracks: its audio tracks, with the places of clips whose media is missing too.
    """
    cues: list[CueEntry] = []
    for start, end, label in _stretches(tracks):
        first, last = (min(edit.rate.nearest_frame(time), edit.frames) for time in (start, end))
        if end - start < _SHORTEST or first >= last:
            continue
        if cues and first < cues[-1].end_frame:
            continue
        cues.append(CueEntry(free_name([cue.name for cue in cues]), first, last, reason=f"temp music on {label}"))
    return tuple(cues)


def _stretches(tracks: Sequence[SoundTrack]) -> list[tuple[Fraction, Fraction, str]]:
    found: list[tuple[Fraction, Fraction, str]] = []
    for track in tracks:
        if not _TRACK.search(track.name.replace("_", " ")):
            continue
        for start, end in track.places:
            if found and found[-1][2] == track.label and start - found[-1][1] <= _APART:
                found[-1] = found[-1][0], max(end, found[-1][1]), track.label
            else:
                found.append((start, end, track.label))
    return sorted(found)
