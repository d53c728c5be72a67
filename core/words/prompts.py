"""Prompts as an editor writes them, ``TEXT`` or ``A-B=TEXT``, laid over the wishes of a cue, and told in a report."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.sound import Sound
from hitpoint.core.cue.styling import StyleSpan, laid
from hitpoint.core.edit import Edit, written_stretch
from hitpoint.core.errors import OptionError
from hitpoint.core.words.controls import Prompted, prompted
from hitpoint.core.words.reading import read_prompt

LONGEST = 2000  # characters
STRUCTURE = frozenset({"tempo", "metre", "key", "mode", "hits", "ending"})  # controls that stay in a cue that is there
_PASSING = 0.15  # share of a cue in which one ensemble passes into the next
_STRETCH = re.compile(r"\s*(?P<start>[\d:;.,]*\d)\s*-\s*(?P<end>[\d:;.,]*\d)\s*=(?P<text>.*)", re.DOTALL)


def with_prompts(edit: Edit, wishes: Wishes, sound: Sound) -> tuple[Wishes, Sound, tuple[Prompted, ...]]:
    """The wishes and the sound with what their prompts say; what is wished in other ways stays as it is.

    Raises:
        OptionError: if a prompt is empty or too long, or its stretch makes no sense.
    """
    told = []
    first, last = (float(edit.rate.seconds(frame)) for frame in stretch(edit, wishes))
    for prompt in wishes.prompts:
        text, span = parted(edit, prompt)
        found = prompted(wishes, sound, read_prompt(text), span or (first, last), is_whole=span is None)
        wishes, sound = found.wishes, found.sound
        if found.ensembles:
            styling = _styling(edit, found.ensembles, (first, last), None if span is None else span)
            wishes = replace(wishes, styling=laid(styling, wishes.styling))  # what is wished by itself wins
        told.append(found)
    return wishes, sound, tuple(told)


def asked_tempo(edit: Edit, wishes: Wishes) -> float | None:
    """The quarter notes a minute that the wishes fix, by a number or in words; None if they fix none.

    Raises:
        OptionError: as :func:`with_prompts`.
    """
    return with_prompts(edit, wishes, Sound())[0].bpm


def prompt_report(cue: Cue, left: Collection[str] = ()) -> dict[str, Any]:
    """What was asked of a cue in words, what was understood of it, and which words were not.

    Words in ``left`` asked for a structure that stayed as it was; they are listed as such alone, under ``left``.
    """
    asked = Wishes(cue.start_frame, cue.end_frame, seed=cue.seed, style=cue.style, prompts=cue.prompts)
    _, _, told = with_prompts(cue.edit, asked, cue.sound)
    understood = [
        {"words": one.words, "control": one.control, "value": one.told} for prompt in told for one in prompt.understood
    ]
    understood = [one for one in understood if not (one["words"] in left and one["control"] in STRUCTURE)]
    ignored = list(dict.fromkeys(word for prompt in told for word in prompt.ignored if word not in left))
    report = {"text": "; ".join(cue.prompts), "understood": understood, "ignored": ignored}
    return {**report, "left": list(left)} if left else report


def _styling(
    edit: Edit, ensembles: Sequence[tuple[float, str]], whole: tuple[float, float], span: tuple[float, float] | None
) -> tuple[StyleSpan, ...]:
    """Ensembles that follow each other, each passing into the next; or the one that plays a stretch only."""
    if span is not None:
        return (StyleSpan(edit.rate.nearest_frame(span[0]), edit.rate.nearest_frame(span[1]), ensembles[0][1]),)
    reach = _PASSING * (whole[1] - whole[0]) / 2
    found: list[StyleSpan] = []
    ends = [at for at, _ in ensembles[1:]]
    for (_, before), (at, name), end in zip(ensembles, ensembles[1:], [*ends[1:], whole[1]], strict=False):
        first, last, until = (edit.rate.nearest_frame(time) for time in (at - reach, at + reach, end))
        if found:
            found[-1] = replace(found[-1], end_frame=first)
        found += [StyleSpan(first, last, before, name, curve="ease"), StyleSpan(last, until, name)]
    return tuple(found)


def parted(edit: Edit, prompt: str) -> tuple[str, tuple[float, float] | None]:
    """The text of a prompt, and the seconds that it is said of; None for the whole cue.

    Raises:
        OptionError: if it is empty or too long, or its stretch makes no sense.
    """
    matched = _STRETCH.fullmatch(prompt)
    text = matched["text"] if matched else prompt
    if not text.strip():
        raise OptionError(f"--prompt {prompt[:60]!r}: write what the music is to be, in up to {LONGEST} characters")
    if len(text) > LONGEST:
        raise OptionError(
            f"--prompt '{prompt[:30]}…' is too long, {len(text)} characters: write {LONGEST} at most, or several "
            f"--prompt"
        )
    if matched is None:
        return text, None
    start, end = written_stretch(edit, matched["start"], matched["end"], f"--prompt {prompt[:60]!r}")
    return text, (float(edit.rate.seconds(start)), float(edit.rate.seconds(end)))
