"""A chord as a short, plain sound, to hear what a symbol means before it stands in the cue."""

from __future__ import annotations

import numpy as np

from hitpoint.core.music.chord import Chord
from hitpoint.core.music.pitch import frequency
from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.ui.players.sound import Samples

_SECONDS = 1.4
_BASS, _UPPER = 43, 58  # lowest MIDI pitches of the bass and of the tones above it
_PARTIALS = (1.0, 0.38, 0.16, 0.07)
_LEVEL = 0.09  # of a tone


def chord_pitches(chord: Chord) -> tuple[int, ...]:
    """MIDI pitches, the bass first, every tone once above it; none for "N"."""
    if chord.root is None:
        return ()
    bass = chord.root if chord.bass is None else chord.bass
    tones = (*chord.pitch_classes, *((chord.root + tone) % 12 for tone in chord.added))
    return (_BASS + (bass - _BASS) % 12, *sorted(_UPPER + (tone - _UPPER) % 12 for tone in dict.fromkeys(tones)))


def chord_sound(chord: Chord) -> Samples:
    """The chord struck once, as from a soft electric piano: (n, 2); empty for "N"."""
    pitches = chord_pitches(chord)
    time = np.arange(round(_SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    total = np.zeros(len(time) if pitches else 0)
    for pitch in pitches:
        for number, share in enumerate(_PARTIALS, 1):
            fading = np.exp(-time * (2.2 + 1.6 * number))
            total += _LEVEL * share * np.sin(2 * np.pi * frequency(pitch) * number * time) * fading
    edge = np.minimum(np.minimum(time[: len(total)] / 0.004, (_SECONDS - time[: len(total)]) / 0.05), 1.0)
    return np.repeat((total * edge)[:, None], 2, axis=1).astype(np.float32)
