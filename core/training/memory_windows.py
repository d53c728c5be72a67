"""Stretches of songs as the memory model reads them: sampled anew, with locks, wishes, and pictures hidden at times.

Row ``i`` of everything belongs to second ``i`` of the window, which is what ``targets[i]`` says; ``tokens`` are one
behind. The picture, the locks, the wishes and the clock are known for all seconds before the first chord is written.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.features.features import SEMANTIC_SIZE
from hitpoint.core.model.vocabulary import END, PAD, VOCABULARY
from hitpoint.core.mood import MOODS, VALENCE_AROUSAL
from hitpoint.core.training.attributes import ATTRIBUTES, UNKNOWN, attribute_levels, moving_mean
from hitpoint.core.training.datasets import PUBLISHED_STEPS, Floats, Song, Tokens
from hitpoint.core.training.segments import TimedChords, sample_times, sampled

BEGIN = VOCABULARY  # 159: stands before the first chord of a window
GROUPS = ("semantic", "scene", "motion", "emotion", "clock")  # that can be hidden, in the order of ``present``
PICTURE = slice(0, 4)  # of GROUPS

_FLICKER = 0.3  # seconds; 21 % of the recogniser's chords are shorter than half a second
_SHORTEST_WINDOW = 48  # seconds a window has at least, where it does not begin with its song
_WISH_WIDTHS = (8, 16, 32)  # seconds over which attributes are taken
_FARTHEST_CUT, _LONGEST_SHOT, _FARTHEST_EDGE = 30.0, 60.0, 40  # seconds, beyond which time is not counted
_SMOOTH_EMOTION = 5  # seconds

_PLANE = np.array([VALENCE_AROUSAL[mood] for mood in MOODS], dtype=np.float32)  # (6, 2)

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
        lock_points: have 5 to 50 % of their seconds locked, anywhere.
        lock_around: have all but a span of 4 to 64 s locked.
        lock_before: have a beginning locked.
        wishes: carry attribute levels.
        hide_wish: of those, each attribute's share that is left out.
    """

    steps: int = 256
    stretch: float = 1.18
    from_start: float = 0.75
    cleaned: float = 0.3
    hide_semantic: float = 0.5
    hide_emotion: float = 0.2
    hide_group: float = 0.1
    hide_picture: float = 0.1
    lock_points: float = 0.12
    lock_around: float = 0.15
    lock_before: float = 0.08
    wishes: float = 0.4
    hide_wish: float = 0.3


@dataclass(frozen=True, eq=False)
class PictureRows:
    """What of the picture the model reads, a row a second: (T, 768), (T, 3), (T, 1) and (T, 8) floats.

    ``scene`` is whether there is a cut, and logarithms of the seconds since the last and to the next; ``motion`` a
    logarithm in standard deviations of the song; ``emotion`` twice the six probabilities, smoothed, valence, arousal.
    """

    semantic: Floats
    scene: Floats
    motion: Floats
    emotion: Floats

    def at(self, rows: NDArray[np.intp]) -> PictureRows:
        """The rows asked for."""
        return PictureRows(self.semantic[rows], self.scene[rows], self.motion[rows], self.emotion[rows])


@dataclass(frozen=True, eq=False)
class MemoryWindow:
    """A stretch of a song.

    Attributes:
        tokens: (T,) BEGIN, then the chords.
        targets: (T,) what follows each token; PAD where nothing is asked: locked seconds, and the first of a window
            that does not begin with its song.
        locks: (T,) locked chords, PAD where free.
        wishes: (T, 4) attribute levels that the model is shown, UNKNOWN where it is not.
        levels: (T, 4) attribute levels as they are.
        picture: None for a corpus without one.
        clock: (T, 4) logarithms of the seconds since the start and to the end, whether it is the start, the end.
        present: (5,) which of GROUPS the model is shown.
        is_minor: the song's mode.
        source: index into :data:`~hitpoint.core.training.segments.SOURCES`.
    """

    tokens: Tokens
    targets: Tokens
    locks: Tokens
    wishes: Tokens
    levels: Tokens
    picture: PictureRows | None
    clock: Floats
    present: Mask
    is_minor: bool
    source: int


