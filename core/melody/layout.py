"""Which material stands in which bars of a section: statement, idea, sequence, fragment, what the network writes, rest.

====== =====================================================================================================
A      the theme; then an answer: its idea turned upside down, a fragment where there is room, and a cadence by the
network A'     the theme; what follows its head a degree higher, and a cadence
B      the network's own idea; that idea a degree lower, a fragment rising, and a cadence
A''    the theme; the answer two degrees up, and a cadence
none   the lead listens; before the theme has been heard its head, slowly, from afar; after it, what is left of it
====== =====================================================================================================

Where the cue culminates, and in its last third at the latest, the theme comes back plainly. Quiet sections hear it
slowly. Each return but the first statement has a number, by which it is varied after its head (:mod:`returning`). A
section states the theme once, but for the last phrase of a cue, which gives it back: later phrases answer it or go on.
In spare sections, where tension comes from waiting, the lead says half of a phrase and is silent for the other: the
head, its answer, which goes on freely, what follows the head, nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from hitpoint.core.melody.sheet import SheetSection

THEME_BARS = 4
_QUIET = 0.3  # tension below which a theme that is known comes slowly
_CALM = 0.45  # tension below which the lead leaves the end of a section to others
_STIRRED = 0.6  # tension from which a section without a letter hears fragments

Source = Literal["theme", "second", "network", "rest"]


@dataclass(frozen=True)
class Piece:
    """Bars of one origin.

    Attributes:
        bars: how many.
        source: where they come from; "second" is the idea that the network had where the letter first came.
        first: bar of the source.
        shift: degrees that it is moved by.
        stretch: how many times as slow.
        is_plain: whether it is to be recognised.
        variant: how often it was stated before.
        is_mirrored: whether what rose falls, and what fell rises, as an answer does.
    """

    bars: int
    source: Source
    first: int = 0
    shift: int = 0
    stretch: int = 1
    is_plain: bool = False
    variant: int = 0
    is_mirrored: bool = False


@dataclass(frozen=True)
class PhrasePlan:
    """A phrase: its section, its first bar, what it is made of."""

    section: SheetSection
    first_bar: int
    bars: int
    pieces: tuple[Piece, ...]


def phrase_plans(sections: Sequence[SheetSection], bars: int, theme_bars: int) -> tuple[PhrasePlan, ...]:
    """All phrases of a cue with so many bars, in order, for a theme of so many."""
    lettered = _with_returns(sections, bars)
    plans: list[PhrasePlan] = []
    is_heard, seconds = False, set[str]()
    stated: Counter[str] = Counter()
    for section in lettered:
        at = section.first_bar
        for index, length in enumerate(section.phrases):
            found = _merged(_pieces(section, index, length, theme_bars, seconds, is_heard=is_heard))
            pieces = tuple(_numbered(found, section, stated))
            is_heard = is_heard or any(piece.source == "theme" and piece.is_plain for piece in pieces)
            plans.append(PhrasePlan(section, at, length, pieces))
            at += length
        if base_letter(section) not in ("", "A"):
            seconds.add(base_letter(section))
    return tuple(plans)


def _numbered(pieces: Iterable[Piece], section: SheetSection, stated: Counter[str]) -> Iterator[Piece]:
    """The pieces, plain ones with the number of times that they were stated; those that follow are counted on."""
    for piece in pieces:
        if not piece.is_plain:
            yield piece
            continue
        name = "" if piece.source == "theme" else base_letter(section)
        yield replace(piece, variant=stated[name] + (piece.source == "second"))
        stated[name] += 1


def base_letter(section: SheetSection) -> str:
    """The letter of a section without its strokes."""
    return section.letter.rstrip("'")


def _with_returns(sections: Sequence[SheetSection], bars: int) -> list[SheetSection]:
    """The sections, with the theme where a cue needs it and nobody planned it: once at all, and in the last third."""
    found = list(sections)
    if not any(base_letter(one) == "A" for one in found):
        at = max(range(len(found)), key=lambda index: (bool(found[index].letter), found[index].bars, -index))
        found[at] = _named(found[at], "A")
    late = [index for index, one in enumerate(found) if 3 * (one.first_bar + one.bars) > 2 * bars]
    is_back = any(base_letter(found[index]) == "A" and 3 * found[index].first_bar >= 2 * bars - 3 for index in late)
    whole = [
        index
        for index in late
        if max(found[index].phrases) >= THEME_BARS and 3 * found[index].first_bar >= 2 * bars - 6
    ]
    if not is_back and whole and len(found) > 2:
        found[whole[-1]] = _named(found[whole[-1]], "A''")
    return found


def _named(section: SheetSection, letter: str) -> SheetSection:
    return replace(section, letter=letter)


def _pieces(
    section: SheetSection, index: int, bars: int, theme_bars: int, seconds: set[str], *, is_heard: bool
) -> Iterator[Piece]:
    letter = base_letter(section)
    if section.is_summit and index == 0:
        yield from _statement(section, bars, theme_bars)
    elif section.is_spare and is_heard and not section.is_summit:
        yield from _sparingly(section, index, bars, theme_bars)
    elif letter == "A":
        is_slow = is_heard and section.tension < _QUIET and not section.is_last
        if is_slow:
            yield from _slowly(bars, theme_bars)
        elif index == 0 or not is_heard or _is_farewell(section, index):
            yield from _statement(section, bars, theme_bars)
        elif index % 2 == 0:
            yield from _going_on(section, bars, theme_bars)
        elif is_heard and _is_left_to_others(section, index, bars):
            yield Piece(bars, "rest")
        else:
            yield from _answer(section, bars, theme_bars)
    elif letter:
        yield from _contrast(index, bars, is_known=letter in seconds)
    else:
        yield from _aside(section, index, bars, theme_bars, is_heard=is_heard)


def _is_farewell(section: SheetSection, index: int) -> bool:
    """Whether a phrase is the last of the cue, after others of its section: the theme once more."""
    return section.is_last and index > 0 and index == len(section.phrases) - 1


def _is_left_to_others(section: SheetSection, index: int, bars: int) -> bool:
    """Whether the lead rests in the last phrase of a calm section that returns, so that it is heard as new after it."""
    is_end = index == len(section.phrases) - 1 and not section.is_last
    return is_end and "'" in section.letter and section.tension < _CALM and bars >= THEME_BARS


def _statement(section: SheetSection, bars: int, theme_bars: int) -> Iterator[Piece]:
    """The theme, as much of it as there is room for, then the answer if there is more."""
    stated = min(bars, theme_bars)
    yield Piece(stated, "theme", is_plain=True)
    if bars - stated >= THEME_BARS:
        yield from _answer(section, bars - stated, theme_bars)
    elif bars > stated:
        yield Piece(bars - stated, "network")


def _answer(section: SheetSection, bars: int, theme_bars: int) -> Iterator[Piece]:
    """The idea upside down, or what follows its head, moved by as many degrees as the letter has strokes.

    Then a cadence.
    """
    strokes = section.letter.count("'")
    idea = min(2, theme_bars, max(bars - 1, 0))
    if idea:
        yield _consequent(strokes, idea, theme_bars)
    if bars - idea >= 3:
        yield Piece(1, "theme", 0, strokes + 1)
        idea += 1
    yield Piece(bars - idea, "network")


def _consequent(strokes: int, bars: int, theme_bars: int) -> Piece:
    """What answers the head of a theme."""
    is_mirrored = strokes % 2 == 0 or theme_bars - bars < bars
    return Piece(bars, "theme", 0 if is_mirrored else bars, strokes, is_mirrored=is_mirrored)


def _going_on(section: SheetSection, bars: int, theme_bars: int) -> Iterator[Piece]:
    """New bars, or what follows the head of the theme upside down, higher, and new bars."""
    strokes = section.letter.count("'")
    said = min(2, theme_bars, max(bars - 2, 0)) if strokes % 2 else 0
    if said:
        yield Piece(said, "theme", max(theme_bars - said, 0), strokes, is_mirrored=True)
    yield Piece(bars - said, "network")


def _sparingly(section: SheetSection, index: int, bars: int, theme_bars: int) -> Iterator[Piece]:
    """The head of the theme, or the section's own idea, and silence.

    Then its answer, of which the second half is new; every fourth phrase is silent throughout.
    """
    said = min(-(-bars // 2), theme_bars)
    strokes = section.letter.count("'")
    if index % 4 == 3:
        yield Piece(bars, "rest")
        return
    if base_letter(section) not in ("", "A"):
        yield Piece(said, "network")
    elif index == 0 and base_letter(section) == "A":
        yield Piece(said, "theme", is_plain=True)
    elif index % 4 == 2:
        yield Piece(said, "theme", max(theme_bars - said, 0), strokes)
    else:
        yield replace(_consequent(strokes, said, theme_bars), bars=said - said // 2)
        yield Piece(said // 2, "network")
    yield Piece(bars - said, "rest")


def _contrast(index: int, bars: int, *, is_known: bool) -> Iterator[Piece]:
    """Another idea.

    Written by the network; then in sequence, with a fragment that rises, or answered if it was known; then new bars.
    """
    if index == 0:
        yield Piece(bars, "second" if is_known else "network", is_plain=is_known)
        return
    idea = min(2, max(bars - 2, 0)) if index == 1 else 0
    if idea:
        yield Piece(idea, "second", 0, 0 if is_known else -1, is_mirrored=is_known)
    if bars - idea >= 3 and index == 1 and not is_known:
        yield Piece(1, "second", 0, 1)
        idea += 1
    yield Piece(bars - idea, "network")


def _aside(section: SheetSection, index: int, bars: int, theme_bars: int, *, is_heard: bool) -> Iterator[Piece]:
    """Where the lead has little to say."""
    is_last_phrase = index == len(section.phrases) - 1
    if section.tension >= _STIRRED and is_heard:
        yield from _answer(section, bars, theme_bars)
    elif section.is_last and is_last_phrase and is_heard:
        yield from _statement(section, bars, theme_bars)
    elif not is_heard and is_last_phrase and bars >= 3 and not section.is_last:
        yield Piece(bars - 2, "rest")
        yield Piece(2, "theme", 0, 0, 2)
    elif is_heard and index % 2 == 0 and bars >= 4:
        yield Piece(2, "theme", 0, 0, 2)
        yield Piece(bars - 2, "rest")
    else:
        yield Piece(bars, "rest")


def _slowly(bars: int, theme_bars: int) -> Iterator[Piece]:
    """The theme in notes twice as long."""
    stated = min(bars, 2 * theme_bars)
    yield Piece(stated, "theme", 0, 0, 2)
    if bars > stated:
        yield Piece(bars - stated, "rest")


def _merged(pieces: Iterator[Piece]) -> Iterator[Piece]:
    return (piece for piece in pieces if piece.bars > 0)
