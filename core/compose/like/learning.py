"""From recordings that were heard to a style of their own: steps, attributes, and the vector that makes them likely.

Recordings are read as composing writes: a step is half a bar, chords stand in the model's key, places tell bar, phrase
and section. How good a style is, is measured where it was not learnt: it is learnt from the first half of each
recording and judged on the second, beside the attributes alone; only then is it learnt from all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.compose.harmony.degrees import token_in
from hitpoint.core.compose.like.learnt_style import LearntStyle
from hitpoint.core.errors import OptionError
from hitpoint.core.listening.listening import Listening
from hitpoint.core.model.conditions import ATTRIBUTES, NO_WISH, Conditions, conditions_of, levels_of
from hitpoint.core.model.inversion import StylePiece, learnt_style, style_nats
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.places import PlacedSection, Places, places_of
from hitpoint.core.model.vocabulary import SILENCE, chord_of
from hitpoint.core.progress import SILENT, Progress

_FEWEST = 32  # steps of all recordings together
_LONGEST = 128  # steps that are learnt from at once
_MOST = 512  # steps of one recording; a quarter of an hour
_PHRASE = 4  # bars
_PLACED_MANNER = 2  # the source in which pieces with bars are composed
_INSIDE = 0.1  # seconds after the start of a step at which its chord is looked up
_FEATURES = 776


@dataclass(frozen=True, eq=False)
class Steps:
    """A recording as half bars.

    Attributes:
        tokens: (n,) chords in the model's key, of the recording's first key.
        is_minor: of that key.
        places: (n, columns).
    """

    tokens: NDArray[np.int64]
    is_minor: bool
    places: Places

    @property
    def minor_share(self) -> float:
        """Of the steps, those with a chord of minor type."""
        return float(np.mean([chord_of(int(token)).is_minor_type for token in self.tokens]))

    @property
    def change_rate(self) -> float:
        """Changes a step."""
        return float(np.mean(self.tokens[1:] != self.tokens[:-1])) if len(self.tokens) > 1 else 0.0


def learn_style(
    model: MemoryAMT, fingerprint: str, name: str, heard: Sequence[tuple[str, Listening]], progress: Progress = SILENT
) -> LearntStyle:
    """A style from recordings.

    Args:
        model: of chords, in float32.
        fingerprint: of its weights.
        name: of the style.
        heard: what each recording is called, and what it plays.
        progress: of learning.

    Raises:
        OptionError: if there is too little to learn from.
        Cancelled: if stopped.
    """
    steps = [found for found in (steps_of(listening) for _, listening in heard) if found is not None]
    count = sum(len(one.tokens) for one in steps)
    if count < _FEWEST:
        raise OptionError(
            f"{', '.join(source for source, _ in heard)}: {count} half bars with chords are heard, and a style takes "
            f"{_FEWEST}: give longer recordings, or more of them"
        )
    minor, rate = _mean(steps, "minor_share"), _mean(steps, "change_rate")
    vector = learnt_style(model, _pieces(steps, (0.0, 1.0), (minor, rate)), progress=progress.part(0.5, 1.0))
    without, within, judged = _judged(model, steps, progress.part(0.0, 0.5))
    tempi = [listening.bpm for _, listening in heard if listening.bpm is not None]
    return LearntStyle(
        name=name,
        sources=tuple(source for source, _ in heard),
        seconds=round(sum(listening.seconds for _, listening in heard), 3),
        chord_model=fingerprint,
        is_minor=float(np.mean([one.is_minor for one in steps])) > 0.5,
        bpm=round(float(np.median(tempi)), 2) if tempi else None,
        minor_share=round(minor, 4),
        change_rate=round(rate, 4),
        chords=tuple(_changes(one.tokens) for one in steps),
        vector=vector,
        nats_attributes=round(without, 4),
        nats_style=round(within, 4),
        judged=judged,
    )


def steps_of(heard: Listening) -> Steps | None:
    """The half bars of a recording; None where no bars or no chords are heard."""
    if heard.key is None or len(heard.downbeats) < 3:
        return None
    bars = list(pairwise(heard.downbeats))[: _MOST // 2]
    tokens, last = [], SILENCE
    for start, end in bars:
        for half in (start, (start + end) / 2):
            at = half + min(_INSIDE, (end - start) / 8)
            chord = next((one for one in heard.chords if one.start <= at < one.end), None)
            if chord is not None and chord.token != SILENCE:
                last = token_in(chord_of(chord.token), heard.key)
            tokens.append(last)
    known = np.array(tokens, np.int64)
    first = int(np.argmax(known != SILENCE)) // 2
    if not (known != SILENCE).any():
        return None
    sections = _placed(heard, [start for start, _ in bars[first:]])
    return Steps(known[2 * first :], heard.key.is_minor, places_of(sections, "half", (2,) * (len(bars) - first)))


def _placed(heard: Listening, starts: Sequence[float]) -> list[PlacedSection]:
    """The sections in whole bars, in phrases of four; one free stretch where none were heard."""
    labels = [
        next((section.label for section in heard.sections if section.start <= start + _INSIDE < section.end), "")
        for start in starts
    ]
    found, first = [], 0
    for bar in range(1, len(labels) + 1):
        if bar == len(labels) or labels[bar] != labels[first]:
            length = bar - first
            phrases = (_PHRASE,) * (length // _PHRASE) + ((length % _PHRASE,) if length % _PHRASE else ())
            found.append(PlacedSection(length, labels[first], phrases))
            first = bar
    return found


def _pieces(steps: Sequence[Steps], part: tuple[float, float], attributes: tuple[float, float]) -> list[StylePiece]:
    """A part, shares 0..1, of each recording, in pieces that are heard at once."""
    found = []
    for one in steps:
        low, high = (round(share * len(one.tokens) / 2) * 2 for share in part)
        for start in range(low, high, _LONGEST):
            rows = slice(start, min(start + _LONGEST, high))
            if rows.stop - rows.start > 1:
                asked = _conditions(one.places[rows], attributes)
                found.append(StylePiece(one.tokens[rows], one.is_minor, asked, _PLACED_MANNER))
    return found


def _judged(model: MemoryAMT, steps: Sequence[Steps], progress: Progress) -> tuple[float, float, int]:
    """Nats a chord of the second halves, and how many chords there are.

    With the attributes of the first halves, and with a style learnt there.
    """
    halves = [Steps(one.tokens[: len(one.tokens) // 2], one.is_minor, one.places) for one in steps]
    attributes = _mean(halves, "minor_share"), _mean(halves, "change_rate")
    vector = learnt_style(model, _pieces(steps, (0.0, 0.5), attributes), progress=progress)
    later = _pieces(steps, (0.5, 1.0), attributes)
    sizes = np.array([len(piece.tokens) for piece in later], np.float64)
    without, within = (
        float(np.average([style_nats(model, piece, style) for piece in later], weights=sizes)) for style in ((), vector)
    )
    return without, within, int(sizes.sum())


def _conditions(places: Places, attributes: tuple[float, float]) -> Conditions:
    levels = np.full((len(places), len(ATTRIBUTES)), NO_WISH, np.int64)
    for column, (name, value) in enumerate(zip(("minor_share", "change_rate"), attributes, strict=True)):
        levels[:, column] = levels_of(name, value)
    nothing_seen = np.full((len(places), _FEATURES), np.nan, np.float32)
    return conditions_of(nothing_seen, levels=levels, places=places)


def _mean(steps: Sequence[Steps], name: str) -> float:
    """Of a property, each recording by its length."""
    return float(np.average([getattr(one, name) for one in steps], weights=[len(one.tokens) for one in steps]))


def _changes(tokens: NDArray[np.int64]) -> tuple[int, ...]:
    """Each chord once, however long it is held."""
    kept = np.append(True, tokens[1:] != tokens[:-1])
    return tuple(int(token) for token in tokens[kept])
