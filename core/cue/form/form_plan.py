"""The plan of a cue: its sections, themes, keys, metre and one curve of tension, made before a chord is written.

A plan counts in bars. Bar ``i`` holds ``bar_steps[i]`` steps of the cue: two, since a step is half a bar, or one where
a section ends on half a bar so that the next begins on a moment of the picture (a bar of 2/4 among bars of 4/4). The
last bar may be cut short by the end of the cue. The tension has one highest bar, the summit; the editor can move it,
name themes, move borders and lock sections (:mod:`hitpoint.core.cue.plan_changes`).
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from itertools import accumulate

from hitpoint.core.music.key import Key
from hitpoint.core.music.metre import COMMON_TIME, Metre

STEPS_PER_BAR = 2


class Preparation(Enum):
    """What the players do in the bar before a moment that is met in full."""

    NONE = "none"
    SWELL = "swell"  # a crescendo
    PICKUP = "pickup"  # a fill or upbeat that leads there
    QUIET = "quiet"  # a sudden quiet


class Ending(Enum):
    """How a cue ends; the value is its name on the command line."""

    RING = "ring"  # one last chord that rings out
    BUTTON = "button"  # one last stroke on the last frame
    FADE = "fade"  # the last chord fades from its stroke on


@dataclass(frozen=True)
class FullHit:
    """A moment that the music meets in full.

    Attributes:
        frame: of the timeline.
        weight: 0..1, how much it matters among them.
        preparation: what happens in the bar before.
    """

    frame: int
    weight: float = 1.0
    preparation: Preparation = Preparation.SWELL


@dataclass(frozen=True)
class PlannedSection:
    """A stretch of whole bars with one purpose.

    Attributes:
        first_bar: number of its first bar.
        bars: how many it has.
        name: for the editor: Intro, Theme, Build, Summit, Release, Finale ...
        theme: its letter, with a prime for each varied return: "A", "A'", "B", "A''"; empty for free.
        key: in which it is written.
        tension: 0..1, on the mean.
        summit: whether the cue culminates here; one section of a cue does.
        phrases: bars of each of its phrases; they add up to ``bars``.
        locked: whether its plan stays when the cue is planned again.
    """

    first_bar: int
    bars: int
    name: str
    theme: str
    key: Key
    tension: float
    summit: bool = False
    phrases: tuple[int, ...] = ()
    locked: bool = False

    @property
    def end_bar(self) -> int:
        """Number of the first bar after it."""
        return self.first_bar + self.bars

    @property
    def letter(self) -> str:
        """The theme without its primes; empty for free."""
        return self.theme.rstrip("'")


@dataclass(frozen=True)
class FormPlan:
    """The plan of a whole cue.

    Attributes:
        metre: of all bars but those that ``bar_steps`` makes shorter.
        sections: in order; they cover all bars.
        tension: 0..1, one a bar; one bar alone has the most.
        bar_steps: steps of each bar; they add up to the cue's.
        forces: 0..1, one a bar: the share of the players who play; 0 is a rest.
        final_bar: number of the bar whose first step is the last chord.
        full_hits: moments met in full, in order; a cut that is not among them is met only where it costs nothing.
        ending: how the cue ends; None leaves it to the style.
        hits_per_minute: cuts that are met in full in a minute.
    """

    metre: Metre
    sections: tuple[PlannedSection, ...]
    tension: tuple[float, ...]
    bar_steps: tuple[int, ...]
    forces: tuple[float, ...]
    final_bar: int
    full_hits: tuple[FullHit, ...] = ()
    ending: Ending | None = None
    hits_per_minute: float = 3.0

    def __post_init__(self) -> None:
        bars = len(self.bar_steps)
        edges = [0, *(section.end_bar for section in self.sections)]
        starts = [*(section.first_bar for section in self.sections), bars]
        if edges != starts or any(section.bars < 1 for section in self.sections):
            raise ValueError("the sections of a plan cover its bars without overlap or hole")
        if not len(self.tension) == len(self.forces) == bars or any(steps < 1 for steps in self.bar_steps):
            raise ValueError("a plan has one tension and one force a bar, and no bar without a step")
        if not 0 <= self.final_bar < bars:
            raise ValueError("the last chord of a plan starts in one of its bars")
        if any(sum(section.phrases) != section.bars for section in self.sections):
            raise ValueError("the phrases of a section add up to it")
        if sum(section.summit for section in self.sections) != 1:
            raise ValueError("a plan has one summit")

    @property
    def beats_per_step(self) -> Fraction:
        """Quarter notes a step: half a bar."""
        return self.metre.beats_per_bar / STEPS_PER_BAR

    @property
    def steps(self) -> int:
        """Steps of the cue it is for."""
        return self.bar_starts[-1]

    @cached_property
    def bar_starts(self) -> tuple[int, ...]:
        """The first step of each bar, and the number of all steps."""
        return (0, *accumulate(self.bar_steps))

    def bar_of(self, step: int) -> int:
        """The bar that a step lies in."""
        return min(max(bisect_right(self.bar_starts, step) - 1, 0), len(self.bar_steps) - 1)

    def place_in_bar(self, step: int) -> int:
        """The number of a step in its bar: 0 on the bar line."""
        return step - self.bar_starts[self.bar_of(step)]

    def section_index(self, step: int) -> int:
        """The number of the section that a step lies in."""
        return self._section_of_bar[self.bar_of(step)]

    def section_at(self, step: int) -> PlannedSection:
        """The section that a step lies in."""
        return self.sections[self.section_index(step)]

    def key_at(self, step: int) -> Key:
        """The key of a step."""
        return self.section_at(step).key

    def steps_of(self, section: PlannedSection) -> range:
        """The steps of a section."""
        return range(self.bar_starts[section.first_bar], self.bar_starts[section.end_bar])

    @property
    def final_step(self) -> int:
        """The step that the last chord is struck on."""
        return self.bar_starts[self.final_bar]

    @property
    def summit(self) -> PlannedSection:
        """Where the cue culminates."""
        return next(section for section in self.sections if section.summit)

    def phrase_starts(self) -> tuple[int, ...]:
        """The first bar of each phrase, in order."""
        starts: list[int] = []
        for section in self.sections:
            starts.extend(section.first_bar + before for before in accumulate((0, *section.phrases[:-1])))
        return tuple(starts)

    @cached_property
    def _section_of_bar(self) -> tuple[int, ...]:
        return tuple(index for index, section in enumerate(self.sections) for _ in range(section.bars))


def phrases_of(bars: int, *, is_sentence: bool) -> tuple[int, ...]:
    """The phrases of a section.

    Fours, or two and two and four where a theme is stated; what is left goes to the last ones.
    """
    if bars <= 5:
        return (bars,)
    if bars in (6, 7):
        return (2, bars - 2) if is_sentence else (bars - 3, 3)
    fours, rest = divmod(bars, 4)
    phrases = [4] * fours
    if rest == 1:
        phrases[-1] += 1
    elif rest == 2:
        phrases = [*phrases[:-1], 6] if fours > 2 else [*phrases, 2]
    elif rest == 3:
        phrases = [*phrases, 3]
    return (2, 2, *phrases[1:]) if is_sentence else tuple(phrases)


def plain_plan(steps: int, key: Key, metre: Metre = COMMON_TIME) -> FormPlan:
    """One theme from the first bar to the last: the plan of a cue that nobody planned.

    Args:
        steps: of the cue, at least one.
        key: of the cue.
        metre: of all bars.
    """
    bars = -(-steps // STEPS_PER_BAR)
    bar_steps = tuple(min(STEPS_PER_BAR, steps - STEPS_PER_BAR * bar) for bar in range(bars))
    section = PlannedSection(0, bars, "Theme", "A", key, 0.5, True, phrases_of(bars, is_sentence=False))
    tension = tuple(0.6 if bar == int(0.618 * bars) else 0.5 for bar in range(bars))
    return FormPlan(metre, (section,), tension, bar_steps, (1.0,) * bars, bars - 1)
