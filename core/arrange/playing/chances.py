"""What a player draws.

How each stroke's velocity wanders, and which variants are chosen. By seed, and by place in the cue.

A step may have a hand of its own (:attr:`hitpoint.core.cue.cue.Played.hands`), a seed by which a player, or all of
them, choose there instead; everywhere else nothing changes by it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.arrange.form.form import Form
from hitpoint.core.arrange.playing.dynamics import HUMAN
from hitpoint.core.cue.cue import Cue

WANDER, CHOICE, LINE = 0, 1, 2  # streams of random numbers
_SEED_BITS = (1 << 64) - 1
_CHOICES = 1 << 16


@dataclass(frozen=True, eq=False)
class Chances:
    """A player's draws.

    Attributes:
        wander: (places, slots) whole numbers, how each sixteenth's velocity wanders.
        choice: (places,) whole numbers from which variants are chosen.
        turns: for each step of the form, by how much its variant is turned on; 0 without a hand of its own.
    """

    wander: NDArray[np.int64]
    choice: NDArray[np.int64]
    turns: tuple[int, ...]


def chance(seed: int, player: int, stream: int) -> np.random.Generator:
    """Numbers for one player and purpose; the first of them do not depend on how many are drawn."""
    return np.random.Generator(np.random.PCG64([seed & _SEED_BITS, player, stream]))


def drawn_chances(cue: Cue, form: Form, name: str, player: int, size: tuple[int, int], seed: int) -> Chances:
    """The draws of a player.

    Args:
        cue: whose steps may have hands of their own.
        form: of it.
        name: of the part.
        player: number of the player in the ensemble.
        size: places, and sixteenths a step.
        seed: of the player.
    """
    wander, choice = _drawn(seed, player, size)
    turns = [0] * len(form.steps)
    others: dict[int, tuple[NDArray[np.int64], NDArray[np.int64]]] = {}
    for index, step in enumerate(form.steps):
        own = next((hand for part, hand in reversed(hands_of(cue, index)) if part in ("", name)), None)
        if own is None:
            continue
        if own not in others:
            others[own] = _drawn(own, player, size)
        wander[step.place], choice[step.place] = (row[step.place] for row in others[own])
        turns[index] = int(choice[step.place])
    return Chances(wander, choice, tuple(turns))


def hands_of(cue: Cue, step: int) -> tuple[tuple[str, int], ...]:
    """The hands that a step has of its own."""
    one = cue.playing[step] if step < len(cue.playing) else None
    return () if one is None else one.hands


def _drawn(seed: int, player: int, size: tuple[int, int]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    return (
        chance(seed, player, WANDER).integers(-HUMAN, HUMAN + 1, size=size),
        chance(seed, player, CHOICE).integers(0, _CHOICES, size=size[0]),
    )
