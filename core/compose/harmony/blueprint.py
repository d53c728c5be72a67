"""What one take of a piece does with its form.

Which bars come back, which are written anew, how fast the harmony moves.

Drawn from the take's own numbers before a chord is written, so that two takes of one form differ in more than chords.
How often what is drawn was set by a prototype on Billboard and POP909 (exact returns of four bars .15 to .5, as real
songs have).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.compose.harmony.context import HarmonyContext, HarmonySection

_NEW_ENDING = {"exact": 0.35, "varied": 0.6}  # chance that a theme that comes back ends in another way
_NEW_BARS = {"exact": 0.1, "varied": 0.5}  # chance, of every other phrase, that a bar or two of it are new
_ENDING = 2  # bars
_SHORT = 8  # bars of a section below which no more than its ending is new
_SECOND_PHRASE = 0.5  # chance that the second of two phrases of a new theme begins as the first did
_LEAST_PHRASE = 4  # bars of phrases that do
_RHYTHMS = {"bar": 0.35, "mixed": 0.35, "two bars": 0.1, "free": 0.2}  # chance of each harmonic rhythm
_CALM = 0.25  # by which two bars a chord are likelier at arousal -1, and mixed at 1

# Added to the logit of holding the last chord: on the bar line, on the line of an odd bar, inside a bar.
_HOLDS = {"bar": (-1.5, -1.0, 2.5), "mixed": (-1.0, -0.7, 0.9), "two bars": (-1.5, 2.0, 2.5), "free": (-0.6, -0.4, 0.3)}
_TWICE = (-1.0, -1.0, -1.0)  # two chords a bar
_NEVER = 6.0  # inside a bar in which nothing is to change

Reals = NDArray[np.float64]


class Role(IntEnum):
    """What a step is to do for a cadence."""

    NONE = 0
    OPEN_SOON = 1  # a dominant is welcome
    OPEN = 2  # a phrase stays open here: a dominant
    PREPARE = 3  # a chord that leads to the tonic
    CLOSE = 4  # the tonic
    LEAVE = 5  # the key changes after this step: a chord that leads to the new one
    ARRIVE = 6  # and is heard here
    LEAD_SOON = 7  # a dominant of what follows the bar is welcome
    LEAD = 8  # the summit or the last chord follows: a dominant with its leading tone


@dataclass(frozen=True, eq=False)
class Blueprint:
    """One take's plan, a step at a time.

    Attributes:
        sources: (steps,) the step whose chord comes back there; -1 for none.
        leans: (steps,) the step whose chord is not to come back, where a theme is varied; -1 for none.
        holds: (steps,) added to the logit of holding the last chord.
        roles: (steps,) see :class:`Role`.
    """

    sources: NDArray[np.int64]
    leans: NDArray[np.int64]
    holds: Reals
    roles: NDArray[np.int64]


def drawn_blueprint(context: HarmonyContext, rng: np.random.Generator, span: range | None = None) -> Blueprint:
    """The plan of a take.

    Args:
        context: the piece.
        rng: of the take; so many numbers are drawn whatever they decide.
        span: of steps that are written; what would come back from outside it is written anew, for who rolls a stretch
            again wants it otherwise. None for all.
    """
    steps = context.steps
    sources, leans = np.full(steps, -1), np.full(steps, -1)
    for number in range(len(context.sections)):
        chances = rng.random(2 + len(context.sections[number].phrases) * 2)
        earlier = _earlier(context, number)
        if earlier is not None:
            _return(context, earlier, number, chances, sources, leans)
        else:
            _answer(context, number, chances, sources)
    if span is not None:
        outside = (sources >= 0) & ((sources < span.start) | (sources >= span.stop))
        leans[outside], sources[outside] = -1, -1
    roles = _roles(context)
    leading = roles == Role.LEAD
    leans[leading], sources[leading] = -1, -1
    sources[context.held_from :] = -1
    return Blueprint(sources, leans, _holds(context, roles, rng), roles)


def _earlier(context: HarmonyContext, number: int) -> int | None:
    """The section whose theme comes back in this one: the last of the same name, else the last of the same letter."""
    theme = context.sections[number].theme
    if not theme:
        return None
    before = [(at, context.sections[at].theme) for at in range(number)]
    same = [at for at, other in before if other == theme]
    like = [at for at, other in before if other.rstrip("'") == theme.rstrip("'") and other]
    return same[-1] if same else like[-1] if like else None


def _return(
    context: HarmonyContext,
    earlier: int,
    number: int,
    chances: Reals,
    sources: NDArray[np.int64],
    leans: NDArray[np.int64],
) -> None:
    """Bring a theme back, bar by bar, but for those that are new this time."""
    old, new = context.sections[earlier], context.sections[number]
    kind = "exact" if old.theme == new.theme and old.key.is_minor == new.key.is_minor else "varied"
    fresh = _fresh_bars(old, new, kind, chances)
    for bar in range(min(old.bars, new.bars)):
        here, there = context.section_bars[number] + bar, context.section_bars[earlier] + bar
        steps = min(context.steps_per_bar[here], context.steps_per_bar[there])
        rows = leans if bar in fresh else sources
        for step in range(steps):
            rows[context.bar_starts[here] + step] = context.bar_starts[there] + step


def _answer(context: HarmonyContext, number: int, chances: Reals, sources: NDArray[np.int64]) -> None:
    """Let the second of each two equal phrases of a new theme begin as the first, and close otherwise: a period."""
    phrases, begun = context.sections[number].phrases, context.section_bars[number]
    for phrase in range(1, len(phrases), 2):
        first = begun + sum(phrases[: phrase - 1])
        second, length = first + phrases[phrase - 1], phrases[phrase]
        if phrases[phrase - 1] != length or length < _LEAST_PHRASE or chances[2 + 2 * phrase] >= _SECOND_PHRASE:
            continue
        for bar in range(length - _ENDING + int(chances[3 + 2 * phrase] < _SECOND_PHRASE)):
            steps = min(context.steps_per_bar[first + bar], context.steps_per_bar[second + bar])
            for step in range(steps):
                sources[context.bar_starts[second + bar] + step] = context.bar_starts[first + bar] + step


def _fresh_bars(old: HarmonySection, new: HarmonySection, kind: str, chances: Reals) -> set[int]:
    """The bars of a returning section that are written anew: its ending, a bar or two of every other phrase."""
    differs = old.bars != new.bars or old.cadence != new.cadence
    is_ending_new = differs or chances[0] < _NEW_ENDING[kind]
    if new.bars < _SHORT:  # a short section is known by its first bars, of which most are left
        is_ending_new = is_ending_new if new.bars > _LEAST_PHRASE else old.cadence != new.cadence
        first = min(max(new.bars - _ENDING, _LEAST_PHRASE), new.bars - 1)
        return set(range(first, new.bars)) if is_ending_new else set()
    fresh = set(range(new.bars - _ENDING, new.bars)) if is_ending_new and new.bars > _ENDING else set()
    begun = 0
    for phrase, length in enumerate(new.phrases):
        chance, where = chances[2 + 2 * phrase], chances[3 + 2 * phrase]
        if phrase % 2 == 1 and chance < _NEW_BARS[kind] and length > 1:
            first = begun + int(where * (length - 1))
            fresh |= {first, first + (chance < _NEW_BARS[kind] / 2)}
        begun += length
    return fresh


def _roles(context: HarmonyContext) -> NDArray[np.int64]:
    """What each step does for the cadences of phrases and sections and for changes of key."""
    roles = np.zeros(context.steps, np.int64)
    for number, section in enumerate(context.sections):
        first = context.section_bars[number]
        ends = first - 1 + np.cumsum(section.phrases)
        for end in ends[:-1].tolist():
            _open(context, roles, int(end))
        if section.bars < 3 or section.cadence == "none":
            continue
        last = first + section.bars - 1
        if section.cadence == "half":
            _open(context, roles, last)
        else:
            _close(context, roles, last)
    for number, (before, after) in enumerate(zip(context.sections, context.sections[1:], strict=False)):
        if before.key != after.key:
            border = context.bar_starts[context.section_bars[number + 1]]
            roles[border - 1], roles[border] = Role.LEAVE, Role.ARRIVE
    for number, section in enumerate(context.sections[:-1]):
        if section.cadence == "half":  # what leads to the summit does
            _lead(context, roles, context.bar_starts[context.section_bars[number + 1]])
    if context.ends:
        _lead(context, roles, context.held_from)
    return roles


def _lead(context: HarmonyContext, roles: NDArray[np.int64], step: int) -> None:
    """A dominant in the last step before one, and welcome in the bar that ends there; on its line if nothing else."""
    if not 0 < step < context.steps:
        return
    roles[step - 1] = Role.LEAD
    line = next(start for start in reversed(context.bar_starts) if start < step)
    if line < step - 1:
        roles[line] = Role.LEAD if context.bar_lines_only else Role.LEAD_SOON
    if roles[step] == Role.NONE:
        roles[step] = Role.ARRIVE


def _open(context: HarmonyContext, roles: NDArray[np.int64], bar: int) -> None:
    """A half cadence in a bar."""
    roles[context.bar_starts[bar] : context.bar_starts[bar + 1]] = Role.OPEN_SOON
    roles[context.bar_starts[bar + 1] - 1] = Role.OPEN


def _close(context: HarmonyContext, roles: NDArray[np.int64], bar: int) -> None:
    """A full cadence that reaches the tonic on the line of a bar."""
    roles[context.bar_starts[bar - 1] : context.bar_starts[bar]] = Role.PREPARE
    roles[context.bar_starts[bar]] = Role.CLOSE


def _holds(context: HarmonyContext, roles: NDArray[np.int64], rng: np.random.Generator) -> Reals:
    """(steps,) by the harmonic rhythm of each theme."""
    holds = np.zeros(context.steps)
    known: dict[str, str] = {}
    for number, section in enumerate(context.sections):
        chance = rng.random()
        first, letter = context.section_bars[number], section.theme.rstrip("'")
        kind = known.get(letter) or _rhythm(context, context.bar_starts[first], chance)
        if letter:
            known[letter] = kind
        for bar in range(section.bars):
            begin, end = context.bar_starts[first + bar], context.bar_starts[first + bar + 1]
            line, odd, inside = _bar_holds(context, section, kind)
            holds[begin] = odd if bar % 2 else line
            holds[begin + 1 : end] = inside
    holds[roles == Role.CLOSE] = np.minimum(holds[roles == Role.CLOSE], 0.0)
    holds[(roles == Role.LEAVE) | (roles == Role.ARRIVE)] = -1.0
    if not context.bar_lines_only:
        holds[roles == Role.LEAD] = 0.0
    return holds


def _bar_holds(context: HarmonyContext, section: HarmonySection, kind: str) -> tuple[float, float, float]:
    """On the line of an even bar, on that of an odd one, inside a bar."""
    wished = section.chords_a_bar
    if wished is not None:
        kind = "two bars" if wished < 0.75 else "bar"
    line, odd, inside = _TWICE if wished is not None and wished > 1.5 else _HOLDS[kind]
    return line, odd, _NEVER if context.bar_lines_only else inside


def _rhythm(context: HarmonyContext, step: int, chance: float) -> str:
    """A theme's harmonic rhythm, slower where it is calm."""
    affect = context.affect_at(step)
    arousal = 0.0 if affect is None else affect.arousal
    shares = dict(_RHYTHMS)
    shares["two bars"] += _CALM * max(-arousal, 0.0)
    shares["mixed"] += _CALM * max(arousal, 0.0)
    reached = np.cumsum(list(shares.values()))
    return list(shares)[min(int(np.searchsorted(reached, chance * reached[-1], side="right")), len(shares) - 1)]
