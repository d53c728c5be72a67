"""What a recording has of what an edit asks for, as a listener hears it: nothing is known but the sound."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hitpoint.core.fit.asked import Curve, resampled
from hitpoint.core.listening.listening import Listening
from hitpoint.core.model.vocabulary import chord_of
from hitpoint.core.music.chord import Quality

_SMOOTH = 7  # seconds over which what is heard is averaged
_PLAIN = frozenset({Quality.MAJ, Quality.MIN, Quality.SUS2})
_BEATS = 8  # over which the tempo is a median
_ONSETS_A_BEAT = 2.0
_SLOWEST, _FASTEST = np.log(45.0), np.log(200.0)  # beats a minute that are still felt as beats

# measure -> what of an edit it goes with, and in which direction
LIVELY = ("loudness", "onsets", "brightness")
MOODS: Mapping[str, tuple[str, float]] = {
    "tempo": ("arousal", 1.0),
    "mode": ("valence", -1.0),
    "dissonance": ("valence", -1.0),
    "timbre": ("arousal", 1.0),
    "harmonic_rhythm": ("arousal", 1.0),
}


def heard_in(listening: Listening) -> dict[str, Curve]:
    """A curve for each measure of :data:`LIVELY` and :data:`MOODS`."""
    seconds = max(int(np.ceil(listening.seconds)), 1)
    curves = listening.curves
    bright = _audible(np.array(curves.brightness, np.float64)) if curves.brightness else np.zeros(seconds)
    return {
        "loudness": _smooth(np.array(curves.loudness or (0.0,), np.float64)),
        "onsets": _smooth(np.array(curves.density or (0.0,), np.float64)),
        "brightness": _smooth(bright),
        "tempo": resampled(_tempo(listening, seconds)),
        "mode": _smooth(_minor(listening, seconds)),
        "dissonance": _smooth(_coloured(listening, seconds)),
        "timbre": _smooth(bright),
        "harmonic_rhythm": _smooth(_changes(listening, seconds)),
    }


def _audible(brightness: Curve) -> Curve:
    """Logarithm of the spectral centre; silence has none (0), and is given what lies around it."""
    sounding = np.flatnonzero(brightness > 0.0)
    if not len(sounding):
        return np.zeros(len(brightness))
    return np.interp(np.arange(len(brightness)), sounding, np.log1p(brightness[sounding]))


def _smooth(values: Curve) -> Curve:
    return resampled(_averaged(values, len(values)))


def _averaged(values: Curve, seconds: int) -> Curve:
    """The mean of what lies around each second."""
    values = np.interp(np.arange(seconds), np.arange(len(values)), values)
    width = min(_SMOOTH, seconds)
    padded = np.pad(values, (width // 2, width - 1 - width // 2), mode="edge")
    sums = np.concatenate(([0.0], np.cumsum(padded)))
    averaged: Curve = (sums[width:] - sums[:-width]) / width
    return averaged


def _tempo(listening: Listening, seconds: int) -> Curve:
    """Logarithm of the beats a minute in each second, at the level at which about two onsets fall on a beat.

    A tracker holds one level throughout, so that music which doubles its tempo is heard to keep it; a listener taps
    where most happens (Parncutt 1994, "A perceptual model of pulse salience and metrical accent in musical rhythms").
    """
    beats = np.array(listening.beats)
    if len(beats) < 3:
        return np.zeros(seconds)
    lengths = np.diff(beats)
    found = []
    for second in range(seconds):
        near = min(max(int(np.searchsorted(beats, second + 0.5)) - 1, 0), len(lengths) - 1)
        window = lengths[max(near - _BEATS // 2, 0) : near + _BEATS // 2]
        found.append(np.log(60.0 / max(float(np.median(window)), 0.1)))
    onsets = _averaged(np.array(listening.curves.density or (0.0,), np.float64), seconds)
    return np.array([at + _level(each, at) for at, each in zip(found, onsets, strict=True)])


def _level(onsets: float, tempo: float) -> float:
    """What is added to the logarithm of a tempo: the octave, or none, that brings onsets nearest to two a beat."""
    if onsets <= 0.0:
        return 0.0
    off = np.log(onsets * 60.0 / _ONSETS_A_BEAT) - tempo
    octaves = [octave for octave in (-np.log(2.0), np.log(2.0)) if _SLOWEST <= tempo + octave <= _FASTEST]
    return float(min((0.0, *octaves), key=lambda octave: (round(abs(off - octave), 9), abs(octave))))


def _minor(listening: Listening, seconds: int) -> Curve:
    """1 in seconds of a minor key, as far as it is sure, 0 in those of a major one."""
    found = np.full(seconds, 0.5)
    for key in listening.keys:
        inside = slice(int(key.start), int(np.ceil(key.end)))
        found[inside] = 0.5 + 0.5 * key.confidence * (1.0 if key.key.is_minor else -1.0)
    return found


def _coloured(listening: Listening, seconds: int) -> Curve:
    """1 in seconds of other chords than plain ones, and of minor ones half."""
    found = np.zeros(seconds)
    for heard in listening.chords:
        chord = chord_of(heard.token)
        colour = 0.5 * chord.is_minor_type + 0.5 * (chord.quality not in _PLAIN)
        found[int(heard.start) : int(np.ceil(heard.end))] = colour
    return found


def _changes(listening: Listening, seconds: int) -> Curve:
    found = np.zeros(seconds)
    for heard in listening.chords[1:]:
        found[min(int(heard.start), seconds - 1)] += 1
    return found
