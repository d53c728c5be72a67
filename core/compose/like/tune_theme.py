"""The line of a recording as a theme: its first bars on the grid of its own beats, in degrees of its own key.

Only a line that stands alone is heard as notes (:mod:`hitpoint.core.listening.melody`); it becomes the cue's theme as
an editor's own does, which the composer varies, moves to the cue's key and lays under its form.
"""

from __future__ import annotations

import numpy as np

from hitpoint.core.listening.listening import Listening
from hitpoint.core.melody.scales import degree_on, home_near
from hitpoint.core.music.theme import Theme, ThemeNote

_MOST_BARS = 8
_FEWEST_NOTES = 3
_EARLY = 0.5  # sixteenths by which a note may lie before the first bar that it belongs to


def theme_of_line(heard: Listening, weight: float) -> Theme | None:
    """The theme; None where there is no line, no beat or no key, or the weight is 0.

    Args:
        heard: a recording.
        weight: 0..1: which share of its first eight bars is taken, a bar at least.
    """
    key = heard.key
    if weight <= 0 or key is None or len(heard.melody) < _FEWEST_NOTES or len(heard.beats) < 4 or not heard.downbeats:
        return None
    per_beat = 6 if heard.compound else 4
    bar_slots = per_beat * heard.beats_per_bar
    first = round(_beat_at(heard, heard.downbeats[0]) * per_beat) % bar_slots
    spans = [
        (_beat_at(heard, note.start) * per_beat - first, _beat_at(heard, note.end) * per_beat - first, note.pitch)
        for note in heard.melody
    ]
    offset = int(np.floor((spans[0][0] + _EARLY) / bar_slots)) * bar_slots
    last = (max(round(weight * _MOST_BARS), 1)) * bar_slots
    inside = [(round(a - offset), round(b - offset), pitch) for a, b, pitch in spans if round(a - offset) < last]
    home = home_near(sum(pitch for _, _, pitch in inside) / len(inside), key)
    notes = []
    for at, (start, end, pitch) in enumerate(inside):
        following = inside[at + 1][0] if at + 1 < len(inside) else last
        if following > start >= 0:
            notes.append(ThemeNote(start, min(max(end - start, 1), following - start), *degree_on(pitch, key, home)))
    if len(notes) < _FEWEST_NOTES:
        return None
    return Theme(tuple(notes), bar_slots, -(-(notes[-1].slot + 1) // bar_slots), is_given=True)


def _beat_at(heard: Listening, time: float) -> float:
    """Which beat, counted from the first one heard, a time lies at; the tempo goes on before and after."""
    beats = np.array(heard.beats)
    length = float(np.median(np.diff(beats)))
    if time < beats[0]:
        return float((time - beats[0]) / length)
    if time > beats[-1]:
        return float(len(beats) - 1 + (time - beats[-1]) / length)
    return float(np.interp(time, beats, np.arange(len(beats))))
