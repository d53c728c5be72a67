"""Rows of the list of takes: what is shown of each."""

from __future__ import annotations

from collections.abc import Callable

from hitpoint.core.compose.kept_takes import KeptTake
from hitpoint.ui.lanes.drawing.labels import chord_label
from hitpoint.ui.presenter.taking.take_words import take_words
from hitpoint.ui.presenter.view_models import TakeRow

_CHORDS_SHOWN = 6


def take_rows(group: tuple[KeptTake, ...], tr: Callable[[str], str] = str) -> list[TakeRow]:
    """The rows of one composing."""
    composed = [kept for kept in group if not kept.is_before]
    if any(kept.is_version for kept in composed):
        told = [_version(kept, group[-1], tr) for kept in composed]
    else:
        told = list(take_words([t.take for t in composed], group[0].span, tr))
    words = dict(zip(map(id, composed), told, strict=True))
    return [_row(kept, words.get(id(kept)) or _before(tr)) for kept in group]


def _before(_tr: Callable[[str], str]) -> str:
    """The words for the state before a composing."""
    return _tr("as it was before")


def _version(kept: KeptTake, before: KeptTake, _tr: Callable[[str], str]) -> str:
    """The share of a version's chords that are other ones than before, in words."""
    if not before.is_before:  # it was deleted
        return _tr("varied")
    span = slice(kept.span.start, kept.span.stop)
    pairs = zip(kept.cue.steps[span], before.cue.steps[span], strict=True)
    other = sum(new.chord != old.chord for new, old in pairs)
    if not other:
        return _tr("same chords, played otherwise")
    return _tr("{share} % of the chords other").format(share=max(round(100 * other / len(kept.span)), 1))


def _row(kept: KeptTake, words: str) -> TakeRow:
    symbols: list[str] = []
    for index in kept.span:
        symbol = chord_label(kept.cue.steps[index].chord, flats=kept.cue.key.uses_flats)
        if not symbols or symbols[-1] != symbol:
            symbols.append(symbol)
    more = " …" if len(symbols) > _CHORDS_SHOWN else ""
    chords = "  ".join(symbols[:_CHORDS_SHOWN]) + more
    take = kept.take
    return TakeRow(
        kept.letter,
        words,
        take.score,
        take.likelihood,
        take.cut_agreement,
        take.wish_agreement,
        chords,
        take.seed,
        round=kept.round,
        name=kept.name,
        is_pinned=kept.is_pinned,
        has_figures=not kept.is_before and not kept.is_version,
        is_before=kept.is_before,
    )
