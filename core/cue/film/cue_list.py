"""The cues of one timeline as a list: where music is, or could be, and how far each cue has come.

A list is a value. What an editor does with it is a function from list to list; none of them lets two cues overlap
unless that is asked for, and none replaces a cue without being told its name.

::

    cues = added(CueList(), CueEntry("1M1", 0, 240))
    cues = added(cues, CueEntry("1M2", 300, 480, mood="tense"))
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import Enum

from hitpoint.core.errors import OptionError

_NUMBERED = re.compile(r"(?P<head>.*?)(?P<number>\d{1,6})", re.DOTALL)
FIRST_NAME = "1M1"
LONGEST_NAME = 60


class CueState(Enum):
    """How far a cue has come; the value is its name for the editor."""

    PROPOSED = "proposed"
    COMPOSED = "composed"
    APPROVED = "approved"


@dataclass(frozen=True)
class CueEntry:
    """One cue of a timeline.

    Attributes:
        name: as film music numbers cues, such as "1M1"; different for each cue of a list.
        start_frame: first timeline frame with music.
        end_frame: first timeline frame after it.
        style: name of the arrangement; empty for the usual one.
        mood: wished for all of it; empty for what the picture says.
        key: wished; empty for what mood and seed choose.
        tempo: wished, quarter notes a minute as they are written; empty for what mood, hits and neighbours choose.
        prompt: the wish in words; several, of stretches too, on a line each.
        like: a recording, a track or a kept style that it is to resemble.
        theme: name of a theme that it shares with other cues.
        state: how far it has come.
        notes: the editor's own.
        reason: why music was proposed here.
        cue: path of its cue file from the list's folder; empty until it is composed.
        join: how it leads to the next cue, a value of :class:`hitpoint.core.cue.film.joins.Join`; empty for a cut.
        crossfade: seconds of a crossfade to the next cue as they are written; empty for the usual length.
    """

    name: str
    start_frame: int
    end_frame: int
    style: str = ""
    mood: str = ""
    key: str = ""
    prompt: str = ""
    like: str = ""
    theme: str = ""
    state: CueState = CueState.PROPOSED
    notes: str = ""
    reason: str = ""
    cue: str = ""
    join: str = ""
    tempo: str = ""
    crossfade: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start_frame < self.end_frame:
            raise OptionError(f"cue {self.name} would last from frame {self.start_frame} to {self.end_frame}")
        if not self.name.strip() or len(self.name) > LONGEST_NAME or not self.name.isprintable():
            raise OptionError(f"{self.name[:LONGEST_NAME]!r} cannot name a cue: take up to {LONGEST_NAME} characters")

    @property
    def prompts(self) -> tuple[str, ...]:
        """The wishes in words, as options of the command line take them: ``TEXT`` or ``A-B=TEXT``."""
        return tuple(line for line in self.prompt.splitlines() if line.strip())

    def overlaps(self, other: CueEntry) -> bool:
        """Whether both have music in a frame."""
        return self.start_frame < other.end_frame and other.start_frame < self.end_frame


@dataclass(frozen=True)
class CueList:
    """The cues of a timeline, in order of time; those that start together in the order they were added.

    Attributes:
        entries: the cues.
        programme: LUFS that all cues are to have together; None where each has its own.
    """

    entries: tuple[CueEntry, ...] = ()
    programme: float | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """In order of time."""
        return tuple(entry.name for entry in self.entries)

    def named(self, name: str) -> CueEntry:
        """The cue of a name.

        Raises:
            OptionError: if there is none.
        """
        found = next((entry for entry in self.entries if entry.name == name), None)
        if found is None:
            known = ", ".join(self.names) or "none"
            raise OptionError(f"there is no cue {name!r}; the cues are: {known}")
        return found

    def at(self, frame: int) -> CueEntry | None:
        """The cue that sounds at a frame; the later one where two overlap."""
        return next((e for e in reversed(self.entries) if e.start_frame <= frame < e.end_frame), None)


def listed(entries: Iterable[CueEntry], programme: float | None = None) -> CueList:
    """A list of entries in any order; they may overlap. ``programme`` as in :class:`CueList`.

    Raises:
        OptionError: if two have the same name.
    """
    found = tuple(sorted(entries, key=lambda entry: (entry.start_frame, entry.end_frame)))
    names = [entry.name for entry in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise OptionError(f"two cues are called {twice!r}: give each its own name")
    return CueList(found, programme)


def free_name(taken: Iterable[str], like: str = FIRST_NAME) -> str:
    """The name itself if it is free, else with the next number that is: 1M1, 1M2, ..."""
    known = set(taken)
    matched = _NUMBERED.fullmatch(like)
    head, number = (matched["head"], int(matched["number"])) if matched else (f"{like} ", 1)
    name = like
    while name in known:
        number += 1
        name = f"{head}{number}"
    return name


def in_frames(entry: CueEntry) -> str:
    """Where a cue lies, for a message."""
    return f"frames {entry.start_frame}-{entry.end_frame}"


def replace_option(name: str) -> str:
    """What to write on the command line so that a cue is replaced."""
    return f'--replace "{name}"' if " " in name else f"--replace {name}"


def added(
    cues: CueList,
    entry: CueEntry,
    *,
    replacing: Iterable[str] = (),
    may_overlap: bool = False,
    place: Callable[[CueEntry], str] = in_frames,
) -> CueList:
    """The list with one cue more.

    Args:
        cues: as it was.
        entry: to be added.
        replacing: names of cues that go.
        may_overlap: whether it may sound together with others.
        place: says where a cue lies, for messages.

    Raises:
        OptionError: if its name is taken, it overlaps a cue that stays, or a cue to replace is not there.
    """
    for name in replacing:
        cues = deleted(cues, name)
    return _checked(cues, entry, may_overlap=may_overlap, place=place)


def changed(cues: CueList, name: str, *, may_overlap: bool = False, **fields: object) -> CueList:
    """The list with other values for one cue: moved, resized, renamed, noted ...

    Raises:
        OptionError: if there is no such cue, or the new one is refused as :func:`added` refuses it.
    """
    old = cues.named(name)
    new = replace(old, **fields)  # type: ignore[arg-type]  # the caller's words are the fields' own
    return _checked(deleted(cues, name), new, may_overlap=may_overlap)


def deleted(cues: CueList, name: str) -> CueList:
    """The list without a cue.

    Raises:
        OptionError: if there is no such cue.
    """
    gone = cues.named(name)
    return replace(cues, entries=tuple(entry for entry in cues.entries if entry is not gone))


def split(cues: CueList, name: str, frame: int) -> CueList:
    """A cue in two at a frame: the first keeps its name and what was composed, the second is proposed and leads on.

    Raises:
        OptionError: if there is no such cue, or the frame is not inside it.
    """
    old = cues.named(name)
    if not old.start_frame < frame < old.end_frame:
        raise OptionError(f"cue {name} goes from frame {old.start_frame} to {old.end_frame}: split it inside")
    rest = replace(
        old,
        name=free_name(cues.names, name),
        start_frame=frame,
        state=CueState.PROPOSED,
        cue="",
        reason=f"split off {name}",
    )
    return listed([*deleted(cues, name).entries, replace(old, end_frame=frame, join=""), rest], cues.programme)


def joined(cues: CueList, first: str, second: str) -> CueList:
    """Two neighbouring cues as one, with the name and the wishes of the first.

    Raises:
        OptionError: if one is not there, or a third lies between them.
    """
    a, b = sorted((cues.named(first), cues.named(second)), key=lambda entry: entry.start_frame)
    last = max(a, b, key=lambda entry: entry.end_frame)
    one = replace(cues.named(first), start_frame=a.start_frame, end_frame=last.end_frame, join=last.join)
    rest = deleted(deleted(cues, first), second)
    between = next((entry for entry in rest.entries if entry.overlaps(one)), None)
    if between is not None:
        raise OptionError(f"{first} and {second} cannot be joined: {between.name} lies between them")
    return listed([*rest.entries, one], cues.programme)


def overlapping(cues: CueList, entry: CueEntry) -> tuple[CueEntry, ...]:
    """The other cues that sound together with one."""
    return tuple(other for other in cues.entries if other.name != entry.name and other.overlaps(entry))


def _checked(
    cues: CueList, entry: CueEntry, *, may_overlap: bool, place: Callable[[CueEntry], str] = in_frames
) -> CueList:
    found = () if may_overlap else overlapping(cues, entry)
    if found:
        raise OptionError(_refusal(entry, found, place))
    return listed([*cues.entries, entry], cues.programme)


def _refusal(entry: CueEntry, found: tuple[CueEntry, ...], place: Callable[[CueEntry], str]) -> str:
    names = ", ".join(f"{other.name} ({place(other)})" for other in found)
    options = " ".join(replace_option(other.name) for other in found)
    return f"cue {entry.name} overlaps {names}, which stays: give another range, or replace it with {options}"
