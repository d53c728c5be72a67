"""What hands can do.

No pitch struck twice at once, no more voices than there are, no wider than they reach, no flam by chance.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from hitpoint.core.music.score import Note

_FLAM = 0.3  # beats: a sixteenth, and a little
_LEAST_BEATS = 0.1  # a note that a silence would cut shorter than this is left out


def without_overlaps(notes: Sequence[Note]) -> tuple[Note, ...]:
    """The notes in order, none twice at once.

    Of two struck together one stays, and one struck again while it sounds sounds on as the other.
    """
    kept: dict[tuple[float, int], Note] = {}
    for note in notes:
        place = (note.start, note.pitch)
        same = kept.get(place, note)
        kept[place] = Note(note.start, max(same.end, note.end), note.pitch, max(same.velocity, note.velocity))
    sounding: dict[int, tuple[float, int]] = {}
    for place in sorted(kept):
        note, before = kept[place], sounding.get(place[1])
        if before is not None and kept[before].end > note.start:
            earlier = kept[before]
            kept[place] = Note(note.start, max(note.end, earlier.end), note.pitch, note.velocity)
            kept[before] = Note(earlier.start, note.start, earlier.pitch, earlier.velocity)
        sounding[place[1]] = place
    return tuple(kept[place] for place in sorted(kept))


def without_flams(
    strokes: Sequence[Note], accents: Sequence[Note], met: Collection[float], *, is_unpitched: bool
) -> tuple[Note, ...]:
    """The strokes without those that an accent hardly a moment away stands for.

    Args:
        strokes: what a player strikes by itself.
        accents: what the same player strikes for the picture, in order of start.
        met: beats of moments that are met by a stroke; it stays.
        is_unpitched: of drums what comes just before an accent goes too; of others only what it sounds through.
    """
    return tuple(
        note
        for note in strokes
        if note.start in met
        or not any(
            (0 < note.start - accent.start <= _FLAM and note.start < accent.end)
            or (is_unpitched and 0 < accent.start - note.start <= _FLAM)
            for accent in accents
        )
    )


def within_reach(notes: Sequence[Note], voices: int, reach: int) -> tuple[Note, ...]:
    """The notes, each let go when a hand is needed for what is struck after it.

    Args:
        notes: in order of start, then pitch, no pitch twice at once.
        voices: how many may sound at once; of more struck together the lowest are left out.
        reach: semitones from the lowest to the highest that sound; what was struck first gives way.
    """
    ends = [note.end for note in notes]
    held: list[int] = []
    left_out: set[int] = set()
    for index, note in enumerate(notes):
        held = [other for other in held if ends[other] > note.start]
        held.append(index)
        while len(held) > voices or _width(notes, held) > reach:
            loser = held.pop(0)
            ends[loser] = min(ends[loser], note.start)
            left_out |= {loser} if notes[loser].start == note.start else set()
    return tuple(
        Note(note.start, ends[index], note.pitch, note.velocity)
        for index, note in enumerate(notes)
        if index not in left_out
    )


def silenced(notes: Sequence[Note], silences: Sequence[tuple[float, float]]) -> tuple[Note, ...]:
    """The notes without what sounds in a silence; none that starts before one sounds after it."""
    if not silences:
        return tuple(notes)
    found: list[Note] = []
    place = 0
    for note in notes:
        while place < len(silences) and silences[place][1] <= note.start:
            place += 1
        start = silences[place][0] if place < len(silences) else note.end
        if note.start + _LEAST_BEATS <= start or note.end <= start:
            found.append(Note(note.start, min(note.end, start), note.pitch, note.velocity))
    return tuple(found)


def _width(notes: Sequence[Note], held: Sequence[int]) -> int:
    pitches = [notes[index].pitch for index in held]
    return max(pitches) - min(pitches)
