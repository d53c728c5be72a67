"""Small plain values that the presenter hands to a view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hitpoint.core.words.chips import ReadWords


@dataclass(frozen=True)
class Busy:
    """Work that is going on: its name, how much is done (0..1, None before the first report), what it is at."""

    name: str
    fraction: float | None = None
    message: str = ""


@dataclass(frozen=True)
class TakeRow:
    """One take as a list shows it.

    Attributes:
        letter: A, B, C ...
        words: how it differs from the other takes.
        score: by which takes are ranked.
        likelihood: nats a step.
        cut_agreement: 0..1.
        wish_agreement: 0..1.
        chords: the first few of the stretch.
        seed: that it was composed with.
        round: number of the composing it is of.
        name: that the editor gave it.
        is_pinned: whether it stays when others are cleared.
        is_before: whether it is what was there before that composing.
        is_from_cuts: whether its picture was not looked at yet when it was composed.
        has_figures: whether score, likelihood, agreements and seed say something.
    """

    letter: str
    words: str
    score: float
    likelihood: float
    cut_agreement: float
    wish_agreement: float
    chords: str
    seed: int
    round: int = 1
    name: str = ""
    is_pinned: bool = False
    is_before: bool = False
    is_from_cuts: bool = False
    has_figures: bool = True


@dataclass(frozen=True)
class ShownFollowing:
    """The temp music, and a cue that follows it.

    Attributes:
        temp: name of its track; empty without any.
        name: of the cue; empty for none.
        is_on: whether it is followed.
        weights: (in what respect, how much 0..1).
        is_waiting: whether the cue's music follows otherwise.
    """

    temp: str = ""
    name: str = ""
    is_on: bool = False
    weights: tuple[tuple[str, float], ...] = ()
    is_waiting: bool = False


@dataclass(frozen=True)
class Menus:
    """The commands that can be used now, and the names of the steps that undo and redo would take.

    Attributes:
        title: the edit's name; empty without one.
        is_saved: whether the cue lies in a file as it is.
        has_edit, has_cue, has_selection, has_takes, is_composing: what is there.
        has_meant: whether a selection or a marked range says which chords to compose again.
        undo, redo: labels; None if there is nothing.
        selection_locked: whether every selected chord is locked.
        has_entry: whether there is a cue in the list to work at.
        has_music: whether any cue is composed.
    """

    title: str = ""
    is_saved: bool = True
    has_edit: bool = False
    has_cue: bool = False
    has_selection: bool = False
    has_meant: bool = False
    has_takes: bool = False
    is_composing: bool = False
    undo: str | None = None
    redo: str | None = None
    selection_locked: bool = False
    has_entry: bool = False
    has_music: bool = False


@dataclass(frozen=True)
class ShownWords:
    """The words of the cue that is worked at.

    Attributes:
        name: of the cue; empty for none.
        lines: what each prompt says, the one for the whole cue first if there is one.
        places: the stretch of each in timecode; empty for the whole cue.
        chip_places: likewise of each chip, where it has a place of its own, or one that cannot be kept.
        is_waiting: whether the music is older than the words.
    """

    name: str = ""
    lines: tuple[ReadWords, ...] = ()
    places: tuple[str, ...] = ()
    chip_places: tuple[tuple[str, ...], ...] = ()
    is_waiting: bool = False
