"""Themes: what returns and what contrasts.

A feeling has a theme of its own, which comes back when the feeling does; inside it, themes are laid out A A' B A'', and
in longer ones A A' B A'' C A''' B' A ... Where the cue culminates the theme of its feeling is back, after something
else if there is room for that. The section that ends a long stretch is the theme again. After three variations a theme
comes back as it was: the same name is the same music.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

_LAYOUT = "AABACABA"  # of the letters of one feeling, over and over
_SHORT = {1: "A", 2: "AA", 3: "ABA", 4: "AABA", 5: "AABAA", 6: "AABABA", 7: "AABACAA"}
_VARIATIONS = 4  # of a theme, itself counted, before it comes back as it was
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def themes_of(feelings: Sequence[Hashable], summit: int | None = None) -> tuple[str, ...]:
    """The theme of each section, by the feeling it belongs to; ``summit`` is the number of the one that culminates."""
    own: dict[Hashable, dict[str, str]] = {}
    placed: Counter[Hashable] = Counter()
    stated: Counter[str] = Counter()
    count = Counter(feelings)
    main = None if summit is None else feelings[summit]
    top = None if summit is None else list(feelings[:summit]).count(main)
    roles = {one: _roles(count[one], top if one == main else None) for one in count}
    themes, used = [], 0
    for feeling in feelings:
        role = roles[feeling][placed[feeling]]
        placed[feeling] += 1
        letters = own.setdefault(feeling, {})
        if role not in letters:
            letters[role] = _LETTERS[used % len(_LETTERS)]
            used += 1
        themes.append(letters[role] + "'" * (stated[letters[role]] % _VARIATIONS))
        stated[letters[role]] += 1
    return tuple(themes)


def _roles(count: int, summit: int | None) -> list[str]:
    """The letters of so many sections of one feeling, the theme back in the one in which it culminates."""
    layout = _SHORT.get(count, _LAYOUT)
    roles = [layout[place % len(layout)] for place in range(count)]
    if count > len(_SHORT):
        roles[-1] = "A"
    if summit is None or roles[summit] == "A":
        return roles
    roles[summit] = "A"
    if summit > 1:
        roles[summit - 1] = "B"
    if summit + 1 < count - 1:
        roles[summit + 1] = "B"
    if summit + 2 < count - 1 and roles[summit + 2] == "B":
        roles[summit + 2] = "A"
    return roles
