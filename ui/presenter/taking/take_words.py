"""What a take is, in words: where it is clearly better, worse or otherwise than the takes beside it. No Qt.

Figures say little to an editor: that a take changes its chord on the cuts, comes close to a wished mood, is busier or
darker than the others says enough to know which to hear first. A take of which nothing of that can be said tells the
bar from which on its chords are others than those of the first, or what it is beside that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hitpoint.core.compose.takes import Take
from hitpoint.core.music.chord import Chord

_CLEARLY = 0.05  # of 0..1, by which a take must lead to be told so
_FEW_CHORDS = 0.2  # different chords a step, up to which a stretch goes round in circles
_LONG = 8  # steps that a stretch must have for that to be told
_SOMEWHAT = 0.5  # of what is clear, by which a take must be apart from the first
_MOST = 3  # things that are told of one take
_STEPS_PER_BAR = 2

Figure = Callable[[Take, range], float]


@dataclass(frozen=True)
class _Contrast:
    """Something that takes may have more or less of.

    Attributes:
        more: what is said of the take that has clearly most of it.
        less: of the one that has clearly least.
        figure: how much of it a take has.
        clearly: by how much it must be apart from all others.
    """

    more: str
    less: str
    figure: Figure
    clearly: float


def take_words(takes: Sequence[Take], span: range, tr: Callable[[str], str] = str) -> tuple[str, ...]:
    """A few words for each take of a stretch; the one with the best score is recommended.

    Args:
        takes: of one composing.
        span: of the steps that were composed.
        tr: translates what is shown.
    """
    if len(takes) < 2:
        return tuple(", ".join(_known(take, span, tr)) or _first_chords(take, span, tr) for take in takes)
    said: list[list[str]] = [[] for _ in takes]
    for contrast in _contrasts(tr):
        figures = [contrast.figure(take, span) for take in takes]
        for text, turn in ((contrast.more, 1.0), (contrast.less, -1.0)):
            leader = _leader([turn * figure for figure in figures], contrast.clearly)
            if leader is not None and text and len(said[leader]) < _MOST:
                said[leader].append(text)
    for index, take in enumerate(takes):
        said[index] += _known(take, span, tr)
        if index and not said[index]:
            said[index].append(_beside(take, takes[0], span, tr) or _otherwise(take, takes[0], span, tr))
    best = max(range(len(takes)), key=lambda index: takes[index].score)  # the first of equals
    said[best].insert(0, _recommended(tr))
    said[0] = said[0] or [_heard_first(tr)]
    return tuple(", ".join(words) for words in said)


def _recommended(_tr: Callable[[str], str]) -> str:
    """What is said of the first take."""
    return _tr("recommended")


def _heard_first(_tr: Callable[[str], str]) -> str:
    """What is said of the first take where nothing else is."""
    return _tr("composed first")


def _contrasts(_tr: Callable[[str], str]) -> tuple[_Contrast, ...]:
    """What takes are compared in, what matters most first."""
    return (
        _Contrast(_tr("most on the cuts"), "", lambda take, span: take.cut_agreement, _CLEARLY),
        _Contrast(_tr("closest to your mood"), "", lambda take, span: take.wish_agreement, _CLEARLY),
        _Contrast(_tr("faster"), _tr("slower"), lambda take, span: _tempo(take), 3.0),
        _Contrast(_tr("more chord changes"), _tr("fewer chord changes"), _changes, 0.06),
        _Contrast(_tr("more minor chords"), _tr("more major chords"), _minor, 0.1),
        _Contrast(_tr("busier"), _tr("sparser"), _density, 0.7),
        _Contrast(_tr("more different chords"), "", _different, 0.06),
    )


def _known(take: Take, span: range, _tr: Callable[[str], str]) -> list[str]:
    """What can be said of a take by itself."""
    words = []
    if take.copying > 0:
        words.append(_tr("much like a known song"))
    if _goes_round(take, span):
        words.append(_tr("repeats itself"))
    return words


def _first_chords(take: Take, span: range, _tr: Callable[[str], str]) -> str:
    """What is said of the only take."""
    count = len(set(_chords(take, span)))
    return _tr("one chord throughout") if count == 1 else _tr("{count} different chords").format(count=count)


def _beside(take: Take, first: Take, span: range, _tr: Callable[[str], str]) -> str:
    """What a take is in comparison with the first one; empty where nothing is clearly other."""
    key = take.cue.key_at(span.start)
    if key != first.cue.key_at(span.start):
        return _tr("in {key}").format(key=key)
    apart = [
        ((one.figure(take, span) - one.figure(first, span)) / one.clearly, one) for one in _contrasts(_tr) if one.less
    ]
    most, contrast = max(apart, key=lambda pair: abs(pair[0]))
    if abs(most) < _SOMEWHAT:
        return ""
    return _tr("{more} than A").format(more=contrast.more if most > 0 else contrast.less)


def _otherwise(take: Take, first: Take, span: range, _tr: Callable[[str], str]) -> str:
    """From which bar on a take has other chords than the first, or that it has the same."""
    pairs = zip(span, _chords(take, span), _chords(first, span), strict=False)
    apart = next((index for index, now, then in pairs if now != then), None)
    if apart is None:
        return _tr("the same chords, played otherwise")
    plan = take.cue.plan
    bar = (apart // _STEPS_PER_BAR if plan is None else plan.bar_of(apart)) + 1
    return _tr("other chords from bar {bar} on").format(bar=bar)


def _leader(figures: Sequence[float], clearly: float) -> int | None:
    """The number of the highest figure if it is clearly above all others; None if none is."""
    order = sorted(range(len(figures)), key=lambda index: -figures[index])
    if len(order) < 2 or figures[order[0]] - figures[order[1]] < clearly:
        return None
    return order[0]


def _tempo(take: Take) -> float:
    """Quarter notes a minute, on the mean."""
    cue = take.cue
    return 60 * float(cue.tempo.beat_at(cue.seconds) / cue.seconds)


def _chords(take: Take, span: range) -> list[Chord]:
    """The chords of a stretch, as far as the take reaches."""
    return [step.chord for step in take.cue.steps[span.start : span.stop]]


def _changes(take: Take, span: range) -> float:
    """Chord changes a step."""
    chords = _chords(take, span)
    return sum(a != b for a, b in pairwise(chords)) / max(len(chords) - 1, 1)


def _minor(take: Take, span: range) -> float:
    """The share of steps whose chord is of the minor kind."""
    chords = _chords(take, span)
    return sum(chord.is_minor_type for chord in chords) / max(len(chords), 1)


def _different(take: Take, span: range) -> float:
    """Different chords a step."""
    chords = _chords(take, span)
    return len(set(chords)) / max(len(chords), 1)


def _density(take: Take, span: range) -> float:
    """Notes a second, on the mean."""
    steps = take.cue.steps[span.start : span.stop]
    return sum(step.density for step in steps) / max(len(steps), 1)


def _goes_round(take: Take, span: range) -> bool:
    """Whether a long stretch has few different chords."""
    chords = _chords(take, span)
    return len(chords) >= _LONG and len(set(chords)) <= max(2, round(len(chords) * _FEW_CHORDS))
