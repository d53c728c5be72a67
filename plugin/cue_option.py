"""``--cue "NAME=A-B,style=strings,mood=tense"``: one cue of several on the command line."""

from __future__ import annotations

import re
from typing import Any

from hitpoint.core.cue.film.cue_list import CueEntry
from hitpoint.core.edit import Edit, written_stretch
from hitpoint.core.errors import OptionError

_WORDS = ("style", "mood", "key", "tempo", "prompt", "theme", "join", "crossfade")
_RANGE = re.compile(r"\s*(?P<start>[\d:;.,]*\d)\s*-\s*(?P<end>[\d:;.,]*\d)\s*")
_WISH = re.compile(r",\s*(?=(?:[a-z]+)\s*=)")


def cue_entry(text: str, edit: Edit) -> CueEntry:
    """The cue that the option asks for in an edit.

    A value reaches to the next ``,word=``, so that ``mood=-0.6,-0.4`` and ``key=A minor`` need no quotation marks.

    Raises:
        OptionError: if the text makes no sense, or the range lies outside the edit.
    """
    name, equals, rest = text.partition("=")
    times, *wishes = _WISH.split(rest)
    matched = _RANGE.fullmatch(times)
    if not equals or not name.strip() or matched is None:
        raise OptionError(
            f'--cue {text!r}: write NAME=A-B with two times, such as "1M1=00:01:00:00-00:01:42:12,style=strings"'
        )
    start, end = written_stretch(edit, matched["start"], matched["end"], f"--cue {text!r}")
    wished: dict[str, Any] = dict.fromkeys(_WORDS, "") | dict(_value(wish, text) for wish in wishes)
    return CueEntry(name.strip(), start, end, **wished)


def _value(wish: str, text: str) -> tuple[str, str]:
    word, _, value = (part.strip() for part in wish.partition("="))
    if word not in _WORDS:
        raise OptionError(f"--cue {text!r}: {word!r} is not known: write {', '.join(_WORDS)}")
    if not value:
        raise OptionError(f"--cue {text!r}: {word} has no value")
    return word, value
