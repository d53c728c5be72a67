"""How each chord of a cue is sounded: the colours of its mood, pedals, suspensions.

A step that was played before keeps the colour it was heard in. A chord that the editor locked, or wrote, gets none; nor
do the first chord of a cue, the ends of sections, and cues without a plan. A pedal is held or struck as the bass is.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from hitpoint.core.arrange.form.form import Form
from hitpoint.core.cue.cue import Cue, Played
from hitpoint.core.cue.form.form_plan import FormPlan
from hitpoint.core.mood import Mood
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.colour import ColourContext, ColouredChord, coloured, heard_colour, suspended
from hitpoint.core.music.progression import ChordRun, chord_runs

_SUSPENDING = (Mood.SAD, Mood.RELAXING, Mood.NEUTRAL, Mood.TENSE)  # moods that sigh where a phrase closes


def step_colours(cue: Cue, form: Form, heard: Sequence[Played]) -> tuple[ColouredChord, ...]:
    """The chord of each step of the form as it is sounded.

    Args:
        cue: whose chords they are.
        form: of the cue.
        heard: how each step was played, as far as that is known.
    """
    size = len(form.steps)
    chords = [step.chord for step in cue.steps[:size]]
    found = [ColouredChord(chord) for chord in chords]
    if cue.plan is not None:
        moods = _moods(cue, size)
        for run, number in _numbered(chords, cue.plan):
            found[run.first : run.end] = _of_run(cue, cue.plan, form, run, number, moods, chords)
    known = [
        None if one.voicing is None else heard_colour(step.chord, one.voicing)
        for one, step in zip(heard, cue.steps, strict=False)
    ]
    for index, colour in enumerate(known[:size]):
        if colour is not None:
            found[index] = colour
        elif cue.steps[index].locked:
            found[index] = ColouredChord(chords[index])
    return tuple(found)


def _numbered(chords: Sequence[Chord], plan: FormPlan) -> list[tuple[ChordRun, int]]:
    """The chords, apart at section starts, and the number of each in its section."""
    found: list[tuple[ChordRun, int]] = []
    for section in plan.sections:
        steps = [step for step in plan.steps_of(section) if step < len(chords)]
        if steps:
            runs = chord_runs([chords[step] for step in steps])
            first = steps[0]
            found.extend((ChordRun(first + run.first, first + run.end, run.chord), at) for at, run in enumerate(runs))
    return found


def _of_run(
    cue: Cue,
    plan: FormPlan,
    form: Form,
    run: ChordRun,
    number: int,
    moods: Sequence[Mood | None],
    chords: Sequence[Chord],
) -> list[ColouredChord]:
    """How the steps of one chord are sounded."""
    section = plan.section_at(run.first)
    mood, size = moods[run.first], run.end - run.first
    closes = run.first == 0 or run.end >= plan.steps_of(section).stop or run.end > form.final
    context = ColourContext(section.key, mood, plan.tension[plan.bar_of(run.first)], number, closes)
    colours = [coloured(run.chord, context)] * size
    is_cadence = any(form.steps[step].breathes for step in range(run.first, run.end))
    if size > 1 and run.first and is_cadence and mood in _SUSPENDING and run.end <= form.final:
        sigh = suspended(run.chord, chords[run.first - 1])
        if sigh is not None:
            colours[: size // 2] = [sigh] * (size // 2)
    return colours


def _moods(cue: Cue, size: int) -> list[Mood | None]:
    """What is felt at the start of each step."""
    starts = [span.start for span in cue.moods]
    found: list[Mood | None] = []
    for step in range(size):
        time = float(cue.step_start(step)) + 1e-6
        at = bisect_right(starts, time) - 1
        found.append(cue.moods[at].mood if at >= 0 and time < cue.moods[at].end else None)
    return found
