"""Cues beside each other in one film: keys that lead on, and what becomes of the border between two of them.

::

    cut        the first ends, the second begins (what happens if nothing is said)
    ring       the last chord of the first rings on under the second
    crossfade  the first goes on under the beginning of the second and fades, while the second fades in
    segue      the second takes up the tempo, or the first turns to the second's in its last bars; the first ends on the
               dominant of the second's key, with a bar line where the second begins
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from operator import attrgetter

from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.cue.changes import chord_set, span_unlocked
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.joins import Join
from hitpoint.core.cue.film.segue import begins_at
from hitpoint.core.cue.heard import heard_range
from hitpoint.core.cue.sound import Sound
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import Key
from hitpoint.core.music.pitch import SHARP_NAMES

_RINGING = Fraction(3)  # seconds
_FADING = Fraction(2)  # seconds where no length is wished; never more than half of either cue
_FURTHEST = Fraction(2)  # seconds between two cues that are still neighbours to a crossfade


def led_key(chosen: Key, near: Key | None) -> Key:
    """A key of the chosen mode that is near another: of the same signature or one sharp or flat away.

    Of these it is the one that is nearest to what was chosen, counted in fifths.

    >>> str(led_key(parse_key("E major"), parse_key("F major")))
    'C major'
    """
    if near is None:
        return chosen
    related = near.tonic if chosen.is_minor == near.is_minor else near.tonic + (9 if chosen.is_minor else 3)
    candidates = [Key((related + fifths * 7) % 12, chosen.is_minor) for fifths in (0, 1, -1)]
    return min(candidates, key=lambda key: _fifths(key.tonic, chosen.tonic))


def joined_wishes(
    edit: Edit,
    wishes: Sequence[Wishes],
    others: Mapping[int, float] | None = None,
    bpm_of: Callable[[Wishes], float | None] = attrgetter("bpm"),
) -> tuple[Wishes, ...]:
    """The wishes of neighbours, in order of time, with what their joins ask of range, tail and fades.

    Args:
        edit: the cut.
        wishes: each with its range inside the edit; none overlaps another.
        others: first frames of cues that stay as they are, and the quarter notes a minute in which they begin.
        bpm_of: the quarter notes a minute that a wish fixes, by its words too; None if it fixes none.

    Raises:
        OptionError: if a crossfade has no neighbour to go over to.
    """
    found, standing = list(wishes), others or {}
    for number, wish in enumerate(wishes):
        start, end = stretch(edit, wish)
        following = [stretch(edit, one)[0] for one in wishes[number + 1 :][:1]]
        nexts = [frame for frame in (*following, *standing) if frame >= end]
        if wish.join is Join.SEGUE and nexts and edit.rate.seconds(min(nexts) - end) <= _FURTHEST:
            is_ours = following == [min(nexts)]
            bpm = bpm_of(wishes[number + 1]) if is_ours else standing[min(nexts)]
            found[number] = replace(found[number], leads_to=bpm or 0.0)
        if wish.join is Join.RING and not wish.tail_frames:
            found[number] = replace(
                found[number], tail_frames=min(edit.rate.nearest_frame(_RINGING), edit.frames - end)
            )
        if wish.join is not Join.CROSSFADE:
            continue
        if not nexts or edit.rate.seconds(min(nexts) - end) > _FURTHEST:
            raise OptionError(
                f"cue {wish.name} is to be crossfaded, but no cue begins within {float(_FURTHEST):g} s of its end: "
                "move one border, or say join=ring"
            )
        border = min(nexts)
        is_ours = following == [border]
        half = (end - start) // 2
        wished = _FADING if wish.crossfade is None else wish.crossfade
        if is_ours:
            first, last = stretch(edit, wishes[number + 1])
            half = min(half, (last - first) // 2)
        frames = max(min(edit.rate.nearest_frame(wished), half, edit.frames - border), 1)
        fade = float(edit.rate.seconds(frames))
        found[number] = replace(found[number], end_frame=border + frames, fade_out=fade)
        if is_ours:
            found[number + 1] = replace(found[number + 1], fade_in=fade)
    return tuple(found)


def beginnings(cues: Iterable[Cue]) -> dict[int, float]:
    """First frame that is heard of each cue, and the quarter notes a minute in which it begins."""
    return {heard_range(cue)[0]: begins_at(cue) for cue in cues}


def faded(sound: Sound, wish: Wishes) -> Sound:
    """How a cue is delivered, with the fades that its joins ask for."""
    return replace(
        sound,
        fade_in=sound.fade_in if wish.fade_in is None else wish.fade_in,
        fade_out=sound.fade_out if wish.fade_out is None else wish.fade_out,
    )


def after(wish: Wishes, before: Cue | None) -> Wishes:
    """The wishes of a cue beside another.

    Its key near that one's, and its tempo where that one goes over to it in a segue.

    What is given stays as it is given.
    """
    if before is None:
        return wish
    if before.start_frame > wish.start_frame:
        return replace(wish, near=before.key_at(0))
    near = before.key_at(len(before.steps) - 1)
    if before.join == Join.SEGUE.value and wish.bpm is None:
        return replace(wish, near=near, near_bpm=final_bpm(before))
    return replace(wish, near=near)


def final_bpm(cue: Cue) -> float:
    """The tempo in which a cue ends, quarter notes a minute, to the hundredth."""
    return round(cue.tempo.points[-1].bpm, 2)


def prepared(cue: Cue, following: Key) -> Cue:
    """The cue with its last chord on the dominant seventh of the key that follows; nobody's lock is touched."""
    first = cue.plan.final_step if cue.plan is not None else len(cue.steps) - 1
    span = range(first, len(cue.steps))
    if any(cue.steps[index].locked for index in span):
        return cue
    dominant = parse_chord(f"{SHARP_NAMES[(following.tonic + 7) % 12]}:7")
    return span_unlocked(chord_set(cue, span, dominant), span)


def _fifths(one: int, other: int) -> int:
    """How far two tonics lie apart on the circle of fifths: 0..6."""
    steps = (one - other) * 7 % 12
    return min(steps, 12 - steps)
