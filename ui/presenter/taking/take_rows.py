"""Rows of the list of takes: what is shown of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hitpoint.core.compose.kept_takes import FROM_CUTS, WITH_PICTURE, KeptTake
from hitpoint.core.compose.takes import Take, cut_agreement, wish_agreement
from hitpoint.core.cue.cue import steps_touching
from hitpoint.ui.lanes.drawing.labels import chord_label
from hitpoint.ui.presenter.taking.take_words import take_words
from hitpoint.ui.presenter.view_models import TakeRow

_CHORDS_SHOWN = 6


def take_rows(
    group: tuple[KeptTake, ...], tr: Callable[[str], str] = str, heard: tuple[int, int] | None = None
) -> list[TakeRow]:
    """The rows of one composing; they tell of what is heard.

    Args:
        group: its takes.
        tr: translates what is shown.
        heard: frames of the timeline that the cue sounds in; None for all of it.
    """
    composed = [kept for kept in group if not kept.is_before]
    spans = {id(kept): _told(kept, heard) for kept in group}
    if any(kept.is_version for kept in composed):
        told = [_version(kept, group[-1], spans[id(kept)], tr) for kept in composed]
    else:
        told = list(take_words([_judged(kept, spans[id(kept)]) for kept in composed], spans[id(group[0])], tr))
    words = dict(zip(map(id, composed), told, strict=True))
    return [_row(kept, _sighted(kept, words.get(id(kept)) or _before(tr), tr), spans[id(kept)]) for kept in group]


def _told(kept: KeptTake, heard: tuple[int, int] | None) -> range:
    """The steps of a take that are heard, or all of them where none is."""
    cue = kept.cue
    if heard is None:
        return kept.span
    first, end = max(heard[0], cue.start_frame), min(heard[1], cue.end_frame)
    if first >= end:
        return kept.span
    steps = steps_touching(cue, cue.edit.rate.seconds(first), cue.edit.rate.seconds(end))
    inside = range(max(steps.start, kept.span.start), min(steps.stop, kept.span.stop))
    return inside or kept.span


def _sighted(kept: KeptTake, words: str, _tr: Callable[[str], str]) -> str:
    """The words of a take after what it was composed from, where that is not both cuts and picture as ever."""
    if kept.sight == FROM_CUTS:
        return _tr("from the cuts") + ", " + words
    is_first = kept.sight == WITH_PICTURE and kept.letter == "A"  # the others are of its round
    return _tr("with the picture") + ", " + words if is_first else words


def _before(_tr: Callable[[str], str]) -> str:
    """The words for the state before a composing."""
    return _tr("as it was before")


def _judged(kept: KeptTake, told: range) -> Take:
    """A take with the figures of the steps that are told of."""
    take = kept.take
    if told == kept.span:
        return take
    return replace(take, cut_agreement=cut_agreement(take.cue, told), wish_agreement=wish_agreement(take.cue, told))


def _version(kept: KeptTake, before: KeptTake, told: range, _tr: Callable[[str], str]) -> str:
    """The share of a version's chords that are other ones than before, in words."""
    if not before.is_before:  # it was deleted
        return _tr("varied")
    span = slice(told.start, told.stop)
    pairs = zip(kept.cue.steps[span], before.cue.steps[span], strict=True)
    other = sum(new.chord != old.chord for new, old in pairs)
    if not other:
        return _tr("same chords, played otherwise")
    return _tr("{share} % of the chords other").format(share=max(round(100 * other / len(told)), 1))


def _row(kept: KeptTake, words: str, told: range) -> TakeRow:
    symbols: list[str] = []
    for index in told:
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
        is_from_cuts=kept.sight == FROM_CUTS,
    )
