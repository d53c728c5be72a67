"""What was understood of a sentence, word by word, so that a person can change or remove it.

The sentence changes with it.

The sentence stays the only truth: a chip that is removed takes its words out of the text, one that is changed puts
other words in their place, and the text is read again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.sound import Sound
from hitpoint.core.edit import Edit
from hitpoint.core.words.controls import prompted
from hitpoint.core.words.prompts import parted
from hitpoint.core.words.reading import read_prompt
from hitpoint.core.words.terms import terms

_KEYS = tuple(f"{tonic} {mode}" for mode in ("minor", "major") for tonic in ("C", "D", "E", "F", "G", "A", "B"))
_TEMPI = ("60 bpm", "80 bpm", "100 bpm", "120 bpm", "140 bpm")
_CHANGED = {"bpm": _TEMPI, "tempo": _TEMPI, "key": _KEYS, "mode": ("minor", "major")}
_SPACES = re.compile(r"\s{2,}")
_LOOSE = re.compile(r"\s*,\s*(?=[,.;]|$)|^\s*[,;]\s*")


@dataclass(frozen=True)
class Chip:
    """Words of a prompt that became a control.

    Attributes:
        words: as they stand in the text.
        control: what they ask for: style, mood, tempo, key, instrument, without ...
        value: as a person reads it.
        choices: words that ask for something else of the same kind, to be put in their place.
        place: seconds of the timeline that it is said of; None for all that the prompt is said of.
        missed: seconds that it is said of and that cannot be kept, because it counts for all of it; None for none.
        is_implied: whether no word says it, but several do together, as instruments an ensemble.
    """

    words: str
    control: str
    value: str
    choices: tuple[str, ...] = ()
    is_implied: bool = False
    place: tuple[float, float] | None = None
    missed: tuple[float, float] | None = None


@dataclass(frozen=True)
class ReadWords:
    """The chips of one prompt, in its order, the words that say nothing known, and the text without its stretch.

    ``span`` are the seconds that it is said of; None for the whole cue.
    """

    text: str
    chips: tuple[Chip, ...]
    ignored: tuple[str, ...]
    span: tuple[float, float] | None = None


def read_words(edit: Edit, wishes: Wishes, sound: Sound, prompt: str) -> ReadWords:
    """What a prompt says of a cue.

    Args:
        edit: gives the times of a stretch.
        wishes: of the cue, as they are without the prompt.
        sound: likewise.
        prompt: ``TEXT`` or ``A-B=TEXT``.

    Raises:
        OptionError: if it is empty or too long, or its stretch makes no sense.
    """
    text, span = parted(edit, prompt)
    reading = read_prompt(text)
    end = edit.frames if wishes.end_frame is None else wishes.end_frame
    whole = (float(edit.rate.seconds(wishes.start_frame)), float(edit.rate.seconds(end)))
    found = prompted(wishes, sound, reading, span or whole, is_whole=span is None)
    kinds = {one.words: one.control for one in reading.said}
    styles = {one.words for one in reading.said if one.control == "style"}
    chips = []
    for one in found.understood:
        is_implied = one.control == "style" and one.words not in styles
        choices = _choices("style" if is_implied else kinds.get(one.words, ""), one.value if is_implied else one.words)
        chips.append(Chip(one.words, one.control, one.value, choices, is_implied, one.place, one.missed))
    return ReadWords(text.strip(), tuple(chips), found.ignored, span)


def without_words(text: str, words: str) -> str:
    """A text in which these words stand no more, nor the comma that held them."""
    return _tidy(_place_of(words, with_turns=True).sub("", text, count=1))


def with_other_words(text: str, words: str, other: str) -> str:
    """A text with other words in the place of these; after it for no words, as those of a chip that is implied."""
    if not words:
        return _tidy(f"{text}, {other}")
    return _tidy(_place_of(words).sub(lambda _: other, text, count=1))


def _place_of(words: str, *, with_turns: bool = False) -> re.Pattern[str]:
    """The words in a text, whatever stands between them; with the "no", "very" and their like before them, if asked."""
    turns = sorted(
        (term.words for term in terms().values() if term.control in ("not", "degree")), key=len, reverse=True
    )
    before = rf"(?:(?:{'|'.join(map(re.escape, turns))})\s+)*" if with_turns else ""
    inner = r"[\W_]+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<!\w){before}{inner}(?!\w)", re.IGNORECASE)


def _tidy(text: str) -> str:
    before = ""
    while before != text:
        before, text = text, _SPACES.sub(" ", _LOOSE.sub("", text)).strip()
    return re.sub(r"\s+([,.;])", r"\1", text)


def _choices(control: str, words: str) -> tuple[str, ...]:
    """The first word of each value that the table has for a control, but for the words themselves."""
    if control in _CHANGED:
        return tuple(one for one in _CHANGED[control] if one.casefold() != words.casefold())
    first: dict[str, str] = {}
    for term in terms().values():
        if term.control == control:
            first.setdefault(term.value, term.words)
    return tuple(one for one in first.values() if one.casefold() != words.casefold())
