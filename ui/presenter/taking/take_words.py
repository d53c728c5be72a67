"""What a take is, in words: where it is clearly better or worse than the takes beside it. No Qt.

Figures say little to an editor: that a take changes its chord on the cuts, comes close to a wished mood or goes round
in circles says enough to know which to hear first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hitpoint.core.compose.takes import Take

_CLEARLY = 0.05  # of 0..1, by which a take must lead to be told so
_FEW_CHORDS = 0.2  # different chords a step, up to which a stretch goes round in circles
_LONG = 8  # steps that a stretch must have for that to be told
_PLAIN = "like the others"


def take_words(takes: Sequence[Take], span: range) -> tuple[str, ...]:
    """A few words for each take of a stretch; the first is the one recommended."""
    ahead = {
        "most on the cuts": _leader(takes, lambda take: take.cut_agreement),
        "closest to your mood": _leader(takes, lambda take: take.wish_agreement),
    }
    said = []
    for index, take in enumerate(takes):
        words = [text for text, leader in ahead.items() if leader == index]
        if take.copying > 0:
            words.append("much like a known song")
        if _goes_round(take, span):
            words.append("repeats itself")
        if index == 0 and len(takes) > 1:
            words.insert(0, "recommended")
        said.append(", ".join(words) or _PLAIN)
    return tuple(said)


def _leader(takes: Sequence[Take], figure: Callable[[Take], float]) -> int | None:
    """The take that is clearly ahead of all others; None if there is none."""
    order = sorted(range(len(takes)), key=lambda index: -figure(takes[index]))
    if len(order) < 2 or figure(takes[order[0]]) - figure(takes[order[1]]) < _CLEARLY:
        return None
    return order[0]


def _goes_round(take: Take, span: range) -> bool:
    """Whether a long stretch has few different chords."""
    if len(span) < _LONG:
        return False
    chords = {take.cue.steps[index].chord for index in span}
    return len(chords) <= max(2, round(len(span) * _FEW_CHORDS))
