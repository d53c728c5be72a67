"""Stretches of songs as the memory model reads them: sampled anew, with locks, wishes, and pictures hidden at times.

Row ``i`` of everything belongs to step ``i`` of the window, which is what ``targets[i]`` says; ``tokens`` are one
behind. The picture, the locks, the wishes and the clock are known for all steps before the first chord is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from hitpoint.core.model.conditions import ATTRIBUTES, FREE, GROUPS, NO_WISH, Conditions, conditions_of
from hitpoint.core.model.config import VIDEO_FEATURES
from hitpoint.core.model.infill import hearing_order
from hitpoint.core.model.networks.condition_encoder import ConditionBatch, stacked
from hitpoint.core.model.networks.pointers import BEGIN
from hitpoint.core.model.places import hidden_places
from hitpoint.core.model.vocabulary import END, PAD
from hitpoint.core.training.data.attributes import attribute_levels
from hitpoint.core.training.data.batches import song_video
from hitpoint.core.training.data.datasets import PUBLISHED_STEPS, Floats, Song, Tokens
from hitpoint.core.training.data.segments import SOURCES, TimedChords, sample_times, sampled

PICTURE = ("semantic", "scene", "motion", "emotion")  # the groups that come from the picture

_FLICKER = 0.3  # seconds; 21 % of the recogniser's chords are shorter than half a second
_SHORTEST_WINDOW = 48  # steps a window has at least, where it does not begin with its song
_WISH_WIDTHS = (8, 16, 32)  # seconds over which attributes are taken

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class WindowRecipe:
    """How often what happens to a window; all but ``steps`` and ``stretch`` are shares of the windows.

    Attributes:
        steps: longest window.
        stretch: chords are sampled every ``1 / stretch`` to ``stretch`` seconds.
        from_start: begin where their song does.
        cleaned: have chords below .3 s replaced by the one before.
        hide_semantic: show no CLIP rows.
        hide_emotion: show no emotion.
        hide_group: show no scene; no motion; no clock: each.
        hide_picture: show no picture at all.
        lock_points: have 5 to 50 % of their steps locked, anywhere.
        lock_around: have all but a span of 4 to 64 steps locked, or all but several.
        lock_before: have a beginning locked.
        lock_turned: have all but a span locked, and are heard in the order of :mod:`~hitpoint.core.model.infill`.
        wishes: carry attribute levels.
        hide_wish: of those, each attribute's share that is left out.
        hide_places: three shares of the windows of songs with bars: place in the bar, in the phrase, in the section.
        nameless: share of those that do not say of which corpus they are.
        most_spans: a number, no share: all but one to so many spans are locked; they may overlap.
    """

    steps: int = 256
    stretch: float = 1.18
    from_start: float = 0.75
    cleaned: float = 0.3
    hide_semantic: float = 0.5
    hide_emotion: float = 0.2
    hide_group: float = 0.1
    hide_picture: float = 0.1
    lock_points: float = 0.15
    lock_around: float = 0.2
    lock_before: float = 0.1
    lock_turned: float = 0.0
    wishes: float = 0.5
    hide_wish: float = 0.3
    hide_places: tuple[float, float, float] = (0.1, 0.15, 0.25)
    nameless: float = 0.3
    most_spans: int = 1


@dataclass(frozen=True, eq=False)
class MemoryWindow:
    """A stretch of a song.

    Attributes:
        tokens: (T,) BEGIN, then the chords.
        targets: (T,) what follows each token; PAD for the first of a window that does not begin with its song. Locked
            steps are asked for too: without that the model does not learn to read locks.
        levels: (T, 4) attribute levels of the music, NO_WISH where unknown.
        conditions: of the T steps, or of one more.
        is_minor: the song's mode.
        source: index into :data:`~hitpoint.core.training.data.segments.SOURCES`.
    """

    tokens: Tokens
    targets: Tokens
    levels: Tokens
    conditions: Conditions
    is_minor: bool
    source: int


@dataclass(frozen=True, eq=False)
class MemoryBatch:
    """Windows side by side, as :meth:`~hitpoint.core.model.networks.memory_amt.MemoryAMT.forward` takes them.

    ``tokens`` and ``targets`` (batch, time) are padded with PAD, ``levels`` (batch, time, 4) with NO_WISH;
    ``is_minor`` and ``source`` are (batch,).
    """

    tokens: Tensor
    targets: Tensor
    levels: Tensor
    is_minor: Tensor
    source: Tensor
    conditions: ConditionBatch


def whole_window(chords: TimedChords, max_steps: int = PUBLISHED_STEPS, hidden: Sequence[str] = ()) -> MemoryWindow:
    """The song from its first second on, once a second, as it is measured: no locks, no wishes, END if it fits.

    ``hidden`` names groups of columns that the model shall not see.
    """
    return _window(chords, _Sampling(1.0, 0.0), 0, max_steps, native_picture(chords.song), hidden)


def drawn_window(
    chords: TimedChords, rng: np.random.Generator, recipe: WindowRecipe, picture: Mapping[str, Floats]
) -> MemoryWindow:
    """A window for training, everything about it drawn with ``rng``; ``picture`` is :func:`native_picture` of it."""
    step = float(np.exp(rng.uniform(-np.log(recipe.stretch), np.log(recipe.stretch))))
    sampling = _Sampling(step, float(rng.random()) * step, _FLICKER if rng.random() < recipe.cleaned else 0.0)
    if chords.places is not None:
        sampling = _Sampling(1.0, 0.0)
    latest = len(sampling.times(chords)) - _SHORTEST_WINDOW
    is_inside = rng.random() >= recipe.from_start and latest > 1
    begin = int(rng.integers(1, latest)) if is_inside else 0
    window = _window(chords, sampling, begin, recipe.steps, picture, _hidden(rng, recipe))
    width = int(rng.choice(_WISH_WIDTHS))
    spoken = np.append(window.tokens[1:], window.targets[-1])
    count = len(spoken) - int(spoken[-1] == END)
    rows = sampling.rows(chords)[begin : begin + count]
    levels = np.full((len(spoken), len(ATTRIBUTES)), NO_WISH, dtype=np.int64)
    levels[:count] = attribute_levels(spoken[:count], width, chords.song, rows)
    places = window.conditions.places
    conditions = replace(
        window.conditions,
        places=None if places is None else hidden_places(places, recipe.hide_places, rng.random(3).tolist()),
        locks=_lengthened(np.where(lock_mask(rng, count, recipe), spoken[:count], FREE), window.conditions, FREE),
        levels=_lengthened(_wished(rng, levels[:count], recipe), window.conditions, NO_WISH),
    )
    if places is not None and rng.random() < recipe.nameless:
        window = replace(window, source=0)
    window = replace(window, levels=levels, conditions=conditions)
    return turned_window(window, _span(rng, count)) if rng.random() < recipe.lock_turned else window


def turned_window(window: MemoryWindow, span: range, longest: int = PUBLISHED_STEPS) -> MemoryWindow:
    """The window with all but a span of its chords locked, in the order in which that span is filled in.

    The first chord heard is not asked for.
    """
    chords = np.append(window.tokens[1:], window.targets[-1])
    count = len(chords) - int(chords[-1] == END)
    order = hearing_order(count, span, longest)
    heard = chords[order.rows]
    targets = heard.copy()
    targets[0] = PAD
    place = np.arange(len(heard))
    is_free = (place >= order.start) & (place < order.stop)
    conditions = replace(window.conditions.in_order(order.rows), locks=np.where(is_free, FREE, heard))
    tokens = np.append(BEGIN, heard[:-1])
    return replace(window, tokens=tokens, targets=targets, levels=window.levels[order.rows], conditions=conditions)


def lock_mask(rng: np.random.Generator, steps: int, recipe: WindowRecipe) -> Mask:
    """Which steps are locked: points, all but some spans, a beginning, or none."""
    points, around, before = np.cumsum((recipe.lock_points, recipe.lock_around, recipe.lock_before))
    draw = rng.random()
    if draw < points:
        return np.asarray(rng.random(steps) < rng.uniform(0.05, 0.5))
    if draw < around:
        return _all_but_spans(rng, steps, int(rng.integers(1, recipe.most_spans + 1)) if recipe.most_spans > 1 else 1)
    length = int(rng.integers(1, max(2, steps - 16))) if draw < before else 0
    return np.asarray(np.arange(steps) < length)


def _all_but_spans(rng: np.random.Generator, steps: int, spans: int) -> Mask:
    mask = np.ones(steps, dtype=np.bool_)
    for _ in range(spans):
        span = _span(rng, steps)
        mask[span.start : span.stop] = False
    return mask


def _span(rng: np.random.Generator, steps: int) -> range:
    """A stretch of 4 to 64 steps."""
    length = int(rng.integers(4, 65))
    start = int(rng.integers(0, max(1, steps - length)))
    return range(start, min(start + length, steps))


def native_picture(song: Song | None) -> dict[str, Floats]:
    """The groups of a song's picture once a second, as the model reads them; empty for a corpus without pictures."""
    if song is None:
        return {}
    groups = conditions_of(song_video(song)).groups
    seen = {name: groups[name] for name in PICTURE if name in groups}
    semantic = song.features.semantic
    if semantic is not None and not np.isnan(semantic[:, 0]).any():
        seen["semantic"] = semantic  # the very rows: a copy of all songs' would take half a gigabyte
    return seen


