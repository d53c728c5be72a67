"""Form: where phrases begin and breathe, where the picture is met, and how the cue ends.

Sections, phrases and bars are those of the cue's plan (:mod:`hitpoint.core.cue.form.form_plan`), and so is the last
chord, the ending, and what happens in the bar before a moment that is met in full: a crescendo, a fill, or a beat of
silence. Of a cue without a plan they are found here. A phrase (:mod:`phrases`) is four bars, or three or five when that
puts its beginning on a cut. The last step of a phrase breathes (it is played one level thinner). Phrases make sections
(:mod:`.sections`). Now and then an eighth of silence comes before a section that begins on a hit. The cue ends on one
chord, struck on the last step that leaves it time, and let go early enough to ring out; a style that stops at full
strength holds it until a breath before the end, and strikes once more so that this last stroke, the button, ends on the
last frame. Where there is no room for two strokes, the one is held to the last frame.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from operator import attrgetter

import numpy as np

from hitpoint.core.arrange.form.phrases import Phrase, phrases_of, places_of, planned_phrases
from hitpoint.core.arrange.form.sections import Section, SectionKind, planned_sections, sections_of, with_known
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.form.form_plan import STEPS_PER_BAR, Ending, Preparation
from hitpoint.core.cue.hit_wishes import QUIET_SECONDS

RELEASE_SECONDS = Fraction(3, 5)  # silence of the hands before the end of a cue, for what still rings
_FINAL_SECONDS = Fraction(5, 2)  # a last chord that repeats the one before is struck early enough to last this long
_DRAWN_BEATS = 0.18  # a stroke this near an accent is played with it
_STOPPED_BEATS = Fraction(3, 4)  # how long the last chord of a style that stops sounds before its button at least
_BREATH_BEATS = Fraction(3, 4)  # of silence before the button
_BUTTON_SECONDS = QUIET_SECONDS  # that the button lasts, and up to a sixteenth more, so that it begins on one
_BUTTON_APART = Fraction(1)  # beats at least from the last chord to its button
_SILENCE_BEATS = 0.5  # before a section that begins on a hit
_QUIET_BEATS = 1.0  # before a moment that is prepared with quiet
_ROOM_BEATS = 1.0  # between chords around a silence, so that something is left to fall silent
_SILENCES_IN = 3  # two of so many such places have a silence
_TOUCHED_APART = Fraction(8, 5)  # seconds from one moment of the picture to a passing cut that is touched
_SILENCE_STREAM = 3  # of random numbers
_CLIMBED_TO = frozenset({SectionKind.BUILD, SectionKind.PEAK, SectionKind.FINALE})
_GRID = 480  # ends lie on a grid of that many places a beat, before the true end


@dataclass(frozen=True)
class FormStep:
    """One step of the form.

    Attributes:
        beat: where it starts by the metre.
        chord_beat: where its chord starts: there too, or on a hit nearby.
        phrase: number of its phrase, by which choices are drawn.
        bar: number of its bar in the phrase, from 0.
        begins_phrase: whether it is the first of its phrase.
        breathes: whether it is the last of its phrase.
        accented: whether its chord starts on a wanted hit.
        section: what the section it belongs to is for.
        begins_section: whether it is the first of its section.
        ends_section: whether it is the last of its section, and another follows.
        place: the number it had when it was new, by which choices are drawn.
        opening: the place of the first step of its phrase.
        half: number of the step in its bar: 0 on the bar line.
        name: of its section, as the editor reads it.
        theme: of its section, see the plan; empty for none.
        leads: whether a fill leads from it to a moment that is met in full.
    """

    beat: float
    chord_beat: float
    phrase: int
    bar: int
    begins_phrase: bool
    breathes: bool
    accented: bool
    section: SectionKind
    begins_section: bool
    ends_section: bool
    place: int = 0
    opening: int = 0
    half: int = 0
    name: str = ""
    theme: str = ""
    leads: bool = False


@dataclass(frozen=True)
class Form:
    """The plan of a cue.

    Attributes:
        steps: those that start before the end, so at least one.
        final: index of the step whose chord is the last; nothing is struck after it.
        release: beat at which every note has been let go, accents in the last chord excepted.
        accents: beats of the wanted hits that are off the grid of steps, in order.
        silences: first and last beat of each silence before a hit, in order.
        button: first and last beat of the stroke that ends the cue on its last frame; None where it rings out.
        swells: beats of the moments that a crescendo leads to, in order.
        step_beats: quarter notes a step.
        touches: beats, eighths of the metre, on which cuts lie that the plan lets pass, if nothing came just before.
    """

    steps: tuple[FormStep, ...]
    final: int
    release: float
    accents: tuple[float, ...] = ()
    silences: tuple[tuple[float, float], ...] = ()
    button: tuple[float, float] | None = None
    swells: tuple[float, ...] = ()
    step_beats: float = 2.0
    touches: frozenset[float] = frozenset()

    @cached_property
    def ends_of_silences(self) -> frozenset[float]:
        """The beats at which silences end."""
        return frozenset(end for _, end in self.silences)

    def sounding(self, beat: float) -> int:
        """The step whose chord sounds at a beat."""
        return max(bisect_right(self._chord_beats, beat) - 1, 0)

    def drawn(self, beat: float) -> float:
        """Where a stroke is played that the metre has at a beat: with the accent, if one is that near."""
        place = bisect_left(self.accents, beat)
        near = self.accents[max(place - 1, 0) : place + 1]
        nearest = min(near, key=lambda accent: abs(accent - beat), default=beat)
        return nearest if abs(nearest - beat) <= _DRAWN_BEATS else beat

    def beats_to_climb(self, beat: float) -> float:
        """How long it is until a moment or a section begins that the music climbs to; infinite if none does."""
        place = bisect_right(self._climbs, beat)
        return self._climbs[place] - beat if place < len(self._climbs) else math.inf

    @cached_property
    def _climbs(self) -> tuple[float, ...]:
        climbed = (step.beat for step in self.steps if step.begins_section and step.section in _CLIMBED_TO)
        return tuple(sorted({*(beat for beat in climbed if beat), *self.swells}))

    @cached_property
    def _chord_beats(self) -> tuple[float, ...]:
        return tuple(step.chord_beat for step in self.steps)


def form_of(cue: Cue, *, stops: bool = False) -> Form:
    """The form of a cue.

    Args:
        cue: what is arranged.
        stops: whether its style stops at full strength instead of ringing out; an ending that the editor chose goes
            before.
    """
    stops = _stops(cue, stops=stops)
    starts = _step_starts(cue)
    phrases = _phrases(cue, len(starts))
    places = places_of(len(starts), cue.kept)
    sections = _sections(cue, starts, phrases, stops=stops)
    final = _final_step(cue, starts, Fraction(0) if stops else _FINAL_SECONDS)
    leads = _led_to(cue, starts, Preparation.PICKUP)
    steps = tuple(
        replace(_form_step(cue, index, start, phrases, sections), place=places[index], leads=index + 1 in leads)
        for index, start in enumerate(starts)
    )
    button = _button(cue, starts, final) if stops else None
    release = _release_beat(cue, starts, final) if button is None else _stop_beat(cue, starts, final, button)
    if button is not None and button[0] < release:
        button = None
    struck = steps[: final + 1]
    return Form(
        steps,
        final,
        release,
        _accents(cue, struck),
        _silences(cue, struck),
        button,
        _swells(cue),
        float(cue.beats_per_step),
        frozenset(_touches(cue)),
    )


def _stops(cue: Cue, *, stops: bool) -> bool:
    """Whether a cue ends on a button."""
    ending = None if cue.plan is None else cue.plan.ending
    return stops if ending is None else ending is Ending.BUTTON


def _phrases(cue: Cue, count: int) -> list[Phrase]:
    if cue.plan is None:
        return phrases_of(count, cue.hit_steps, cue.kept)
    return planned_phrases(cue.plan, count, cue.kept)


def _sections(
    cue: Cue, starts: tuple[Fraction, ...], phrases: list[Phrase], *, stops: bool
) -> dict[int, tuple[Section, bool]]:
    """The section of each phrase, and whether the phrase begins it."""
    found = (
        planned_sections(cue.plan, [phrase.first for phrase in phrases])
        if cue.plan is not None
        else _found_sections(cue, starts, phrases, stops=stops)
    )
    return {phrase: (one, phrase == one.first) for one in found for phrase in range(one.first, one.end)}


def _found_sections(
    cue: Cue, starts: tuple[Fraction, ...], phrases: list[Phrase], *, stops: bool
) -> tuple[Section, ...]:
    """The sections of a cue without a plan."""
    firsts = [phrase.first for phrase in phrases]
    lengths = [after - first for first, after in pairwise([*firsts, len(starts)])]
    hits = [0] * len(phrases)
    for time in cue.wanted_times:
        step = max(bisect_right(starts, time) - 1, 0)
        hits[bisect_right(firsts, step) - 1] += 1
    return with_known(sections_of(hits, lengths, stops=stops), [phrase.section for phrase in phrases])


def _form_step(
    cue: Cue, index: int, start: Fraction, phrases: list[Phrase], sections: dict[int, tuple[Section, bool]]
) -> FormStep:
    phrase = bisect_left(phrases, index + 1, key=attrgetter("first")) - 1
    own = phrases[phrase]
    breathes = phrase + 1 < len(phrases) and phrases[phrase + 1].first == index + 1
    section, is_first = sections[phrase]
    return FormStep(
        beat=float(cue.beats_per_step * index),
        chord_beat=float(cue.tempo.beat_at(start)),
        phrase=own.number,
        bar=_bar(cue, index) - _bar(cue, own.first),
        begins_phrase=index == own.first,
        breathes=breathes,
        accented=index in cue.hit_steps,
        section=section.kind,
        begins_section=is_first and index == own.first,
        ends_section=breathes and sections[phrase + 1][1],
        opening=own.opening,
        half=index % STEPS_PER_BAR if cue.plan is None else cue.plan.place_in_bar(index),
        name=section.name or section.kind.value,
        theme=section.theme,
    )


def _bar(cue: Cue, step: int) -> int:
    return step // STEPS_PER_BAR if cue.plan is None else cue.plan.bar_of(step)


def _prepared(cue: Cue, kind: Preparation) -> list[Fraction]:
    """Seconds from the start of the cue to the wanted moments that are prepared so, in order."""
    if cue.plan is None:
        return []
    rate = cue.edit.rate
    times = (rate.seconds(hit.frame - cue.start_frame) for hit in cue.plan.full_hits if hit.preparation is kind)
    return sorted(time for time in times if time in cue.wanted_times)


def _led_to(cue: Cue, starts: tuple[Fraction, ...], kind: Preparation) -> frozenset[int]:
    """The steps that start on the moments prepared so."""
    asked = frozenset(_prepared(cue, kind))
    return frozenset(index for index, start in enumerate(starts) if start in asked)


def _swells(cue: Cue) -> tuple[float, ...]:
    return tuple(float(cue.tempo.beat_at(time)) for time in _prepared(cue, Preparation.SWELL))


def _touches(cue: Cue) -> Iterator[float]:
    """The beats of passing cuts that lie on the eighths of the metre, and come alone: a small accent meets them."""
    if cue.plan is None:
        return
    before = Fraction(0)
    for point in cue.hit_points:
        time = cue.edit.rate.seconds(point.frame - cue.start_frame)
        beat = Fraction(round(2 * cue.tempo.beat_at(time)), 2)
        is_near = abs(cue.tempo.seconds_at(beat) - time) <= cue.edit.rate.seconds(1) / 2
        if not point.wanted and point.priority > 0 and is_near and time - before >= _TOUCHED_APART:
            yield float(beat)
        before = time


def _silences(cue: Cue, struck: tuple[FormStep, ...]) -> tuple[tuple[float, float], ...]:
    """A beat before the moments that the plan prepares with quiet.

    Else an eighth before some sections that begin on a hit.
    """
    chances = np.random.Generator(np.random.PCG64([cue.seed & (1 << 64) - 1, _SILENCE_STREAM]))
    draws = chances.integers(0, _SILENCES_IN, size=max(step.phrase for step in struck) + 1)
    hits = [float(cue.tempo.beat_at(time)) for time in sorted(cue.wanted_times)]
    quiet = frozenset(float(cue.tempo.beat_at(time)) for time in _prepared(cue, Preparation.QUIET))
    found: list[tuple[float, float]] = []
    for index, step in enumerate(struck):
        is_quiet = step.chord_beat in quiet
        if not index or not (is_quiet or (step.begins_section and step.accented and draws[step.phrase])):
            continue
        length = _QUIET_BEATS if is_quiet else _SILENCE_BEATS
        first = step.chord_beat - length
        place = bisect_left(hits, first - _SILENCE_BEATS)
        is_free = place == len(hits) or hits[place] >= step.chord_beat - _SILENCE_BEATS / 8
        has_room = step.chord_beat - struck[index - 1].chord_beat >= length + (
            _ROOM_BEATS / 2 if is_quiet else _ROOM_BEATS
        )
        sounds = not any(cue.steps[at].chord.is_silent for at in (index - 1, index))
        if is_free and has_room and sounds:
            found.append((first, step.chord_beat))
    return tuple(found)


def _step_starts(cue: Cue) -> tuple[Fraction, ...]:
    """Seconds from the start of the cue at which its chords start, as far as they lie inside it."""
    starts = (cue.step_start(index) - cue.start for index in range(len(cue.steps)))
    return tuple(start for start in starts if start < cue.seconds)


def _accents(cue: Cue, struck: tuple[FormStep, ...]) -> tuple[float, ...]:
    """Beats of the hits that lie elsewhere than where the metre starts a step that is struck."""
    on_grid = {step.beat for step in struck}
    beats = sorted(float(cue.tempo.beat_at(time)) for time in cue.wanted_times)
    return tuple(beat for beat in beats if beat not in on_grid)


def _final_step(cue: Cue, starts: tuple[Fraction, ...], least: Fraction) -> int:
    """The last step that may be struck; an earlier one when the same chord has been there, to last ``least`` seconds.

    A plan's last chord is struck where the plan has it, if no other chord comes after it.
    """
    last = max(sum(cue.seconds - start >= QUIET_SECONDS for start in starts) - 1, 0)
    last = next((step for step in range(last, -1, -1) if not cue.steps[step].chord.is_silent), 0)
    planned = last if cue.plan is None else min(cue.plan.final_step, last)
    if all(step.chord == cue.steps[last].chord for step in cue.steps[planned:last]) and planned < last:
        return planned
    while last > 0 and cue.seconds - starts[last] < least and cue.steps[last].chord == cue.steps[last - 1].chord:
        last -= 1
    return last


def _button(cue: Cue, starts: tuple[Fraction, ...], final: int) -> tuple[float, float] | None:
    """The stroke that ends on the last frame, whether or not there is room for it; None before a long rest."""
    if any(cue.steps[step].chord.is_silent for step in range(final, len(starts))):
        return None
    start = cue.tempo.beat_at(max(cue.seconds - _BUTTON_SECONDS, Fraction(0)))
    return float(Fraction(int(start * 4), 4)), _on_grid(cue.tempo.beat_at(cue.seconds))


def _stop_beat(cue: Cue, starts: tuple[Fraction, ...], final: int, button: tuple[float, float]) -> float:
    """When the last chord before a button is let go.

    A breath before it; at the end of the cue if there is no room for one.
    """
    struck = cue.tempo.beat_at(starts[final])
    if button[0] - struck < _BUTTON_APART:
        return button[1]
    return _on_grid(max(struck + _STOPPED_BEATS, Fraction(button[0]) - _BREATH_BEATS))


def _release_beat(cue: Cue, starts: tuple[Fraction, ...], final: int) -> float:
    """When the last chord is let go.

    Before the end, but after half of what is left; before a long rest, after a bar.
    """
    left = cue.seconds - starts[final]
    ringing = Fraction(0) if cue.tail >= RELEASE_SECONDS else min(RELEASE_SECONDS, left / 2)
    release = cue.tempo.beat_at(cue.seconds - ringing)
    rest = next((step for step in range(final, len(starts)) if cue.steps[step].chord.is_silent), None)
    if rest is not None:
        release = min(release, cue.beats_per_step * (rest + 2))
    return _on_grid(release)


def _on_grid(beat: Fraction) -> float:
    """The beat, on the grid before it if that is not the very start."""
    placed = float(Fraction(int(beat * _GRID), _GRID)) or float(beat)
    return placed if Fraction(placed) <= beat else math.nextafter(placed, 0.0)
