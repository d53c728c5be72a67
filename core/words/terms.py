"""The table of words for music: ``resources/words/terms.toml``, with several languages side by side."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LONGEST = 4  # words of a term
_LEAST_STEM = 5  # letters of a word that may be a form of another


@dataclass(frozen=True)
class Term:
    """A word, or up to four, and what it asks for: a control such as ``feeling``, and its value as the table has it."""

    words: str
    control: str
    value: str


@cache
def terms() -> dict[str, Term]:
    """All terms by their words, in lower case."""
    text = (files("hitpoint.resources") / "words" / "terms.toml").read_text(encoding="utf-8")
    found = {}
    for control, values in tomllib.loads(text).items():
        for value, words in values.items():
            found.update({word: Term(word, control, value) for word in words})
    return found


def term_of(words: str) -> Term | None:
    """The term for these words, for their singular too; None if there is none."""
    known = terms()
    return next((known[form] for form in forms_of(words.casefold().replace("\u2019", "'")) if form in known), None)


def forms_of(plain: str) -> Iterator[str]:
    """A word as it stands, then what it may be a form of: singular, adverb, comparative, gender, German endings."""
    yield from (
        plain,
        plain.removesuffix("s"),
        plain.removesuffix("ly"),
        plain.replace("-", " "),
        plain.replace(" ", "-"),
    )
    if len(plain) < _LEAST_STEM or " " in plain:
        return
    for ending in ("est", "er"):
        stem = plain.removesuffix(ending)
        if stem != plain:
            yield stem
            yield stem + "e"
            yield stem.removesuffix("i") + "y"
            yield stem[:-1]  # sadder
    for ending in ("en", "em", "es", "e"):
        yield plain.removesuffix(ending)
    yield plain.removesuffix("musik")
    stem = plain.removesuffix("s")
    if stem[-1] in "aei":
        yield stem[:-1] + "o"
    yield plain.removesuffix("ness")
    yield plain.removesuffix("iness") + "y"