def collated_windows(windows: Sequence[MemoryWindow], device: torch.device | None = None) -> MemoryBatch:
    """Windows of any lengths as one batch."""
    like = torch.zeros((), device=device)
    return MemoryBatch(
        tokens=_padded([window.tokens for window in windows], PAD).to(like.device),
        targets=_padded([window.targets for window in windows], PAD).to(like.device),
        levels=_padded([window.levels for window in windows], NO_WISH).to(like.device),
        is_minor=torch.tensor([int(window.is_minor) for window in windows], device=like.device),
        source=torch.tensor([window.source for window in windows], device=like.device),
        conditions=stacked([window.conditions for window in windows], like),
    )


@dataclass(frozen=True)
class _Sampling:
    """How a song is sampled: every ``step`` seconds from ``phase`` on, chords below ``shortest`` seconds left out."""

    step: float
    phase: float
    shortest: float = 0.0

    def times(self, chords: TimedChords) -> NDArray[np.float64]:
        """(n,) seconds at which the chords of a song are looked at."""
        return sample_times(chords.seconds, self.phase, self.step)

    def rows(self, chords: TimedChords) -> NDArray[np.intp]:
        """The second of the song in which each step lies."""
        return self.times(chords).astype(np.intp)


def _window(
    chords: TimedChords,
    sampling: _Sampling,
    begin: int,
    max_steps: int,
    picture: Mapping[str, Floats],
    hidden: Sequence[str],
) -> MemoryWindow:
    """At most ``max_steps`` targets from step ``begin`` on, everything free and nothing wished."""
    times = sampling.times(chords)
    stop = min(begin + max_steps, len(times))
    spoken = sampled(chords, times[begin:stop], sampling.shortest)
    if stop == len(times) and stop - begin < max_steps:
        spoken = np.append(spoken, END)
    targets = spoken.copy()
    if begin > 0:
        targets[0] = PAD
    rows = sampling.rows(chords)[begin:stop]
    return MemoryWindow(
        tokens=np.append(BEGIN, spoken[:-1]),
        targets=targets,
        levels=np.full((len(spoken), len(ATTRIBUTES)), NO_WISH, dtype=np.int64),
        conditions=_conditions(len(times), begin, stop, rows, picture, chords.places).without(*hidden),
        is_minor=chords.is_minor,
        source=SOURCES.index(chords.source),
    )


