"""Who plays when: parts enter one after the other, grow to the summit, and leave one alone after it.

Nothing stays equally full for long: inside a plateau a bar or two are thinner now and then (:mod:`dips`).

A force is the share of the players that play in a bar; 0 is a rest, :data:`SOLO` is one of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from hitpoint.core.compose.form.arc import RISE_SECONDS
from hitpoint.core.compose.form.dips import with_dips
from hitpoint.core.cue.form.form_plan import PlannedSection
from hitpoint.core.cue.form.section_names import EPISODE, INTRO, RELEASE

SOLO = 0.01
_ENTRIES = (SOLO, 0.4, 0.6, 0.8)  # of the first bars, spread over the first phrase
_ENTRY_BARS, _ENTRY_SECONDS = 8, 14.0  # that the entries take at most, where the cue begins quietly
_QUIET, _LIVELY, _LEAST_SECONDS = (
    0.2,
    0.6,
    3.0,
)  # tension of a quiet beginning and of a lively one, which has all in so soon
_AT_ONCE = 0.6  # of those who would still wait, how many begin with a lively picture
_LEAST = 0.45  # of the players that play when nothing is tense
_FROM_TENSION = 0.75
_RISE_FROM, _RISE_TO = (
    (0.45, 0.6),
    (0.8, 0.95),
)  # the least and the most share of players at the start and the end of the rise
_ENDING_BARS, _ENDING = 4, 0.85  # bars that lead to the last chord, and the least share of the players in them
_CALM_ENDING = 0.55  # of them that play there when nothing is tense
_CALM_SHARE = 0.5  # of the players that are left out where the greatest calm is wished for
_SOLO_FROM, _REST_FROM = 50.0, 100.0  # seconds of music from which there is a solo after the summit, a rest before it
_END_BARS = 8  # that a cue goes on for after a solo begins, at least, so that it ends with all
_LET_GO = 0.9  # of the tension of the section before, the most that a solo may have
_TERRACED_FROM, _TERRACE_BARS, _TERRACE = 18.0, 4, 0.65  # seconds of a long summit, its full bars, the share after them
_STIRRED = 0.25  # arousal from which a feeling is a lively one, and below whose opposite it is a calm one
_SOLO_EVERY = 110.0  # seconds from one solo to the next, in a long cue
_BREATH_EVERY = 140.0  # seconds after which one is alone for a bar where the tension does not let go


def forces_of(
    sections: Sequence[PlannedSection],
    tension: Sequence[float],
    times: Sequence[float],
    final_bar: int,
    rng: np.random.Generator,
    busy: frozenset[int] = frozenset(),
    *,
    rises: bool = False,
    arousals: Sequence[float] = (),
) -> tuple[float, ...]:
    """The force of each bar.

    Args:
        sections: of the plan.
        tension: a bar.
        times: at which each bar starts, and the end, in seconds from the start of the music.
        final_bar: from which on all play the last chord.
        rng: chooses between a rest and a solo.
        busy: bars that lead to a moment which is met in full, or meet it: nobody leaves there.
        rises: whether the music is led up to its summit.
        arousals: of each bar's feeling, -1..1; empty for neither lively nor calm throughout.
    """
    forces = [min(_LEAST + _FROM_TENSION * value, 1.0) for value in tension]
    for section in sections:
        for bar in range(section.first_bar, section.end_bar):
            if section.summit and len(sections) > 1:
                forces[bar] = 1.0
            elif section.name in (INTRO, EPISODE):
                forces[bar] = round(forces[bar] * 0.8, 3)
    _terrace(forces, next(section for section in sections if section.summit), times, busy)
    rise = _rise_of(sections, times) if rises else range(0)
    _rise(forces, rise, times)
    for bar in range(max(final_bar - _ENDING_BARS, 0), final_bar):
        forces[bar] = max(forces[bar], min(_CALM_ENDING + _FROM_TENSION * tension[bar], _ENDING))
    _enter(forces, sections[0], times, final_bar, tension[0])
    if times[-1] >= _SOLO_FROM:
        _solos(forces, sections, tension, times, final_bar, busy)
    if times[-1] >= _REST_FROM:
        _rest(forces, sections, rng, arousals)
    forces[:final_bar] = with_dips(forces[:final_bar], sections, times, busy | frozenset(rise))
    forces[final_bar:] = [1.0] * (len(forces) - final_bar)
    return tuple(round(force, 3) for force in forces)


def thinned(forces: Sequence[float], arousals: Sequence[float | None]) -> tuple[float, ...]:
    """The forces where calm is asked for: the calmer, the fewer play, at the summit too.

    Args:
        forces: a bar.
        arousals: of the feeling that is wished for in each bar, -1..1; None where none is.
    """
    shares = [1.0 + _CALM_SHARE * min(arousal or 0.0, 0.0) for arousal in arousals]
    return tuple(
        force if force <= SOLO else round(force * share, 3) for force, share in zip(forces, shares, strict=True)
    )


def _terrace(forces: list[float], summit: PlannedSection, times: Sequence[float], busy: frozenset[int]) -> None:
    """Every other phrase of a long summit is left to fewer, so that it is no plateau: not the first, nor the last."""
    if times[summit.end_bar] - times[summit.first_bar] < _TERRACED_FROM or forces[summit.first_bar] < 1.0:
        return
    first = summit.first_bar
    was_full = False
    for length in summit.phrases:
        bars = range(first, first + length)
        first += length
        is_thin = was_full and bars.start - summit.first_bar >= _TERRACE_BARS and bars.stop < summit.end_bar
        if is_thin and not busy & set(bars[1:-1]):
            for bar in bars:
                forces[bar] = _TERRACE
            was_full = False
        else:
            was_full = True


def _rise_of(sections: Sequence[PlannedSection], times: Sequence[float]) -> range:
    """The bars of the rise to the summit: the last :data:`RISE_SECONDS` of the section before it."""
    summit = next(index for index, section in enumerate(sections) if section.summit)
    if summit == 0:
        return range(0)
    before, top = sections[summit - 1], sections[summit].first_bar
    first = next((bar for bar in range(before.first_bar, top) if times[top] - times[bar] <= RISE_SECONDS), top)
    return range(first, top)


def _rise(forces: list[float], rise: range, times: Sequence[float]) -> None:
    """One after the other comes in before the summit; some are left to enter on it."""
    for bar in rise:
        share = (times[bar] - times[rise.start]) / (times[rise.stop] - times[rise.start])
        least, most = (low + share * (high - low) for low, high in zip(_RISE_FROM, _RISE_TO, strict=True))
        forces[bar] = round(min(max(forces[bar], least), most), 3)


def _enter(forces: list[float], first: PlannedSection, times: Sequence[float], final_bar: int, tension: float) -> None:
    """One after the other, in the first bars of the first section; the sooner, the livelier the picture begins."""
    most = min(_ENTRY_BARS, first.bars // 2, final_bar)
    lively = min(max((tension - _QUIET) / (_LIVELY - _QUIET), 0.0), 1.0)
    seconds = _ENTRY_SECONDS - lively * (_ENTRY_SECONDS - _LEAST_SECONDS)
    bars = [bar for bar in range(most) if times[bar] < seconds]
    for bar in bars:
        share = bar / max(len(bars), 1)
        entered = _ENTRIES[min(int(share * len(_ENTRIES)), len(_ENTRIES) - 1)]
        forces[bar] = min(forces[bar], entered + _AT_ONCE * lively * (1.0 - entered))


def _solos(
    forces: list[float],
    sections: Sequence[PlannedSection],
    tension: Sequence[float],
    times: Sequence[float],
    final_bar: int,
    busy: frozenset[int],
) -> None:
    """One alone where the release after the summit begins, and now and then where a section does.

    Where the tension lets go, two bars of the new section; else, if another breath is due, the last bar before it.
    """
    top = next(times[section.first_bar] for section in sections if section.summit)
    last = 0.0
    for before, section in pairwise(sections):
        start = times[section.first_bar]
        last = max(last, top) if start > top else last
        waited = 0.0 if section.summit else start - last
        bars = range(section.first_bar, min(section.first_bar + section.phrases[0], section.first_bar + 2))
        lets_go = _mean(tension, bars) <= _LET_GO * _mean(tension, range(before.first_bar, before.end_bar))
        leaves_an_end = final_bar - section.first_bar >= _END_BARS
        is_named = (before.summit and section.name == RELEASE) or (waited >= _SOLO_EVERY and section.name == EPISODE)
        if is_named and leaves_an_end and lets_go:
            alone = [bar for bar in bars if bar < final_bar]
        elif waited >= _BREATH_EVERY and leaves_an_end and abs(top - start) >= _SOLO_EVERY / 2:
            alone = [bar for bar in (section.first_bar - 1,) if bar not in busy and before.bars >= _END_BARS]
        else:
            continue
        for bar in alone:
            forces[bar] = SOLO
        last = start if alone else last


def _mean(tension: Sequence[float], bars: range) -> float:
    return sum(tension[bar] for bar in bars) / len(bars)


def _rest(
    forces: list[float], sections: Sequence[PlannedSection], rng: np.random.Generator, arousals: Sequence[float]
) -> None:
    """A bar of rest before the summit where the feeling is lively, of one alone where it is calm, else either."""
    summit = next(section for section in sections if section.summit)
    before = summit.first_bar - 1
    if before > 3:
        is_rest, arousal = bool(rng.integers(2)), arousals[before] if arousals else 0.0
        forces[before] = 0.0 if arousal >= _STIRRED or (is_rest and arousal > -_STIRRED) else SOLO
