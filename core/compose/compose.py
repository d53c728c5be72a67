"""The one road: edit and features in, cue out; and cue in, the same cue with a stretch composed again out.

Command line, panel and tests all compose through :func:`compose` and :func:`regenerate`.
:mod:`hitpoint.core.arrange.arranger` then turns the cue into a score, and :mod:`hitpoint.core.render` that into sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.affect import Affect
from hitpoint.core.arrange.styles import style_named
from hitpoint.core.compose.form.planner import FormWishes, plan_in, planned
from hitpoint.core.compose.spotting import chosen_key, emotion_with_wishes, proposed_moods
from hitpoint.core.compose.takes import Take, judged, ranked
from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.cue.changes import recomposed, span_unlocked
from hitpoint.core.cue.cue import Cue, Step, starts_of_steps, step_count
from hitpoint.core.cue.form_plan import Ending
from hitpoint.core.cue.tension import NEUTRAL, density_factor, loudness_factor, step_tension
from hitpoint.core.edit import Edit
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.model.chord_model import ChordModel
from hitpoint.core.model.conditions import ATTRIBUTES, NO_WISH, conditions_of, levels_of
from hitpoint.core.model.generate import predict_dynamics, video_matrix, write_takes
from hitpoint.core.model.guidance import GuidedAMT
from hitpoint.core.model.networks.bigru import BiGRU
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.refill import Refill, refill_takes
from hitpoint.core.model.rules.approach import ApproachLocks, LeaveForHits
from hitpoint.core.model.rules.common_progressions import CommonProgressions
from hitpoint.core.model.rules.decoding import Rule
from hitpoint.core.model.rules.rules import (
    Cadence,
    ChangeOnHits,
    InKey,
    LockedChords,
    MoodColour,
    NoLongRepeat,
    NoSilence,
)
from hitpoint.core.model.rules.steering import Steer
from hitpoint.core.model.vocabulary import chord_of, token_of
from hitpoint.core.mood import MoodSpan, with_wishes
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key
from hitpoint.core.progress import SILENT, Progress

_PROPOSED_COLOUR = 0.4  # how much of a wished mood's colour a mood read off the picture has
_SONG_FADE = 20  # rows (about seconds) that the regressor takes a video to fade at each end
_LONGEST_HOLD = 8  # steps
_GUIDANCE = 0.5  # by which wishes count for more than the model was trained to hear, for each unit of strength
_APPROACH = 1.0  # strength of looking ahead to locks
_MEAN_DENSITY = 10.3  # notes sounding in a second, MuVi-Sync's mean
_MOST_DENSITY, _MOST_LOUDNESS = 42.0, 0.6  # the extremes of MuVi-Sync


@dataclass(frozen=True)
class Models:
    """The two networks a cue is composed with."""

    chords: ChordModel[Any, Any]  # whatever it remembers is its own affair
    dynamics: BiGRU


def compose(edit: Edit, wishes: Wishes, features: PictureFeatures, models: Models, progress: Progress = SILENT) -> Take:
    """Write the chords and dynamics of a cue.

    Args:
        edit: the cut.
        wishes: what the editor asks for.
        features: of the stretch; row ``i`` is the second that starts ``i`` seconds after ``wishes.start_frame``.
        models: the networks.
        progress: reports the steps written.

    Raises:
        OptionError: if the stretch is empty or lies outside the edit.
        Cancelled: if stopped.
    """
    return compose_takes(edit, wishes, features, models, 1, progress)[0]


def compose_takes(
    edit: Edit, wishes: Wishes, features: PictureFeatures, models: Models, count: int, progress: Progress = SILENT
) -> tuple[Take, ...]:
    """Several cues for one stretch, composed side by side, ranked as :mod:`hitpoint.core.compose.takes` tells.

    Their seeds count up from the wished one; each take is what :func:`compose` gives with its seed.
    """
    rngs = [np.random.Generator(np.random.PCG64(seed)) for seed in range(wishes.seed, wishes.seed + count)]
    blanks = _blanks(edit, wishes, features, rngs)
    steps = step_count(blanks[0].seconds, blanks[0].tempo, blanks[0].beats_per_step)
    ground = _ground(blanks[0], steps, features)
    tokens, likelihoods = _written(ground, models.chords, rngs, ground.rules, range(steps), (), progress)
    density, loudness = _dynamics(models.dynamics, ground)
    takes = []
    for blank, chords, likelihood in zip(blanks, tokens, likelihoods, strict=True):
        written = zip(_held(chords, blank), density, loudness, strict=True)
        cue = replace(
            blank,
            steps=tuple(Step(_sounding(t, blank.key_at(row)), False, d, l) for row, (t, d, l) in enumerate(written)),
        )
        takes.append(judged(cue, blank.seed, likelihood, range(steps)))
    return ranked(takes, range(steps))


def _blanks(edit: Edit, wishes: Wishes, features: PictureFeatures, rngs: Sequence[np.random.Generator]) -> list[Cue]:
    """A cue without chords for each take: they share tempo and form, and have home keys of their own."""
    start, end = stretch(edit, wishes)
    moods = with_wishes(proposed_moods(edit, features, start, end), wishes.moods)
    keys = [wishes.key or chosen_key(moods, rng) for rng in rngs]
    stops = style_named(wishes.style).stops if wishes.ending is None else wishes.ending is Ending.BUTTON
    form = FormWishes(
        edit, start, end, moods, keys[0], wishes.key is not None, wishes.bpm, wishes.hits, wishes.hits_per_minute,
        wishes.ending, stops, wishes.metre,
    )  # fmt: skip
    tempo, plan = planned(form, features)
    return [
        Cue(
            edit, start, end, key, tempo, (), moods, wishes.style, wishes.seed + number, hits=wishes.hits,
            mood_strength=wishes.mood_strength, change_rate=wishes.change_rate, bpm=wishes.bpm,
            plan=plan_in(plan, keys[0], key), tail_frames=wishes.tail_frames,
        )
        for number, key in enumerate(keys)
    ]  # fmt: skip


def _held(tokens: Sequence[int], cue: Cue) -> list[int]:
    """The chords with the last one held to the end."""
    final = len(tokens) - 1 if cue.plan is None else cue.plan.final_step
    return [*tokens[: final + 1], *[tokens[final]] * (len(tokens) - final - 1)]


def regenerate(
    cue: Cue,
    span: range,
    features: PictureFeatures,
    models: Models,
    seed: int | None = None,
    progress: Progress = SILENT,
) -> Take:
    """The cue with the chords of a stretch composed again.

    Everything outside the stretch and every locked chord stays as it is, and is known to the composer. Density and
    loudness inside follow the picture and the moods again, except where the editor drew them; they do not depend on
    the seed.

    Args:
        cue: with locks and moods as the editor wants them (:mod:`hitpoint.core.cue.changes`).
        span: of steps.
        features: of the whole cue; row ``i`` is the second that starts ``i`` seconds after ``cue.start_frame``.
        models: the networks.
        seed: of the chords; None takes the cue's next one. ``cue.seed``, which the players live by, stays.
        progress: reports the steps written.

    Raises:
        OptionError: if the cue has no such stretch.
        Cancelled: if stopped.
    """
    return regenerate_takes(cue, span, features, models, 1, seed, progress)[0]


def regenerate_takes(
    cue: Cue,
    span: range,
    features: PictureFeatures,
    models: Models,
    count: int,
    seed: int | None = None,
    progress: Progress = SILENT,
) -> tuple[Take, ...]:
    """Several ways to compose a stretch again, ranked; each is what :func:`regenerate` gives with its seed."""
    span_unlocked(cue, span)  # refuses what is no stretch of it
    seeds = range(cue.next_seed if seed is None else seed, (cue.next_seed if seed is None else seed) + count)
    ground = _ground(cue, len(cue.steps), features)
    before = [
        token_of(step.chord.transposed(-cue.key_at(row).semitones_from_model)) for row, step in enumerate(cue.steps)
    ]
    kept = {row: token for row, token in enumerate(before) if row not in span or cue.steps[row].locked}
    rules = _rules_again(cue, span, ground, kept)
    rngs = [np.random.Generator(np.random.PCG64(seed)) for seed in seeds]
    if isinstance(models.chords, MemoryAMT):
        refill = Refill(span, before, rules, (ApproachLocks(kept, _APPROACH),))
        tokens, likelihoods = _refilled(ground, models.chords, rngs, refill, kept, progress)
    else:
        rules = (LockedChords(kept), *rules, ApproachLocks(kept, _APPROACH))
        tokens, likelihoods = _written(ground, models.chords, rngs, rules, span, before, progress)
    density, loudness = _dynamics(models.dynamics, ground)
    takes = []
    for take_seed, chords, likelihood in zip(seeds, tokens, likelihoods, strict=True):
        steps = [_step_again(cue, row, chords[row], density[row], loudness[row]) for row in span]
        takes.append(judged(recomposed(cue, span, steps, take_seed), take_seed, likelihood, span))
    return ranked(takes, span)


@dataclass(frozen=True, eq=False)
class _Ground:
    """What the chords of a cue are written on.

    Attributes:
        seen: (S, 776) what the picture shows at each step.
        video: (S, 776) the same with the editor's moods laid over the picture's.
        dynamics: (S,) what the picture's density and loudness are multiplied by.
        tension: (S,) of the plan, 0..1, which shapes both.
        levels: (S, 4) what models that know attributes are asked for, see :mod:`hitpoint.core.model.conditions`.
        guidance: how much those count; 1 is as the model was trained to hear them.
        is_minor: the mode.
        rules: what every cue keeps to, in order of rank.
    """

    seen: NDArray[np.float32]
    video: NDArray[np.float32]
    dynamics: NDArray[np.float64]
    tension: NDArray[np.float64]
    levels: NDArray[np.int64]
    guidance: float
    is_minor: bool
    rules: tuple[Rule, ...]


def _ground(cue: Cue, steps: int, features: PictureFeatures) -> _Ground:
    """The ground of a cue with that many steps; those it has already do not matter."""
    inside = np.array([float(time) for time in cue.tempo.seconds_of_grid(cue.beats_per_step, steps)])
    times = inside + float(cue.start)
    rows = features.rows_at(inside.astype(np.intp))
    emotion = emotion_with_wishes(rows.emotion, times, [span for span in cue.moods if span.wished])
    moods = [_mood_at(time, cue.moods) for time in times]
    wished = [None if mood is None or not mood.wished else mood.affect for mood in moods]
    return _Ground(
        seen=video_matrix(rows.scene_offset, rows.motion, rows.emotion, rows.semantic),
        video=video_matrix(rows.scene_offset, rows.motion, emotion, rows.semantic),
        dynamics=np.array([1.0 if affect is None else affect.dynamics_factor for affect in wished]),
        tension=np.full(steps, NEUTRAL) if cue.plan is None else np.array(step_tension(cue.plan)),
        levels=np.array([_levels(affect, cue.change_rate) for affect in wished]).reshape(steps, len(ATTRIBUTES)),
        guidance=1.0 + _GUIDANCE * cue.mood_strength if cue.mood_strength else 0.0,
        is_minor=cue.key.is_minor,
        rules=_rules(cue, moods, starts_of_steps(cue, steps)[1]),
    )


def _rules(cue: Cue, moods: Sequence[MoodSpan | None], hits: frozenset[int]) -> tuple[Rule, ...]:
    """What every cue keeps to, in order of rank; ``moods`` are those of the steps, ``hits`` the steps on hit points."""
    is_minor = cue.key.is_minor
    wished = [mood.mood if mood is not None and mood.wished else None for mood in moods]
    proposed = [mood.mood if mood is not None and not mood.wished else None for mood in moods]
    affects = [
        mood.affect if mood is not None and mood.wished and not mood.affect.is_neutral else None for mood in moods
    ]
    return (
        Cadence(rows=len(moods) if cue.plan is None else cue.plan.final_step + 1, is_minor=is_minor),
        NoSilence(),
        NoLongRepeat(_LONGEST_HOLD),
        CommonProgressions(),
        InKey(is_minor=is_minor),
        MoodColour(wished, strength=cue.mood_strength),
        MoodColour(proposed, strength=_PROPOSED_COLOUR),
        Steer(
            [None if affect is None else affect.minor_share for affect in affects],
            [cue.change_rate if affect is None else affect.change_rate for affect in affects],
            cue.mood_strength,
        ),
        ChangeOnHits(hits),
    )


def _levels(affect: Affect | None, change_rate: float | None) -> tuple[int, ...]:
    """The level of each of :data:`ATTRIBUTES` that a wished feeling comes to."""
    if affect is None or affect.is_neutral:
        wished = None if change_rate is None else int(levels_of("change_rate", change_rate))
        return tuple(NO_WISH if name != "change_rate" or wished is None else wished for name in ATTRIBUTES)
    values = {
        "minor_share": affect.minor_share,
        "change_rate": affect.change_rate,
        "loudness": affect.arousal,
        "density": _MEAN_DENSITY * affect.dynamics_factor,
    }
    return tuple(int(levels_of(name, values[name])) for name in ATTRIBUTES)


def _rules_again(cue: Cue, span: range, ground: _Ground, kept: Mapping[int, int]) -> tuple[Rule, ...]:
    """What a stretch keeps to that is composed again among chords that stay; a cadence only if it can be heard."""
    is_open = span.stop == len(cue.steps) and not cue.steps[-1].locked
    common = (rule for rule in ground.rules if is_open or not isinstance(rule, Cadence))
    return (*common, LeaveForHits(kept, cue.hit_steps))


def _refilled(
    ground: _Ground,
    model: MemoryAMT,
    rngs: Sequence[np.random.Generator],
    refill: Refill,
    kept: Mapping[int, int],
    progress: Progress,
) -> tuple[tuple[tuple[int, ...], ...], list[float]]:
    """:func:`_written` for a stretch among chords that stay, by a model that can hear them in any order."""
    tokens, chances = refill_takes(
        GuidedAMT(model, ground.guidance),
        ground.video,
        refill,
        conditions=conditions_of(ground.video, locks=kept, levels=ground.levels),
        is_minor=ground.is_minor,
        rngs=rngs,
        progress=progress,
    )
    counted = chances[:, int(refill.span.start == 0) :]
    return tokens, [float(row.mean()) if len(row) else 0.0 for row in counted]


def _written(
    ground: _Ground,
    model: ChordModel[Any, Any],
    rngs: Sequence[np.random.Generator],
    rules: Sequence[Rule],
    span: range,
    before: Sequence[int],
    progress: Progress,
) -> tuple[tuple[tuple[int, ...], ...], list[float]]:
    """Tokens up to the end of the stretch for each generator, and the likelihood of the stretch in each.

    The likelihood counts the way out of the stretch: the first of the chords after it, which the rules lock, is written
    along.
    """
    locks = {row: token for rule in rules if isinstance(rule, LockedChords) for row, token in rule.locks.items()}
    tokens, chances = write_takes(
        GuidedAMT(model, ground.guidance) if isinstance(model, MemoryAMT) else model,
        ground.video,
        conditions=conditions_of(ground.video, locks=locks, levels=ground.levels),
        is_minor=ground.is_minor,
        rngs=rngs,
        rules=rules,
        past=before[: span.start],
        until=span.stop + 1,
        progress=progress,
    )
    counted = chances[:, max(span.start, 1) :]
    return tuple(take[: span.stop] for take in tokens), [float(row.mean()) if len(row) else 0.0 for row in counted]


def _sounding(token: int, key: Key) -> Chord:
    return chord_of(token).transposed(key.semitones_from_model)


def _step_again(cue: Cue, row: int, token: int, density: float, loudness: float) -> Step:
    """A step with what was composed for it, as far as the editor lets it change."""
    step = cue.steps[row]
    chord = step.chord if step.locked else _sounding(token, cue.key_at(row))
    if step.drawn:
        return replace(step, chord=chord)
    return replace(step, chord=chord, density=density, loudness=loudness)


def _mood_at(time: float, moods: Sequence[MoodSpan]) -> MoodSpan | None:
    return next((span for span in reversed(moods) if span.start <= time < span.end), None)


def _dynamics(regressor: BiGRU, ground: _Ground) -> tuple[list[float], list[float]]:
    """Density and loudness of each step: the picture's, moved by the arousal of wished moods and by the plan's tension.

    The regressor has learnt that a video fades in and out over some twenty seconds, as songs do. A cue begins and ends
    at once, so it is shown as the middle of something longer, its first and last rows held.
    """
    longer = np.pad(ground.seen, ((_SONG_FADE, _SONG_FADE), (0, 0)), mode="edge")
    density, loudness = (curve[_SONG_FADE:-_SONG_FADE] for curve in predict_dynamics(regressor, longer))
    fuller = np.array([density_factor(value) for value in ground.tension.tolist()])
    louder = np.array([loudness_factor(value) for value in ground.tension.tolist()])
    return (
        _within(density * ground.dynamics * fuller, _MOST_DENSITY),
        _within(loudness * ground.dynamics * louder, _MOST_LOUDNESS),
    )


def _within(values: NDArray[np.float64], most: float) -> list[float]:
    """Values from 0 to ``most``, no finer than float32, which every machine agrees on."""
    clipped: list[float] = np.clip(values, 0, most).astype(np.float32).tolist()
    return clipped
