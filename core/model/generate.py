"""From a picture to chords and dynamics, for a picture of any length.

A model sees at most ``max_steps`` seconds. A longer video is composed in windows that overlap by a third: each window
reads its own stretch of video, and its decoder is first told the chords already written there.

::

    video = video_matrix(scene_offset, motion, emotion, None)
    model = load_chord_model(default_checkpoint("amt")).double()
    tokens = compose_chords(model, video, is_minor=False, rng=np.random.default_rng(7), rules=(NoSilence(),))
    density, loudness = predict_dynamics(load_regressor(default_checkpoint("regressor")).double(), video)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import numpy as np
import torch
from numpy.typing import ArrayLike, NDArray

from hitpoint.core.errors import OptionError
from hitpoint.core.model.chord_model import ChordModel, Memory, State
from hitpoint.core.model.conditions import Conditions, conditions_of
from hitpoint.core.model.config import MODALITIES, VIDEO_FEATURES
from hitpoint.core.model.networks.bigru import BiGRU
from hitpoint.core.model.networks.dynamics_net import DynamicsNet, Regressor
from hitpoint.core.model.rules.decoding import DecodingOptions, Rule, apply_rules, draw
from hitpoint.core.model.vocabulary import CHORDS, END, VOCABULARY, model_key, token_of
from hitpoint.core.music.chord import Chord, Quality
from hitpoint.core.progress import SILENT, Progress

_DEFAULTS = DecodingOptions()


def video_matrix(
    scene_offset: ArrayLike, motion: ArrayLike, emotion: ArrayLike, semantic: ArrayLike | None
) -> NDArray[np.float32]:
    """The features of T seconds in the paper's order and scaling: semantic, scene offset + 1, motion, emotion.

    Args:
        scene_offset: (T,) seconds since the last cut.
        motion: (T,) mean absolute RGB difference, 0..255; NaN where nothing was seen.
        emotion: (T, 6) probabilities; NaN where nothing was seen.
        semantic: (T, 768) CLIP embeddings; None without CLIP.

    Returns:
        (T, 776); NaN means unknown, which the models read as their mean.
    """
    offsets = np.asarray(scene_offset, np.float32)
    video = np.full((len(offsets), VIDEO_FEATURES), np.nan, np.float32)
    video[:, MODALITIES["scene_offset"]] = offsets[:, None] + 1.0
    video[:, MODALITIES["motion"]] = np.asarray(motion, np.float32)[:, None]
    video[:, MODALITIES["emotion"]] = np.asarray(emotion, np.float32)
    if semantic is not None:
        video[:, MODALITIES["semantic"]] = np.asarray(semantic, np.float32)
    return video


def compose_chords(
    model: ChordModel[Memory, State],
    video: NDArray[np.float32],
    *,
    is_minor: bool,
    rng: np.random.Generator,
    options: DecodingOptions = _DEFAULTS,
    rules: Sequence[Rule] = (),
    past: Sequence[int] = (),
    conditions: Conditions | None = None,
    progress: Progress = SILENT,
) -> tuple[int, ...]:
    """One chord token (0..156) for each row of ``video``, (T, 776).

    Args:
        model: in ``eval()``; in float64 for chords that are the same on every machine.
        video: raw features, from :func:`video_matrix`.
        is_minor: whether to compose in A minor; else in C major.
        rng: gives one number for each row that is not past, whatever the rules say.
        options: of sampling.
        rules: in the order of their rank.
        past: tokens of the first rows, written before; the result begins with them.
        conditions: what is asked of each row, the picture of ``video`` included, for models that know of locks and
            wishes; without them nothing is asked.
        progress: told after each row.

    Raises:
        OptionError: if ``past`` holds what is no chord, or more chords than there are rows.
        Cancelled: if ``progress`` was asked to stop.
    """
    return compose_takes(
        model,
        video,
        is_minor=is_minor,
        rngs=(rng,),
        options=options,
        rules=rules,
        past=past,
        conditions=conditions,
        progress=progress,
    )[0]


def compose_takes(
    model: ChordModel[Memory, State],
    video: NDArray[np.float32],
    *,
    is_minor: bool,
    rngs: Sequence[np.random.Generator],
    options: DecodingOptions = _DEFAULTS,
    rules: Sequence[Rule] = (),
    past: Sequence[int] = (),
    conditions: Conditions | None = None,
    progress: Progress = SILENT,
) -> tuple[tuple[int, ...], ...]:
    """Several takes at once, one for each generator; each is what :func:`compose_chords` gives with that generator."""
    return write_takes(
        model,
        video,
        is_minor=is_minor,
        rngs=rngs,
        options=options,
        rules=rules,
        past=past,
        conditions=conditions,
        progress=progress,
    )[0]


def write_takes(
    model: ChordModel[Memory, State],
    video: NDArray[np.float32],
    *,
    is_minor: bool,
    rngs: Sequence[np.random.Generator],
    options: DecodingOptions = _DEFAULTS,
    rules: Sequence[Rule] = (),
    past: Sequence[int] = (),
    conditions: Conditions | None = None,
    until: int | None = None,
    each: Sequence[Sequence[Rule]] | None = None,
    progress: Progress = SILENT,
) -> tuple[tuple[tuple[int, ...], ...], NDArray[np.float64]]:
    """The takes of :func:`compose_takes`, and (takes, rows) what :func:`log_probabilities` says of each chord.

    Chords of the past have 0 there. With ``until``, only that many rows are written, the first of all. With ``each``,
    every take has rules of its own in place of ``rules``.
    """
    rows = len(video) if until is None else min(until, len(video))
    if len(past) > rows or any(not 0 <= token < CHORDS for token in past):
        raise OptionError(f"{len(past)} chords cannot be the beginning of {rows} steps")
    asked = conditions_of(video) if conditions is None else conditions
    takes = [list(past) for _ in rngs]
    own_rules = [rules] * len(takes) if each is None else each
    chances = np.zeros((len(takes), rows))

    def choose(logits: NDArray[np.float64]) -> None:
        """Draw the next chord of every take from its logits, (takes, tokens), and note its log probability."""
        row = len(takes[0])
        for take, rng, own, heard in zip(takes, rngs, logits, own_rules, strict=True):
            take.append(draw(apply_rules(own, take, heard), options, rng.random()))
        if row > 0:
            chances[:, row] = _log_shares(logits[:, :CHORDS], np.array([take[row] for take in takes]))
        progress.step((row + 1) / rows, "composing chords")

    with one_thread():
        for start, end in windows(len(video), model.max_steps):
            if len(takes[0]) < min(end, rows):
                memory = model.encode(video[start:end], is_minor=is_minor, conditions=asked.window(start, end))
                _compose_window(model, memory, takes, choose, start, min(end, rows), is_minor=is_minor)
    return tuple(tuple(take) for take in takes), chances


def log_probability(
    model: ChordModel[Memory, State],
    video: NDArray[np.float32],
    tokens: Sequence[int],
    *,
    is_minor: bool,
    conditions: Conditions | None = None,
) -> float:
    """Mean natural logarithm of the probability the model itself, no rules, gives each chord but the first.

    0 for fewer than two chords.
    """
    judged = log_probabilities(model, video, (tokens,), is_minor=is_minor, conditions=conditions)[0, 1:]
    return float(judged.mean()) if len(judged) else 0.0


def log_probabilities(
    model: ChordModel[Memory, State],
    video: NDArray[np.float32],
    takes: Sequence[Sequence[int]],
    *,
    is_minor: bool,
    conditions: Conditions | None = None,
) -> NDArray[np.float64]:
    """(takes, rows): natural logarithm of the probability the model itself, no rules, gives each chord of each take.

    Each chord is judged in the window in which it would have been written. The first has 0: there nothing came before.
    Takes are equally long, at most as long as the video, and are read side by side.
    """
    asked = conditions_of(video) if conditions is None else conditions
    tokens = np.array(takes, np.int64)
    rows = tokens.shape[1]
    result, judged = np.zeros(tokens.shape), 1
    with one_thread():
        for start, end in windows(len(video), model.max_steps):
            if judged >= min(end, rows):
                continue
            memory = model.encode(video[start:end], is_minor=is_minor, conditions=asked.window(start, end))
            state = model.start(memory, len(tokens))
            for row in range(start - 1 if model.has_start else start, min(end, rows) - 1):
                given = np.full(len(tokens), END, np.int64) if row < 0 else tokens[:, row]
                logits, state = model.step(state, given)
                if row + 1 == judged:
                    result[:, judged] = _log_shares(logits[:, :CHORDS], tokens[:, judged])
                    judged += 1
    return result


def predict_dynamics(
    regressor: Regressor, video: NDArray[np.float32], margin: int = 0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Note density (notes sounding in a second) and loudness (RMS, linear), each (T + 2 * margin,) and never below 0.

    Args:
        regressor: of either kind.
        video: (T, 776) from :func:`video_matrix`.
        margin: rows for which the first and the last one are held, before and after: what is shown is then the middle
            of something longer.
    """
    if not len(video):
        return np.zeros(0), np.zeros(0)
    if not isinstance(regressor, DynamicsNet):
        both = _dynamics_in_windows(regressor, np.pad(video, ((margin, margin), (0, 0)), mode="edge"))
    else:
        with one_thread(), torch.inference_mode():
            both = regressor.curves(torch.from_numpy(video), margin).to("cpu", torch.float64).numpy()
    both = np.maximum(both, 0.0)
    return both[:, 0], both[:, 1]


