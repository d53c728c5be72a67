"""The table of words for music: ``resources/words/terms.toml``, with several languages side by side."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

LONGEST = 4  # words of a term


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
    plain = words.casefold()
    for form in (
        plain,
        plain.removesuffix("s"),
        plain.removesuffix("ly"),
        plain.replace("-", " "),
        plain.replace(" ", "-"),
    ):
        if form in known:
            return known[form]
    return None
