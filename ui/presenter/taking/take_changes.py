"""Takes put into a cue, their order, and the wishes of a cue for the next composing: pure functions."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from hitpoint.core.arrange.arranger import with_any_playing
from hitpoint.core.compose.kept_takes import KeptTake
from hitpoint.core.compose.takes import Take
from hitpoint.core.cue import changes
from hitpoint.core.cue.cue import Cue, Step, altered, steps_touching
from hitpoint.core.cue.film.cue_list import FIRST_NAME, CueList
from hitpoint.core.cue.heard import can_sound, cropped
from hitpoint.core.words.rewording import reworded_sound


def with_kept(cue: Cue, kept: KeptTake, previous: KeptTake | None) -> Cue:
    """The cue with a take that was kept, in place of the one heard before."""
    if kept.is_version:
        return with_version(cue, kept.cue)
    if kept.is_whole:
        return with_whole(cue, kept.take)
    if kept.is_before:
        return with_before(cue, kept.cue, kept.span)
    return with_take(cue, kept.take, None if previous is None else previous.take, kept.span)


def continued(cue: Cue, before: Cue | None) -> Cue:
    """A new cue with the sound and the locked chords of the one before, at their places in the picture."""
    if before is None:
        return cue
    sound = before.sound if cue.prompts == before.prompts else reworded_sound(before, cue)
    cue = replace(cue, sound=sound)
    for chord in before.chord_spans:
        span = steps_touching(cue, chord.start, chord.end) if chord.locked else range(0)
        if span:
            cue = changes.chord_set(cue, span, chord.chord)
    return cue


def fits(take: Cue, cue: Cue) -> bool:
    """Whether a take's steps lie where the cue's do: the same tempo, length and number of steps."""
    return (take.tempo, take.start_frame, take.end_frame, len(take.steps)) == (
        cue.tempo,
        cue.start_frame,
        cue.end_frame,
        len(cue.steps),
    )


def with_whole(cue: Cue, take: Take) -> Cue:
    """A take of the whole, with what the editor has wished since."""
    made = changes.style_changed(continued(take.cue, cue), cue.style)
    made = replace(made, moods=cue.moods, hits=cue.hits)
    return cropped(made, *cue.heard) if cue.heard is not None and can_sound(made, *cue.heard) else made


def with_version(cue: Cue, version: Cue) -> Cue:
    """The cue otherwise, with players of its own; what the editor has wished, mixed and locked since stays."""
    steps = zip(cue.steps, version.steps, strict=True)
    for index, (now, new) in enumerate(steps):
        if now.locked and now != new:
            version = changes.chord_set(version, range(index, index + 1), now.chord)
    return replace(
        version, name=cue.name, sound=cue.sound, moods=cue.moods, mood_strength=cue.mood_strength, hits=cue.hits,
        prompts=cue.prompts, heard=cue.heard,
    )  # fmt: skip


def with_take(cue: Cue, take: Take, previous: Take | None, span: range) -> Cue:
    """The cue with a take's steps, in today's key; what was locked or drawn since stays, and all other playing."""
    cue = with_any_playing(cue)
    steps = _steps(cue, take.cue, span)
    seeds = {take.seed} if previous is None else {take.seed, previous.seed}
    kept = tuple(r for r in cue.rerolls if not ((r.first, r.end) == (span.start, span.stop) and r.seed in seeds))
    return changes.recomposed(replace(cue, rerolls=kept), span, steps, take.seed)


def with_before(cue: Cue, before: Cue, span: range) -> Cue:
    """The cue with a stretch as it was before it was composed again, played as it was; locks made since stay."""
    cue, before = with_any_playing(cue), with_any_playing(before)
    steps = _steps(cue, before, span)
    steps = [replace(step, locked=step.locked or before.steps[i].locked) for i, step in zip(span, steps, strict=True)]
    inside = [reroll for reroll in cue.rerolls if span.start <= reroll.first and reroll.end <= span.stop]
    rerolls = tuple(reroll for reroll in cue.rerolls if reroll not in inside or reroll in before.rerolls)
    playing = tuple(
        before.playing[index] if index in span and steps[index - span.start].chord == before.steps[index].chord else now
        for index, now in enumerate(cue.playing)
    )
    whole = (*cue.steps[: span.start], *steps, *cue.steps[span.stop :])
    return altered(cue, steps=whole, playing=playing, rerolls=rerolls)


def _steps(cue: Cue, other: Cue, span: range) -> list[Step]:
    """The steps of another cue in today's key; what is locked or drawn stays."""
    shift = cue.key.tonic - other.key.tonic
    steps = []
    for index in span:
        now, new = cue.steps[index], other.steps[index]
        chord = now.chord if now.locked else new.chord.transposed(shift)
        density = now.density if now.drawn else new.density
        loudness = now.loudness if now.loudness_drawn else new.loudness
        steps.append(replace(now, chord=chord, density=density, loudness=loudness))
    return steps


