"""The reference way of rendering: Video2Music's (Kang, Poria & Herremans 2023), to hear what ours is beside it.

A chord a second at a fixed 120 beats a minute, always on a piano in the models' own key; the regressor's density
chooses how many notes of it are struck, one after the other, and its loudness how hard.
"""

from __future__ import annotations

from fractions import Fraction

from hitpoint.core.cue.cue import Cue
from hitpoint.core.music.score import Note, Part, Score
from hitpoint.core.music.tempo import steady_tempo

_BEATS_A_SECOND = 2
_BASE = 60  # MIDI pitch of middle C
_DENSITIES = (4.0, 8.0, 12.0, 16.0)  # notes sounding in a second from which one more note is struck
_SOFTEST, _LOUDEST, _FULL = 40, 110, 0.4


def reference_score(cue: Cue) -> Score:
    """The chords of a cue as the reference plays them."""
    seconds = int(cue.seconds)
    starts = [float(cue.step_start(index) - cue.start) for index in range(len(cue.steps))]
    notes: list[Note] = []
    for second in range(seconds):
        index = max(at for at, start in enumerate(starts) if start <= second + 1e-6)
        step = cue.steps[index]
        chord = step.chord.transposed(-cue.key_at(index).semitones_from_model)
        velocity = round(_SOFTEST + (_LOUDEST - _SOFTEST) * min(step.loudness / _FULL, 1.0))
        tones = sorted(_BASE + tone for tone in chord.pitch_classes)
        count = 1 + sum(step.density >= floor for floor in _DENSITIES)
        for place in range(count if tones else 0):
            start = _BEATS_A_SECOND * (second + place / count)
            notes.append(Note(start, start + _BEATS_A_SECOND / count, tones[place % len(tones)], velocity))
    tempo = steady_tempo(Fraction(1, _BEATS_A_SECOND))
    part = Part("Piano", 0, 0, tuple(sorted(notes, key=lambda note: (note.start, note.pitch))))
    return Score((part,), tempo)