def _dynamics_in_windows(regressor: BiGRU, video: NDArray[np.float32]) -> NDArray[np.float64]:
    """(T, 2) of a video of any length; where two windows overlap, the one gives way to the other evenly."""
    total, weights = np.zeros((len(video), 2)), np.zeros((len(video), 1))
    longest = regressor.config.max_steps
    with one_thread(), torch.inference_mode():
        for start, end in windows(len(video), longest):
            fade = _fade(start, end, len(video), longest)
            total[start:end] += fade * _dynamics_of(regressor, video[start:end])
            weights[start:end] += fade
    return np.asarray(total / np.maximum(weights, 1e-12))


def windows(rows: int, longest: int) -> tuple[tuple[int, int], ...]:
    """Stretches of at most ``longest`` rows, end exclusive, that overlap by at least a third and end with the last row.

    >>> windows(500, 300)
    ((0, 300), (200, 500))
    """
    if rows <= longest:
        return ((0, rows),) if rows else ()
    hop = max(longest - max(longest // 3, 1), 1)
    starts = [*range(0, rows - longest, hop), rows - longest]
    return tuple((start, start + longest) for start in starts)


def _compose_window(
    model: ChordModel[Memory, State],
    memory: Memory,
    takes: Sequence[list[int]],
    choose: Callable[[NDArray[np.float64]], None],
    start: int,
    end: int,
    *,
    is_minor: bool,
) -> None:
    """Tell the model what is written of rows ``start .. end``, and have the rest written."""
    if not takes[0] and not model.has_start:
        choose(np.tile(_opening(is_minor=is_minor), (len(takes), 1)))
    state = model.start(memory, len(takes))
    for row in range(start - 1 if model.has_start else start, end - 1):
        given = [END if row < 0 else take[row] for take in takes]
        logits, state = model.step(state, np.array(given, np.int64))
        if len(takes[0]) == row + 1:
            choose(logits)


def _log_shares(logits: NDArray[np.float64], tokens: NDArray[np.int64]) -> NDArray[np.float64]:
    """(takes,) log-softmax of (takes, 157) at each take's token."""
    raised = logits - logits.max(axis=1, keepdims=True)
    shares: NDArray[np.float64] = raised[np.arange(len(tokens)), tokens] - np.log(np.exp(raised).sum(axis=1))
    return shares


def _opening(*, is_minor: bool) -> NDArray[np.float64]:
    """Logits (159,) for the first chord of a model that cannot begin: the tonic, unless a rule knows better."""
    logits = np.full(VOCABULARY, -50.0)
    logits[token_of(Chord(model_key(is_minor=is_minor).tonic, Quality.MIN if is_minor else Quality.MAJ))] = 0.0
    return logits


def _dynamics_of(regressor: BiGRU, video: NDArray[np.float32]) -> NDArray[np.float64]:
    """(T, 2) for a video of at most ``max_steps``, which is filled up if the model was trained so."""
    config = regressor.config
    missing = 0 if config.masks_padding else max(config.max_steps - len(video), 0)
    filled = np.concatenate((video, np.full((missing, VIDEO_FEATURES), np.nan, np.float32)))
    weight = regressor.output.weight
    rows = torch.as_tensor(filled, dtype=weight.dtype, device=weight.device)[None]
    result: NDArray[np.float64] = regressor(rows)[0, : len(video)].to("cpu", torch.float64).numpy()
    return result


def _fade(start: int, end: int, rows: int, longest: int) -> NDArray[np.float64]:
    """(end - start, 1) weight of a window: 1 inside, falling towards those of its edges where another goes on."""
    ramp = longest // 3 + 1
    row = np.arange(start, end)[:, None]
    rising = np.ones_like(row) * ramp if start == 0 else row - start + 1
    falling = np.ones_like(row) * ramp if end == rows else end - row
    return np.minimum(np.minimum(rising, falling) / ramp, 1.0)


@contextmanager
def one_thread() -> Iterator[None]:
    """One thread for small matrices: two on a busy machine are ten times slower than one."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
