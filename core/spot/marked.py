"""Cues that an editor has marked: range markers, pairs of markers, and markers that carry a cue's name.

Film editors mark music as ranges ("1M1"), as pairs ("1M1 in", "1M1 out") or as single marks ("MUS-003").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from hitpoint.core.cue.film.cue_list import CueEntry, free_name
from hitpoint.core.edit import Edit, Marker

_CUE = re.compile(
    r"\b(\d{1,2}\s?m\s?\d{1,3}\w?|(?:mus|music|mx|cue|score|m)[\s_#-]*\d{1,4}\w?|music|score|musik|cue)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(\d{1,2}\s?m\s?\d{1,3}\w?|(?:mus|music|mx|cue|score|m)[\s_#-]*\d{1,4}\w?)\b", re.IGNORECASE)
_IN = re.compile(r"[\s:_,(-]+(in|start|begin|on)\)?$", re.IGNORECASE)
_OUT = re.compile(r"[\s:_,(-]+(out|end|stop|off)\)?$", re.IGNORECASE)
_ONLY_OUT = re.compile(r"(?:mus|music|mx|score|cue|musik)?\s*[-_ ]?(out|end|stop)", re.IGNORECASE)
_LEAST_SECONDS = 3  # of a range marker without a cue's name that is taken for one


def marked_cues(edit: Edit, markers: Sequence[Marker] | None = None) -> tuple[CueEntry, ...]:
    """The cues that markers of an edit name, in order of time; none if there are no such markers.

    Ranges that carry a cue's name come first; if there is none, every range of at least three seconds is a cue. Then
    pairs, then single marks, each of which lasts to the next mark of its kind, or to one that says "out".
    """
    known = edit.markers if markers is None else tuple(markers)
    marks = sorted(known, key=lambda marker: (marker.frame, -marker.frames))
    found = [*_ranges(edit, marks), *_pairs(edit, marks), *_singles(edit, marks)]
    cues: list[CueEntry] = []
    for name, start, end, reason in sorted(found, key=lambda one: one[1]):
        end = min(end, edit.frames)
        if start < end and not any(start < cue.end_frame and cue.start_frame < end for cue in cues):
            own = (
                name
                if name and name not in (cue.name for cue in cues)
                else free_name([c.name for c in cues], name or "1M1")
            )
            cues.append(CueEntry(own, start, end, reason=reason))
    return tuple(cues)


Found = tuple[str, int, int, str]


def _ranges(edit: Edit, marks: Sequence[Marker]) -> list[Found]:
    ranges = [mark for mark in marks if mark.frames > 1]
    named = [mark for mark in ranges if _CUE.search(mark.text)]
    if not named and not any(_CUE.search(mark.text) for mark in marks):
        least = _LEAST_SECONDS * edit.rate.frames_per_second
        named = [mark for mark in ranges if mark.frames >= least]
    return [
        (
            _name(mark.text),
            mark.frame,
            mark.frame + mark.frames,
            f"range marker {mark.text!r}" if mark.text else "range marker",
        )
        for mark in named
    ]


def _pairs(edit: Edit, marks: Sequence[Marker]) -> list[Found]:
    points = [mark for mark in marks if mark.frames <= 1]
    found: list[Found] = []
    for mark in points:
        if not _IN.search(mark.text):
            continue
        head = _IN.sub("", mark.text).strip()
        outs = [other for other in points if other.frame > mark.frame and _OUT.search(other.text)]
        own = [other for other in outs if _OUT.sub("", other.text).strip().casefold() == head.casefold()]
        if own and (_CUE.search(head) or own):
            end = own[0]
            found.append((_name(head), mark.frame, end.frame, f"markers {mark.text!r} and {end.text!r}"))
    return found


def _singles(edit: Edit, marks: Sequence[Marker]) -> list[Found]:
    points = [mark for mark in marks if mark.frames <= 1]
    starts = [m for m in points if _NUMBERED.search(m.text) and not _IN.search(m.text) and not _OUT.search(m.text)]
    ends = sorted({mark.frame for mark in (*starts, *(m for m in points if _ONLY_OUT.fullmatch(m.text.strip())))})
    found: list[Found] = []
    for mark in starts:
        end = next((frame for frame in ends if frame > mark.frame), edit.frames)
        found.append((_name(mark.text), mark.frame, end, f"marker {mark.text!r}, to the next mark for music"))
    return found


def _name(text: str) -> str:
    """The cue's name in a marker's text: what looks like one, else the text itself, cut to a name's length."""
    matched = _NUMBERED.search(text)
    name = matched[0] if matched else text
    plain = "".join(letter if letter.isprintable() else " " for letter in name)
    return re.sub(r"\s+", " ", plain).strip()[:40].strip()
