"""The motif: three to six notes that are a cue's own, and come back where its phrases begin.

A motif is a rhythm of a bar, written as in :mod:`textures`, and a contour in steps of the scale. It is fitted to the harmony
wherever it comes: struck notes (``x``) go to the chord tone nearest to the contour, declared ornaments (``p``) become the
passing tone between their neighbours, or a neighbour tone where these are one pitch; where neither is to be had they
repeat the note before. So it is transposed with the chords; later phrases also hear it upside down, or with the rhythm of
its second half moved to the first. Ornaments stand in the second half of a step, where a chord has been heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key

MOTIF_STEPS = 2  # a motif lasts a bar

# Rhythms that belong together: how the motif goes, and how it goes when it is varied. Both have as many notes.
_RHYTHMS = (
    ("x-----p-|x-------", "x---x---|x-------"),
    ("x---x-p-|x-------", "x-----p-|x---x---"),
    ("x--x--x-|x-------", "x-------|x--x--x-"),
    ("x---x-p-|x---x---", "x-----p-|x---x-x-"),
    ("x-x-x---|x---x---", "x---x---|x-x-x---"),
    ("x--x--p-|x-----x-", "x-----p-|x--x--x-"),
    ("x-x-x-p-|x---x---", "x---x-p-|x-x-x---"),
)
_CONTOURS = (
    (0, 2, 4, 2, 1, 0),
    (0, 4, 3, 2, 1, 2),
    (0, -1, 2, 4, 3, 2),
    (0, 1, -3, 0, 2, 0),
    (4, 2, 0, 1, 2, 0),
    (0, 2, 1, 5, 4, 2),
)
_WIDEST_LEAP = 9  # semitones between neighbouring notes
_FARTHEST_ORNAMENT = 4  # semitones that an ornament may lie between
_MOTIF_STREAM = 4  # of random numbers


@dataclass(frozen=True)
class MotifNote:
    """One note: sixteenths from the start of the bar, its length, the contour, and whether it is an ornament."""

    slot: int
    length: int
    degree: int
    is_ornament: bool


Motif = tuple[MotifNote, ...]


def motif_of(seed: int, phrase: int) -> Motif:
    """The motif of a cue, as it is heard where a phrase begins: plain in the first two, then varied."""
    chances = np.random.Generator(np.random.PCG64([seed & (1 << 64) - 1, _MOTIF_STREAM]))
    rhythms = _RHYTHMS[int(chances.integers(len(_RHYTHMS)))]
    contour = _CONTOURS[int(chances.integers(len(_CONTOURS)))]
    turn = (phrase + int(chances.integers(2))) % 4 if phrase >= 2 else 0
    row = rhythms[turn // 2]
    return _notes(row, [-degree for degree in contour] if turn % 2 else contour)


def fitted(motif: Motif, chords: Sequence[Chord], anchor: int, key: Key, low: int, high: int) -> tuple[int, ...]:
    """The pitches of a motif.

    Args:
        motif: what is played.
        chords: the chord under each of its notes.
        anchor: pitch near which its contour begins.
        key: whose scale the contour and the ornaments walk on.
        low: lowest pitch there is.
        high: highest.
    """
    pitches: list[int] = []
    for note, chord in zip(motif, chords, strict=True):
        wished = _scale_pitch(anchor, note.degree, key)
        before = pitches[-1] if pitches else None
        pitches.append(_chord_tone(wished, chord, before, low, high))
    for index in (index for index, note in enumerate(motif) if note.is_ornament):
        ornament = _ornament(pitches, index, chords[index], key)
        pitches[index] = pitches[index - 1] if ornament is None or not low <= ornament <= high else ornament
    return tuple(pitches)


def _notes(row: str, contour: Sequence[int]) -> Motif:
    signs = row.replace("|", "")
    places = [slot for slot, sign in enumerate(signs) if sign in "xp"]
    ends = [*places[1:], len(signs)]
    return tuple(
        MotifNote(slot, end - slot, degree, signs[slot] == "p")
        for slot, end, degree in zip(places, ends, contour, strict=False)
    )


def _scale_pitch(anchor: int, degree: int, key: Key) -> int:
    """So many steps of the scale above a pitch."""
    pitch, direction = anchor, 1 if degree > 0 else -1
    for _ in range(abs(degree)):
        pitch += direction
        while pitch % 12 not in key.scale:
            pitch += direction
    return pitch


def _chord_tone(wished: int, chord: Chord, before: int | None, low: int, high: int) -> int:
    """The tone of a chord nearest to a pitch, the lower of two, in range and no wide leap from the one before."""
    tones = [pitch for pitch in range(low, high + 1) if pitch % 12 in chord.pitch_classes]
    near = [pitch for pitch in tones if before is None or abs(pitch - before) <= _WIDEST_LEAP]
    return min(near or tones, key=lambda pitch: (abs(pitch - wished), pitch))


def _ornament(pitches: Sequence[int], index: int, chord: Chord, key: Key) -> int | None:
    """The tone of the scale between two notes, or beside them when they are the same; None if there is none."""
    if index + 1 >= len(pitches):
        return None
    before, after = pitches[index - 1], pitches[index + 1]
    if before == after:
        return next((tone for tone in (before + 1, before + 2) if tone % 12 in key.scale), None)
    if abs(before - after) > _FARTHEST_ORNAMENT:
        return next((tone for tone in range(min(before, after) + 1, max(before, after)) if _is_in(tone, chord)), None)
    between = range(min(before, after) + 1, max(before, after))
    return next((tone for tone in between if tone % 12 in key.scale), None)


def _is_in(tone: int, chord: Chord) -> bool:
    return tone % 12 in chord.pitch_classes
