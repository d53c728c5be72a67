"""Bars of breath: where the plan leaves one alone, or nobody, the others have let go, and what they held is heard out.

What is struck there for the picture stays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hitpoint.core.arrange.form.bars import Bar
from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.music.score import Note

_ENDS_NEAR = 0.51  # beats before a bar of rest within which a note that ends is held on into it
_LEAST_BEATS = 0.1  # before a bar of breath within which nothing is struck any more


def with_breaths(notes: Sequence[Note], player: Player, plan: Plan) -> tuple[Note, ...]:
    """The notes of a player, none sounding into a bar that is left to others; of a rest, a tail up to its middle.

    The tune keeps to rests by itself, and what the editor wrote in one is heard.

    Args:
        notes: in order of start.
        player: whose they are.
        plan: that says who is alone where.
    """
    found = list(notes)
    for bar in plan.bars if not player.has_motif else ():
        alone = plan.alone[bar.number]
        if alone is None:
            continue
        if player.name not in alone:
            found = [_let_go(note, bar.beat) for note in found if not bar.beat - _LEAST_BEATS < note.start < bar.beat]
        elif not bar.force and not player.leads_in:
            found = [_held_on(note, bar, plan) for note in found]
    return tuple(found)


def leads_from(player: Player, plan: Plan, moment: float, start: float) -> float | None:
    """The beat from which a player leads into a moment who would begin at ``start``; None for not at all.

    In a bar of breath before it who leads in waits for its second half, and keeps still where somebody sings.
    """
    bar = plan.bar(plan.step_at(moment - _LEAST_BEATS))
    alone = plan.alone[bar.number]
    if alone is None:
        return start
    return max(start, bar.beat + bar.steps * plan.step_beats / 2) if player.name in alone else None


def _let_go(note: Note, beat: float) -> Note:
    return replace(note, end=beat) if note.start < beat < note.end else note


def _held_on(note: Note, bar: Bar, plan: Plan) -> Note:
    """A note that ends where a rest begins, held until the middle of it."""
    if note.start < bar.beat and bar.beat - _ENDS_NEAR <= note.end:
        return replace(note, end=bar.beat + bar.steps * plan.step_beats / 2)
    return note
