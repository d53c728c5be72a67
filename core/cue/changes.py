"""What an editor can do to a cue: one pure function for each, from cue to cue, named for what it returns.

Stretches are ranges of step numbers; :func:`~hitpoint.core.cue.cue.steps_inside` and
:func:`~hitpoint.core.cue.cue.steps_touching` find them from times. Composing anew is no change of this kind, because it
needs the models: see :func:`hitpoint.core.compose.regenerate`.

>>> cue = chord_set(cue, steps_touching(cue, Fraction(4), Fraction(8)), parse_chord("F"))    # doctest: +SKIP
>>> cue = mood_set(cue, 8.0, 20.0, Mood.TENSE)                                               # doctest: +SKIP
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from hitpoint.core.cue.cue import Cue, Reroll, Step
from hitpoint.core.errors import OptionError
from hitpoint.core.mood import Mood, MoodSpan, with_wishes
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key

MOST_DENSITY, MOST_LOUDNESS = 42.0, 1.0  # what may be drawn: notes sounding in a second, and RMS


def chord_locked(cue: Cue, index: int) -> Cue:
    """The cue with the chord of one step locked.

    Raises:
        OptionError: if there is no such step; likewise in every function below.
    """
    return span_locked(cue, range(index, index + 1))


def chord_unlocked(cue: Cue, index: int) -> Cue:
    """The cue with the chord of one step free."""
    return span_unlocked(cue, range(index, index + 1))


def span_locked(cue: Cue, span: range) -> Cue:
    """The cue with the chords of a stretch locked as they are."""
    return _with_steps(cue, span, [replace(cue.steps[index], locked=True) for index in _checked(cue, span)])


def span_unlocked(cue: Cue, span: range) -> Cue:
    """The cue with the chords of a stretch free."""
    return _with_steps(cue, span, [replace(cue.steps[index], locked=False) for index in _checked(cue, span)])


def chord_set(cue: Cue, span: range, chord: Chord) -> Cue:
    """The cue with one chord, in the sounding key, all through a stretch, and locked: the editor wants it."""
    changed = [replace(cue.steps[index], chord=chord, locked=True) for index in _checked(cue, span)]
    return _with_steps(cue, span, changed)


def transposed(cue: Cue, semitones: int) -> Cue:
    """The whole cue, locked chords and all, so many semitones higher; pitch classes only, 12 changes nothing."""
    key = replace(cue.key, tonic=(cue.key.tonic + semitones) % 12)
    return replace(
        cue, key=key, steps=tuple(replace(step, chord=step.chord.transposed(semitones)) for step in cue.steps)
    )


def key_changed(cue: Cue, key: Key) -> Cue:
    """The cue in another key of the same mode.

    Raises:
        OptionError: from major to minor or back, where the chords would have to be others.
    """
    if key.is_minor != cue.key.is_minor:
        raise OptionError(
            f"the cue is in {cue.key}: to hear it in {key} it has to be composed again; score the edit with --key"
        )
    return transposed(cue, (key.tonic - cue.key.tonic) % 12)


def mood_set(cue: Cue, start: float, end: float, mood: Mood) -> Cue:
    """The cue with a mood wished from one time to another (timeline seconds); it is heard when it is composed again.

    Raises:
        OptionError: if the stretch is empty or outside the cue.
    """
    first, last = float(cue.start), float(cue.start + cue.seconds)
    if not max(start, first) < min(end, last):
        raise OptionError(
            f"a mood from {start:.3f} to {end:.3f} s is empty or outside the music, "
            f"which goes from {first:.3f} to {last:.3f} s"
        )
    covered = cue.moods or (MoodSpan(first, last, Mood.NEUTRAL),)
    return replace(cue, moods=with_wishes(covered, [MoodSpan(start, end, mood)]))


def density_drawn(cue: Cue, first: int, values: Sequence[float]) -> Cue:
    """The cue with note densities (0..42 a second) drawn by hand for the steps from ``first`` on."""
    span = _checked(cue, range(first, first + len(values)))
    _check_values(values, MOST_DENSITY, "note density")
    changed = [replace(cue.steps[i], density=float(v), drawn=True) for i, v in zip(span, values, strict=True)]
    return _with_steps(cue, span, changed)


def loudness_drawn(cue: Cue, first: int, values: Sequence[float]) -> Cue:
    """The cue with loudnesses (RMS, 0..1) drawn by hand for the steps from ``first`` on."""
    span = _checked(cue, range(first, first + len(values)))
    _check_values(values, MOST_LOUDNESS, "loudness")
    changed = [replace(cue.steps[i], loudness=float(v), drawn=True) for i, v in zip(span, values, strict=True)]
    return _with_steps(cue, span, changed)


def dynamics_released(cue: Cue, span: range) -> Cue:
    """The cue with density and loudness of a stretch left to the picture again, from the next composing on."""
    return _with_steps(cue, span, [replace(cue.steps[index], drawn=False) for index in _checked(cue, span)])


def style_changed(cue: Cue, style: str) -> Cue:
    """The same chords for other players; whether there is such a style, the arranger knows.

    Raises:
        OptionError: if it has no name.
    """
    if not style.strip():
        raise OptionError("a style has a name: 'hitpoint score --style list' shows them")
    return replace(cue, style=style)


def seed_changed(cue: Cue, seed: int) -> Cue:
    """The same chords with other choices of the players.

    Raises:
        OptionError: if the seed is negative.
    """
    if seed < 0:
        raise OptionError(f"a seed is a whole number from 0 on, not {seed}")
    return replace(cue, seed=seed)


def recomposed(cue: Cue, span: range, steps: Sequence[Step], seed: int) -> Cue:
    """The cue with other steps in a stretch, and the note that they were composed with a seed of their own."""
    changed = _with_steps(cue, _checked(cue, span), steps)
    return replace(changed, rerolls=(*cue.rerolls, Reroll(span.start, span.stop, seed)))


def _with_steps(cue: Cue, span: range, steps: Sequence[Step]) -> Cue:
    assert len(steps) == len(span)
    return replace(cue, steps=(*cue.steps[: span.start], *steps, *cue.steps[span.stop :]))


def _checked(cue: Cue, span: range) -> range:
    """The stretch itself, if it is one of this cue.

    Raises:
        OptionError: if it is empty or goes beyond the cue.
    """
    if not (span.step == 1 and 0 <= span.start < span.stop <= len(cue.steps)):
        raise OptionError(
            f"steps {span.start} to {span.stop} are no stretch of this cue, which has {len(cue.steps)} steps"
        )
    return span


def _check_values(values: Sequence[float], most: float, what: str) -> None:
    for value in values:
        if not (math.isfinite(value) and 0 <= value <= most):
            raise OptionError(f"a {what} lies between 0 and {most:g}, not {value}")
