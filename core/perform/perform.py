"""A score on the grid into one that people might play.

The arranger writes every note on the grid, or on a moment of the picture. Here each player gets hands
(:mod:`~hitpoint.core.perform.hands`): time and touch move a little, what meets the picture does not. What moves a note
belongs to its phrase and its place, so a change in one bar is not felt in bars far away, and a cue that is carried over
to another cut is played as it was.
"""

from __future__ import annotations

from dataclasses import replace

from hitpoint.core.cue.cue import Cue
from hitpoint.core.music.score import Score
from hitpoint.core.perform.hands import Hands
from hitpoint.core.perform.phrasing import phrasing_of


def performed(score: Score, cue: Cue) -> Score:
    """The score of a cue as it is played, by the cue's feel; 0 leaves every note on the grid.

    Args:
        score: as it is arranged.
        cue: that it belongs to.

    Raises:
        OptionError: if there is no such style.
    """
    feel = cue.sound.feel
    if feel <= 0.0:
        return score
    hands = Hands(phrasing_of(cue), score.tempo, cue.seed, feel)
    return replace(score, parts=tuple(hands.played(part) for part in score.parts))
