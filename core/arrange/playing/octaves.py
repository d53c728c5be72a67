"""The weight of a summit: basses that are bowed or blown play in octaves there, the lower one if they have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from hitpoint.core.arrange.form.sections import SectionKind
from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.music.score import Note

_OCTAVE = 12


def with_octaves(notes: Sequence[Note], player: Player, plan: Plan) -> tuple[Note, ...]:
    """The notes of a player, those of a bass doubled in the bars in which the music culminates.

    A note beside which the same players sound another is not: they have divided, and fill the middle.

    Args:
        notes: in order of start, then pitch.
        player: whose they are.
        plan: that says where the summit is.
    """
    if plan.crest is None or player.role != "bass" or not player.is_sustained or player.voices < 2:
        return tuple(notes)
    bars = [bar for bar in plan.bars if bar.section is SectionKind.PEAK]
    if not bars:
        return tuple(notes)
    begin, end = bars[0].beat, bars[-1].beat + bars[-1].steps * plan.step_beats
    found = list(notes)
    for note in notes:
        pitch = note.pitch - _OCTAVE if note.pitch - _OCTAVE >= player.low else note.pitch + _OCTAVE
        is_alone = not any(one is not note and one.start < note.end and note.start < one.end for one in notes)
        if begin <= note.start < end and is_alone and pitch <= player.high:
            found.append(replace(note, pitch=pitch))
    return tuple(sorted(found, key=attrgetter("start", "pitch")))
