"""What the players need to play moved steps as before: the numbers these had, and the phrases they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hitpoint.core.arrange.form.form import Form, form_of
from hitpoint.core.arrange.form.phrases import PHRASE_STEPS
from hitpoint.core.arrange.styles.part_styles import last_style
from hitpoint.core.conform.tempo_refit import Pinned
from hitpoint.core.cue.cue import Cue, KeptPhrase, KeptSteps


def kept_steps(old: Cue, count: int, pinned: Sequence[Pinned]) -> tuple[KeptSteps, ...]:
    """The runs that stand at their old places in the bar, as the players are to know them.

    Args:
        old: the cue as it was.
        count: of steps of the new one.
        pinned: runs of old steps at their new places.

    Raises:
        OptionError: if there is no such style.
    """
    if len(pinned) == 1 and pinned[0].run.is_head and pinned[0].run.is_tail:
        return old.kept
    form = form_of(old, stops=last_style(old).stops)
    found = []
    for one in pinned:
        end = min(one.run.end, len(form.steps), one.run.first + count - one.step)
        stands_in_bar = old.plan is not None or (one.step - one.run.first) % 2 == 0
        if stands_in_bar and end > one.run.first:
            phrases = tuple(_phrases(form, one, end, count))
            place = form.steps[one.run.first].place
            found.append(KeptSteps(one.step, one.step + end - one.run.first, place, phrases))
    return tuple(found)


def _phrases(form: Form, one: Pinned, end: int, count: int) -> Iterator[KeptPhrase]:
    """The phrases of a run, at their new places; the first may begin before it, if it has a bar in it."""
    firsts = [index for index, step in enumerate(form.steps) if step.begins_phrase and index < end]
    shift = one.step - one.run.first
    bar = next((index for index in range(one.run.first, end) if form.steps[index].half == 0), end)
    for index, following in zip(firsts, [*firsts[1:], end], strict=True):
        if following > bar:
            step = form.steps[index]
            is_same = _stands_alike(form, index, one, count)
            yield KeptPhrase(index + shift, step.phrase, step.section.value if is_same else None, step.opening)


def _stands_alike(form: Form, index: int, one: Pinned, count: int) -> bool:
    """Whether a phrase is the first or the last of its cue as it was, or neither; these have sections of their own."""
    now = index + one.step - one.run.first
    was_last = not any(step.begins_phrase for step in form.steps[index + 1 :])
    is_last = one.run.is_tail if was_last else count - now < PHRASE_STEPS + PHRASE_STEPS // 2
    return (index == 0) == (now == 0) and was_last == is_last
