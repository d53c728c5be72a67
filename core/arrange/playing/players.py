"""How one player plays a plan: strokes, held notes, the tune, accents on hits, the last chord."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

import numpy as np

from hitpoint.core.arrange.playing.breaths import with_breaths
from hitpoint.core.arrange.playing.dynamics import expression
from hitpoint.core.arrange.playing.figures import figure_notes
from hitpoint.core.arrange.playing.hands import silenced, within_reach, without_flams, without_overlaps
from hitpoint.core.arrange.playing.held import held_notes
from hitpoint.core.arrange.playing.hits import (
    BUTTON_SHARE,
    accent_notes,
    ends_strongly,
    last_chord,
    lead_ins,
    openings,
    touches,
)
from hitpoint.core.arrange.playing.inner_voice import inner_notes
from hitpoint.core.arrange.playing.lead import ends_with_tune, lead_notes
from hitpoint.core.arrange.playing.octaves import with_octaves
from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.playing.strokes import cell_in, figure_in, struck_notes
from hitpoint.core.arrange.playing.swing import swung
from hitpoint.core.arrange.playing.touch import wished
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.music.score import Control, Note

EXPRESSION, PEDAL = 11, 64  # MIDI controllers
_PEDAL_BEATS = 0.125  # the pedal goes down this long after a step starts


def played(player: Player, plan: Plan) -> tuple[Note, ...]:
    """All notes of a player, in order of start, then pitch; no pitch twice at once, no more than hands can hold."""
    accents = () if player.has_motif else tuple(accent_notes(player, plan))
    strokes = [*struck_notes(player, plan), *(figure_notes(player, plan) if player.figures else ())]
    met = {step.chord_beat for step in plan.form.steps if step.accented} if accents else ()
    strokes += touches(player, plan, [*strokes, *accents])
    notes = [*without_flams(strokes, accents, met, is_unpitched=player.is_unpitched), *accents]
    sung = tuple(lead_notes(player, plan)) if player.has_motif else ()
    notes.extend(last_chord(player, plan, sung, has_note=player.has_motif and ends_with_tune(plan)))
    notes.extend(sung if player.has_motif else openings(player, plan))
    if player.leads_in:
        notes.extend(lead_ins(player, plan))
    notes.extend(held_notes(player, plan))
    notes.extend(inner_notes(player, plan))
    apart = with_octaves(with_breaths(without_overlaps(swung(notes, plan)), player, plan), player, plan)
    return silenced(within_reach(apart, player.voices, player.reach), plan.form.silences)


def controlled(player: Player, plan: Plan) -> tuple[Control, ...]:
    """The swell of a sustained part, the pedal of a piano; none for players with neither."""
    return tuple(sorted((*_swell(player, plan), *_pedal(player, plan)), key=attrgetter("beat")))


def _swell(player: Player, plan: Plan) -> Iterator[Control]:
    """Expression, one value a beat where it changes."""
    ending = plan.starts(plan.form.final)
    if plan.form.button is not None:  # a last stroke is to come, to which nothing gives way
        ending = plan.form.release
    last: int | None = None
    for beat in np.arange(0.0, plan.form.release, 1.0) if player.is_sustained else ():
        value = expression(wished(plan, float(beat)), float(beat), ending, plan.form.release)
        if value != last:
            yield Control(float(beat), EXPRESSION, value)
        last = value
    if player.is_sustained and plan.form.button is not None and plan.crest is not None and ends_strongly(plan):
        begin = plan.form.button[0]
        summit = max(wished(plan, begin), BUTTON_SHARE * plan.crest_velocity)
        yield Control(begin, EXPRESSION, expression(summit, begin, ending, plan.form.release))


def _pedal(player: Player, plan: Plan) -> Iterator[Control]:
    """Changed as soon as a step's first notes are struck.

    Kept down where none are, lifted in a rest and at the release.
    """
    is_down = False
    lifts = {end: start for start, end in plan.form.silences}
    for step in range(plan.form.final + 1 if player.is_pedalled and not player.has_motif else 0):
        beat = plan.starts(step)
        if beat >= plan.form.release:
            break
        if is_down and _is_bound(player, plan, step):
            continue
        if is_down:
            yield Control(lifts.get(beat, beat), PEDAL, 0)
        is_down = not plan.is_rest(step) and beat + _PEDAL_BEATS < plan.form.release
        if is_down:
            yield Control(beat + _PEDAL_BEATS, PEDAL, 127)
    if is_down:
        yield Control(plan.form.release, PEDAL, 0)


def _is_bound(player: Player, plan: Plan, step: int) -> bool:
    """Whether nothing is struck in a step and the chord stays, so that the step before rings on."""
    is_same = not plan.is_rest(step) and plan.chords[step] == plan.chords[step - 1]
    is_struck = figure_in(player, plan, step) is not None or bool(cell_in(player, plan, step))
    after_silence = plan.starts(step) in plan.form.ends_of_silences
    return is_same and step < plan.form.final and not is_struck and not after_silence
