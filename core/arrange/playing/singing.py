"""Who sings the tune.

It is handed from the first of a style's leads to the second and back, and both have it at the summit.

The theme is the first's; its first return is question and answer, phrase by phrase; what contrasts is sung by the one
who did not sing just before; where the music culminates the second doubles the first an octave away; the last section
is the first's again. All of it hangs on the plan, not on the notes, so that another melody is sung by the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hitpoint.core.arrange.form.bars import Bar
from hitpoint.core.arrange.form.sections import SectionKind

FIRST, SECOND, BOTH = 1, 2, 3
_PHRASES_OF_ONE = 3  # phrases of a cue with a single section from which its tune is handed over
_WHOLE = 4  # bars of a theme that is doubled as a whole
_OCTAVE = 12
_CENTRE = 0.45  # of an instrument's range, about which it sings
_LEAST = 0.25  # likewise at the lowest
_BELOW = 3  # semitones below that of the first, about which the second sings after the summit


def singing_of(bars: Sequence[Bar], leads: int) -> tuple[int, ...]:
    """Who sings in each bar; the first throughout where a style has one lead, or nobody planned the cue."""
    if leads < 2 or not bars or bars[0].force is None:
        return (FIRST,) * len(bars)
    sections = _sections(bars)
    if len(sections) == 1:
        several = len({bar.phrase_in_section for bar in bars}) >= _PHRASES_OF_ONE
        return tuple(_by_phrase(bar) if several else FIRST for bar in bars)
    known: dict[str, int] = {}
    found: list[int] = []
    themes = 0
    for section in sections:
        letter = section[0].letter
        if section[0].section is SectionKind.PEAK:
            found.extend([BOTH] * len(section))
        elif section is sections[-1]:
            found.extend([FIRST] * len(section))
        elif len(letter) != 1 or letter == "A":
            found.extend(_by_phrase(bar) if themes % 2 else FIRST for bar in section)
            themes += len(letter) == 1
        else:
            other = FIRST if found and found[-1] == SECOND else SECOND
            found.extend([known.setdefault(letter, other)] * len(section))
    return tuple(found)


def passages(singing: Sequence[int], bars: Sequence[Bar]) -> tuple[range, ...]:
    """The bars of each passage that is sung by the same; where both sing, of phrases that make :data:`_WHOLE` bars."""
    firsts: list[int] = []
    for bar, turn in zip(bars, singing, strict=True):
        is_other = not firsts or turn != singing[bar.number - 1]
        is_whole = bool(firsts) and turn == BOTH and bar.in_phrase == 0 and bar.number - firsts[-1] >= _WHOLE
        if is_other or is_whole:
            firsts.append(bar.number)
    return tuple(range(first, end) for first, end in pairwise([*firsts, len(bars)]))


def shift_into(pitches: Sequence[int], low: int, high: int, most: float | None = None) -> int:
    """Semitones, whole octaves, by which a passage lies best on an instrument: all of it, about the middle.

    About ``most`` if that is lower, but not where it speaks badly.
    """
    if not pitches:
        return 0
    centre, mean = low + _CENTRE * (high - low), sum(pitches) / len(pitches)
    centre = centre if most is None else min(centre, max(most, low + _LEAST * (high - low)))
    octaves = (_OCTAVE * octaves for octaves in range(-5, 6))
    return min(octaves, key=lambda shift: (_outside(pitches, shift, low, high), abs(mean + shift - centre), shift))


def most_after(bars: Sequence[Bar], passage: range, low: int, high: int) -> float | None:
    """The pitch about which a passage of the second lies at most, after the summit: where the first is at home.

    Args:
        bars: of the form.
        passage: its bars.
        low: lowest pitch of the first.
        high: highest.
    """
    is_after = any(bar.section is SectionKind.PEAK for bar in bars[: passage.start])
    return low + _CENTRE * (high - low) - _BELOW if is_after else None


def doubling(pitches: Sequence[int], low: int, high: int) -> int:
    """Semitones from a passage to an instrument that doubles it.

    An octave above or below, if it has all of it there, so that no note is bent back; else with it.
    """
    return next((shift for shift in (_OCTAVE, -_OCTAVE) if not _outside(pitches, shift, low, high)), 0)


def _outside(pitches: Sequence[int], shift: int, low: int, high: int) -> int:
    return sum(not low <= pitch + shift <= high for pitch in pitches)


def _by_phrase(bar: Bar) -> int:
    return SECOND if bar.phrase_in_section % 2 else FIRST


def _sections(bars: Sequence[Bar]) -> list[list[Bar]]:
    found: list[list[Bar]] = []
    for bar in bars:
        if bar.is_section_start or not found:
            found.append([])
        found[-1].append(bar)
    return found
