"""Bar lines, metres and keys of a cue as they are written: in MIDI, in the report, in notation."""

from __future__ import annotations

from fractions import Fraction
from itertools import count, takewhile

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.form.form_plan import STEPS_PER_BAR
from hitpoint.core.music.key import Key
from hitpoint.core.music.metre import COMMON_TIME, Metre


def bar_beats(cue: Cue) -> tuple[Fraction, ...]:
    """The beat of each bar line before the end of the music, the first at 0."""
    end = cue.tempo.beat_at(cue.seconds)
    length = cue.beats_per_step
    if cue.plan is None:
        return tuple(takewhile(lambda beat: beat < end, (STEPS_PER_BAR * length * bar for bar in count())))
    return tuple(start * length for start in cue.plan.bar_starts[:-1] if start * length < end)


def metre_changes(cue: Cue) -> tuple[tuple[float, Metre], ...]:
    """The beat from which each metre counts: the plan's, and another for a bar that is shorter; the first at 0.

    The last bar counts as whole, although the end of the music may cut it short.
    """
    if cue.plan is None:
        return ((0.0, COMMON_TIME),)
    changes: list[tuple[float, Metre]] = []
    last = len(cue.plan.bar_steps) - 1
    for bar, (start, steps) in enumerate(zip(cue.plan.bar_starts, cue.plan.bar_steps, strict=False)):
        metre = cue.plan.metre if bar == last and steps < STEPS_PER_BAR else _metre(cue.plan.metre, steps)
        if not changes or changes[-1][1] != metre:
            changes.append((float(start * cue.beats_per_step), metre))
    return tuple(changes)


def key_changes(cue: Cue) -> tuple[tuple[float, str], ...]:
    """The beat from which each key counts, as MIDI's key signature spells it (``Eb``, ``F#m``); the first at 0."""
    if cue.plan is None:
        return ((0.0, _spelt(cue.key)),)
    changes: list[tuple[float, str]] = []
    for section in cue.plan.sections:
        name = _spelt(section.key)
        if not changes or changes[-1][1] != name:
            changes.append((float(cue.plan.bar_starts[section.first_bar] * cue.beats_per_step), name))
    return tuple(changes)


def _metre(metre: Metre, steps: int) -> Metre:
    """The metre of a bar of so many steps."""
    if steps == STEPS_PER_BAR:
        return metre
    beats = metre.beats_per_bar * steps / STEPS_PER_BAR
    return Metre(int(beats), 4) if beats.denominator == 1 else Metre(int(beats * 2), 8)


def _spelt(key: Key) -> str:
    name, mode = str(key).split()
    return name + ("m" if mode == "minor" else "")
