"""A stretch of a score as a score of its own: what a file of notes holds of a cue that was cropped.

The excerpt begins at the very moment at which its sound does, wherever in a bar that is, so that notes and sound lie
side by side. The metre is said again at the first bar line inside, which keeps the bars where they were. A page begins
with the whole bar instead, silent up to that moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from hitpoint.core.music.metre import Metre
from hitpoint.core.music.score import DRUM_CHANNEL, Bend, Control, Note, Part, Score, ScoreMarker
from hitpoint.core.music.tempo import TempoMap, TempoPoint

_LEAST_HELD = 0.25  # beats that a note must go on after the border to stand at it: less is the tail of a note before it

_PAGE = 4  # places a beat at which what is heard may begin on a page

_Placed = TypeVar("_Placed", ScoreMarker, Control, Bend)


@dataclass(frozen=True)
class _Cut:
    """Beats of the whole.

    Attributes:
        origin: where the excerpt counts from.
        start: from where on something is heard, not before the origin.
        end: up to where.
    """

    origin: Fraction
    start: Fraction
    end: Fraction

    def placed(self, beat: float) -> float:
        """Where a beat of the whole lies in the excerpt; what is before lies at the start."""
        return float(max(Fraction(beat), self.start) - self.origin)


def score_excerpt(
    score: Score, start: Fraction, seconds: Fraction, *, whole_bars: bool = False
) -> tuple[Score, Fraction]:
    """What sounds of a score in a stretch of it, and how many seconds that are; the score itself from its start on.

    A note that is held over the border begins at it, if a quarter of a beat is left of it; a stroke of a drum does not.
    Controllers, bends, chords, sections, keys and metres that hold at the border are said there.

    Args:
        score: of the whole.
        start: seconds into it, 0 or later.
        seconds: length of the stretch.
        whole_bars: whether it begins with the bar that the stretch begins in, which adds to the seconds.
    """
    first = score.tempo.beat_at(start)
    if first == 0:
        return score, seconds
    origin = first
    if whole_bars:
        first = Fraction(round(first * _PAGE), _PAGE)
        origin = _bar_line(score, first)
    cut = _Cut(origin, first, score.tempo.beat_at(start + seconds))
    excerpt = replace(
        score,
        parts=tuple(_part(part, cut) for part in score.parts),
        tempo=_tempo(score.tempo, origin),
        key_name=_holding(((0.0, score.key_name), *score.keys), cut),
        markers=_from_border(score.markers, cut),
        chords=_from_border(score.chords, cut),
        metres=_metres(score, cut),
        keys=tuple((cut.placed(beat), name) for beat, name in score.keys if cut.start < beat < cut.end),
    )
    return excerpt, start + seconds - score.tempo.seconds_at(origin)


def _part(part: Part, cut: _Cut) -> Part:
    notes = [note for note in (_note(one, cut, part) for one in part.notes) if note is not None]
    controls = [one for number in sorted({control.number for control in part.controls})
                for one in _from_border([c for c in part.controls if c.number == number], cut)]  # fmt: skip
    return replace(
        part,
        notes=tuple(sorted(notes, key=lambda note: (note.start, note.pitch))),
        controls=tuple(sorted(controls, key=lambda control: control.beat)),
        bends=_from_border(part.bends, cut),
    )


def _note(note: Note, cut: _Cut, part: Part) -> Note | None:
    """The note as it stands in the excerpt; None if it is not heard there."""
    if note.start >= cut.end or note.end <= cut.start:
        return None
    if note.start < cut.start and (part.channel == DRUM_CHANNEL or note.end - cut.start < _LEAST_HELD):
        return None
    return replace(note, start=cut.placed(note.start), end=cut.placed(note.end))


def _from_border(placed: Sequence[_Placed], cut: _Cut) -> tuple[_Placed, ...]:
    """What holds at the border, said there, and all that comes inside."""
    held = sum(one.beat <= cut.start for one in placed)
    return tuple(replace(one, beat=cut.placed(one.beat)) for one in placed[max(held - 1, 0) :] if one.beat < cut.end)


def _holding(changes: Sequence[tuple[float, str]], cut: _Cut) -> str:
    return [name for beat, name in changes if beat <= cut.start][-1]


def _tempo(tempo: TempoMap, start: Fraction) -> TempoMap:
    later = [TempoPoint(point.beat - start, point.seconds_per_beat) for point in tempo.points if point.beat > start]
    held = [point for point in tempo.points if point.beat <= start][-1]
    return replace(tempo, points=(TempoPoint(Fraction(0), held.seconds_per_beat), *later))


def _changes(score: Score) -> Sequence[tuple[float, Metre]]:
    return score.metres or ((0.0, Metre(score.tempo.beats_per_bar, 4)),)


def _bar_line(score: Score, beat: Fraction) -> Fraction:
    """The last bar line at or before a beat."""
    since, metre = [change for change in _changes(score) if change[0] <= beat][-1]
    return Fraction(since) + (beat - Fraction(since)) // metre.beats_per_bar * metre.beats_per_bar


def _metres(score: Score, cut: _Cut) -> tuple[tuple[float, Metre], ...]:
    """The metre at the origin, again at the first bar line inside, and those that follow."""
    metre = [one for beat, one in _changes(score) if beat <= cut.origin][-1]
    inside = [(beat, one) for beat, one in _changes(score) if cut.origin < beat < cut.end]
    line = _bar_line(score, cut.origin)
    line += metre.beats_per_bar if line < cut.origin else 0
    if cut.origin < line < min([cut.end, *(Fraction(beat) for beat, _ in inside[:1])]):
        inside.insert(0, (float(line), metre))
    return ((0.0, metre), *((float(Fraction(beat) - cut.origin), one) for beat, one in inside))
