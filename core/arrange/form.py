"""Form: where phrases begin and breathe, where the picture is met, and how the cue ends.

A phrase is four bars, or three or five when that puts its beginning on a cut. The last step of a phrase breathes (it is
played one level thinner). The cue ends on one chord, struck on the last step that leaves it time, and let go early
enough to ring out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from hitpoint.core.cue.cue import BEATS_PER_STEP, Cue
from hitpoint.core.cue.hit_wishes import QUIET_SECONDS

PHRASE_STEPS = 8
_PHRASE_CHOICES = (8, 10, 6)  # in order of liking; always whole bars
RELEASE_SECONDS = Fraction(3, 5)  # silence of the hands before the end of a cue, for what still rings
_FINAL_SECONDS = Fraction(5, 2)  # a last chord that repeats the one before is struck early enough to last this long
_DRAWN_BEATS = 0.18  # a stroke this near an accent is played with it
_GRID = 480  # ends lie on a grid of that many places a beat, before the true end


@dataclass(frozen=True)
class FormStep:
    """One step of the form.

    Attributes:
        beat: where it starts by the metre.
        chord_beat: where its chord starts: there too, or on a hit nearby.
        phrase: number of its phrase, from 0.
        bar: number of its bar in the phrase, from 0.
        begins_phrase: whether it is the first of its phrase.
        breathes: whether it is the last of its phrase.
        accented: whether its chord starts on a wanted hit.
    """

    beat: float
    chord_beat: float
    phrase: int
    bar: int
    begins_phrase: bool
    breathes: bool
    accented: bool


@dataclass(frozen=True)
class Form:
    """The plan of a cue.

    Attributes:
        steps: those that start before the end, so at least one.
        final: index of the step whose chord is the last; nothing is struck after it.
        release: beat at which every note has been let go, accents in the last chord excepted.
        accents: beats of the wanted hits that are off the grid of steps, in order.
    """

    steps: tuple[FormStep, ...]
    final: int
    release: float
    accents: tuple[float, ...] = ()

    def sounding(self, beat: float) -> int:
        """The step whose chord sounds at a beat."""
        return max(bisect_right(self._chord_beats, beat) - 1, 0)

    def drawn(self, beat: float) -> float:
        """Where a stroke is played that the metre has at a beat: with the accent, if one is that near."""
        place = bisect_left(self.accents, beat)
        near = self.accents[max(place - 1, 0) : place + 1]
        nearest = min(near, key=lambda accent: abs(accent - beat), default=beat)
        return nearest if abs(nearest - beat) <= _DRAWN_BEATS else beat

    @cached_property
    def _chord_beats(self) -> tuple[float, ...]:
        return tuple(step.chord_beat for step in self.steps)


def form_of(cue: Cue) -> Form:
    """The form of a cue."""
    starts = _step_starts(cue)
    phrases = _phrase_starts(len(starts), cue.hit_steps)
    final = _final_step(cue, starts)
    steps = tuple(_form_step(cue, index, start, phrases) for index, start in enumerate(starts))
    return Form(steps, final, _release_beat(cue, starts, final), _accents(cue, steps[: final + 1]))


def _form_step(cue: Cue, index: int, start: Fraction, phrases: list[int]) -> FormStep:
    phrase = bisect_left(phrases, index + 1) - 1
    first = phrases[phrase]
    return FormStep(
        beat=float(BEATS_PER_STEP * index),
        chord_beat=float(cue.tempo.beat_at(start)),
        phrase=phrase,
        bar=(index - first) // 2,
        begins_phrase=index == first,
        breathes=index + 1 in phrases,
        accented=index in cue.hit_steps,
    )


def _step_starts(cue: Cue) -> tuple[Fraction, ...]:
    """Seconds from the start of the cue at which its chords start, as far as they lie inside it."""
    starts = (cue.step_start(index) - cue.start for index in range(len(cue.steps)))
    return tuple(start for start in starts if start < cue.seconds)


def _accents(cue: Cue, struck: tuple[FormStep, ...]) -> tuple[float, ...]:
    """Beats of the hits that lie elsewhere than where the metre starts a step that is struck."""
    on_grid = {step.beat for step in struck}
    beats = sorted(float(cue.tempo.beat_at(time)) for time in cue.wanted_times)
    return tuple(beat for beat in beats if beat not in on_grid)


def _phrase_starts(count: int, hits: frozenset[int]) -> list[int]:
    """First steps of the phrases: each four bars on, give or take one for a hit."""
    starts = [0]
    while count - starts[-1] >= PHRASE_STEPS + PHRASE_STEPS // 2:
        last = starts[-1]
        on_a_hit = (last + length for length in _PHRASE_CHOICES if last + length in hits)
        starts.append(next(on_a_hit, last + PHRASE_STEPS))
    return starts


def _final_step(cue: Cue, starts: tuple[Fraction, ...]) -> int:
    """The last step that may be struck; an earlier one when the same chord has been there, to give it more room."""
    last = max(sum(cue.seconds - start >= QUIET_SECONDS for start in starts) - 1, 0)
    last = next((step for step in range(last, -1, -1) if not cue.steps[step].chord.is_silent), 0)
    while (
        last > 0 and cue.seconds - starts[last] < _FINAL_SECONDS and cue.steps[last].chord == cue.steps[last - 1].chord
    ):
        last -= 1
    return last


def _release_beat(cue: Cue, starts: tuple[Fraction, ...], final: int) -> float:
    """When the last chord is let go: before the end, but after half of what is left; before a long rest, after a bar."""
    left = cue.seconds - starts[final]
    release = cue.tempo.beat_at(cue.seconds - min(RELEASE_SECONDS, left / 2))
    rest = next((step for step in range(final, len(starts)) if cue.steps[step].chord.is_silent), None)
    if rest is not None:
        release = min(release, Fraction(BEATS_PER_STEP * (rest + 2)))
    return float(Fraction(int(release * _GRID), _GRID)) or float(release)
