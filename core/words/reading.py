"""A sentence taken apart: which of its words ask for what, in which part of the cue, how much, and which say nothing.

The sentence is read from left to right. The longest term of the table wins; "no" and its like turn round the next word
that asks for something, up to a comma; "very" and "slightly" say how much; "starts", "then", "ends" say where. Numbers
with "bpm" are tempi, and key names are keys.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from hitpoint.core.words.nearness import feeling_near
from hitpoint.core.words.terms import LONGEST, Term, term_of
from hitpoint.core.words.times import SaidTime, is_time, time_of, times_marked

_WORD = re.compile(r"§\d+|\d+/\d+|\d+(?:\.\d+)?|[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|[,.;:!?()/&+→>]", re.UNICODE)
_KEY = re.compile(r"\b([A-Ga-g])\s?(?:[-\s]?(sharp|flat)|([#♯b♭]))?\s?[-\s]?(minor|major|moll|dur|min|maj)\b")
_TONES = {  # in German, French, Spanish and Italian
    "c": "C", "d": "D", "e": "E", "f": "F", "g": "G", "a": "A", "h": "B", "b": "Bb", "cis": "C#",
    "des": "Db", "dis": "D#",
    "es": "Eb", "fis": "F#", "ges": "Gb", "gis": "G#", "as": "Ab", "ais": "A#",
    "do": "C", "ut": "C", "ré": "D", "re": "D", "mi": "E", "fa": "F", "sol": "G", "la": "A", "si": "B",
}  # fmt: skip
_GERMAN_KEY = re.compile(r"\b([a-hA-H](?:is|es|s)?)[-\s](moll|dur)(?:tonart)?\b", re.IGNORECASE)
_SOLFEGE_KEY = re.compile(
    r"\b(do|ut|ré|re|mi|fa|sol|la|si)\s(?:(dièse|sostenido|diesis|bémol|bemol|bemolle)\s)?"
    r"(majeure?|mineure?|mayor|menor|maggiore|minore)\b",
    re.IGNORECASE,
)
_BPM = re.compile(r"\b(\d{2,3})\s?bpm\b", re.IGNORECASE)
_LEAST_NEAR = 4  # letters of a word that is taken by its meaning
_BREAKS = frozenset(",.;:!?()/&+→>")
_NOUNS = frozenset(  # said after what belongs there: "a dark beginning", "hope at the end"
    ["ending", "beginning", "opening", "intro", "outro", "finale", "end", "start", "middle", "closing"]
) | {
    "at the end",
    "at the start",
    "at the beginning",
    "in the middle",
    "in the end",
    "am ende",
    "à la fin",
    "al final",
    "at first",
}
_WEAK = frozenset(
    {"to", "into", "before", "later", "until", "last", "vers", "hacia", "verso", "à", "a"}
)  # may mean less
_DIVIDED = ("feeling", "density", "loudness")
_PLACES = {"start": (0.0, 0.25), "middle": (0.35, 0.65), "end": (0.75, 1.0)}


@dataclass(frozen=True)
class Said:
    """Words that ask for something.

    Attributes:
        words: as they stand in the sentence.
        control: ``feeling``, ``tempo``, ``style``, ``instrument`` ...
        value: as the table has it; of a key its name, of a tempo its number.
        negated: whether it is asked to be absent.
        degree: how much of it, 1 as it is.
        where: from which share of the cue to which.
        part: number of the part of the sentence, which "then" ends.
        like: the term that the words were taken for because they are near to it in meaning; empty if they are one.
        time: seconds that it is said of, if some are named; ``where`` is not known before the cue is.
        missed: likewise, where it counts for all of the cue whatever was named.
    """

    words: str
    control: str
    value: str
    negated: bool = False
    degree: float = 1.0
    where: tuple[float, float] = (0.0, 1.0)
    part: int = 0
    like: str = ""
    time: SaidTime | None = None
    missed: SaidTime | None = None


@dataclass(frozen=True)
class Reading:
    """What a sentence says, word by word, and the words that were not understood."""

    text: str
    said: tuple[Said, ...]
    ignored: tuple[str, ...]


def read_prompt(text: str) -> Reading:
    """Take a sentence apart."""
    reader = _Reader(text)
    rest = reader.take_numbers()
    tokens = _WORD.findall(rest)
    at = 0
    while at < len(tokens):
        at += reader.take(tokens, at)
    return Reading(text, _placed(reader.said, reader.parts), tuple(dict.fromkeys(reader.ignored)))


class _Reader:
    """Goes over a sentence once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.said: list[Said] = []
        self.ignored: list[str] = []
        self.parts = 1
        self._times: tuple[SaidTime, ...] = ()
        self._time: SaidTime | None = None  # of the next words
        self._ended: SaidTime | None = None  # what the last part ended with, from which the next one goes on
        self._clause = 0  # number of what was said before the last break
        self._negated, self._degree, self._place = False, 1.0, ""
        self._is_next = False  # whether the words just before asked for something

    def take_numbers(self) -> str:
        """Keys and tempi in numbers, taken out of the sentence."""
        text, self._times = times_marked(self.text)
        for found in _BPM.finditer(text):
            self.said.append(Said(found[0], "bpm", found[1]))
        text = self._take_keys(_BPM.sub(" ", text))
        for found in _KEY.finditer(text):
            accidental = {"sharp": "#", "♯": "#", "#": "#", "flat": "b", "♭": "b", "b": "b"}.get(
                found[2] or found[3] or "", ""
            )
            mode = "minor" if found[4] in ("minor", "moll", "min") else "major"
            self.said.append(Said(found[0], "key", f"{found[1].upper()}{accidental} {mode}"))
        return _KEY.sub(" ", text)

    def _take_keys(self, text: str) -> str:
        """Keys as other languages write them: fis-Moll, la mineur, sol mayor."""
        for found in _GERMAN_KEY.finditer(text):
            if found[1].lower() in _TONES:
                mode = "minor" if found[2].lower() == "moll" else "major"
                self.said.append(Said(found[0], "key", f"{_TONES[found[1].lower()]} {mode}"))
        text = _GERMAN_KEY.sub(" ", text)
        for found in _SOLFEGE_KEY.finditer(text):
            sign = "" if not found[2] else "b" if found[2].lower().startswith(("b", "é")) else "#"
            mode = "minor" if found[3].lower().startswith(("mi", "me")) else "major"
            self.said.append(Said(found[0], "key", f"{_TONES[found[1].lower()]}{sign} {mode}"))
        return _SOLFEGE_KEY.sub(" ", text)

    def take(self, tokens: list[str], at: int) -> int:
        """Take the longest term at a place; answers how many tokens it has."""
        if tokens[at] in _BREAKS:
            self._break(tokens[at])
            return 1
        if is_time(tokens[at]):
            self._at_time(time_of(tokens[at], self._times))
            return 1
        for count in range(min(LONGEST, len(tokens) - at), 0, -1):
            words = " ".join(tokens[at : at + count])
            term = None if any(token in _BREAKS for token in tokens[at : at + count]) else term_of(words)
            if term is not None:
                count_before = len(self.said)
                self._use(term, words)
                self._is_next = len(self.said) > count_before
                return count
        self._is_next = self._take_near(tokens[at])
        if not self._is_next:
            self.ignored.append(tokens[at])
        return 1

    def _take_near(self, word: str) -> bool:
        """Take a word that the table has not for the feeling that it is near to, if it is near to one."""
        if not word.isalpha() or len(word) < _LEAST_NEAR:
            return False
        found = feeling_near(word)
        if found is not None:
            value = f"{found.valence:g},{found.arousal:g}"
            self._use(Term(word, "feeling", value), word)
            self.said[-1] = replace(self.said[-1], like=found.like)
        return found is not None

    def _use(self, term: Term, words: str) -> None:
        if term.control == "not":
            self._negated = True
        elif term.control == "degree":
            self._degree = float(term.value)
        elif term.control == "when":
            self._when(term.value, words)
        elif term.control != "nothing":
            where = _PLACES.get(self._place, (0.0, 1.0))
            said = Said(words, term.control, term.value, self._negated, self._degree, where, self.parts - 1)
            self.said.append(replace(said, time=self._time))
            self._degree = 1.0

    def _when(self, value: str, words: str) -> None:
        """Where the next words belong: "hope at the end" places the word before it, "ends in hope" what follows."""
        self._negated = False
        before = self.said[-1] if self.said else None
        if value == "then":
            divides = _DIVIDED if words.casefold() in _WEAK else (*_DIVIDED, "style", "instrument")
            if any(one.part == self.parts - 1 and one.control in divides for one in self.said):
                self.parts += 1
            self._place, self._time, self._ended = "", self._ended, None
            return
        self._time = None
        if before is not None and self._is_next and words.casefold() in _NOUNS and before.where == (0.0, 1.0):
            self.said[-1] = replace(before, where=_PLACES[value])
            self._place = ""
        else:
            self._place = value

    def _at_time(self, time: SaidTime) -> None:
        """The place of the words of a clause before a time: "tense from 10 seconds"; without any, of those after it."""
        self._negated, self._ended = False, time.after
        clause = range(self._clause, len(self.said))
        open_ones = [i for i in clause if self.said[i].time is None and self.said[i].where == (0.0, 1.0)]
        if not any(self.said[i].control in _DIVIDED for i in open_ones):
            self._time, self._place = time, ""
        elif time.start is not None and time.of == "timeline":
            self._end_last_part(SaidTime(None, time.start))
        for index in open_ones:
            one = self.said[index]
            self.said[index] = replace(one, time=time) if one.control in _DIVIDED else replace(one, missed=time)
        self._is_next = False

    def _end_last_part(self, time: SaidTime) -> None:
        """What was said before "then" ends where what follows begins: "calm, then tense from 10 seconds"."""
        for index, one in enumerate(self.said):
            if one.part == self.parts - 2 and one.control in _DIVIDED and one.time is None and one.where == (0.0, 1.0):
                self.said[index] = replace(one, time=time)

    def _break(self, sign: str) -> None:
        self._negated, self._degree, self._is_next = False, 1.0, False
        self._clause = len(self.said)
        if sign in "→>":
            self._when("then", sign)
        elif sign in ",.;:":
            self._place, self._time = "", None


def _placed(said: list[Said], parts: int) -> tuple[Said, ...]:
    """The parts of "calm, then tense" as equal shares of the cue; what has a place of its own keeps it."""
    if parts == 1:
        return tuple(said)
    moving = ("feeling", "density", "loudness", "arc")
    return tuple(
        replace(one, where=(one.part / parts, (one.part + 1) / parts))
        if one.where in ((0.0, 1.0), _PLACES["start"]) and one.control in moving and one.time is None
        else one
        for one in said
    )
