"""Composing again with other words: what the old ones had asked for goes with them, what was set by hand stays."""

from __future__ import annotations

from dataclasses import replace

from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.sound import LOUDEST, QUIETEST, Sound
from hitpoint.core.mood import MoodSpan
from hitpoint.core.words.prompts import with_prompts


def own_moods(cue: Cue) -> tuple[MoodSpan, ...]:
    """The wished moods of a cue that its prompts did not ask for."""
    asked = _asked(cue)[0].moods
    return tuple(span for span in cue.moods if span.wished and not any(_is_of(span, one) for one in asked))


def own_style(cue: Cue, usual: str) -> str:
    """The style of a cue; the usual one if it was its prompts that chose it."""
    was_asked = cue.prompts and _asked(cue)[0].style == cue.style
    return usual if was_asked else cue.style


def reworded_sound(before: Cue, new: Cue) -> Sound:
    """The sound of a cue for another prompt.

    Mutes, parts and level as the new words say, else as they were set by hand.

    Args:
        before: the cue with its old prompts.
        new: the cue as it was composed with the new ones, from the usual sound.
    """
    old, said, was = _asked(before)[1], new.sound, before.sound
    left = [name for name in was.left_out if name not in old.left_out]
    parts = [part for part in was.parts if part not in old.parts and part.name not in {one.name for one in said.parts}]
    loudness = min(max(was.loudness + said.loudness - old.loudness, QUIETEST), LOUDEST)
    return replace(
        was,
        left_out=tuple(dict.fromkeys((*left, *said.left_out))),
        parts=tuple(sorted((*parts, *said.parts), key=lambda part: part.name)),
        loudness=loudness,
        level=was.level if loudness == was.loudness else None,
    )


def _asked(cue: Cue) -> tuple[Wishes, Sound]:
    """What the prompts of a cue alone ask for."""
    plain = Wishes(cue.start_frame, cue.end_frame, seed=cue.seed, prompts=cue.prompts)
    wishes, sound, _ = with_prompts(cue.edit, plain, Sound())
    return wishes, sound


def _is_of(span: MoodSpan, asked: MoodSpan) -> bool:
    """Whether a stretch is one that was asked for, or a piece of it."""
    same = (span.mood, span.point) == (asked.mood, asked.point)
    return same and span.start >= asked.start - 1e-6 and span.end <= asked.end + 1e-6