def whole_window(
    chords: TimedChords, source: int, *, max_steps: int = PUBLISHED_STEPS, shown: Mask | None = None
) -> MemoryWindow:
    """The song from its first second on, once a second, as it is measured: no locks, no wishes, END if it fits.

    ``shown`` says which of GROUPS may be seen; None shows all that there are.
    """
    stretch = _stretch(chords, sample_times(chords.seconds, 0.0, 1.0), 0, max_steps, 0.0)
    present = _available(chords) if shown is None else _available(chords) & shown
    return _window(chords, stretch, source, present)


def drawn_window(chords: TimedChords, source: int, rng: np.random.Generator, recipe: WindowRecipe) -> MemoryWindow:
    """A window for training, everything about it drawn with ``rng``."""
    step = float(np.exp(rng.uniform(-np.log(recipe.stretch), np.log(recipe.stretch))))
    times = sample_times(chords.seconds, float(rng.random()) * step, step)
    shortest = _FLICKER if rng.random() < recipe.cleaned else 0.0
    begin, latest = 0, len(times) - _SHORTEST_WINDOW
    if rng.random() >= recipe.from_start and latest > 1:
        begin = int(rng.integers(1, latest))
    stretch = _stretch(chords, times, begin, recipe.steps, shortest)
    window = _window(chords, stretch, source, _available(chords) & _shown(rng, recipe))
    levels = window.levels.copy()
    width = int(rng.choice(_WISH_WIDTHS))
    levels[: stretch.count] = attribute_levels(stretch.chords, width, chords.song, stretch.rows[: stretch.count])
    locked = np.zeros(len(window.tokens), dtype=np.bool_)
    locked[: stretch.count] = lock_mask(rng, stretch.count, recipe)
    return MemoryWindow(
        tokens=window.tokens,
        targets=np.where(locked, PAD, window.targets),
        locks=np.where(locked, np.append(window.tokens[1:], END), PAD),
        wishes=_wished(rng, levels, recipe),
        levels=levels,
        picture=window.picture,
        clock=window.clock,
        present=window.present,
        is_minor=window.is_minor,
        source=source,
    )


def lock_mask(rng: np.random.Generator, seconds: int, recipe: WindowRecipe) -> Mask:
    """Which seconds are locked: points, all but a span, a beginning, or none."""
    points, around, before = np.cumsum((recipe.lock_points, recipe.lock_around, recipe.lock_before))
    draw = rng.random()
    if draw < points:
        return np.asarray(rng.random(seconds) < rng.uniform(0.05, 0.5))
    if draw < around:
        span = int(rng.integers(4, 65))
        start = int(rng.integers(0, max(1, seconds - span)))
        mask = np.ones(seconds, dtype=np.bool_)
        mask[start : start + span] = False
        return mask
    length = int(rng.integers(1, max(2, seconds - 16))) if draw < before else 0
    return np.asarray(np.arange(seconds) < length)


def picture_rows(song: Song, seconds: int) -> PictureRows:
    """The first ``seconds`` rows of a song's picture; the last known row is repeated where the folders end early."""
    seen = song.features.rows_at(np.arange(seconds))
    semantic = np.zeros((seconds, SEMANTIC_SIZE), np.float32) if seen.semantic is None else _filled(seen.semantic)
    motion = np.log1p(seen.motion)
    emotion = np.stack([moving_mean(column, _SMOOTH_EMOTION) for column in seen.emotion.T], axis=1)
    return PictureRows(
        semantic=semantic,
        scene=_scene(seen.scene_offset),
        motion=((motion - motion.mean()) / (motion.std() + 0.1))[:, None].astype(np.float32),
        emotion=np.concatenate((2 * emotion, emotion @ _PLANE), axis=1).astype(np.float32),
    )


@dataclass(frozen=True, eq=False)
class _Stretch:
    """``chords`` of a window; ``seconds`` counts its rows in steps of the song, ``rows`` in rows of the picture."""

    chords: Tokens
    seconds: NDArray[np.int64]
    rows: NDArray[np.intp]
    total: int
    has_end: bool

    @property
    def count(self) -> int:
        return len(self.chords)


