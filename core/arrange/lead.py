"""The tune of a cue, played by the part that leads: the motif where phrases begin."""

from __future__ import annotations

from collections.abc import Iterator

from hitpoint.core.arrange.ensemble import Player
from hitpoint.core.arrange.motif import MOTIF_STEPS, MotifNote, fitted, motif_of
from hitpoint.core.arrange.plan import Plan
from hitpoint.core.arrange.sections import SectionKind
from hitpoint.core.arrange.textures import BEATS_PER_SLOT
from hitpoint.core.arrange.touch import velocity_at
from hitpoint.core.music.metre import COMMON_TIME
from hitpoint.core.music.score import Note

_LEAST_BEATS = 0.2


def has_tune(plan: Plan, step: int) -> bool:
    """Whether the motif is heard in a step: in the first, whole bar of a phrase; later than the intro where more plays."""
    own = plan.bar(step)
    bar = range(own.first, own.first + own.steps)
    is_whole = len(bar) == MOTIF_STEPS and bar.stop <= plan.form.final
    is_free = not any(plan.is_rest(at) or plan.spoken[at] for at in bar)
    is_heard = plan.levels[step] > 0 or own.section is SectionKind.INTRO
    return own.in_phrase == 0 and own.metre == COMMON_TIME and is_whole and is_free and is_heard


def lead_notes(player: Player, plan: Plan) -> Iterator[Note]:
    """The motif at the start of each phrase, from the soprano of its first chord."""
    for bar in plan.bars:
        steps = range(bar.first, min(bar.first + bar.steps, plan.form.final))
        if any(has_tune(plan, step) and plan.plays(player, step) and not plan.spoken[step] for step in steps):
            yield from _motif_at(player, plan, bar.first)


def _motif_at(player: Player, plan: Plan, first: int) -> Iterator[Note]:
    motif = motif_of(plan.seed, plan.form.steps[first].phrase)
    metric = [plan.form.steps[first].beat + note.slot * BEATS_PER_SLOT for note in motif]
    starts = [plan.form.drawn(beat) for beat in metric]
    steps = [plan.form.sounding(start) for start in starts]
    chords = [plan.chords[first if plan.is_rest(step) else step] for step in steps]
    own = tuple(
        MotifNote(note.slot, note.length, note.degree, note.is_ornament and plan.form.steps[step].beat <= beat)
        for note, step, beat in zip(motif, steps, metric, strict=True)
    )
    anchor = min(max(plan.pitch(first, "s") + player.shift, player.low + 4), player.high - 4)
    pitches = fitted(own, chords, anchor, plan.keys[first], player.low, player.high)
    for note, beat, start, step, pitch in zip(own, metric, starts, steps, pitches, strict=True):
        if plan.is_rest(step) or not has_tune(plan, first + note.slot // plan.slots):
            continue
        end = beat + note.length * BEATS_PER_SLOT
        end = min(end, plan.form.release if plan.is_rest(step + 1) else plan.changes_after(step))
        velocity = velocity_at(player, plan, beat, "s", passing=note.is_ornament)
        yield Note(start, max(end, start + _LEAST_BEATS), pitch, velocity)
