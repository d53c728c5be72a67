"""Writes a score as MusicXML by music21 (BSD), for notation programs; an extra, because music21 is large.

The notes are those of the page, not of the hands: what the arranger wrote, on the grid, before anybody played it.
"""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from typing import Any

from hitpoint.core.errors import EditWriteError, OptionError
from hitpoint.core.music.chord import DEGREES, Quality, parse_chord
from hitpoint.core.music.metre import Metre
from hitpoint.core.music.pitch import FLAT_NAMES, SHARP_NAMES, pitch_class_named
from hitpoint.core.music.score import DRUM_CHANNEL, Part, Score

_ENDS = 4  # places a beat at which a page may end
_GRID = 24  # places a beat: sixteenths and triplets
_KINDS = {  # of MusicXML, as music21 names them
    Quality.MAJ: "major", Quality.MIN: "minor", Quality.DIM: "diminished", Quality.AUG: "augmented",
    Quality.SUS2: "suspended-second", Quality.SUS4: "suspended-fourth", Quality.MAJ6: "major-sixth",
    Quality.MIN6: "minor-sixth", Quality.MAJ7: "major-seventh", Quality.MIN7: "minor-seventh",
    Quality.DOM7: "dominant-seventh", Quality.DIM7: "diminished-seventh", Quality.HDIM7: "half-diminished-seventh",
}  # fmt: skip


def write_musicxml(score: Score, path: Path, *, seconds: Fraction, title: str) -> None:
    """Write a score that is still on the grid.

    Args:
        score: as it was arranged.
        path: of the file; it must not exist.
        seconds: length of the cue.
        title: of the piece.

    Raises:
        OptionError: if music21 is not installed.
        EditWriteError: if the file exists or cannot be written.
    """
    if path.exists():
        raise EditWriteError(f"{path} exists and is never overwritten; choose another name")
    try:
        music21: Any = import_module("music21")
    except ImportError:
        raise OptionError("MusicXML needs music21: pip install 'hitpoint[notation]'") from None
    whole = music21.stream.Score()
    whole.metadata = music21.metadata.Metadata(title=title, composer="")
    end = Fraction(math.ceil(score.tempo.beat_at(seconds) * _ENDS), _ENDS)
    for number, part in enumerate(score.parts):
        whole.insert(0, _staff(music21, score, part, end, is_first=number == 0))
    try:
        whole.write("musicxml", fp=str(path))
    except OSError as error:
        raise EditWriteError(f"{path} cannot be written ({error.strerror}); choose another folder") from None
    except music21.exceptions21.Music21Exception as error:
        raise EditWriteError(f"{title} cannot be written as a page ({error}): export it as midi") from None


def _staff(music21: Any, score: Score, part: Part, end: Fraction, *, is_first: bool) -> Any:
    staff = music21.stream.Part(id=part.name)
    staff.partName = part.name
    for beat, metre in score.metres or ((0.0, Metre(score.tempo.beats_per_bar, 4)),):
        staff.insert(_place(beat), music21.meter.TimeSignature(f"{metre.numerator}/{metre.denominator}"))
    if is_first:
        _insert_words(music21, staff, score, end)
    if part.channel == DRUM_CHANNEL:
        staff.insert(0, music21.clef.PercussionClef())
    else:
        staff.insert(0, music21.instrument.instrumentFromMidiProgram(part.program))
    for start, length, pitches, velocity in _chords(part, end):
        note = music21.note.Note(pitches[0]) if len(pitches) == 1 else music21.chord.Chord(list(pitches))
        note.quarterLength, note.volume.velocity = length, velocity
        staff.insert(start, note)
    if is_first:
        _insert_symbols(music21, staff, score, end)
    return staff


def _insert_words(music21: Any, staff: Any, score: Score, end: Fraction) -> None:
    """Tempi and sections, as far as they come before the end."""
    for point in score.tempo.points:
        if point.beat < end:
            staff.insert(_place(float(point.beat)), music21.tempo.MetronomeMark(number=round(point.bpm, 2)))
    for marker in score.markers:
        if marker.beat < end:
            staff.insert(_place(marker.beat), music21.expressions.RehearsalMark(marker.text))


def _insert_symbols(music21: Any, staff: Any, score: Score, end: Fraction) -> None:
    """Chord symbols, into bars that are made already: before, they would be taken for notes of another voice."""
    staff.makeNotation(inPlace=True)
    bars = list(staff.getElementsByClass("Measure"))
    for symbol in score.chords:
        place = _place(symbol.beat)
        bar = next((bar for bar in reversed(bars) if bar.offset <= place), None)
        if bar is not None and place < end:
            bar.insert(place - Fraction(bar.offset), _symbol(music21, symbol.text))


def _symbol(music21: Any, harte: str) -> Any:
    """A chord in Harte's spelling as MusicXML names it; tones that were added stand in the text of its kind."""
    if harte == "N":
        return music21.harmony.NoChord()
    kind = _KINDS[parse_chord(harte).quality]
    named, _, degree = harte.partition("/")
    root, _, written = named.partition(":")
    bass = SHARP_NAMES if "#" in root else FLAT_NAMES
    symbol = music21.harmony.ChordSymbol(
        root=root.replace("b", "-"),  # music21's flat
        bass=bass[(pitch_class_named(root) + DEGREES.index(degree)) % 12].replace("b", "-") if degree else None,
        kind=kind,
    )
    symbol.chordKindStr = written
    return symbol


def _chords(part: Part, end: Fraction) -> list[tuple[Fraction, Fraction, tuple[int, ...], int]]:
    """The notes that start together on one stem: start, length to the next start at the most, pitches, velocity."""
    starts: dict[Fraction, list[tuple[Fraction, int, int]]] = {}
    for note in part.notes:
        start = _place(note.start)
        if start < end:
            starts.setdefault(start, []).append((_place(note.end), note.pitch, note.velocity))
    found, places = [], [*sorted(starts), end]
    for start, after in itertools.pairwise(places):
        stop = min(max(stop for stop, _, _ in starts[start]), after, end)
        pitches = tuple(sorted({pitch for _, pitch, _ in starts[start]}))
        found.append((start, max(stop - start, Fraction(1, _GRID)), pitches, max(v for _, _, v in starts[start])))
    return found


def _place(beat: float) -> Fraction:
    return Fraction(round(beat * _GRID), _GRID)