def _stretch(chords: TimedChords, times: NDArray[np.float64], begin: int, max_steps: int, shortest: float) -> _Stretch:
    """At most ``max_steps`` targets from step ``begin`` on; END is one where the song ends inside."""
    total = len(times)
    stop = min(begin + max_steps, total)
    has_end = stop == total and stop - begin < max_steps
    seconds = np.arange(begin, stop + has_end)
    rows = np.minimum(times[np.minimum(seconds, total - 1)], np.ceil(chords.seconds) - 1).astype(np.intp)
    return _Stretch(sampled(chords, times[begin:stop], shortest), seconds, rows, total, has_end)


def _window(chords: TimedChords, stretch: _Stretch, source: int, present: Mask) -> MemoryWindow:
    """The window with everything free and nothing wished."""
    spoken = np.append(stretch.chords, END) if stretch.has_end else stretch.chords
    targets = spoken.copy()
    if stretch.seconds[0] > 0:
        targets[0] = PAD
    unknown = np.full((len(spoken), len(ATTRIBUTES)), UNKNOWN, dtype=np.int64)
    song = chords.song
    return MemoryWindow(
        tokens=np.append(BEGIN, spoken[:-1]),
        targets=targets,
        locks=np.full(len(spoken), PAD, dtype=np.int64),
        wishes=unknown,
        levels=unknown,
        picture=None if song is None else picture_rows(song, int(chords.seconds)).at(stretch.rows),
        clock=_clock(stretch.seconds, stretch.total),
        present=present,
        is_minor=chords.is_minor,
        source=source,
    )


def _clock(seconds: NDArray[np.int64], total: int) -> Floats:
    since, left = np.minimum(seconds, _FARTHEST_EDGE), np.clip(total - seconds, 0, _FARTHEST_EDGE)
    return np.stack((np.log1p(since), np.log1p(left), seconds == 0, left == 0), axis=1).astype(np.float32)


def _scene(offset: Floats) -> Floats:
    """(T,) seconds since the last cut -> (T, 3)."""
    cut = offset == 0
    index = np.arange(len(cut))
    following = np.append(np.where(cut, index, len(cut) + _FARTHEST_CUT)[1:], len(cut) + _FARTHEST_CUT)
    until = np.minimum(np.minimum.accumulate(following[::-1])[::-1] - index - 1, _FARTHEST_CUT)
    return np.stack((cut, np.log1p(np.minimum(offset, _LONGEST_SHOT)), np.log1p(until)), axis=1).astype(np.float32)


def _filled(semantic: Floats) -> Floats:
    """The rows with unknown ones (NaN) as the last known one before them; 0 where there is none."""
    known = ~np.isnan(semantic[:, 0])
    last = np.maximum.accumulate(np.where(known, np.arange(len(known)), -1))
    return np.where((last >= 0)[:, None], semantic[last], np.float32(0.0))


def _available(chords: TimedChords) -> Mask:
    """Which of GROUPS this song has."""
    have = np.ones(len(GROUPS), dtype=np.bool_)
    have[PICTURE] = chords.song is not None
    have[0] = chords.song is not None and chords.song.features.semantic is not None
    return have


def _shown(rng: np.random.Generator, recipe: WindowRecipe) -> Mask:
    each = recipe.hide_group
    shown = rng.random(len(GROUPS)) >= np.array((recipe.hide_semantic, each, each, recipe.hide_emotion, each))
    if rng.random() < recipe.hide_picture:
        shown[PICTURE] = False
    return np.asarray(shown)


def _wished(rng: np.random.Generator, levels: Tokens, recipe: WindowRecipe) -> Tokens:
    if rng.random() >= recipe.wishes:
        return np.full_like(levels, UNKNOWN)
    hidden = rng.random(len(ATTRIBUTES)) < recipe.hide_wish
    return np.where(hidden, np.int64(UNKNOWN), levels)
