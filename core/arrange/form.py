"""Form: where phrases begin and breathe, where the picture cuts, and how the cue ends.

A phrase is four bars, or three or five when that puts its beginning on a cut. The last step of a phrase breathes (it is
played one level thinner). The cue ends on one chord, struck on the last step that leaves it time, and let go early
enough to ring out.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from fractions import Fraction

from hitpoint.core.cue.cue import BEATS_PER_STEP, Cue

PHRASE_STEPS = 8
_PHRASE_CHOICES = (8, 10, 6)  # in order of liking; always whole bars
RELEASE_SECONDS = Fraction(3, 5)  # silence of the hands before the end of a cue, for what still rings
QUIET_SECONDS = Fraction(1, 2)  # nothing new begins this shortly before the end
_FINAL_SECONDS = Fraction(5, 2)  # a last chord that repeats the one before is struck early enough to last this long
_CUT_TOLERANCE = Fraction(2, 25)  # seconds between a cut and the step it belongs to
_GRID = 480  # ends lie on a grid of that many places a beat, before the true end


@dataclass(frozen=True)
class FormStep:
    """One step of the form.

    Attributes:
        beat: where it starts.
        phrase: number of its phrase, from 0.
        bar: number of its bar in the phrase, from 0.
        begins_phrase: whether it is the first of its phrase.
        breathes: whether it is the last of its phrase.
        accented: whether the picture cuts where it starts.
    """

    beat: float
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
        release: beat at which every note has been let go.
    """

    steps: tuple[FormStep, ...]
    final: int
    release: float


def form_of(cue: Cue) -> Form:
    """The form of a cue."""
    starts = _step_starts(cue)
    accents = _accents(cue, starts)
    phrases = _phrase_starts(len(starts), accents)
    final = _final_step(cue, starts)
    steps = []
    for index in range(len(starts)):
        phrase = bisect_left(phrases, index + 1) - 1
        first = phrases[phrase]
        is_last = index + 1 in phrases
        bar = (index - first) // 2
        steps.append(
            FormStep(
                float(BEATS_PER_STEP * index), phrase, bar, index == first, is_last, index in accents and index > 0
            )
        )
    return Form(tuple(steps), final, _release_beat(cue, starts, final))


def _step_starts(cue: Cue) -> tuple[Fraction, ...]:
    """Seconds from the start of the cue at which its steps start, as far as they lie inside it."""
    starts = (cue.tempo.seconds_at(BEATS_PER_STEP * index) for index in range(len(cue.steps)))
    return tuple(start for start in starts if start < cue.seconds)


def _accents(cue: Cue, starts: tuple[Fraction, ...]) -> frozenset[int]:
    """Steps that start on a cut of the edit."""
    found = set()
    for cut in cue.edit.cuts:
        place = bisect_left(starts, cut - cue.start - _CUT_TOLERANCE)
        if place < len(starts) and abs(starts[place] - (cut - cue.start)) <= _CUT_TOLERANCE:
            found.add(place)
    return frozenset(found)


def _phrase_starts(count: int, accents: frozenset[int]) -> list[int]:
    """First steps of the phrases: each four bars on, give or take one for a cut."""
    starts = [0]
    while count - starts[-1] >= PHRASE_STEPS + PHRASE_STEPS // 2:
        last = starts[-1]
        on_a_cut = (last + length for length in _PHRASE_CHOICES if last + length in accents)
        starts.append(next(on_a_cut, last + PHRASE_STEPS))
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
