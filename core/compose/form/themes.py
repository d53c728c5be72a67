"""Themes and names: what returns, what contrasts, and what each section is called.

A feeling has a theme of its own, which comes back when the feeling does; inside it, themes are laid out A A' B A'', and in
longer ones A A' B A'' C A''' B' A ... The section that ends a long stretch is the theme again. After three variations a theme comes back as it was:
the same name is the same music.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence

_LAYOUT = "AABACABA"  # of the letters of one feeling, over and over
_SHORT = {1: "A", 2: "AA", 3: "ABA", 4: "AABA", 5: "AABAA", 6: "AABABA", 7: "AABACAA"}
_VARIATIONS = 4  # of a theme, itself counted, before it comes back as it was
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

INTRO, THEME, EPISODE, BUILD, SUMMIT, RELEASE, FINALE = (
    "Intro", "Theme", "Episode", "Build", "Summit", "Release", "Finale",
)  # fmt: skip
NAMES = (INTRO, THEME, EPISODE, BUILD, SUMMIT, RELEASE, FINALE)


def themes_of(feelings: Sequence[Hashable]) -> tuple[str, ...]:
    """The theme of each section, by the feeling it belongs to."""
    count = Counter(feelings)
    own: dict[Hashable, dict[str, str]] = {}
    placed: Counter[Hashable] = Counter()
    stated: Counter[str] = Counter()
    themes, used = [], 0
    for feeling in feelings:
        layout = _SHORT.get(count[feeling], _LAYOUT)
        role = layout[placed[feeling] % len(layout)]
        if placed[feeling] == count[feeling] - 1 and count[feeling] > len(_SHORT):
            role = "A"
        placed[feeling] += 1
        letters = own.setdefault(feeling, {})
        if role not in letters:
            letters[role] = _LETTERS[used % len(_LETTERS)]
            used += 1
        themes.append(letters[role] + "'" * (stated[letters[role]] % _VARIATIONS))
        stated[letters[role]] += 1
    return tuple(themes)


def names_of(themes: Sequence[str], summit: int, *, has_intro: bool, stops: bool) -> tuple[str, ...]:
    """What each section is called.

    Args:
        themes: of the sections.
        summit: number of the one in which the cue culminates.
        has_intro: whether the first one only leads in.
        stops: whether the cue ends at full strength.
    """
    last = len(themes) - 1
    names = []
    for index, theme in enumerate(themes):
        if last == 0:
            names.append(THEME)
        elif index == summit:
            names.append(SUMMIT)
        elif index == last:
            names.append(FINALE if stops else RELEASE)
        elif index == 0 and has_intro:
            names.append(INTRO)
        elif index == summit - 1:
            names.append(BUILD)
        elif index == summit + 1:
            names.append(RELEASE)
        else:
            names.append(THEME if theme[:1] in "A" else EPISODE)
    return tuple(names)
