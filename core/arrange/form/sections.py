"""Sections: how a cue opens, builds, culminates and lets go: as planned, or read from how fast it is cut.

A planned section says by its name what the players do in it; one that the editor named otherwise is a theme, or the
summit. Each phrase but the first and the last takes its place in an arc of four, unless the picture says otherwise:
where it is cut clearly faster than on average the music culminates, where it is cut clearly slower it lets go. Density
and loudness have no say here (they have their own, :mod:`dynamics`), so that a picture made livelier never loses a note
to another form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from hitpoint.core.cue.form.form_plan import FormPlan


class SectionKind(Enum):
    """What a section is for; the value is its name for the editor."""

    INTRO = "Intro"
    BUILD = "Build"
    PEAK = "Peak"
    RELEASE = "Release"
    FINALE = "Finale"  # the last one of a style that does not fade but stops
    THEME = "Theme"  # all of a cue that is too short for more


@dataclass(frozen=True)
class Section:
    """Phrases ``first .. end`` (exclusive) of one kind; a planned section has a name, and may have a theme."""

    kind: SectionKind
    first: int
    end: int
    name: str = ""
    theme: str = ""


# what a section adds to the level of activity
LEVEL_CHANGES = {
    SectionKind.INTRO: -1,
    SectionKind.BUILD: 0,
    SectionKind.PEAK: 1,
    SectionKind.RELEASE: -1,
    SectionKind.FINALE: 1,
    SectionKind.THEME: 0,
}
_KINDS = {
    "Intro": SectionKind.INTRO,
    "Build": SectionKind.BUILD,
    "Release": SectionKind.RELEASE,
    "Finale": SectionKind.FINALE,
}
_ARC = (SectionKind.BUILD, SectionKind.BUILD, SectionKind.PEAK, SectionKind.RELEASE)
_SHORT_ARCS = {
    1: (SectionKind.PEAK,),
    2: (SectionKind.BUILD, SectionKind.PEAK),
    3: (SectionKind.BUILD, SectionKind.BUILD, SectionKind.PEAK),
}
_FAST, _SLOW = 1.5, 0.5  # times the mean cutting rate


def sections_of(hits: Sequence[int], lengths: Sequence[int], *, stops: bool = False) -> tuple[Section, ...]:
    """The sections of a cue.

    Args:
        hits: how many moments of the picture are met in each phrase.
        lengths: steps of each phrase.
        stops: whether the cue stops at full strength instead of fading.
    """
    last = SectionKind.FINALE if stops else SectionKind.RELEASE
    if len(lengths) == 1:
        kinds: list[SectionKind] = [SectionKind.THEME]
    elif len(lengths) == 2:
        kinds = [SectionKind.BUILD, last]
    else:
        kinds = [SectionKind.INTRO, *_middle(hits[1:-1], lengths[1:-1], sum(hits) / sum(lengths)), last]
    return _grouped(kinds)


def planned_sections(plan: FormPlan, phrases: Sequence[int]) -> tuple[Section, ...]:
    """The sections of a plan.

    Args:
        plan: of the cue.
        phrases: the first step of each phrase.
    """
    own = [plan.section_index(first) for first in phrases]
    sections: list[Section] = []
    for index, group in groupby(own):
        first = sections[-1].end if sections else 0
        planned = plan.sections[index]
        kind = (
            SectionKind.PEAK
            if planned.summit and len(plan.sections) > 1
            else _KINDS.get(planned.name, SectionKind.THEME)
        )
        sections.append(Section(kind, first, first + sum(1 for _ in group), planned.name, planned.theme))
    return tuple(sections)


def with_known(sections: Sequence[Section], names: Sequence[str | None]) -> tuple[Section, ...]:
    """The sections with those phrases in their old ones that have a name of an old one."""
    kinds = [section.kind for section in sections for _ in range(section.first, section.end)]
    known = {kind.value: kind for kind in SectionKind}
    return _grouped([known.get(name or "", kind) for kind, name in zip(kinds, names, strict=True)])


def _grouped(kinds: Sequence[SectionKind]) -> tuple[Section, ...]:
    sections: list[Section] = []
    for kind, group in groupby(kinds):
        first = sections[-1].end if sections else 0
        sections.append(Section(kind, first, first + sum(1 for _ in group)))
    return tuple(sections)


def _middle(hits: Sequence[int], lengths: Sequence[int], mean: float) -> list[SectionKind]:
    arc = _SHORT_ARCS.get(len(hits), _ARC)
    kinds = [arc[index % len(arc)] for index in range(len(hits))]
    for index, (met, length) in enumerate(zip(hits, lengths, strict=True)):
        if mean > 0 and met / length >= _FAST * mean:
            kinds[index] = SectionKind.PEAK
        elif mean > 0 and met / length <= _SLOW * mean:
            kinds[index] = SectionKind.RELEASE
    return kinds
