"""What all players share when they play: phrases, the moments of the picture, and what leads to them.

Two rules of the KTH system (Friberg, Bresin and Sundberg, "Overview of the KTH rule system for musical performance",
Advances in Cognitive Psychology 2(2-3), 2006), bound to the picture: time may bend, but comes back.

- Phrase arch (Friberg, "Matching the rule parameters of phrase arch to performances of Träumerei", 1995; Todd, "The
  dynamics of dynamics", JASA 91(6), 1992): slow and soft at both ends of a phrase, faster and louder in its middle. A
  tempo that is slow, fast and slow again lets the beats come late in the first half of a phrase and early in the
  second.
- The ritardando before a moment that is met in full: the moment stays, so what leads to it comes ever earlier, and the
  last gap is the longest (after the agogic rules of the same overview, and Friberg and Sundberg, JASA 105(3), 1999).
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hitpoint.core.arrange.form.form import Form, FormStep, form_of
from hitpoint.core.arrange.styles.part_styles import last_style
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.form.form_plan import STEPS_PER_BAR

_PHRASE_STEPS = 4 * STEPS_PER_BAR
_NEAR = 1e-3  # beats from a moment within which a note is on it
_RETURNED = 0.5  # beats around a moment in which the shared time has come back to the grid
_BROADENED = 1.5  # beats before a moment met in full over which its ritardando goes


@dataclass(frozen=True)
class Phrasing:
    """The shared shape of a cue, in beats from its start.

    Attributes:
        form: of the cue.
        moments: that are met exactly, in order.
        goals: those that are met in full.
    """

    form: Form
    moments: tuple[float, ...]
    goals: tuple[float, ...]

    def is_moment(self, beat: float) -> bool:
        """Whether a note that starts at a beat meets the picture, and so stays where it is."""
        return _distance(self.moments, beat) <= _NEAR

    def arch(self, beat: float) -> float:
        """Loudness of the phrase, 0 at its ends and 1 in its middle."""
        return math.sin(math.pi * self._share(beat))

    def lateness(self, beat: float) -> float:
        """How late the phrase is, -1..1 of its most; 0 where it begins and ends, and on the moments of the picture."""
        held = min(_distance(self.moments, beat) / _RETURNED, 1.0)
        return held * math.sin(2.0 * math.pi * self._share(beat))

    def broadening(self, beat: float) -> float:
        """How far a ritardando before a moment met in full has come, 0..1; 0 on it."""
        index = bisect_left(self.goals, beat - _NEAR)
        left = self.goals[index] - beat if index < len(self.goals) else _BROADENED
        return 1.0 - left / _BROADENED if _NEAR < left < _BROADENED else 0.0

    def place(self, beat: float) -> float:
        """The beat at which a moment of the music was when its step was new: random draws belong to that."""
        step = self._step(beat)
        return step.place * self.form.step_beats + beat - step.beat

    def _share(self, beat: float) -> float:
        """0..1 of the phrase that has passed, which is four bars whatever follows; a longer one begins anew."""
        step = self._step(beat)
        steps = step.bar * STEPS_PER_BAR + step.half + (beat - step.beat) / self.form.step_beats
        return steps / _PHRASE_STEPS % 1.0

    def _step(self, beat: float) -> FormStep:
        index = min(max(int(beat / self.form.step_beats), 0), len(self.form.steps) - 1)
        return self.form.steps[index]


def phrasing_of(cue: Cue) -> Phrasing:
    """The phrasing of a cue.

    Raises:
        OptionError: if there is no such style.
    """
    form = form_of(cue, stops=last_style(cue).stops)
    struck = form.steps[: form.final + 1]
    on_steps = (step.chord_beat for step in struck if step.accented)
    ending = () if form.button is None else (form.button[0],)
    wanted = (float(cue.tempo.beat_at(time)) for time in cue.wanted_times)
    moments = tuple(sorted({0.0, *on_steps, *form.accents, *ending, *wanted, struck[-1].chord_beat}))
    return Phrasing(form, moments, tuple(sorted(_goals(cue, struck))))


def _goals(cue: Cue, struck: Iterable[FormStep]) -> Iterator[float]:
    """The moments that are met in full; without a plan those with which a section begins."""
    if cue.plan is None:
        yield from (step.chord_beat for step in struck if step.accented and step.begins_section)
        return
    for hit in cue.plan.full_hits:
        time = cue.edit.rate.seconds(hit.frame - cue.start_frame)
        if time in cue.wanted_times:
            yield float(cue.tempo.beat_at(time))


def _distance(beats: tuple[float, ...], beat: float) -> float:
    index = bisect_left(beats, beat)
    return min((abs(one - beat) for one in beats[max(index - 1, 0) : index + 1]), default=math.inf)
