"""Rules that carry out a blueprint.

Themes that come back, cadences, harmonic rhythm, changes of key, and no standing still.

Each is one small object as those of :mod:`hitpoint.core.model.rules.rules`, and none outranks a locked chord.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.compose.harmony.blueprint import Blueprint, Role
from hitpoint.core.compose.harmony.degrees import (
    Mask,
    cadential,
    closing,
    dominants,
    in_other_mode,
    leading_to,
    predominants,
    sounding,
    token_in,
    tonics,
    transposed_token,
)
from hitpoint.core.compose.harmony.palette_rules import mixed
from hitpoint.core.model.palette import token_at
from hitpoint.core.model.rules.approach import transitions
from hitpoint.core.model.rules.decoding import FORBIDDEN, Logits
from hitpoint.core.model.vocabulary import CHORDS, chord_of
from hitpoint.core.mood import Mood
from hitpoint.core.music.chord import Quality
from hitpoint.core.music.key import Key

_LEAN = 2.5  # logits that the old chord loses where a theme is varied: with less the model's memory writes it back
_REACH = 8  # steps before a chord that comes back in which the way to it counts
_WORST = -4.0  # as in looking ahead to locks
_OPEN_SOON, _OPEN, _PREPARE, _CLOSE = 1.5, 3.0, 1.5, 4.5  # logits for the chords of a cadence
_LEAVE, _ARRIVE = 3.5, 2.5
_LEAD, _LEAD_SOON = 0.97, 0.3  # shares of the probability that chords have which lead to the summit and the end
_FAINTEST = -20.0  # logits of a chord that may still lead
_FIFTH = 7  # semitones
_RETURN, _ALTERNATE = 1.0, 3.5  # logits that A-B-A costs, and A-B-A-B
_PATIENCE = 10.0  # seconds on two chords that cost nothing
_IMPATIENCE, _MOST_IMPATIENCE = 0.4, 6.0  # logits for each second more, and at most
_LONGEST = 19.0  # seconds on two chords, after which a third must come

Tokens = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class ThemeReturn:
    """Chords of a theme come back; where it is varied, the old ones are avoided and the way back into it is smooth.

    Attributes:
        blueprint: of the take.
        minor: mode of each step.
    """

    blueprint: Blueprint
    minor: Sequence[bool]

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Only the chord that comes back, or all but the old one."""
        row = len(tokens)
        if row >= len(self.minor):
            return logits
        if self.blueprint.sources[row] >= 0:
            return _only(logits, self._told(row, int(self.blueprint.sources[row]), tokens))
        if self.blueprint.leans[row] < 0:
            return logits
        changed = logits.copy()
        changed[self._told(row, int(self.blueprint.leans[row]), tokens)] -= _LEAN
        return changed + self._way_back(row, tokens)

    def _way_back(self, row: int, tokens: Sequence[int]) -> Logits:
        """Log chance to reach the next chord that comes back from each chord; 0 where none is near."""
        for ahead in range(row + 1, min(row + 1 + _REACH, len(self.minor))):
            source = int(self.blueprint.sources[ahead])
            if 0 <= source < row:
                beta = _powers()[ahead - row - 1][:, self._told(ahead, source, tokens)]
                found: Logits = np.maximum(np.log(beta / beta.max()), _WORST)
                return found
        return np.zeros(CHORDS)

    def _told(self, row: int, source: int, tokens: Sequence[int]) -> int:
        """The chord of an earlier step as it is in the mode of this one."""
        if self.minor[row] == self.minor[source]:
            return tokens[source]
        return in_other_mode(tokens[source], to_minor=self.minor[row])


@dataclass(frozen=True, eq=False)
class FormCadences:
    """Phrases stay open, sections close, and a new key is led to.

    Attributes:
        roles: of each step.
        keys: of each step.
        moods: of each step; empty for none.
        sources: of each step whose chord comes back, the step it comes from, as in a blueprint; empty for none.
    """

    roles: NDArray[np.int64]
    keys: Sequence[Key]
    moods: Sequence[Mood | None] = ()
    sources: Sequence[int] = ()

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Make the chords of the step's role likelier."""
        row = len(tokens)
        role = int(self.roles[row]) if row < len(self.roles) else Role.NONE
        if role == Role.NONE:
            return logits
        minor = self.keys[row].is_minor
        if role in (Role.OPEN_SOON, Role.OPEN):
            return logits + (_OPEN if role == Role.OPEN else _OPEN_SOON) * dominants(is_minor=minor)
        if role == Role.PREPARE:
            return logits + _PREPARE * (dominants(is_minor=minor) | predominants(is_minor=minor))
        if role == Role.LEAVE and row + 1 < len(self.keys):
            return logits + _LEAVE * leading_to(self.keys[row], self.keys[row + 1])
        if role in (Role.LEAD, Role.LEAD_SOON):
            own = np.where(self._leading(row, tokens), np.exp(np.maximum(logits - logits.max(), _FAINTEST)), 0.0)
            return mixed(logits, own, _LEAD if role == Role.LEAD else _LEAD_SOON)
        return logits + (_ARRIVE if role == Role.ARRIVE else _CLOSE) * tonics(is_minor=minor)

    def _leading(self, row: int, tokens: Sequence[int]) -> Mask:
        """What leads to the chord after the bar: its key's dominants, or those of its dominant if that comes back."""
        roles = self.roles
        last = next((at for at in range(row, len(roles)) if roles[at] == Role.LEAD and _is_last(roles, at)), row)
        after = min(last + 1, len(self.keys) - 1)
        new = self.keys[after]
        source = self.sources[after] if self.sources else -1
        onto = 0
        if 0 <= source < len(tokens):
            root = sounding(tokens[source], self.keys[source]).root
            is_dominant = root is not None and (root - self.keys[source].tonic) % 12 == _FIFTH
            onto = _FIFTH if is_dominant else 0
        return cadential(self.keys[row], new, self.moods[row] if self.moods else None, onto)


