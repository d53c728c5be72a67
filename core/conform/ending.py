"""The last bars of a cue whose end moved. An ending is prepared: what led on to other music is no ending.

Where the last steps are those that ended the old cue, they stay. Elsewhere the last two bars are composed anew with a
cadence, unless the chords there make one as it is, or the editor has locked the last of them.
"""

from __future__ import annotations

from hitpoint.core.cue.cue import Cue
from hitpoint.core.model.rules.rules import is_cadence
from hitpoint.core.model.vocabulary import token_of

ENDING_STEPS = 4  # two bars: the cadence takes two steps, and what comes before has to lead to it

Origin = int | None


def is_ending_lost(old: Cue, new: Cue, origins: tuple[Origin, ...]) -> bool:
    """Whether a cue on a new edit stops where the old one went on, and its chords do not come to a close.

    Args:
        old: the cue as it was.
        new: with the chords that were carried over.
        origins: number of the old step that each new one comes from; None for one that is to be composed.
    """
    last = len(old.steps) - 1
    if old.plan is not None and _still_ends(old.plan.final_step, origins):
        return False
    if origins[-1] == last and (len(origins) == 1 or origins[-2] in (last, last - 1)):
        return False
    key = new.key_at(len(new.steps) - 1)
    if None in origins[-2:]:
        return origins[-2:] != (None, None)  # what is new at the end comes to a close by itself
    tokens = [token_of(step.chord.transposed(-key.semitones_from_model)) for step in new.steps[-2:]]
    return not is_cadence(tokens, is_minor=key.is_minor)


def _still_ends(final: int, origins: tuple[Origin, ...]) -> bool:
    """Whether the last chord of a plan is there, and nothing but it comes after."""
    place = next((at for at, origin in enumerate(origins) if origin == final), None)
    return place is not None and all(origin is not None and origin >= final for origin in origins[place:])


def without_ending(new: Cue, origins: tuple[Origin, ...]) -> tuple[Origin, ...]:
    """The origins with the last bars to be composed; locked steps stay, and with the last of them locked all do."""
    if new.steps[-1].locked:
        return origins
    first = max(len(origins) - ENDING_STEPS, 0)
    if new.plan is not None:
        first = min(first, max(new.plan.final_step - ENDING_STEPS + 1, 0))
    return tuple(origin if index < first or new.steps[index].locked else None for index, origin in enumerate(origins))
