"""What the sections of a cue are called, by where it culminates."""

from __future__ import annotations

from collections.abc import Sequence

INTRO, THEME, EPISODE, BUILD, SUMMIT, RELEASE, FINALE = (
    "Intro", "Theme", "Episode", "Build", "Summit", "Release", "Finale",
)  # fmt: skip
NAMES = (INTRO, THEME, EPISODE, BUILD, SUMMIT, RELEASE, FINALE)


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
