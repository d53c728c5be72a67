"""What the harmony of a cue is to be written to: the cue's plan, moods, hits and locks, told step by step."""

from __future__ import annotations

from collections.abc import Sequence

from hitpoint.core.compose.harmony.context import Cadence, HarmonyContext, HarmonySection
from hitpoint.core.cue.cue import Cue, starts_of_steps
from hitpoint.core.cue.form.form_plan import FormPlan, plain_plan
from hitpoint.core.cue.form.tension import step_tension
from hitpoint.core.mood import MoodSpan
from hitpoint.core.music.metre import Metre

_PROPOSED = 0.4  # strength of a mood that the picture proposes
_WALTZ = Metre(3, 4)


def harmony_context(cue: Cue, steps: int) -> HarmonyContext:
    """The context of a cue with so many steps; those it has already say what is locked."""
    plan = cue.plan or plain_plan(steps, cue.key)
    starts, hits = starts_of_steps(cue, steps)
    times = [float(cue.start + start) for start in starts]
    times += [float(cue.start + cue.seconds)] * (steps - len(times))
    moods = [mood_at(time, cue.moods) for time in times]
    return HarmonyContext(
        unit="half",
        steps_per_bar=plan.bar_steps,
        sections=_sections(plan),
        affects=tuple(None if mood is None else mood.affect for mood in moods),
        moods=tuple(None if mood is None or mood.point is not None else mood.mood for mood in moods),
        strengths=tuple(_strength(cue, mood) for mood in moods),
        tension=step_tension(plan),
        hits=hits,
        locks={index: step.chord for index, step in enumerate(cue.steps) if step.locked},
        change_rate=cue.change_rate,
        step_seconds=float(cue.seconds) / steps,
        bar_lines_only=plan.metre == _WALTZ,
        final_step=plan.final_step if cue.plan is not None else None,
    )


def mood_at(time: float, moods: Sequence[MoodSpan]) -> MoodSpan | None:
    """The mood at a time of the timeline, in seconds."""
    return next((span for span in reversed(moods) if span.start <= time < span.end), None)


def _strength(cue: Cue, mood: MoodSpan | None) -> float:
    if mood is None:
        return 0.0
    return cue.mood_strength if mood.wished else min(_PROPOSED, cue.mood_strength)


def _sections(plan: FormPlan) -> tuple[HarmonySection, ...]:
    return tuple(
        HarmonySection(section.bars, section.theme, section.phrases, section.key, _cadence(plan, index))
        for index, section in enumerate(plan.sections)
    )


def _cadence(plan: FormPlan, index: int) -> Cadence:
    """A section that leads to the summit stops on a dominant; all others close."""
    following = plan.sections[index + 1 : index + 2]
    return "half" if following and following[0].summit else "full"
