"""How each chord of a cue is sounded: the colours of its mood, pedals, suspensions.

A step that was played before keeps the colour it was heard in. A chord that the editor locked, or wrote, gets none; nor
do the first chord of a cue, the ends of sections, and cues without a plan. A pedal is held or struck as the bass is.

A fourth stands for the third where the tune holds one and then falls to the third, and where a phrase comes to its
close on a chord before which the fourth sounded already, unless the tune sings the third meanwhile. Outside dark moods
nothing is added that the tune sings itself meanwhile, or a semitone beside it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from hitpoint.core.arrange.form.form import Form
from hitpoint.core.cue.cue import Cue, Played
from hitpoint.core.cue.form.form_plan import STEPS_PER_BAR, FormPlan
from hitpoint.core.cue.tune import PlacedNote
from hitpoint.core.mood import Mood
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.colour import ColourContext, ColouredChord, coloured, heard_colour, suspended, with_held_fourth
from hitpoint.core.music.progression import ChordRun, chord_runs

_SUSPENDING = (Mood.SAD, Mood.RELAXING, Mood.NEUTRAL, Mood.TENSE)  # moods that sigh where a phrase closes
DARK = (Mood.FEARFUL, Mood.TENSE)  # moods in which semitones may rub
_FOURTH, _THIRDS = 5, (3, 4)  # semitones above a root
_STEP = 2  # semitones
_LATE, _EARLY = 0.25, 0.5  # beats by which a fourth may come after its chord, and end before it resolves


def step_colours(
    cue: Cue, form: Form, heard: Sequence[Played], tune: Sequence[PlacedNote] = ()
) -> tuple[ColouredChord, ...]:
    """The chord of each step of the form as it is sounded.

    Args:
        cue: whose chords they are.
        form: of the cue.
        heard: how each step was played, as far as that is known.
        tune: that is sung over the chords, in order, one note after the other.
    """
    size = len(form.steps)
    chords = [step.chord for step in cue.steps[:size]]
    found = [ColouredChord(chord) for chord in chords]
    if cue.plan is not None:
        moods = step_moods(cue, size)
        for run, number in _numbered(chords, cue.plan):
            found[run.first : run.end] = _of_run(cue, cue.plan, form, run, number, moods, chords, tune)
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
    tune: Sequence[PlacedNote],
) -> list[ColouredChord]:
    """How the steps of one chord are sounded."""
    section = plan.section_at(run.first)
    mood, size = moods[run.first], run.end - run.first
    closes = run.first == 0 or run.end >= plan.steps_of(section).stop or run.end > form.final
    context = ColourContext(section.key, mood, plan.tension[plan.bar_of(run.first)], number, closes)
    colours = [_clear_of_tune(coloured(run.chord, context), run, form, mood, tune)] * size
    if size < 2 or not run.first or run.end > form.final:
        return colours
    held = next((count for count in (size // 2, 1) if _holds_fourth(run, form, tune, count)), 0)
    sigh = with_held_fourth(run.chord) if held and mood is not None else None
    closing = range(run.first, min(run.end + STEPS_PER_BAR, form.final))
    if sigh is None and mood in _SUSPENDING and any(form.steps[step].breathes for step in closing):
        held = size // 2
        sigh = None if _sings_third(run, form, tune, held) else suspended(run.chord, chords[run.first - 1])
    if sigh is not None:
        colours[:held] = [sigh] * held
    return colours


def _clear_of_tune(
    colour: ColouredChord, run: ChordRun, form: Form, mood: Mood | None, tune: Sequence[PlacedNote]
) -> ColouredChord:
    """The colour without what it adds if, outside dark moods, the tune sings such a tone or its neighbour meanwhile."""
    if not colour.added or mood in DARK or colour.chord.root is None:
        return colour
    added = [(colour.chord.root + tone) % 12 for tone in colour.added]
    is_met = any((pitch - tone + 1) % 12 <= 2 for pitch in _sung(run, form, tune) for tone in added)
    return replace(colour, added=()) if is_met else colour


def _holds_fourth(run: ChordRun, form: Form, tune: Sequence[PlacedNote], count: int) -> bool:
    """Whether the tune has the fourth of a chord for so many steps, and then falls to its third."""
    if run.chord.root is None:
        return False
    begin, end = form.steps[run.first].chord_beat, form.steps[run.first + count].chord_beat
    at = bisect_right(tune, begin + _LATE, key=attrgetter("start")) - 1
    if at < 0 or at + 1 >= len(tune):
        return False
    fourth, third = tune[at], tune[at + 1]
    above = (fourth.note.pitch - run.chord.root) % 12
    lasts = fourth.end >= end - _EARLY
    falls = 1 <= fourth.note.pitch - third.note.pitch <= _STEP and (third.note.pitch - run.chord.root) % 12 in _THIRDS
    return above == _FOURTH and lasts and falls and third.start >= end


def _sings_third(run: ChordRun, form: Form, tune: Sequence[PlacedNote], count: int) -> bool:
    """Whether the tune has the third of a chord in its first steps, against which a fourth would rub."""
    sung = _sung(ChordRun(run.first, run.first + count, run.chord), form, tune)
    return run.chord.root is not None and any((pitch - run.chord.root) % 12 in _THIRDS for pitch in sung)


def _sung(run: ChordRun, form: Form, tune: Sequence[PlacedNote]) -> list[int]:
    """The pitches of the tune while a chord sounds."""
    begin = form.steps[run.first].chord_beat
    end = form.steps[run.end].chord_beat if run.end < len(form.steps) else form.release
    first = bisect_right(tune, begin, key=attrgetter("end"))
    return [one.note.pitch for one in tune[first : bisect_left(tune, end, key=attrgetter("start"))]]


def step_moods(cue: Cue, size: int) -> list[Mood | None]:
    """What is felt at the start of each step."""
    starts = [span.start for span in cue.moods]
    found: list[Mood | None] = []
    for step in range(size):
        time = float(cue.step_start(step)) + 1e-6
        at = bisect_right(starts, time) - 1
        found.append(cue.moods[at].mood if at >= 0 and time < cue.moods[at].end else None)
    return found