def _conditions(
    total: int,
    begin: int,
    stop: int,
    rows: NDArray[np.intp],
    picture: Mapping[str, Floats],
    places: Tokens | None = None,
) -> Conditions:
    """Clock and picture of the steps ``begin .. stop`` of ``total``; the picture's rows as they lie in the song."""
    unseen = np.full((total, VIDEO_FEATURES), np.nan, dtype=np.float32)
    window = conditions_of(unseen, places=places).window(begin, stop)
    rows = np.append(rows, rows[-1:]) if window.has_end else rows
    seen = {name: columns[np.minimum(rows, len(columns) - 1)] for name, columns in picture.items()}
    return replace(window, groups={**seen, **window.groups})


def _hidden(rng: np.random.Generator, recipe: WindowRecipe) -> list[str]:
    """Which groups a window shall not show."""
    shares = {"semantic": recipe.hide_semantic, "emotion": recipe.hide_emotion}
    hidden = [name for name in GROUPS if rng.random() < shares.get(name, recipe.hide_group)]
    return hidden + list(PICTURE) if rng.random() < recipe.hide_picture else hidden


def _wished(rng: np.random.Generator, levels: Tokens, recipe: WindowRecipe) -> Tokens:
    if rng.random() >= recipe.wishes:
        return np.full_like(levels, NO_WISH)
    return np.where(rng.random(len(ATTRIBUTES)) < recipe.hide_wish, np.int64(NO_WISH), levels)


def _lengthened(values: Tokens, conditions: Conditions, fill: int) -> Tokens:
    """The values with a row for the end where the conditions have one."""
    tail = np.full((int(conditions.has_end), *values.shape[1:]), fill, dtype=np.int64)
    return np.concatenate((values, tail))


def _padded(rows: Sequence[Tokens], fill: int) -> Tensor:
    table = np.full((len(rows), max(map(len, rows)), *rows[0].shape[1:]), fill, dtype=np.int64)
    for at, row in enumerate(rows):
        table[at, : len(row)] = row
    return torch.from_numpy(table)
