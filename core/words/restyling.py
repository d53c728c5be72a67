"""What words ask of a cue that is there: its feeling, its ensemble, who plays and how loud.

Tempo, metre, key and ending stay.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hitpoint.core.compose.level_wishes import levelled
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.changes import mood_set
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.errors import OptionError
from hitpoint.core.words.controls import Understood, prompted
from hitpoint.core.words.prompts import LONGEST, STRUCTURE
from hitpoint.core.words.reading import read_prompt


@dataclass(frozen=True)
class AskedInWords:
    """A cue with what words ask of it.

    Attributes:
        cue: with wished moods, parts and level; its chords are as they were.
        style: the ensemble that is asked for; empty for none.
        told: a line for the editor about words that ask for what stays; what was heard, the cue's prompts tell.
        left: those words.
    """

    cue: Cue
    style: str = ""
    told: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


def asked_in_words(cue: Cue, text: str, span: range, strength: float) -> AskedInWords:
    """A cue with what words ask of a stretch of it.

    Args:
        cue: as it is.
        text: what was written; empty asks for nothing.
        span: of steps that it is said of; parts and level change only if that is the whole cue.
        strength: 0..1 of the change; with 0 the cue stays as it is. The level changes by that share.

    Raises:
        OptionError: if the text is too long, or nothing in it is understood.
    """
    if len(text) > LONGEST:
        raise OptionError(f"--prompt is too long, {len(text)} characters: write {LONGEST} at most")
    if not text.strip():
        return AskedInWords(cue)
    start, end = float(cue.step_start(span.start)), float(cue.step_start(span.stop))
    wishes = Wishes(cue.start_frame, cue.end_frame, seed=cue.seed, style=cue.style)
    found = prompted(wishes, cue.sound, read_prompt(text), (start, end))
    if not found.understood:
        raise OptionError(
            f"--prompt {text[:60]!r}: none of these words is known; resources/docs/words.md tells which are"
        )
    staying = [one for one in found.understood if one.control in STRUCTURE]
    left = tuple(one.words for one in staying)
    told = tuple(f"stays     {_listed(staying)}: restyle leaves {'it' if len(left) == 1 else 'them'}" for _ in left[:1])
    if found.ensembles:
        names = ", ".join(name for _, name in found.ensembles[1:])
        told = (*told, f"stays     {names} later on: say where with --style A-B=NAME or --morph")
    if strength <= 0.0:
        return AskedInWords(cue, "", told, left)
    is_whole = span == range(len(cue.steps))
    changed = cue
    for mood in found.wishes.moods:
        changed = mood_set(changed, mood.start, mood.end, mood.mood, mood.point)
    if is_whole:
        level = cue.sound.loudness + strength * (found.sound.loudness - cue.sound.loudness)
        changed = altered(changed, sound=replace(found.sound, loudness=level))
    changed = levelled(changed, (replace(one, decibels=strength * one.decibels) for one in found.wishes.levels))
    noted = text if is_whole else f"{start:.3f}-{end:.3f}={text}"
    style = found.wishes.style if found.wishes.style != cue.style else ""
    return AskedInWords(altered(changed, prompts=(*cue.prompts, noted)), style, told, left)


def _listed(understood: Iterable[Understood]) -> str:
    return ", ".join(f"{one.words} ({one.control})" for one in understood)