@dataclass(frozen=True, eq=False)
class FormEnding:
    """The piece ends on the tonic, held from a step on, after a chord that leads there."""

    held_from: int
    keys: Sequence[Key]

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Near the end, forbid all that is not the ending."""
        row = len(tokens)
        if row < self.held_from - 1 or row >= len(self.keys):
            return logits
        minor = self.keys[row].is_minor
        if row == self.held_from - 1:
            return np.where(closing(is_minor=minor), logits, FORBIDDEN)
        plain = token_at((0, Quality.MIN if minor else Quality.MAJ), is_minor=minor)
        return _only(logits, plain if row == self.held_from or row == 0 else tokens[row - 1])


@dataclass(frozen=True, eq=False)
class HarmonicRhythm:
    """Chords change where the theme's harmonic rhythm has them change; ``holds`` (steps,) is added to holding."""

    holds: NDArray[np.float64]

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """Make the last chord likelier, or less likely."""
        row = len(tokens)
        if not tokens or row >= len(self.holds) or self.holds[row] == 0.0:
            return logits
        changed = logits.copy()
        changed[tokens[-1]] += self.holds[row]
        return changed


@dataclass(frozen=True, eq=False)
class NoStandstill:
    """Two chords in turn grow tiresome: returns cost, and after a while a third chord comes.

    Attributes:
        keys: of each step; what sounds alike in two keys is alike.
        step_seconds: how long a step lasts.
        is_firm: only forbids what has lasted too long; otherwise only makes it less likely.
    """

    keys: Sequence[Key]
    step_seconds: float
    is_firm: bool

    def apply(self, logits: Logits, tokens: Sequence[int]) -> Logits:
        """See the class."""
        row = len(tokens)
        if row < 2 or row >= len(self.keys):
            return logits
        recent, steps = self._recent(tokens)
        seconds = steps * self.step_seconds
        own = [token_in(chord_of(chord), self.keys[row]) for chord in recent]
        if self.is_firm:
            return _without(logits, own[:2]) if seconds > _LONGEST else logits
        changed = logits.copy()
        if len(own) > 1:
            is_turning = len(own) > 2 and recent[2] == recent[0]
            changed[own[1]] -= _ALTERNATE if is_turning else _RETURN
        if seconds > _PATIENCE:
            changed[own[:2]] -= min(_IMPATIENCE * (seconds - _PATIENCE), _MOST_IMPATIENCE)
        return changed

    def _recent(self, tokens: Sequence[int]) -> tuple[list[int], int]:
        """The last three chords, sounding, the latest first, each other than the one after it.

        Steps on the last two.
        """
        chords: list[int] = []
        steps = 0
        limit = max(0, len(tokens) - 2 - int(4 * _LONGEST / self.step_seconds))
        for row in range(len(tokens) - 1, limit - 1, -1):
            chord = transposed_token(tokens[row], self.keys[row].semitones_from_model)
            if not chords or chord != chords[-1]:
                chords.append(chord)
            if len(set(chords)) > 2:
                break
            steps += 1
        return chords[:3], steps


def _is_last(roles: NDArray[np.int64], at: int) -> bool:
    return at + 1 >= len(roles) or roles[at + 1] != Role.LEAD


def _only(logits: Logits, token: int) -> Logits:
    """One chord alone, if it is not forbidden."""
    changed = np.full_like(logits, FORBIDDEN)
    changed[token] = logits[token]
    return changed


def _without(logits: Logits, tokens: Sequence[int]) -> Logits:
    changed = logits.copy()
    changed[list(tokens)] = FORBIDDEN
    return changed


@lru_cache(maxsize=1)
def _powers() -> tuple[NDArray[np.float64], ...]:
    """(157, 157) chance that a chord is followed by another so many steps later, from 1 on."""
    powers = [transitions()]
    for _ in range(_REACH - 1):
        powers.append(powers[-1] @ transitions())
    return tuple(powers)
