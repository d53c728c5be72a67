"""Which ensemble plays where, as an editor writes it.

``A-B=NAME`` is for a stretch, ``A-B=NAME>NAME`` to pass from one to another.

Before such a passage the first ensemble plays and after it the second, as far as nothing else is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.styling import CURVES, StyleSpan, laid
from hitpoint.core.edit import Edit, written_stretch
from hitpoint.core.errors import OptionError

_STRETCH = re.compile(r"\s*(?P<start>[\d:;.,]*\d)\s*-\s*(?P<end>[\d:;.,]*\d)\s*=(?P<names>.*)", re.DOTALL)


def is_stretch(text: str) -> bool:
    """Whether a text names a stretch, ``A-B=…``, and no style for all of a cue."""
    return _STRETCH.fullmatch(text) is not None


def parsed_stretch(edit: Edit, text: str) -> StyleSpan:
    """The stretch of ``A-B=NAME``.

    Raises:
        OptionError: if it makes no sense, lies outside the edit, or there is no such style.
    """
    start, end, names = _parted(edit, text, "--style", "A-B=NAME, such as 10-20=strings")
    return StyleSpan(start, end, style_named(names).name)


def parsed_morph(edit: Edit, text: str, curve: str = "linear") -> StyleSpan:
    """The passage of ``A-B=NAME>NAME``.

    Raises:
        OptionError: if it makes no sense, lies outside the edit, or there is no such style or curve.
    """
    usage = 'A-B=style1>style2, such as "10-20=piano>strings"'
    start, end, names = _parted(edit, text, "--morph", usage)
    first, sign, second = (piece.strip() for piece in names.partition(">"))
    if not (sign and first and second):
        raise OptionError(f"--morph {text!r}: write {usage}")
    if curve not in CURVES:
        raise OptionError(f"--curve {curve!r}: choose one of {', '.join(CURVES)}")
    return StyleSpan(start, end, style_named(first).name, style_named(second).name, curve=curve)


def styling_of_wishes(
    style: str, wishes: Sequence[StyleSpan], start: int, end: int
) -> tuple[str, tuple[StyleSpan, ...]]:
    """The style of a cue and the stretches in which others play.

    Args:
        style: wished for all of it.
        wishes: stretches and passages, a later one over an earlier one.
        start: first frame of the cue.
        end: first frame after it.
    """
    inside = [one for one in laid((), wishes) if one.start_frame < end and one.end_frame > start]
    spans: list[StyleSpan] = []
    for place, span in enumerate(inside):
        before = inside[place - 1].end_frame if place else start
        after = inside[place + 1].start_frame if place + 1 < len(inside) else end
        if span.is_crossing and before < span.start_frame and not (place and inside[place - 1].is_crossing):
            spans.append(StyleSpan(before, span.start_frame, span.style))
        spans.append(span)
        if span.is_crossing and span.end_frame < after:
            spans.append(StyleSpan(span.end_frame, after, span.other))
    return _plain(style, laid((), spans), start, end)


def with_styles(cue: Cue, wishes: Sequence[StyleSpan]) -> Cue:
    """The cue with stretches and passages laid over those it has; outside of them nothing changes.

    How it is played is not known of what is new: see :func:`hitpoint.core.arrange.arranger.with_playing`.

    Raises:
        OptionError: if one lies outside the music.
    """
    for wish in wishes:
        if not cue.start_frame <= wish.start_frame < wish.end_frame <= cue.end_frame:
            raise OptionError(f"--style or --morph {'>'.join(wish.names)}: the stretch lies outside the music")
    spans = laid(cue.styling, wishes)
    playing = tuple(one and replace(one, voicing=None, figure=None) for one in cue.playing)
    return altered(cue, styling=tuple(o for o in spans if o.is_crossing or o.style != cue.style), playing=playing)


def _plain(style: str, spans: Sequence[StyleSpan], start: int, end: int) -> tuple[str, tuple[StyleSpan, ...]]:
    """The same with the style that begins as the cue's own where no other would play.

    No stretch that says nothing is left.
    """
    covered = start
    for span in spans:
        if span.start_frame > covered:
            break
        covered = max(covered, span.end_frame)
    own = spans[0].style if spans and covered >= end else style
    return own, tuple(one for one in spans if one.is_crossing or one.style != own)


def _parted(edit: Edit, text: str, option: str, usage: str) -> tuple[int, int, str]:
    found = _STRETCH.fullmatch(text)
    if found is None or not found["names"].strip():
        raise OptionError(f"{option} {text!r}: write {usage}")
    start, end = written_stretch(edit, found["start"], found["end"], f"{option} {text!r}")
    return start, end, found["names"].strip()