def changed_first(takes: tuple[Take, ...], cue: Cue | None, span: range) -> tuple[Take, ...]:
    """The takes in their order, but first those that are not there already: who composes again wants a change."""
    if cue is None:
        return takes
    return tuple(
        sorted(takes, key=lambda take: take.cue.steps[span.start : span.stop] == cue.steps[span.start : span.stop])
    )


def form_wishes(cue: Cue) -> dict[str, Any]:
    """The wishes of a cue's plan for the next composing: the whole of it where a section is locked."""
    plan = cue.plan
    if plan is None:
        return {}
    wishes: dict[str, Any] = {"ending": plan.ending, "hits_per_minute": plan.hits_per_minute}
    if any(section.locked for section in plan.sections):
        wishes |= {"form": (cue.tempo, plan), "key": cue.key, "bpm": cue.bpm}
    return wishes


def takes_of(cues: CueList, name: str, takes: Sequence[KeptTake]) -> tuple[KeptTake, ...]:
    """Those takes that are of one cue of a list; of a cue whose name has gone those that lie where this one does."""
    if len(cues.names) < 2 or name not in cues.names:
        return tuple(takes)
    entry = cues.named(name)

    def is_of(kept: KeptTake) -> bool:
        there, own = kept.cue, kept.cue.name or FIRST_NAME  # what an edit without cues was composed as has no name
        is_near = there.start_frame < entry.end_frame and entry.start_frame < there.end_frame
        return own == name or (own not in cues.names and is_near)

    return tuple(kept for kept in takes if is_of(kept))


def reached_by(kept: KeptTake, cue: Cue, cues: CueList, name: str) -> tuple[str, ...]:
    """The other cues that a take of the whole would reach into, and its cue does not; none if it is cropped.

    Args:
        kept: the take.
        cue: that it is to take the place of.
        cues: of the edit.
        name: of the cue.
    """
    there = kept.cue
    if not kept.is_whole or cue.heard is not None:
        return ()
    span = (min(there.start_frame, cue.start_frame), max(there.end_frame, cue.end_frame))
    return tuple(
        one.name
        for one in cues.entries
        if one.name != name
        and one.start_frame < span[1]
        and span[0] < one.end_frame
        and not (one.start_frame < cue.end_frame and cue.start_frame < one.end_frame)
    )


def more_takes(
    first: KeptTake, takes: Sequence[Take], span: range, letters: str, *, is_whole: bool
) -> tuple[KeptTake, ...]:
    """Takes beside the first of a composing, a letter each; no chords stand there twice."""
    there = first.cue.steps[span.start : span.stop]
    others = [take for take in takes if take.cue.steps[span.start : span.stop] != there]
    made = time.time()
    return tuple(
        KeptTake(
            take,
            range(len(take.cue.steps)) if is_whole else span,
            first.round,
            letter,
            is_whole=is_whole,
            made=made,
            sight=first.sight,
        )
        for letter, take in zip(letters, others, strict=False)
    )
